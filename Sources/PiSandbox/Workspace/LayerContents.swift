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
            try file(name, in: holder).contents(limit: limit)
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
    package static func withHolder<Value>(
        of path: FilePath, in layer: borrowing Folder,
        _ body: (borrowing Folder, FilePath) throws(SystemError) -> Value
    ) throws(SystemError) -> Value {
        guard let (first, rest) = path.firstName else { return try body(layer, path) }
        return try withFolder(first, in: layer) { inner throws(SystemError) in
            try withHolder(of: rest, in: inner, body)
        }
    }

    package static func withFolder<Value>(
        _ name: FilePath, in layer: borrowing Folder,
        _ body: (borrowing Folder) throws(SystemError) -> Value
    ) throws(SystemError) -> Value {
        // As long as it is looked at: what is in it is found by way of it.
        try withLeave(0o500, to: name, in: layer) { () throws(SystemError) in
            try body(layer.folder(name, resolving: .inHostileTree))
        }
    }

    /// A file of the layer's.
    package static func file(
        _ name: FilePath, in layer: borrowing Folder
    ) throws(SystemError) -> File {
        // What is open stays open.
        try withLeave(0o400, to: name, in: layer) { () throws(SystemError) in
            try layer.file(name, for: .read, creating: .never, resolving: .inHostileTree)
        }
    }

    /// What a program has noted beside a file or folder, and what others may do with it.
    ///
    /// Overlayfs's own notes are left out, and with them any that a program gave such a name.
    package static func attributes(
        of name: FilePath, in layer: borrowing Folder
    ) throws(SystemError) -> [RawText: [UInt8]] {
        try kept(allAttributes(of: name, in: layer))
    }

    static func allAttributes(
        of name: FilePath, in layer: borrowing Folder
    ) throws(SystemError) -> [RawText: [UInt8]] {
        try withLeave(0o400, to: name, in: layer) { () throws(SystemError) in
            try layer.attributes(of: name)
        }
    }

    static func kept(_ attributes: [RawText: [UInt8]]) -> [RawText: [UInt8]] {
        attributes.filter { isKept($0.key) && !$0.key.bytes.starts(with: "user.overlay.".utf8) }
    }

    /// What gives a program rights stays where it is.
    static func isKept(_ attribute: RawText) -> Bool {
        ["user.", "system.posix_acl_"].contains { attribute.bytes.starts(with: $0.utf8) }
    }

    private static func withLeave<Value: ~Copyable>(
        _ leave: UInt32, to name: FilePath, in layer: borrowing Folder,
        _ body: () throws(SystemError) -> Value
    ) throws(SystemError) -> Value {
        let mode = try layer.facts(of: name).mode
        guard mode & leave != leave else { return try body() }
        try layer.changeMode(of: name, to: mode | leave)
        let result: Result<Value, SystemError>
        do {
            result = .success(try body())
        } catch {
            result = .failure(error)
        }
        try layer.changeMode(of: name, to: mode)
        return try result.get()
    }

    static func haveSameAttributes(
        _ name: FilePath, in layer: borrowing Folder, _ below: borrowing Folder
    ) throws(SystemError) -> Bool {
        try attributes(of: name, in: layer) == kept(below.attributes(of: name))
    }

    /// Of two that are of one kind, and no folders.
    package static func areSame(
        _ name: FilePath, _ after: FileFacts, in layer: borrowing Folder,
        _ before: FileFacts, in below: borrowing Folder
    ) throws(SystemError) -> Bool {
        switch after.kind {
        case .file:
            guard after.size == before.size else { return false }
            let new = try file(name, in: layer)
            let found = try unlessMounted { () throws(SystemError) in
                try below.file(name, for: .read, creating: .never, resolving: .inHostileTree)
            }
            guard let old = found else { return false }
            guard try haveSameBytes(new, old, size: after.size) else { return false }
            return try haveSameAttributes(name, in: layer, below)
        case .link: return try layer.readLink(name) == below.readLink(name)
        case .folder, .pipe, .socket, .characterDevice, .blockDevice, .unknown: return true
        }
    }

    /// Nil where another file system is mounted: what lies there is no part of the tree.
    static func unlessMounted<Value: ~Copyable>(
        _ open: () throws(SystemError) -> Value
    ) throws(SystemError) -> Value? {
        do {
            return try open()
        } catch {
            guard error.errno == .crossDevice else { throw error }
            return nil
        }
    }

    private static let piece = ByteCount.kibibytes(256)

    private static func haveSameBytes(
        _ one: borrowing File, _ other: borrowing File, size: ByteCount
    ) throws(SystemError) -> Bool {
        var offset = 0
        while offset < size.bytes {
            // Small ones, which most are, need no large buffers.
            let wanted = min(piece, ByteCount(size.bytes - offset))
            let bytes = try one.read(wanted, at: ByteCount(offset))
            guard try other.read(wanted, at: ByteCount(offset)) == bytes else { return false }
            // Cut off while it was read.
            guard !bytes.isEmpty else { return false }
            offset += bytes.count
        }
        return true
    }
}
