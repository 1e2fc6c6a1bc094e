import PiJSON
import PiSystem
import PiTesting

/// One call of a tool: the built program, as the sandbox starts it.
struct ToolRun {
    let code: Int32
    let error: String
    /// What the model gets, or nothing if it is an error.
    let text: String
    let json: JSONValue?

    static func of(
        _ tool: RawText, _ arguments: String, in folder: FilePath, stamp: String? = nil
    ) async throws -> ToolRun {
        var program = try Program.built("pi-tool", [tool])
        program.folder = folder
        program.input = Array(arguments.utf8)
        if let stamp { program.environment.append(RawText("PI_STAMP=\(stamp)")!) }
        let run = try await program.run()
        let json =
            run.code == 0
            ? try JSONReader.read(run.output, .exact(sizeLimit: 64 << 20)).value : nil
        let texts = (json?["content"]?.array ?? []).compactMap { $0["text"]?.string }
        return ToolRun(
            code: run.code, error: run.error, text: texts.joined(separator: "\n"), json: json)
    }

    var stamp: String? { json?["details"]?["stamp"]?.string }
}
