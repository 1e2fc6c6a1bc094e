import PiJSON
import PiPolicy
import PiSystem

/// Answers requests by policies that somebody else made up: one JSON object a line in, one out.
///
/// `{policy, bounds, requests, workspace, home}` becomes `{decisions}`, or `{codes}` of what is wrong. JSON is
/// YAML, so the objects are read as any policy is.
enum Decide {
    static func run() -> Int32 {
        while let line = readLine() {
            let answer: JSONValue
            do {
                answer = try decide(JSONReader.read(line, .interchange(sizeLimit: 1 << 22)).value)
            } catch {
                answer = ["codes": [.string("\(error)")]]
            }
            do {
                try StandardStream.output.write(Array("\(answer)\n".utf8))
            } catch {
                return 1
            }
        }
        return 0
    }

    private static func decide(_ given: JSONValue) -> JSONValue {
        let surroundings = Surroundings(
            workspace: given["workspace"]?.string ?? "/w", home: given["home"]?.string ?? "/home/u")
        var diagnostics: [Diagnostic] = []
        func load(_ value: JSONValue, _ name: String) -> LoadedPolicy? {
            let (loaded, found) = PolicyLoader.load(
                SourceText(name: name, bytes: Array("\(value)".utf8)), as: .file(name),
                by: .operatorOfTheHost, .none
            ) { _ throws(PolicyLoader.Unreadable) in
                throw PolicyLoader.Unreadable(reason: "there are no files here", help: "none")
            }
            diagnostics += found
            return loaded
        }
        let policy = load(given["policy"] ?? .null, "policy.yaml")
        let bounds = (given["bounds"]?.array ?? []).enumerated().map { load($1, "bound\($0).yaml") }
        guard let policy, bounds.allSatisfy({ $0 != nil }) else { return codes(diagnostics) }
        let (resolved, found) = ResolvedPolicy.resolve(
            policy, bounds: bounds.compactMap { $0 }, groups: .none, surroundings)
        guard let resolved else { return codes(found) }
        let evaluator = resolved.evaluator(in: surroundings)
        return [
            "decisions": .array(
                (given["requests"]?.array ?? []).map { request in
                    guard let request = self.request(request) else { return .null }
                    return evaluator.decide(request).json
                })
        ]
    }

    private static func codes(_ diagnostics: [Diagnostic]) -> JSONValue {
        [
            "codes": .array(
                diagnostics.filter { $0.severity == .error }.map { .string($0.code ?? $0.message) })
        ]
    }

    /// The keys are those of an example: `{tool, command, script, read, write, connect, method, path}`.
    private static func request(_ value: JSONValue) -> Request? {
        var connection: Request.Connection?
        if let text = value["connect"]?.string {
            connection = Request.Connection(
                text, method: value["method"]?.string, path: value["path"]?.string)
            guard connection != nil else { return nil }
        }
        let command: Request.Command? =
            value["script"]?.string.map { .script($0) }
            ?? value["command"]?.array.map { .words($0.compactMap(\.string)) }
        return Request(
            tool: value["tool"]?.string, command: command, read: value["read"]?.string,
            write: value["write"]?.string, connect: connection)
    }
}
