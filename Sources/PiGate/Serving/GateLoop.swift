import PiSystem

/// The gate's thread: all sockets of all calls, and nothing that waits.
///
/// Invariants: a token is given out once, and what it stands for is gone when it is not in the table; a connection
/// is in its call's table as long as it is open; what a rule limits is counted before it is passed on.
final class GateLoop {
    enum Watched {
        case questions(CallState)
        case questionStreams(CallState)
        case listener(CallState, GateCall.Doors.Listener)
        case questionStream(QuestionStream)
        case knock(ProxyKnock)
        case inside(GateConnection)
        case outside(GateConnection)
        case attempt(GateConnection, UInt64)
    }

    let readiness: Readiness
    private let commands: GateCommands
    private let resolver: any NameResolver
    let proxy: UpstreamProxy?
    private var calls: [UInt64: CallState] = [:]
    private var watched: [UInt64: Watched] = [:]
    /// Who waits for the answer to a question that is being asked.
    private var waiting: [HostName: [GateConnection]] = [:]
    private var queued: [(name: HostName, call: CallState)] = []
    private var asking: [HostName: CallState] = [:]
    private var nextToken: UInt64 = 1
    private var isOver = false
    /// That connections of all calls may take; others need some, too.
    private let mostDescriptors: Int
    /// That connections have, or may come to need.
    var descriptors = 0
    var names = FakeAddresses()
    var uses: [String: RuleUse] = [:]
    var buffer = TransferBuffer(size: .kibibytes(256))
    var now = Clock<Monotonic>.system.now

    init(
        _ readiness: Readiness, _ commands: GateCommands, _ resolver: any NameResolver,
        _ proxy: UpstreamProxy?, openFiles: Int
    ) {
        mostDescriptors = max(64, openFiles - 256)
        self.proxy = proxy
        self.readiness = readiness
        self.commands = commands
        self.resolver = resolver
    }

    func run() {
        while !isOver {
            let news = readiness.wait(atMost: pause)
            now = Clock<Monotonic>.system.now
            for one in news { handle(one) }
            for command in commands.take() { obey(command) }
            tend()
        }
        for call in calls.values { close(call) }
        commands.close()
    }

    // MARK: - Tokens

    func watch(
        _ descriptor: borrowing Descriptor, _ interest: Readiness.Interest, as what: Watched
    ) -> UInt64? {
        let token = nextToken
        nextToken += 1
        do throws(SystemError) {
            try readiness.watch(descriptor, token, from: [], to: interest)
        } catch {
            // The kernel has no room for another: whoever asked ends what it wanted to watch.
            return nil
        }
        watched[token] = what
        return token
    }

    /// What the token stands for from now on; nil if for nothing.
    func rename(_ token: UInt64, _ what: Watched?) { watched[token] = what }

    func forget(
        _ token: UInt64, _ descriptor: borrowing Descriptor, _ interest: Readiness.Interest
    ) {
        watched[token] = nil
        // What can't be taken out goes with its last descriptor.
        try? readiness.watch(descriptor, token, from: interest, to: [])
    }

    // MARK: - News

    private func handle(_ news: Readiness.News) {
        guard let what = watched[news.token] else { return }
        switch what {
        case .questions(let call): answerQuestions(of: call)
        case .questionStreams(let call): acceptQuestions(of: call)
        case .listener(let call, let listener): accept(on: listener, of: call)
        case .questionStream(let stream): stream.goOn(news.ready)
        case .knock(let knock): knock.goOn()
        case .inside(let connection): connection.insideIsReady(news.ready)
        case .outside(let connection): connection.outsideIsReady(news.ready)
        case .attempt(let connection, let number): connection.attemptIsReady(number)
        }
    }

    private func obey(_ command: GateCommands.Command) {
        switch command {
        case .serve(let number, let rules, let doors): open(CallState(number, rules, doors))
        case .change(let number, let rules):
            guard let call = calls[number] else { return }
            call.rules = rules
            for connection in call.connections.values { connection.decideAgain() }
        case .endCall(let number, let answer):
            guard let call = calls[number] else {
                answer?.give(GateReport())
                return
            }
            beginEnd(of: call, answer)
        case .resolved(let name, let found): answered(name, found)
        case .end: isOver = true
        }
    }

