import PiSystem

/// What a program says to a proxy, where it insists on one: SOCKS of version 5 (RFC 1928) or HTTP.
package enum ProxyRequest: Hashable, Sendable {
    /// The rest, from a byte on, is for whoever it wants to be connected with.
    case socks(Destination, end: Int)
    case connect(Destination, end: Int)
    /// A request with a whole address as its target; all of it is to be read once more, as one of HTTP.
    case page(HostName, port: Int)

    package enum Reading: Hashable, Sendable {
        case more
        /// To be said before there is more.
        case say([UInt8], end: Int)
        case request(ProxyRequest)
        /// To be said, if anything, before it is closed.
        case fault([UInt8])
    }

    package static let longest = 16 << 10

    /// `greeted`: the first words of SOCKS have been said.
    ///
    /// Before `searched` there is known to be no end of a head.
    package static func read(_ bytes: [UInt8], greeted: Bool, searched: Int = 0) -> Reading {
        if greeted { return socksRequest(bytes) }
        switch bytes.first {
        case nil: return .more
        case 5: return socksGreeting(bytes)
        default: return http(bytes, searched)
        }
    }

    // MARK: - SOCKS

    private static func socksGreeting(_ bytes: [UInt8]) -> Reading {
        var reader = ByteReader(bytes[...])
        _ = reader.byte()
        guard let methods = reader.piece(lengthBytes: 1) else { return .more }
        // Whoever can only authenticate has nobody here to do so to.
        guard methods.contains(0) else { return .fault([5, 0xFF]) }
        return .say([5, 0], end: bytes.count - reader.rest.count)
    }

    /// Code, and an address of ours that there is not.
    package static func socksReply(_ code: UInt8) -> [UInt8] { [5, code, 0, 1, 0, 0, 0, 0, 0, 0] }

    private static func socksRequest(_ bytes: [UInt8]) -> Reading {
        var reader = ByteReader(bytes[...])
        guard let version = reader.byte(), let command = reader.byte(), reader.byte() != nil,
            let kind = reader.byte()
        else { return .more }
        guard version == 5 else { return .fault([]) }
        guard command == 1 else { return .fault(socksReply(7)) }
        let host: ArraySlice<UInt8>?
        switch kind {
        case 1: host = reader.take(4)
        case 3: host = reader.piece(lengthBytes: 1)
        case 4: host = reader.take(16)
        default: return .fault(socksReply(8))
        }
        guard let host, let port = reader.number(bytes: 2) else { return .more }
        let destination: Destination?
        if kind == 3 {
            destination = Destination(host: host, port: port)
        } else {
            destination = IPAddress(Array(host)).map { .address($0.unmapped, port: port) }
        }
        guard let destination, port > 0 else { return .fault(socksReply(1)) }
        return .request(.socks(destination, end: bytes.count - reader.rest.count))
    }

    // MARK: - HTTP

    private static func http(_ bytes: [UInt8], _ searched: Int) -> Reading {
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        guard line.count < bytes.count else {
            return bytes.count < longest ? .more : .fault(httpReply(431, "too long"))
        }
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].starts(with: "HTTP/1.".utf8) else {
            return .fault(httpReply(400, "this is neither SOCKS 5 nor a request of HTTP 1"))
        }
        guard parts[0].elementsEqual("CONNECT".utf8) else { return page(parts[1]) }
        guard let end = bytes.dropFirst(max(0, searched - 3)).end(of: endOfHead) else {
            return bytes.count < longest ? .more : .fault(httpReply(431, "too long"))
        }
        guard let destination = Destination(authority: parts[1], standardPort: nil) else {
            return .fault(httpReply(400, "CONNECT takes HOST:PORT"))
        }
        return .request(.connect(destination, end: end))
    }

    private static func page(_ target: ArraySlice<UInt8>) -> Reading {
        guard let authority = authority(of: target),
            case .name(let name, let port)? = Destination(authority: authority, standardPort: 80)
        else {
            return .fault(
                httpReply(400, "this is a proxy: it takes http://NAME/, and CONNECT for all else"))
        }
        return .request(.page(name, port: port))
    }

    /// That of `http://HOST:PORT/…`; nil for another target.
    static func authority(of target: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let scheme = Array("http://".utf8)
        guard target.prefix(scheme.count).elementsEqual(scheme) else { return nil }
        return target.dropFirst(scheme.count).prefix {
            ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0)
        }
    }

    package static func httpReply(_ code: Int, _ text: String) -> [UInt8] {
        let body = "\(text)\n"
        let phrases = [
            400: "Bad Request", 403: "Forbidden", 431: "Too Large", 502: "Bad Gateway",
        ]
        let phrase = phrases[code] ?? "Refused"
        return Array(
            """
            HTTP/1.1 \(code) \(phrase)\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: \(body.utf8.count)\r
            Connection: close\r
            \r
            \(body)
            """.utf8)
    }

    package static let connected = Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8)
}

extension Destination {
    /// `NAME:PORT`, `ADDRESS:PORT` or `[ADDRESS]:PORT`; nil for anything else.
    init?(authority: ArraySlice<UInt8>, standardPort: Int?) {
        var host = authority
        var port = standardPort
        let colon = UInt8(ascii: ":")
        let isBracketed = authority.first == UInt8(ascii: "[")
        if let last = authority.lastIndex(of: colon),
            !isBracketed || authority.prefix(upTo: last).last == UInt8(ascii: "]")
        {
            let digits = authority[authority.index(after: last)...]
            guard (1...5).contains(digits.count),
                digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(String(decoding: digits, as: UTF8.self)),
                (1...65_535).contains(number)
            else { return nil }
            (host, port) = (authority[..<last], number)
        }
        guard let port else { return nil }
        if isBracketed {
            guard host.last == UInt8(ascii: "]"),
                let address = IPAddress(
                    String(decoding: host.dropFirst().dropLast(), as: UTF8.self)),
                address.isV6
            else { return nil }
            self = .address(address.unmapped, port: port)
        } else {
            self.init(host: host, port: port)
        }
    }

    /// A name, or an address of version 4 as it is usually written.
    init?(host: ArraySlice<UInt8>, port: Int) {
        if let name = HostName(host) {
            self = .name(name, port: port)
        } else if let address = IPAddress(String(decoding: host, as: UTF8.self)) {
            self = .address(address.unmapped, port: port)
        } else {
            return nil
        }
    }
}

extension IPAddress {
    /// One of version 4 that was written as one of version 6 is that of version 4.
    fileprivate var unmapped: IPAddress {
        let isMapped =
            isV6 && bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return isMapped ? IPAddress(Array(bytes.suffix(4)))! : self
    }
}
