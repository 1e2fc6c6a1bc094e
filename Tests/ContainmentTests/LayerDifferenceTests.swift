import PiSandbox
import PiSystem
import PiTesting
import Testing

/// What a layer changes, held against what a program did that knows nothing of layers.
@Suite struct LayerDifferenceTests {
    private static func changes(_ layered: LayeredFolder) throws -> [Change] {
        let place = FilePath(layered.path)!
        let layer = try Folder.open(place.appending("new/upper"), resolving: .noLinks)
        let below = try Folder.open(place.appending("below"), resolving: .noLinks)
        return try LayerDifference.find(
            layer: layer, below: below, limits: .init(entries: 100_000, depth: 100))
    }

    private static func shown(_ change: Change) -> String {
        func kind(_ facts: FileFacts?) -> String {
            guard let facts else { return "-" }
            return "\(facts.kind):\(String(facts.mode, radix: 8))"
        }
        return "\(change.path) \(kind(change.before)) \(kind(change.after))"
    }

    /// What a script does in the sandbox, as the layer tells it.
    private static func found(_ script: String) async throws -> [String] {
        try await World.with { world in
            let layered = try LayeredFolder(in: world)
            let sandbox = try layered.sandbox()
            #expect(try sandbox.run("cd /here && \(script) && echo done") == "done\n")
            try sandbox.end()
            return try Self.changes(layered).map(Self.shown)
        }
    }

    @Test(
        arguments: [
            ("true", []),
            ("echo new >n", ["n - file:644"]),
            ("echo more >>a", ["a file:644 file:644"]),
            ("rm b", ["b file:644 -"]),
            ("touch a; chmod 600 b; chmod 644 b; cat src/c >x; cat x >src/c; rm x", []),
            ("chmod 600 a; chmod 700 src", ["a file:644 file:600", "src folder:755 folder:700"]),
            ("rm -r old", ["old folder:755 -", "old/d file:644 -"]),
            ("rm -r old; mkdir old; echo four >old/d", []),
            (
                "rm -r old; mkdir old; echo e >old/e", ["old/d file:644 -", "old/e - file:644"]
            ),
            (
                "rm -r old; echo file >old", ["old folder:755 file:644", "old/d file:644 -"]
            ),
            (
                "rm a; mkdir -p a/z; echo y >a/z/y",
                ["a file:644 folder:755", "a/z - folder:755", "a/z/y - file:644"]
            ),
            ("ln -s b l; ln -sf b a", ["a file:644 link:777", "l - link:777"]),
            ("mv a n", ["a file:644 -", "n - file:644"]),
            ("mkfifo f; mkdir e", ["e - folder:755", "f - pipe:644"]),
            ("echo x >n; rm n; mkdir m; rmdir m", []),
            (
                "mkdir -p shut/in; echo s >shut/s; echo t >>a; chmod 0 shut/in shut src a",
                [
                    "a file:644 file:0", "shut - folder:0", "shut/in - folder:0",
                    "shut/s - file:644", "src folder:755 folder:0",
                ]
            ),
            ("truncate -s 10M big", ["big - file:644"]),
            ("chmod 0 b; chmod 0 src; chmod 644 b; chmod 755 src", []),
        ] as [(String, [String])])
    func `each change is found, and nothing else`(script: String, wanted: [String]) async throws {
        #expect(try await Self.found(script) == wanted)
    }

