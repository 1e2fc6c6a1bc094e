import CSystem
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

    private let epoll: Descriptor
    private let alarm: Descriptor
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
        epoll = Descriptor(owning: try checked(pi_epoll(), .makePipe, "an epoll instance"))
        alarm = Descriptor(owning: try checked(pi_wake_up_call(), .makePipe, "an event descriptor"))
        table = Mutex(WaiterTable())
        let added = pi_epoll_add(epoll.number, alarm.number, PI_READABLE.rawValue, UInt64.max)
        _ = try checked(added, .watch, "an event descriptor")
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
            if table.nextDeadline == deadline { self.wake() }
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
        let flags = wanted.reduce(0) { $0 | $1.flag }
        let token = table.token(of: number, isNew: before.isEmpty)
        let result =
            switch (before.isEmpty, wanted.isEmpty) {
            case (true, true): Int32(0)
            case (true, false): pi_epoll_add(epoll.number, number, flags, token)
            case (false, false): pi_epoll_change(epoll.number, number, flags, token)
            case (false, true): pi_epoll_remove(epoll.number, number)
            }
        guard result < 0 else { return nil }
        return SystemError(
            .watch, "descriptor \(number)", .errno(Errno(rawValue: -result)))
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
        wake()
        for waiter in waiters { waiter.continuation.resume(throwing: Closed()) }
        // A task of its own: in one that was cancelled the stream would seem to end at once.
        await Task { for await _ in ended {} }.value
    }

    private func wake() {
        // The only failure is a counter that is full, and a full counter wakes as well.
        _ = try? alarm.write([1, 0, 0, 0, 0, 0, 0, 0], to: "an event descriptor")
    }

    private func turnUntilClosed() {
        while let timeout = nextTimeout() {
            let events = PollResult.wait(epoll, timeout: timeout)
            let due = table.withLock { take(events, from: &$0) }
            for waiter in due { waiter.continuation.resume() }
        }
    }

    /// In nanoseconds, -1 for none; nil if the loop is closed.
    private func nextTimeout() -> Int64? {
        table.withLock { table in
            guard !table.isClosed else { return nil }
            guard let deadline = table.nextDeadline else { return -1 }
            let now = Clock<Monotonic>.system.now
            return deadline <= now ? 0 : deadline.nanoseconds - now.nanoseconds
        }
    }

    private func take(_ events: [pi_event], from table: inout WaiterTable) -> [WaiterTable.Waiter] {
        var due = table.takeDue(at: Clock<Monotonic>.system.now)
        for event in events {
            guard event.token != UInt64.max else {
                // It only has to be emptied; nothing there means that another turn has done so.
                _ = try? alarm.read(upTo: ByteCount(8), from: "an event descriptor")
                continue
            }
            // Fetched before its descriptor was closed, it must not wake whoever has the number now.
            guard let number = table.descriptor(of: event.token) else { continue }
            let before = table.interest(in: number)
            due += table.takeReady(number, Interest.ready(in: event))
            watch(number, in: &table, before: before)
        }
        return due
    }
}

extension EventLoop.Interest {
    fileprivate var flag: UInt32 {
        switch self {
        case .readable: PI_READABLE.rawValue
        case .writable: PI_WRITABLE.rawValue
        }
    }

    /// Both for a descriptor that hung up: whoever waits shall try, and hear what is wrong.
    fileprivate static func ready(in event: pi_event) -> Set<Self> {
        guard event.ready & PI_HUNG_UP.rawValue == 0 else { return [.readable, .writable] }
        return Set([.readable, .writable].filter { event.ready & $0.flag != 0 })
    }
}

/// One call of epoll_wait(2).
private enum PollResult {
    static func wait(_ epoll: borrowing Descriptor, timeout: Int64) -> [pi_event] {
        var events = [pi_event](repeating: pi_event(), count: 64)
        let count = unsafe pi_epoll_wait(epoll.number, &events, Int32(events.count), timeout)
        precondition(count >= 0, "epoll_wait fails only if its own arguments are wrong")
        return Array(events.prefix(Int(count)))
    }
}
