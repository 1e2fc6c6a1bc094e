import CSandbox
import PiSystem

/// One call under way, driven by one thread: pipes, reports, signals and deadlines.
struct RunningCall: ~Copyable {
    let spec: CallSpec
    let streams: CallStreams
    let slot: Slot
    let sandbox: Sandbox
    let start = Clock<Boot>.system.now

    /// Our ends of what the program's descriptors are.
    var input: Descriptor?
    var outputs: [OutputStream: SharedDescriptor] = [:]
    var waiting: [UInt8]
    var sourceHasEnded = false
    var pending: [OutputStream: ArraySlice<UInt8>] = [:]
    var kept: [OutputStream: OutputKeeper] = [:]
    var dropped = 0
    var readerHasGone = false

    var ended: pi_report?
    var facts: pi_facts?
    var refusals: [pi_report] = []
    var hits: [LimitHit] = []
    var killedBy: LimitHit?
    var killAt: BootInstant?
    var killedAt: BootInstant?
    /// When to stop reading what the call has left in its pipes.
    var lastLook: BootInstant?
    var nextLook: BootInstant
    var layerWatch: LayerWatch?

    init(_ spec: CallSpec, _ streams: CallStreams, _ slot: Slot, in sandbox: Sandbox) throws {
        self.spec = spec
        self.streams = streams
        self.slot = slot
        self.sandbox = sandbox
        nextLook = start + Self.pause(before: spec.limits.processor.value)
        waiting = if case .bytes(let bytes) = streams.input { bytes } else { [] }
        for stream in OutputStream.allCases {
            kept[stream] = OutputKeeper(limit: spec.limits.outputKept.value)
        }
        if let layer = spec.limits.layer, !layer.isHeld {
            layerWatch = LayerWatch(layer, from: start)
        }
        do {
            try send()
        } catch let error as SystemError
            where error.errno == .brokenPipe || error.errno == .connectionReset
        {
            // The slot has ended before it was asked for anything, and has said why.
            try listen()
            throw whyNothingBegan(sandbox.reasonOfFailure())
        }
    }

    /// A slot that was killed has said nothing; its control group knows whether the memory was too little for the slot alone.
    func whyNothingBegan(_ told: LaunchError) -> LaunchError {
        guard told.step == .none, (slot.cgroup?.counted().outOfMemory ?? 0) > 0 else { return told }
        return LaunchError(.limits, nil, .outOfMemory)
    }

    /// Hands the plan to the slot, with its ends of new pipes.
    private mutating func send() throws {
        let plan = try MemoryFile.sealed(
            spec.encoded(watch: watch, processes: slot.cgroup == nil ? processes : nil))
        let order = packetBytes(
            pi_packet_order(order: PI_ORDER_CALL.rawValue, number: 0, everyone: 0))
        guard spec.terminal == nil else {
            return try slot.socket.sendWaiting(order, passing: [plan.borrowed])
        }
        let out = try Pipe(holding: .mebibytes(1))
        let err = try Pipe(holding: .kibibytes(256))
        for end in [out.reading.borrowed, err.reading.borrowed] { try end.neverBlock() }
        let errors = streams.mergesOutputs ? out.writing.borrowed : err.writing.borrowed
        if case .nothing = streams.input {
            let nothing = try Descriptor.source("/dev/null")
            try slot.socket.sendWaiting(
                order,
                passing: [plan.borrowed, nothing.borrowed, out.writing.borrowed, errors])
        } else {
            let pipe = try Pipe()
            try slot.socket.sendWaiting(
                order,
                passing: [plan.borrowed, pipe.reading.borrowed, out.writing.borrowed, errors])
            try pipe.writing.neverBlock()
            input = try pipe.writing.duplicate()
        }
        outputs = [
            .stdout: SharedDescriptor(try out.reading.duplicate()),
            .stderr: SharedDescriptor(try err.reading.duplicate()),
        ]
    }

    /// What no control group counts, the launcher watches.
    var watch: CallSpec.Watch {
        let limits = spec.limits
        let isCounted = slot.cgroup != nil
        return CallSpec.Watch(
            memory: isCounted ? nil : limits.memory.value,
            processor: slot.cgroup?.countsProcessor == true ? nil : limits.processor.value,
            written: limits.written?.value)
    }

    /// RLIMIT_NPROC counts all of the run's processes: PID 1, this slot and one that is made ready.
    var processes: Int { spec.limits.processes.value + 3 }

    // MARK: - The loop

    mutating func run() throws -> CallResult {
        do {
            while !isOver { try turn() }
        } catch {
            forceEnd()
            throw error
        }
        return try result()
    }

    /// The end of the slot is the end of all; what is still in the pipes is read before.
    var isOver: Bool {
        ended != nil && outputs.isEmpty && pending.values.allSatisfy { $0.isEmpty }
    }

