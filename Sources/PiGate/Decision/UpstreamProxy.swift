import PiJSON
import PiSystem

/// The proxy by which this host reaches the Internet, as companies have one: asked by the gate alone.
///
/// Its credentials stay in the supervisor. What it is asked for was decided before, by name; where that name is,
/// it finds out itself.
package struct UpstreamProxy: Sendable {
    let host: String
    let port: UInt16
    /// In the form that it has in a request.
    private let credentials: Secret?
    private let exceptions: [String]

    package struct Malformed: Error, CustomStringConvertible {
        package let description: String
    }

    /// As the variables `HTTPS_PROXY` and `NO_PROXY` have them; nil if the first is empty.
    package init?(_ address: String, exceptions: String) throws(Malformed) {
        var rest = address[...]
        guard !rest.isEmpty else { return nil }
        if let scheme = rest.firstRange(of: "://") {
            guard rest[..<scheme.lowerBound].lowercased() == "http" else {
                throw Malformed(
                    description:
                        "the gate speaks HTTP to a proxy, and HTTPS_PROXY wants \(rest[..<scheme.lowerBound])"
                )
            }
            rest = rest[scheme.upperBound...]
        }
        if let end = rest.firstIndex(of: "/") { rest = rest[..<end] }
        var credentials: Secret?
        if let at = rest.lastIndex(of: "@") {
            guard var plain = Self.decoded(rest[..<at]) else {
                throw Malformed(description: "the name and password of HTTPS_PROXY can't be read")
            }
            var encoded = Base64.encode(plain, .standard)
            Secret.clear(&plain)
            credentials = Secret(taking: &encoded)
            rest = rest[rest.index(after: at)...]
        }
        guard let place = Destination(authority: Array(rest.utf8)[...], standardPort: 3128) else {
            throw Malformed(description: "HTTPS_PROXY names no host")
        }
        (host, port) = (place.host, UInt16(place.port))
        self.credentials = credentials
        self.exceptions = exceptions.split { $0 == "," || $0 == " " }.map { entry in
            var name = entry.lowercased()
            while name.hasPrefix(".") || name.hasPrefix("*") { name.removeFirst() }
            return name.isEmpty ? "*" : name
        }
    }

    /// Whether it is asked for that host.
    func serves(_ name: HostName) -> Bool {
        guard !name.isLocalhost else { return false }
        return !exceptions.contains { exception in
            exception == "*" || name.text == exception || name.text.hasSuffix(".\(exception)")
        }
    }

    func request(for name: HostName, port: Int) -> [UInt8] {
        var text = Array("CONNECT \(name):\(port) HTTP/1.1\r\nHost: \(name):\(port)\r\n".utf8)
        if let credentials {
            text += "Proxy-Authorization: Basic ".utf8
            credentials.withBytes { bytes in
                for place in bytes.indices { text.append(bytes[place]) }
            }
            text += "\r\n".utf8
        }
        return text + "\r\n".utf8
    }

    /// Where it is.
    func addresses(by resolver: any NameResolver) throws -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        guard let name = HostName(host) else { return [] }
        return try resolver.addresses(ofNeighbour: name)
    }

    static let longestAnswer = 16 << 10

    /// The code of an answer and where it ends; nil as long as it goes on.
    static func answer(_ bytes: [UInt8]) -> (code: Int, end: Int)? {
        guard let end = bytes[...].end(of: endOfHead) else { return nil }
        let words = bytes[..<end].split(separator: UInt8(ascii: " "), maxSplits: 2)
        let isAnswer = words.count >= 2 && words[0].starts(with: "HTTP/1.".utf8)
        let code = isAnswer ? Int(String(decoding: words[1].prefix(3), as: UTF8.self)) : nil
        return (code ?? 0, end)
    }

    private static func decoded(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
