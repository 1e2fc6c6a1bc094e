import PiJSON
import PiSystem

/// Answers the command line this process was started with, and ends it.
public func answerAndEnd() async -> Never {
    endThisProcess(code: await answer(Array(ThisProcess.arguments.dropFirst())).rawValue)
}

/// From what was typed to an exit code: understand it, do it, say how it went.
func answer(_ typed: [RawText]) async -> ExitCode {
    do {
        try Interruption.ignoreBrokenPipes()
        let arguments = try ArgumentParser.parse(typed, commands: CommandTable.commands)
        let outcome = await outcome(of: arguments)
        return show(
            outcome, of: arguments.command, as: ResultForm(arguments), on: console(arguments))
    } catch let error as UsageError {
        let outcome = Outcome(failure: error.diagnostic, exit: .usage)
        // What was wrong may have been the very option: a script that asks for JSON anywhere gets it.
        let form = typed.contains("--json") ? ResultForm.json : .text
        return show(outcome, of: nil, as: form, on: Console(color: .auto))
    } catch {
        Console(color: .auto).tell(Failure.diagnostic(of: error))
        return .defect
    }
}

private func console(_ arguments: Arguments) -> Console {
    let choice = arguments.value(of: "color")?.utf8.flatMap(ColorChoice.init(rawValue:))
    return Console(color: choice ?? .auto)
}

private func outcome(of arguments: Arguments) async -> Outcome {
    do {
        return try await arguments.command.perform(arguments)
    } catch let error as UsageError {
        return Outcome(failure: error.diagnostic, exit: .usage)
    } catch {
        return Outcome(failure: Failure.diagnostic(of: error), exit: .failed)
    }
}

/// How the result is wanted.
private enum ResultForm {
    case text
    case json
    case jsonFile(FilePath)

    init(_ arguments: Arguments) {
        self =
            switch (arguments.has("json"), arguments.value(of: "json")) {
            case (false, _): .text
            case (true, nil): .json
            case (true, let file?): .jsonFile(FilePath(file))
            }
    }
}

/// The exit code of the outcome, or of the failure to show it.
private func show(
    _ outcome: Outcome, of command: Command?, as form: ResultForm, on console: Console
) -> ExitCode {
    for diagnostic in outcome.diagnostics { console.tell(diagnostic) }
    let object = ResultSchema.object(outcome, command: command?.name)
    let json = JSONWriter.write(object, layout: .indented) + [UInt8(ascii: "\n")]
    do {
        switch form {
        case .text: try console.result(outcome.text)
        case .json: try console.result(String(decoding: json, as: UTF8.self))
        case .jsonFile(let path):
            try console.result(outcome.text)
            try ResultFile.write(json, to: path)
        }
        return outcome.exit
    } catch  where error.errno == .brokenPipe {
        // Whoever read a listing has seen enough.
        return outcome.exit
    } catch {
        console.tell(Failure.diagnostic(of: error))
        return .failed
    }
}
