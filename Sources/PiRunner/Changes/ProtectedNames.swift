import PiPolicy
import PiSystem

/// Which names a change may not have: those that the policy protects, at any depth, existing or not, however they
/// are spelled.
///
/// A name that is another one here can be the same on another file system: one that knows no capitals, one that
/// leaves out what can't be seen, one that gives names a short form.
struct ProtectedNames {
    private let patterns: PathPatterns
    private let start: PathPatterns.State
    /// Where Git keeps what it runs is known without a pattern.
    private let coversGit: Bool

    init(_ texts: [String], below workspace: String, in surroundings: Surroundings) {
        // From the workspace's own folder, so that folding leaves the way there alone.
        let relative = texts.map { text in
            text.hasPrefix("\(workspace)/") ? String(text.dropFirst(workspace.count + 1)) : text
        }
        patterns = PathPatterns(relative + relative.map(Self.fold), in: surroundings)
        start = patterns.state(at: workspace)
        coversGit = GitLayout.isProtected(by: texts)
    }

    /// What holds for a folder holds for all that is in it, and what holds in the workspace's own folder holds in
    /// each below: a repository in a repository has hooks, too.
    ///
    /// A link is covered where a folder would lead to what is: through it, the name would come to exist.
    func cover(_ path: FilePath, _ kind: FileKind?) -> Bool {
        let names = path.names.map(\.text)
        let folded = names.map(Self.fold)
        let isLink = kind == .link
        return match(names, isLink) || (folded != names && match(folded, isLink))
            || coversGit && GitLayout.isRun(folded, isFolder: kind == .folder)
    }

    private func match(_ names: [String], _ isLink: Bool) -> Bool {
        var states: [PathPatterns.State] = []
        for name in names {
            states = (states + [start]).map { patterns.state(after: $0, name) }.filter {
                !$0.isDead
            }
            if states.contains(where: patterns.matches) { return true }
        }
        return isLink && states.contains(where: patterns.isAwaited)
    }

    /// The one way of writing a name that stands for all.
    static func fold(_ name: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !isUnseen(scalar.value) { text.append(scalar) }
        while let last = text.last, last == "." || last == " ", text.count > 1 {
            text.removeLast()
        }
        let folded = String(text).lowercased()
        return folded == "git~1" ? ".git" : folded
    }

    /// What HFS+ leaves out of a name when it compares.
    private static func isUnseen(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
        default: false
        }
    }
}
