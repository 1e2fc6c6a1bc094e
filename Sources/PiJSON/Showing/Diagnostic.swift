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
    public let help: String?
    public let notes: [String]

    public init(
        code: String? = nil, severity: Severity, message: String, help: String?,
        notes: [String] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.help = help
        self.notes = notes
    }

    public var json: JSONValue {
        var object = JSONObject()
        object["code"] = code.map(JSONValue.string) ?? .null
        object["severity"] = .string(severity.rawValue)
        object["message"] = .string(message)
        object["help"] = help.map(JSONValue.string) ?? .null
        object["notes"] = .array(notes.map(JSONValue.string))
        return .object(object)
    }
}
