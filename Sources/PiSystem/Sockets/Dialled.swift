import CSystem

/// A connection to somebody, which is there or on its way.
package struct Dialled: ~Copyable, Sendable {
    package let descriptor: Descriptor
    /// It is there already, as on loopback; otherwise it can be written to as soon as it is there, or has failed.
    package let isThere: Bool

    package consuming func takeDescriptor() -> Descriptor { descriptor }

    package init(_ address: IPAddress, port: UInt16) throws(SystemError) {
        var isThere = false
        let number = unsafe pi_connect(address.bytes, address.isV6, port, &isThere)
        descriptor = Descriptor(
            owning: try checked(number, .connect, "\(address) port \(port)"))
        self.isThere = isThere
    }
}

extension Descriptor {
    /// Why a connection could not be made.
    package borrowing func checkConnected(to peer: String) throws(SystemError) {
        _ = try checked(pi_socket_error(number), .connect, peer)
    }
}
