/// Rules by patterns of paths, looked up all at once.
struct PathRules: Sendable {
    private var trie = PatternTrie()
    private var rules: [Rule] = []

    /// Each with the text of its pattern, and `order`, by which those with equal texts are told apart.
    init(_ items: [(pattern: String, order: String, rule: Rule)], _ surroundings: Surroundings) {
        for item in RuleOrder.numbered(items, by: { "\($0.pattern)\0\($0.order)" }) {
            trie.insert(surroundings.pattern(item.pattern), number: rules.count)
            rules.append(item.rule)
        }
    }

    /// The rule that names the path, or a folder of it that has more segments than `skipped`.
    func find(_ segments: [String], longerThan skipped: Int = -1) -> Rule? {
        trie.matchBeginning(segments, longerThan: skipped).map { rules[$0] }
    }
}
