import PiSystem

/// What it costs that writes wait: looking at them, taking them over, and the layer itself.
extension Figure {
    static let workspace = [layer, openLarge, openWalk, gitInside, diff, apply]

    private static let layer = Figure(
        name: "layer", what: "exec -- true with a new layer over the workspace",
        peer: "the same without one", unit: .nanoseconds, goal: .ratio(1.1),
        measure: { rounds in
            try BenchTree.with(folders: 1) { tree in
                try WholeProcess.alternate(
                    rounds: 10 * rounds, ours: tree.exec(.overlay, ["true"]),
                    peer: .ready(tree.exec(.readOnly, ["true"]))
                ).time
            }
        })

    private static let openLarge = Figure(
        name: "open-large", what: "exec -- true in a layer over 500,000 files (--short: 20,000)",
        peer: "over 10 files", unit: .nanoseconds, goal: .ratio(1.2),
        measure: { rounds in
            try openTree(rounds, .overlay)
        })

    private static let openWalk = Figure(
        name: "open-walk", what: "the same with a pattern that has `**`",
        peer: "over 10 files", unit: .nanoseconds, goal: .none,
        measure: { rounds in
            try openTree(rounds, .overlayWithWalk)
        })

    private static func openTree(_ rounds: Int, _ policy: BenchTree.Policy) throws -> Result {
        try BenchTree.with(folders: BenchTree.folders(rounds)) { large in
            let small = try large.sibling(files: 10)
            return try WholeProcess.alternate(
                rounds: 3 * rounds, ours: large.exec(policy, ["true"]),
                peer: .ready(large.exec(policy, ["true"], in: small))
            ).time
        }
    }

    private static let gitInside = Figure(
        name: "git-inside",
        what: "the first `git status` in a layer over 500,000 files (--short: 20,000)",
        peer: "`git status` outside", unit: .nanoseconds, goal: .ratio(2.2),
        measure: { rounds in
            try BenchTree.with(folders: BenchTree.folders(rounds)) { tree in
                try tree.git()
                return try WholeProcess.alternate(
                    rounds: rounds, ours: tree.exec(.overlay, ["git", "status"]),
                    peer: .ready(tree.command(["/usr/bin/git", "status"]))
                ).time
            }
        })

    private static let diff = Figure(
        name: "diff", what: "diff of 10 changes in 500,000 files (--short: 20,000)",
        peer: "`git status` of the same tree", unit: .nanoseconds, goal: .atMost(5e6),
        measure: { rounds in
            try BenchTree.with(folders: BenchTree.folders(rounds)) { tree in
                try tree.git()
                try tree.exec(
                    .overlay,
                    ["sh", "-c", "for i in 0 1 2 3 4 5 6 7 8 9; do echo x >>$i/f$i; done"]
                ).run()
                return try WholeProcess.alternate(
                    rounds: 3 * rounds, ours: tree.command([tree.program, "diff"]),
                    peer: .ready(tree.command(["/usr/bin/git", "status"]))
                ).time
            }
        })

    /// As `git apply` it writes 40 files; unlike it, all or none of them, and on disk.
    private static let apply = Figure(
        name: "apply", what: "apply of 40 files, 20 of them new, all or nothing and on disk",
        peer: "`git apply` of the same, then `sync`", unit: .nanoseconds, goal: .atMost(10e6),
        measure: { rounds in
            try BenchTree.with(folders: 1) { tree in
                var times: (ours: [Double], peer: [Double]) = ([], [])
                let change = "for i in $(seq 40); do echo new >f$i; done"
                let reset = tree.command([
                    "/bin/sh", "-c",
                    "rm -f f*; for i in $(seq 20); do echo old >f$i; done; sleep 0.03",
                ])
                let patching = tree.command([
                    "/bin/sh", "-c", "git apply ../patch && sync -f .",
                ])
                for round in 0..<(5 * rounds) {
                    try reset.run()
                    try tree.exec(.overlay, ["sh", "-c", RawText(change)!]).run()
                    if round == 0 {
                        try tree.command([
                            "/bin/sh", "-c", RawText("\(tree.program) diff --patch >../patch")!,
                        ]).run()
                    }
                    settle()
                    times.ours.append(
                        try nanoseconds { try tree.command([tree.program, "apply"]).run() })
                    try reset.run()
                    settle()
                    times.peer.append(try nanoseconds { try patching.run() })
                }
                return Result(ours: Samples(times.ours), peer: Samples(times.peer))
            }
        })
}

/// A workspace of so many folders with a hundred files each, and whoever works on it.
private struct BenchTree {
    let program: RawText
    private let home: FilePath
    private let work: FilePath

    enum Policy: String {
        case overlay, readOnly, overlayWithWalk

        var text: String {
            let hide = self == .overlayWithWalk ? ", hide: [\"**/.env\"]" : ""
            return """
                version: 1
                name: bench
                files: {read: [/usr, /bin, /lib, /lib64]}
                workspace: {mode: \(self == .readOnly ? "read-only" : "overlay")\(hide)}
                """
        }
    }

    static func folders(_ rounds: Int) -> Int { rounds > 3 ? 5_000 : 200 }

    static func with<Value>(folders: Int, _ body: (BenchTree) throws -> Value) throws -> Value {
        try BenchFolder.with { home in
            let work = try home.makeFolder("work")
            // Root's runs need ids.
            try home.makeFolder("pi-runner")
                .write("ids: {from: 1200000, count: 10000}\n", to: "settings.yaml")
            for policy in [Policy.overlay, .readOnly, .overlayWithWalk] {
                try home.write(policy.text, to: FilePath("\(policy.rawValue).yaml")!)
            }
            let tree = BenchTree(
                program: try WholeProcess.built("pi-runner"), home: home, work: work)
            try tree.fill(folders: folders, files: 100)
            return try body(tree)
        }
    }

    /// Another workspace of the same person's.
    func sibling(files: Int) throws -> BenchTree {
        let other = BenchTree(program: program, home: home, work: try home.makeFolder("small"))
        try other.fill(folders: 1, files: files)
        return other
    }

    private func fill(folders: Int, files: Int) throws {
        let script = """
            i=0; while test $i -lt \(folders); do mkdir $i; j=0
            while test $j -lt \(files); do echo $i $j >$i/f$j; j=$((j+1)); done; i=$((i+1)); done
            """
        try command(["/bin/sh", "-c", RawText(script)!]).run()
    }

    func git() throws {
        let script: RawText = """
            git init -q . && git add . && git -c user.name=a -c user.email=a@example.org -c gc.auto=0 commit -qm a
            """
        try command(["/bin/sh", "-c", script]).run()
    }

    func command(_ arguments: [RawText]) -> Command {
        Command(
            arguments,
            environment: [
                RawText("HOME=\(home)")!, RawText("XDG_CONFIG_HOME=\(home)")!,
                RawText("XDG_STATE_HOME=\(home)/state")!, "PATH=/usr/bin:/bin",
            ], in: work)
    }

    func exec(
        _ policy: Policy, _ program: [RawText], in other: BenchTree? = nil
    ) -> Command {
        command(
            [
                self.program, "exec", "--policy", RawText("\(home)/\(policy.rawValue).yaml")!,
                "--workspace", (other ?? self).work.raw, "--",
            ] + program)
    }
}
