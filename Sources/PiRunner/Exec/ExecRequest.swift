import PiJSON
import PiPolicy
import PiSystem

/// What a person asked `exec` to do.
struct ExecRequest {
    let policy: RawText
    let workspace: FilePath?
    /// The earlier run that goes on; nil begins another.
    let run: RawText?
    /// `NAME=VALUE`, the person's own grants.
    let variables: [RawText]
    let stdin: FilePath?
    let wantsTerminal: Bool
    let onlyPlan: Bool
    let capturesOutput: Bool
    let program: [RawText]
    /// The revision whose policy and instructions are believed, if one was typed.
    var trust: String?
    /// The one that the run believed which goes on, where neither the person nor the policy names any.
    var trustedBefore: String?
    /// The one that a session says it believed, where there is no record of that.
    var lostTrust: String?
    /// Whether the workspace has a say: not in what our own programs may do.
    private(set) var believesWorkspace = true
    /// Nothing is hidden from a program of ours that brings files.
    private(set) var seesAll = false
    /// Whose keys have to be enforced.
    var command = Enforcement.Command.exec

    /// What an agent's calls are made by; the program is each call's own.
    init(
        policy: RawText, workspace: FilePath?, variables: [RawText], trust: String?
    ) {
        self.init(policy: policy, workspace: workspace, variables: variables, program: ["agent"])
        self.trust = trust
        command = .run
    }

    private init(
        policy: RawText, workspace: FilePath?, variables: [RawText], program: [RawText]
    ) {
        self.policy = policy
        self.workspace = workspace
        self.variables = variables
        self.program = program
        run = nil
        stdin = nil
        wantsTerminal = false
        onlyPlan = false
        capturesOutput = true
    }

    /// What our own programs ask for, such as the probes.
    init(policy: RawText, seesAll: Bool = false) {
        self.init(policy: policy, workspace: nil, variables: [], program: ["probe"])
        believesWorkspace = false
        self.seesAll = seesAll
    }

    init(_ arguments: Arguments) throws(UsageError) {
        policy = arguments.value(of: "policy") ?? "exec"
        workspace = arguments.value(of: "workspace").map(FilePath.init)
        run = arguments.value(of: "run")
        trust = try Self.revision(arguments)
        variables = arguments.values(of: "env")
        stdin = arguments.value(of: "stdin").map(FilePath.init)
        wantsTerminal = arguments.has("terminal")
        onlyPlan = arguments.has("plan")
        let json = arguments.value(of: "json")
        capturesOutput = arguments.has("json") && (json == nil || json == "-")
        program = arguments.operands
        for variable in variables where Self.name(of: variable) == nil {
            throw UsageError(
                .malformed("variable", variable.description, "NAME=VALUE"),
                command: arguments.command)
        }
        if wantsTerminal, stdin != nil {
            throw UsageError(.contradiction("-t", "--stdin"), command: arguments.command)
        }
        if wantsTerminal, capturesOutput {
            throw UsageError(.contradiction("-t", "--json"), command: arguments.command)
        }
        if wantsTerminal, !onlyPlan, !StandardStream.input.isTerminal {
            throw UsageError(.needsTerminal("-t"), command: arguments.command)
        }
    }

    static func revision(_ arguments: Arguments) throws(UsageError) -> String? {
        guard let typed = arguments.value(of: "trust") else { return nil }
        guard let text = typed.utf8, TextKind.revision.accepts(text) else {
            throw UsageError(
                .malformed("revision", typed.description, "main"), command: arguments.command)
        }
        return text
    }

    static let trustOption = Command.Option(
        name: "trust", short: nil, argument: .required("REVISION", .text),
        summary: "believe this revision's policy, notes and skills")

    /// Nil if it is no variable: environ(7).
    static func name(of variable: RawText) -> RawText? {
        let bytes = variable.bytes
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { return nil }
        return RawText(bytes[..<equals])
    }
}
