import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy new`: a policy to begin with.
enum PolicyNewCommand {
    static let command = Command(
        name: "policy new",
        summary: "write a policy to begin with",
        about: [
            """
            Prints the text of a ready-made policy, comments and examples included, to be changed. With FILE it is \
            written there and called by that name; a file that exists is left alone.
            """
        ],
        operands: [
            .init(
                name: "READY-MADE", count: .one,
                summary: "one of \(PolicyStore.names.joined(separator: ", "))",
                value: .words(PolicyStore.names)),
            .init(
                name: "FILE", count: .optional, summary: "where to write it; it ends in `.yaml`",
                value: .file),
        ],
        options: [],
        examples: [
            .init(line: "pi-runner policy new ci-fix ci.yaml", summary: "a policy for a CI job"),
            .init(line: "pi-runner policy new default", summary: "just to look at"),
        ],
        exitCodes: [],
        result: [
            .init(name: "text", schema: ["type": "string"]),
            .init(name: "file", schema: ["type": ["string", "null"]]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let name = arguments.operands[0].description
        guard let text = ShippedPolicies.text(name) else {
            throw UsageError(.wrongValue("READY-MADE", name, PolicyStore.names), command: command)
        }
        guard arguments.operands.count > 1 else {
            return Outcome(
                exit: .ok, text: text,
                fields: [
                    .init(name: "text", value: .string(text)), .init(name: "file", value: .null),
                ])
        }
        let typed = arguments.operands[1]
        let path = FilePath(typed)
        guard let last = path.name?.utf8, last.hasSuffix(".yaml"), last.count > 5 else {
            throw UsageError(
                .malformed("FILE", typed.description, "\(name).yaml"), command: command)
        }
        let own = renamed(text, to: String(last.dropLast(5)))
        let file = try Folder.open(path.parent, resolving: .anything)
            .file(
                FilePath(last)!, for: .append, creating: .always(mode: 0o644), resolving: .noLinks)
        try file.write(Array(own.utf8))
        return Outcome(
            exit: .ok,
            text: "wrote \(path): `pi-runner policy check \(shellWord(path))` looks at it\n",
            fields: [
                .init(name: "text", value: .string(own)),
                .init(name: "file", value: .string(path.description)),
            ])
    }

    /// As a shell takes it for one word.
    private static func shellWord(_ path: FilePath) -> String {
        let text = path.description
        let isPlain = text.utf8.allSatisfy { byte in
            "-_./~".utf8.contains(byte) || (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        let pieces = text.split(separator: "'", omittingEmptySubsequences: false)
        return isPlain ? text : "'\(pieces.joined(separator: "'\\''"))'"
    }

    /// Called as its file, if that can be a name.
    private static func renamed(_ text: String, to name: String) -> String {
        let isName = name.utf8.allSatisfy { byte in
            "-_.".utf8.contains(byte) || (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
        guard isName, name.first?.isLetter == true else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("name: ") ? "name: \(name)" : String(line)
        }.joined(separator: "\n")
    }
}
