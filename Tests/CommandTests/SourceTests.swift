import PiJSON
import PiSystem
import PiTesting
import Testing

/// `workspace.source`: other files than the workspace's, whose changes are taken over into it all the same.
@Suite(.timeLimit(.minutes(10))) struct SourceTests {
    private static func policy(_ source: String, _ more: String = "") -> String {
        "workspace: {mode: overlay, source: \(source)\(more)}"
    }

    private static func changes(_ work: Layered) async throws -> [String] {
        try await work.asks("diff")["changes"]?.array?.map { row in
            let doubt = row["moved"]?.bool == true ? " moved" : ""
            return "\(row["change"]?.string ?? "?") \(row["path"]?.string ?? "?")\(doubt)"
        } ?? []
    }

    @Test func `an empty workspace has nothing, and what is made in it comes into the real one`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "mine\n", "b": "mine\n"])
            try await work.shell("mkdir src; echo mine >src/old; git init -q .; chmod 750 .")
            let inside: RawText =
                "pwd; ls -A; stat -c %a .; echo theirs >a; mkdir src lone; echo new >src/new"
            let run = try await work.execution(inside, policy: Self.policy("empty")).run()
            #expect(run.output == "\(work.person.work)\n750\n", "\(run.error)")
            #expect(
                try await Self.changes(work) == [
                    "changed a moved", "added lone", "added src/new",
                ])
            // A turn sees what the one before it made, and still nothing else.
            let again = try await work.execution(
                "ls -A . src; rm a", ["--run", "last"], policy: Self.policy("empty")
            ).run()
            #expect(again.output == ".:\na\nlone\nsrc\n\nsrc:\nnew\n", "\(again.error)")
            let other = try await work.execution("true", ["--run", "last"]).run()
            #expect(other.code == 125 && other.error.contains("began with other files"))
            #expect(try await work.ask("apply").code == 0)
            #expect(
                try await work.shell("cat a b src/*; ls")
                    == "mine\nmine\nnew\nmine\na\nb\nlone\nsrc\n")
            #expect(try await work.nothingWaits())
        }
    }

    private static let repository = """
        export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
        mkdir -p sub gone; echo one >a; echo one >b; echo c >sub/c; echo s >.env; ln -s a link; echo x >gone/x; echo y >y
        printf '#!/bin/sh\\n' >tool; chmod 755 tool; echo '* filter=evil' >.gitattributes
        git init -q -b main .; git add -A; git commit -qm first; git tag v1
        echo two >a; git rm -q gone/x; git commit -qam second; echo extra >sub/extra; echo two >y
        git config filter.evil.smudge "touch $PWD/evil; echo evil"; git config filter.evil.required true
        git config core.fsmonitor "touch $PWD/evil"; printf '#!/bin/sh\\ntouch $PWD/evil\\n' >.git/hooks/post-checkout
        chmod 755 .git/hooks/post-checkout
        """

    @Test func `what an earlier turn put into the workspace is no change by somebody else`()
        async throws
    {
        try await World.with { world in
            let here = try RunWorld(
                in: world,
                turns: """
                      - steps: [{call: {name: bash, arguments: {command: "echo 1 >>a; mkdir d; echo x >d/x; rm b"}}}]
                      - steps: [{call: {name: bash, arguments: {command: "echo 2 >>a; echo y >d/x; echo b >b"}}}]
                      - say: done
                    """)
            let work = Layered(of: here.person)
            try await work.shell(
                "git init -q; git config user.email a@b; git config user.name a; echo one >a; echo two >b; git add .; git commit -qm one"
            )
            let policy = try here.person.write(
                policy: "workspace: {mode: direct, source: {git: HEAD}}", extending: "default")
            let run = try await here.run(["--policy", policy]).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(!run.error.contains("refused") && !run.error.contains("waits"), "\(run.error)")
            #expect(try await work.shell("cat a d/x b") == "one\n1\n2\ny\nb\n")
            #expect(try await work.ask("undo").code == 0)
            #expect(try await work.shell("cat a d/x; ls") == "one\n1\nx\na\nd\n")
            #expect(try await work.ask("undo").code == 0)
            #expect(try await work.shell("cat a b; ls") == "one\ntwo\na\nb\n")
        }
    }

    @Test func `what somebody has changed between two turns is refused all the same`() async throws
    {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell(
                "git init -q; git config user.email a@b; git config user.name a; echo one >a; git add .; git commit -qm one"
            )
            let policy = "workspace: {mode: direct, source: {git: HEAD}}"
            #expect(
                try await work.execution("echo 1 >>a; echo n >n", policy: policy).run().code == 0)
            #expect(try await work.shell("cat a n") == "one\n1\nn\n")
            try await work.shell("echo mine >>a")
            let more = try await work.execution("echo 2 >>a; cat a", policy: policy).run()
            #expect(try await work.shell("cat a") == "one\n1\nmine\n", "\(more.error)")
        }
    }

    @Test
    func `of a revision only what the workspace still has is taken over`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell(RawText(Self.repository)!)
            let before = try await work.tree()
            let policy = Self.policy("{git: v1}", ", hide: [.env]")
            let inside: RawText = """
                ls -A; cat a b link gone/x y; stat -c %a tool; echo more >>a; echo more >>b; rm tool; rm -r sub
                echo new >gone/new; echo z >>y
                """
            let run = try await work.execution(inside, policy: policy).run()
            #expect(
                run.output == """
                    .gitattributes
                    a
                    b
                    gone
                    link
                    sub
                    tool
                    y
                    one
                    one
                    one
                    x
                    y
                    755

                    """, "\(run.error)")
            #expect(try await work.tree() == before)
            #expect(
                try await Self.changes(work) == [
                    "changed a moved", "changed b", "added gone", "added gone/new", "removed sub",
                    "removed sub/c", "removed sub/extra moved", "removed tool", "changed y moved",
                ])
            let refused = try await work.ask("apply")
            #expect(refused.code == 9 && refused.error.contains("sub/extra"))
            #expect(try await work.tree() == before)
            let some = try await work.ask(
                "apply", "--only", "b", "--only", "tool", "--only", "gone", "--only", "sub/c")
            #expect(some.code == 0, "\(some.error)")
            #expect(
                try await work.shell("cat a b gone/new y; ls; ls sub")
                    == "two\none\nmore\nnew\ntwo\na\nb\ngone\nlink\nsub\ny\nextra\n")
            #expect(
                try await Self.changes(work) == [
                    "changed a moved", "removed sub", "removed sub/extra moved", "changed y moved",
                ])
            #expect(try await work.ask("undo").code == 0)
            #expect(try await work.tree() == before)
            #expect(
                try await work.asks("show")["records"]?.array?.first?["commit"]?.string?.count == 40
            )
            #expect(try await work.ask("apply", "--force").code == 0)
            #expect(try await work.shell("cat a y; ls") == "one\nmore\ny\nz\na\nb\ngone\nlink\ny\n")
        }
    }

    @Test
    func
        `what is hidden is not in a revision, in a later turn neither, whatever the folder is called`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell("mkdir '../jürgen'; chmod 755 '../jürgen'")
            let place = "\(work.person.work.parent)/jürgen"
            try await work.shell(RawText("cd \(place)\n\(Self.repository)")!)
            func run(_ source: String, _ hide: String, _ options: [RawText]) async throws
                -> Program.Run
            {
                let policy = Self.policy(source, ", hide: [\(hide)]")
                return try await work.execution(
                    "ls -A | tr '\\n' ' '; echo x >x", ["--workspace", RawText(place)!] + options,
                    policy: policy
                ).run()
            }
            let first = try await run("{git: v1}", ".env, nothing", [])
            #expect(first.output == ".gitattributes a b gone link sub tool y ", "\(first.error)")
            let id = RawText(
                try await work.asks("diff", "--workspace", RawText(place)!)["run"]?.string ?? "")!
            let second = try await run("{git: v1}", ".env, tool, sub", ["--run", id])
            #expect(second.output == ".gitattributes a b gone link x y ", "\(second.error)")
            for other in ["{git: main}", "empty", "here"] {
                let refused = try await run(other, ".env", ["--run", id])
                #expect(refused.code == 125 && refused.error.contains("began with other files"))
            }
        }
    }

    @Test func `a workspace's own policy can't make all of it seen`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "mine\n"])
            try await work.shell(
                "mkdir .pi-runner; printf 'version: 1\\nname: b\\nworkspace: {mode: read-only}\\n' >.pi-runner/policy.yaml"
            )
            let run = try await work.execution("ls -A", policy: Self.policy("empty")).run()
            #expect(run.output == "", "\(run.error)")
        }
    }

    @Test(arguments: ["nothing", "v1:a", "-x"])
    func `a revision that is none starts nothing`(name: String) async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell(RawText(Self.repository)!)
            let run = try await work.execution("true", policy: Self.policy("{git: '\(name)'}"))
                .run()
            #expect(run.code == 125)
            #expect(run.error.contains(name), "\(run.error)")
            #expect(try await work.nothingWaits())
        }
    }

    @Test func `where nothing waits there is no other source`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            for mode in ["read-only", "live"] {
                let run = try await work.execution(
                    "true", policy: "workspace: {mode: \(mode), source: empty}"
                ).run()
                #expect(run.code == 125)
                #expect(run.error.contains("only where writes wait"), "\(run.error)")
            }
        }
    }
}
