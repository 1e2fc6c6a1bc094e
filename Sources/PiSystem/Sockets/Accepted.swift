import CSystem

/// A connection that somebody made to one of our listeners, and the address at which they called.
package struct Accepted: ~Copyable, Sendable {
    package let descriptor: Descriptor
    package let local: IPAddress

    package consuming func takeDescriptor() -> Descriptor { descriptor }

    /// The next, without waiting; nil if there is none.
    package static func next(
        on listener: borrowing Descriptor
    ) throws(SystemError) -> Accepted? {
        var local = pi_endpoint()
        while true {
            let number = unsafe pi_accept_at(listener.number, &local)
            if number == -Errno.wouldBlock.rawValue { return nil }
            // It gave up between its arrival and now (accept(2)): the next one is as good.
            if number == -103 { continue }
            let accepted = Descriptor(owning: try checked(number, .accept, "a socket"))
            let bytes = unsafe withUnsafeBytes(of: local.bytes) { unsafe Array($0) }
            guard let address = IPAddress(Array(bytes.prefix(Int(local.length)))) else { continue }
            return Accepted(descriptor: accepted, local: address)
        }
    }
}

/// Packets without a connection.
package enum Datagrams {
    /// Whoever sent one.
    package struct Sender: Sendable {
        fileprivate var peer: pi_peer
    }

    /// The next that waits, at most so long; nil if none does.
    package static func receive(
        from socket: borrowing Descriptor, limit: ByteCount
    ) throws(SystemError) -> (bytes: [UInt8], sender: Sender)? {
        var bytes = [UInt8](repeating: 0, count: limit.bytes)
        var peer = pi_peer()
        let count = unsafe pi_receive_from(socket.number, &bytes, bytes.count, &peer)
        if count == Int64(-Errno.wouldBlock.rawValue) { return nil }
        return (
            Array(bytes.prefix(Int(try checked(count, .receiveFrom, "a socket")))),
            Sender(peer: peer)
        )
    }

    /// One that can't be sent now is lost, as any datagram may be.
    package static func send(
        _ bytes: [UInt8], to sender: Sender, on socket: borrowing Descriptor
    ) {
        var peer = sender.peer
        _ = unsafe pi_send_to(socket.number, bytes, bytes.count, &peer)
    }
}

extension Descriptor {
    /// Of a connection: its other side is told that it was cut, instead of getting all that was written.
    package borrowing func resetWhenClosed() {
        // It fails for what is no socket, which then has nobody to be told.
        _ = pi_reset_at_close(number)
    }

    /// Of a connection: what was written to it and has not arrived yet; 0 for what is no connection.
    package var unsent: Int { max(0, Int(pi_unsent(number))) }

    /// Of a connection: nothing more comes, and the other half stays open.
    package borrowing func endWriting(
        of peer: String = "a connection"
    ) throws(SystemError) {
        _ = try checked(pi_end_writing(number), .write, peer)
    }
}
