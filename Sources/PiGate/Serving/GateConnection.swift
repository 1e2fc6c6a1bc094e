import PiSystem

/// One connection out of a sandbox: what was asked for, who was found, and the bytes between them.
final class GateConnection {
    let number: UInt64
    let inside: Side
    let outside = Side()
    unowned let call: CallState
    unowned let loop: GateLoop
    let destination: Destination
    var terms: GateTerms
    let begun: MonotonicInstant

    var stage = Stage.opening
    /// That it has, or may come to need.
    var descriptors = 0 { didSet { loop.descriptors += descriptors - oldValue } }
    /// What the client has said before there was anybody to say it to.
    var said: [UInt8] = []
    private var hasSpoken = false
    /// It is over, and that was no rule's doing.
    private(set) var hasFailed = false
    /// What a proxy has answered so far.
    var heard: [UInt8] = []
    /// Where the host is; nil if a proxy knows that.
    var dialled: IPAddress?
    var requests: RequestStream?
    var dial: Dial?
    /// Who answered: the host, or a proxy for it.
    var address: IPAddress?
    var up = Flow()
    var down = Flow()
    /// It was not ended in order, as the kernel has told whoever wrote.
    var serverHasCut = false
    /// Since when nobody takes what the program says, if it was speaking then.
    var deafSince: MonotonicInstant?
    /// When the program spoke last.
    var lastWord: MonotonicInstant?
    var lastNews: MonotonicInstant

    enum Stage: Hashable {
        /// Until it has said whom it means.
        case opening
        case resolving
        case dialing
        /// The proxy of this host.
        case asking
        case relaying
        case over
    }

    /// One way, with what could not yet be passed on.
    struct Flow {
        var waiting: [UInt8] = []
        var sourceHasEnded = false
        var endWasPassed = false
        /// Its source has cut it, or nobody takes any more.
        var wasCut = false
        var count = 0

        /// Both sides know that nothing more comes: whoever is closed now hears the end and no cut.
        var hasEndedInOrder: Bool { sourceHasEnded && endWasPassed && !wasCut }
    }

    struct Dial {
        var addresses: ArraySlice<IPAddress>
        let port: UInt16
        let isByProxy: Bool
        var attempts: [UInt64: (token: UInt64, socket: SharedDescriptor, address: IPAddress)] = [:]
        var next: MonotonicInstant
        var failure: String?
    }

    /// A client that says nothing, a server that is not there, a connection that nobody uses.
    private static let opening = Duration.seconds(30)
    private static let dialing = Duration.seconds(30)
    private static let idle = Duration.seconds(15 * 60)
    static let grace = Duration.seconds(2)
    /// Between one address of a host and the next (RFC 8305).
    static let stagger = Duration.milliseconds(250)
    static let unwatched = Ending.failed("the supervisor can't watch another connection")

    // MARK: - The beginning

    /// Decides, and begins what was allowed.
    static func begin(
        _ accepted: consuming Accepted, at port: Int, of call: CallState, in loop: GateLoop
    ) {
        let local = accepted.local
        let inside = SharedDescriptor(accepted.takeDescriptor())
        if begin(inside, .address(local, port: port), of: call, in: loop) == nil {
            // Whoever is refused hears it at once.
            inside.descriptor.resetWhenClosed()
        }
    }

    /// Decides, and begins what was allowed; nil if it was not.
    ///
    /// What it has said already goes to an address as it is; of a name it has to be heard.
    static func begin(
        _ inside: SharedDescriptor, _ asked: Destination, having said: [UInt8] = [],
        of call: CallState, in loop: GateLoop
    ) -> GateConnection? {
        var destination = asked
        if case .address(let address, let port) = asked, FakeAddresses.isFake(address) {
            guard let name = loop.names.name(of: address) else {
                call.report.note(
                    .denied, asked.place, rule: "network",
                    reason: "no name of this run has that address")
                return nil
            }
            destination = .name(name, port: port)
        }
        let terms: GateTerms
        switch call.decision(on: destination) {
        case .denied(let rule, let reason):
            call.report.note(.denied, destination.place, rule: rule, reason: reason)
            return nil
        case .allowed(let found): terms = found
        }
        guard call.connections.count < CallState.mostConnections else {
            call.report.note(
                .limited, destination.place, rule: terms.rule,
                reason: "the call has \(CallState.mostConnections) connections at once")
            return nil
        }
        let connection = GateConnection(inside, destination, terms, of: call, in: loop)
        if case .address = destination { connection.said = said }
        connection.start()
        return connection
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
        descriptors = Self.mostDescriptors
        guard inside.open(as: .inside(self), in: loop) else { return cut(Self.unwatched) }
        switch destination {
        case .name(let name, let port):
            if terms.contents == .plain { requests = RequestStream(to: name, port: port) }
        case .address(let address, _):
            // It names itself by where it goes, and what it says stays unread.
            if isOneMore() { dial([address]) }
        }
    }

