import PiSystem
import Synchronization

/// A server on loopback that does the same with each connection, for as long as a measurement takes.
enum Server {
    static func with<Value: Sendable>(
        _ serve: @escaping @Sendable (borrowing TCPConnection, EventLoop) async throws -> Void,
        _ body: @escaping @Sendable (UInt16, EventLoop) async throws -> Value
    ) async throws -> Value {
        try await EventLoop.run { loop in
            let listener = Listener(try LoopbackListener(.v4, port: 0))
            let port = listener.listener.port
            return try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        do {
                            let connection = try await listener.listener.accept(on: loop)
                            try await serve(connection, loop)
                        } catch {
                            // Cancelled, or left by its peer; the next connection is as good.
                            continue
                        }
                    }
                    return nil
                }
                group.addTask { try await body(port, loop) }
                while let result = try await group.next() {
                    guard let value = result else { continue }
                    group.cancelAll()
                    return value
                }
                preconditionFailure("the body has an end")
            }
        }
    }

    private final class Listener: Sendable {
        let listener: LoopbackListener

        init(_ listener: consuming LoopbackListener) {
            self.listener = listener
        }
    }
}

/// When a server has written last.
final class LastWrite: Sendable {
    private let instant = Mutex(Clock<Monotonic>.system.now)

    func note() {
        let now = Clock<Monotonic>.system.now
        instant.withLock { $0 = now }
    }

    var age: Double { Figure.nanoseconds(since: instant.withLock { $0 }) }
}
