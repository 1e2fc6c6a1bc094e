/// The name of a host, in labels that were read once.
///
/// What is decided, looked up, compared and told is this value and never the text that it came from: no second
/// reader can take another name out of it.
package struct HostName: Hashable, Sendable {
    /// In lower case, the most general last.
    package let labels: [String]

    package var text: String { labels.joined(separator: ".") }

    /// Nil if it is no name, or another spelling of an address.
    package init?(labels: [some Collection<UInt8>]) {
        guard !labels.isEmpty, labels.reduce(labels.count - 1, { $0 + $1.count }) <= 253,
            let last = labels.last, !Self.isNumber(last)
        else { return nil }
        var read: [String] = []
        for label in labels {
            guard (1...63).contains(label.count), label.allSatisfy(Self.isOfName) else {
                return nil
            }
            read.append(String(decoding: label, as: UTF8.self).lowercased())
        }
        self.labels = read
    }

    /// One dot at the end says that nothing is to be added, and is no part of the name.
    package init?(_ text: some Collection<UInt8>) {
        var labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
        self.init(labels: labels)
    }

    package init?(_ text: String) {
        self.init(Array(text.utf8))
    }

    /// By RFC 6761 these are loopback everywhere, and nobody is asked for them.
    package var isLocalhost: Bool { labels.last == "localhost" }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// A resolver takes `127.1` and `0x7f.1` for addresses: their last part is a number.
    private static func isNumber(_ label: some Collection<UInt8>) -> Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        if label.allSatisfy(digits.contains) { return true }
        let lower = label.map { $0 | 0x20 }
        guard lower.starts(with: [UInt8(ascii: "0") | 0x20, UInt8(ascii: "x")]) else {
            return false
        }
        return lower.dropFirst(2).allSatisfy {
            digits.contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
    }
}

extension HostName: CustomStringConvertible {
    package var description: String { text }
}
