import CSandbox
package import PiSystem
import Synchronization

/// A running sandbox: the world of one run, in which calls are made, in parallel if need be.
///
/// Its methods wait; whoever has no thread to spare runs them by `onOwnThread`.
package final class Sandbox: Sendable {
    package let plan: LaunchPlan
    private let cgroups: RunCgroups?
    private let limits: CallLimits
    private let calls: Calls
    private let sockets: Sockets
    private let keeper: Mutex<Keeper>
    let slots = Mutex(Slots())
    /// What takes the writes to a layer in memory.
    let written = Mutex<SharedDescriptor?>(nil)
    /// The mounts of its `scratch`, in their order.
    let scratch = Mutex<[SharedDescriptor]>([])

    fileprivate struct Sockets: ~Copyable, Sendable {
        let keeper: PacketSocket
        let initial: PacketSocket
    }

    private struct Keeper: ~Copyable, Sendable {
        var process: ChildProcess
    }

    struct Slots: Sendable {
        var next: UInt32 = 0
        var ready: [Slot] = []
        var all: [UInt32: Slot] = [:]
        /// Their calls have ended; they themselves may take another moment.
        var leaving: [Slot] = []
        var failure: LaunchError?
        /// What nobody has written to has nothing to be kept.
        var hasHadCalls = false
    }

    package enum Calls: Hashable, Sendable {
        /// Then the run's own namespaces are the call's: nothing has to be kept for another.
        case one
        case any
    }

    /// A launcher that runs and has been told nothing yet.
    package struct Waiting: ~Copyable, Sendable {
        fileprivate let sockets: Sockets
        fileprivate let process: ChildProcess
    }

    /// A launcher that makes its namespaces while the rest is still being decided.
    package struct Started: ~Copyable, Sendable {
        fileprivate let sockets: Sockets
        fileprivate let process: ChildProcess
        fileprivate let hello: Hello
    }

    /// What has to be known to make namespaces.
    package struct Hello: Hashable, Sendable {
        fileprivate let identity: SandboxSpec.Identity
        fileprivate let isPrivileged: Bool
        fileprivate let calls: Calls
        fileprivate let walls: Set<Wall>

        package init(
            identity: SandboxSpec.Identity, isPrivileged: Bool, for calls: Calls,
            walls: Set<Wall> = Set(Wall.allCases)
        ) {
            self.identity = identity
            self.isPrivileged = isPrivileged
            self.calls = calls
            self.walls = walls
        }

        fileprivate var packet: pi_hello {
            pi_hello(
                magic: UInt32(PI_PLAN_MAGIC), walls: walls.reduce(0) { $0 | $1.bit },
                inside_user: identity.user, inside_group: identity.group,
                host_user: identity.hostUser, host_group: identity.hostGroup,
                privileged: isPrivileged ? 1 : 0, only: calls == .one ? 1 : 0)
        }
    }

    /// Starts the launcher, before anything is known of what it shall do.
    package static func launch(_ launcher: borrowing Launcher) throws(SystemError) -> Waiting {
        let keeper = try PacketSocket.makePair()
        let initial = try PacketSocket.makePair()
        // The launcher waits where it reads.
        try keeper.other.descriptor.blockAgain()
        try initial.other.descriptor.blockAgain()
        let process = try launcher.start(keeper: keeper.other, initial: initial.other)
        return Waiting(
            sockets: Sockets(keeper: keeper.one, initial: initial.one), process: process)
    }

    /// Lets it make its namespaces.
    package static func begin(
        _ waiting: consuming Waiting, _ hello: Hello
    ) throws(SystemError) -> Started {
        try waiting.sockets.keeper.sendWaiting(packetBytes(hello.packet))
        return Started(sockets: waiting.sockets, process: waiting.process, hello: hello)
    }

    /// Gives the launcher its plan, and orders the first slot.
    ///
    /// The limits are those that slots are made with; a call may have less. What another sandbox with the same
    /// `scratch` has kept is found again.
    package init(
        _ started: consuming Started, _ plan: LaunchPlan, limits: CallLimits, cgroups: RunCgroups?,
        keeping earlier: [SharedDescriptor] = []
    ) throws {
        calls = started.hello.calls
        precondition(
            started.hello.identity == plan.spec.identity
                && started.hello.isPrivileged == plan.isPrivileged
                // A kernel without Landlock is only known to the plan.
                && started.hello.walls.subtracting([.landlock])
                    == plan.walls.subtracting([.landlock]),
            "the launcher was started for another plan")
        self.plan = plan
        self.cgroups = cgroups
        self.limits = limits
        sockets = started.sockets
        keeper = Mutex(Keeper(process: started.process))

        do {
            try hand(over: plan, keeping: earlier)
        } catch let error as SystemError
            where error.errno == .brokenPipe || error.errno == .connectionReset
        {
            // The launcher has ended, and has said why.
            throw reasonOfFailure()
        }
    }

    private func hand(over plan: LaunchPlan, keeping earlier: [SharedDescriptor]) throws {
        let memory = try MemoryFile.sealed(plan.encoded())
        if let cgroups {
            let parents = try cgroups.host.parents.map { parent throws(SystemError) in
                SharedDescriptor(
                    try Folder.open(parent, resolving: .anything).descriptor.duplicate())
            }
            let order = packetBytes(Self.order(PI_ORDER_CLEAN_UP))
            try sockets.keeper.sendWaiting(
                order + Array(cgroups.name.utf8), passing: parents.map(\.borrowed))
        }
        let order = packetBytes(Self.order(PI_ORDER_PLAN))
        if plan.isPrivileged, plan.walls.contains(.view) {
            try sockets.keeper.sendWaiting(order, passing: [memory.borrowed])
        }
        try sockets.initial.sendWaiting(
            order, passing: [memory.borrowed] + earlier.map(\.borrowed))
        try prepareSlot()
    }

    private static func order(
        _ order: pi_order, number: UInt32 = 0
    ) -> pi_packet_order {
        pi_packet_order(
            order: order.rawValue, number: number, everyone: 0)
    }

    // MARK: - Calls

    /// Runs one call and returns when all of its processes are gone.
    ///
    /// For whoever will call again, `ready` slots are made ready meanwhile.
    package func call(
        _ spec: CallSpec, _ streams: CallStreams, keeping ready: Int = 0
    ) throws -> CallResult {
        let slot = try takeSlot(for: spec.limits)
        slots.withLock { $0.hasHadCalls = true }
        defer { giveBack(slot) }
        var call = try RunningCall(spec, streams, slot, in: self)
        // It has begun: what others have left, and what the next will need, is done beside it.
        sweep()
        // A sandbox that can't have another slot says so to the call that wants it.
        try? keepSlotsReady(ready)
        return try call.run()
    }

    // MARK: - Slots

    /// Orders another slot, so that it is ready when the next call comes.
    package func prepareSlot() throws {
        let number = slots.withLock { slots in
            slots.next += 1
            return slots.next
        }
        let pair = try PacketSocket.makePair()
        try pair.other.descriptor.blockAgain()
        let cgroup = try cgroups.map { cgroups throws(SystemError) in
            try cgroups.makeCall(number, limits)
        }
        let order = Self.order(PI_ORDER_SLOT, number: number)
        let slot = Slot(number: number, socket: pair.one, cgroup: cgroup)
        // Before it can be reported: another call may be the one that reads the report.
        slots.withLock { $0.all[number] = slot }
        do {
            try sockets.initial.sendWaiting(
                packetBytes(order),
                passing: [pair.other.descriptor.borrowed]
                    + (cgroup?.joining.map(\.borrowed) ?? []))
        } catch {
            slots.withLock { $0.all[number] = nil }
            throw error
        }
        slots.withLock { $0.ready.append(slot) }
    }

    /// Orders what is missing of so many.
    private func keepSlotsReady(_ count: Int) throws {
        guard calls == .any else { return }
        while slots.withLock({ $0.ready.count }) < count { try prepareSlot() }
    }

    /// A slot for a call with these limits, which are no wider than those that slots are made with.
    func takeSlot(for limits: CallLimits) throws -> Slot {
        let slot = try takeSlot()
        if limits.memory.value < self.limits.memory.value
            || limits.processes.value < self.limits.processes.value
        {
            do {
                try slot.cgroup?.tighten(to: limits)
            } catch {
                giveBack(slot)
                throw error
            }
        }
        return slot
    }

    private func takeSlot() throws -> Slot {
        // Read as they come: a socket full of old news would make PID 1 wait for its reader.
        readNews()
        precondition(
            calls == .any || slots.withLock { !$0.ready.isEmpty }, "a second call was not meant")
        if let slot = slots.withLock({ $0.ready.isEmpty ? nil : $0.ready.removeFirst() }) {
            return slot
        }
        try prepareSlot()
        guard let slot = slots.withLock({ $0.ready.popLast() }) else {
            // Another call was quicker.
            return try takeSlot()
        }
        return slot
    }

    /// Its call has ended; the rest of it goes by itself.
    func giveBack(_ slot: Slot) {
        // It has waited until what it used was read.
        slot.socket.descriptor.endBothWays()
        slots.withLock { slots in
            slots.leaving.append(slot)
            slots.all[slot.number] = nil
        }
    }

    /// Removes the groups of calls whose last process has gone.
    private func sweep() {
        let leaving = slots.withLock { slots in
            defer { slots.leaving = [] }
            return slots.leaving
        }
        let left = leaving.filter { !($0.cgroup?.remove() ?? true) }
        slots.withLock { $0.leaving += left }
    }

    /// Reads what PID 1 has to say; nil if it has not failed.
    @discardableResult
    func readNews() -> LaunchError? {
        while let report = nextReport(of: sockets.initial) ?? nextReport(of: sockets.keeper) {
            guard let passed = report.passed else { continue }
            switch report.report.kind {
            case PI_REPORT_SLOT.rawValue:
                let slot = slots.withLock { $0.all[report.report.number] }
                slot?.isProcess(passed.take())
            case PI_REPORT_KEPT.rawValue:
                let mount = SharedDescriptor(passed.take())
                scratch.withLock { $0.append(mount) }
            case PI_REPORT_WRITTEN.rawValue:
                let mount = SharedDescriptor(passed.take())
                written.withLock { $0 = mount }
            default: break
            }
        }
        return slots.withLock { $0.failure }
    }

    private struct News {
        let report: pi_report
        let passed: TakeOnce?
    }

    /// A descriptor on its way to its owner.
    private final class TakeOnce {
        private var descriptor: Descriptor?

        init(_ descriptor: consuming Descriptor) {
            self.descriptor = consume descriptor
        }

        func take() -> Descriptor { descriptor.take()! }
    }

    private func nextReport(of socket: borrowing PacketSocket) -> News? {
        // Its end is told by what it does to the calls.
        guard case .packet(var packet)? = try? socket.receiveNow(limit: .kibibytes(4)),
            let report = readReport(packet.bytes)
        else { return nil }
        if report.kind == PI_REPORT_FAILED.rawValue {
            let failure = LaunchError(report, plan, nil)
            slots.withLock { $0.failure = $0.failure ?? failure }
        }
        guard let passed = packet.takeDescriptor() else {
            return News(report: report, passed: nil)
        }
        return News(report: report, passed: TakeOnce(passed))
    }

    /// Waits until PID 1 or the keeper has said why it failed, or that it has ended.
    func reasonOfFailure() -> LaunchError {
        var poll = Poll()
        let initial = poll.add(sockets.initial.descriptor.borrowed, for: .readable)
        let keeper = poll.add(sockets.keeper.descriptor.borrowed, for: .readable)
        for _ in 0..<20 {
            if let failure = readNews() { return failure }
            // What can't be waited for is looked at again.
            try? poll.wait(atMost: .milliseconds(50))
            if poll.ready(initial).contains(.hungUp) { poll.set(initial, nil) }
            if poll.ready(keeper).contains(.hungUp) { poll.set(keeper, nil) }
        }
        return LaunchError(.none, nil, .brokenPipe)
    }

    deinit {
        // Whoever lets go of it without an end has failed already; nothing of it stays all the same.
        _ = try? end()
    }

    /// Where the run's PID 1 is the call's, the keeper ends it: by its own descriptor, which needs no answer.
    func forceEnd(of slot: Slot) {
        if calls == .one { sockets.keeper.descriptor.endBothWays() }
    }

    /// Tells it to end, and does not wait.
    package func beginEnd() {
        sockets.initial.descriptor.endBothWays()
        sockets.keeper.descriptor.endBothWays()
    }

    /// Ends everything that runs in it, and returns when nothing of it is left; false if control groups are, because
    /// a process in them does not go.
    @discardableResult
    package func end() throws -> Bool {
        beginEnd()
        let ending = try keeper.withLock { keeper throws(SystemError) in
            try keeper.process.waitBlocking()
        }
        // With what was kept of it, unless somebody has taken that over.
        readNews()
        scratch.withLock { $0 = [] }
        // A keeper that was killed has cleared nothing away, and what it watched over is only just going; one that
        // could not clear all away says so by its code.
        guard !ending.succeeded, let cgroups else { return true }
        return cgroups.host.removeGroups(named: cgroups.name, waiting: .seconds(2))
    }
}
