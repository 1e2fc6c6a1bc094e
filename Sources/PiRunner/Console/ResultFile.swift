import PiSystem

/// A result written where a person said.
enum ResultFile {
    /// Replaces a file whole, so that no reader finds half of it, and writes into a pipe or a device.
    ///
    /// A link is followed to the file that it stands for. A file that can't be replaced without changing
    /// whose it is (another owner, a second name, others who may write, a closed folder) is overwritten in place.
    static func write(_ bytes: [UInt8], to path: FilePath) throws(SystemError) {
        if let stream = try Descriptor.named(by: path) {
            return try stream.writeAll(bytes, to: path)
        }
        do {
            try writeFollowing(path, bytes)
        } catch {
            // By the name that was typed, not by that of a folder or a link's end on the way.
            throw error.about(path, doing: .write)
        }
    }

    /// Throws if nothing could be written there, for want of a folder.
    static func checkPlace(of path: FilePath) throws(SystemError) {
        guard try Descriptor.named(by: path) == nil else { return }
        do {
            let end = try Folder.followLinks(from: path)
            _ = try Folder.open(end.parent, resolving: .anything)
        } catch {
            throw error.about(path, doing: .write)
        }
    }

    private static func writeFollowing(_ path: FilePath, _ bytes: [UInt8]) throws(SystemError) {
        let end = try Folder.followLinks(from: path)
        guard try !replace(end, with: bytes) else { return }
        try Descriptor.sink(end, .truncating).writeAll(bytes, to: path)
    }

    /// False, and nothing done, if what stands there must stay the same file.
    private static func replace(_ path: FilePath, with bytes: [UInt8]) throws(SystemError) -> Bool {
        guard let name = path.name, path.bytes.last != UInt8(ascii: "/") else { return false }
        let folder = try Folder.open(path.parent, resolving: .anything)
        guard let known = try folder.factsIfPresent(of: name) else {
            try folder.replace(name, with: bytes, mode: 0o666)
            return true
        }
        // Of a mode that lets others write, a usual umask would leave only a part to a new file.
        guard known.kind == .file, known.user == .current, known.links == 1,
            known.mode & 0o7022 == 0
        else { return false }
        do {
            try folder.replace(name, with: bytes, mode: known.mode)
            return true
        } catch {
            guard error.errno == .accessDenied || error.errno == .notPermitted else { throw error }
            return false
        }
    }
}
