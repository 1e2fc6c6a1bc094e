import PiJSON

/// The patterns of one list of a tool, looked up by the words of commands.
struct CommandRules: Sendable {
    private var trie = PatternTrie()
    private var rules: [Rule] = []

    /// `matchers` are the elements of `allow`, `ask` or `deny` that name a command.
    init(_ matchers: [PolicyValue], named name: String) {
        let items = matchers.compactMap { matcher -> (words: [String], matcher: PolicyValue)? in
            matcher["command"].map { ($0.elements.compactMap(\.text), matcher) }
        }
        for item in RuleOrder.numbered(items, by: { $0.words.joined(separator: "\0") }) {
            trie.insert(item.words.map(Self.segment), number: rules.count)
            rules.append(
                Rule(
                    "\(name)[\(item.words.joined(separator: " "))]", item.matcher.origin,
                    reason: item.matcher["reason"]?.text))
        }
    }

    private static func segment(_ word: String) -> PatternTrie.Segment {
        switch word {
        case "...": .anyMany
        case "*": .anyOne
        default: Glob(word).map(PatternTrie.Segment.glob) ?? .literal(Glob.literal(word))
        }
    }

    var isEmpty: Bool { rules.isEmpty }

    enum Match {
        case sure(Rule)
        /// It could be, whatever the unknown words turn out to be.
        case maybe(Rule)
    }

    /// Whether all that the script runs is surely named.
    func coversAll(of script: ShellScript) -> Rule? {
        guard script.isCertain, !script.hasAssignments, !script.commands.isEmpty else { return nil }
        var least: Int?
        for command in script.commands {
            guard case .sure(let number)? = match(command[...]) else { return nil }
            least = min(least ?? number, number)
        }
        return least.map { rules[$0] }
    }

    /// Whether anything that the script may run is, or may be, named.
    func touches(_ script: ShellScript) -> Match? {
        var sure: Int?
        var maybe = script.isCertain ? nil : PatternTrie.Walk(trie).reachable
        for command in script.commands {
            guard command.count <= Self.wordLimit else {
                // To look at each place where a command may begin would take its length squared.
                maybe = maybe ?? PatternTrie.Walk(trie).reachable
                continue
            }
            for beginning in ShellScript.beginnings(of: command) {
                for words in Self.spellings(beginning) {
                    switch match(words) {
                    case .sure(let number): sure = min(sure ?? number, number)
                    case .maybe(let number): maybe = min(maybe ?? number, number)
                    case nil: break
                    }
                }
            }
        }
        if let sure { return .sure(rules[sure]) }
        return maybe.map { .maybe(rules[$0]) }
    }

    private static let wordLimit = 256

    private enum NumberMatch {
        case sure(Int)
        case maybe(Int)
    }

    private func match(_ words: ArraySlice<ShellScript.Word>) -> NumberMatch? {
        guard !trie.isEmpty else { return nil }
        var walk = PatternTrie.Walk(trie)
        for word in words {
            guard case .known(let text) = word else {
                // Any words may stand here, also those that a pattern needs.
                return walk.reachable.map { .maybe($0) }
            }
            walk.step(text)
            if walk.isOver { return nil }
        }
        return walk.matched.map { .sure($0) }
    }

    /// The program by its path, and by its name alone.
    private static func spellings(
        _ command: ArraySlice<ShellScript.Word>
    ) -> [ArraySlice<ShellScript.Word>] {
        guard case .known(let first)? = command.first, first.utf8.contains(Ascii.slash) else {
            return [command]
        }
        return [command, [.known(ShellScript.baseName(first))] + command.dropFirst()]
    }
}
