import PiJSON
import PiSystem

/// The folder that a run works on, checked: some folders would give everything away.
struct WorkspaceFolder: Hashable {
    /// Without a link in it.
    let path: String
    let owner: UserID
    let group: GroupID

    private init(path: String, owner: UserID, group: GroupID) {
        self.path = path
        self.owner = owner
        self.group = group
    }

    /// A folder of ours that stands for one, for the probes.
    init(probing folder: borrowing Folder) throws(SystemError) {
        let facts = try folder.facts(of: ".")
        self.init(
            path: try folder.realPath().utf8 ?? "/", owner: facts.user, group: facts.group)
    }

    struct Unfit: Error {
        let diagnostic: Diagnostic

        init(_ path: String, _ why: String, help: String) {
            diagnostic = Diagnostic(
                severity: .error,
                message: "\(SafeText(path, limit: 200)) can't be the workspace: \(why)", help: help)
        }
    }

    /// `named` is what a person typed; nil for the folder that they are in.
    static func find(_ named: FilePath?, home: String, closed: [String]) throws -> WorkspaceFolder {
        let folder = try Folder.open(named ?? ".", resolving: .anything)
        let real = try folder.realPath()
        guard let path = real.utf8 else {
            throw Unfit(
                real.description, "its name is no text", help: "give it a name in UTF-8")
        }
        if path.hasSuffix(" (deleted)") {
            throw Unfit(path, "it has been removed", help: "go to a folder that exists")
        }
        let facts = try folder.facts(of: ".")
        try check(path, isNamed: named != nil, home: home, closed: closed)
        return WorkspaceFolder(path: path, owner: facts.user, group: facts.group)
    }

    private static let system = [
        "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/run",
        "/sbin", "/sys", "/usr", "/var/lib", "/var/log", "/var/run",
    ]

    private static func check(
        _ path: String, isNamed: Bool, home: String, closed: [String]
    ) throws {
        let elsewhere = "go to the folder of a project, or name one by --workspace"
        // The folders that hold those of all others.
        if ["/", "/home", "/var", "/opt", "/srv", "/mnt", "/media", "/tmp"].contains(path) {
            throw Unfit(path, "it holds what is not part of any work", help: elsewhere)
        }
        if let place = system.first(where: { path == $0 || path.hasPrefix("\($0)/") }) {
            throw Unfit(path, "\(place) belongs to the system", help: elsewhere)
        }
        for folder in closed
        where folder == path || folder.hasPrefix("\(path)/")
            || path.hasPrefix("\(folder)/")
        {
            // The home holds it, and can be meant all the same: it is hidden there.
            if isNamed, path == home, folder.hasPrefix("\(home)/") { continue }
            throw Unfit(
                path, "pi-runner keeps its own state or configuration at \(folder)", help: elsewhere
            )
        }
        if path == home || home.hasPrefix("\(path)/"), !isNamed {
            throw Unfit(
                path, "it is your home folder, or holds it",
                help: "name it if you mean it: --workspace \(SafeText(path, limit: 200))")
        }
    }
}
