extension EventLoop {
    /// The next bytes of a descriptor that does not block; empty at its end.
    package func read(
        upTo limit: ByteCount, from descriptor: borrowing Descriptor,
        named object: some CustomStringConvertible & Sendable
    ) async throws -> [UInt8] {
        while true {
            if let bytes = try descriptor.read(upTo: limit, from: object) { return bytes }
            try await wait(until: .readable, descriptor)
        }
    }

    /// All of `bytes`, at the pace of whoever reads them.
    package func write(
        _ bytes: [UInt8], to descriptor: borrowing Descriptor,
        named object: some CustomStringConvertible & Sendable
    ) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            if let taken = try descriptor.write(rest, to: object) {
                rest = rest.dropFirst(taken)
            } else {
                try await wait(until: .writable, descriptor)
            }
        }
    }
}
