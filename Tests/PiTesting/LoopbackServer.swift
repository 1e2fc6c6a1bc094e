package import PiSystem

/// A server on loopback for as long as a test needs it; each connection is served by `serve`.
package enum LoopbackServer {
    package static func with<Value: Sendable>(
        on loop: EventLoop,
        serve: @escaping @Sendable (borrowing TCPConnection) async throws -> Void,
        _ body: (UInt16) async throws -> Value
    ) async throws -> Value {
        let listener = Shared(try LoopbackListener(.v4, port: 0))
        let port = listener.value.port
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withThrowingDiscardingTaskGroup { connections in
                    while !Task.isCancelled {
                        // Cancelled, it ends; there is no other way for accept to fail here.
                        guard let connection = try? await listener.value.accept(on: loop) else {
                            break
                        }
                        let shared = Shared(connection)
                        connections.addTask { try await serve(shared.value) }
                    }
                    connections.cancelAll()
                }
            }
            let value = try await body(port)
            group.cancelAll()
            do {
                try await group.waitForAll()
            } catch is CancellationError {
                // That is how a server ends here.
            }
            return value
        }
    }
}
