import PiJSON
import PiSystem
import PiTesting
import Testing

/// `hide` where writes wait: what is named there does not exist, and stays as it is.
@Suite(.timeLimit(.minutes(10))) struct HideTests {
    private static let policy = """
        workspace: {mode: overlay, hide: [secret, sub/key, "**/*.pem", none/at/all]}
        """

    private static func person(in world: borrowing World) async throws -> Layered {
        let work = try Layered(in: world, ["a": "one\n", "secret": "s\n"])
        try await work.shell(
            """
            mkdir -p sub/deep; echo k >sub/key; echo b >sub/b; echo p >sub/deep/x.pem
            chmod 2751 sub; chmod 1775 sub/deep; /usr/bin/python3 -c 'import os; os.setxattr("sub", "user.note", b"yes")'
            touch -d @1000000001.5 sub/deep sub
            """)
        return work
    }

    @Test func `what is hidden does not exist, and its folders look as they do`() async throws {
        try await World.with { world in
            let work = try await Self.person(in: world)
            let look = """
                stat -c '%n %a %Y %U' . sub sub/deep
                /usr/bin/python3 -c 'import os; print(os.getxattr("sub", "user.note").decode(), end="")'
                """
            let outside = try await work.shell(RawText(look)!)
            #expect(outside.contains("sub 2751 1000000001"))
            let run = try await work.execution(
                RawText("ls -AR; cat secret; cat sub/key; \(look)")!, policy: Self.policy
            ).run()
            #expect(run.output.hasPrefix(".:\na\nsub\n\n./sub:\nb\ndeep\n\n./sub/deep:\n"))
            #expect(run.error.contains("cat: secret: No such file"))
            #expect(run.error.contains("cat: sub/key: No such file"))
            let seen = run.output.drop { $0 != "." }.suffix(outside.count)
            #expect(String(seen).contains("sub 2751 1000000001"))
            #expect(String(seen).contains("sub/deep 1775 1000000001"))
            #expect(String(seen).hasSuffix("yes"))
            #expect(try await work.nothingWaits())
        }
    }

    @Test func `what is made under a hidden name is the run's own, and never comes out`()
        async throws
    {
        try await World.with { world in
            let work = try await Self.person(in: world)
            let script: RawText = """
                echo mine >secret; mkdir new; echo p >new/y.pem; echo n >new/n; rm -r sub; cat secret
                """
            #expect(try await work.execution(script, policy: Self.policy).run().output == "mine\n")
            let again = try await work.execution(
                "cat secret new/y.pem; ls sub", ["--run", "last"], policy: Self.policy
            ).run()
            #expect(again.output == "mine\np\n")
            let changes = try #require(try await work.asks("diff")["changes"]?.array)
            let hidden = changes.filter { $0["hidden"] == true }.compactMap { $0["path"]?.string }
            #expect(hidden == ["new/y.pem", "secret", "sub/deep/x.pem", "sub/key"])
            #expect(try await !work.ask("diff", "--patch").output.contains("mine"))
            let apply = try await work.ask("apply")
            #expect(apply.code == 1)
            #expect(apply.error.contains("the policy hides what is there"))
            let left = try await work.shell("cat secret sub/key sub/deep/x.pem; ls new; ls sub")
            #expect(left == "s\nk\np\nn\ndeep\nkey\n")
        }
    }

    @Test func `what is replaced or appears during a call is not seen either`() async throws {
        try await World.with { world in
            let work = try await Self.person(in: world)
            try await work.shell("rm secret; mkdir \"$HOME/out\"")
            let out = work.person.home.appending("out")
            let policy = "\(Self.policy)\nfiles: {read: [\(out)]}"
            let script = """
                echo ready; until test -e \(out)/go; do sleep 0.02; done; cat secret sub/key; ls -A . sub
                """
            let run = try await EventLoop.run { loop in
                try await work.execution(RawText(script)!, policy: policy)
                    .start(on: loop) { running in
                        try #require(try await running.waits(for: "ready", on: loop))
                        try await work.shell(
                            """
                            echo now >secret; echo new >t; mv t sub/key; touch "$HOME/out/go"
                            """)
                        return try await running.finish(on: loop)
                    }
            }
            #expect(run.output == "ready\n.:\na\nsub\n\nsub:\nb\ndeep\n")
            #expect(!run.error.contains("replaced"))
        }
    }

    /// In a run of an agent the host goes on meanwhile: each turn that wrote is followed by another look.
    @Test func `a hidden name that appears in one turn is not seen in the next`() async throws {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: "")
            let out = here.person.home.appending("out")
            try Folder.open(here.person.home, resolving: .noLinks).makeFolder("out", mode: 0o755)
            try here.write(
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "touch a; until test -e \(out)/go; do sleep 0.02; done"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "ls -A . sub; cat sub/late.pem"}}}]
                      - say: done
                    """)
            let policy = try here.person.write(
                policy: "workspace: {hide: [\"**/*.pem\"]}\nfiles: {read: [\(out)]}",
                extending: "default")
            let program = Shared(try here.run(["--policy", policy]))
            let work = here.person.work
            let run = try await EventLoop.run { loop in
                try await program.value.start(on: loop) { running in
                    // The call is under way, or is about to be: either way this is before the next turn.
                    try await Self.waitForCall(of: here, on: loop)
                    try Folder.open(work, resolving: .noLinks).makeFolder("sub", mode: 0o755)
                    try ExecWorld.write("secret\n", to: work.appending("sub/late.pem"))
                    try ExecWorld.write("plain\n", to: work.appending("sub/late.txt"))
                    try ExecWorld.write("", to: out.appending("go"))
                    return try await running.finish(on: loop)
                }
            }
            #expect(run.code == 0, "\(run.error)")
            let told = try here.results()[1].text
            #expect(told.contains("late.txt"), "\(told)")
            #expect(!told.contains("secret") && told.contains("No such file"), "\(told)")
        }
    }

    @Test func `a link that a run has put where a listed folder would be shows nothing`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "ln -s data build; touch a"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "echo x >build/x; touch b"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "echo y >build/y; cat build/key"}}}]
                      - say: done
                    """)
            let outside = here.person.home.appending("outside")
            try Folder.open(here.person.home, resolving: .noLinks).makeFolder(
                "outside", mode: 0o777)
            try ExecWorld.write("secret\n", to: outside.appending("key"))
            let work = try Folder.open(here.person.work, resolving: .noLinks)
            try work.makeLink("data", to: outside)
            let policy = try here.person.write(
                policy: "workspace: {mode: direct}\nfiles: {write: [\(here.person.work)/build]}",
                extending: "default"
            )
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            // It leads out by way of the person's own, and waits for a person's word.
            #expect(try work.factsIfPresent(of: "build") == nil)
            #expect(try await here.command(["diff"]).run().output.contains("build"))
            let there = try Folder.open(outside, resolving: .noLinks)
            #expect(try there.names(limit: 10) == ["key"])
            #expect(try !here.results().contains { $0.text.contains("secret") })
        }
    }

    /// Until the first answer is in the session: its call comes next.
    private static func waitForCall(of here: RunWorld, on loop: EventLoop) async throws {
        while true {
            // Not there yet, or being written.
            let lines = try? here.session()
            if lines?.contains(where: { $0["message"]?["role"] == "assistant" }) == true { return }
            try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(20))
        }
    }

    @Test func `below what is mounted in the workspace something empty hides`() async throws {
        try await World.with { world in
            let work = try await Self.person(in: world)
            let policy = "\(Self.policy)\nfiles: {read: [\"\(work.person.work)/sub\"]}"
            let run = try await work.execution(
                "cat sub/key sub/b sub/deep/x.pem; test -e secret", policy: policy
            ).run()
            #expect(run.output == "b\n", "\(run.error)")
            #expect(run.code == 1)
        }
    }

    @Test func `a socket is not there, and stays where it is`() async throws {
        try await World.with { world in
            let work = try await Self.person(in: world)
            let make = """
                import socket; s = socket.socket(socket.AF_UNIX); s.bind("box/s"); s.listen()
                """
            try await work.shell(RawText("mkdir box; /usr/bin/python3 -c '\(make)'")!)
            let run = try await work.execution(
                "ls -A box; rmdir box", policy: Self.policy
            ).run()
            #expect(run.output == "")
            #expect(try await work.ask("apply").code == 1)
            #expect(try await work.shell("test -S box/s && echo yes") == "yes\n")
        }
    }
}
