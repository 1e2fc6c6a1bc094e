package import PiSystem

/// Lays one layer over another, so that the two become one that says the same.
///
/// Files come by hard links, which is safe as nobody writes to a layer that is sealed: what is below an overlay is copied
/// before it is written to. Interrupted, the lower one is neither the one nor the other and has to be made anew.
package enum LayerMerge {
    /// Takes all that `new` says over into `layer`, on the same file system.
    package static func lay(
        _ new: borrowing Folder, over layer: borrowing Folder
    ) throws(SystemError) {
        for name in try new.names(limit: .max) {
            let facts = try new.facts(of: name)
            guard facts.kind == .folder else {
                try LayerFolder.remove(name, from: layer)
                try new.link(name, to: layer, as: name)
                continue
            }
            let below = try layer.factsIfPresent(of: name)
            let hidesAll = try LayerContents.withFolder(name, in: new) {
                inner throws(SystemError) in try LayerDifference.hidesAll(inner)
            }
            if hidesAll || below?.kind != .folder {
                try LayerFolder.remove(name, from: layer)
                try layer.makeFolder(name, mode: 0o700)
            } else {
                try layer.changeMode(of: name, to: 0o700)
            }
            let target = try layer.folder(name, resolving: .inHostileTree)
            try LayerContents.withFolder(name, in: new) { inner throws(SystemError) in
                try lay(inner, over: target)
            }
            try copyFacts(facts, of: name, from: new, to: layer)
        }
    }

    /// Overlayfs's own notes, too: whether a folder hides what lies below is one.
    private static func copyFacts(
        _ facts: FileFacts, of name: FilePath, from new: borrowing Folder,
        to layer: borrowing Folder
    ) throws(SystemError) {
        let attributes = try LayerContents.allAttributes(of: name, in: new)
        // Of an older folder that this one is laid over: it hides what lies below if that did.
        for attribute in try layer.attributes(of: name).keys
        where attributes[attribute] == nil && attribute != LayerDifference.hides
            && LayerContents.isKept(attribute)
        {
            try layer.removeAttribute(attribute, of: name)
        }
        for (attribute, value) in attributes where LayerContents.isKept(attribute) {
            try layer.setAttribute(attribute, of: name, to: value)
        }
        if facts.user != .current { try layer.changeOwner(of: name, to: facts.user, facts.group) }
        try layer.changeMode(of: name, to: facts.mode)
        try layer.changeModified(of: name, to: facts.modified)
    }
}
