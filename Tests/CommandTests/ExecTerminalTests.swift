import PiSystem
import PiTesting
import Testing

/// `pi-runner exec -t` as a person at a terminal has it; the terminal is one of script(1).
@Suite(.timeLimit(.minutes(10))) struct ExecTerminalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let inside: String
        let output: String
        var testDescription: String { inside }
    }

    @Test(arguments: [
        Case(inside: "tty", output: "/dev/pts/0"),
        Case(inside: "stty size", output: "33 111"),
        Case(inside: "ls -1 /dev/pts", output: "0\nptmx"),
        // The last one is the folder that ls reads.
        Case(inside: "ls -1 /proc/self/fd", output: "0\n1\n2\n3"),
        Case(inside: "echo over >/dev/tty", output: "over"),
        Case(
            inside: "for n in 0 1 2; do readlink /proc/$$/fd/$n; done",
            output: "/dev/pts/0\n/dev/pts/0\n/dev/pts/0"),
    ])
    func `the program has a terminal of its own`(given: Case) async throws {
        try await World.with { world in
            let run = try await ExecWorld(in: world).seeAtTerminal(
                "stty rows 33 cols 111; $EXEC -- sh -c '\(given.inside)'")
            let lines = run.output.split(whereSeparator: \.isNewline).joined(separator: "\n")
            #expect(lines == given.output)
            #expect(run.code == 0)
        }
    }

    @Test func `the person's terminal is not in it`() async throws {
        try await World.with { world in
            // By device and inode: both may have the same name.
            let look = "stat -L -c %d:%i /proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2"
            let run = try await ExecWorld(in: world).seeAtTerminal(
                "\(look); echo inside; $EXEC -- \(look)")
            let lines = run.output.split(whereSeparator: \.isNewline)
            let parts = lines.split(separator: "inside").map(Set.init)
            try #require(parts.count == 2, "\(run.output)")
            #expect(parts[0].count == 1 && parts[1].count == 1)
            #expect(parts[0].isDisjoint(with: parts[1]))
        }
    }

    @Test func `a new size reaches the program`() async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            let program = try person.atTerminal(
                """
                (while [ ! -e go ]; do sleep 0.02; done; stty rows 20 cols 50 </dev/tty) &
                $EXEC -- bash -c 'trap "echo told" WINCH; echo ready
                    until [ "$(stty size)" = "20 50" ]; do sleep 0.02; done; exit 4'
                """)
            let run = try await EventLoop.run { loop in
                try await program.start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    try ExecWorld.write("", to: person.work.appending("go"))
                    return try await running.finish(on: loop)
                }
            }
            #expect(run.output.contains("told"))
            #expect(run.code == 4)
        }
    }

    @Test func `Ctrl-C is a key of the program's and ends nobody else`() async throws {
        try await World.with { world in
            let program = try ExecWorld(in: world).atTerminal(
                """
                $EXEC -- bash -c 'trap "echo told; exit 7" INT
                    echo ready; while :; do sleep 0.02; done'
                echo after $?
                """)
            let run = try await EventLoop.run { loop in
                try await program.start(on: loop) { running in
                    try #require(try await running.waits(for: "ready", on: loop))
                    try await running.say([3], on: loop)
                    return try await running.finish(on: loop)
                }
            }
            #expect(run.output.contains("told"))
            #expect(run.output.contains("after 7"))
        }
    }

    @Test(arguments: [
        "$EXEC -- true", "$EXEC -- sh -c 'stty raw -echo; kill -KILL $$'",
        "$EXEC -- no-such-program",
        "$EXEC -- sh -c 'stty -icanon; echo in; sleep 1000' </dev/tty & sleep 0.5; kill -TERM $!; wait $!",
        "$EXEC --policy limit.yaml -- sleep 1000",
    ])
    func `the person's terminal is as before, however the program ends`(line: String) async throws {
        try await World.with { world in
            let person = try ExecWorld(in: world)
            _ = try person.write(policy: "limits: {wall: 1s}")
            let command = line.replacing("limit.yaml", with: "\(person.home)/test.yaml")
            let run = try await person.seeAtTerminal(
                "stty intr ^A; stty -g >before; \(command); stty -g >after; exit 0")
            #expect(run.code == 0)
            let before = try person.read("before")
            #expect(!before.isEmpty)
            #expect(try person.read("after") == before)
        }
    }

    @Test func `a shell in it has job control`() async throws {
        try await World.with { world in
            let program = try ExecWorld(in: world).atTerminal(
                "$EXEC --env PS1='next> ' -- bash --norc -i")
            let run = try await EventLoop.run { loop in
                try await program.start(on: loop) { running in
                    try #require(try await running.waits(for: "next> ", on: loop))
                    try await running.say(Array("echo be''gin; sleep 500\n".utf8), on: loop)
                    try #require(try await running.waits(for: "begin", on: loop))
                    // The shell hands the terminal over between the two programs.
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(200))
                    try await running.say([26], on: loop)
                    try #require(try await running.waits(for: "Stopped", on: loop))
                    try await running.say(Array("bg; jobs; echo li''sted\n".utf8), on: loop)
                    try #require(try await running.waits(for: "listed", on: loop))
                    try await running.say(Array("fg\n".utf8), on: loop)
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(200))
                    try await running.say([3], on: loop)
                    try await running.say(Array("echo co''de $?; exit 8\n".utf8), on: loop)
                    return try await running.finish(on: loop)
                }
            }
            #expect(run.output.contains("Running"))
            #expect(run.output.contains("code 130"))
            #expect(!run.output.contains("no job control"))
            #expect(run.code == 8)
        }
    }

    @Test func `nothing can be typed for the person`() async throws {
        try await World.with { world in
            // TIOCSTI: a character as if somebody had pressed its key; ioctl_tty(2).
            let push = #"""
                perl -e 'for my $p ("/dev/stdin", "/dev/stdout", "/dev/tty") {
                my $k = "X"; my $t; open($t, "+<", $p); ioctl($t, 0x5412, $k) }'
                """#.replacing("\n", with: " ")
            let read =
                "stty -icanon -echo min 0 time 3; dd bs=16 count=1 2>/dev/null | tr -cd X"
            let person = try ExecWorld(in: world)
            let control = try await person.seeAtTerminal(
                "\(push); \(read); echo; cat /proc/sys/dev/tty/legacy_tiocsti 2>/dev/null")
            let lines = control.output.split(whereSeparator: \.isNewline)
            // Since Linux 6.2 a host may refuse it to all but root; before, it always works.
            #expect(
                lines.first?.contains("X") == true || lines.last == "0", "\(control.output)")
            let run = try await person.seeAtTerminal("$EXEC -- \(push); echo done; \(read)")
            #expect(run.output.split(whereSeparator: \.isNewline) == ["done"])
        }
    }
}

extension ExecWorld {
    /// To their end, with nobody at the keyboard.
    func seeAtTerminal(_ lines: String) async throws -> Program.Run {
        // Its input stays open: script(1) would pass an end of it on as a key.
        try await EventLoop.run { loop in
            try await atTerminal(lines).start(on: loop) { running in
                try await running.finish(on: loop)
            }
        }
    }

    /// Lines of a person's shell, at a terminal; `$EXEC` is `pi-runner exec -t`.
    func atTerminal(_ lines: String) throws -> Program {
        let run = try exec(["-t"], ["true"])
        var program = Program("/usr/bin/script", ["-qec", RawText(lines)!, "/dev/null"])
        program.folder = work
        program.environment =
            run.environment + [
                RawText("EXEC=\(run.program) exec -t")!, "SHELL=/bin/sh", "TERM=dumb",
            ]
        program.timeLimit = .seconds(30)
        return program
    }
}
