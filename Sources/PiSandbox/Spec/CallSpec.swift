package import PiSystem

/// One call: the program, what it is given, and how much it may use.
package struct CallSpec: Sendable {
    /// Its path inside, if it is not the first argument that says it.
    private let program: FilePath?
    /// With the name that the program sees as its own.
    package let arguments: [RawText]
    /// The whole environment: nothing is inherited.
    package let environment: [RawText]
    /// Inside.
    package let workingFolder: FilePath
    package let limits: CallLimits
    /// A terminal of its own instead of three pipes.
    package let terminal: TerminalSize?

    package init(
        program: FilePath? = nil, arguments: [RawText], environment: [RawText],
        workingFolder: FilePath, limits: CallLimits,
        terminal: TerminalSize? = nil
    ) {
        precondition(!arguments.isEmpty, "a call without a program")
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.workingFolder = workingFolder
        self.limits = limits
        self.terminal = terminal
    }

    /// The paths that the program may have, as execvp(3) would try them: by the call's own PATH, and
    /// looked for inside.
    var candidates: [RawText] {
        let program = program?.raw ?? arguments[0]
        guard !program.bytes.contains(UInt8(ascii: "/")) else { return [program] }
        let prefix = Array("PATH=".utf8)
        let path = environment.last { $0.bytes.starts(with: prefix) }?.bytes.dropFirst(prefix.count)
        return (path.map(Array.init) ?? Array("/usr/bin:/bin".utf8))
            .split(separator: UInt8(ascii: ":"))
            .compactMap { RawText($0 + [UInt8(ascii: "/")] + program.bytes) }
    }
}
