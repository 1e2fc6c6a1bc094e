/// The one spelling of a value by RFC 8785: what a digest is taken of.
public enum CanonicalJSON {
    public static func write(_ value: JSONValue) throws(CanonicalJSONError) -> [UInt8] {
        var bytes: [UInt8] = []
        try append(value, to: &bytes)
        return bytes
    }

    private static func append(
        _ value: JSONValue, to bytes: inout [UInt8]
    ) throws(CanonicalJSONError) {
        switch value {
        case .null, .bool: bytes.append(contentsOf: JSONWriter.write(value, layout: .compact))
        case .string(let text): JSONString.append(text, to: &bytes)
        case .number(let number):
            guard let text = CanonicalNumber.text(of: number) else {
                throw CanonicalJSONError(number: number)
            }
            bytes.append(contentsOf: text.utf8)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                try append(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (place, member) in sorted(object).enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONString.append(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                try append(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// By UTF-16 code units, which is not the order of code points: U+1F600 comes before U+FB33.
    private static func sorted(_ object: JSONObject) -> [JSONObject.Member] {
        object.members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
    }
}

/// A number that a double does not hold has no canonical form; its digest would depend on the reader.
///
/// RFC 8785 itself would round such a number first; two documents would then have one digest.
public struct CanonicalJSONError: Error, Hashable, Sendable, CustomStringConvertible {
    public let number: JSONNumber

    public var description: String {
        """
        the number \(SafeText(number.text, limit: 60)) has no canonical form: a double does not hold \
        it. Write it as a string.
        """
    }
}
