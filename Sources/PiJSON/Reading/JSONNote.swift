/// Something that was not as RFC 8259 or I-JSON wants it, and that the rules let pass.
public struct JSONNote: Hashable, Sendable {
    public enum Liberty: Hashable, Sendable {
        case rawControlCharacter(UInt8)
        case trailingComma
        case cutOff(expected: JSONError.Expectation)
        case duplicateName(String)
        case loneSurrogate
    }

    /// A reading keeps this many notes, the first ones.
    public static let limit = 20

    public let liberty: Liberty
    public let place: TextPlace
}

extension JSONNote: CustomStringConvertible {
    public var description: String {
        switch liberty {
        case .rawControlCharacter(let byte):
            "\(place): \(SafeText.naming(byte)) stands bare in a string"
        case .trailingComma:
            "\(place): nothing follows this comma"
        case .cutOff(let expected):
            "\(place): the text ends where \(expected.rawValue) should stand"
        case .duplicateName(let name):
            "\(place): the name \"\(SafeText(name, limit: 60))\" stands twice; the last one counts"
        case .loneSurrogate:
            "\(place): half of a surrogate pair was replaced by U+FFFD"
        }
    }
}
