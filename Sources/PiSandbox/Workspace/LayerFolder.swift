package import PiSystem

/// The folder of a layer that is being written: `upper` and `work`, as `SandboxSpec.Layers` wants them.
package enum LayerFolder {
    /// Makes both in a folder that nobody else may enter.
    ///
    /// What is made in the layer belongs on disk to the owner of the tree; the mode of its top is what programs see.
    package static func make(
        in folder: borrowing Folder, mode: UInt32, owner tree: FileFacts
    ) throws(SystemError) {
        // Through a mount whose owners are mapped not even root enters the folder of somebody without a number.
        if tree.user != .current { try folder.changeOwner(of: ".", to: tree.user, tree.group) }
        for (name, mode) in [("upper", mode), ("work", 0o700)] as [(FilePath, UInt32)] {
            try folder.makeFolder(name, mode: 0o700)
            if tree.user != .current { try folder.changeOwner(of: name, to: tree.user, tree.group) }
            try folder.changeMode(of: name, to: mode & 0o777)
        }
    }

    /// Removes what a folder holds, whatever modes it has and however deep it is nested.
    ///
    /// What is nested deep is moved to the top before it is emptied, so that no depth needs as many descriptors. What was
    /// interrupted is done by the next.
    package static func empty(_ folder: borrowing Folder) throws(SystemError) {
        var next = 0
        while true {
            let names = try folder.names(limit: .max)
            guard !names.isEmpty else { return }
            for name in names { try empty(name, of: folder, top: folder, depth: 1, &next) }
        }
    }

    /// Removes what has a name, a folder with all that it holds; nothing, if there is nothing.
    package static func remove(
        _ name: FilePath, from folder: borrowing Folder
    ) throws(SystemError) {
        guard let facts = try folder.factsIfPresent(of: name) else { return }
        let isFolder = facts.kind == .folder
        if isFolder {
            if facts.mode != 0o700 { try folder.changeMode(of: name, to: 0o700) }
            try empty(folder.folder(name, resolving: .inHostileTree))
        }
        try folder.remove(name, isFolder: isFolder)
    }

    private static let mostDepth = 16

    private static func empty(
        _ name: FilePath, of folder: borrowing Folder, top: borrowing Folder, depth: Int,
        _ next: inout Int
    ) throws(SystemError) {
        let facts = try folder.facts(of: name)
        guard facts.kind == .folder else {
            return try folder.remove(name, isFolder: false)
        }
        if facts.mode != 0o700 { try folder.changeMode(of: name, to: 0o700) }
        guard depth <= mostDepth else { return try move(name, of: folder, to: top, &next) }
        let inner = try folder.folder(name, resolving: .inHostileTree)
        for entry in try inner.names(limit: .max) {
            try empty(entry, of: inner, top: top, depth: depth + 1, &next)
        }
        try folder.remove(name, isFolder: true)
    }

    /// Under a name that is still free there.
    private static func move(
        _ name: FilePath, of folder: borrowing Folder, to top: borrowing Folder, _ next: inout Int
    ) throws(SystemError) {
        while true {
            next += 1
            do throws(SystemError) {
                return try folder.move(name, to: top, as: FilePath(".removed-\(next)")!)
            } catch {
                guard error.errno == .fileExists else { throw error }
            }
        }
    }
}
