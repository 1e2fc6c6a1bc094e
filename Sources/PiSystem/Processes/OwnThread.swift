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
