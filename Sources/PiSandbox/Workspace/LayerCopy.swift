package import PiSystem

/// Brings a layer that lies in memory to a disk, where it says the same.
///
/// Pipes and sockets stay behind: what they would hide is hidden all the same.
package struct LayerCopy {
    private let owner: FileFacts
    /// Files that have several names, by the first of them.
    private var firstNames: [UInt64: FilePath] = [:]
    private static let mostDepth = 200

    /// Into the folder of a turn, where `upper` is empty: it is there whole, or not at all.
    package static func keep(
        _ layer: borrowing Folder, in turn: borrowing Folder
    ) throws(SystemError) {
        let upper: FilePath = "upper"
        let part: FilePath = "upper.part"
        guard try !layer.isEmpty() else { return }
        try LayerFolder.remove(part, from: turn)
        try turn.makeFolder(part, mode: 0o700)
        let owner = try turn.facts(of: upper)
        var copy = LayerCopy(owner: owner)
        try copy.fill(part, of: turn, from: layer, at: part, depth: 1, in: turn)
        try copy.finish(part, in: turn, like: ".", layer.facts(of: "."), of: layer)
        try turn.exchange(part, with: upper, in: turn)
        try LayerFolder.remove(part, from: turn)
    }

    private init(owner: FileFacts) { self.owner = owner }

    private mutating func fill(
        _ name: FilePath, of holder: borrowing Folder, from layer: borrowing Folder,
        at place: FilePath, depth: Int, in turn: borrowing Folder
    ) throws(SystemError) {
        guard depth <= Self.mostDepth else {
            throw SystemError(deeperThan: Self.mostDepth, in: layer.path)
        }
        let target = try holder.folder(name, resolving: .inHostileTree)
        for entry in try layer.names(limit: .max) {
            let facts = try layer.facts(of: entry)
            try copy(
                entry, facts, from: layer, to: target, at: place.appending(entry), depth: depth,
                in: turn)
        }
    }

    private mutating func copy(
        _ name: FilePath, _ facts: FileFacts, from layer: borrowing Folder,
        to target: borrowing Folder, at place: FilePath, depth: Int, in turn: borrowing Folder
    ) throws(SystemError) {
        switch facts.kind {
        case .folder:
            try target.makeFolder(name, mode: 0o700)
            try LayerContents.withFolder(name, in: layer) { inner throws(SystemError) in
                try fill(name, of: target, from: inner, at: place, depth: depth + 1, in: turn)
            }
        case .file:
            if try link(facts, to: target, as: name, in: turn) { return }
            let new = try target.file(
                name, for: .readAndWrite, creating: .always(mode: 0o600),
                resolving: .inHostileTree)
            try new.copy(from: LayerContents.file(name, in: layer))
            if facts.links > 1 { firstNames[facts.inode] = place }
        case .link: try target.makeLink(name, to: layer.readLink(name))
        case .pipe, .socket, .characterDevice, .blockDevice, .unknown:
            return try target.makeWhiteout(name)
        }
        try finish(name, in: target, like: name, facts, of: layer)
    }

    /// False if it has to be copied: it is the first name, or the other can't be reached any more.
    private func link(
        _ facts: FileFacts, to target: borrowing Folder, as name: FilePath,
        in turn: borrowing Folder
    ) throws(SystemError) -> Bool {
        guard facts.links > 1, let first = firstNames[facts.inode] else { return false }
        do {
            let holder = try turn.folder(first.parent, resolving: .inHostileTree)
            try holder.link(first.name ?? first, to: target, as: name)
            return true
        } catch {
            guard error.errno == .accessDenied || error.errno == .notPermitted else { throw error }
            return false
        }
    }

    /// Overlayfs's own notes, too.
    private func finish(
        _ name: FilePath, in target: borrowing Folder, like old: FilePath, _ facts: FileFacts,
        of layer: borrowing Folder
    ) throws(SystemError) {
        if owner.user != .current {
            try target.changeOwner(of: name, to: owner.user, owner.group)
        }
        if facts.kind != .link {
            for (attribute, value) in try LayerContents.allAttributes(of: old, in: layer)
            where LayerContents.isKept(attribute) {
                try target.setAttribute(attribute, of: name, to: value)
            }
            try target.changeMode(of: name, to: facts.mode & 0o1777)
        }
        try target.changeModified(of: name, to: facts.modified)
    }
}
