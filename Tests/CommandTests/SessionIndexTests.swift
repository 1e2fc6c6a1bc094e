import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// The index of sessions says what the sessions say, or nothing.
@Suite(.timeLimit(.minutes(10))) struct SessionIndexTests {
    private static let turns = """
          - {say: first answer}
          - {say: "second answer, in ÜMLAUTS"}
        """

    private struct Place {
        let here: RunWorld
        let index: FilePath

        init(in world: borrowing World) throws {
            here = try RunWorld(in: world, turns: SessionIndexTests.turns)
            index = here.person.home.appending("state/pi-runner/index")
        }

        /// All that the two commands print.
        func said() async throws -> [String] {
            var said: [String] = []
            for arguments: [RawText] in [
                ["ls", "--json"], ["search", "answer", "--json"], ["search", "ümlauts", "--json"],
                ["search", "go", "-n", "1", "--json"], ["search", "nothing like it", "--json"],
            ] {
                let run = try await here.command(["session"] + arguments).run()
                #expect(run.code == 0 && run.error == "", "\(run.error)")
                said.append(run.output)
            }
            return said
        }

        func forgetIndex() throws {
            let folder = try Folder.open(index, resolving: .noLinks)
            for name in try folder.names(limit: 10) { try folder.remove(name, isFolder: false) }
        }

        func shell(_ script: String) async throws {
            let run = try await Program("/bin/sh", ["-c", RawText(script)!]).run()
            #expect(run.code == 0, "\(run.error)")
        }

        /// Asked with the index as it stands, and without.
        func agrees(_ when: String) async throws {
            let known = try await said()
            try forgetIndex()
            #expect(try await said() == known, "\(when)")
        }

        func holds(_ text: String) throws -> Bool {
            let bytes = try Folder.open(index, resolving: .noLinks)
                .read("sessions.sqlite", limit: .mebibytes(64), resolving: .noLinks)
            return bytes.firstRange(of: Array(text.utf8)) != nil
        }
    }

    @Test func `it says what the sessions say, whatever became of them`() async throws {
        try await World.with { world in
            let place = try Place(in: world)
            let here = place.here
            _ = try await here.run([], ["go one"]).run()
            let first = try await place.said()
            #expect(first[0].contains(#""messages": 2"#), "\(first[0])")
            #expect(first[1].contains("first answer"))
            #expect(try await place.said() == first)
            _ = try await here.run(["-c"], ["go two"]).run()
            #expect(try await place.said()[2].contains("second answer"))
            try await place.agrees("one has grown")

            // Somebody has changed what was said, and the file is as long as before.
            let file = try here.sessionFile()
            try await place.shell("sed -i 's/first answer/fifth answer/' \(file)")
            #expect(try await place.said()[1].contains("fifth answer"))
            #expect(try !place.holds("first answer"))
            try await place.agrees("one was changed")
            // And it has grown besides.
            try await place.shell(
                "sed -i 's/fifth answer/sixth answer/' \(file); tail -n 1 \(file) | sed 's/\"id\":\"[0-9a-f]*\"/\"id\":\"00000001\"/' >>\(file)"
            )
            #expect(try await place.said()[1].contains("sixth answer"))
            try await place.agrees("one was changed, and has grown")

            try await place.shell("rm \(file)")
            #expect(try await place.said()[0].contains(#""sessions": []"#))
            // What was said goes with it.
            #expect(try !place.holds("sixth answer"))
        }
    }

    @Test func `it is made anew where its middle is broken`() async throws {
        try await World.with { world in
            let place = try Place(in: world)
            _ = try await place.here.run([], ["go one"]).run()
            let said = try await place.said()
            #expect(try place.holds("first answer"))
            let file = place.index.appending("sessions.sqlite")
            try await place.shell(
                "yes junk | dd of=\(file) bs=4096 seek=1 conv=notrunc count=4 iflag=fullblock status=none"
            )
            #expect(try await place.said() == said)
            #expect(try await place.said() == said)
            #expect(try place.holds("first answer"))
        }
    }

    @Test func `whoever can't have it reads the sessions`() async throws {
        try await World.with { world in
            let place = try Place(in: world)
            _ = try await place.here.run([], ["go one"]).run()
            let said = try await place.said()
            let file = place.index.appending("sessions.sqlite")
            for (what, bytes) in [
                ("no database", "this is no database, and never was one"), ("empty", ""),
            ] {
                try ExecWorld.write(bytes, to: file)
                #expect(try await place.said() == said, "\(what)")
                #expect(try place.holds("first answer"), "\(what)")
            }
            do {
                let other = try LibSQLite.Database(file)
                try other.rows("BEGIN EXCLUSIVE")
                #expect(try await place.said() == said)
                try other.rows("COMMIT")
                try other.rows("PRAGMA user_version = 77")
            }
            #expect(try await place.said() == said, "of another version")
            try await place.shell("rm -r \(place.index); echo >\(place.index)")
            #expect(try await place.said() == said, "no folder")
        }
    }
}
