import PiJSON
import PiSystem

/// `pi-runner show [RUN]`: what a run's record says.
enum ShowCommand {
    static let command = Command(
        name: "show",
        summary: "show what is known of a run",
        about: ["What ran, under which policy, behind which walls, and what came of it."],
        operands: [
            .init(
                name: "RUN", count: .optional,
                summary: "the beginning of its name; the newest here if it is left out",
                value: .text)
        ],
        options: [RunArguments.workspace],
        examples: [.init(line: "pi-runner show", summary: "what was that?")],
        exitCodes: [],
        result: [
            .init(name: "run", schema: ["type": "string"]),
            .init(name: "state", schema: ["enum": ["running", "ended", "killed"]]),
            .init(name: "records", schema: ["type": "array", "items": ["type": "object"]]),
            .init(name: "waiting", schema: ["type": ["integer", "null"]]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let state = try StateFolder.find()
        let place = try RunArguments.place(arguments)
        let news = try Upkeep.perform(in: place, state)
        let run = try PastRun.find(arguments.operands.first, in: place, state)
        let waiting = try run.waiting(in: state)
        var page = Layout(columns: Console.columns)
        page.paragraph("Run \(run.id), in \(SafeText(run.workspace ?? "?", limit: 200))")
        for (place, record) in run.records.enumerated() {
            page.section(
                run.records.count == 1 ? "What ran" : "Turn \(place + 1)", rows(of: record))
        }
        page.section(
            "Now", [("state", run.stateSentence), ("waits", waiting?.phrase ?? "nothing")])
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(name: "run", value: .string(run.id)),
                .init(name: "state", value: .string(run.state.rawValue)),
                .init(name: "records", value: .array(run.records)),
                .init(
                    name: "waiting",
                    value: (waiting?.changes).map { .number(JSONNumber($0)) } ?? .null),
            ], diagnostics: news + (waiting?.news ?? []))
    }

    private static func rows(of record: JSONValue) -> [(String, String)] {
        func list(_ value: JSONValue?, _ phrase: (JSONValue) -> String?) -> String {
            (value?.array ?? []).compactMap(phrase).joined(separator: "; ")
        }
        let policy = record["policy"]
        let weak = list(record["walls"]) { wall in
            guard let name = wall["name"]?.string, wall["state"]?.string != "enforced" else {
                return nil
            }
            return "\(name) \(wall["state"]?.string ?? "?"): \(wall["reason"]?.string ?? "?")"
        }
        let outcome = record["outcome"]
        let usage = outcome?["usage"]
        func number(_ name: String) -> Int? { usage?[name]?.number?.int }
        let rows: [(String, String?)] = [
            ("program", record["program"]?.string),
            ("session", record["session"]?.string),
            ("tools", list(record["tools"]) { $0.string }),
            ("budgets", record["budgets"]?.string),
            (
                "policy",
                list(policy?["files"]) { $0.string } + ", " + (policy?["digest"]?.string ?? "?")
            ),
            (
                "then",
                list(record["policy_changes"]) { change in
                    change["digest"]?.string.map { "\($0) for its network" }
                        ?? change["refused"]?.string.map { "refused: \($0)" }
                }
            ),
            ("walls", weak.isEmpty ? "all enforced" : weak),
            ("exit", outcome?["exit"]?["code"]?.number?.int.map { "\($0)" } ?? "no word of it"),
            ("end", outcome?["end"].flatMap(end)),
            ("model", outcome.flatMap(model)),
            ("took", number("wall_ms").map { "\($0) ms" }),
            ("memory", number("peak_memory").map { "\(ByteCount($0))" }),
            ("denied", list(outcome?["denials"]) { $0["sentence"]?.string }),
        ]
        return rows.compactMap { name, text in
            text.flatMap { $0.isEmpty ? nil : (name, $0) }
        }
    }

    private static func end(_ end: JSONValue) -> String? {
        guard let budget = end["budget"], let limit = budget["limit"]?.string else {
            return end["name"]?.string
        }
        return
            "the budget \(budget["which"]?.string ?? "?") of \(limit) (\(budget["origin"]?.string ?? "?"))"
    }

    /// What an agent's run asked of its model, and what it cost.
    private static func model(_ outcome: JSONValue) -> String? {
        let usage = outcome["usage"]
        guard let turns = usage?["turns"]?.number?.int else { return nil }
        let calls = usage?["calls"]?.number?.int ?? 0
        let tokens = usage?["tokens"]?["totalTokens"]?.number?.int ?? 0
        let about = usage?["cost_is_estimated"] == true ? "about " : ""
        let cost = usage?["cost"]?.string.map { "\(about)$\($0)" } ?? "cost unknown"
        return
            "\(counted(turns, "turn", "turns")), \(counted(calls, "call", "calls")), \(counted(tokens, "token", "tokens")), \(cost)"
    }
}
