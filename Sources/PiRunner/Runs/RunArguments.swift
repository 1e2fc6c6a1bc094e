import PiJSON
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

    static func find(_ arguments: Arguments) throws -> HeldRun {
        let state = try StateFolder.find()
        let place = try place(arguments)
        let interrupted = try Applying.recoverAll(in: place, state)
        return try HeldRun(
            WaitingRun.find(arguments.operands.first, in: place, state), news: interrupted)
    }

    /// The folder whose runs are meant.
    static func place(_ arguments: Arguments) throws -> String {
        let named = arguments.value(of: "workspace").map(FilePath.init)
        return try Folder.open(named ?? ".", resolving: .anything).realPath().text
    }
}
