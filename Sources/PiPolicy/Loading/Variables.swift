import PiJSON

/// What a text of a policy may take from its surroundings: `${workspace}`, `${env:NAME}`.
package struct Variables: Sendable {
    package enum Variable: Hashable, Sendable {
        /// The folder that the agent works on.
        case workspace
        /// Where the service manager puts credentials.
        case credentials
        case environment(String)
    }

    /// Nil where no variables may stand, as in the bound that comes with a workspace.
    let value: (@Sendable (Variable) -> String?)?

    package init(_ value: @escaping @Sendable (Variable) -> String?) {
        self.value = value
    }

    private init() {
        value = nil
    }

    package static let refused = Variables()

    /// `${secret}` stands for what the gate puts there, and stays as it is.
    static let secret = "${secret}"

    enum Result {
        /// `hasSigns`: what was put in holds signs that mean something in a pattern.
        case text(String, hasSigns: Bool)
        /// Known, and without a value here.
        case missing(String)
        /// The name as it stands between the braces.
        case unknown(String)
        case unclosed
        case refused
    }

    /// The text with every variable replaced; what a variable holds is never looked at again.
    func expand(_ text: String) -> Result {
        var expanded = ""
        var hasSigns = false
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            expanded += rest[..<start.lowerBound]
            let behind = rest[start.upperBound...]
            guard let end = behind.firstIndex(of: "}") else { return .unclosed }
            let name = String(behind[..<end])
            rest = behind[behind.index(after: end)...]
            if name == "secret" {
                expanded += Self.secret
                continue
            }
            guard let value else { return .refused }
            guard let variable = Variable(name) else { return .unknown(name) }
            guard let found = value(variable) else { return .missing(name) }
            expanded += found
            hasSigns = hasSigns || found.utf8.contains { "*?[]{}\\!".utf8.contains($0) }
        }
        return .text(expanded + rest, hasSigns: hasSigns)
    }
}

extension Variables.Variable {
    fileprivate init?(_ name: String) {
        switch name {
        case "workspace": self = .workspace
        case "credentials": self = .credentials
        default:
            guard name.hasPrefix("env:") else { return nil }
            let variable = String(name.dropFirst(4))
            guard TextKind.variableName.accepts(variable) else { return nil }
            self = .environment(variable)
        }
    }
}
