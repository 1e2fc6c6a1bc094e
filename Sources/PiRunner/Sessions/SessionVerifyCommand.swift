import PiAgent
import PiJSON
import PiSystem

/// `pi-runner session verify`: every line of a file read, and all that is wrong said.
enum SessionVerifyCommand {
    static let command = Command(
        name: "session verify",
        summary: "read every line of a session, and say what is wrong",
        about: [
            "Nothing is changed. A last line that was not finished is no fault: the next writer cuts it off."
        ],
        operands: [SessionArguments.session],
        options: [SessionArguments.workspace],
        examples: [.init(line: "pi-runner session verify old.jsonl", summary: "is it whole?")],
        exitCodes: [.corrupt],
        result: [
            .init(name: "path", schema: ["type": "string"]),
            .init(name: "entries", schema: ["type": "integer"]),
            .init(name: "unfinished", schema: ["type": "integer"]),
            .init(
                name: "faults",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["line", "reason"],
                        "properties": ["line": ["type": "integer"], "reason": ["type": "string"]],
                    ],
                ]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let place = try SessionArguments.find(arguments)
        let bytes = try Folder.open(place.folder, resolving: .anything)
            .read(place.name, limit: .mebibytes(2_048), resolving: .anything)
        let check = SessionCheck(bytes)
        let cut =
            check.unfinished > 0
            ? ", and \(check.unfinished) bytes of one that was not finished" : ""
        return Outcome(
            exit: check.faults.isEmpty ? .ok : .corrupt,
            text: check.faults.isEmpty
                ? "\(place.path): whole, \(check.entries) entries\(cut)\n" : "",
            fields: [
                .init(name: "path", value: .string(place.path.description)),
                .init(name: "entries", value: .number(JSONNumber(check.entries))),
                .init(name: "unfinished", value: .number(JSONNumber(check.unfinished))),
                .init(
                    name: "faults",
                    value: .array(
                        check.faults.map {
                            ["line": .number(JSONNumber($0.line)), "reason": .string($0.reason)]
                        })),
            ],
            diagnostics: check.faults.prefix(20).map { fault in
                Diagnostic(
                    severity: .error, message: "\(place.path), line \(fault.line): \(fault.reason)",
                    help: nil)
            })
    }
}
