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
            let script = Self.script(&random, 15) { _ in true }
            try await World.with { world in
                let layered = try LayeredFolder(in: world)
                _ = try layered.inFolder("cp -a below copy")
                let sandbox = try layered.sandbox()
                let said = try sandbox.run("cd /here; exec 2>/dev/null\n\(script)\necho done")
                #expect(said.hasSuffix("done\n"), "\(script)")
                try sandbox.end()
                try Self.asOwner(script, in: layered)
                let found = Set(try Self.changes(layered).map { $0.path.description })
                let wanted = try Self.difference(layered)
                #expect(found == wanted, "\(Self.story(script, found, wanted))")
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
                Self.script(&random, 12) { !$0.hasPrefix("perl") }
            }
            try await World.with { world in
                let layered = try LayeredFolder(in: world)
                _ = try layered.inFolder("cp -a below copy; mkdir all; chmod 700 all")
                if TestHost.here.isRoot { _ = try layered.inFolder("chown 1000:1000 all") }
                for (turn, script) in scripts.enumerated() {
                    let sandbox = try layered.sandbox(sealed: turn == 0 ? [] : ["all"])
                    let said = try sandbox.run("cd /here; exec 2>/dev/null\n\(script)\necho done")
                    #expect(said.hasSuffix("done\n"), "\(script)")
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
                    let (told, wanted) = (
                        Set(found.map { $0.path.description }), try Self.difference(layered)
                    )
                    let script = scripts[...turn].joined(separator: "\n--\n")
                    #expect(told == wanted, "\(Self.story(script, told, wanted))")
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

    /// Commands that come to the same where a folder can be renamed, and where `mv` has to copy it: from one that nobody
    /// may write to it can't remove what it has copied.
    private static func script(
        _ random: inout Seeded, _ count: Int, _ isWanted: (String) -> Bool
    ) -> String {
        (0..<count).map { _ in RandomCommand.make(&random) }.filter(isWanted).map { command in
            guard command.hasPrefix("mv -T ") else { return command }
            let folder = command.split(separator: " ")[2]
            return "test -n \"$(find \(folder) -type d ! -perm -200)\" || \(command)"
        }.joined(separator: "\n")
    }

    private static func story(
        _ script: String, _ told: Set<String>, _ wanted: Set<String>
    ) -> String {
        """
        told, and not so: \(told.subtracting(wanted).sorted())
        so, and not told: \(wanted.subtracting(told).sorted())
        \(script)
        """
    }

    private static func asOwner(_ script: String, in layered: LayeredFolder) throws {
        let become =
            TestHost.here.isRoot
            ? ["/usr/bin/setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups"] : []
        // A shell that can't start a process ends, and then the two trees tell nothing.
        let shell = "cd \"$1\" || exit; exec 2>/dev/null\n\(script)\necho done"
        let arguments = become + ["/bin/sh", "-c", shell, "sh", "\(layered.path)/copy"]
        let said = try Helper.run(arguments[0], Array(arguments.dropFirst()))
        #expect(said.output.hasSuffix("done\n"), "\(said.ending): \(said.error)\n\(script)")
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
