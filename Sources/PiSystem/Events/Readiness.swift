import CSystem

/// What is ready of many descriptors, for a thread that has nothing else to wait for.
///
/// Each is known by a token of its owner's, never used for another, so that news of one that is gone is nobody's.
package struct Readiness: Sendable {
    package struct Interest: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static let readable = Interest(rawValue: PI_READABLE.rawValue)
        package static let writable = Interest(rawValue: PI_WRITABLE.rawValue)
        /// Never asked for, and always told of what is asked for at all.
        package static let hungUp = Interest(rawValue: PI_HUNG_UP.rawValue)
    }

    package struct News: Hashable, Sendable {
        package let token: UInt64
        package let ready: Interest
    }

    private let epoll: SharedDescriptor
    private let alarm: SharedDescriptor

    private static let alarmToken = UInt64.max

    package init() throws(SystemError) {
        epoll = SharedDescriptor(
            Descriptor(owning: try checked(pi_epoll(), .makePipe, "an epoll instance")))
        alarm = SharedDescriptor(
            Descriptor(owning: try checked(pi_wake_up_call(), .makePipe, "an event descriptor")))
        let added = pi_epoll_add(
            epoll.descriptor.number, alarm.descriptor.number, PI_READABLE.rawValue, Self.alarmToken)
        _ = try checked(added, .watch, "an event descriptor")
    }

    /// From `before` to `after`; what is asked nothing of is not watched at all.
    package func watch(
        _ descriptor: borrowing Descriptor, _ token: UInt64, from before: Interest,
        to after: Interest
    ) throws(SystemError) {
        try watch(number: descriptor.number, token, from: before, to: after)
    }

    /// The same of one whose owner keeps it open meanwhile.
    func watch(
        number: Int32, _ token: UInt64, from before: Interest, to after: Interest
    ) throws(SystemError) {
        guard before != after else { return }
        let result =
            if before.isEmpty {
                pi_epoll_add(epoll.descriptor.number, number, after.rawValue, token)
            } else if after.isEmpty {
                pi_epoll_remove(epoll.descriptor.number, number)
            } else {
                pi_epoll_change(epoll.descriptor.number, number, after.rawValue, token)
            }
        _ = try checked(result, .watch, "descriptor \(number)")
    }

    /// Waits until something is ready, the time is over, or somebody wakes it.
    package func wait(atMost limit: Duration?) -> [News] {
        var events = [pi_event](repeating: pi_event(), count: 64)
        let nanoseconds = limit.map { max(0, $0 / .nanoseconds(1)) }
        let count = unsafe pi_epoll_wait(
            epoll.descriptor.number, &events, Int32(events.count),
            nanoseconds.map { Int64(min($0, 1e18)) } ?? -1)
        precondition(count >= 0, "epoll_wait fails only if its own arguments are wrong")
        var news: [News] = []
        for event in events.prefix(Int(count)) {
            guard event.token != Self.alarmToken else {
                // It only has to be emptied.
                _ = try? alarm.descriptor.read(upTo: ByteCount(8), from: "an event descriptor")
                continue
            }
            news.append(News(token: event.token, ready: Interest(rawValue: event.ready)))
        }
        return news
    }

    /// Ends a wait, from any thread.
    package struct Alarm: Sendable {
        fileprivate let descriptor: SharedDescriptor

        package func ring() {
            // The only failure is a counter that is full, and a full counter wakes as well.
            _ = try? descriptor.descriptor.write(
                [1, 0, 0, 0, 0, 0, 0, 0], to: "an event descriptor")
        }
    }

    package var waker: Alarm { Alarm(descriptor: alarm) }
}
