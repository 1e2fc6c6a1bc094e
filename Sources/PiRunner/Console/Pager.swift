import PiSystem

/// The person's own program for reading what does not fit on a screen.
enum Pager {
    /// False if there is none, or no need of one: then nothing was shown.
    static func show(_ text: String) throws(SystemError) -> Bool {
        guard let size = StandardStream.output.terminalSize,
            text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) >= Int(size.rows)
        else { return false }
        let command = ThisProcess.variable("PAGER") ?? "less"
        guard !command.isEmpty, command != "cat",
            ThisProcess.variable("TERM").map({ $0 != "dumb" }) ?? false
        else { return false }
        let plan = SpawnPlan(
            program: "/bin/sh", arguments: ["sh", "-c", command], environment: environment,
            newSession: false)
        // It is the pager that Ctrl-C is for, as long as it is there.
        let pipe = try Pipe()
        try Interruption.leaveToChild()
        var reader = try plan.start(
            input: pipe.reading, output: Descriptor.another(of: .output),
            error: Descriptor.another(of: .error), in: Folder.open(".", resolving: .anything))
        pipe.reading.close()
        do {
            try pipe.writing.writeAll(Array(text.utf8), to: "the pager")
        } catch {
            // It has seen enough, or was never there.
            guard error.errno == .brokenPipe else { throw error }
        }
        pipe.writing.close()
        // What a shell says of a program that can't be started, or is not there.
        let way = try reader.waitBlocking().way
        return way != .exited(code: 126) && way != .exited(code: 127)
    }

    /// What a program on a terminal needs to know; colours are shown as such, and a short text is not waited for.
    private static var environment: [RawText] {
        let names: [RawText] = ["PATH", "HOME", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "LESS"]
        var environment = names.compactMap { name in
            ThisProcess.variable(name).flatMap {
                RawText(name.bytes + [UInt8(ascii: "=")] + $0.bytes)
            }
        }
        if ThisProcess.variable("LESS") == nil { environment.append("LESS=FRX") }
        return environment
    }
}
