import PiJSON
import PiPolicy
import PiSystem

/// Where policies are on this host: the ready-made ones in the program, files, and the two policy folders.
struct PolicyStore: Sendable {
    /// `$XDG_CONFIG_HOME/pi-runner`; nil if there is no home to look in.
    let userFolder: FilePath?
    let hostFolder: FilePath
    let surroundings: Surroundings

    static func here() throws -> PolicyStore {
        let here = try Folder.open("/proc/self", resolving: .anything).readLink("cwd")
        let home = try home()
        let configured = ThisProcess.variable("XDG_CONFIG_HOME").flatMap {
            $0.isEmpty ? nil : FilePath($0)
        }
        return PolicyStore(
            userFolder: (configured ?? home.appending(".config")).appending("pi-runner"),
            hostFolder: "/etc/pi-runner",
            surroundings: Surroundings(
                workspace: workspace(here, home), home: normal(home)))
    }

    /// A path without dots and double slashes, so that `~` has one spelling; what is not absolute is no home.
    private static func normal(_ path: FilePath) -> String {
        var names: [Substring] = []
        for name in (path.bytes.first == UInt8(ascii: "/") ? path.utf8 ?? "" : "/nonexistent")
            .split(separator: "/")
        {
            if name == ".." { _ = names.popLast() } else if name != "." { names.append(name) }
        }
        return "/" + names.joined(separator: "/")
    }

    /// The folder that the paths of a policy are looked at in.
    ///
    /// A policy must not become another one because somebody looks at it from `/etc` or from their home: no
    /// run works there, so there a folder is thought of that has nothing special about it.
    private static func workspace(_ here: FilePath, _ home: FilePath) -> String {
        let system = ["bin", "boot", "dev", "etc", "lib", "lib64", "proc", "sbin", "sys", "usr"]
        let names = (here.utf8 ?? "").split(separator: "/")
        guard let first = names.first, !system.contains(String(first)),
            !(home.utf8 ?? "").split(separator: "/").starts(with: names)
        else { return "/workspace" }
        return here.utf8 ?? "/workspace"
    }

    /// The same with another workspace.
    func at(_ workspace: String) -> PolicyStore {
        PolicyStore(
            userFolder: userFolder, hostFolder: hostFolder,
            surroundings: Surroundings(workspace: workspace, home: surroundings.home))
    }

    /// The person's own, else the host's; nil if nothing is set.
    func settings() throws -> Settings? {
        for folder in [userFolder, hostFolder].compactMap({ $0 }) {
            guard let named = try optional(folder, "settings.yaml", named: nil) else { continue }
            let (settings, diagnostics) = Settings.read(named.source)
            guard let settings else { throw Exec.Refused(diagnostics: diagnostics) }
            return settings
        }
        return nil
    }

    private static func home() throws -> FilePath {
        if let given = ThisProcess.variable("HOME"), !given.isEmpty { return FilePath(given) }
        return try User.find(.current).home
    }

    /// A policy by what a person typed: a name of a ready-made one, `user:NAME`, `host:NAME`, or a file.
    struct Named {
        let reference: PolicyReference
        let source: SourceText
        /// The folder that the files it extends must be in.
        let folder: FilePath?
    }

    func find(_ typed: RawText) throws -> Named {
        let text = typed.utf8 ?? ""
        let isFile =
            typed.utf8 == nil || text.hasSuffix(".yaml") || text.hasSuffix(".yml")
            || text.hasPrefix("./") || text.hasPrefix("/") || text.hasPrefix("../")
        if isFile {
            let path = FilePath(typed)
            guard let name = path.name else { throw PolicyNotFound(typed.description, Self.names) }
            let bytes: [UInt8]
            do throws(SystemError) {
                bytes = try Folder.open(path.parent, resolving: .anything)
                    .read(name, limit: Self.limit, resolving: [])
            } catch {
                throw PolicyUnreadable(
                    name: path.description, reason: error.sentence,
                    help: error.advice ?? "look at the file")
            }
            return Named(
                reference: .file(name.description),
                source: SourceText(name: path.description, bytes: bytes), folder: path.parent)
        }
        let reference: PolicyReference =
            if text.hasPrefix("user:") {
                .user(String(text.dropFirst(5)))
            } else if text.hasPrefix("host:") {
                .host(String(text.dropFirst(5)))
            } else { .shipped(text) }
        do throws(PolicyLoader.Unreadable) {
            return Named(reference: reference, source: try read(reference, below: nil), folder: nil)
        } catch {
            if case .shipped = reference {
                // Somebody who names a file without its ending means the file.
                let file = FilePath("\(text).yaml")
                let isThere = file.map { path in
                    // What can not be looked at is not there for this purpose.
                    (try? Folder.open(".", resolving: .anything).facts(of: path)) != nil
                }
                throw PolicyNotFound(
                    typed.description, isThere == true ? ["\(text).yaml"] : Self.names)
            }
            throw PolicyUnreadable(name: typed.description, reason: error.reason, help: error.help)
        }
    }

