import PiSystem

/// A result written where a person said.
enum ResultFile {
    /// Replaces a file whole, so that no reader ever finds half of it; writes into a pipe or a device.
    static func write(_ bytes: [UInt8], to path: FilePath) throws(SystemError) {
        guard let name = path.name, try isReplaceable(path) else {
            return try Descriptor.sink(path).writeAll(bytes, to: path)
        }
        try Folder.open(path.parent, resolving: .anything).replace(name, with: bytes, mode: 0o666)
    }

    private static func isReplaceable(_ path: FilePath) throws(SystemError) -> Bool {
        guard let name = path.name else { return false }
        do {
            return try Folder.open(path.parent, resolving: .anything).facts(of: name).kind == .file
        } catch  where error.errno == .noSuchFile {
            return true
        }
    }
}
