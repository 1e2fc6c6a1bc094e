import PiJSON
import PiSystem
import PiTesting
import Testing

/// `pi-runner apply`, with `exec` before it, as a person would use both.
@Suite(.timeLimit(.minutes(10))) struct ApplyTests {
    @Test func `what is applied is what the program saw, and then nothing waits`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n", "b": "two\n"])
            try await work.shell(
                "mkdir -p gone/in shut; echo y >gone/in/y; echo s >shut/s; chmod 500 shut; mkdir m")
            let script = """
                echo more >>a; rm b; mkdir -p n/m; echo new >n/m/f; chmod 500 n; rm -r gone
                chmod 700 shut; echo s2 >shut/s; echo t >shut/t; chmod 500 shut
                chmod 711 m; ln -s a l; ln n/m/f h; printf '\\377' >"$(printf 'x\\377\\033')"
                truncate -s 8G sparse
                """
            let inside = try await work.exec(RawText("\(script); \(Layered.look)")!)
            let before = try await work.tree()
            let trial = try await work.ask("apply", "--dry-run")
            #expect(trial.code == 0)
            #expect(trial.output.contains("would apply 15 changes"))
            #expect(try await work.tree() == before)
            let run = try await work.ask("apply")
            #expect(run.code == 0)
            #expect(run.error == "")
            #expect(run.output.contains("applied 15 changes"))
            #expect(try await work.tree() == inside.output)
            let links = try await work.shell(
                "stat -c %h h n/m/f; du -k sparse | cut -f1; chmod 700 n")
            #expect(links.hasPrefix("2\n2\n"))
            #expect(Int(links.split(separator: "\n").last ?? "") ?? .max < 64)
            #expect(try await work.nothingWaits())
            let again = try await work.ask("apply")
            #expect(again.code == 0)
            #expect(again.output == "no changes wait here\n")
        }
    }

    @Test func `what the policy protects is left out however it is spelled, and still waits`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell(
                """
                git init -q .; git config core.hooksPath husky; mkdir husky; echo ok >husky/pre-commit
                git config include.path ../more; echo >more; git config user.name p; git config user.email p@example.org
                """)
            let before = try await work.shell("cat .git/config")
            try await work.exec(
                """
                mkdir -p .git/hooks sub/.git/hooks sub/.git/objects sub/.GIT/Hooks "s/.g\u{200C}it/hooks"
                echo fine >fine; git add fine; git -c user.name=a -c user.email=a@b commit -qm fine
                for f in .git/hooks/pre-commit .git/config .git/commondir .git/info/attributes husky/pre-commit more \
                    sub/.git/hooks/x sub/.GIT/Hooks/x "s/.g\u{200C}it/hooks/x" claude.md deep/CLAUDE.md 'AGENTS.md.' \
                    .git/modules/m/config sub/.git/config.worktree t/GIT~1/config .Pi-Runner/policy.yaml
                do mkdir -p "$(dirname "$f")"; echo evil >"$f"; done
                mkdir w; echo 'gitdir: ../sub' >w/.git
                rm -rf husky
                """)
            let run = try await work.ask("apply")
            #expect(run.code == 1)
            #expect(run.error.contains("the policy protects it"))
            #expect(
                try await work.shell("grep -rl evil . ; find . -name .git -type f; ls husky")
                    == "pre-commit\n")
            #expect(try await work.shell("git log --format=%s; cat fine") == "fine\nfine\n")
            #expect(try await work.shell("cat .git/config") == before)
            #expect(
                try await work.shell("git fsck 2>&1; git status --porcelain husky fine")
                    == "?? husky/\n")
            let left = try await work.asks("diff")["changes"]?.array ?? []
            #expect(left.count > 15)
            #expect(try await work.ask("discard").code == 0)
            #expect(try await work.nothingWaits())
        }
    }

    @Test func `what somebody else has changed is refused with all the rest, until they insist`()
        async throws
    {
        try await World.with { world in
            let work = try Layered(
                in: world, ["a": "one\n", "b": "two\n", "c": "three\n", "e": "five\n"])
            try await work.shell("mkdir d; echo x >d/x")
            try await work.exec(
                "for f in a b c n; do echo theirs >>$f; done; rm -r d; ln -s /etc/passwd out; rm e")
            try await work.shell("echo mine >a; rm b; echo mine >n; echo mine >d/new")
            let before = try await work.tree()
            let run = try await work.ask("apply")
            #expect(run.code == 9)
            #expect(run.output == "")
            let message =
                "error: nothing was applied: a, b, d/new, n: it was changed in the workspace since the run began"
            #expect(run.error.contains(message), "\(run.error)")
            #expect(run.error.contains("out: it is a link that leads out of the workspace"))
            #expect(try await work.tree() == before)
            // What it would do with theirs can be looked at.
            let patch = try await work.ask("diff", "--force", "a").output
            #expect(patch.contains("\n-mine\n+one\n+theirs\n"), "\(patch)")
            #expect(try await work.ask("diff", "--patch", "a").output == "")
            #expect(try await work.ask("diff", "--force", "--stat").code == 2)
            // Some of it is in nobody's way.
            let some = try await work.asks("apply", "--only", "c", "--only", "e")
            #expect(some["applied"] == ["c", "e"])
            #expect(try await work.shell("cat a c; ls") == "mine\nthree\ntheirs\na\nc\nd\nn\n")
            #expect(try await work.ask("apply", "--only", "nowhere").code == 1)
            #expect(try await work.ask("apply", "--only", "/etc").code == 1)
            #expect(try await work.ask("apply", "--force").code == 0)
            #expect(
                try await work.shell("cat a b n; ls") == """
                    one
                    theirs
                    two
                    theirs
                    theirs
                    a
                    b
                    c
                    n
                    out

                    """)
            #expect(try await work.nothingWaits())
        }
    }

    @Test func `a link is followed through those that were there before`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell(
                "mkdir -p in/deep; ln -s /etc theirs; ln -s ../.. in/up; ln -s in/deep near; ln -s round round"
            )
            let out = [
                "theirs/passwd", "in/up/x", "in/up", "near/../../../x", "new/../x", "second",
            ]
            let within = ["near/x", "near/../x", "in/./deep", "nowhere/x", "first/../x", "round"]
            let links = (out + within).enumerated().map { "ln -s \($1) link\($0)\n" }.joined()
            try await work.exec(
                RawText("ln -s theirs second; ln -s in/deep first\n\(links)")!)
            #expect(try await work.ask("apply").code == 9)
            let changes = try #require(try await work.asks("diff")["changes"]?.array)
            let leading = changes.filter { $0["leads_out"] == true }.compactMap {
                $0["path"]?.string
            }
            #expect(Set(leading) == Set(out.indices.map { "link\($0)" } + ["second"]))
        }
    }

    @Test func `a folder goes only as far as nothing in it has to stay`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell(
                "mkdir -p d/in e; echo x >d/in/x; echo c >d/CLAUDE.md; echo y >e/y; echo z >e/z")
            try await work.exec("rm -r d e; echo file >d")
            let some = try await work.asks("apply", "--only", "e/y")
            #expect(some["applied"] == ["e/y"])
            let run = try await work.asks("apply")
            #expect(run["applied"] == ["e", "e/z"])
            #expect(
                run["left_out"] == [
                    ["path": "d/CLAUDE.md", "reason": "protected"],
                    ["path": "d", "reason": "held_back"],
                ])
            #expect(try await work.shell("find . -type f | sort") == "./d/CLAUDE.md\n./d/in/x\n")
        }
    }

    @Test func `attributes and groups are kept, and what gives rights is not`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["a": "one\n"])
            try await work.exec(
                """
                python3 -c 'import os; os.setxattr("a", "user.k", b"v"); os.setxattr("a", "user.overlay.opaque", b"y")'
                cp /bin/true s; chmod 4755 s; chmod 2755 s; mkdir t; chmod 1777 t
                """)
            #expect(try await work.ask("apply").code == 0)
            let found = try await work.shell(
                "python3 -c 'import os; print(os.listxattr(\"a\"))'; stat -c %a s t")
            #expect(found == "['user.k']\n755\n1777\n")
            #expect(try await work.nothingWaits())
        }
    }

    @Test func `times are the present's, or the run's if that is wanted`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            for (options, year) in [([], false), (["--keep-times"], true)] as [([RawText], Bool)] {
                try await work.exec(
                    "mkdir -p d; touch -d 2001-01-01 f d/g; touch -h -d 2001-01-01 d")
                #expect(try await work.program(["apply"] + options).run().code == 0)
                let old = try await work.shell(
                    "find . -mindepth 1 -newermt 2002-01-01 | sort; rm -r d f")
                #expect(old.isEmpty == year)
            }
        }
    }

    @Test func `no link stands for a folder that would hold what is protected`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            let policy = """
                workspace: {mode: overlay, protect: [.vscode/settings.json, "**/deep/a/b", "**/AGENTS.md"]}
                """
            let script: RawText = """
                mkdir vs here x; echo evil >vs/settings.json; ln -s vs .vscode; ln -s here fine; ln -s ../here x/deep
                ln -s ../vs x/.vscode; ln -s vs .VSCode
                """
            _ = try await work.execution(script, policy: policy).run()
            let run = try await work.asks("apply")
            #expect(run["applied"] == ["fine", "here", "vs", "vs/settings.json", "x"])
            #expect(run["left_out"]?.array?.count == 4)
            #expect(try await work.ask("discard").code == 0)
        }
    }
}
