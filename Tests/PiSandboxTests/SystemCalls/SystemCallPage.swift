import PiSystem

@testable import PiSandbox

/// The page of the filter, in Markdown.
enum SystemCallPage {
    static func text() throws -> String {
        """
        # System calls

        Made by `make golden` from the table that the filter is made from. A program in the sandbox may make these calls,
        and no others. Nobody needs this page before a message says that a call was refused; then it says why.

        | a call is | and the program sees |
        | --- | --- |
        | allowed | what the kernel answers |
        | known, and refused | `EPERM`, "Operation not permitted"; for sockets of another family `EAFNOSUPPORT` |
        | not in the table, or one that libraries can do without | `ENOSYS`, "Function not implemented", upon which they fall back |
        | of another architecture, x32 included | nothing: it is killed |

        So a call that a newer kernel brings is closed until somebody has thought about it. Arguments are compared by
        their low 32 bits, which is all that the kernel reads of those that matter here.

        ## Refused

        | calls | answer | because |
        | --- | --- | --- |
        \(SystemCallTable.refusals.map(row).joined(separator: "\n"))

        ## Allowed, but for some arguments

        | calls | what is allowed | because |
        | --- | --- | --- |
        \(SystemCallTable.argumentRules.map(row).joined(separator: "\n"))

        A file that belongs to a set-group-id folder gets its group from the kernel as ever, and a new folder inherits the
        bit: only setting it by name is refused.

        ## Allowed

        *In italics: not on aarch64, which has newer calls in their place. With •: see above.*

        \(SystemCallTable.allowed.map(paragraph).joined(separator: "\n\n"))

        ## Left without a name on purpose

        They are answered `ENOSYS` like everything that the table does not name.

        \(SystemCallTable.unnamed.map { "**\(capitalized($0.title)).** \($0.names.joined(separator: ", "))" }
            .joined(separator: "\n\n"))

        ## The filter as the kernel runs it

        It is compiled in for both architectures (`Sources/CSandbox/filters.c`), since building it would cost every start
        four milliseconds. In the reporting one a listener of the supervisor answers `EPERM` and `EAFNOSUPPORT`, and counts.
        The tests run each program, the compiled one and a freshly built one, against the table.

        | | instructions, plain | reporting |
        | --- | --- | --- |
        \(try Architecture.allCases.map(sizes).joined(separator: "\n"))

        """
    }

    private static func row(_ refusal: SystemCallTable.Refusal) -> String {
        "| \(refusal.names.map(named).joined(separator: ", ")) | `\(refusal.errno.name)` | \(refusal.reason) |"
    }

    private static func row(_ rules: SystemCallTable.Rules) -> String {
        let names = rules.byName.map { named($0.name) }.joined(separator: ", ")
        return "| \(names) | \(rules.summary) | \(rules.reason) |"
    }

    private static func paragraph(_ group: SystemCallTable.Group) -> String {
        let ruled = Set(SystemCallTable.argumentRules.flatMap(\.byName).map(\.name))
        let names = group.names.map { named($0) + (ruled.contains($0) ? "•" : "") }
        return "**\(capitalized(group.title)).** \(names.joined(separator: ", "))"
    }

    /// In italics where aarch64 lacks the call.
    private static func named(_ name: String) -> String {
        SystemCallTable.number(of: name, on: .aarch64) == nil ? "*\(name)*" : name
    }

    private static func sizes(_ architecture: Architecture) throws -> String {
        let counts = try FilterProgram.Kind.allCases.map {
            let program = try FilterSource.program($0, for: architecture)
            return String(program.instructions.count)
        }
        return "| \(architecture) | \(counts.joined(separator: " | ")) |"
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
