/// Where a policy is looked at: what `~` and the paths of the workspace stand for.
package struct Surroundings: Hashable, Sendable {
    /// Absolute paths, with nothing left in them to be resolved.
    package let workspace: String
    package let home: String

    package init(workspace: String, home: String) {
        self.workspace = workspace
        self.home = home
    }

    var workspaceSegments: [String] { Self.split(workspace) }

    static func split(_ path: some StringProtocol) -> [String] { path.pieces(at: Ascii.slash) }

    private static func isBelowHome(_ path: String) -> Bool {
        path.begins(with: "~/") || path.utf8.elementsEqual("~".utf8)
    }

    /// The absolute segments of a path as it was asked for; nil if it leads above the root.
    func resolve(_ path: String) -> [String]? {
        var rest = Self.split(path)
        var segments: [String]
        if path.begins(with: "/") {
            segments = []
        } else if Self.isBelowHome(path) {
            segments = Self.split(home)
            rest.removeFirst()
        } else {
            segments = workspaceSegments
        }
        guard !path.utf8.contains(0) else { return nil }
        for segment in rest {
            switch segment {
            case ".": continue
            case "..":
                guard segments.popLast() != nil else { return nil }
            default: segments.append(segment)
            }
        }
        return segments
    }

    /// The absolute pattern that a text of the policy stands for.
    func pattern(_ text: String) -> [PatternTrie.Segment] {
        let base: [String]
        var segments = Self.split(text)
        if text.begins(with: "/") {
            base = []
        } else if Self.isBelowHome(text) {
            base = Self.split(home)
            segments.removeFirst()
        } else {
            base = workspaceSegments
        }
        // What holds for a folder holds for all that is in it, so this adds nothing, and leaving it makes
        // `src/**` and `src` the same.
        while segments.count > 1, segments.last == "**" { segments.removeLast() }
        return base.map(PatternTrie.Segment.literal)
            + segments.map { segment in
                switch segment {
                case "**": .anyMany
                case "*": .anyOne
                default:
                    Glob(segment).map(PatternTrie.Segment.glob) ?? .literal(Glob.literal(segment))
                }
            }
    }
}

extension Surroundings {
    /// The absolute path, or pattern of paths, that a text of the policy stands for.
    package func absolute(_ text: String) -> String {
        let names = Self.split(text)
        let base: [String]
        if text.begins(with: "/") {
            return "/" + trimmed(names).joined(separator: "/")
        } else if Self.isBelowHome(text) {
            base = Self.split(home)
            return "/" + (base + trimmed(Array(names.dropFirst()))).joined(separator: "/")
        }
        return "/" + (workspaceSegments + trimmed(names)).joined(separator: "/")
    }

    package var homePath: String { "/" + Self.split(home).joined(separator: "/") }

    /// `src/**` and `src` are the same.
    private func trimmed(_ names: [String]) -> [String] {
        var names = names
        while names.count > 1, names.last == "**" { names.removeLast() }
        return names.filter { $0 != "." }
    }
}
