import CSandbox
package import PiSystem

/// Every step of a launch, in order, decided before the first is made.
package struct LaunchPlan: Hashable, Sendable {
    /// One thing in the new root.
    enum Entry: Hashable, Sendable {
        case folder(String)
        case file(String, content: String)
        case link(String, target: String)
        case bind(SandboxSpec.Tree, FileFacts, makesPlace: Bool)
        case scratch(SandboxSpec.Scratch, makesPlace: Bool)
        /// Bound on itself: what is below can't be moved away with it.
        case holder(String)
        case protected(String)
        case hidden(String)

        var path: String {
            switch self {
            case .folder(let path), .holder(let path), .protected(let path), .hidden(let path):
                path
            case .file(let path, _), .link(let path, _): path
            case .bind(let tree, _, _): tree.path
            case .scratch(let scratch, _): scratch.path
            }
        }
    }

    /// The same file rules a second time, for Landlock.
    struct Rule: Hashable, Sendable {
        enum Access: Hashable, Sendable {
            case list, read, readWrite, device
        }

        let path: String
        let access: Access
    }

    package let spec: SandboxSpec
    let walls: Set<Wall>
    package let isPrivileged: Bool
    package let landlock: Int?
    let entries: [Entry]
    let rules: [Rule]

    /// With all walls that there are.
    package init(
        for spec: SandboxSpec, isPrivileged: Bool, landlock: Int?
    ) throws(SystemError) {
        try self.init(
            for: spec, isPrivileged: isPrivileged, landlock: landlock,
            walls: Set(Wall.allCases))
    }

    /// For the tests that show what one wall holds without the others; nothing that a policy, a flag or a
    /// library can say leads here.
    package init(
        for spec: SandboxSpec, isPrivileged: Bool, landlock: Int?, walls: Set<Wall>
    ) throws(SystemError) {
        self.spec = spec
        self.walls = landlock == nil ? walls.subtracting([.landlock]) : walls
        self.isPrivileged = isPrivileged
        self.landlock = landlock
        entries = try Self.entries(of: spec)
        rules = Self.rules(of: spec)
    }

    package func raises(_ wall: Wall) -> Bool { walls.contains(wall) }

    // MARK: - The new root

    private static func entries(of spec: SandboxSpec) throws(SystemError) -> [Entry] {
        var list: [Entry] = []
        for tree in spec.trees {
            let facts = try facts(of: tree.source)
            list.append(.bind(tree, facts, makesPlace: !isBelowTree(tree.path, spec)))
        }
        list += spec.files.map { .file($0.path, content: $0.content) }
        list += spec.links.map { .link($0.path, target: $0.target) }
        list += spec.scratch.map { .scratch($0, makesPlace: !isBelowTree($0.path, spec)) }
        let places = spec.folders + (spec.temporary?.places ?? [])
        list += places.filter { !$0.hasPrefix("/dev") }.filter { !isBelowTree($0, spec) }.map {
            .folder($0)
        }

        // Parents first: mounting /data after /data/out would hide what was just put there.
        return withParents(sorted(list), spec) + covers(spec)
    }

    /// By path, name by name: a slash comes before whatever a name can be made of.
    private static func sorted(_ entries: [Entry]) -> [Entry] {
        let keys = entries.map { entry in
            entry.path.utf8.map { $0 == UInt8(ascii: "/") ? 0 : $0 }
        }
        return entries.indices.sorted {
            keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
        }.map { entries[$0] }
    }

    /// Each folder above something of ours is made before it.
    private static func withParents(_ list: [Entry], _ spec: SandboxSpec) -> [Entry] {
        // What the launcher makes by itself.
        var made: Set<String> = ["/", "/proc", "/dev"]
        var entries: [Entry] = []
        for entry in list {
            for parent in parents(of: entry.path)
            where !isBelowTree(parent, spec) && !isTree(parent, spec)
                && made.insert(parent).inserted
            {
                entries.append(.folder(parent))
            }
            if case .folder(let path) = entry, !made.insert(path).inserted { continue }
            entries.append(entry)
        }
        return entries
    }

    /// Last, so that nothing is mounted over them; a mount on a file does not hold its parents, so
    /// each of them becomes a mount too.
    private static func covers(_ spec: SandboxSpec) -> [Entry] {
        var entries: [Entry] = []
        var held: Set<String> = []
        for path in spec.protected + spec.hidden {
            for parent in parents(of: path)
            where isBelowTree(parent, spec) && held.insert(parent).inserted {
                entries.append(.holder(parent))
            }
        }
        entries = sorted(entries)
        let hidden = Set(spec.hidden)
        entries += spec.protected.filter { !hidden.contains($0) }.sorted().map { .protected($0) }
        entries += hidden.sorted().map { .hidden($0) }
        return entries
    }

    private static func facts(of source: String) throws(SystemError) -> FileFacts {
        // The launcher opens it without following a link, and compares.
        try FileFacts.of(FilePath(RawText(source) ?? ""))
    }

    /// Trees that lie where each call gets something new, such as a workspace in `/tmp`.
    var nestedTrees: [String] {
        let places = spec.temporary?.places ?? []
        let below = (spec.trees.map(\.path) + spec.scratch.map(\.path)).filter { path in
            places.contains { path.hasPrefix("\($0)/") }
        }
        // A tree is taken out with all that is mounted in it.
        return below.filter { path in !below.contains { path.hasPrefix("\($0)/") } }
    }

    // MARK: - Landlock

    private static func rules(of spec: SandboxSpec) -> [Rule] {
        var rules = [
            Rule(path: "/", access: .list), Rule(path: "/etc", access: .read),
            Rule(path: "/proc", access: .read), Rule(path: "/dev", access: .device),
        ]
        for tree in spec.trees {
            switch tree.access {
            case .readOnly: rules.append(Rule(path: tree.path, access: .read))
            case .readWrite: rules.append(Rule(path: tree.path, access: .readWrite))
            }
        }
        rules += spec.scratch.map { Rule(path: $0.path, access: .readWrite) }
        rules += (spec.temporary?.places ?? []).map { Rule(path: $0, access: .readWrite) }
        return rules
    }

    // MARK: - Paths

    private static func segments(_ path: String) -> [Substring] { path.split(separator: "/") }

    /// Those above it, the topmost first, without the root.
    private static func parents(of path: String) -> [String] {
        let names = segments(path).dropLast()
        return names.indices.map { "/" + names[...$0].joined(separator: "/") }
    }

    private static func isTree(_ path: String, _ spec: SandboxSpec) -> Bool {
        spec.trees.contains { $0.path == path }
    }

    /// Whether it lies in what the host owns: nothing may be made there.
    private static func isBelowTree(_ path: String, _ spec: SandboxSpec) -> Bool {
        spec.trees.contains { path.hasPrefix($0.path == "/" ? "/" : "\($0.path)/") }
    }
}
