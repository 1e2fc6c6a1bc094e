import PiSystem

/// One connection out of a sandbox: what was asked for, who was found, and the bytes between them.
final class GateConnection {
    let number: UInt64
    private let inside: Side
    private let outside = Side()
    private unowned let call: CallState
    private unowned let loop: GateLoop
    private let destination: Destination
    private let terms: GateTerms
    private let begun: MonotonicInstant

    private var stage = Stage.opening
    /// What the client has said before there was anybody to say it to.
    private var said: [UInt8] = []
    private var requests: RequestStream?
    private var dial: Dial?
    private var address: String?
    private var up = Flow()
    private var down = Flow()
    private var lastNews: MonotonicInstant

    private enum Stage: Hashable {
        /// Until it has said whom it means.
        case opening
        case resolving
        case dialing
        case relaying
        case over
    }

    /// One of the two sockets, and what it is watched for.
    private final class Side {
        var socket: SharedDescriptor?
        var token: UInt64?
        var interest: Readiness.Interest = []

        init(_ socket: SharedDescriptor? = nil) {
            self.socket = socket
        }

        func open(as what: GateLoop.Watched, in loop: GateLoop) -> Bool {
            guard let socket else { return false }
            token = loop.watch(socket.descriptor, .readable, as: what)
            interest = .readable
            return token != nil
        }

        func watch(_ wanted: Readiness.Interest, in loop: GateLoop) throws(SystemError) {
            guard let socket, let token, wanted != interest else { return }
            try loop.readiness.watch(socket.descriptor, token, from: interest, to: wanted)
            interest = wanted
        }

        /// Lets go of it; in order, or so that the other side hears that it was cut.
        func close(inOrder: Bool, in loop: GateLoop) {
            guard let socket else { return }
            if let token { loop.forget(token, socket.descriptor, interest) }
            socket.descriptor.resetWhenClosed(!inOrder)
            (self.socket, token) = (nil, nil)
        }

        /// Nil if there is nothing yet.
        func read(upTo limit: ByteCount) throws(SystemError) -> [UInt8]? {
            try socket?.descriptor.read(upTo: limit, from: "a connection")
        }

        /// How much was taken of it.
        func write(_ bytes: [UInt8]) throws(SystemError) -> Int {
            try socket?.descriptor.write(bytes[...], to: "a connection") ?? 0
        }

        func endWriting() throws(SystemError) { try socket?.descriptor.endWriting() }
    }

    /// One way, with what could not yet be passed on.
    private struct Flow {
        var waiting: [UInt8] = []
        var sourceHasEnded = false
        var endWasPassed = false
        var count = 0
    }

    private struct Dial {
        var addresses: ArraySlice<IPAddress>
        var attempts: [UInt64: (token: UInt64, socket: SharedDescriptor, address: IPAddress)] = [:]
        var next: MonotonicInstant
        var failure: String?
    }

    /// A client that says nothing, a server that is not there, a connection that nobody uses.
    private static let opening = Duration.seconds(30)
    private static let dialing = Duration.seconds(30)
    private static let idle = Duration.seconds(15 * 60)
    /// Between one address of a host and the next (RFC 8305).
    private static let stagger = Duration.milliseconds(250)
    private static let unwatched = Ending.failed("the supervisor can't watch another connection")

    // MARK: - The beginning

    /// Decides, and begins what was allowed.
    static func begin(
        _ accepted: consuming Accepted, at port: Int, of call: CallState, in loop: GateLoop
    ) {
        let local = accepted.local
        let inside = SharedDescriptor(accepted.takeDescriptor())
        // Whoever is refused hears it at once.
        inside.descriptor.resetWhenClosed(true)
        let destination: Destination
        if FakeAddresses.isFake(local) {
            guard let name = loop.names.name(of: local) else {
                return call.report.note(
                    .denied, Destination.address(local, port: port).place, rule: "network",
                    reason: "no name of this run has that address")
            }
            destination = .name(name, port: port)
        } else {
            destination = .address(local, port: port)
        }
        let terms: GateTerms
        switch call.rules.connection(destination) {
        case .denied(let rule, let reason):
            return call.report.note(.denied, destination.place, rule: rule, reason: reason)
        case .allowed(let found): terms = found
        }
        func limited(_ reason: String) {
            call.report.note(.limited, destination.place, rule: terms.rule, reason: reason)
        }
        guard call.connections.count < CallState.mostConnections else {
            return limited("the call has \(CallState.mostConnections) connections at once")
        }
        loop.uses[terms.rule, default: RuleUse()].begin(at: loop.now, per: terms.per)
        if let most = terms.connections, loop.uses[terms.rule]!.connections >= most {
            return limited("the rule has had its \(most) connections")
        }
        loop.uses[terms.rule]!.connect()
        let connection = GateConnection(inside, destination, terms, of: call, in: loop)
        connection.start()
    }

