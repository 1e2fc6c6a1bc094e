import PiJSON
import PiSandbox
import PiSystem

/// Those of a run's changes that a person names, by the paths of files or of folders with all that is in them.
struct ChosenPaths {
    /// From the workspace's own folder, without an end of slashes; empty for that folder itself.
    private let paths: [[UInt8]]
    /// As they were given.
    let typed: [RawText]

    /// Nil stands for all.
    static func read(_ given: [RawText], in workspace: String) throws -> ChosenPaths? {
        guard !given.isEmpty else { return nil }
        let here = try Folder.open(".", resolving: .anything).realPath()
        // As a shell completes them; whoever is elsewhere names them from the workspace.
        let isInside = workspace == here.text || here.text.hasPrefix("\(workspace)/")
        let start = isInside ? here : FilePath(workspace) ?? "/"
        return ChosenPaths(
            paths: try given.map { text in
                let full = start.appending(FilePath(text))
                guard !text.isEmpty, let rest = Self.below(full, FilePath(workspace) ?? "/") else {
                    throw Elsewhere(given: text, workspace: workspace)
                }
                return rest
            }, typed: given)
    }

    struct Elsewhere: Error {
        let given: RawText
        let workspace: String

        var diagnostic: Diagnostic {
            Diagnostic(
                severity: .error,
                message:
                    "\(given.description) is not in the workspace \(SafeText(workspace, limit: 200))",
                help: "name paths from the folder you are in, as `ls` does")
        }
    }

    /// Without `.` and `..`, as text: what has gone can be named, too.
    private static func below(_ path: FilePath, _ workspace: FilePath) -> [UInt8]? {
        var names: [FilePath] = []
        for name in path.names where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        let top = workspace.names
        guard names.starts(with: top) else { return nil }
        return Array(names.dropFirst(top.count).map(\.bytes).joined(separator: [slash]))
    }

    private static let slash = UInt8(ascii: "/")

    /// Named, or in what is named, or the new folder that something named is in.
    func contain(_ change: WaitingChange) -> Bool {
        let path = change.change.path.bytes
        let becomesFolder =
            change.change.after?.kind == .folder && change.change.before?.kind != .folder
        return paths.contains { named in
            named.isEmpty || path == named || path.starts(with: named + [Self.slash])
                || becomesFolder && named.starts(with: path + [Self.slash])
        }
    }
}
