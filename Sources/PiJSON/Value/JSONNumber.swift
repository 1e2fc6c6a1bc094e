/// A number as it was written: `1.10` stays `1.10`, and no digit of a long integer is lost.
///
/// Two numbers are equal when they are spelled alike; compare `double` or `int` for the quantity.
public struct JSONNumber: Hashable, Sendable {
    public let text: String

    /// The reader, which has checked the grammar.
    init(checked text: String) {
        self.text = text
    }

    public init(_ value: some FixedWidthInteger) {
        text = String(value)
    }

    /// Nil for what JSON has no number for: infinities and NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = CanonicalNumber.text(of: value)
    }

    /// Nil if `text` is not a number of RFC 8259.
    public init?(text: String) {
        let utf8 = Array(text.utf8)
        guard NumberGrammar.end(in: utf8.span, from: 0) == .whole(utf8.count) else { return nil }
        self.text = text
    }

    /// The nearest double; nil past its range.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The value as an integer, if it is written as one and fits.
    public var int: Int? { Int(text) }
}