    private init(
        _ inside: SharedDescriptor, _ destination: Destination, _ terms: GateTerms,
        of call: CallState, in loop: GateLoop
    ) {
        number = loop.newNumber()
        self.inside = Side(inside)
        self.destination = destination
        self.terms = terms
        self.call = call
        self.loop = loop
        begun = loop.now
        lastNews = loop.now
    }

    private func start() {
        call.connections[number] = self
        guard inside.open(as: .inside(self), in: loop) else { return cut(Self.unwatched) }
        switch destination {
        case .name(let name, let port):
            if terms.contents == .plain { requests = RequestStream(to: name, port: port) }
        case .address(let address, _):
            // It names itself by where it goes, and what it says stays unread.
            dial([address])
        }
    }

    // MARK: - The end

    enum Ending {
        case done
        /// One side has cut it, which is told to the other.
        case broken
        /// With its call, or with the run.
        case ended
        case failed(String)
        case denied(rule: String, reason: String)
        case limited(String)
    }

    /// Only what has come to its own end is closed; everything else is cut, and both sides hear that.
    func cut(_ ending: Ending) {
        guard stage != .over else { return }
        let hadBegun = stage == .relaying
        stage = .over
        call.connections[number] = nil
        endDial()
        var isInOrder = false
        if case .done = ending { isInOrder = true }
        inside.close(inOrder: isInOrder, in: loop)
        outside.close(inOrder: isInOrder, in: loop)
        tell(ending, hadBegun)
    }

    private func tell(_ ending: Ending, _ hadBegun: Bool) {
        let verdict: GateRecord.Verdict
        var (rule, reason) = (terms.rule, "")
        switch ending {
        case .done, .broken: verdict = .allowed
        case .ended:
            verdict = hadBegun ? .allowed : .failed
            if !hadBegun { reason = "the call ended before there was a connection" }
        case .failed(let why): (verdict, reason) = (.failed, why)
        case .denied(let by, let why): (verdict, rule, reason) = (.denied, by, why)
        case .limited(let why): (verdict, reason) = (.limited, why)
        }
        let length = loop.now - begun
        call.report.note(verdict, destination.place, rule: rule, reason: reason) { record in
            record.sent += up.count
            record.received += down.count
            record.longest = max(record.longest, length)
            record.address = address ?? record.address
        }
    }

    func tend() {
        let silence = loop.now - lastNews
        switch stage {
        case .opening where loop.now - begun > Self.opening:
            cut(.failed("it said nothing that tells whom it means"))
        case .resolving where silence > Self.dialing:
            cut(.failed("no resolver of this host has answered"))
        case .dialing:
            if loop.now - begun > Self.dialing + Self.opening {
                cut(.failed("nobody answers there"))
            } else if let dial, dial.next <= loop.now {
                tryNext()
            }
        case .relaying where silence > Self.idle: cut(.failed("nobody has used it for 15 minutes"))
        default: break
        }
    }

    // MARK: - Whom it means

    private func open() throws(SystemError) {
        guard let bytes = try inside.read(upTo: .kibibytes(16)) else { return }
        guard !bytes.isEmpty else {
            return cut(.failed("it ended before it had said whom it means"))
        }
        lastNews = loop.now
        guard case .name(let name, _) = destination else {
            said += bytes
            return
        }
        if terms.contents == .plain {
            guard let through = pass(bytes[...]) else { return }
            said += through
            guard (requests?.requests ?? 0) > 0 else { return }
        } else {
            said += bytes
            switch ClientHello.read(said) {
            case .more: return
            case .fault(let fault): return cut(.denied(rule: terms.rule, reason: fault.phrase))
            case .hello(let hello):
                if let reason = hello.refusal(for: name) {
                    return cut(.denied(rule: terms.rule, reason: reason))
                }
            }
        }
        // What more it says waits in the kernel until somebody hears it.
        try inside.watch([], in: loop)
        stage = .resolving
        lastNews = loop.now
        loop.resolve(name, for: self)
    }

    /// What of its requests may go on; nil if it was cut for them.
    private func pass(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        do throws(RequestStream.Fault) {
            return try requests?.take(bytes) ?? Array(bytes)
        } catch {
            cut(.denied(rule: terms.rule, reason: "what it says \(error.phrase)"))
            return nil
        }
    }

