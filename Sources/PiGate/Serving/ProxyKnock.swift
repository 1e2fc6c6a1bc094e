import PiSystem

/// A program that insists on a proxy, until it has said whom it wants to be connected with.
///
/// From then on it is a connection like any other: what is decided, checked and counted is the same.
final class ProxyKnock {
    private let side: Side
    private unowned let call: CallState
    private unowned let loop: GateLoop
    private let number: UInt64
    private let end: MonotonicInstant
    private var said: [UInt8] = []
    private var hasGreeted = false

    private init(_ socket: SharedDescriptor, of call: CallState, in loop: GateLoop) {
        side = Side(socket)
        self.call = call
        self.loop = loop
        number = loop.newNumber()
        end = loop.now + .seconds(30)
    }

    static func begin(_ accepted: consuming Accepted, of call: CallState, in loop: GateLoop) {
        guard call.knocks.count + call.connections.count < CallState.mostConnections else {
            accepted.descriptor.resetWhenClosed()
            return call.report.note(
                .limited, "the proxy", rule: "network",
                reason: "the call has \(CallState.mostConnections) connections at once")
        }
        let knock = ProxyKnock(SharedDescriptor(accepted.takeDescriptor()), of: call, in: loop)
        guard knock.side.open(as: .knock(knock), in: loop) else { return }
        call.knocks[knock.number] = knock
    }

    func isOver(at now: MonotonicInstant) -> Bool { end <= now }

    func close() {
        call.knocks[number] = nil
        side.close(inOrder: true, in: loop)
    }

    func goOn() {
        do throws(SystemError) {
            guard let more = try side.read(upTo: .kibibytes(16)) else { return }
            guard !more.isEmpty else { return close() }
            let known = said.count
            said += more
            while true {
                switch ProxyRequest.read(said, greeted: hasGreeted, searched: known) {
                case .more:
                    return
                case .say(let words, let end):
                    try say(words)
                    said.removeFirst(end)
                    hasGreeted = true
                case .fault(let words):
                    call.report.note(
                        .denied, "the proxy", rule: "network",
                        reason: "what it was asked is no request")
                    try say(words)
                    return close()
                case .request(let request): return try connect(request)
                }
            }
        } catch {
            close()
        }
    }

    /// So little that it fits into any socket's buffer; whoever does not take it has gone.
    private func say(_ words: [UInt8]) throws(SystemError) {
        guard !words.isEmpty else { return }
        _ = try side.write(words)
    }

    private func connect(_ request: ProxyRequest) throws(SystemError) {
        let destination: Destination
        let (yes, no, failed): ([UInt8], [UInt8], [UInt8])
        let rest: [UInt8]
        let refusal = ProxyRequest.httpReply(
            403, "refused by the policy of this sandbox; the result of the call says why")
        let absence = ProxyRequest.httpReply(
            502, "it can't be reached; the result of the call says why")
        switch request {
        case .socks(let to, let end):
            destination = to
            (yes, no) = (ProxyRequest.socksReply(0), ProxyRequest.socksReply(2))
            failed = ProxyRequest.socksReply(4)
            rest = Array(said[end...])
        case .connect(let to, let end):
            (destination, yes, no, failed) = (to, ProxyRequest.connected, refusal, absence)
            rest = Array(said[end...])
        case .page(let name, let port):
            (destination, yes, no, failed) = (.name(name, port: port), [], refusal, absence)
            rest = said
        }
        guard let socket = side.socket else { return close() }
        // It goes over to the connection, or hears why not.
        if let token = side.token { loop.forget(token, socket.descriptor, side.interest) }
        (side.socket, side.token) = (nil, nil)
        call.knocks[number] = nil
        let connection = GateConnection.begin(
            socket, destination, having: rest, of: call, in: loop)
        guard let connection, connection.stage != .over else {
            let hasFailed = connection?.hasFailed ?? false
            _ = try socket.descriptor.write((hasFailed ? failed : no)[...], to: "a connection")
            return
        }
        if !yes.isEmpty { _ = try socket.descriptor.write(yes[...], to: "a connection") }
        if case .page = request { return try connection.hear(rest, asOfProxy: true) }
        if !rest.isEmpty { try connection.hear(rest) }
    }
}
