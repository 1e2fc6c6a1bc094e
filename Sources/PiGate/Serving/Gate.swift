package import PiSystem
import Synchronization

/// The only way out of the sandboxes of one run, served by one thread of the supervisor.
///
/// It knows no policy: each call comes with rules of its own. When it ends, or its thread does, what was open is
/// closed, and nothing is left that leads anywhere.
package final class Gate: Sendable {
    let commands: GateCommands
    private let ended: Descriptor

    package init(
        resolver: any NameResolver = SystemResolver(), by proxy: UpstreamProxy? = nil
    ) throws(SystemError) {
        let openFiles = try ThisProcess.raiseOpenFiles()
        let readiness = try Readiness()
        let commands = GateCommands(readiness.waker)
        self.commands = commands
        let pipe = try Pipe()
        let running = SharedDescriptor(pipe.writing)
        ended = pipe.reading
        try onThreadOfItsOwn {
            GateLoop(readiness, commands, resolver, proxy, openFiles: openFiles).run()
            withExtendedLifetime(running) {}
        }
    }

    /// Another call of the run.
    package func call(_ rules: GateRules) -> GateCall {
        GateCall(rules, commands)
    }

    /// Cuts all connections; when it returns, none is left.
    package func end() {
        commands.post(.end)
        // Nothing is ever written: this returns at the end.
        _ = try? ended.read(upTo: ByteCount(1), from: "the gate's thread")
    }

    deinit {
        commands.post(.end)
    }
}

/// One call's share of the gate.
package final class GateCall: Sendable {
    let number: UInt64
    private let rules: Mutex<GateRules>
    private let commands: GateCommands

    init(_ rules: GateRules, _ commands: GateCommands) {
        self.rules = Mutex(rules)
        self.commands = commands
        number = commands.newNumber()
    }

    deinit {
        // One that never began, or whose end nobody could wait for, leaves nothing open either.
        commands.post(.endCall(number, nil))
    }

    /// Sockets that were made in the call's own network, none of which blocks.
    package struct Doors: Sendable {
        package struct Listener: Sendable {
            package let port: Int
            package let socket: SharedDescriptor

            package init(port: Int, socket: SharedDescriptor) {
                self.port = port
                self.socket = socket
            }
        }

        package let questions: SharedDescriptor
        package let questionStreams: SharedDescriptor
        package let listeners: [Listener]
        /// At which of these it is asked as a proxy; nil if at none.
        package let proxyPort: Int?

        package init(
            questions: SharedDescriptor, questionStreams: SharedDescriptor, listeners: [Listener],
            proxyPort: Int? = nil
        ) {
            self.questions = questions
            self.questionStreams = questionStreams
            self.listeners = listeners
            self.proxyPort = proxyPort
        }
    }

    package func serve(_ doors: Doors) {
        rules.withLock { commands.post(.serve(number, $0, doors)) }
    }

    /// From now on other rules hold: what they no longer allow is cut, and refused from the next time on.
    package func change(to rules: GateRules) {
        self.rules.withLock { now in
            now = rules
            commands.post(.change(number, rules))
        }
    }

    /// Cuts what is still open of it, and says what was decided; what was said last may take two seconds to go on.
    package func end() throws -> GateReport {
        let pipe = try Pipe()
        let answer = GateAnswer(pipe.writing)
        commands.post(.endCall(number, answer))
        // Nothing is ever written: this returns when the loop has answered, or is no more.
        _ = try pipe.reading.read(upTo: ByteCount(1), from: "the gate's answer")
        return answer.report.withLock { $0 }
    }
}

/// What the loop leaves to whoever waits for the end of a call.
final class GateAnswer: Sendable {
    let report = Mutex(GateReport())
    private let told: Mutex<SharedDescriptor?>

    init(_ end: consuming Descriptor) {
        told = Mutex(SharedDescriptor(end))
    }

    /// The other end of a pipe reads its end when the loop has let go of this, answered or not.
    func give(_ report: GateReport) {
        self.report.withLock { $0 = report }
        told.withLock { $0 = nil }
    }
}

/// What others ask of the gate's thread.
final class GateCommands: Sendable {
    enum Command: Sendable {
        case serve(UInt64, GateRules, GateCall.Doors)
        case change(UInt64, GateRules)
        case endCall(UInt64, GateAnswer?)
        case resolved(HostName, Found)
        case end
    }

    /// Where a host is, and the proxy if it is asked for that host.
    struct Found: Sendable {
        let addresses: Result<[IPAddress], any Error>
        let proxy: Result<[IPAddress], any Error>?
    }

    private struct State {
        var waiting: [Command] = []
        var isOver = false
        var next: UInt64 = 1
    }

    private let state = Mutex(State())
    private let waker: Readiness.Alarm

    init(_ waker: Readiness.Alarm) {
        self.waker = waker
    }

    func newNumber() -> UInt64 {
        state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
    }

    func post(_ command: Command) {
        let isOver = state.withLock { state in
            if !state.isOver { state.waiting.append(command) }
            return state.isOver
        }
        if isOver, case .endCall(_, let answer?) = command { answer.give(GateReport()) }
        waker.ring()
    }

    func take() -> [Command] {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    /// Nobody takes any more: whoever waits is told.
    func close() {
        let left = state.withLock { state in
            state.isOver = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for case .endCall(_, let answer?) in left { answer.give(GateReport()) }
    }
}
