import CSystem

/// A server's socket on loopback; on any other address there is none.
package struct LoopbackListener: ~Copyable, Sendable {
    package enum Family: Hashable, Sendable { case v4, v6 }

    package let descriptor: Descriptor
    package let port: UInt16

    /// Port 0 takes any that is free.
    package init(_ family: Family, port: UInt16) throws(SystemError) {
        let object = "port \(port) on loopback"
        let listening = Descriptor(
            owning: try checked(pi_listen(family == .v6, port), .listen, object))
        self.port = UInt16(try checked(pi_port(listening.number), .measure, object))
        descriptor = listening
    }

    /// The next connection.
    package borrowing func accept(on loop: EventLoop) async throws -> TCPConnection {
        while true {
            let number = pi_accept(descriptor.number)
            switch -number {
            case Errno.wouldBlock.rawValue:
                try await loop.wait(until: .readable, descriptor)
            // The peer gave up between its arrival and now (accept(2)): the next one is as good.
            case 103: continue
            default:
                let object = "port \(port) on loopback"
                return TCPConnection(
                    Descriptor(owning: try checked(number, .accept, object)), peer: object)
            }
        }
    }
}

/// A connection, by the words with which messages call its other side.
package struct TCPConnection: ~Copyable, Sendable {
    package let descriptor: Descriptor
    package let peer: String

    fileprivate init(_ descriptor: consuming Descriptor, peer: String) {
        self.descriptor = descriptor
        self.peer = peer
    }

    package static func connect(
        to address: IPAddress, port: UInt16, on loop: EventLoop
    ) async throws -> TCPConnection {
        let peer = "\(address) port \(port)"
        let dialled = try Dialled(address, port: port)
        if !dialled.isThere {
            try await loop.wait(until: .writable, dialled.descriptor)
            try dialled.descriptor.checkConnected(to: peer)
        }
        return TCPConnection(dialled.takeDescriptor(), peer: peer)
    }

    /// The next bytes; empty when the other side has ended its half.
    package borrowing func read(upTo limit: ByteCount, on loop: EventLoop) async throws -> [UInt8] {
        try await loop.read(upTo: limit, from: descriptor, named: peer)
    }

    package borrowing func write(_ bytes: [UInt8], on loop: EventLoop) async throws {
        try await loop.write(bytes, to: descriptor, named: peer)
    }

    /// Says that nothing more comes; the other half stays open.
    package borrowing func endWriting() throws(SystemError) {
        try descriptor.endWriting(of: peer)
    }
}
