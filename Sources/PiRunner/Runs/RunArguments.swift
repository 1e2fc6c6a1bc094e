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
        try held(arguments.operands.first, arguments) { place, state in
            try WaitingRun.find(arguments.operands.first, in: place(), state)
        }
    }

    /// Whoever names none is not wrong if nothing waits.
    static let nothingWaits = "no changes wait here\n"

    /// Whatever was killed where the command is given is finished first, and told of also if there is no such run.
    static func held(
        _ named: RawText?, _ arguments: Arguments,
        _ find: (_ place: () throws -> String, StateFolder) throws -> WaitingRun
    ) throws -> HeldRun {
        let state = try StateFolder.find()
        let news = named == nil ? try Upkeep.perform(in: place(arguments), state) : []
        do {
            return try HeldRun(find({ try place(arguments) }, state), news: news)
        } catch let error as WaitingRun.NotFound {
            throw error.with(news)
        }
    }

    /// The folder whose runs are meant.
    static func place(_ arguments: Arguments) throws -> String {
        let named = arguments.value(of: "workspace").map(FilePath.init)
        return try Folder.open(named ?? ".", resolving: .anything).realPath().text
    }
}
