import PiSystem
import PiTesting

/// What an act finds on the host, made for it anew before each attempt.
///
/// All of it lies in one folder of the test's world:
///
///     f/  the program        o/  outside, listed by nobody     w/   outside, with a victim
///     ro/ listed for reading ws/ the workspace                 ws-secret/ its neighbour
final class Ground {
    let act: Act
    let host: TestHost
    let folder: String
    let nonce: String
    let secret: String
    private(set) var values: [String: String] = [:]
    private(set) var sleeper: Witness?
    private(set) var listener: Witness?
    private(set) var terminal: Witness?
    private(set) var caller: Witness?
    private var leftovers: [[String]] = []
    private var hasMount = false

    var workspace: String { "\(folder)/ws" }
    var program: String { "\(folder)/f/forbidden" }

    /// The owner of the workspace: an id that is nobody's on the host.
    static let owner: UInt32 = 64_321

    /// Makes the folder and all that the act needs in it.
    init(for act: Act, on host: TestHost, in folder: String) throws {
        self.act = act
        self.host = host
        self.folder = folder
        nonce = try RandomBytes.name(bytes: 8)
        secret = "secret-" + (try RandomBytes.name(bytes: 8))
        try makeFiles()
        fillIn()
        try makeWitnesses()
        try makeNames()
        if host.isRoot, !act.placeholders.isDisjoint(with: ["setuid", "setgid", "capable"]) {
            try makePrivileged()
        }
        if act.placeholders.contains("nested"), host.isRoot { try makeMount() }
    }

    /// Takes away what lies elsewhere than in the folder.
    func clean() throws {
        for kind in leftovers {
            // An act may have taken it away.
            _ = try Helper.run(program, ["--make"] + kind)
        }
        if hasMount { _ = try Helper.run("/bin/umount", ["-l", "\(folder)/ro/n"]) }
        let left = try Ground.processes(with: nonce)
        if !left.isEmpty {
            _ = try Helper.run("/bin/sh", ["-c", "kill -9 \(left.joined(separator: " "))"])
        }
        let elsewhere = ["/tmp", "/dev/shm", "/run"].map { "\($0)/forbidden-\(nonce)" }
        _ = try Helper.run("/bin/rm", ["-f", "/dev/shm/\(nonce)"] + elsewhere)
    }

    // MARK: - Files

    private func makeFiles() throws {
        let built = try Program.built("forbidden", []).program.utf8 ?? ""
        let script = """
            set -e
            cd "$1"
            umask 022
            rm -rf o w ws ws-secret ro
            if ! test -d f; then mkdir f; cp "$2" f/forbidden; fi
            mkdir o w w/vf ws ws/a ws/a/b ws-secret ro
            for file in o/c o/cr ws-secret/c; do echo "$3" >$file; done
            for file in w/v ws/file ws/a/b/p ro/file; do echo content >$file; done
            chmod 600 o/c ws-secret/c
            chmod 777 ws
            """
        let owner = host.isRoot ? "\nchown -R \(Self.owner):\(Self.owner) ws" : ""
        let said = try Helper.run("/bin/sh", ["-c", script + owner, "sh", folder, built, secret])
        guard said.ending == .exited(code: 0) else {
            throw Helper.Failed(description: "the ground: \(said.error)")
        }
    }

    private func fillIn() {
        let places = [
            "canary": "o/c", "canary-readable": "o/cr", "outside": "o", "sibling": "ws-secret/c",
            "writable": "w", "victim": "w/v", "victim-folder": "w/vf", "workspace": "ws",
            "workspace-file": "ws/file", "read-only": "ro/file", "read-only-new": "ro/new",
            "nested": "ro/n/file", "protected": "ws/a/b/p", "protected-folder": "ws/a/b",
            "protected-new": "ws/a/b/new", "protected-slashes": "ws//a///b//p",
            "protected-dots": "ws/./a/b/../b/p", "program": "f/forbidden", "socket": "ws/s",
            "socket-datagram": "ws/d", "outside-socket": "o/s", "setuid": "ws/setuid",
            "setgid": "ws/setgid", "capable": "ws/capable",
        ]
        values = places.mapValues { "\(folder)/\($0)" }
        values.merge(
            [
                "canary-name": "c", "secret": secret, "nonce": nonce, "fd": "3",
                "variable": "FORBIDDEN_VARIABLE", "pid-fd": "9", "sleeper": "sleeper-\(nonce)",
                "abstract": nonce, "abstract-datagram": "\(nonce)-datagram", "key": nonce,
                "queue": "/\(nonce)", "posix-memory": "/\(nonce)",
            ]) { $1 }
        values.merge(Limits.placeholders) { $1 }
    }

    /// Set-id copies of the program that belong to somebody else, and one with a capability.
    private func makePrivileged() throws {
        let script = """
            set -e
            cd "$1"
            cp f/forbidden ws/setuid; cp f/forbidden ws/setgid; cp f/forbidden ws/capable
            chown 64322:64322 ws/setuid ws/setgid
            chmod 4755 ws/setuid
            chmod 2755 ws/setgid
            f/forbidden file-capability "$1/ws/capable"
            """
        _ = try Helper.ask("/bin/sh", ["-c", script, "sh", folder])
    }

