import CSystem

/// One end of a pair of Unix sockets that keeps messages whole and can carry descriptors.
package struct PacketSocket: ~Copyable, Sendable {
    /// A message and the descriptors that came with it, which are the receiver's from now on.
    package struct Packet: ~Copyable, Sendable {
        package let bytes: [UInt8]
        private let numbers: [Int32]
        private var taken = 0

        fileprivate init(bytes: [UInt8], numbers: [Int32]) {
            self.bytes = bytes
            self.numbers = numbers
        }

        deinit {
            for number in numbers[taken...] { _ = pi_close(number) }
        }

        package var descriptorCount: Int { numbers.count }

        /// The next descriptor, in the order of sending; nil after the last.
        ///
        /// Those not taken are closed.
        package mutating func takeDescriptor() -> Descriptor? {
            guard taken < numbers.count else { return nil }
            taken += 1
            return Descriptor(owning: numbers[taken - 1])
        }
    }

    package static let descriptorLimit = 67

    package let descriptor: Descriptor

    package init(_ descriptor: consuming Descriptor) {
        self.descriptor = descriptor
    }

    @frozen package struct Pair: ~Copyable, Sendable {
        package let one: PacketSocket
        package let other: PacketSocket
    }

    package static func makePair() throws(SystemError) -> Pair {
        var ends: [Int32] = [-1, -1]
        _ = try checked(unsafe pi_packet_pair(&ends), .makePipe, "a pair of sockets")
        return Pair(
            one: PacketSocket(Descriptor(owning: ends[0])),
            other: PacketSocket(Descriptor(owning: ends[1])))
    }

    /// The descriptors stay the sender's; the other side gets its own.
    ///
    /// Waits while the socket is full.
    package borrowing func send(
        _ bytes: [UInt8], passing descriptors: [Int32] = [], on loop: EventLoop
    ) async throws {
        precondition(!bytes.isEmpty, "to the other side an empty packet is the end")
        while true {
            let result = unsafe pi_send_packet(
                descriptor.number, bytes, bytes.count, descriptors, Int32(descriptors.count))
            if result != Int64(-Errno.wouldBlock.rawValue) {
                _ = try checked(result, .sendTo, "a socket")
                return
            }
            try await loop.wait(until: .writable, descriptor)
        }
    }

    /// The next packet; nil when the other side has closed.
    ///
    /// One that is larger is an error, and gone.
    package borrowing func receive(
        limit: ByteCount, on loop: EventLoop
    ) async throws -> Packet? {
        while true {
            switch try receiveNow(limit: limit) {
            case .packet(let packet): return packet
            case .end: return nil
            case .nothingYet: try await loop.wait(until: .readable, descriptor)
            }
        }
    }

    /// As `send`, for a thread that may wait.
    package borrowing func sendWaiting(
        _ bytes: [UInt8], passing descriptors: [BorrowedDescriptor] = []
    ) throws(SystemError) {
        // Their holders stay for as long as their numbers are used.
        defer { withExtendedLifetime(descriptors) {} }
        let numbers = descriptors.map(\.number)
        while true {
            let result = unsafe pi_send_packet(
                descriptor.number, bytes, bytes.count, numbers, Int32(numbers.count))
            if result != Int64(-Errno.wouldBlock.rawValue) {
                _ = try checked(result, .sendTo, "a socket")
                return
            }
            _ = try checked(pi_wait_writable(descriptor.number), .sendTo, "a socket")
        }
    }

    package enum Received: ~Copyable, Sendable {
        case packet(Packet)
        case nothingYet
        case end
    }

    /// The next packet if there is one; it never waits.
    package borrowing func receiveNow(limit: ByteCount) throws(SystemError) -> Received {
        var bytes = [UInt8](repeating: 0, count: limit.bytes)
        var numbers = [Int32](repeating: -1, count: Self.descriptorLimit)
        var packet = pi_packet()
        let result = unsafe pi_receive_packet(
            descriptor.number, &bytes, bytes.count, &numbers, Int32(numbers.count), &packet)
        if result == -Errno.wouldBlock.rawValue { return .nothingYet }
        // A peer that was killed with unread packets resets the connection: its end, too.
        if result == -Errno.connectionReset.rawValue { return .end }
        _ = try checked(result, .receiveFrom, "a socket")
        guard !packet.is_cut else { throw SystemError(.receiveFrom, "a socket", .cutMessage) }
        guard packet.count > 0 || packet.fd_count > 0 else { return .end }
        return .packet(
            Packet(
                bytes: Array(bytes.prefix(packet.count)),
                numbers: Array(numbers.prefix(Int(packet.fd_count)))))
    }
}
