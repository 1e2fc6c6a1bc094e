/// Runs what waits on a thread of its own, so that it holds none of those that all tasks share.
package func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        do {
            try LoopThread { continuation.resume(with: Result { try work() }) }.start()
        } catch {
            continuation.resume(throwing: error)
        }
    }
}

/// Starts a thread that runs `work` and ends.
package func onThreadOfItsOwn(_ work: @escaping @Sendable () -> Void) throws(SystemError) {
    try LoopThread(.anywhere, work).start()
}