    /// A mount below the folder that is listed for reading; where root may not mount there is none.
    private func makeMount() throws {
        let script = """
            mkdir "$1" && mount -t tmpfs -o size=64k nested "$1" && echo content >"$1/file"
            """
        let said = try Helper.run("/bin/sh", ["-c", script, "sh", "\(folder)/ro/n"])
        hasMount = said.ending == .exited(code: 0)
    }

    // MARK: - Those who tell

    /// What a careless caller has in its environment.
    var carelessEnvironment: [RawText] {
        Helper.environment
            + [
                "FORBIDDEN_VARIABLE=\(secret)", "LD_LIBRARY_PATH=/nowhere",
                "SSH_AUTH_SOCK=/nowhere/agent",
            ].map(Helper.raw)
    }

    private func makeWitnesses() throws {
        let needed = act.placeholders
        if !needed.isDisjoint(with: ["pid", "pid-fd", "process", "sleeper"])
            || [.signalReceived, .processChanged].contains(act.verdict.kind)
        {
            let sleeper = try Witness(
                program, ["--make", "sleeper", path("canary"), path("sleeper")],
                environment: carelessEnvironment)
            values["pid"] = "\(sleeper.pid)"
            values["process"] = "process \(sleeper.pid)"
            self.sleeper = sleeper
        }
        let ports: Set<String> = [
            "port", "port6", "udp", "udp6", "address", "address-port", "address-udp", "abstract",
            "abstract-datagram", "socket", "socket-datagram", "outside-socket",
        ]
        if !needed.isDisjoint(with: ports) {
            let listener = try Witness(
                program,
                [
                    "--make", "listener", nonce, path("socket"), path("socket-datagram"),
                    path("outside-socket"),
                ])
            // What the host has no address for stays unfilled, and the act says that it is none.
            for port in ports where values[port] == nil { values[port] = "1" }
            for line in listener.beginning {
                let words = line.split(separator: " ")
                values[String(words[0])] = String(words[1])
            }
            if values["address"] == "1" { values["address"] = "127.255.255.1" }
            self.listener = listener
        }
        if needed.contains("terminal") {
            let terminal = try Witness(program, ["--make", "terminal"])
            values["terminal"] = terminal.beginning.first?.split(separator: " ").last.map(
                String.init)
            self.terminal = terminal
        }
        if needed.contains("free-port") {
            let port = try LoopbackListener(.v4, port: 0).port
            values["free-port"] = "\(port)"
            caller = try Witness(program, ["--make", "caller", "\(port)"])
        }
    }

    private func path(_ name: String) -> String { values[name] ?? "" }

    // MARK: - Names that are no files

    private func makeNames() throws {
        let needed = act.placeholders
        for (name, arguments) in [
            ("shm", [secret]), ("message", [secret]), ("semaphore", []), ("key", [nonce, secret]),
        ] where needed.contains(name) {
            let id = try Helper.ask(program, ["--make", name] + arguments)
            if name != "key" { values[name] = id }
            leftovers.append(["no-\(name)", id])
        }
        if needed.contains("queue") {
            _ = try Helper.ask(program, ["--make", "queue", "/\(nonce)", secret])
            leftovers.append(["no-queue", "/\(nonce)"])
        }
        if needed.contains("posix-memory") {
            _ = try Helper.ask(
                "/bin/sh", ["-c", "umask 077; echo \"$1\" >/dev/shm/\(nonce)", "sh", secret])
        }
        if needed.contains("handle") {
            values["handle"] = try Helper.ask(program, ["--make", "handle", path("canary")])
        }
        if needed.contains("hostname") {
            values["hostname"] = try Ground.line("/proc/sys/kernel/hostname")
        }
        if needed.contains("session") {
            // proc(5), /proc/pid/stat: behind the name come state, parent, group and session.
            let stat = try Ground.line("/proc/self/stat")
            let rest = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
            values["session"] = String(rest[4])
        }
    }

    static func line(_ path: String) throws -> String {
        String(try text(path).prefix { $0 != "\n" })
    }

    static func text(_ path: String) throws -> String {
        let path = Helper.path(path)
        let bytes = try Folder.open(path.parent, resolving: .anything)
            .read(path.name!, limit: .mebibytes(4), resolving: .anything)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The processes of the host that have a word in their arguments.
    static func processes(with word: String) throws -> [String] {
        let numbers = try Folder.open("/proc", resolving: .anything).names(limit: 100_000)
            .compactMap { $0.utf8 }.filter { $0.allSatisfy(\.isNumber) }
            // The youngest first: one that soon is another process is looked at before it has gone.
            .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
        return numbers.filter { number in
            // Those that end meanwhile are none.
            (try? text("/proc/\(number)/cmdline"))?.firstRange(of: word) != nil
        }
    }
}
