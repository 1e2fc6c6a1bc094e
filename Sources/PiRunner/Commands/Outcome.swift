import PiJSON

/// What a command came to: one value, from which the terminal and `--json` are both served.
struct Outcome: Sendable {
    let exit: ExitCode
    /// For stdout when a person reads it.
    let text: String
    /// The fields of `--json` besides those that all commands have.
    let fields: [JSONObject.Member]
    let diagnostics: [Diagnostic]
    /// The code of the program that was run, which is passed on as it is.
    let programCode: Int32?

    /// Whether what does not fit on a screen is shown page by page.
    let isPaged: Bool

    /// What the process ends with.
    var code: Int32 { programCode ?? exit.rawValue }

    init(
        exit: ExitCode, text: String, fields: [JSONObject.Member], diagnostics: [Diagnostic] = [],
        programCode: Int32? = nil, isPaged: Bool = false
    ) {
        self.isPaged = isPaged
        self.programCode = programCode
        self.exit = exit
        self.text = text
        self.fields = fields
        self.diagnostics = diagnostics
    }

    /// Nothing but a reason why not.
    init(failure: Diagnostic, exit: ExitCode) {
        self.init(exit: exit, text: "", fields: [], diagnostics: [failure])
    }
}
