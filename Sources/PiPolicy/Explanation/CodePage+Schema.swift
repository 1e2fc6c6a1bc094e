extension CodePage {
    /// 02: the schema.
    static let schema: [DiagnosticCode: CodePage] = [
        .unknownKey: CodePage(
            why: """
                A key that does not exist would have no effect, and the rule that you rely on \
                would not be there. It is mostly misspelt, or indented below another key than it \
                belongs to.
                """,
            wrong: """
                version: 1
                name: example
                netwrok: {default: deny}
                """,
            right: """
                version: 1
                name: example
                network: {default: deny}
                """),
        .wrongType: CodePage(
            why: """
                Each key takes values of its own type, and nothing is converted: one text is no \
                list, and a number in quotes is a text. What a conversion would make of a value is \
                not always what its author meant.
                """,
            wrong: """
                version: 1
                name: example
                files: {read: /usr}
                """,
            right: """
                version: 1
                name: example
                files: {read: [/usr]}
                """),
        .missingKey: CodePage(
            why: """
                Some keys have no value that could be taken for granted. Without `version` nobody \
                knows how the file is to be read, and without `name` no record can say which \
                policy was in force.
                """,
            wrong: """
                version: 1
                """,
            right: """
                version: 1
                name: example
                """),
        .wrongWord: CodePage(
            why: """
                The key takes one of a few words, and to take the nearest of them would be to \
                guess what you allow. The help of the message names the word that is nearest, or \
                all.
                """,
            wrong: """
                version: 1
                name: example
                workspace: {mode: readonly}
                """,
            right: """
                version: 1
                name: example
                workspace: {mode: read-only}
                """),
        .noUnit: CodePage(
            why: """
                A bare `60` could be seconds, minutes or hours, and a guess would be wrong by a \
                factor of 60. A time has `s`, `m`, `h` or `d` behind it, a size `B`, `KiB`, `MiB`, \
                `GiB` or `TiB`.
                """,
            wrong: """
                version: 1
                name: example
                limits: {wall: 60}
                """,
            right: """
                version: 1
                name: example
                limits: {wall: 60s}
                """),
        .outOfRange: CodePage(
            why: """
                Outside of its range a number can't be kept, or means nothing: a call without a \
                single process can't run. The message says from where to where the range goes.
                """,
            wrong: """
                version: 1
                name: example
                limits: {processes: 0}
                """,
            right: """
                version: 1
                name: example
                limits: {processes: 1}
                """),
        .malformed: CodePage(
            why: """
                A text that does not look as it must would match nothing, and a rule that matches \
                nothing looks like one that holds. The message says what such a text looks like.
                """,
            wrong: """
                version: 1
                name: example
                network:
                  allow:
                    index: {hosts: ["https://packages.example.org/"]}
                """,
            right: """
                version: 1
                name: example
                network:
                  allow:
                    index: {hosts: [packages.example.org]}
                """),
        .wrongNumberOfKeys: CodePage(
            why: """
                An example expects one answer, and a call, a request or the place of a secret is \
                described by at least one key. With too many keys nobody could say which of them \
                counts, and with none nothing would be said.
                """,
            wrong: """
                version: 1
                name: example
                tests:
                  - {deny: {tool: write}, allow: {read: README.md}}
                """,
            right: """
                version: 1
                name: example
                tests:
                  - {deny: {tool: write}}
                  - {allow: {read: README.md}}
                """),
        .noValue: CodePage(
            why: """
                A key without a value could mean nothing, everything, or a line that was \
                forgotten. Write `[]` for an empty list, or remove the key.
                """,
            wrong: """
                version: 1
                name: example
                environment:
                  pass:
                """,
            right: """
                version: 1
                name: example
                environment:
                  pass: []
                """),
    ]
}
