import PiSystem
import PiTesting
import Testing

@Suite struct InterruptionTests {
    @Test(arguments: [Signal.interrupt, .terminate])
    func `the first signal ends work gently, and the program dies of that signal`(signal: Signal)
        async throws
    {
        try await EventLoop.run { loop in
            try await Program.built("exercise", ["interrupt", "gentle"]).start(on: loop) {
                running in
                #expect(try await running.waits(for: "ready", on: loop))
                try running.signal(signal)
                let run = try await running.finish(on: loop)
                #expect(run.output == "ready\ncleaning up\nended by \(signal)\n")
                #expect(run.ending.way == .killed(by: signal))
            }
        }
    }

    @Test func `a second signal ends at once what does not want to end`() async throws {
        try await EventLoop.run { loop in
            try await Program.built("exercise", ["interrupt", "stubborn"]).start(on: loop) {
                running in
                #expect(try await running.waits(for: "ready", on: loop))
                try running.signal(.interrupt)
                #expect(try await running.waits(for: "cleaning up", on: loop))
                try running.signal(.interrupt)
                let run = try await running.finish(on: loop)
                #expect(run.ending.way == .killed(by: .interrupt))
            }
        }
    }

    @Test func `a signal that came too late for one piece of work ends the next`() async throws {
        try await EventLoop.run { loop in
            try await Program.built("exercise", ["interrupt", "late"]).start(on: loop) { running in
                #expect(try await running.waits(for: "ready", on: loop))
                try running.signal(.terminate)
                let run = try await running.finish(on: loop)
                #expect(run.output == "ready\ncleaning up\nfirst is done\nended by SIGTERM\n")
            }
        }
    }

    @Test func `a reader that goes away is an error of the write, not the end of the program`()
        async throws
    {
        let exercise = try Program.built("exercise", [])
        let script: RawText = "{ \"$1\" fill-pipe; echo $? >&2; } | head -n 1"
        let run = try await Program("/bin/sh", ["-c", script, "sh", exercise.program.raw]).run()
        #expect(run.output == "yes\n")
        #expect(run.error == "42\n")
    }
}
