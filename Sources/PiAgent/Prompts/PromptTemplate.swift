/// A prompt with places for what is typed behind its name.
package struct PromptTemplate: Hashable, Sendable {
    package let name: String
    package let description: String
    private let body: String

    /// From a file: what stands between its first two lines of dashes says what it is, the rest is the prompt.
    package init(name: String, text: String) {
        self.name = name
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") {
            body = lines[(end + 1)...].joined(separator: "\n")
            let told = lines[1..<end].first { $0.hasPrefix("description:") }
            description =
                told.map { String($0.dropFirst("description:".count).drop { $0 == " " }) }
                ?? Self.firstLine(of: body)
        } else {
            body = text
            description = Self.firstLine(of: text)
        }
    }

    private static func firstLine(of text: String) -> String {
        String(text.split(separator: "\n").first?.prefix(60) ?? "")
    }

    /// With `$1`, `$@`, `$ARGUMENTS`, `${2:-default}`, `${@:-default}`, `${@:2}` and `${@:2:3}` replaced; what is put in is not looked at again.
    package func text(with typed: String) -> String { text(with: Self.words(of: typed)) }

    /// Whether it says nothing without any.
    package var needsArguments: Bool { body.contains("$ARGUMENTS") || body.contains("$1") }

    package func text(with arguments: [String]) -> String {
        var result = ""
        var rest = body[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if let (value, behind) = Self.value(of: rest, arguments) {
                result += value
                rest = behind
            } else {
                result += "$"
            }
        }
        return result + rest
    }

    /// Nil if it is a plain dollar sign.
    private static func value(
        of rest: Substring, _ arguments: [String]
    ) -> (String, Substring)? {
        let all = arguments.joined(separator: " ")
        if rest.first == "@" { return (all, rest.dropFirst()) }
        if rest.hasPrefix("ARGUMENTS") { return (all, rest.dropFirst("ARGUMENTS".count)) }
        if rest.first == "{" {
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let inner = rest[rest.index(after: rest.startIndex)..<end]
            return braced(inner, arguments).map { ($0, rest[rest.index(after: end)...]) }
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > 0 else { return nil }
        return (
            number <= arguments.count ? arguments[number - 1] : "", rest.dropFirst(digits.count)
        )
    }

    private static func braced(_ inner: Substring, _ arguments: [String]) -> String? {
        if inner.hasPrefix("@:-") {
            return arguments.isEmpty
                ? String(inner.dropFirst(3)) : arguments.joined(separator: " ")
        }
        if inner.hasPrefix("@:") {
            let numbers = inner.dropFirst(2).split(separator: ":", omittingEmptySubsequences: false)
                .map { Int($0) }
            guard (1...2).contains(numbers.count), let first = numbers[0], first >= 1 else {
                return nil
            }
            let from = arguments.dropFirst(first - 1)
            guard numbers.count == 2 else { return from.joined(separator: " ") }
            guard let count = numbers[1], count >= 0 else { return nil }
            return from.prefix(count).joined(separator: " ")
        }
        let digits = inner.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > 0 else { return nil }
        let given = number <= arguments.count ? arguments[number - 1] : ""
        let behind = inner.dropFirst(digits.count)
        if behind.isEmpty { return given }
        guard behind.hasPrefix(":-") else { return nil }
        return given.isEmpty ? String(behind.dropFirst(2)) : given
    }

    /// Split as a shell does: quotes hold together.
    package static func words(of text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open {
                    quote = nil
                } else {
                    if word == nil { word = "" }
                    word?.append(character)
                }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" || character == "\n" {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                if word == nil { word = "" }
                word?.append(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }

    /// Those that are always there: each verifies what it did.
    package static let shipped = [
        PromptTemplate(
            name: "implement",
            text: """
                ---
                description: build something, with tests
                ---
                Implement this: $ARGUMENTS

                First run the tests as they are, and note what fails already. Then make the change, with tests that fail without \
                it and pass with it. Run all tests again at the end. Your answer names the tests before and after, and each file \
                that you changed. If the tests can't be run here, say so first.
                """),
        PromptTemplate(
            name: "fix",
            text: """
                ---
                description: find a fault and mend it
                ---
                Fix this: $ARGUMENTS

                Reproduce the fault first, by a command or a failing test, and show what you saw. Find its cause, and mend the \
                cause. Show the same command or test passing, and that no other test fails that passed before. If you could not \
                reproduce it, change nothing and say what you tried.
                """),
        PromptTemplate(
            name: "review",
            text: """
                ---
                description: read and judge, change nothing
                ---
                Review ${@:-the changes that are not committed yet (git diff HEAD)}.

                Change no file. For each finding give the file and line, what goes wrong, an input or a sequence of steps that \
                shows it, and a proposal. The worst first. Say what you did not look at. If there is nothing to find, say that.
                """),
    ]
}
