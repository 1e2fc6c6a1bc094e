import PiSystem
import PiTesting
import Testing

@Suite struct SocketTests {
    @Test func `packets stay whole and bring descriptors along`() async throws {
        try await EventLoop.run { loop in
            let pair = try PacketSocket.makePair()
            let pipe = try Pipe()
            try await pair.one.send(Array("first".utf8), passing: [pipe.writing.number], on: loop)
            try await pair.one.send(Array("second".utf8), on: loop)

            var packet = try await pair.other.expect(on: loop)
            #expect(packet.bytes == Array("first".utf8))
            guard let received = packet.takeDescriptor() else { throw NothingCame() }
            let another = packet.takeDescriptor()?.number
            #expect(another == nil)
            _ = try received.write([42], to: "a pipe")
            #expect(try pipe.reading.read(upTo: ByteCount(8), from: "a pipe") == [42])

            let second = try await pair.other.expect(on: loop)
            #expect(second.bytes == Array("second".utf8))
            #expect(second.descriptorCount == 0)
        }
    }

    @Test func `descriptors that nobody takes are closed`() async throws {
        try await EventLoop.run { loop in
            let pair = try PacketSocket.makePair()
            let (reading, sent) = try await Self.sendWritingEnd(over: pair.one, on: loop)
            do {
                let packet = try await pair.other.expect(on: loop)
                #expect(packet.descriptorCount == 1)
            }
            #expect(sent)
            // The last writer is gone, so the pipe is at its end.
            try await loop.wait(until: .readable, reading.value)
            #expect(try reading.value.read(upTo: ByteCount(8), from: "a pipe") == [])
        }
    }

    private static func sendWritingEnd(
        over socket: borrowing PacketSocket, on loop: EventLoop
    ) async throws -> (Shared<Descriptor>, Bool) {
        let pipe = try Pipe()
        try await socket.send([1], passing: [pipe.writing.number], on: loop)
        return (Shared(try pipe.reading.duplicate()), true)
    }

    @Test func `a packet larger than expected is an error, and its descriptors are closed`()
        async throws
    {
        try await EventLoop.run { loop in
            let pair = try PacketSocket.makePair()
            let pipe = try Pipe()
            try await pair.one.send(
                [UInt8](repeating: 1, count: 100), passing: [pipe.reading.number], on: loop)
            let error = await #expect(throws: SystemError.self) {
                _ = try await pair.other.receive(limit: ByteCount(99), on: loop)
            }
            #expect(error?.cause == .cutMessage)
            try await pair.one.send([2], on: loop)
            #expect(try await pair.other.expect(on: loop).bytes == [2])
        }
    }

    @Test func `the end of the other side is told`() async throws {
        try await EventLoop.run { loop in
            let one = try Self.orphan()
            let bytes = try await one.value.receive(limit: ByteCount(8), on: loop)?.bytes
            #expect(bytes == nil)
            let error = await #expect(throws: SystemError.self) {
                try await one.value.send([1], on: loop)
            }
            #expect(error?.errno == .brokenPipe)
        }
    }

    /// A socket whose other side is gone.
    private static func orphan() throws -> Shared<PacketSocket> {
        let pair = try PacketSocket.makePair()
        return Shared(PacketSocket(try pair.one.descriptor.duplicate()))
    }

    @Test func `a server on loopback answers many clients at once`() async throws {
        try await EventLoop.run { loop in
            try await LoopbackServer.with(on: loop) { connection in
                while true {
                    let bytes = try await connection.read(upTo: .kibibytes(64), on: loop)
                    guard !bytes.isEmpty else { return try connection.endWriting() }
                    try await connection.write(bytes, on: loop)
                }
            } _: { port in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for client in 0..<20 {
                        group.addTask { try await Self.echo(client, port: port, on: loop) }
                    }
                    let total = try await group.reduce(0, +)
                    #expect(total == 20 * 200_000)
                }
            }
        }
    }

    /// Sends a lot while it reads it back, and counts what came back right.
    private static func echo(_ client: Int, port: UInt16, on loop: EventLoop) async throws -> Int {
        let connection = Shared(
            try await TCPConnection.connect(to: .loopback4, port: port, on: loop))
        async let sending: Void = {
            try await connection.value.write(
                [UInt8](repeating: UInt8(client), count: 200_000), on: loop)
            try connection.value.endWriting()
        }()
        var count = 0
        while true {
            let bytes = try await connection.value.read(upTo: .kibibytes(64), on: loop)
            guard !bytes.isEmpty else { break }
            count += bytes.count { $0 == UInt8(client) }
        }
        try await sending
        return count
    }

    @Test func `a port where nobody listens refuses, and the message says which`() async throws {
        try await EventLoop.run { loop in
            let port = try LoopbackListener(.v4, port: 0).port
            let error = await #expect(throws: SystemError.self) {
                _ = try await TCPConnection.connect(to: .loopback4, port: port, on: loop)
            }
            #expect(
                error?.description
                    == "cannot connect 127.0.0.1 port \(port): Connection refused (ECONNREFUSED). "
                    + "Nothing listens there.")
        }
    }

    @Test func `a taken port is refused`() throws {
        let first = try LoopbackListener(.v4, port: 0)
        let error = #expect(throws: SystemError.self) {
            _ = try LoopbackListener(.v4, port: first.port)
        }
        #expect(error?.errno?.name == "EADDRINUSE")
    }
}

extension PacketSocket {
    /// The next packet, which must come.
    fileprivate borrowing func expect(on loop: EventLoop) async throws -> Packet {
        guard let packet = try await receive(limit: ByteCount(64), on: loop) else {
            throw NothingCame()
        }
        return packet
    }
}

private struct NothingCame: Error {}
