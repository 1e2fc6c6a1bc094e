import CSandbox
import PiSystem
import Synchronization

/// A place made ready for one call: its namespaces, mounts and locks stand, and no program runs.
final class Slot: Sendable {
    let number: UInt32
    let socket: PacketSocket
    let cgroup: CallCgroup?
    /// Its PID 1, known when the launcher has told; with it goes everything of the call.
    private let process = Mutex<SharedDescriptor?>(nil)

    init(number: UInt32, socket: consuming PacketSocket, cgroup: CallCgroup?) {
        self.number = number
        self.socket = socket
        self.cgroup = cgroup
    }

    func isProcess(_ descriptor: consuming Descriptor) {
        let shared = SharedDescriptor(descriptor)
        process.withLock { $0 = shared }
    }

    func kill() {
        let held = process.withLock { $0 }
        guard let held else { return }
        Signal.kill.send(to: held.descriptor)
    }

    func send(_ order: pi_order, _ number: UInt32 = 0, everyone: Bool = false) {
        let packet = pi_packet_order(
            order: order.rawValue, number: number, everyone: everyone ? 1 : 0)
        // A slot that has gone needs no order; its end is read from its socket.
        try? socket.sendWaiting(packetBytes(packet))
    }
}
