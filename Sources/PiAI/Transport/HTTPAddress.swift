/// The address of a server, as far as it decides anything here.
package struct HTTPAddress: Hashable, Sendable {
    let isEncrypted: Bool
    /// In lower case; an IPv6 address without its brackets.
    let host: String

    /// Whether it is of that domain, or below it.
    package func isAt(_ domain: String) -> Bool { host == domain || host.hasSuffix(".\(domain)") }

    /// Nil for what is no address of a server: another scheme, a name and password, blanks.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        let rest: Substring
        if text.lowercased().hasPrefix("https://") {
            isEncrypted = true
            rest = text.dropFirst(8)
        } else if text.lowercased().hasPrefix("http://") {
            isEncrypted = false
            rest = text.dropFirst(7)
        } else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@"), !authority.contains("\\") else {
            return nil
        }
        guard let (host, port) = Self.split(authority), !host.isEmpty,
            port.isEmpty || UInt16(port) != nil
        else { return nil }
        self.host = host.lowercased()
    }

    private static func split(_ authority: Substring) -> (host: Substring, port: Substring)? {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            return (authority[..<end].dropFirst(), rest.dropFirst())
        }
        let pieces = authority.split(separator: ":", omittingEmptySubsequences: false)
        return pieces.count <= 2 ? (pieces[0], pieces.count == 2 ? pieces[1] : "") : nil
    }

    /// Whether it is this machine, by whatever is no name that somebody else could answer for.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
    }

    /// Throws if a key would be seen on its way there.
    func checkKey(_ isSent: Bool) throws(ModelError) {
        guard isSent, !isEncrypted, !isLoopback else { return }
        throw ModelError(
            .invalidRequest, "the key would go to \(host) in the clear: use https there")
    }

    /// A piece of a path in which nothing is more than a piece of a path.
    static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: "@"),
                UInt8(ascii: ":"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }
}