    private mutating func turn() throws {
        let limit = try tend()
        var poll = Poll()
        let news = poll.add(ended == nil ? slot.socket.descriptor.borrowed : nil, for: .readable)
        let signals = poll.add(streams.signals, for: .readable)
        let source = poll.add(sourceToRead, for: .readable)
        let sink = poll.add(waiting.isEmpty ? nil : input?.borrowed, for: .writable)
        var places: [(OutputStream, Poll.Place, Poll.Place)] = []
        for stream in OutputStream.allCases {
            let isFull = !(pending[stream]?.isEmpty ?? true)
            places.append(
                (
                    stream, poll.add(isFull ? nil : outputs[stream]?.borrowed, for: .readable),
                    poll.add(isFull ? streams.sinks[stream]?.descriptor : nil, for: .writable)
                ))
        }
        try poll.wait(atMost: limit)
        if !poll.ready(signals).isEmpty { try obey() }
        if !poll.ready(source).isEmpty { try readSource() }
        if !poll.ready(sink).isEmpty { try feed() }
        for (stream, reading, writing) in places {
            if !poll.ready(reading).isEmpty { try drain(stream) }
            if !poll.ready(writing).isEmpty { try pass(stream) }
        }
        if !poll.ready(news).isEmpty { try listen() }
    }

    /// Does what is due, and says how long nothing will be.
    private mutating func tend() throws -> Duration? {
        let now = Clock<Boot>.system.now
        var next: BootInstant?
        func wake(_ instant: BootInstant) { next = min(next ?? instant, instant) }
        guard ended == nil else { return lingering(now) }
        if let killedAt {
            let last = killedAt + Self.grace
            if now >= last { forceEnd() }
            wake(max(last, now + .milliseconds(50)))
        } else if let killAt {
            if now >= killAt { kill() }
            wake(max(killAt, now + .milliseconds(50)))
        } else {
            let deadline = start + spec.limits.wall.value
            if now >= deadline { endGently(hit(.wall)) }
            wake(killAt ?? deadline)
        }
        if killedBy == nil, slot.cgroup?.countsProcessor == true {
            if now >= nextLook { lookAtProcessor(now) }
            wake(nextLook)
        }
        if killedBy == nil, let due = layerWatch?.next {
            if now >= due, let name = layerWatch?.look(now) { end(hit(name)) }
            wake(layerWatch?.next ?? due)
        }
        return next.map { min($0 - now, .seconds(10)) }
    }

    /// Nothing of the call is left, and what it printed is read at once; if a pipe does not end all the same, somebody
    /// outside was given it.
    private mutating func lingering(_ now: BootInstant) -> Duration? {
        // A slow reader is waited for; what it has not taken is not lost.
        guard pending.values.allSatisfy({ $0.isEmpty }) else { return nil }
        let last = lastLook ?? now + Self.grace
        lastLook = last
        guard now >= last || now >= start + spec.limits.wall.value + Self.grace else {
            return last - now
        }
        outputs = [:]
        return .zero
    }

    private mutating func lookAtProcessor(_ now: BootInstant) {
        let left = spec.limits.processor.value - (slot.cgroup?.processorUsed ?? .zero)
        guard left > .zero else { return end(hit(.cpu)) }
        nextLook = now + Self.pause(before: left)
    }

    /// No earlier than all processors at work could have used up what is left.
    private static func pause(before left: Duration) -> Duration {
        max(.milliseconds(20), left / ThisProcess.processors)
    }

    /// Between the signal that a program can answer and the one that it can't.
    private static var grace: Duration { .milliseconds(700) }

    private mutating func endGently(_ hit: LimitHit) {
        killedBy = killedBy ?? hit
        slot.send(PI_ORDER_SIGNAL, UInt32(Signal.terminate.rawValue), everyone: true)
        killAt = Clock<Boot>.system.now + Self.grace
    }

    private mutating func end(_ hit: LimitHit) {
        killedBy = killedBy ?? hit
        kill()
    }

    /// Everything that the call started; the slot then tells what it used.
    private mutating func kill() {
        guard killedAt == nil else { return }
        killedAt = Clock<Boot>.system.now
        slot.send(PI_ORDER_SIGNAL, UInt32(Signal.kill.rawValue), everyone: true)
    }

    /// A slot that does not even answer goes itself, and with it what is below.
    private mutating func forceEnd() {
        sandbox.readNews()
        slot.kill()
        slot.socket.descriptor.endBothWays()
        sandbox.forceEnd(of: slot)
    }

    // MARK: - What the launcher says

