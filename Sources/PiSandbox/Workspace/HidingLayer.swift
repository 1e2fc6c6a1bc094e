package import PiSystem

/// A layer that says of some names that there is nothing, and of all others nothing.
///
/// It lies directly on a tree, below all that a program writes: what is hidden does not exist, whatever appears under
/// its name on the host meanwhile.
package enum HidingLayer {
    /// In an empty folder; names that lead through something that is no folder hide nothing.
    package static func make(
        in layer: borrowing Folder, hiding paths: [FilePath], over base: borrowing Folder
    ) throws(SystemError) {
        try hide(paths, in: layer, over: base)
        try copyFacts(of: ".", from: base, to: layer)
    }

    private static func hide(
        _ paths: [FilePath], in layer: borrowing Folder, over base: borrowing Folder
    ) throws(SystemError) {
        var below: [FilePath: [FilePath]] = [:]
        for path in paths {
            if let (first, rest) = path.firstName {
                below[first, default: []].append(rest)
            } else {
                try layer.makeWhiteout(path)
            }
        }
        for (name, paths) in below {
            guard try base.factsIfPresent(of: name)?.kind == .folder else { continue }
            // Hidden with all that it holds.
            guard try layer.factsIfPresent(of: name) == nil else { continue }
            try layer.makeFolder(name, mode: 0o700)
            try hide(
                paths, in: layer.folder(name, resolving: .inHostileTree),
                over: base.folder(name, resolving: .inHostileTree))
            try copyFacts(of: name, from: base, to: layer)
        }
    }

    /// Programs see the topmost of the folders that are one: it has to look like the one below.
    private static func copyFacts(
        of name: FilePath, from base: borrowing Folder, to layer: borrowing Folder
    ) throws(SystemError) {
        let facts = try base.facts(of: name)
        for (attribute, value) in try attributes(of: name, in: base) {
            try layer.setAttribute(attribute, of: name, to: value)
        }
        if facts.user != .current {
            try layer.changeOwner(of: name, to: facts.user, facts.group)
        } else {
            // A group that we are not in is nobody's inside, and decides nothing.
            try? layer.changeOwner(of: name, to: facts.user, facts.group)
        }
        try layer.changeMode(of: name, to: facts.mode)
        try layer.changeModified(of: name, to: facts.modified)
    }

    private static func attributes(
        of name: FilePath, in base: borrowing Folder
    ) throws(SystemError) -> [RawText: [UInt8]] {
        do {
            return try LayerContents.kept(base.attributes(of: name))
        } catch {
            // Of a folder that can't be read, nobody inside reads them either.
            guard error.errno == .accessDenied else { throw error }
            return [:]
        }
    }
}
