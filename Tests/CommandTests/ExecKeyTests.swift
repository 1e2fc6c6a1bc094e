import PiJSON
import PiSystem
import PiTesting
import Testing

/// Each key that the sandbox enforces changes something that can be seen from inside, or that ends a start.
@Suite struct ExecKeyTests {
    struct Key: Sendable, CustomTestStringConvertible {
        /// As in `docs/policy-keys.md`, with its section.
        let name: String
        let one: String
        let other: String
        let script: RawText
        /// What is printed with each.
        let prints: (one: String, other: String)

        init(
            _ name: String, _ one: String, _ other: String, _ script: RawText,
            prints: (one: String, other: String)
        ) {
            self.name = name
            self.one = one
            self.other = other
            self.script = script
            self.prints = prints
        }

        var testDescription: String { name }
    }

    /// What can't be seen by a program that prints a line has a place of its own.
    static let elsewhere: Set = [
        "require.user_namespace", "require.seccomp", "require.landlock", "require.cgroup",
        "require.on_missing", "workspace.owner", "workspace.checkpoint", "workspace.size",
        "workspace.files", "workspace.upper", "workspace.apply", "workspace.discard",
        "workspace.source",
        "workspace.source.git", "workspace.trust", "workspace.unfit",
        "limits.wall",
        "limits.cpu", "limits.memory",
        "limits.processes",
        "limits.output.keep", "limits.output.hard", "limits.output.on_hard", "limits.disk_write",
    ]

    static let keys = [
        Key(
            "workspace.mode", "workspace: {mode: read-only}", "workspace: {mode: live OWNER}",
            "touch new 2>/dev/null && echo made || echo refused",
            prints: ("refused", "made")),
        Key(
            "workspace.protect", "workspace: {mode: live OWNER}",
            "workspace: {mode: live OWNER, protect: [file]}",
            "echo x 2>/dev/null >file && echo written || echo refused",
            prints: ("written", "refused")),
        Key(
            "workspace.hide", "workspace: {hide: []}", "workspace: {hide: [file]}", "wc -c <file",
            prints: ("5", "0")),
        Key(
            "files.read", "", "files: {read: [OUT]}", "cat OUT/file 2>/dev/null || echo none",
            prints: ("none", "text")),
        Key(
            "files.write", "files: {read: [OUT]}",
            "files: {write: [OUT]}\nworkspace: {mode: live OWNER}",
            "echo x 2>/dev/null >OUT/made && echo written || echo refused",
            prints: ("refused", "written")),
        Key(
            "files.hide", "files: {read: [OUT]}", "files: {read: [OUT], hide: [OUT/file]}",
            "wc -c <OUT/file", prints: ("5", "0")),
        Key(
            "files.tmp.size", "files: {tmp: {size: 1MiB}}", "files: {tmp: {size: 4MiB}}",
            "head -c 2m /dev/zero 2>/dev/null >/tmp/x && echo fits || echo full",
            prints: ("full", "fits")),
        Key(
            "files.scratch.at", "files: {scratch: {at: /one, size: 1MiB}}",
            "files: {scratch: {at: /two, size: 1MiB}}",
            "touch /two/x 2>/dev/null && echo there || echo none", prints: ("none", "there")),
        Key(
            "files.scratch.size", "files: {scratch: {at: /s, size: 1MiB}}",
            "files: {scratch: {at: /s, size: 4MiB}}",
            "head -c 2m /dev/zero 2>/dev/null >/s/x && echo fits || echo full",
            prints: ("full", "fits")),
        Key(
            "environment.set", "", "environment: {set: {GIVEN: word}}", "echo ${GIVEN-no}",
            prints: ("no", "word")),
        Key(
            "environment.pass", "", "environment: {pass: [SECRET]}", "echo ${SECRET-no}",
            prints: ("no", "s3cret")),
        Key(
            "limits.open_files", "limits: {open_files: 64}", "limits: {open_files: 128}",
            "ulimit -n",
            prints: ("64", "128")),
        Key(
            "limits.file_size", "limits: {file_size: 1MiB}", "limits: {file_size: 2MiB}",
            "ulimit -f", prints: ("1024", "2048")),
    ]

    @Test(arguments: keys)
    func `a key changes what a program sees`(key: Key) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write("text\n", to: person.work.appending("file"))
            try world.folder.makeFolder("out", mode: 0o755)
            try ExecWorld.write("text\n", to: world.path.appending("out/file"))
            let outside = "\(world.path)/out"
            for (lines, expected) in [(key.one, key.prints.one), (key.other, key.prints.other)] {
                let policy = try person.write(
                    policy: Self.filled(lines, outside), extending: "base/locked-down")
                let run = try await person.exec(
                    ["--policy", policy],
                    ["bash", "-c", RawText(Self.filled(key.script.description, outside))!]
                ).run()
                let printed = run.output.split(whereSeparator: \.isWhitespace).joined(
                    separator: " ")
                #expect(printed == expected, "\(lines): \(run.error)")
            }
        }
    }

    private static func state(
        in person: ExecWorld, of wall: String, _ require: String
    ) async throws -> (String?, Int32, String) {
        let policy = try person.write(policy: "require: {\(require)}", extending: "exec")
        let run = try await person.exec(
            ["--json", "--policy", policy], ["cat", "/proc/self/status"]
        ).run()
        // What was refused prints no object.
        let result = try? parse(run.output)
        let row = result?["walls"]?.array?.first { $0["name"]?.string == wall }
        return (row?["state"]?.string, run.code, run.error + run.output)
    }

    private static func filled(_ text: String, _ outside: String) -> String {
        text.replacing("OUT", with: outside).replacing(
            " OWNER", with: UserID.current == .root ? ", owner: root" : "")
    }

    @Test func `a demand on the host is kept, or nothing starts`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            // Of Landlock: more than any kernel has is refused, or reported and gone without.
            let tooMuch = try await Self.state(in: person, of: "landlock", "landlock: 99")
            #expect(tooMuch.1 == 125)
            #expect(tooMuch.2.contains("99 is required"))
            let reported = try await Self.state(
                in: person, of: "landlock", "landlock: 99, on_missing: report")
            #expect(reported.1 == 0)
            #expect(reported.2.contains("99 is required"))
            // Users and the filter are there whatever is demanded.
            let always = try await Self.state(
                in: person, of: "seccomp", "seccomp: true, user_namespace: true")
            #expect(always.0 == "enforced")
            #expect(always.2.contains("Seccomp:\\t2"))
            // Of control groups: v2, or nothing.
            let groups = try await Self.state(in: person, of: "limits", "cgroup: v2")
            #expect((groups.0 == "enforced") == (groups.1 == 0), "\(groups.2)")
        }
    }

    @Test func `every key that the sandbox enforces is tried`() throws {
        var section = ""
        var enforced: Set<String> = []
        for line in try Repository.read("docs/policy-keys.md").split(separator: "\n") {
            if line.hasPrefix("## `") { section = String(line.dropFirst(4).dropLast()) }
            let cells = line.split(separator: "|").map { $0.drop { $0 == " " } }
            guard cells.count > 5, cells[0].hasPrefix("`"), cells[4].hasPrefix("sandbox") else {
                continue
            }
            guard !["tools", "proposals"].contains(section) else { continue }
            enforced.insert("\(section).\(cells[0].dropFirst().prefix { $0 != "`" })")
        }
        #expect(enforced.count > 20)
        #expect(enforced == Set(Self.keys.map(\.name)).union(Self.elsewhere))
    }
}
