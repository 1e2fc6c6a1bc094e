import PiSystem

/// Every point at which a program can be killed between two changes to what is stored.
package struct CrashPoints {
    package enum Outcome: Hashable, Sendable {
        case killed
        case finished
    }

    /// Runs the program again and again, killed at its first change, its second, and so on to the end.
    ///
    /// Of more than can be waited for, each `stride`th, from a point on that differs.
    ///
    /// `prepare` makes the world that a run starts in, `check` looks at what it left. Returns how many
    /// points there were.
    package static func visit(
        _ program: Program, limit: Int = 500, stride: Int = 1,
        prepare: () async throws -> Void,
        check: (Int, Outcome, Program.Run) async throws -> Void
    ) async throws -> Int {
        let start = try 1 + Int(RandomBytes.make(1)[0]) % stride
        for point in Swift.stride(from: start, through: limit, by: stride) {
            try await prepare()
            let run = try await Program.crashing(program, at: point).run()
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

extension Program {
    /// The same, killed at its nth change to what is stored: its code is 3 then.
    package static func crashing(_ program: Program, at point: Int) throws -> Program {
        var traced = try Program.built(
            "crash-at", [RawText("\(point)")!, program.program.raw] + program.arguments)
        traced.environment = program.environment
        traced.folder = program.folder
        return traced
    }
}
