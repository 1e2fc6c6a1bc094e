import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// A run that is killed at whatever point, and goes on.
@Suite(.timeLimit(.minutes(60))) struct RunCrashTests {
    /// Every call leaves a line, so that one that is made twice is seen.
    private static let turns = """
          - when: {prompt: begin}
            steps: [{call: {name: bash, arguments: {command: "echo one >> log"}}}]
          - when: {prompt: begin}
            steps:
              - call: {name: bash, arguments: {command: "echo two >> log"}}
              - call: {name: write, arguments: {path: three, content: "3"}}
          - when: {prompt: begin}
            say: done
          - when: {prompt: go on}
            steps: [{call: {name: bash, arguments: {command: "cat log 2>/dev/null; echo end"}}}]
          - say: gone on
        """

    /// `make soak` tries each point.
    private static let stride =
        (ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap(Int.init) ?? 0) >= 1_000 ? 1 : 23

    @Test func `whenever it is killed, the session opens, and no call is made again`() async throws
    {
        try await World.with { world in
            let here = try RunWorld(in: world, turns: Self.turns)
            let state = here.person.home.appending("state")
            let work = here.person.work
            let points = try await CrashPoints.visit(
                try here.run([], ["begin"]), limit: 5_000, stride: Self.stride,
                prepare: {
                    _ = try await Program(
                        "/bin/sh",
                        ["-c", RawText("rm -rf \(state) \(work)/* && mkdir -p \(state)")!]
                    ).run()
                },
                check: { point, outcome, _ in
                    let again = try await here.run(["-c"], ["go on"]).run()
                    guard again.code == 0 else {
                        // Before there was a session, nothing had been done.
                        #expect(
                            again.error.contains("there is no session"),
                            "\(point): \(again.code) \(again.error)")
                        #expect(outcome == .killed)
                        return
                    }
                    #expect(again.output == "gone on\n", "\(point): \(again.error)")
                    let verified = try await here.command(["session", "verify"]).run()
                    #expect(verified.code == 0, "\(point): \(verified.error)")
                    let results = try here.results()
                    let last = try #require(results.last)
                    let lines = last.text.split(separator: "\n")
                    #expect(lines.last == "end", "\(point)")
                    for line in ["one", "two"] {
                        #expect(lines.count { $0 == line } <= 1, "\(point): \(lines)")
                    }
                    // What was acknowledged is there.
                    let done = results.dropLast().filter { !$0.isError && $0.tool == "bash" }.count
                    #expect(lines.count - 1 >= done, "\(point): \(lines)")
                    // Calls and results are as many, in every state that was met.
                    let messages = try here.session().compactMap { $0["message"] }
                    let calls = messages.flatMap { $0["content"]?.array ?? [] }
                        .filter { $0["type"] == "toolCall" }.count
                    #expect(calls == results.count, "\(point)")
                })
            #expect(points > 100)
        }
    }
}