    // MARK: - Where that is

    func resolved(_ result: Result<[IPAddress], any Error>) {
        guard stage == .resolving, case .name(let name, let port) = destination else { return }
        switch result {
        case .failure(let error): return cut(.failed("\(error)"))
        case .success(let addresses):
            guard !addresses.isEmpty else { return cut(.failed("there is no such host")) }
            var refused: GateDecision?
            let fit = addresses.filter { address in
                guard let refusal = call.rules.refusal(of: address, for: name, port: port) else {
                    return true
                }
                refused = refused ?? refusal
                return false
            }
            if fit.isEmpty, case .denied(let rule, let reason)? = refused {
                return cut(.denied(rule: rule, reason: reason))
            }
            dial(Self.alternating(fit))
        }
    }

    /// One family and the other in turn, as they came.
    private static func alternating(_ addresses: [IPAddress]) -> [IPAddress] {
        var (six, four) = (addresses.filter(\.isV6)[...], addresses.filter { !$0.isV6 }[...])
        var list: [IPAddress] = []
        while !six.isEmpty || !four.isEmpty {
            if let one = six.popFirst() { list.append(one) }
            if let one = four.popFirst() { list.append(one) }
        }
        return list
    }

    private func dial(_ addresses: [IPAddress]) {
        stage = .dialing
        call.dialing += 1
        dial = Dial(addresses: addresses[...], next: loop.now)
        tryNext()
    }

    private func endDial() {
        guard let ended = dial else { return }
        dial = nil
        call.dialing -= 1
        for attempt in ended.attempts.values {
            loop.forget(attempt.token, attempt.socket.descriptor, .writable)
        }
    }

    private func tryNext() {
        while let address = dial?.addresses.popFirst() {
            do throws(SystemError) {
                let socket = SharedDescriptor(
                    try Descriptor.connecting(to: address, port: UInt16(destination.port)))
                let attempt = loop.newNumber()
                guard
                    let token = loop.watch(
                        socket.descriptor, .writable, as: .attempt(self, attempt))
                else { return cut(Self.unwatched) }
                dial?.attempts[attempt] = (token, socket, address)
                dial?.next = loop.now + Self.stagger
                call.nextLook = min(call.nextLook, dial!.next)
                return
            } catch {
                dial?.failure = error.sentence
            }
        }
        guard let dial, dial.attempts.isEmpty else { return }
        cut(.failed(dial.failure ?? "nobody answers there"))
    }

    func attemptIsReady(_ number: UInt64) {
        guard stage == .dialing, let attempt = dial?.attempts.removeValue(forKey: number) else {
            return
        }
        loop.forget(attempt.token, attempt.socket.descriptor, .writable)
        do throws(SystemError) {
            try attempt.socket.descriptor.checkConnected()
            address = "\(attempt.address)"
            endDial()
            try relay(attempt.socket)
        } catch {
            guard dial != nil else { return cut(.failed(error.sentence)) }
            dial?.failure = "\(attempt.address): \(error.errno?.description ?? error.sentence)"
            tryNext()
        }
    }

    // MARK: - Between both

    private func relay(_ socket: SharedDescriptor) throws(SystemError) {
        stage = .relaying
        lastNews = loop.now
        outside.socket = socket
        guard outside.open(as: .outside(self), in: loop) else { return cut(Self.unwatched) }
        guard count(sent: said.count) else { return }
        up.waiting = said
        said = []
        try flushUp()
        try watchBoth()
    }

    func insideIsReady(_ ready: Readiness.Interest) {
        do throws(SystemError) {
            switch stage {
            case .opening: try open()
            case .relaying:
                if !down.waiting.isEmpty { try flushDown() }
                if up.waiting.isEmpty, !up.sourceHasEnded, stage == .relaying { try moveUp() }
                try watchBoth()
            // It has nothing to say yet that anybody could hear.
            case .dialing: try inside.watch([], in: loop)
            case .resolving, .over: break
            }
        } catch {
            cut(up.count + down.count > 0 ? .broken : .failed(error.sentence))
        }
    }

    func outsideIsReady(_ ready: Readiness.Interest) {
        guard stage == .relaying else { return }
        do throws(SystemError) {
            if !up.waiting.isEmpty { try flushUp() }
            if down.waiting.isEmpty, !down.sourceHasEnded, stage == .relaying { try moveDown() }
            try watchBoth()
        } catch {
            cut(up.count + down.count > 0 ? .broken : .failed(error.sentence))
        }
    }

