import PiJSON
import PiSystem

/// Makes the call that this process was started for: `pi-tool NAME`, arguments on stdin, result on stdout.
///
/// Exit code 0 and the result as JSON; 1 and the reason on stderr; 2 for a tool that does not exist.
public func makeCallAndEnd() -> Never {
    endThisProcess(code: call(Array(ThisProcess.arguments.dropFirst())))
}

private func call(_ typed: [RawText]) -> Int32 {
    let tools = Tool.ofThisProgram
    guard typed.count == 1, let tool = tools.first(where: { $0.name == typed[0].utf8 }),
        let run = tool.run
    else {
        let names = tools.map(\.name).joined(separator: ", ")
        return refuse(
            "usage: pi-tool NAME, with the arguments as JSON on stdin; the tools are \(names)",
            code: 2)
    }
    do {
        let limit = ByteCount(ToolArguments.sizeLimit)
        let arguments = try ToolArguments(StandardStream.input.contents(limit: limit), for: tool)
        return write(try run(arguments).json)
    } catch let elsewhere as ToolPath.Elsewhere {
        return write(["elsewhere": .string(elsewhere.path)])
    } catch {
        return refuse("\(error)", code: 1)
    }
}

private func write(_ json: JSONValue) -> Int32 {
    do {
        try StandardStream.output.write(
            JSONWriter.write(json, layout: .compact) + [UInt8(ascii: "\n")])
        return 0
    } catch {
        return refuse("\(error)", code: 1)
    }
}

private func refuse(_ reason: String, code: Int32) -> Int32 {
    // When nobody reads stderr the exit code still says it.
    try? StandardStream.error.write(Array((reason + "\n").utf8))
    return code
}
