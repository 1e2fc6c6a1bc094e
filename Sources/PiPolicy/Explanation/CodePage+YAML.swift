extension CodePage {
    /// 01: YAML itself.
    static let yaml: [DiagnosticCode: CodePage] = [
        .syntax: CodePage(
            why: """
                A policy is understood as a whole or not at all: what can't be read might have \
                been the line that denies. Most often a text with `: `, `[` or `{` in it needs \
                quotes, or a line begins in another column than the keys of its map.
                """,
            wrong: """
                version: 1
                name: example
                description: draft: reads the workspace
                """,
            right: """
                version: 1
                name: example
                description: "draft: reads the workspace"
                """),
        .tab: CodePage(
            why: """
                How wide a tab is depends on who looks at it, so a line may seem to belong to \
                another key than it does. Indent with spaces.
                """,
            wrong: """
                version: 1
                name: example
                limits:
                \twall: 60s
                """,
            right: """
                version: 1
                name: example
                limits:
                  wall: 60s
                """),
        .notUTF8: CodePage(
            why: """
                In another encoding the same bytes are other letters, so a name could be read as \
                one that nobody wrote. Save the file as UTF-8, without a byte order mark.
                """,
            wrong: """
                version: 1
                name: example
                description: for the caf\u{FFFD} in the lobby   # saved as Latin-1
                """,
            right: """
                version: 1
                name: example
                description: for the caf\u{E9} in the lobby   # saved as UTF-8
                """),
        .unseen: CodePage(
            why: """
                A character that takes no room, or that turns the direction of a line around, \
                makes a policy look different from what it says. What is read must be what is \
                written.
                """,
            wrong: """
                version: 1
                name: example
                files: {read: [/srv/data]}   # \u{202E}only
                """,
            right: """
                version: 1
                name: example
                files: {read: [/srv/data]}   # only
                """),
        .tooLarge: CodePage(
            why: """
                Nobody can look through a policy of that length, and the limit keeps a file from \
                taking the memory of whoever reads it. Divide it, and join the parts by `extends`.
                """,
            wrong: """
                version: 1
                name: example
                files:
                  read:
                    - /srv/data/1
                    - /srv/data/2
                    # … and so on, past 1 MiB
                """,
            right: """
                version: 1
                name: example
                files:
                  read: [/srv/data]   # a folder holds for all that is in it
                """),
        .anchor: CodePage(
            why: """
                An alias hides the value that it stands for, and a few of them inside each other \
                can stand for more text than fits into memory. Write the value where it is needed, \
                or put what several policies share into one that they extend.
                """,
            wrong: """
                version: 1
                name: example
                limits: &short {wall: 30s}
                """,
            right: """
                version: 1
                name: example
                limits: {wall: 30s}
                """),
        .tag: CodePage(
            why: """
                The type of each value is known by its key, so a tag could only repeat it or \
                contradict it. A text that begins with `!` goes in quotes.
                """,
            wrong: """
                version: 1
                name: !!str example
                """,
            right: """
                version: 1
                name: example
                """),
        .directive: CodePage(
            why: """
                A directive changes how the lines below it are read, and a policy is read in one \
                way only. Remove the line that begins with `%`.
                """,
            wrong: """
                %YAML 1.1
                ---
                version: 1
                name: example
                """,
            right: """
                version: 1
                name: example
                """),
        .severalDocuments: CodePage(
            why: """
                Programs differ in which of several documents they take, so a rule that you see \
                could be one that nobody reads. Keep one policy in one file.
                """,
            wrong: """
                version: 1
                name: example
                ---
                network: {default: deny}
                """,
            right: """
                version: 1
                name: example
                network: {default: deny}
                """),
        .duplicateKey: CodePage(
            why: """
                Of two equal keys most programs keep one without a word, so half of what you see \
                would not hold. Keep one of them, or join what they hold.
                """,
            wrong: """
                version: 1
                name: example
                files: {hide: ["~/.ssh"]}
                files: {hide: ["~/.aws"]}
                """,
            right: """
                version: 1
                name: example
                files: {hide: ["~/.ssh", "~/.aws"]}
                """),
        .complexKey: CodePage(
            why: """
                A key is a word, so that messages can name it and policies can be merged by it. \
                Write one key for each of the things that are meant.
                """,
            wrong: """
                version: 1
                name: example
                limits:
                  [wall, cpu]: 60s
                """,
            right: """
                version: 1
                name: example
                limits:
                  wall: 60s
                  cpu: 60s
                """),
        .tooDeep: CodePage(
            why: """
                No policy needs more than 32 levels, so there is mostly a bracket too many. The \
                limit keeps a file from exhausting whoever reads it.
                """,
            wrong: """
                version: 1
                name: example
                files:
                  read: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[/usr]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
                """,
            right: """
                version: 1
                name: example
                files:
                  read: [/usr]
                """),
        .ambiguous: CodePage(
            why: """
                `yes`, `no`, `on`, `off`, `null` and the like are booleans or nothing to one \
                reader of YAML and texts to the next, and a policy must mean the same to all of \
                them. Write `true` or `false`, and put a text in quotes.
                """,
            wrong: """
                version: 1
                name: example
                approvals: {self_approval: no}
                """,
            right: """
                version: 1
                name: example
                approvals: {self_approval: false}
                """),
    ]
}
