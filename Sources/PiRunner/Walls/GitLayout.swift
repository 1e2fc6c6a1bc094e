import PiSystem

/// Where Git keeps what it runs, for any of the ways in which a checkout can be laid out.
///
/// `.git` may be a folder, or a file that names one elsewhere (a worktree, a submodule), which then names
/// a common one. Only what lies in the workspace can be written there, and so has to be protected.
enum GitLayout {
    /// The files and folders whose content Git runs; links of the hooks end where they end.
    static func whatRuns(in workspace: String, protecting texts: [String]) -> [String] {
        guard texts.contains(where: { $0.hasPrefix(".git") }) else { return [] }
        var found: [String] = []
        for folder in folders(of: workspace) where isInside(folder, workspace) {
            for name in ["hooks", "config", "config.worktree", "commondir", "info/attributes"] {
                let path = HostPath.resolve("\(folder)/\(name)")
                if let real = path.real, isInside(real, workspace) { found.append(real) }
            }
        }
        let pointer = HostPath.resolve("\(workspace)/.git")
        // Who changes the file chooses other hooks.
        if pointer.kind == .file, let real = pointer.real { found.append(real) }
        return found
    }

    /// What else of Git's runs something, exists or not: where it is told to look for the rest, and submodules.
    static func patterns(protecting texts: [String]) -> [String] {
        texts.contains { $0.hasPrefix(".git") }
            ? [
                ".git/commondir", ".git/config.worktree", ".git/modules/**/hooks",
                ".git/modules/**/config", ".git/modules/**/commondir",
            ] : []
    }

    private static func folders(of workspace: String) -> [String] {
        let git = HostPath.resolve("\(workspace)/.git")
        guard let real = git.real else { return [] }
        let folder = git.kind == .file ? pointed(from: real, "gitdir: ", in: workspace) : real
        guard let folder else { return [] }
        let common = pointed(from: "\(folder)/commondir", "", in: folder)
        return [folder] + (common.map { [$0] } ?? [])
    }

    /// The folder that a one-line file names.
    private static func pointed(from file: String, _ prefix: String, in folder: String) -> String? {
        guard let path = FilePath(file), let name = path.name else { return nil }
        // What can't be read names nothing.
        let bytes = try? Folder.open(path.parent, resolving: .anything)
            .read(name, limit: .kibibytes(8), resolving: [.beneath, .noLinks])
        guard let bytes else { return nil }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first ?? ""
        guard line.hasPrefix(prefix) else { return nil }
        let target = String(line.dropFirst(prefix.count))
        return HostPath.resolve(target.hasPrefix("/") ? target : "\(folder)/\(target)").real
    }

    private static func isInside(_ path: String, _ workspace: String) -> Bool {
        path.hasPrefix("\(workspace)/")
    }
}