    static var names: [String] { ShippedPolicies.all.map(\.name) }

    /// Far more than a policy may have, so that the reader can say that it is too large.
    static let limit = ByteCount.mebibytes(16)

    /// The text that a reference stands for.
    func read(
        _ reference: PolicyReference, below folder: FilePath?
    ) throws(PolicyLoader.Unreadable) -> SourceText {
        switch reference {
        case .shipped(let name):
            guard let text = ShippedPolicies.text(name) else {
                throw PolicyLoader.Unreadable(
                    reason: "there is no ready-made policy of that name",
                    help: name.hasSuffix(".yml")
                        ? "the name of a file ends in `.yaml`"
                        : NearestWord.to(name, among: Self.names).map { "did you mean `\($0)`?" }
                            ?? "a file's name ends in `.yaml`; the ready-made ones are \(Self.names.map { "`\($0)`" }.joined(separator: ", "))"
                )
            }
            return SourceText(name: name, bytes: Array(text.utf8))
        case .file(let path):
            guard let folder, let file = FilePath(path) else {
                throw PolicyLoader.Unreadable(
                    reason: "there are no files beside a ready-made policy",
                    help: "name a ready-made policy")
            }
            let name = folder == "." ? file : folder.appending(file)
            return try open(folder, file, named: name.description)
        case .user(let name):
            guard let userFolder, let file = FilePath("\(name).yaml") else {
                throw PolicyLoader.Unreadable(reason: "there is no such folder", help: "set HOME")
            }
            return try open(userFolder.appending("policies"), file, named: "user:\(name)")
        case .host(let name):
            guard let file = FilePath("\(name).yaml") else {
                throw PolicyLoader.Unreadable(reason: "it has no name", help: "write `host:NAME`")
            }
            return try open(hostFolder.appending("policies"), file, named: "host:\(name)")
        }
    }

    /// A regular file below the folder; no link leads out of it.
    private func open(
        _ folder: FilePath, _ file: FilePath, named name: String
    ) throws(PolicyLoader.Unreadable) -> SourceText {
        do throws(SystemError) {
            let bytes = try Folder.open(folder, resolving: .anything)
                .read(file, limit: Self.limit, resolving: [.beneath, .noLinks])
            return SourceText(name: name, bytes: bytes)
        } catch {
            throw PolicyLoader.Unreadable(
                reason: error.sentence, help: error.advice ?? "look at the file")
        }
    }
}

/// No policy has that name.
struct PolicyNotFound: Error {
    let diagnostic: Diagnostic

    init(_ name: String, _ names: [String]) {
        diagnostic = Diagnostic(
            severity: .error, message: "there is no policy `\(SafeText(name, limit: 120))`",
            help: NearestWord.to(name, among: names).map { "did you mean `\($0)`?" }
                ?? "the ready-made ones are \(names.map { "`\($0)`" }.joined(separator: ", ")); a file's name ends in `.yaml`"
        )
    }
}

struct PolicyUnreadable: Error {
    let name: String
    let reason: String
    let help: String

    var diagnostic: Diagnostic {
        Diagnostic(
            severity: .error,
            message: reason.hasPrefix("cannot ")
                ? reason : "cannot read the policy `\(SafeText(name, limit: 120))`: \(reason)",
            help: help.prefix(1).lowercased() + help.dropFirst())
    }
}
