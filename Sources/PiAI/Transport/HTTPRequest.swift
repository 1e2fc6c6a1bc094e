import PiSystem

/// One request, with everything that it may take.
struct HTTPRequest: Sendable {
    var url: String
    var headers: [HTTPHeader]
    var credential: (place: Credential, key: Secret)?
    /// Nil for a question without one: GET.
    var body: [UInt8]?
    var limits: TransportLimits
    /// A file of certificates to trust instead of the system's.
    var certificates: String?

    /// The lines of the head, each ended by a zero as C wants it, and cleared after `each` has seen it.
    func withLines(_ each: ([UInt8]) -> Void) {
        var lines = headers.map { Array("\($0.name): \($0.value)\0".utf8) }
        // An answer of 100 costs a round, and some servers never send it.
        lines.append(Array("Expect:\0".utf8))
        for line in lines { each(line) }
        guard let credential else { return }
        let start =
            switch credential.place.fitting(credential.key) {
            case .bearer: "Authorization: Bearer "
            case .header(let name): "\(name): "
            }
        var line = Array(start.utf8)
        // Once, so that nothing of it stays where it was before it grew.
        line.reserveCapacity(line.count + credential.key.count + 1)
        credential.key.withBytes { bytes in
            for place in 0..<bytes.count { line.append(bytes[place]) }
        }
        line.append(0)
        each(line)
        Secret.clear(&line)
    }
}

/// A line of a request's head that can't be two.
package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    /// Nil for a name that is none, or a value that would end the line.
    package init?(name: String, value: String) {
        let isName = !name.isEmpty && name.utf8.allSatisfy { Self.isToken($0) }
        guard isName, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            return nil
        }
        self.name = name
        self.value = value
    }

    /// Of our own, which are known to be lines.
    init(_ name: StaticString, _ value: String) {
        self.name = name.description
        self.value = String(value.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// How long a request may wait for what.
package struct TransportLimits: Hashable, Sendable {
    /// For a connection.
    package var connect: Duration
    /// From the start of the request to the head of the answer.
    package var firstByte: Duration
    /// Between two pieces of an answer, while somebody takes them.
    package var idle: Duration
    package var total: Duration

    package init(connect: Duration, firstByte: Duration, idle: Duration, total: Duration) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
    }

    package static let usual = TransportLimits(
        connect: .seconds(30), firstByte: .seconds(300), idle: .seconds(300),
        total: .seconds(3600))
}

/// The head of an answer.
struct HTTPHead: Hashable, Sendable {
    var status: Int
    var fields: [(name: String, value: String)] = []

    /// The first of that name, which is in lower case.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    static func == (one: HTTPHead, other: HTTPHead) -> Bool {
        one.status == other.status && one.fields.map(\.name) == other.fields.map(\.name)
            && one.fields.map(\.value) == other.fields.map(\.value)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        hasher.combine(fields.map(\.name))
    }
}
