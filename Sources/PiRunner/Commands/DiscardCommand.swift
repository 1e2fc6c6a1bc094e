import PiJSON

/// `pi-runner discard [RUN]`: drops what a run has changed.
enum DiscardCommand {
    static let command = Command(
        name: "discard",
        summary: "drop the changes of a run that wait",
        about: ["The workspace stays as it is; what the run wrote is gone for good."],
        operands: [RunArguments.run],
        options: [RunArguments.workspace],
        examples: [.init(line: "pi-runner discard", summary: "none of it, thank you")],
        exitCodes: [],
        result: [.init(name: "run", schema: ["type": ["string", "null"]])],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let found: HeldRun
        do {
            found = try RunArguments.find(arguments)
        } catch let error as WaitingRun.NotFound
            where error.meansNone && arguments.operands.isEmpty
        {
            return Outcome(
                exit: .ok, text: RunArguments.nothingWaits,
                fields: [.init(name: "run", value: .null)], diagnostics: error.news)
        }
        try found.run.discard()
        return Outcome(
            exit: .ok, text: "dropped the changes of run \(found.run.id)\n",
            fields: [.init(name: "run", value: .string(found.run.id))], diagnostics: found.news)
    }
}
