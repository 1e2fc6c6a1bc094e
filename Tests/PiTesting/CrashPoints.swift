import PiSystem

/// Every point at which a program can be killed between two changes to what is stored.
package struct CrashPoints {
    package enum Outcome: Hashable, Sendable {
        case killed
        case finished
    }

    /// Runs the program again and again, killed at its first change, its second, and so on to the end.
    ///
    /// `prepare` makes the world that a run starts in, `check` looks at what it left. Returns how many
    /// points there were.
    package static func visit(
        _ program: Program, limit: Int = 500,
        prepare: () async throws -> Void,
        check: (Int, Outcome, Program.Run) async throws -> Void
    ) async throws -> Int {
        for point in 1...limit {
            try await prepare()
            var traced = try Program.built(
                "crash-at", [RawText("\(point)")!, program.program.raw] + program.arguments)
            traced.environment = program.environment
            let run = try await traced.run()
            switch run.code {
            case 3: try await check(point, .killed, run)
            case 0:
                try await check(point, .finished, run)
                return point - 1
            default: throw CannotTrace(code: run.code, message: run.error)
            }
        }
        throw CannotTrace(code: 0, message: "more than \(limit) changes to storage")
    }

    package struct CannotTrace: Error {
        package let code: Int32
        package let message: String
    }
}