    private func open(_ call: CallState) {
        calls[call.number] = call
        call.resume(in: self)
    }

    /// What it had said is still passed on, as the kernel would do it, as far as somebody takes it soon.
    private func beginEnd(of call: CallState, _ answer: GateAnswer?) {
        // It may have connected just before, and nobody has looked since.
        for listener in call.doors.listeners { accept(on: listener, of: call) }
        call.suspend(in: self)
        call.end = CallState.End(answer: answer, latest: now + GateConnection.grace, nextLook: now)
        for knock in call.knocks.values { knock.goOn() }
        for connection in call.connections.values { connection.finish() }
    }

    private func goOnEnding(_ call: CallState, _ end: CallState.End) {
        // It may have thousands, and others have news meanwhile.
        guard end.nextLook <= now else { return }
        call.end?.nextLook = now + .milliseconds(5)
        for connection in call.connections.values
        where end.answer == nil || end.latest <= now || !connection.hasLastWords {
            connection.cut(.ended)
        }
        if call.connections.isEmpty { close(call) }
    }

    private func close(_ call: CallState) {
        calls[call.number] = nil
        for connection in call.connections.values { connection.cut(.ended) }
        for stream in call.streams.values { stream.close() }
        for knock in call.knocks.values { knock.close() }
        call.suspend(in: self)
        call.end?.answer?.give(call.report)
    }

    // MARK: - Connections

    private func accept(on listener: GateCall.Doors.Listener, of call: CallState) {
        let port = listener.port
        do throws(SystemError) {
            // A few at a time: others want their turn.
            for _ in 0..<64 {
                guard let accepted = try Accepted.next(on: listener.socket.descriptor) else {
                    return
                }
                guard hasRoomForOneMore else {
                    accepted.descriptor.resetWhenClosed()
                    call.report.note(
                        .limited, "port \(port)", rule: "network",
                        reason:
                            "the run has as many connections at once as it may open files (`ulimit -n`)"
                    )
                    continue
                }
                if port == call.doors.proxyPort {
                    ProxyKnock.begin(accepted, of: call, in: self)
                } else {
                    GateConnection.begin(accepted, at: port, of: call, in: self)
                }
            }
        } catch {
            // No descriptors are left: those who wait are let in when some have been given back.
            call.suspend(in: self, until: now + .milliseconds(100))
        }
    }

    private var hasRoomForOneMore: Bool {
        let one = GateConnection.mostDescriptors
        // Who knocks is a connection as soon as it says so.
        let others = calls.values.reduce(0) { $0 + $1.knocks.count * one + $1.streams.count }
        return descriptors + others + one <= mostDescriptors
    }

    /// Asks on a thread of its own, one for all who want to know the same; the answer comes as a command.
    func resolve(_ name: HostName, for connection: GateConnection, of call: CallState) {
        if waiting[name] != nil {
            waiting[name]?.append(connection)
            return
        }
        waiting[name] = [connection]
        queued.append((name, call))
        askNext()
    }

    /// One call's questions are not in the way of another's, however long their answers take.
    private func askNext() {
        while asking.count < Self.mostQuestions,
            let place = queued.firstIndex(where: { $0.call.questions < CallState.mostQuestions })
        {
            let (name, call) = queued.remove(at: place)
            // Nobody wants to know any more.
            guard waiting[name]?.contains(where: { $0.stage == .resolving }) == true else {
                waiting[name] = nil
                continue
            }
            ask(name, for: call)
        }
    }

    private func ask(_ name: HostName, for call: CallState) {
        asking[name] = call
        call.questions += 1
        let (commands, resolver) = (commands, resolver)
        let proxy = proxy.flatMap { $0.serves(name) ? $0 : nil }
        do throws(SystemError) {
            try onThreadOfItsOwn {
                let found = GateCommands.Found(
                    addresses: Result { try resolver.addresses(of: name) },
                    proxy: proxy.map { proxy in Result { try proxy.addresses(by: resolver) } })
                commands.post(.resolved(name, found))
            }
        } catch {
            answered(name, .init(addresses: .failure(error), proxy: nil))
        }
    }

