import Synchronization

/// Something under way on a thread of its own, or in a task.
package final class Beside<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    /// Ends when the thread has.
    private let end: Descriptor

    fileprivate init(_ work: @escaping @Sendable () throws -> Value) throws(SystemError) {
        let pipe = try Pipe()
        let running = SharedDescriptor(pipe.writing)
        end = pipe.reading
        try LoopThread(.elsewhere) { [self] in
            let made = Result { try work() }
            result.withLock { $0 = made }
            withExtendedLifetime(running) {}
        }.start()
    }

    fileprivate init(inTask work: @escaping @Sendable () async throws -> Value) throws(SystemError)
    {
        let pipe = try Pipe()
        let running = SharedDescriptor(pipe.writing)
        end = pipe.reading
        // Whoever made this waits for it in `value`.
        Task { [self] in
            let made: Result<Value, any Error>
            do { made = .success(try await work()) } catch { made = .failure(error) }
            result.withLock { $0 = made }
            withExtendedLifetime(running) {}
        }
    }

    /// Begins it; whoever keeps this asks for its value before letting go of what the work needs.
    package static func begin(
        _ work: @escaping @Sendable () throws -> Value
    ) throws(SystemError) -> Beside {
        try Beside(work)
    }

    /// Whether nobody has to wait for it any more.
    package var isDone: Bool { result.withLock { $0 != nil } }

    /// What came of it; waits until it is there.
    package func value() throws -> Value {
        wait()
        guard let made = result.withLock({ $0 }) else {
            preconditionFailure("a thread that has ended has left its result")
        }
        return try made.get()
    }

    fileprivate func wait() {
        // Nothing is ever written: this returns at the end, or at once with what the end of a pipe is.
        _ = try? end.read(upTo: ByteCount(1), from: "a thread")
    }
}

/// Does `work` on a thread of its own while `body` runs here; when this returns, both have ended.
package func beside<Value: Sendable, Outcome>(
    _ work: @escaping @Sendable () throws -> Value,
    _ body: (Beside<Value>) throws -> Outcome
) throws -> Outcome {
    let other = try Beside(work)
    defer { other.wait() }
    return try body(other)
}

/// What tasks have come to; for a thread that has nothing else to do, such as the one that a program began with.
package func waitForTask<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
) throws -> Value {
    try Beside(inTask: work).value()
}
