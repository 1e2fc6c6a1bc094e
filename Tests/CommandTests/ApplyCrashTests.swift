import PiJSON
import PiSystem
import PiTesting
import Testing

/// An apply that is killed at whatever point, and the command after it, killed as well.
@Suite(.timeLimit(.minutes(10))) struct ApplyCrashTests {
    /// A run that has ended, as `exec` leaves it, without the cost of one.
    private static let prepare: RawText = """
        cd "$HOME"; rm -rf work state/*; mkdir -p work state; cd work
        mkdir -p gone/in old keep shut dir; for f in a b gone/in/g old/o keep/k shut/s dir/f; do echo "old $f" >$f; done
        ln -s a link; chmod 500 shut
        sleep 0.02; run=../state/pi-runner/runs/0190-run
        turn=$run/layers/turns/1; mkdir -p $turn/upper $turn/work ../state/pi-runner/waiting
        cat >../state/pi-runner/waiting/0190-run <<END
        {"version": 1, "workspace": "$PWD", "protected": []}
        END
        chmod 700 $run/layers; cd $turn/upper
        echo "new a" >a; mknod b c 0 0; mknod gone c 0 0; echo "new old" >old; mkdir -p keep/deep/er shut dir
        echo new >keep/deep/er/f; ln keep/deep/er/f keep/h; chmod 500 keep/deep; echo "new s" >shut/s; chmod 500 shut
        ln -s b link; mkdir dir/f; echo x >dir/f/x; chmod 700 dir
        """

    /// Which command is killed, and whether a rename leads from the run's folder to the workspace.
    struct Case: CustomTestStringConvertible {
        let command: RawText
        let isElsewhere: Bool
        var testDescription: String { "\(command)\(isElsewhere ? ", to another file system" : "")" }

        static let all = (["apply", "undo", "redo"] as [RawText]).flatMap { command in
            [false, true].map { Case(command: command, isElsewhere: $0) }
        }
    }

    /// A person in whose home all of this is.
    private struct Place {
        let work: Layered
        let what: Case

        init(_ what: Case, in world: borrowing World) async throws {
            self.what = what
            work = try Layered(in: world)
            guard what.isElsewhere else { return }
            try await work.shell(
                "ln -sT \"$(mktemp -d /dev/shm/pi-runner-test.XXXXXX)\" \"$HOME/state\"")
        }

        func clean() async throws {
            guard what.isElsewhere else { return }
            try await work.shell(
                "cd \"$HOME\"; there=$(readlink state); chmod -R u+rwx \"$there\"; rm -r \"$there\""
            )
        }

        /// Up to where the command is to be given.
        func prepare() async throws {
            try await work.shell("chmod -R u+rwx \"$HOME/work\" \"$HOME/state/\" 2>/dev/null")
            try await work.shell(ApplyCrashTests.prepare)
            for command in ["apply", "undo"] as [RawText] where command != what.command {
                if command == "undo", what.command != "redo" { continue }
                let run = try await program(command).run()
                try #require(run.code == 0, "\(command): \(run.error)")
            }
        }

        func shell(_ script: String) async throws -> String {
            try await work.shell(RawText("cd \"$HOME/work\" && \(script)")!)
        }

        func tree() async throws -> String { try await shell(Layered.look) }

        /// What nobody looks for any more.
        func left() async throws -> String {
            try await shell(
                "ls -A . | grep pi-apply; ls ../state/pi-runner/applying 2>/dev/null; true")
        }

        func program(_ words: RawText...) throws -> Program {
            var program = try work.program(words)
            program.folder = work.person.home.appending("work")
            return program
        }

        /// Of more points than can be waited for, some.
        func visit(
            _ check: (Int, CrashPoints.Outcome) async throws -> Void
        ) async throws -> Int {
            let isSoak = ThisProcess.variable("PI_SOAK_ROUNDS") != nil
            return try await CrashPoints.visit(
                program(what.command), stride: isSoak ? 1 : 16, prepare: prepare
            ) { point, outcome, _ in try await check(point, outcome) }
        }
    }

    @Test(arguments: Case.all)
    func `leaves the old tree or the new one, and never anything in between`(what: Case)
        async throws
    {
        try await World.with { world in
            let place = try await Place(what, in: world)
            try await place.prepare()
            let old = try await place.tree()
            try #require(try await place.program(what.command).run().error == "")
            let new = try await place.tree()
            let applied = what.command == "undo" ? old : new
            #expect(applied.contains("keep/deep/er/f") && applied.contains("link l 777 b"))
            #expect(
                applied.contains("shut d 500") && !applied.contains("gone")
                    && applied.contains("dir/f d"))

            var seen: Set<String> = []
            let points = try await place.visit { point, outcome in
                if outcome == .killed {
                    let killed = try await Program.crashing(
                        place.program("diff"), at: 1 + point * 7 % 40
                    ).run()
                    #expect(
                        [0, 3].contains(killed.code),
                        "\(point): \(killed.error)")
                    let diff = try await place.program("diff").run()
                    #expect(diff.code == 0, "\(diff.error)")
                    seen.formUnion(
                        ["finished", "taken back"].filter {
                            (killed.error + diff.error).contains($0)
                        })
                }
                let now = try await place.tree()
                #expect(now == old || now == new, "\(point)")
                if now == old {
                    let again = try await place.program(what.command).run()
                    #expect(again.code == 0, "\(point): \(again.error)")
                    #expect(try await place.tree() == new, "\(point): \(again.error)")
                }
                // And back, whatever has happened.
                let back = try await place.program(what.command == "undo" ? "redo" : "undo").run()
                #expect(back.code == 0, "\(point): \(back.error)")
                #expect(try await place.tree() == old, "\(point)")
                #expect(try await place.left() == "", "\(point)")
            }
            #expect(points > 40)
            #expect(seen.contains("finished"))
            #expect(
                seen.contains("taken back") == (what.command == "apply" || what.isElsewhere),
                "\(seen)")
            try await place.clean()
        }
    }

    /// After the killed one, and before the command that looks after it.
    @Test(arguments: Case.all)
    func `what a person writes in between is never lost`(what: Case) async throws {
        try await World.with { world in
            let place = try await Place(what, in: world)
            var seen: Set<String> = []
            _ = try await place.visit { point, outcome in
                guard outcome == .killed else { return }
                // In place, by another file, and where something was or is to be.
                let edits = [
                    "echo mine >a", "echo mine >x; mv x a",
                    "echo mine >gone/in/g || echo mine >gone",
                    "rm -rf b; echo mine >b",
                    "mkdir -p keep/deep; chmod 700 keep/deep; rm -rf keep/deep/er; echo mine >keep/deep/er",
                ]
                _ = try await place.shell(edits[point / 10 % edits.count])
                let mine = try await place.shell("grep -rlx mine . | grep -v pi-apply")
                try #require(mine.split(separator: "\n").count == 1)
                let look = try await place.program("diff").run()
                if look.error.contains("can't be taken back") {
                    seen.insert("stuck")
                    _ = try await place.shell("mv \(mine.dropLast()) ..")
                    let again = try await place.program("diff").run()
                    #expect(again.error.contains("taken back") || again.error.contains("finished"))
                    _ = try await place.shell(
                        "mv ../\(mine.dropLast().split(separator: "/").last!) .")
                } else {
                    seen.insert(look.error.contains("interrupted") ? "recovered" : "")
                    #expect(look.code == 0)
                }
                #expect(
                    try await place.shell("grep -rlx mine . | wc -l") == "1\n",
                    "\(point): \(mine)\(look.error)")
                // Nor is what the apply has replaced, wherever it is by now.
                if what.command != "apply" {
                    let old = try await place.shell(
                        "grep -rlx 'old shut/s' . ../state/pi-runner/runs/*/undo | wc -l")
                    #expect(old != "0\n", "\(point)")
                }
                #expect(try await place.left() == "", "\(point)")
            }
            #expect(seen.contains("recovered"))
            try await place.clean()
        }
    }
}
