/// The first thing that a client says in TLS: whom it means to talk to (RFC 8446, 6066).
///
/// Read and passed on unchanged. What it says encrypted (ECH) stays unread, so a hello that has something
/// encrypted is decided by its outer name alone, and that it has is known.
package struct ClientHello: Hashable, Sendable {
    /// Nil if it names nobody.
    package let name: HostName?
    /// There is an inner hello that only the server can read, which may name somebody else.
    package let hidesAnother: Bool

    package enum Reading: Hashable, Sendable {
        case more
        case hello(ClientHello)
        case fault(Fault)
    }

    package enum Fault: Error, Hashable, Sendable {
        case noTLS
        /// The first records say something else, or contradict themselves.
        case malformed
        case tooLong
        /// A name that is none, or two of them.
        case badName
    }

    /// Hellos with the keys of the future have about 2 KiB.
    package static let longest = 16 << 10

    /// What the first bytes of a connection are, all of them from its beginning.
    package static func read(_ bytes: [UInt8]) -> Reading {
        var records = ByteReader(bytes[...])
        var message: [UInt8] = []
        // Nobody needs so many; each is read anew with every byte that comes.
        for _ in 0..<64 {
            if let reading = whole(message) { return reading }
            guard bytes.count <= longest else { return .fault(.tooLong) }
            // Each record: what it is, its version, its length.
            guard let kind = records.byte() else { return .more }
            guard kind == 22 else { return .fault(message.isEmpty ? .noTLS : .malformed) }
            guard let major = records.byte() else { return .more }
            guard major == 3 else { return .fault(.noTLS) }
            guard records.byte() != nil, let length = records.number(bytes: 2) else { return .more }
            guard (1...16_384).contains(length) else { return .fault(.malformed) }
            // Half a record could end in another message, which would make a fault of a hello.
            guard let record = records.take(length) else { return .more }
            message += record
        }
        return .fault(.malformed)
    }

    /// Nil as long as a part is missing.
    private static func whole(_ message: [UInt8]) -> Reading? {
        guard let kind = message.first else { return nil }
        guard kind == 1 else { return .fault(.malformed) }
        var reader = ByteReader(message[...])
        _ = reader.byte()
        guard let length = reader.number(bytes: 3) else { return nil }
        guard length <= longest else { return .fault(.tooLong) }
        guard let body = reader.take(length) else { return nil }
        // Another message in the same flight would be one that nobody has looked at.
        guard reader.isAtEnd else { return .fault(.malformed) }
        do throws(Fault) {
            return .hello(try ClientHello(body))
        } catch {
            return .fault(error)
        }
    }

    private init(_ body: ArraySlice<UInt8>) throws(Fault) {
        var reader = ByteReader(body)
        // Version, random bytes, session, ciphers, compressions.
        guard reader.take(2 + 32) != nil, reader.piece(lengthBytes: 1) != nil,
            reader.piece(lengthBytes: 2) != nil, reader.piece(lengthBytes: 1) != nil
        else { throw .malformed }
        var name: HostName?
        var hidesAnother = false
        if !reader.isAtEnd {
            guard let extensions = reader.piece(lengthBytes: 2), reader.isAtEnd else {
                throw .malformed
            }
            var seen: Set<Int> = []
            var list = ByteReader(extensions)
            while !list.isAtEnd {
                guard let kind = list.number(bytes: 2), let content = list.piece(lengthBytes: 2),
                    seen.insert(kind).inserted
                else { throw .malformed }
                if kind == 0 { name = try Self.serverName(content) }
                if kind == 0xFE0D { hidesAnother = true }
            }
        }
        self.name = name
        self.hidesAnother = hidesAnother
    }

    /// One entry, which is a host's name: more than one is a name for each reader to choose.
    private static func serverName(_ content: ArraySlice<UInt8>) throws(Fault) -> HostName {
        var reader = ByteReader(content)
        guard let list = reader.piece(lengthBytes: 2), reader.isAtEnd else { throw .malformed }
        var entries = ByteReader(list)
        guard entries.byte() == 0, let text = entries.piece(lengthBytes: 2), entries.isAtEnd else {
            throw .badName
        }
        // With a dot at its end it is none (RFC 6066, 3).
        guard text.last != UInt8(ascii: "."), let name = HostName(text) else { throw .badName }
        return name
    }
}
