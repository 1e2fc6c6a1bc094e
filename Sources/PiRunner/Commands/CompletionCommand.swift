import PiJSON
import PiSystem

/// `pi-runner completion SHELL`: a script for the shell's own completion.
enum CompletionCommand {
    static let command = Command(
        name: "completion",
        summary: "print completion for a shell",
        about: [
            """
            Prints a script that completes commands, options and their values. `make install` puts it \
            where each shell looks for it; by hand, load it as in the examples.
            """
        ],
        operands: [
            .init(
                name: "SHELL", count: .one, summary: "bash, zsh or fish",
                value: .words(Shell.allCases.map(\.rawValue)))
        ],
        options: [],
        examples: [
            .init(line: "source <(pi-runner completion bash)", summary: "completion in this bash"),
            .init(line: "source <(pi-runner completion zsh)", summary: "completion in this zsh"),
            .init(line: "pi-runner completion fish | source", summary: "completion in this fish"),
        ],
        exitCodes: [],
        result: [
            .init(
                name: "shell", schema: ["enum": .array(Shell.allCases.map { .string($0.rawValue) })]
            ),
            .init(name: "script", schema: ["type": "string"]),
        ],
        perform: { try outcome($0) })

    enum Shell: String, CaseIterable {
        case bash, zsh, fish

        func script(_ commands: [Command]) -> String {
            switch self {
            case .bash: BashCompletion.script(commands)
            case .zsh: ZshCompletion.script(commands)
            case .fish: FishCompletion.script(commands)
            }
        }
    }

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let name = arguments.operands[0].description
        guard let shell = Shell(rawValue: name) else {
            throw UsageError(
                .wrongValue("SHELL", name, Shell.allCases.map(\.rawValue)), command: command)
        }
        let script = shell.script(CommandTable.commands)
        return Outcome(
            exit: .ok,
            text: script,
            fields: [
                .init(name: "shell", value: .string(shell.rawValue)),
                .init(name: "script", value: .string(script)),
            ])
    }
}