    private func moveUp() throws(SystemError) {
        guard let room = room(terms.upload, loop.uses[terms.rule]?.sent) else {
            return cut(.limited("the rule has let out its \(ByteCount(terms.upload ?? 0))"))
        }
        guard let count = try read(from: inside, atMost: room) else { return }
        lastNews = loop.now
        guard count > 0 else {
            up.sourceHasEnded = true
            return try flushUp()
        }
        guard self.count(sent: count) else { return }
        if requests != nil {
            guard let through = pass(loop.buffer.contents()) else { return }
            up.waiting = through
            return try flushUp()
        }
        up.waiting = try write(count, to: outside)
    }

    private func moveDown() throws(SystemError) {
        guard let room = room(terms.download, loop.uses[terms.rule]?.received) else {
            return cut(.limited("the rule has let in its \(ByteCount(terms.download ?? 0))"))
        }
        guard let count = try read(from: outside, atMost: room) else { return }
        lastNews = loop.now
        guard count > 0 else {
            down.sourceHasEnded = true
            return try flushDown()
        }
        down.count += count
        loop.uses[terms.rule]?.receive(count)
        down.waiting = try write(count, to: inside)
    }

    private func read(from side: Side, atMost limit: Int) throws(SystemError) -> Int? {
        guard let socket = side.socket else { return nil }
        return try loop.buffer.read(from: socket.descriptor, atMost: limit)
    }

    /// What could not be taken now.
    private func write(_ count: Int, to side: Side) throws(SystemError) -> [UInt8] {
        guard let socket = side.socket else { return [] }
        let taken = try loop.buffer.write(from: 0, to: socket.descriptor)
        return taken < count ? Array(loop.buffer.contents(from: taken)) : []
    }

    /// What may still be moved; nil if nothing may.
    private func room(_ limit: Int?, _ used: Int?) -> Int? {
        guard let limit else { return loop.buffer.capacity }
        let left = limit - (used ?? 0)
        return left > 0 ? left : nil
    }

    /// False if that was more than it may send, and it was cut.
    private func count(sent count: Int) -> Bool {
        up.count += count
        loop.uses[terms.rule]?.send(count)
        guard let limit = terms.upload, loop.uses[terms.rule]?.sent ?? 0 > limit else {
            return true
        }
        cut(.limited("the rule has let out its \(ByteCount(limit))"))
        return false
    }

    private func flushUp() throws(SystemError) {
        guard stage == .relaying else { return }
        if !up.waiting.isEmpty {
            up.waiting.removeFirst(try outside.write(up.waiting))
        }
        guard up.waiting.isEmpty, up.sourceHasEnded, !up.endWasPassed else { return }
        up.endWasPassed = true
        try outside.endWriting()
        endIfDone()
    }

    private func flushDown() throws(SystemError) {
        guard stage == .relaying else { return }
        if !down.waiting.isEmpty {
            down.waiting.removeFirst(try inside.write(down.waiting))
        }
        guard down.waiting.isEmpty, down.sourceHasEnded, !down.endWasPassed else { return }
        down.endWasPassed = true
        try inside.endWriting()
        endIfDone()
    }

    private func endIfDone() {
        if up.endWasPassed, down.endWasPassed { cut(.done) }
    }

    private func watchBoth() throws(SystemError) {
        guard stage == .relaying else { return }
        var (inward, outward) = (Readiness.Interest(), Readiness.Interest())
        if up.waiting.isEmpty {
            if !up.sourceHasEnded { inward.insert(.readable) }
        } else {
            outward.insert(.writable)
        }
        if down.waiting.isEmpty {
            if !down.sourceHasEnded { outward.insert(.readable) }
        } else {
            inward.insert(.writable)
        }
        try inside.watch(inward, in: loop)
        try outside.watch(outward, in: loop)
    }
}

extension ClientHello {
    /// Why it does not go to that host; nil if it does.
    fileprivate func refusal(for name: HostName) -> String? {
        guard let named = self.name else {
            return "its TLS names no host, so nobody could tell whom it means"
        }
        guard named == name else { return "its TLS names another host, \(named)" }
        return hidesAnother
            ? "its TLS has a second greeting in it that is encrypted, and may name another host"
            : nil
    }
}

extension ClientHello.Fault {
    fileprivate var phrase: String {
        switch self {
        case .noTLS:
            "it does not begin with TLS; `tls: plain` lets HTTP through that is not encrypted"
        case .malformed: "its TLS greeting contradicts itself"
        case .tooLong: "its TLS greeting is longer than \(ClientHello.longest >> 10) KiB"
        case .badName: "its TLS names no host in the way that there is one of"
        }
    }
}
