/// Who waits for what.
///
/// A plain value: the loop holds it under its lock.
struct WaiterTable {
    typealias Continuation = CheckedContinuation<Void, any Error>
    typealias ID = UInt64

    enum Reason {
        case descriptor(Int32, EventLoop.Interest)
        case time(MonotonicInstant)
    }

    struct Waiter {
        let id: ID
        let continuation: Continuation
        let reason: Reason
    }

    private(set) var isClosed = false
    private var lastID: ID = 0
    private var waiters: [ID: Waiter] = [:]
    private var byDescriptor: [Int32: [ID]] = [:]
    private var deadlines = DeadlineQueue()
    /// Which registration in epoll a descriptor's number stands for now.
    private var registrations: [Int32: UInt32] = [:]
    private var lastRegistration: UInt32 = 0

    var nextDeadline: MonotonicInstant? { deadlines.next?.deadline }

    mutating func newID() -> ID {
        lastID += 1
        return lastID
    }

    func interest(in descriptor: Int32) -> Set<EventLoop.Interest> {
        Set((byDescriptor[descriptor] ?? []).compactMap { interest(of: $0) })
    }

    /// What epoll tells of the descriptor by: its number, and its registration above that.
    mutating func token(of descriptor: Int32, isNew: Bool) -> UInt64 {
        if isNew {
            lastRegistration &+= 1
            registrations[descriptor] = lastRegistration
        }
        return UInt64(registrations[descriptor] ?? 0) << 32 | UInt64(UInt32(descriptor))
    }

    /// Nil for a registration that is over.
    func descriptor(of token: UInt64) -> Int32? {
        let number = Int32(truncatingIfNeeded: token)
        return registrations[number] == UInt32(token >> 32) ? number : nil
    }

    mutating func add(_ waiter: Waiter) {
        waiters[waiter.id] = waiter
        switch waiter.reason {
        case .descriptor(let number, _): byDescriptor[number, default: []].append(waiter.id)
        case .time(let deadline): deadlines.insert(waiter.id, at: deadline)
        }
    }

    mutating func remove(_ id: ID) -> Waiter? {
        guard let waiter = waiters.removeValue(forKey: id) else { return nil }
        switch waiter.reason {
        case .descriptor(let number, _):
            byDescriptor[number]?.removeAll { $0 == id }
            if byDescriptor[number]?.isEmpty == true {
                byDescriptor[number] = nil
                registrations[number] = nil
            }
        case .time(let deadline):
            deadlines.remove(id, at: deadline)
        }
        return waiter
    }

    mutating func takeReady(_ descriptor: Int32, _ ready: Set<EventLoop.Interest>) -> [Waiter] {
        (byDescriptor[descriptor] ?? [])
            .filter { id in interest(of: id).map(ready.contains) ?? false }
            .compactMap { remove($0) }
    }

    mutating func takeDue(at now: MonotonicInstant) -> [Waiter] {
        var due: [Waiter] = []
        while let next = deadlines.next, next.deadline <= now, let waiter = remove(next.id) {
            due.append(waiter)
        }
        return due
    }

    mutating func close() -> [Waiter] {
        isClosed = true
        defer {
            waiters = [:]
            byDescriptor = [:]
            deadlines = DeadlineQueue()
        }
        return Array(waiters.values)
    }

    private func interest(of id: ID) -> EventLoop.Interest? {
        guard case .descriptor(_, let interest)? = waiters[id]?.reason else { return nil }
        return interest
    }
}
