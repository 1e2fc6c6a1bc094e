import PiSandbox
import PiSystem
import Synchronization

/// The streams of the person who called `exec`, as a call's.
struct ExecStreams: ~Copyable {
    let streams: CallStreams
    private let raw: RawTerminal?
    private let input: SharedDescriptor?

    enum Kind: Hashable {
        /// What is printed goes where ours goes.
        case relayed
        /// What is printed is kept for the result.
        case captured
        case terminal
    }

    init(_ kind: Kind, stdin file: FilePath?, _ signals: ForwardedSignals, _ network: CallGate?)
        throws
    {
        let raw = kind == .terminal ? try RawTerminal(.input) : nil
        var sinks: [OutputStream: CallStreams.Sink] = [:]
        if kind != .captured {
            sinks[.stdout] = try Self.sink(.output)
            if kind == .relayed { sinks[.stderr] = try Self.sink(.error) }
        }
        let source: CallStreams.Input
        let input = try file.map { path throws(SystemError) in
            SharedDescriptor(try Descriptor.source(path))
        }
        if let input {
            source = .descriptor(input.borrowed)
        } else {
            // Without a terminal of its own a program does not get the person's either.
            let isOurs = kind == .terminal || !StandardStream.input.isTerminal
            source = isOurs ? .descriptor(StandardStream.input.borrowed) : .nothing
        }
        streams = CallStreams(
            input: source, sinks: sinks, signals: signals.borrowed,
            nextSignal: { signals.next() }, network: network)
        self.raw = raw
        self.input = input
    }

    private static func sink(_ stream: StandardStream) throws -> CallStreams.Sink {
        let own = SharedDescriptor(try Descriptor.another(of: stream))
        return CallStreams.Sink(descriptor: own.borrowed) { bytes throws(SystemError) in
            try own.descriptor.write(bytes, to: stream.name)
        }
    }
}

/// What is sent to us and meant for the program; a second Ctrl-C within two seconds means the end.
final class ForwardedSignals: Sendable {
    private let source: SignalSource
    private let last = Mutex<MonotonicInstant?>(nil)

    var borrowed: BorrowedDescriptor { source.descriptor.borrowed }

    init() throws(SystemError) {
        source = try SignalSource([
            .interrupt, .terminate, .hangup, .quit, .windowChanged, .stopAsked, .proceed,
        ])
    }

    func next() -> CallStreams.Order? {
        guard let signal = source.next() else { return nil }
        switch signal {
        case .windowChanged:
            return StandardStream.input.terminalSize.map { .resize($0) } ?? .forward(signal)
        case .interrupt:
            let now = Clock<Monotonic>.system.now
            let isSecond = last.withLock { last in
                defer { last = now }
                return last.map { now - $0 < .seconds(2) } ?? false
            }
            return isSecond ? .end : .forward(signal)
        case .stopAsked:
            // Its own group has no shell that could stop it: SIGTSTP would do nothing there.
            return .stop
        default: return .forward(signal)
        }
    }
}
