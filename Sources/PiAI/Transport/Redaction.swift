import PiJSON
package import PiSystem

/// Takes keys out of texts, in every form that one could have on its way into them.
package struct Redaction: Sendable {
    private let secrets: [Secret]

    /// A key so short stands in texts by chance.
    private static let shortest = 8

    package init(_ secrets: [Secret]) {
        self.secrets = secrets.filter { $0.count >= Self.shortest }
    }

    package static let mark = "[a key]"

    package func redacted(_ text: String) -> String {
        guard !secrets.isEmpty else { return text }
        return String(decoding: redacted(Array(text.utf8)), as: UTF8.self)
    }

    func redacted(_ given: [UInt8]) -> [UInt8] {
        var bytes = given
        for secret in secrets {
            for var form in Self.forms(secret) {
                Self.replace(form, in: &bytes)
                Secret.clear(&form)
            }
        }
        return bytes
    }

    /// As it is, in base64 at each of the three places where it can begin, in percent signs, in hex, in JSON.
    private static func forms(_ secret: Secret) -> [[UInt8]] {
        var plain: [UInt8] = []
        plain.reserveCapacity(secret.count)
        secret.withBytes { bytes in for place in 0..<bytes.count { plain.append(bytes[place]) } }
        defer { Secret.clear(&plain) }
        var forms = [plain]
        for skipped in 0..<3 {
            // Only whole groups: the bytes around a key are others each time.
            let start = (3 - skipped) % 3
            let whole = (plain.count - start) / 3 * 3
            guard whole >= 6 else { continue }
            let group = plain[start..<start + whole]
            forms.append(Base64.encode(group, .standard))
            forms.append(Base64.encode(group, .url))
        }
        for uppercase in [true, false] {
            forms.append(plain.flatMap { hex($0, uppercase: uppercase) })
            forms.append(
                plain.flatMap { isUnreserved($0) ? [$0] : [0x25] + hex($0, uppercase: uppercase) })
        }
        forms.append(
            plain.flatMap { byte -> [UInt8] in
                byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                    || byte == UInt8(ascii: "/")
                    ? [UInt8(ascii: "\\"), byte] : [byte]
            })
        return forms
    }

    private static func hex(_ byte: UInt8, uppercase: Bool) -> [UInt8] {
        let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func replace(_ form: [UInt8], in bytes: inout [UInt8]) {
        guard !form.isEmpty, bytes.count >= form.count else { return }
        var result: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == form[0], bytes[at...].starts(with: form) {
                result.append(contentsOf: mark.utf8)
                at += form.count
            } else {
                result.append(bytes[at])
                at += 1
            }
        }
        bytes = result
    }
}