    // MARK: - The end

    enum Ending {
        /// It was made and left without a word, as programs do that try two ways at once.
        case unused
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
        let before = stage
        stage = .over
        switch ending {
        case .denied, .limited: break
        default: hasFailed = true
        }
        descriptors = 0
        call.connections[number] = nil
        endDial()
        let (insideInOrder, outsideInOrder) =
            switch ending {
            case .done: (true, true)
            // What the program had said to its end is still delivered.
            case .ended: (false, up.sourceHasEnded && up.waiting.isEmpty)
            case .unused, .broken, .failed, .denied, .limited: (false, false)
            }
        inside.close(inOrder: insideInOrder, in: loop)
        outside.close(inOrder: outsideInOrder, in: loop)
        tell(ending, before)
        // Others may still hold it for a while.
        (said, heard, requests) = ([], [], nil)
        (up.waiting, down.waiting) = ([], [])
    }

    private func tell(_ ending: Ending, _ stage: Stage) {
        let verdict: GateRecord.Verdict
        var (rule, reason) = (terms.rule, "")
        switch ending {
        case .unused: return
        // Nobody had asked it for anything.
        case .ended where !hasSpoken && stage == .opening: return
        case .done, .broken: verdict = .allowed
        case .ended:
            verdict = stage == .relaying ? .allowed : .failed
            if stage != .relaying { reason = "the call ended before there was a connection" }
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

    /// By the rules of the call as they are now.
    func decideAgain() {
        switch call.decision(on: destination) {
        case .allowed(let now) where now.rule == terms.rule && now.contents == terms.contents:
            terms = now
            if let refusal = refusalOfAddress { cut(refusal) }
        case .allowed:
            cut(.denied(rule: terms.rule, reason: "the rule that allowed it is another now"))
        case .denied(let rule, let reason):
            cut(.denied(rule: rule, reason: "it is not allowed any more: \(reason)"))
        }
    }

    /// Where it leads by now, by the rules as they are now; nil if it may.
    var refusalOfAddress: Ending? {
        guard case .name(let name, let port) = destination, let dialled,
            case .denied(let rule, let reason)? = call.rules.refusal(
                of: dialled, for: name, port: port)
        else { return nil }
        return .denied(rule: rule, reason: "it is not allowed any more: \(reason)")
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
        case .asking where silence > Self.dialing:
            cut(.failed("the proxy of this host gives no answer"))
        case .relaying where silence > Self.idle: cut(.failed("nobody has used it for 15 minutes"))
        case .relaying: endIfOver()
        default: break
        }
    }

    // MARK: - Whom it means

    func open() throws(SystemError) {
        guard let bytes = try inside.read(upTo: .kibibytes(16)) else { return }
        guard !bytes.isEmpty else {
            return cut(
                hasSpoken ? .failed("it ended before it had said whom it means") : .unused)
        }
        try hear(bytes)
    }

    /// What it has said to a proxy already, or says first.
    func hear(_ bytes: [UInt8], asOfProxy: Bool = false) throws(SystemError) {
        guard stage != .over else { return }
        lastNews = loop.now
        hasSpoken = true
        if asOfProxy, case .name(let name, let port) = destination {
            guard terms.contents == .plain else {
                return cut(
                    .denied(rule: terms.rule, reason: "the rule is for TLS, and this is plain HTTP")
                )
            }
            requests = RequestStream(to: name, port: port, proxied: true)
        }
        guard case .name(let name, _) = destination else { return }
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
        guard isOneMore() else { return }
        // What more it says waits in the kernel until somebody hears it.
        try inside.watch([], in: loop)
        stage = .resolving
        lastNews = loop.now
        loop.resolve(name, for: self, of: call)
    }

    /// It has said whom it means, and counts; false if the rule has had all that it may have.
    private func isOneMore() -> Bool {
        guard let reason = loop.connect(terms) else { return true }
        cut(.limited(reason))
        return false
    }

    /// What of its requests may go on; nil if it was cut for them.
    func pass(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        do throws(RequestStream.Fault) {
            return try requests?.take(bytes) ?? Array(bytes)
        } catch {
            cut(.denied(rule: terms.rule, reason: "what it says \(error.phrase)"))
            return nil
        }
    }
}