    private func answered(_ name: HostName, _ found: GateCommands.Found) {
        asking.removeValue(forKey: name)?.questions -= 1
        for connection in waiting.removeValue(forKey: name) ?? [] { connection.resolved(found) }
        askNext()
    }

    /// Names that are looked up at once; one may take long.
    private static let mostQuestions = 64

    func newNumber() -> UInt64 { commands.newNumber() }

    // MARK: - Time

    /// How long nothing is due; nil if only news can make something so.
    private var pause: Duration? {
        var pause: Duration?
        for call in calls.values {
            if call.end != nil { pause = min(pause ?? .milliseconds(5), .milliseconds(5)) }
            if call.isSuspended { pause = min(pause ?? .milliseconds(100), .milliseconds(100)) }
            if call.isDialing { pause = min(pause ?? .milliseconds(25), .milliseconds(25)) }
            if !call.connections.isEmpty || !call.streams.isEmpty || !call.knocks.isEmpty {
                pause = min(pause ?? .seconds(1), .seconds(1))
            }
        }
        return pause
    }

    private func tend() {
        for call in calls.values {
            if let until = call.suspendedUntil, until <= now { call.resume(in: self) }
            if let end = call.end { goOnEnding(call, end) }
            guard call.nextLook <= now else { continue }
            for connection in call.connections.values { connection.tend() }
            for stream in call.streams.values where stream.isOver(at: now) { stream.close() }
            for knock in call.knocks.values where knock.isOver(at: now) { knock.close() }
            call.nextLook = now + (call.isDialing ? .milliseconds(25) : .seconds(1))
        }
    }
}

/// A call, its sockets, and what was decided in it.
final class CallState {
    let number: UInt64
    var rules: GateRules { didSet { decided = [:] } }
    private var decided: [Destination: GateDecision] = [:]
    let doors: GateCall.Doors
    var report = GateReport()
    var connections: [UInt64: GateConnection] = [:]
    var streams: [UInt64: QuestionStream] = [:]
    var knocks: [UInt64: ProxyKnock] = [:]
    var nextLook = MonotonicInstant(nanoseconds: 0)
    private var tokens: [(token: UInt64, socket: SharedDescriptor)] = []
    private(set) var suspendedUntil: MonotonicInstant?
    /// Its programs are gone, and what they have said may still be on its way.
    var end: End?

    struct End {
        /// Who waits for it; nil if nobody does.
        let answer: GateAnswer?
        let latest: MonotonicInstant
        var nextLook: MonotonicInstant
    }

    /// At once; each takes two descriptors of the supervisor's.
    static let mostConnections = 8192
    static let mostNames = 20_480
    var newNames = 0
    var questions = 0
    static let mostQuestions = 16

    /// How much is read at once: all that may wait for slow readers is bounded for the call as a whole.
    var piece: Int { min(256 << 10, max(4 << 10, (16 << 20) / max(1, connections.count))) }
    static let mostStreams = 16

    init(_ number: UInt64, _ rules: GateRules, _ doors: GateCall.Doors) {
        self.number = number
        self.rules = rules
        self.doors = doors
    }

    /// The rules always say the same of the same.
    func decision(on destination: Destination) -> GateDecision {
        if let known = decided[destination] { return known }
        let decision = rules.connection(destination)
        if decided.count >= Self.mostDecided { decided = [:] }
        decided[destination] = decision
        return decision
    }

    private static let mostDecided = 1024

    var isSuspended: Bool { suspendedUntil != nil }
    var isDialing: Bool { dialing > 0 }
    var dialing = 0

    func resume(in loop: GateLoop) {
        suspendedUntil = nil
        add(doors.questions, .questions(self), loop)
        add(doors.questionStreams, .questionStreams(self), loop)
        for listener in doors.listeners {
            add(listener.socket, .listener(self, listener), loop)
        }
    }

    private func add(_ socket: SharedDescriptor, _ what: GateLoop.Watched, _ loop: GateLoop) {
        guard let token = loop.watch(socket.descriptor, .readable, as: what) else { return }
        tokens.append((token, socket))
    }

    func suspend(in loop: GateLoop, until instant: MonotonicInstant? = nil) {
        for (token, socket) in tokens { loop.forget(token, socket.descriptor, .readable) }
        tokens = []
        suspendedUntil = instant
    }
}
