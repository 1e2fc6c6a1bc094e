import Synchronization

/// Turns readiness of descriptors and passing of time into `await`, with one thread for all of them.
///
/// Invariants: a waiter is resumed exactly once, by whoever takes it out of the table; nobody is resumed
/// while the table is held; a descriptor stands in epoll only while somebody waits for it, so a closed
/// one leaves nothing behind.
package final class EventLoop: Sendable {
    package enum Interest: Hashable, Sendable { case readable, writable }

    /// The loop was closed while somebody waited.
    package struct Closed: Error, Hashable, CustomStringConvertible {
        package var description: String { "the event loop was closed" }
    }

    private let readiness: Readiness
    private let table: Mutex<WaiterTable>

    /// A loop for as long as `body` runs; when this returns, its thread has ended.
    package static func run<Value>(
        _ body: (EventLoop) async throws -> Value
    ) async throws -> Value {
        let loop = try EventLoop()
        let ended = try loop.start()
        do {
            let value = try await body(loop)
            await loop.close(ended)
            return value
        } catch {
            await loop.close(ended)
            throw error
        }
    }

    private init() throws(SystemError) {
        readiness = try Readiness()
        table = Mutex(WaiterTable())
    }

    // MARK: - Waiting

    /// Returns when the descriptor is ready, or its other side is gone: the next call on it will tell.
    package func wait(
        until interest: Interest, _ descriptor: borrowing Descriptor
    ) async throws {
        let number = descriptor.number
        try await wait { table, continuation, id in
            let before = table.interest(in: number)
            table.add(
                WaiterTable.Waiter(
                    id: id, continuation: continuation, reason: .descriptor(number, interest)))
            return self.watch(number, in: &table, before: before)
        }
    }

    package func sleep(until deadline: MonotonicInstant) async throws {
        try await wait { table, continuation, id in
            table.add(
                WaiterTable.Waiter(id: id, continuation: continuation, reason: .time(deadline)))
            if table.nextDeadline == deadline { self.readiness.waker.ring() }
            return nil
        }
    }

    /// Registers with the table held; the result is an error that keeps it from waiting.
    private func wait(
        _ register:
            @escaping @Sendable (
                inout WaiterTable, WaiterTable.Continuation, WaiterTable.ID
            ) -> SystemError?
    ) async throws {
        let id = table.withLock { $0.newID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: WaiterTable.Continuation) in
                let refusal: (any Error)? = table.withLock { table in
                    // Cancelled before it was here to be found: `cancel` has come and gone.
                    if Task.isCancelled { return CancellationError() }
                    if table.isClosed { return Closed() }
                    guard let error = register(&table, continuation, id) else { return nil }
                    _ = table.remove(id)
                    return error
                }
                if let refusal { continuation.resume(throwing: refusal) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: WaiterTable.ID) {
        let waiter = table.withLock { table in
            let waiter = table.remove(id)
            if case .descriptor(let number, let interest)? = waiter?.reason {
                watch(number, in: &table, before: [interest])
            }
            return waiter
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    /// Makes epoll's view of a descriptor what the table says now.
    @discardableResult
    private func watch(
        _ number: Int32, in table: inout WaiterTable, before: Set<Interest>
    ) -> SystemError? {
        let wanted = table.interest(in: number)
        let token = table.token(of: number, isNew: before.isEmpty)
        do throws(SystemError) {
            try readiness.watch(
                number: number, token, from: Interest.asked(before), to: Interest.asked(wanted))
            return nil
        } catch {
            return error
        }
    }

    // MARK: - The thread

    /// The stream ends when the thread has.
    private func start() throws(SystemError) -> AsyncStream<Never> {
        let (ended, ending) = AsyncStream.makeStream(of: Never.self)
        let thread = LoopThread { [self] in
            turnUntilClosed()
            ending.finish()
        }
        try thread.start()
        return ended
    }

    private func close(_ ended: AsyncStream<Never>) async {
        let waiters = table.withLock { $0.close() }
        readiness.waker.ring()
        for waiter in waiters { waiter.continuation.resume(throwing: Closed()) }
        // A task of its own: in one that was cancelled the stream would seem to end at once.
        await Task { for await _ in ended {} }.value
    }

    private func turnUntilClosed() {
        while let pause = nextPause() {
            let news = readiness.wait(atMost: pause)
            let due = table.withLock { take(news, from: &$0) }
            for waiter in due { waiter.continuation.resume() }
        }
    }

    /// How long nothing is due, within it nil for ever; nil if the loop is closed.
    private func nextPause() -> Duration?? {
        table.withLock { table in
            guard !table.isClosed else { return nil }
            return .some(table.nextDeadline.map { $0 - Clock<Monotonic>.system.now })
        }
    }

    private func take(
        _ news: [Readiness.News], from table: inout WaiterTable
    ) -> [WaiterTable.Waiter] {
        var due = table.takeDue(at: Clock<Monotonic>.system.now)
        for one in news {
            // Fetched before its descriptor was closed, it must not wake whoever has the number now.
            guard let number = table.descriptor(of: one.token) else { continue }
            let before = table.interest(in: number)
            due += table.takeReady(number, Interest.ready(in: one))
            watch(number, in: &table, before: before)
        }
        return due
    }
}

extension EventLoop.Interest {
    fileprivate static func asked(_ interest: Set<Self>) -> Readiness.Interest {
        Readiness.Interest(interest.map(\.flag))
    }

    private var flag: Readiness.Interest {
        switch self {
        case .readable: .readable
        case .writable: .writable
        }
    }

    /// Both for a descriptor that hung up: whoever waits shall try, and hear what is wrong.
    fileprivate static func ready(in news: Readiness.News) -> Set<Self> {
        guard !news.ready.contains(.hungUp) else { return [.readable, .writable] }
        return Set([.readable, .writable].filter { news.ready.contains($0.flag) })
    }
}
