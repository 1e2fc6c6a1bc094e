import PiJSON
import PiSystem
import PiTesting
import Testing

/// Random programs and a random person, and what must hold whatever they do.
@Suite(.timeLimit(.minutes(600))) struct ApplyModelTests {
    /// By path, all that a look tells of it.
    private typealias Tree = [Substring: Substring]

    private static func tree(_ look: String) -> Tree {
        Dictionary(
            look.split(separator: "\n").map { line in
                let end = line.firstIndex(of: " ") ?? line.endIndex
                return (line[..<end], line[end...])
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func script(_ random: inout Seeded, _ count: Int) -> String {
        (0..<count).map { _ in RandomCommand.make(&random) }
            .filter { !$0.hasPrefix("mkfifo") }.joined(separator: "\n")
    }

    @Test func `what is applied is what was seen, and what a person has changed stays`()
        async throws
    {
        var random = try Seeded.fresh(for: "ApplyModelTests")
        let rounds = ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap(Int.init) ?? 15
        var came: Set<String> = []
        for _ in 0..<rounds {
            let program = Self.script(&random, 15)
            let start = Self.script(&random, 8)
            let upper = Bool.random(using: &random) ? "upper: memory, size: 1GiB" : "upper: disk"
            let person = Bool.random(using: &random) ? Self.script(&random, 3) : ""
            try await World.with { world in
                let work = try Layered(in: world, ["a": "one\n", "b": "two\n"])
                try await work.shell("mkdir -p src old; echo three >src/c; echo four >old/d")
                try await work.shell(RawText("exec 2>/dev/null\n\(start)")!)
                let before = try await work.tree()
                // What was just written must be older than the run.
                try await work.shell("sleep 0.02")
                let inside = try await work.execution(
                    RawText("{ \(program)\n} >/dev/null 2>&1\n\(Layered.look)")!,
                    policy: "workspace: {mode: overlay, \(upper)}"
                ).run()
                #expect(try await work.tree() == before, "\(program)")
                try await work.shell(RawText("exec 2>/dev/null\n\(person)")!)
                let mine = try await work.tree()
                let isAlone = mine == before

                let run = try await work.program(isAlone ? ["apply", "--force"] : ["apply"]).run()
                let now = try await work.tree()
                let story = Comment(
                    rawValue:
                        "start:\n\(start)\nprogram:\n\(program)\nperson:\n\(person)\n\(run.error)")
                if isAlone {
                    #expect(run.code == 0, story)
                    #expect(now == inside.output, story)
                    came.insert("alone")
                } else if run.code == 9 {
                    #expect(now == mine, story)
                    #expect(try await work.ask("discard").code == 0, story)
                    #expect(try await work.tree() == mine, story)
                    came.insert("refused")
                } else {
                    #expect(run.code == 0, story)
                    let (old, theirs) = (Self.tree(before), Self.tree(inside.output))
                    let (person, new) = (Self.tree(mine), Self.tree(now))
                    for path in Set(old.keys).union(theirs.keys).union(person.keys).union(new.keys)
                    {
                        let wanted = person[path] == old[path] ? theirs[path] : person[path]
                        // A folder that the person removed comes again for what the program put there.
                        let isForMore =
                            person[path] == nil && new[path]?.hasPrefix(" d ") == true
                            && new.keys.contains { $0.hasPrefix("\(path)/") }
                        #expect(
                            new[path] == wanted || isForMore,
                            "\(path): \(new[path] ?? "-") not \(wanted ?? "-")\n\(story)")
                    }
                    came.insert("merged")
                }
                #expect(try await work.nothingWaits(), story)
                if now != mine {
                    // There and back, and there.
                    for (command, tree) in [("undo", mine), ("redo", now), ("undo", mine)] {
                        let run = try await work.program([RawText(command)!]).run()
                        #expect(run.code == 0, "\(command): \(run.error)\n\(story)")
                        #expect(try await work.tree() == tree, "\(command)\n\(story)")
                    }
                    came.insert("undone")
                }
                try await work.shell("chmod -R u+rwx .")
            }
        }
        #expect(came.isSuperset(of: ["alone", "undone"]))
    }
}
