import PiAI
import PiJSON
import PiPolicy
import PiSystem

/// A model that is a file: `scripted/FILE`, `replay/FILE`, `replay-loose/FILE`.
enum ScriptFile {
    private static let limit = ByteCount.mebibytes(64)
    private static let kinds = ["scripted", "replay", "replay-loose"]

    /// Nil if the name is of a model.
    static func named(_ typed: String) throws -> (model: Model, script: Script)? {
        guard let slash = typed.firstIndex(of: "/"), kinds.contains(String(typed[..<slash])) else {
            return nil
        }
        let kind = String(typed[..<slash])
        guard let path = FilePath(String(typed[typed.index(after: slash)...])), let name = path.name
        else { throw ModelChoice.Refused(.usage, "`\(kind)/` needs the name of a file", help: nil) }
        let bytes: [UInt8]
        do {
            bytes = try Folder.open(path.parent, resolving: .anything)
                .read(name, limit: limit, resolving: .anything)
        } catch {
            throw error.about(path, doing: .open)
        }
        let model = Model(
            name: ModelName(api: .openAICompletions, provider: kind, model: path.description),
            baseURL: "http://127.0.0.1", reasoning: .words([:], off: nil))
        let script =
            kind == "scripted"
            ? try script(bytes, path) : try recorded(bytes, path, strict: kind == "replay")
        return (model, script)
    }

    private static func script(_ bytes: [UInt8], _ path: FilePath) throws -> Script {
        let (json, diagnostics) = YAMLDocument.read(
            SourceText(name: path.description, bytes: bytes))
        guard let json else { throw ModelChoice.Refused(diagnostics: diagnostics) }
        do {
            return try Script(json)
        } catch {
            throw ModelChoice.Refused(
                .policyInvalid,
                "\(path): \(SafeText("\(error.place): \(error.reason)", limit: 300))",
                help: "docs/models.md has the language of scripts")
        }
    }

    private static func recorded(_ bytes: [UInt8], _ path: FilePath, strict: Bool) throws -> Script
    {
        var lines: [JSONValue] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            do {
                lines.append(
                    try JSONReader.read(Array(line), .interchange(sizeLimit: limit.bytes)).value)
            } catch {
                throw ModelChoice.Refused(
                    .usage, "\(path), line \(number + 1): \(error)",
                    help: "a session is JSON, a line an entry")
            }
        }
        let messages = Script.messages(ofSession: lines)
        guard messages.contains(where: { if case .assistant = $0 { true } else { false } }) else {
            throw ModelChoice.Refused(
                .usage, "\(path) holds no answer of a model",
                help: "it is a session, as `sessions/` has them")
        }
        return Script(replaying: messages, strict: strict)
    }
}
