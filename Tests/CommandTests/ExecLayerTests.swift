import PiJSON
import PiSystem
import PiTesting
import Testing

/// What is written in `workspace.mode: overlay` waits: `exec`, `diff` and `discard` together.
@Suite(.timeLimit(.minutes(10))) struct ExecLayerTests {
    private static func script(_ script: RawText) -> [RawText] { ["sh", "-c", script] }

    private static func exec(
        _ person: ExecWorld, _ options: [RawText] = [], _ program: [RawText]
    ) throws -> Program {
        let policy = try person.write(policy: "workspace: {mode: overlay}")
        return try person.exec(["--policy", policy] + options, program)
    }

    /// Another command, in the same place.
    private static func ask(_ person: ExecWorld, _ words: [RawText]) throws -> Program {
        var program = try person.exec([], [])
        program.arguments = words
        return program
    }

    private static func changes(_ person: ExecWorld) async throws -> [String] {
        let run = try await ask(person, ["diff", "--json"]).run()
        return try parse(run.output)["changes"]?.array?.map { change in
            "\(change["change"]?.string ?? "") \(change["path"]?.string ?? "")"
        } ?? []
    }

    private static func nothingIsLeft(_ person: ExecWorld) async throws -> Bool {
        let state = try Folder.open(
            person.home.appending("state/pi-runner"), resolving: .noLinks)
        let layers = try await Program(
            "/usr/bin/find", [state.path.raw, "-name", "layers"]
        ).run()
        return try layers.output.isEmpty
            && state.folder("waiting", resolving: .noLinks).names(limit: 10).isEmpty
    }

    @Test func `what is written waits, is shown, and is dropped`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write("one\n", to: person.work.appending("a"))
            let run = try await Self.exec(
                person, ["--json"], Self.script("echo two >>a; echo new >n; cat a")
            ).run()
            let result = try parse(run.output)
            #expect(result["output"]?["stdout"]?.string == "one\ntwo\n")
            #expect(result["waiting"]?["changes"]?.number?.int == 2)
            #expect(try person.read("a") == "one\n")
            #expect(try await Self.changes(person) == ["changed a", "added n"])
            let names = try await Self.ask(person, ["diff", "--name-only"]).run()
            #expect(names.output == "a\nn\n")
            // As a later run, of which this is the newest.
            let next = try await Self.exec(person, [], Self.script("rm a")).run()
            #expect(
                next.error.contains(
                    "changes of run \(result["waiting"]?["run"]?.string ?? "?") still wait"))
            #expect(try await Self.changes(person) == ["removed a"])
            let id = try #require(result["waiting"]?["run"]?.string)
            let older = try await Self.ask(person, ["diff", "--name-only", RawText(id)!]).run()
            #expect(older.output == "a\nn\n")
            for _ in 0..<2 {
                #expect(try await Self.ask(person, ["discard"]).run().code == 0)
            }
            #expect(try await Self.nothingIsLeft(person))
            #expect(try person.read("a") == "one\n")
            let none = try await Self.ask(person, ["diff"]).run()
            #expect(none.code == 0)
            #expect(none.output == "no changes wait here\n")
            #expect(try await Self.ask(person, ["diff", "--patch"]).run().output.isEmpty)
            let again = try await Self.ask(person, ["discard"]).run()
            #expect(again.code == 0 && again.output == "no changes wait here\n")
        }
    }

    @Test func `a patch is taken by Git, and has nothing that it may not have`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write("one\n", to: person.work.appending("a"))
            try ExecWorld.write("mine\n", to: person.work.appending("m"))
            let script: RawText = """
                echo two >>a; echo theirs >m; mkdir -p sub/.git/hooks; echo evil >sub/.git/hooks/post-checkout
                echo obey >CLAUDE.md; head -c 9 /dev/zero >bin; printf '\\033[2J' >esc
                """
            _ = try await Self.exec(person, [], Self.script(script)).run()
            try ExecWorld.write("mine, and newer\n", to: person.work.appending("m"))
            let patch = try await Self.ask(person, ["diff", "--patch"]).run()
            #expect(patch.error.contains("CLAUDE.md"))
            #expect(patch.error.contains("sub/.git/hooks/post-checkout"))
            #expect(patch.error.contains("left out: m: it was changed in the workspace"))
            #expect(patch.error.contains("bin"))
            try ExecWorld.write(patch.output, to: person.home.appending("patch"))
            var git = Program("/usr/bin/git", ["apply", RawText("\(person.home)/patch")!])
            git.folder = person.work
            git.environment = ["PATH=/usr/bin:/bin", RawText("HOME=\(person.home)")!]
            #expect(try await git.run().error == "")
            #expect(try person.read("a") == "one\ntwo\n")
            #expect(try person.read("m") == "mine, and newer\n")
            let names = try Folder.open(person.work, resolving: .noLinks).names(limit: 100)
            #expect(names == ["a", "esc", "m"])
        }
    }

    @Test func `who only looks leaves nothing that waits`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write("one\n", to: person.work.appending("a"))
            try ExecWorld.write("KEY=1\n", to: person.work.appending(".env"))
            let run = try await Self.exec(
                person, [], Self.script("cat a; touch a; chmod 600 a; chmod 644 a; ls -A")
            ).run()
            #expect(run.output == "one\na\n")
            #expect(run.error == "")
            #expect(try await Self.nothingIsLeft(person))
        }
    }

    @Test(arguments: ["", "/sub", "/sub/inner"])
    func `what files.write lists, too, waits all the same`(listed: String) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let work = try Folder.open(person.work, resolving: .noLinks)
            try work.makeFolder("sub", mode: 0o755)
            try work.makeFolder("sub/inner", mode: 0o755)
            let file = person.work.appending("sub/inner/a")
            try ExecWorld.write("one\n", to: file)
            let policy = try person.write(
                policy: """
                    workspace: {mode: overlay, owner: root}
                    files: {write: ["\(person.work)\(listed)"]}
                    """)
            let run = try await person.exec(
                ["--policy", policy, "--workspace", "sub"],
                Self.script(RawText("echo two >\(file); cat \(file)")!)
            ).run()
            #expect(run.output == "two\n", "\(run.error)")
            #expect(try person.read("sub/inner/a") == "one\n")
            let diff = try await Self.ask(
                person, ["diff", "--name-only", "--workspace", "sub"]
            ).run()
            #expect(diff.output == "inner/a\n")
        }
    }

    @Test func `what a killed supervisor's run wrote still waits`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write("one\n", to: person.work.appending("a"))
            try await EventLoop.run { loop in
                try await Self.exec(
                    person, [], Self.script("echo two >>a; echo ready; sleep 1000")
                ).start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    let alive = try await Self.ask(person, ["discard"]).run()
                    #expect(alive.code == 1)
                    #expect(alive.error.contains("still under way"))
                    try running.signal(.kill)
                    _ = try await running.finish(on: loop)
                }
            }
            #expect(try person.read("a") == "one\n")
            #expect(try await Self.changes(person) == ["changed a"])
            #expect(try await Self.ask(person, ["discard"]).run().code == 0)
            #expect(try await Self.nothingIsLeft(person))
        }
    }

    @Test(arguments: ["keeper", "init"])
    func `what was written before the sandbox broke still waits`(victim: String) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            try ExecWorld.write("one\n", to: person.work.appending("a"))
            try await EventLoop.run { loop in
                try await Self.exec(
                    person, [], Self.script("echo two >>a; echo ready; sleep 1000")
                ).start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    let table = try ProcessTable.now()
                    let keeper = try #require(table.children(of: running.pid).first)
                    let initial = try #require(table.children(of: keeper.pid).first)
                    try await ProcessTable.send(
                        .kill, to: victim == "keeper" ? keeper.pid : initial.pid)
                    #expect(try await running.finish(on: loop).code != 0)
                }
            }
            #expect(try await Self.changes(person) == ["changed a"])
        }
    }

    @Test func `what a program nests too deep is not shown, and is dropped all the same`()
        async throws
    {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let script: RawText =
                "d=n; for i in $(seq 300); do mkdir $d || exit 1; cd $d; done; chmod 0 ."
            let run = try await Self.exec(person, [], ["bash", "-c", script]).run()
            #expect(run.code == 0)
            #expect(run.error.contains("folders deep"))
            #expect(try await Self.ask(person, ["diff"]).run().code == 1)
            #expect(try await Self.ask(person, ["discard"]).run().error == "")
            #expect(try await Self.nothingIsLeft(person))
        }
    }

    @Test func `a folder that can't be renamed is told of, and why`() async throws {
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell("mkdir d; touch d/x")
            let rename: RawText = "perl -e 'rename(\"d\", \"e\") || die $!'"
            let run = try await work.exec(rename)
            #expect(run.code != 0)
            #expect(run.error.contains("a folder of the workspace can't be renamed"))
            #expect(try await work.exec("mv d e && mkdir n && mv n m && ls").output == "e\nm\n")
        }
    }

    /// As root the kernel would take it, and show what lies under the mount.
    @Test func `a workspace in which something is mounted is refused, with the place`() async throws
    {
        guard UserID.current == .root else { return }
        try await World.with { world in
            let work = try Layered(in: world)
            try await work.shell("mkdir 'a b'; touch 'a b/covered'")
            let exec = try work.execution("ls -A 'a b'")
            let unshare = Self.mounting("exec \"$@\"", exec)
            let run = try await unshare.run()
            #expect(run.code == 125)
            #expect(
                run.error.contains("something is mounted at \(work.person.work)/a b"),
                "\(run.error)")
            #expect(run.output == "")
            #expect(try await work.nothingWaits())
        }
    }

    /// With another file system at `a b`, which only this program and its children see.
    private static func mounting(
        _ script: String, _ exec: Program, at place: String? = "a b"
    ) -> Program {
        let mount = place.map { "mount -t tmpfs none '\($0)' &&" } ?? ""
        var unshare = Program(
            "/usr/bin/unshare",
            [
                "--mount", "--propagation", "private", "sh", "-c",
                RawText("\(mount) \(script)")!, "sh", exec.program.raw,
            ] + exec.arguments)
        unshare.folder = exec.folder
        unshare.environment = exec.environment + ["PATH=/usr/bin:/bin:/usr/sbin:/sbin"]
        return unshare
    }

    @Test func `where the policy allows a copy, what is mounted is seen and not written through`()
        async throws
    {
        guard UserID.current == .root else { return }
        try await World.with { world in
            let work = try Layered(in: world, ["top": "old\n", "secret": "s\n"])
            try await work.shell(
                "mkdir 'a b' sub; ln -s top link; touch -d 2001-01-01 sub; chmod 750 sub; touch conf; echo their >../conf"
            )
            let exec = try work.execution(
                """
                ls; cat 'a b/there'; stat -c '%a %Y' sub; readlink link
                echo new >top; echo new >'a b/there'; echo new >'a b/new'; echo new >sub/new; echo yours >conf
                """,
                policy: "workspace: {mode: overlay, unfit: copy, hide: [secret]}")
            let script = """
                echo there >'a b/there' && mount --bind ../conf conf && "$@" && echo -- && cat top 'a b/there' && ls 'a b' && "$1" diff --name-only &&
                { "$1" apply; test $? = 1; } && echo -- && cat top 'a b/there' sub/new && "$1" undo && cat top
                """
            let run = try await Self.mounting(script, exec).run()
            #expect(run.code == 0, "\(run.error)")
            #expect(
                run.output.hasPrefix(
                    """
                    a b
                    conf
                    link
                    sub
                    top
                    there
                    750 978307200
                    top
                    --
                    old
                    there
                    there

                    """), "\(run.output)")
            #expect(run.output.contains("\n--\nnew\nthere\nnew\n"), "\(run.output)")
            #expect(run.output.hasSuffix("\nold\n"), "\(run.output)")
            #expect(
                run.error.contains(
                    "the run works on a copy of the workspace, as the policy allows: something is mounted at"
                ))
            #expect(
                run.error.contains(
                    "a b/new, a b/there, conf: another file system is mounted there"),
                "\(run.error)")
        }
    }

    /// The kernel lays no third layer on two others, and as root it translates no owners of a layer.
    @Test
    func `where no layer can be laid over the workspace, the policy says whether a copy will do`()
        async throws
    {
        guard UserID.current == .root else { return }
        try await World.with { world in
            let work = try Layered(in: world, ["top": "old\n"])
            try await work.shell("chmod 755 .")
            let script = """
                for n in 1 2; do
                    mkdir ../upper$n ../work$n &&
                    mount -t overlay -o lowerdir=.,upperdir=../upper$n,workdir=../work$n none . && cd "$PWD" || exit 99
                done
                echo given | "$@"; echo $?; cat top
                """
            let inside: RawText = "cat top -; echo new >top"
            let refused = try await Self.mounting(
                script, work.execution(inside), at: nil
            ).run()
            #expect(refused.output == "125\nold\n", "\(refused.error)")
            let copied = try await Self.mounting(
                script.replacing("../upper", with: "../other").replacing(
                    "../work", with: "../more"),
                work.execution(inside, policy: "workspace: {mode: overlay, unfit: copy}"), at: nil
            ).run()
            #expect(copied.output == "old\ngiven\n0\nold\n", "\(copied.error)")
            #expect(copied.error.contains("the run works on a copy"), "\(copied.error)")
            // Of starts that were tried in another way nothing is left.
            #expect(try await work.asks("ls")["runs"]?.array?.count == 1)
            let record = try await work.asks("show")["records"]?.array?.first
            #expect(record?["outcome"]?["exit"]?["code"] == 0)
        }
    }

    /// A start that can't be made is no reason to lose what an earlier turn has written.
    @Test func `what waits still waits when going on fails`() async throws {
        guard UserID.current == .root else { return }
        try await World.with { world in
            let work = try Layered(in: world, ["top": "old\n"])
            let id = try await work.shell("chmod 755 .")
            #expect(id == "")
            try await work.exec("echo new >top")
            let before = try await work.asks("diff")
            let over = """
                mkdir ../upper ../more && mount -t overlay -o lowerdir=.,upperdir=../upper,workdir=../more none . &&
                cd "$PWD" && "$@"
                """
            for policy in ["workspace: {mode: overlay}", "workspace: {mode: overlay, unfit: copy}"]
            {
                let refused = try await Self.mounting(
                    over, work.execution("true", ["--run", "last"], policy: policy), at: nil
                ).run()
                #expect(refused.code == 125, "\(refused.error)")
                #expect(try await work.asks("diff") == before)
                try await work.shell("rm -rf ../upper ../more")
            }
        }
    }

    /// Nothing has begun, and so there is nothing to drop.
    @Test func `what waits still waits when nothing can be begun`() async throws {
        try await World.with { world in
            let work = try Layered(in: world, ["top": "old\n"])
            try await work.exec("echo new >top")
            try await work.exec("echo newer >top", ["--run", "last"])
            let id = try await work.asks("diff")["run"]?.string ?? ""
            let run = work.person.home.appending(FilePath("state/pi-runner/runs/\(id)")!)
            try ExecWorld.write("{", to: run.appending("base.json"))
            for _ in 1...2 {
                let refused = try await work.exec("true", ["--run", "last"])
                #expect(refused.code == 125, "\(refused.error)")
            }
            let turns = try Folder.open(run.appending("layers/turns"), resolving: .noLinks)
            #expect(try turns.names(limit: 10).map(\.text).sorted() == ["1", "2"])
        }
    }
}
