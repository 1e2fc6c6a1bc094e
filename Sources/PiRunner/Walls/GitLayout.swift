import PiSystem

/// Where Git keeps what it runs, for any of the ways in which a checkout can be laid out.
///
/// `.git` may be a folder, or a file that names one elsewhere (a worktree, a submodule), which then names
/// a common one. Only what lies in the workspace can be written there, and so has to be protected.
enum GitLayout {
    /// Whether a list of what is protected has any of it.
    static func isProtected(by texts: [String]) -> Bool {
        texts.contains { $0.split(separator: "/").contains(".git") }
    }

    /// The files and folders whose content Git runs; links of the hooks end where they end.
    static func whatRuns(in workspace: String, protecting texts: [String]) -> [String] {
        guard isProtected(by: texts) else { return [] }
        var found: [String] = []
        for folder in folders(of: workspace) where isInside(folder, workspace) {
            for name in ["hooks", "config", "config.worktree", "commondir", "info/attributes"] {
                let path = HostPath.resolve("\(folder)/\(name)")
                if let real = path.real, isInside(real, workspace) { found.append(real) }
            }
        }
        for path in configuredPlaces(of: workspace) where isInside(path, workspace) {
            found.append(path)
        }
        let pointer = HostPath.resolve("\(workspace)/.git")
        // Who changes the file chooses other hooks.
        if pointer.kind == .file, let real = pointer.real { found.append(real) }
        return found
    }

    /// What else of Git's runs something, exists or not: where it is told to look for the rest, and submodules.
    static func patterns(protecting texts: [String]) -> [String] {
        isProtected(by: texts)
            ? [
                ".git/commondir", ".git/config.worktree", ".git/modules/**/hooks",
                ".git/modules/**/config", ".git/modules/**/commondir",
            ] : []
    }

    /// Whether a name, which need not exist, is one that decides what Git runs, in whatever repository it lies.
    ///
    /// Objects, references and the index are not; a file or link where the repository's folder would be is, since it
    /// names another one.
    static func isRun(_ names: [String], isFolder: Bool) -> Bool {
        guard let place = names.firstIndex(of: ".git") else { return false }
        let rest = names[(place + 1)...]
        guard let first = rest.first else { return !isFolder }
        if switches.contains(first) || rest.starts(with: ["info", "attributes"])
            || rest.starts(with: ["objects", "info", "alternates"])
        {
            return true
        }
        // Of submodules and other work trees, whose names have any number of parts.
        return ["modules", "worktrees"].contains(first)
            && (rest.contains(where: switches.contains)
                || rest.suffix(2) == ["info", "attributes"])
    }

    private static let switches: Set = [
        "hooks", "config", "config.worktree", "commondir", "gitdir",
    ]

    /// Where the configuration says that hooks or more configuration are.
    private static func configuredPlaces(of workspace: String) -> [String] {
        folders(of: workspace).flatMap { folder in
            let text = text(of: "\(folder)/config", in: folder) ?? ""
            return GitConfiguration.places(in: text).map { place in
                let start = place.isRelativeToFile ? folder : workspace
                let path = place.path.hasPrefix("/") ? place.path : "\(start)/\(place.path)"
                return HostPath.resolve(path).real ?? path
            }
        }
    }

    private static func folders(of workspace: String) -> [String] {
        let git = HostPath.resolve("\(workspace)/.git")
        guard let real = git.real else { return [] }
        let folder = git.kind == .file ? pointed(from: real, "gitdir: ", in: workspace) : real
        guard let folder else { return [] }
        let common = pointed(from: "\(folder)/commondir", "", in: folder)
        return [folder] + (common.map { [$0] } ?? [])
    }

    private static func text(of file: String, in folder: String) -> String? {
        guard let path = FilePath(file), let name = path.name else { return nil }
        // What can't be read names nothing.
        let bytes = try? Folder.open(path.parent, resolving: .anything)
            .read(name, limit: .mebibytes(1), resolving: [.beneath, .noLinks])
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The folder that a one-line file names.
    private static func pointed(from file: String, _ prefix: String, in folder: String) -> String? {
        guard let text = text(of: file, in: folder) else { return nil }
        let line = text.split(separator: "\n").first ?? ""
        guard line.hasPrefix(prefix) else { return nil }
        let target = String(line.dropFirst(prefix.count))
        return HostPath.resolve(target.hasPrefix("/") ? target : "\(folder)/\(target)").real
    }

    private static func isInside(_ path: String, _ workspace: String) -> Bool {
        path.hasPrefix("\(workspace)/")
    }
}
