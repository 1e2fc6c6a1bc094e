/// What a client says in HTTP/1 that is not encrypted, let through only as far as it is understood.
///
/// Every request of the connection names the host that was decided on, and its end is where any server finds it:
/// what two readers could frame in two ways is refused, because the second request is then the one that nobody
/// has looked at.
package struct RequestStream: Sendable {
    package enum Fault: Error, Hashable, Sendable {
        case noHTTP
        case malformed(String)
        case ambiguous(String)
        case otherHost(String)
        case tooLong
        /// Tunnels and other protocols, of which nothing could be seen.
        case upgrade
    }

    package static let longestHead = 64 << 10
    private static let longestLine = 8 << 10

    private let host: HostName
    private let port: Int
    private var state = State.head
    /// Of a head or a line that is not yet whole.
    private var held: [UInt8] = []
    /// How far of it there is known to be no end, so that whoever sends byte by byte is not searched anew each time.
    private var searched = 0
    /// What was said to a proxy is said to the host in its own form, and once.
    private let isProxied: Bool
    /// How many heads have been let through.
    package private(set) var requests = 0

    private enum State: Hashable, Sendable {
        case head
        case body(Int)
        case chunkSize
        case chunk(Int)
        /// Behind a chunk's bytes.
        case chunkEnd
        case trailer
        /// Nothing more may come.
        case over
    }

    package init(to host: HostName, port: Int, proxied: Bool = false) {
        isProxied = proxied
        self.host = host
        self.port = port
    }

    /// What of it may go on.
    package mutating func take(_ bytes: some Sequence<UInt8>) throws(Fault) -> [UInt8] {
        held += bytes
        var through: [UInt8] = []
        var place = 0
        while place < held.count {
            switch state {
            case .head, .chunkSize, .trailer:
                let isHead = state == .head
                let rest = held[place...]
                let start = place == 0 ? max(0, searched - 3) : place
                searched = 0
                guard let end = held[start...].end(of: isHead ? endOfHead : endOfLine) else {
                    // The first of them tells whether it is HTTP at all.
                    if isHead, requests == 0 { try Self.checkBeginning(rest) }
                    for feed in held[start...].indices where held[feed] == Self.lf {
                        guard feed > place, held[feed - 1] == Self.cr else { throw Self.badLine }
                    }
                    guard rest.count < (isHead ? Self.longestHead : Self.longestLine) else {
                        throw .tooLong
                    }
                    held.removeFirst(place)
                    searched = held.count
                    return through
                }
                let text = held[place..<end]
                guard text.count <= (isHead ? Self.longestHead : Self.longestLine) else {
                    throw .tooLong
                }
                switch state {
                case .head: through += try read(head: text.dropLast(4)) ?? Array(text)
                case .chunkSize:
                    try read(chunk: text.dropLast(2))
                    through += text
                default:
                    try read(trailer: text.dropLast(2))
                    through += text
                }
                place = end
            case .body(let left):
                let part = held[place...].prefix(left)
                through += part
                place += part.count
                state = part.count == left ? afterRequest : .body(left - part.count)
            case .chunk(let left):
                let part = held[place...].prefix(left)
                through += part
                place += part.count
                state = part.count == left ? .chunkEnd : .chunk(left - part.count)
            case .over: throw .ambiguous("a second one on a connection to a proxy")
            case .chunkEnd:
                guard held.count - place >= 2 else {
                    held.removeFirst(place)
                    searched = 0
                    return through
                }
                guard held[place] == Self.cr, held[place + 1] == Self.lf else {
                    throw .malformed("a chunk is longer than it says")
                }
                through += [Self.cr, Self.lf]
                place += 2
                state = .chunkSize
            }
        }
        (held, searched) = ([], 0)
        return through
    }

    private static let cr = UInt8(ascii: "\r")
    private static let lf = UInt8(ascii: "\n")

    private static func checkBeginning(_ bytes: ArraySlice<UInt8>) throws(Fault) {
        let method = bytes.prefix(20).prefix { $0 != UInt8(ascii: " ") }
        guard method.count < 20, method.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x2D })
        else { throw .noHTTP }
    }

    private static let badLine = Fault.malformed(
        "a line ends in another way than CR LF, or has a control character in it")

    // MARK: - One head

    private var afterRequest: State { isProxied ? .over : .head }

    /// What is said instead; nil if it goes on as it is.
    private mutating func read(head: ArraySlice<UInt8>) throws(Fault) -> [UInt8]? {
        guard let lines = Self.lines(head), let first = lines.first else {
            throw .malformed(
                "a line ends in another way than CR LF, or has a control character in it")
        }
        let (version, line) = try check(requestLine: first)
        var kept = [line]
        var hosts: [ArraySlice<UInt8>] = []
        var lengths: [ArraySlice<UInt8>] = []
        var codings: [ArraySlice<UInt8>] = []
        for line in lines.dropFirst() {
            let (name, value) = try Self.field(line)
            switch name {
            case "host": hosts.append(value)
            case "content-length": lengths.append(value)
            case "transfer-encoding": codings.append(value)
            case "upgrade", "http2-settings": throw .upgrade
            default: break
            }
            if !Self.ofTheConnection.contains(name) { kept.append(Array(line)) }
        }
        try check(hosts)
        state = try framing(lengths, codings, version)
        // Servers differ on whether that is a body, or the next request.
        guard state == afterRequest || !Self.bodiless.contains(where: { first.starts(with: $0) })
        else {
            throw .ambiguous("it has a body, and is of a kind that has none")
        }
        requests += 1
        guard isProxied else { return nil }
        let end = [Self.cr, Self.lf]
        return kept.flatMap { $0 + end } + Array("Connection: close".utf8) + end + end
    }

    private static let bodiless = ["GET ", "HEAD ", "TRACE "].map { Array($0.utf8) }

    private static let ofTheConnection: Set<String> = [
        "connection", "proxy-connection", "proxy-authorization", "keep-alive",
    ]

    /// The minor version, and the line as the host is to read it.
    private func check(
        requestLine line: ArraySlice<UInt8>
    ) throws(Fault) -> (version: UInt8, line: [UInt8]) {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].starts(with: "HTTP/1.".utf8), parts[2].count == 8,
            let version = parts[2].last, [UInt8(ascii: "0"), UInt8(ascii: "1")].contains(version)
        else { throw requests == 0 ? .noHTTP : .malformed("a request does not begin as one") }
        try Self.checkBeginning(line)
        guard !parts[0].elementsEqual("CONNECT".utf8) else { throw .upgrade }
        var target = parts[1]
        if isProxied { target = try pathOnly(target) }
        guard target.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .malformed("its target has a byte in it that no target has")
        }
        guard target.first == UInt8(ascii: "/") || target.elementsEqual("*".utf8) else {
            throw .ambiguous("its target names a host of its own")
        }
        let space = [UInt8(ascii: " ")]
        return (
            version - UInt8(ascii: "0"),
            Array(parts[0]) + space + Array(target) + space + Array(parts[2])
        )
    }

    /// Of a whole address that names the host.
    private func pathOnly(_ target: ArraySlice<UInt8>) throws(Fault) -> ArraySlice<UInt8> {
        guard let authority = ProxyRequest.authority(of: target),
            Destination(authority: authority, standardPort: 80) == .name(host, port: port)
        else { throw .otherHost(String(decoding: target.prefix(300), as: UTF8.self)) }
        let path = target[authority.endIndex...]
        return path.isEmpty ? [UInt8(ascii: "/")] : path
    }

    private func check(_ hosts: [ArraySlice<UInt8>]) throws(Fault) {
        guard let value = hosts.first, hosts.count == 1 else {
            throw .ambiguous(hosts.isEmpty ? "it names no host" : "it names more than one host")
        }
        let parts = value.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= 2, HostName(parts[0]) == host,
            parts.count == 1 || parts[1].elementsEqual("\(port)".utf8)
        else { throw .otherHost(String(decoding: value.prefix(300), as: UTF8.self)) }
    }

    private func framing(
        _ lengths: [ArraySlice<UInt8>], _ codings: [ArraySlice<UInt8>], _ version: UInt8
    ) throws(Fault) -> State {
        guard lengths.count + codings.count <= 1 else {
            throw .ambiguous("its length is given more than once")
        }
        if let coding = codings.first {
            guard version == 1, coding.map({ $0 | 0x20 }) == Array("chunked".utf8) else {
                throw .ambiguous("its body is encoded in a way that not every server knows")
            }
            return .chunkSize
        }
        guard let length = lengths.first else { return afterRequest }
        guard (1...18).contains(length.count), length.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(String(decoding: length, as: UTF8.self))
        else { throw .ambiguous("its length is no number") }
        return count == 0 ? afterRequest : .body(count)
    }

    private mutating func read(chunk line: ArraySlice<UInt8>) throws(Fault) {
        let digits = line.prefix {
            Self.hexadecimal.contains($0 | 0x20) || (0x30...0x39).contains($0)
        }
        let behind = line.dropFirst(digits.count)
        guard (1...15).contains(digits.count),
            let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
            behind.isEmpty || behind.first == UInt8(ascii: ";"),
            behind.allSatisfy(Self.isOfValue)
        else { throw .malformed("a chunk has no length") }
        state = size == 0 ? .trailer : .chunk(size)
    }

    private static let hexadecimal = UInt8(ascii: "a")...UInt8(ascii: "f")

    private mutating func read(trailer line: ArraySlice<UInt8>) throws(Fault) {
        guard !line.isEmpty else {
            state = afterRequest
            return
        }
        let (name, _) = try Self.field(line)
        guard !["host", "content-length", "transfer-encoding"].contains(name) else {
            throw .ambiguous("what comes behind its body changes what came before")
        }
    }

    // MARK: - Lines

    /// Nil if one ends otherwise than with CR LF, or is none.
    private static func lines(_ head: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var lines: [ArraySlice<UInt8>] = []
        var rest = head
        while true {
            let line = rest.prefix { $0 != cr }
            guard line.allSatisfy(isOfValue) else { return nil }
            lines.append(line)
            rest = rest.dropFirst(line.count)
            if rest.isEmpty { return lines }
            guard rest.dropFirst().first == lf else { return nil }
            rest = rest.dropFirst(2)
        }
    }

    private static func field(
        _ line: ArraySlice<UInt8>
    ) throws(Fault) -> (name: String, value: ArraySlice<UInt8>) {
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        guard name.count < line.count, !name.isEmpty, name.allSatisfy(isOfToken) else {
            throw .ambiguous("a header line is none, or goes on in the next")
        }
        var value = line.dropFirst(name.count + 1)
        while let first = value.first, isSpace(first) { value = value.dropFirst() }
        while let last = value.last, isSpace(last) { value = value.dropLast() }
        guard value.allSatisfy(isOfValue) else {
            throw .malformed("a control character in a header")
        }
        return (lowercased(name), value)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isOfValue(_ byte: UInt8) -> Bool {
        byte == 0x09 || byte >= 0x20 && byte != 0x7F
    }

    private static func isOfToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
    }
}

extension RequestStream.Fault {
    /// To go on with after a subject, as in "a request …".
    package var phrase: String {
        switch self {
        case .noHTTP: "is no HTTP of version 1, and nothing else can be checked unencrypted"
        case .malformed(let what): "can't be read: \(what)"
        case .ambiguous(let what): "can be read in two ways: \(what)"
        case .otherHost(let other): "names another host, \(other)"
        case .tooLong: "has a head of more than 64 KiB"
        case .upgrade: "wants another protocol, of which nothing could be checked"
        }
    }
}
