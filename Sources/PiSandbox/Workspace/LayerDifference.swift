package import PiSystem

/// What a layer changes of the tree below it, found by looking at the layer alone: the cost is that of the
/// changes, however large the tree is.
///
/// A layer says more than has changed: a file that was only touched is copied into it, and a folder that was
/// removed and made again hides all that it held. So each name is compared with what lies below.
package struct LayerDifference {
    private let limits: TreeWalk.Limits
    private let place: FilePath
    private var changes: [Change] = []

    /// In byte order of their paths, folders before what is in them.
    ///
    /// Nobody may be writing to the layer any more.
    package static func find(
        layer: borrowing Folder, below: borrowing Folder, limits: TreeWalk.Limits
    ) throws(SystemError) -> [Change] {
        var difference = LayerDifference(limits: limits, place: layer.path)
        try difference.merge(layer, below, "", hidesAll: try hidesAll(layer), depth: 1)
        return difference.changes
    }

    private init(limits: TreeWalk.Limits, place: FilePath) {
        self.limits = limits
        self.place = place
    }

    private mutating func note(
        _ path: FilePath, _ before: FileFacts?, _ after: FileFacts?
    ) throws(SystemError) {
        guard changes.count < limits.entries else {
            throw SystemError(moreThan: limits.entries, in: place)
        }
        changes.append(Change(path: path, before: before, after: after))
    }

    // MARK: - Where there is a folder on both sides

    private mutating func merge(
        _ layer: borrowing Folder, _ below: borrowing Folder, _ prefix: FilePath, hidesAll: Bool,
        depth: Int
    ) throws(SystemError) {
        try check(depth)
        var names = try layer.names(limit: limits.entries)
        if hidesAll {
            let known = Set(names)
            names += try below.names(limit: limits.entries).filter { !known.contains($0) }
            names.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        }
        for name in names {
            let path = prefix.appending(name)
            let before = try below.factsIfPresent(of: name)
            let found = try layer.factsIfPresent(of: name)
            let after = found?.isWhiteout == true ? nil : found
            guard let before, let after, before.kind == .folder, after.kind == .folder else {
                try compare(name, path, layer, after, below, before, depth: depth)
                continue
            }
            let isSame = try LayerContents.haveSameAttributes(name, in: layer, below)
            if before.mode != after.mode || !isSame { try note(path, before, after) }
            guard let twin = try Self.folder(name, in: below) else {
                try LayerContents.withFolder(name, in: layer) { inner throws(SystemError) in
                    try list(inner, path, depth: depth + 1, isLayer: true)
                }
                continue
            }
            try LayerContents.withFolder(name, in: layer) { inner throws(SystemError) in
                try merge(
                    inner, twin, path, hidesAll: try Self.hidesAll(inner), depth: depth + 1)
            }
        }
    }

    /// Of which at most one is a folder.
    private mutating func compare(
        _ name: FilePath, _ path: FilePath, _ layer: borrowing Folder, _ after: FileFacts?,
        _ below: borrowing Folder, _ before: FileFacts?, depth: Int
    ) throws(SystemError) {
        if let before, let after, before.kind == after.kind, before.mode == after.mode,
            try LayerContents.areSame(name, after, in: layer, before, in: below)
        {
            return
        }
        guard before != nil || after != nil else { return }
        try note(path, before, after)
        if before?.kind == .folder, let gone = try Self.folder(name, in: below) {
            try list(gone, path, depth: depth + 1, isLayer: false)
        }
        if after?.kind == .folder {
            try LayerContents.withFolder(name, in: layer) { new throws(SystemError) in
                try list(new, path, depth: depth + 1, isLayer: true)
            }
        }
    }

    // MARK: - Where there is a folder on one side

    private mutating func list(
        _ folder: borrowing Folder, _ prefix: FilePath, depth: Int, isLayer: Bool
    ) throws(SystemError) {
        try check(depth)
        for name in try folder.names(limit: limits.entries) {
            let path = prefix.appending(name)
            let facts = try folder.facts(of: name)
            // Where nothing lies below, it says nothing.
            if isLayer, facts.isWhiteout { continue }
            try note(path, isLayer ? nil : facts, isLayer ? facts : nil)
            guard facts.kind == .folder else { continue }
            guard isLayer else {
                if let inner = try Self.folder(name, in: folder) {
                    try list(inner, path, depth: depth + 1, isLayer: false)
                }
                continue
            }
            try LayerContents.withFolder(name, in: folder) { inner throws(SystemError) in
                try list(inner, path, depth: depth + 1, isLayer: true)
            }
        }
    }

    private static func folder(
        _ name: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> Folder? {
        try LayerContents.unlessMounted { () throws(SystemError) in
            try folder.folder(name, resolving: .inHostileTree)
        }
    }

    private func check(_ depth: Int) throws(SystemError) {
        guard depth <= limits.depth else {
            throw SystemError(deeperThan: limits.depth, in: place)
        }
    }

    /// Whether nothing below shows through.
    ///
    /// A program can't set this: what it sets is stored under another name.
    static func hidesAll(_ folder: borrowing Folder) throws(SystemError) -> Bool {
        try folder.attribute(hides, limit: ByteCount(8)) == [UInt8(ascii: "y")]
    }

    static let hides: RawText = "user.overlay.opaque"
}
