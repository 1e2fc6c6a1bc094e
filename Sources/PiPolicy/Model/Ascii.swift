/// The bytes that have a meaning in texts of a policy.
enum Ascii {
    static let lineFeed = UInt8(ascii: "\n")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let star = UInt8(ascii: "*")
    static let dot = UInt8(ascii: ".")
    static let tilde = UInt8(ascii: "~")
    static let colon = UInt8(ascii: ":")
    static let dash = UInt8(ascii: "-")
}