    @Test func `names that are no text come as they are`() async throws {
        let found = try await Self.found(#"touch "$(printf 'a\377\033b')""#)
        #expect(found == [#"a\xff\x1bb - file:644"#])
    }

    /// The same commands in the sandbox and in a plain copy; then the layer's word against that of `find` and `cmp`.
    @Test func `of random commands it tells what a comparison of the whole trees tells`()
        async throws
    {
        var random = try Seeded.fresh(for: "LayerDifferenceTests")
        let rounds = ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap(Int.init) ?? 40
        for _ in 0..<rounds {
            let script = (0..<15).map { _ in RandomCommand.make(&random) }.joined(separator: "\n")
            try await World.with { world in
                let layered = try LayeredFolder(in: world)
                _ = try layered.inFolder("cp -a below copy")
                let sandbox = try layered.sandbox()
                _ = try sandbox.run("cd /here; exec 2>/dev/null\n\(script)")
                try sandbox.end()
                try Self.asOwner(script, in: layered)
                let found = Set(try Self.changes(layered).map { $0.path.description })
                #expect(found == (try Self.difference(layered)), "\(script)")
                #expect(try layered.isUntouched())
            }
        }
    }

    /// Two turns, and then a third that sees both as one.
    @Test func `two layers made into one say what both said`() async throws {
        var random = try Seeded.fresh(for: "LayerMerge")
        let rounds = ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap(Int.init) ?? 15
        for _ in 0..<rounds {
            let scripts = (0..<3).map { _ in
                // To rename a folder of an earlier turn is refused to a program, and `mv` copies it.
                (0..<12).map { _ in RandomCommand.make(&random) }.filter { !$0.hasPrefix("perl") }
                    .joined(separator: "\n")
            }
            try await World.with { world in
                let layered = try LayeredFolder(in: world)
                _ = try layered.inFolder("cp -a below copy; mkdir all; chmod 700 all")
                if TestHost.here.isRoot { _ = try layered.inFolder("chown 1000:1000 all") }
                for (turn, script) in scripts.enumerated() {
                    let sandbox = try layered.sandbox(sealed: turn == 0 ? [] : ["all"])
                    _ = try sandbox.run("cd /here; exec 2>/dev/null\n\(script)")
                    try sandbox.end()
                    try Self.asOwner(script, in: layered)
                    // Names that an earlier turn made one file are files of their own to whoever writes to them.
                    _ = try layered.inFolder(
                        "cp -a --no-preserve=links copy apart; chmod -Rf u+rwx copy; rm -r copy; mv apart copy"
                    )
                    let place = FilePath(layered.path)!
                    let all = try Folder.open(place.appending("all"), resolving: .noLinks)
                    try LayerMerge.lay(
                        Folder.open(place.appending("new/upper"), resolving: .noLinks), over: all)
                    let below = try Folder.open(place.appending("below"), resolving: .noLinks)
                    let found = try LayerDifference.find(
                        layer: all, below: below, limits: .init(entries: 100_000, depth: 100))
                    let story = Comment(rawValue: scripts[...turn].joined(separator: "\n--\n"))
                    #expect(
                        Set(found.map { $0.path.description }) == (try Self.difference(layered)),
                        story)
                    _ = try layered.inFolder(
                        """
                        chmod -Rf u+rwx new/work; rm -rf new/work; mv new "turn\(turn)"
                        mkdir -p new/upper new/work; chmod 700 new
                        if test $(id -u) = 0; then chown -R 1000:1000 new; fi
                        """)
                }
                #expect(try layered.isUntouched())
            }
        }
    }

    private static func asOwner(_ script: String, in layered: LayeredFolder) throws {
        let become =
            TestHost.here.isRoot
            ? ["/usr/bin/setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups"] : []
        let shell = become + ["/bin/sh", "-c", "cd \"$1\"; exec 2>/dev/null\n\(script)", "sh"]
        _ = try Helper.run(shell[0], shell.dropFirst() + ["\(layered.path)/copy"])
    }

    /// All paths at which kind, mode, target or bytes are not the same.
    private static func difference(_ layered: LayeredFolder) throws -> Set<String> {
        func tree(_ name: String) throws -> Set<String> {
            let text = try layered.inFolder(
                """
                cd \(name); find . -mindepth 1 -printf '%P %y %m %l ' \
                \\( -type f -exec sh -c 'sha256sum <"$1"' sh {} \\; -o -printf '\\n' \\)
                """)
            return Set(text.split(separator: "\n").map(String.init))
        }
        let differing = try tree("below").symmetricDifference(try tree("copy"))
        return Set(differing.map { String($0.prefix { $0 != " " }) })
    }
}