    private mutating func listen() throws {
        switch try slot.socket.receiveNow(limit: .kibibytes(4)) {
        case .nothingYet: return
        case .end:
            guard ended == nil else { return }
            // The slot has gone without a word: killed by us, or by the kernel for want of memory.
            guard facts != nil || killedAt != nil else {
                throw whyNothingBegan(sandbox.reasonOfFailure())
            }
            if killedBy == nil, killedAt == nil, ranOutOfMemory { killedBy = hit(.memory) }
            ended = pi_report()
            ended?.by_signal = 1
            ended?.code = Signal.kill.rawValue
        case .packet(var packet):
            guard let report = readReport(packet.bytes) else { return }
            switch report.kind {
            case PI_REPORT_FAILED.rawValue: throw LaunchError(report, sandbox.plan, spec)
            case PI_REPORT_STARTED.rawValue:
                facts = report.facts
                if let terminal = packet.takeDescriptor() { try useTerminal(terminal) }
            case PI_REPORT_GATE.rawValue:
                // Without anybody to serve them they are closed here, and with that every port is.
                if let sockets = GateSockets(&packet, ports: sandbox.plan.spec.ports) {
                    streams.network?.serve(sockets)
                }
            case PI_REPORT_REFUSED.rawValue: refusals.append(report)
            case PI_REPORT_ENDED.rawValue:
                ended = report
                noteWatched(report)
            default: break
            }
        }
    }

    private mutating func useTerminal(_ terminal: consuming Descriptor) throws {
        try terminal.neverBlock()
        input = try terminal.duplicate()
        outputs[.stdout] = SharedDescriptor(terminal)
    }

    private mutating func noteWatched(_ report: pi_report) {
        switch pi_watched(report.watched) {
        case PI_WATCHED_MEMORY: killedBy = killedBy ?? hit(.memory)
        case PI_WATCHED_PROCESSOR: killedBy = killedBy ?? hit(.cpu)
        case PI_WATCHED_WRITTEN: killedBy = killedBy ?? hit(.written)
        default: break
        }
    }

    // MARK: - Input

    var sourceToRead: BorrowedDescriptor? {
        guard case .descriptor(let source) = streams.input, !sourceHasEnded, waiting.isEmpty,
            // Before the program has begun, its input is still there for a start that is tried in another way.
            ended == nil, input != nil, facts != nil
        else { return nil }
        return source
    }

    private mutating func readSource() throws {
        guard case .descriptor(let source) = streams.input else { return }
        guard let bytes = try source.read(upTo: .kibibytes(64)) else { return }
        if bytes.isEmpty {
            sourceHasEnded = true
            endInput()
        }
        waiting = bytes
        if !waiting.isEmpty { try feed() }
    }

    private mutating func feed() throws {
        do throws(SystemError) {
            let taken = try input?.write(waiting[...], to: "the call's input")
            waiting.removeFirst(taken.flatMap { $0 } ?? 0)
        } catch {
            // A program need not read all that it is given.
            waiting = []
            sourceHasEnded = true
            if spec.terminal == nil { input = nil }
        }
        if waiting.isEmpty, case .bytes = streams.input { endInput() }
    }

    private mutating func endInput() {
        // A terminal has no end; a program learns of it by Ctrl-D, which is a key.
        if spec.terminal == nil { input = nil }
    }

    // MARK: - Output

    private mutating func drain(_ stream: OutputStream) throws {
        guard let source = outputs[stream] else { return }
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try source.descriptor.read(upTo: .kibibytes(256), from: stream.rawValue)
        } catch {
            // A terminal whose last program has gone answers with an error.
            bytes = []
        }
        guard let bytes else { return }
        guard !bytes.isEmpty else {
            outputs[stream] = nil
            return
        }
        lastLook = nil
        let before = OutputStream.allCases.reduce(0) { $0 + (kept[$1]?.total ?? 0) }
        let room = max(0, spec.limits.outputHard.value.bytes - before)
        if bytes.count > room {
            dropped += bytes.count - room
            if !hits.contains(where: { $0.name == .output }) { hits.append(hit(.output)) }
            if spec.limits.onHard == .kill { end(hit(.output)) }
        }
        let taken = bytes.prefix(room)
        kept[stream]?.keep(taken)
        guard streams.sinks[stream] != nil, !readerHasGone else { return }
        pending[stream] = taken
        try pass(stream)
    }

    private mutating func pass(_ stream: OutputStream) throws {
        guard let sink = streams.sinks[stream], let bytes = pending[stream], !bytes.isEmpty else {
            return
        }
        do throws(SystemError) {
            pending[stream] = bytes.dropFirst(try sink.write(bytes) ?? 0)
        } catch {
            guard error.errno == .brokenPipe else { throw error }
            readerHasGone = true
            pending = [:]
            kill()
        }
    }

    // MARK: - Signals

    private mutating func obey() throws {
        while let order = streams.nextSignal() {
            switch order {
            case .forward(let signal):
                slot.send(PI_ORDER_SIGNAL, UInt32(signal.rawValue))
            case .resize(let size): try outputs[.stdout]?.descriptor.resizeTerminal(to: size)
            case .stop:
                slot.send(PI_ORDER_SIGNAL, UInt32(Signal.stop.rawValue))
                Signal.stop.sendToThisProcess()
                slot.send(PI_ORDER_SIGNAL, UInt32(Signal.proceed.rawValue))
            case .end: kill()
            }
        }
    }
}
