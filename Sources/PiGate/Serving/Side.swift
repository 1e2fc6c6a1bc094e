import PiSystem

/// One of the two sockets, and what it is watched for.
final class Side {
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

    /// Takes one over that is watched already.
    func adopt(
        _ socket: SharedDescriptor, _ token: UInt64, _ interest: Readiness.Interest,
        as what: GateLoop.Watched, in loop: GateLoop
    ) {
        (self.socket, self.token, self.interest) = (socket, token, interest)
        loop.rename(token, what)
    }

    func watch(_ wanted: Readiness.Interest, in loop: GateLoop) throws(SystemError) {
        guard let socket, let token, wanted != interest else { return }
        try loop.readiness.watch(socket.descriptor, token, from: interest, to: wanted)
        interest = wanted
    }

    /// Lets go of it; in order, or so that the other side hears that it was cut.
    ///
    /// The kernel watches nothing that is closed.
    func close(inOrder: Bool, in loop: GateLoop) {
        guard let socket else { return }
        if let token { loop.rename(token, nil) }
        if !inOrder { socket.descriptor.resetWhenClosed() }
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
