package import PiSystem

/// Whoever answers a call that asks for a connection: the only way out of its network.
package protocol CallNetwork: Sendable {
    /// From when the call begins; it is over when the call has returned.
    func serve(_ sockets: GateSockets)
}

/// Sockets that were made inside the network of one call, and are served from outside.
///
/// None of them blocks.
package struct GateSockets: Sendable {
    package struct Listener: Sendable {
        package let port: UInt16
        package let socket: SharedDescriptor
    }

    /// Where names are asked for, by datagrams and by streams.
    package let questions: SharedDescriptor
    package let questionStreams: SharedDescriptor
    package let listeners: [Listener]

    /// Where programs find it; what their `/etc/resolv.conf` names.
    package static let resolver = "127.0.0.53"

    /// Nil if the packet carries other sockets than those.
    init?(_ packet: inout PacketSocket.Packet, ports: [UInt16]) {
        guard packet.descriptorCount == 2 + ports.count,
            let questions = packet.takeDescriptor(), let streams = packet.takeDescriptor()
        else { return nil }
        self.questions = SharedDescriptor(questions)
        questionStreams = SharedDescriptor(streams)
        var listeners: [Listener] = []
        for port in ports {
            guard let socket = packet.takeDescriptor() else { return nil }
            listeners.append(Listener(port: port, socket: SharedDescriptor(socket)))
        }
        self.listeners = listeners
    }
}
