/// One thing to tell a person: what is wrong, where, and what to do about it.
///
/// The terminal and `--json` show this same value. Its texts are safe to show: whatever came from
/// outside was made so when it was put in.
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable { case error, warning }

    /// Such as `P0304`; `pi-runner help CODE` has a page on it.
    public let code: String?
    public let severity: Severity
    public let message: String
    /// The place it is about, if it is about a file.
    public let at: Excerpt?
    /// Other places that belong to it, such as the first of two that contradict each other.
    public let also: [Excerpt]
    public let help: String?
    public let notes: [String]

    public init(
        code: String? = nil, severity: Severity, message: String, at: Excerpt? = nil,
        also: [Excerpt] = [], help: String?, notes: [String] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.at = at
        self.also = also
        self.help = help
        self.notes = notes
    }

    /// The same, taken more seriously.
    public func raised(to severity: Severity) -> Diagnostic {
        Diagnostic(
            code: code, severity: severity, message: message, at: at, also: also, help: help,
            notes: notes)
    }

    public var json: JSONValue {
        var object = JSONObject()
        object["code"] = code.map(JSONValue.string) ?? .null
        object["severity"] = .string(severity.rawValue)
        object["message"] = .string(message)
        object["help"] = help.map(JSONValue.string) ?? .null
        object["notes"] = .array(notes.map(JSONValue.string))
        if let at {
            object["at"] = at.place
            object["bytes"] = at.byteRange
            object["label"] = .string(at.label)
        }
        if !also.isEmpty {
            object["also"] = .array(
                also.map {
                    ["at": $0.place, "bytes": $0.byteRange, "label": .string($0.label)]
                })
        }
        return .object(object)
    }
}
