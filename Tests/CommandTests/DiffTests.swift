import PiJSON
import PiSystem
import PiTesting
import Testing

/// The forms of `pi-runner diff`.
@Suite(.timeLimit(.minutes(10))) struct DiffTests {
    private static let script: RawText = """
        mkdir sub; mv long sub/long; echo more >>a; head -c 9 /dev/zero >bin; rm gone; mv twin other; echo x >>other
        printf '\\\\033[2J\\\\n' >esc
        """

    private static func changed(in world: borrowing World) async throws -> Layered {
        let work = try Layered(
            in: world,
            ["a": "one\n", "long": "a longer text\n", "gone": "gone\n", "twin": "twin\n"])
        try await work.exec(script)
        return work
    }

    @Test func `what has only moved is told as moved, to people, programs and Git`() async throws {
        try await World.with { world in
            let work = try await Self.changed(in: world)
            let list = try await work.ask("diff").output
            #expect(list.contains("  long  to sub/long\n"), "\(list)")
            let changes = try await work.asks("diff")["changes"]?.array ?? []
            let moved = changes.first { $0["path"] == "sub/long" }
            #expect(moved?["renamed_from"] == "long")
            let digest = changes.first { $0["path"] == "a" }?["after"]?["sha256"]?.string
            #expect(
                digest == "5f25b257b30cbf6dc567f054c5b9c79732751637ddb2463775344823934b9ff9")
            let patch = try await work.ask("diff", "--patch")
            #expect(patch.output.contains("rename from long\nrename to sub/long\n"))
            try ExecWorld.write(patch.output, to: work.person.home.appending("patch"))
            try await work.shell("git apply ../home/patch")
            #expect(
                try await work.shell("cat sub/long a other; ls") == """
                    a longer text
                    one
                    more
                    twin
                    x
                    a
                    esc
                    other
                    sub

                    """)
        }
    }

    @Test
    func
        `what has moved and has another mode is told as both, and many that are one are told at once`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["tool": "a program\n"])
            try await work.shell("mkdir old; for i in $(seq 3000); do echo same >old/f$i; done")
            try await work.exec("chmod 755 tool; mv tool run; mkdir new; mv old/* new")
            let patch = try await work.ask("diff", "--patch")
            #expect(
                patch.output.contains(
                    "old mode 100644\nnew mode 100755\nsimilarity index 100%\nrename from tool\nrename to run\n"
                ))
            #expect(
                patch.output.split(separator: "\n").count { $0.hasPrefix("rename from") } == 3001)
        }
    }

    @Test func `what has moved and was changed is told as moved, and Git takes it`() async throws {
        try await World.with { world in
            let lines = (1...20).map { "line \($0)\n" }.joined()
            let work = try Layered(
                in: world,
                ["old.txt": lines, "other": "nothing\nlike\nit\n", "blob": "a\0b\nc\nd\n"])
            try await work.exec(
                """
                mkdir sub; sed 's/line 7$/line seven/' old.txt >sub/new.txt; chmod 755 sub/new.txt; rm old.txt
                sed 's/.*/no/' other >another; rm other; printf 'a\\0b\\nc\\ne\\n' >blob2; rm blob
                """)
            let list = try await work.ask("diff").output
            #expect(
                list.contains("Renamed:\n  old.txt  to sub/new.txt; 92 % the same\n"), "\(list)")
            #expect(list.contains("  another  ") && list.contains("  blob2  "))
            let changes = try await work.asks("diff")["changes"]?.array ?? []
            let moved = changes.first { $0["path"] == "sub/new.txt" }
            #expect(moved?["renamed_from"] == "old.txt" && moved?["similarity"] == 92)
            let counts = try await work.ask("diff", "--stat").output
            #expect(counts.contains("old.txt => sub/new.txt | 2 +-\n"), "\(counts)")
            let patch = try await work.ask("diff", "--patch", "old.txt", "sub")
            #expect(
                patch.output.contains(
                    """
                    diff --git a/old.txt b/sub/new.txt
                    old mode 100644
                    new mode 100755
                    similarity index 92%
                    rename from old.txt
                    rename to sub/new.txt
                    --- a/old.txt\t
                    +++ b/sub/new.txt\t
                    @@ -4,7 +4,7 @@

                    """), "\(patch.output)")
            try ExecWorld.write(patch.output, to: work.person.home.appending("patch"))
            try await work.shell("git init -q; git add .; git apply --index ../home/patch")
            #expect(
                try await work.shell("sed -n 7p sub/new.txt; stat -c %a sub/new.txt; ls")
                    == "line seven\n755\nblob\nother\nsub\n")
        }
    }

    @Test func `lines are counted, and paths choose`() async throws {
        try await World.with { world in
            let work = try await Self.changed(in: world)
            let counts = try await work.ask("diff", "--stat").output
            #expect(counts.contains(" a                | 1 +\n"), "\(counts)")
            #expect(
                counts.contains(" bin              | Bin 0 bytes -> 9 bytes, sha256 3e7077fd2f66\n")
            )
            #expect(counts.contains(" gone             | 1 -\n"))
            #expect(
                counts.hasSuffix(" 6 files changed, 3 insertions(+), 1 deletions(-)\n"), "\(counts)"
            )
            #expect(
                try await work.ask("diff", "--name-only", "sub", "a").output == "a\nsub\nsub/long\n"
            )
            let id = try #require(try await work.asks("diff")["run"]?.string)
            let named = try await work.ask("diff", "--name-only", RawText(id)!, "bin")
            #expect(named.output == "bin\n")
            #expect(
                try await work.ask("diff", "nowhere").error.contains("has no change at nowhere"))
            #expect(try await work.ask("diff", "--stat", "--patch").code == 2)
        }
    }

    @Test func `on a terminal it has colours and pages, and nothing in it acts`() async throws {
        try await World.with { world in
            let work = try await Self.changed(in: world)
            func onTerminal(_ command: String) async throws -> String {
                let program = try work.program([])
                var script = Program(
                    "/usr/bin/script", ["-qec", RawText("stty rows 12; \(command)")!, "/dev/null"])
                script.folder = work.person.work
                script.environment =
                    program.environment + ["TERM=xterm", RawText("P=\(program.program)")!]
                return try await script.run().output
            }
            let patch = try await onTerminal("PAGER=cat \"$P\" diff --patch")
            #expect(patch.contains("\u{1B}[32m+more\u{1B}[0m"))
            #expect(!patch.contains("\u{1B}[2J"))
            #expect(
                try await onTerminal("NO_COLOR=1 PAGER=cat \"$P\" diff --patch").contains("\u{1B}[")
                    == false)
            let paged = try await onTerminal("PAGER='sed s/^/page:/' \"$P\" diff --patch")
            #expect(paged.contains("page:") && paged.contains("+more"))
            let short = try await onTerminal("PAGER='sed s/^/page:/' \"$P\" diff --name-only a")
            #expect(short == "a\r\n")
            for pager in ["/nonexistent/pager", "/etc/passwd"] {
                let none = try await onTerminal("PAGER=\(pager) \"$P\" diff --patch")
                #expect(none.contains("+more"))
            }
        }
    }

    @Test func `what can't be read does not keep the rest from being shown`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell("mkdir d; for name in d/f g h; do printf one >$name; done")
            try await work.exec("chmod 755 d/f g; printf two >g; printf two >h; chmod 000 d")
            let diff = try await work.ask("diff")
            #expect(diff.code == 0, "\(diff.error)")
            #expect(diff.output.contains("to 755; other contents"), "\(diff.output)")
        }
    }
}
