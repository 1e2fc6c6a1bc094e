import PiAgent
import PiJSON
import PiSystem

/// Answers the command line this process was started with, and ends it.
public func answerAndEnd() -> Never {
    endThisProcess(code: answer(Array(ThisProcess.arguments.dropFirst())))
}

/// From what was typed to an exit code: understand it, do it, say how it went.
private func answer(_ typed: [RawText]) -> Int32 {
    let presentation = Presentation(typed)
    var form = presentation.form
    var command: String?
    let outcome: Outcome
    do {
        try Interruption.ignoreFailedWrites()
        try ThisProcess.keepMemorySmall()
        let arguments = try ArgumentParser.parse(typed, commands: CommandTable.commands)
        command = arguments.command.name
        // Before anything has an effect: afterwards it would be too late to say.
        if case .jsonFile(let path) = form {
            // That it can't be written there is not written there either.
            form = .text
            try ResultFile.checkPlace(of: path)
            form = presentation.form
        }
        outcome = try arguments.command.perform(arguments)
    } catch let error as UsageError {
        command = error.command
        outcome = Outcome(
            failure: error.diagnostic, exit: command == ExecCommand.command.name ? .runner : .usage)
    } catch let error as PolicyNotFound {
        outcome = Outcome(failure: error.diagnostic, exit: .policyInvalid)
    } catch let error as PolicyUnreadable {
        outcome = Outcome(failure: error.diagnostic, exit: .policyInvalid)
    } catch let refused as ModelChoice.Refused {
        outcome = Outcome(
            exit: refused.exit, text: "", fields: [], diagnostics: refused.diagnostics)
    } catch let broken as SessionFile.Broken {
        outcome = Outcome(failure: broken.diagnostic, exit: .corrupt)
    } catch let refused as Exec.Refused {
        outcome = Outcome(
            exit: refused.exit, text: "", fields: [], diagnostics: refused.diagnostics)
    } catch {
        outcome = Outcome(failure: Failure.diagnostic(of: error), exit: failure(of: command))
    }
    return show(outcome, of: command, as: form, on: Console(color: presentation.color))
}

/// A command that passes a program's code on has one of its own for what is not the program's.
private func failure(of command: String?) -> ExitCode {
    command == ExecCommand.command.name ? .runner : .failed
}

/// The exit code of the outcome, or of the failure to show it.
private func show(
    _ outcome: Outcome, of command: String?, as form: Presentation.Form, on console: Console
) -> Int32 {
    for diagnostic in outcome.diagnostics { console.tell(diagnostic) }
    switch form {
    case .text:
        return tell(outcome, of: command, on: console) {
            if try outcome.isPaged && Pager.show(outcome.text) { return }
            try console.result(outcome.text)
        }.code
    case .json:
        return tell(outcome, of: command, on: console) {
            try console.result(String(decoding: json(outcome, of: command), as: UTF8.self))
        }.code
    case .jsonFile(let path):
        // The file last, so that it can say what became of the text.
        let shown = tell(outcome, of: command, on: console) { try console.result(outcome.text) }
        return tell(shown, of: command, on: console) {
            try ResultFile.write(json(shown, of: command), to: path)
        }
        .code
    }
}

private func json(_ outcome: Outcome, of command: String?) -> [UInt8] {
    let object = ResultSchema.object(outcome, command: command)
    let text = String(
        decoding: JSONWriter.write(object, layout: .indented) + [UInt8(ascii: "\n")],
        as: UTF8.self)
    return Array(escapingControls(text).utf8)
}

/// What acts on a terminal, or reorders what is read there, as JSON spells it: it can only stand in a string.
private func escapingControls(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
            let digits = String(scalar.value, radix: 16)
            safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: safe.unicodeScalars.append(scalar)
        }
    }
    return safe
}

/// The outcome itself, or the failure to pass it on.
private func tell(
    _ outcome: Outcome, of command: String?, on console: Console, by writing: () throws -> Void
) -> Outcome {
    do {
        try writing()
        return outcome
    } catch let error as SystemError where error.errno == .brokenPipe {
        // Whoever read a listing has seen enough.
        return outcome
    } catch {
        let diagnostic = Failure.diagnostic(of: error)
        console.tell(diagnostic)
        return Outcome(failure: diagnostic, exit: failure(of: command))
    }
}
