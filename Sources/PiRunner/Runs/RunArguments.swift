import PiSystem

/// What commands about a run that waits are given.
enum RunArguments {
    static let workspace = Command.Option(
        name: "workspace", short: nil, argument: .required("DIR", .file),
        summary: "the folder that was worked on; the one you are in if it is left out")
    static let run = Command.Operand(
        name: "RUN", count: .optional,
        summary: "the beginning of its name; the newest whose changes wait here if it is left out",
        value: .text)

    static func find(_ arguments: Arguments) throws -> WaitingRun {
        let named = arguments.value(of: "workspace").map(FilePath.init)
        let place = try Folder.open(named ?? ".", resolving: .anything).realPath()
        return try WaitingRun.find(
            arguments.operands.first, in: place.text, StateFolder.find())
    }
}
