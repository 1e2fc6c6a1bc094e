package import PiSystem

/// Reading what a program has left in a layer, whatever modes it has given it.
///
/// The layer is the run's own, and what is in it belongs to whoever looks: they can give themselves leave.
package enum LayerContents {
    /// What is in a file, at whatever depth.
    package static func read(
        _ path: FilePath, in layer: borrowing Folder, limit: ByteCount
    ) throws(SystemError) -> [UInt8] {
        try withHolder(of: path, in: layer) { holder, name throws(SystemError) in
            try file(name, holder.facts(of: name).mode, in: holder).contents(limit: limit)
        }
    }

    /// Where a link leads.
    package static func readLink(
        _ path: FilePath, in layer: borrowing Folder
    ) throws(SystemError) -> FilePath {
        try withHolder(of: path, in: layer) { holder, name throws(SystemError) in
            try holder.readLink(name)
        }
    }

    /// The folder that something lies in, and its name there.
    private static func withHolder<Value>(
        of path: FilePath, in layer: borrowing Folder,
        _ body: (borrowing Folder, FilePath) throws(SystemError) -> Value
    ) throws(SystemError) -> Value {
        guard let (first, rest) = path.firstName else { return try body(layer, path) }
        return try withFolder(first, in: layer) { inner throws(SystemError) in
            try withHolder(of: rest, in: inner, body)
        }
    }

    static func withFolder<Value>(
        _ name: FilePath, in layer: borrowing Folder,
        _ body: (borrowing Folder) throws(SystemError) -> Value
    ) throws(SystemError) -> Value {
        let mode = try layer.facts(of: name).mode
        guard mode & 0o500 != 0o500 else {
            return try body(layer.folder(name, resolving: .inHostileTree))
        }
        // As long as it is looked at: what is in it is found by way of it.
        try layer.changeMode(of: name, to: mode | 0o700)
        let result: Result<Value, SystemError>
        do {
            result = .success(try body(layer.folder(name, resolving: .inHostileTree)))
        } catch {
            result = .failure(error)
        }
        try layer.changeMode(of: name, to: mode)
        return try result.get()
    }

    private static func file(
        _ name: FilePath, _ mode: UInt32, in layer: borrowing Folder
    ) throws(SystemError) -> File {
        guard mode & 0o400 == 0 else {
            return try layer.file(name, for: .read, creating: .never, resolving: .inHostileTree)
        }
        try layer.changeMode(of: name, to: mode | 0o400)
        let file = try layer.file(name, for: .read, creating: .never, resolving: .inHostileTree)
        // What is open stays open.
        try layer.changeMode(of: name, to: mode)
        return file
    }

    /// Of two that are of one kind, and no folders.
    static func areSame(
        _ name: FilePath, _ after: FileFacts, in layer: borrowing Folder,
        _ before: FileFacts, in below: borrowing Folder
    ) throws(SystemError) -> Bool {
        switch after.kind {
        case .file:
            guard after.size == before.size else { return false }
            let new = try file(name, after.mode, in: layer)
            let old = try below.file(name, for: .read, creating: .never, resolving: .inHostileTree)
            return try haveSameBytes(new, old)
        case .link: return try layer.readLink(name) == below.readLink(name)
        case .folder, .pipe, .socket, .characterDevice, .blockDevice, .unknown: return true
        }
    }

    private static let piece = ByteCount.kibibytes(256)

    private static func haveSameBytes(
        _ one: borrowing File, _ other: borrowing File
    ) throws(SystemError) -> Bool {
        var offset = 0
        while true {
            let bytes = try one.read(piece, at: ByteCount(offset))
            guard try other.read(piece, at: ByteCount(offset)) == bytes else { return false }
            guard !bytes.isEmpty else { return true }
            offset += bytes.count
        }
    }
}
