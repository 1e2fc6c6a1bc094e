package import PiSystem

/// A program to run to its end, with everything it says kept.
package struct Program: Sendable {
    package var program: FilePath
    package var arguments: [RawText]
    package var environment: [RawText] = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
    package var input: [UInt8] = []
    package var folder: FilePath = "/"
    /// Of each stream; a program that says more is a broken one.
    package var outputLimit = ByteCount.mebibytes(64)
    package var timeLimit = Duration.seconds(300)

    package struct Run: Sendable {
        package let ending: ChildProcess.Ending
        package let output: String
        package let error: String

        /// The exit code; 128 and the signal, as shells have it, if it was killed.
        package var code: Int32 {
            switch ending.way {
            case .exited(let code): code
            case .killed(let signal): 128 + signal.rawValue
            }
        }
    }

    package init(_ program: FilePath, _ arguments: [RawText]) {
        self.program = program
        self.arguments = arguments
    }

    /// One of ours, from the folder of the build that is being tested.
    package static func built(_ name: FilePath, _ arguments: [RawText]) throws -> Program {
        Program(try buildFolder().appending(name), arguments)
    }

    private static func buildFolder() throws -> FilePath {
        try ThisProcess.variable("PI_PROGRAMS").map(FilePath.init) ?? ThisProcess.programFolder()
    }

    package func run() async throws -> Run {
        try await EventLoop.run { loop in
            try await start(on: loop) { running in
                if !input.isEmpty { try await running.say(input, on: loop) }
                running.closeInput()
                return try await running.finish(on: loop)
            }
        }
    }

    /// Starts it and lets `body` talk with it; it is ended, if it still runs, when `body` returns.
    package func start<Value>(
        on loop: EventLoop, _ body: (inout RunningProgram) async throws -> Value
    ) async throws -> Value {
        // Else a program that ends before it has heard everything would end the tests too.
        try Interruption.ignoreFailedWrites()
        let plan = SpawnPlan(
            program: program, arguments: [program.raw] + arguments, environment: environment,
            newSession: true)
        let input = try Pipe()
        let output = try Pipe()
        let error = try Pipe()
        let child = try plan.start(
            input: input.reading, output: output.writing, error: error.writing,
            in: Folder.open(folder, resolving: .anything))
        // The program has its own; while ours were open, none of these pipes would ever end.
        input.reading.close()
        output.writing.close()
        error.writing.close()
        var running = RunningProgram(
            child: child, input: input.writing, output: output.reading, error: error.reading,
            outputLimit: outputLimit, deadline: Clock<Monotonic>.system.now + timeLimit)
        return try await body(&running)
    }
}

/// A program that was started and not yet waited for.
package struct RunningProgram: ~Copyable {
    private var child: ChildProcess
    private var input: Descriptor?
    private let output: Descriptor
    private let error: Descriptor
    private let outputLimit: ByteCount
    private let deadline: MonotonicInstant
    private var seen: [UInt8] = []

    init(
        child: consuming ChildProcess, input: consuming Descriptor, output: consuming Descriptor,
        error: consuming Descriptor, outputLimit: ByteCount, deadline: MonotonicInstant
    ) {
        self.child = child
        self.input = consume input
        self.output = output
        self.error = error
        self.outputLimit = outputLimit
        self.deadline = deadline
    }

    package var pid: Int32 { child.pid }

    package borrowing func signal(_ signal: Signal) throws { try child.signal(signal) }

    /// Its end of input.
    package mutating func closeInput() { input = nil }

    package borrowing func say(_ bytes: [UInt8], on loop: EventLoop) async throws {
        guard let descriptor = try input?.duplicate() else { return }
        try descriptor.neverBlock()
        do {
            try await loop.write(bytes, to: descriptor, named: "the program's input")
        } catch let error as SystemError where error.errno == .brokenPipe {
            // It did not want to hear all of it; what it says then is what counts.
        }
    }

    /// Waits until it has written that to stdout; false if it ended without.
    package mutating func waits(for text: String, on loop: EventLoop) async throws -> Bool {
        try output.neverBlock()
        while !String(decoding: seen, as: UTF8.self).contains(text) {
            let piece = try await loop.read(upTo: .kibibytes(64), from: output, named: "its output")
            guard !piece.isEmpty else { return false }
            seen += piece
        }
        return true
    }

    /// Everything that it says to the end, and how it ended.
    package mutating func finish(on loop: EventLoop) async throws -> Program.Run {
        try output.neverBlock()
        try error.neverBlock()
        let output = Shared(try self.output.duplicate())
        let error = Shared(try self.error.duplicate())
        let limit = outputLimit
        let deadline = deadline
        // One after the other would let a program that fills the second pipe wait for ever.
        let rest = try await withThrowingTaskGroup(of: (Bool, [UInt8]).self) { group in
            group.addTask { (true, try await Self.drain(output.value, limit, on: loop)) }
            group.addTask { (false, try await Self.drain(error.value, limit, on: loop)) }
            group.addTask {
                try await loop.sleep(until: deadline)
                throw TookTooLong()
            }
            var rest: [Bool: [UInt8]] = [:]
            while rest.count < 2, let (isOutput, bytes) = try await group.next() {
                rest[isOutput] = bytes
            }
            group.cancelAll()
            return rest
        }
        return Program.Run(
            ending: try await child.wait(on: loop),
            output: String(decoding: seen + rest[true]!, as: UTF8.self),
            error: String(decoding: rest[false]!, as: UTF8.self))
    }

    package struct TookTooLong: Error {}

    private static func drain(
        _ descriptor: borrowing Descriptor, _ limit: ByteCount, on loop: EventLoop
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = try await loop.read(
                upTo: .kibibytes(64), from: descriptor, named: "the program's output")
            guard !piece.isEmpty else { return bytes }
            bytes += piece
            precondition(bytes.count <= limit.bytes, "the program says more than the test expects")
        }
    }
}
