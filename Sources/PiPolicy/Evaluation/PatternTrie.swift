import PiJSON

/// Patterns of segments, looked up all at once: paths by folders, hosts by labels, commands by words.
///
/// Each pattern has a number; the smallest of those that match is found, so that the answer does not depend
/// on the order in which they were put in. A lookup follows the segments, and costs what they lead to, not
/// what there is.
struct PatternTrie: Sendable {
    enum Segment: Hashable, Sendable {
        case literal(String)
        /// With a star in it.
        case glob(Glob)
        case anyOne
        /// Any number of segments, also none.
        case anyMany
    }

    private struct Node: Sendable {
        var literals: [ExactText: Int] = [:]
        var globs: [(glob: Glob, node: Int)] = []
        var globPlaces: [Glob: Int] = [:]
        var one: Int?
        var many: Int?
        /// Whether this node was reached by `anyMany`, and so stays with every segment.
        let stays: Bool
        /// The smallest number that ends here, and the smallest below.
        var ends = Int.max
        var below = Int.max
    }

    private var nodes = [Node(stays: false)]
    private(set) var isEmpty = true

    mutating func insert(_ pattern: [Segment], number: Int) {
        isEmpty = false
        var at = 0
        nodes[0].below = min(nodes[0].below, number)
        for segment in pattern {
            at = next(from: at, by: segment)
            nodes[at].below = min(nodes[at].below, number)
        }
        nodes[at].ends = min(nodes[at].ends, number)
    }

    private mutating func next(from at: Int, by segment: Segment) -> Int {
        let known: Int? =
            switch segment {
            case .literal(let text): nodes[at].literals[ExactText(text)]
            case .glob(let glob): nodes[at].globPlaces[glob]
            case .anyOne: nodes[at].one
            case .anyMany: nodes[at].stays ? at : nodes[at].many
            }
        if let known { return known }
        let new = nodes.count
        nodes.append(Node(stays: segment == .anyMany))
        switch segment {
        case .literal(let text): nodes[at].literals[ExactText(text)] = new
        case .glob(let glob):
            nodes[at].globs.append((glob, new))
            nodes[at].globPlaces[glob] = new
        case .anyOne: nodes[at].one = new
        case .anyMany: nodes[at].many = new
        }
        return new
    }

    /// A walk through the trie, segment by segment.
    struct Walk {
        private let trie: PatternTrie
        private var states: [Int]

        init(_ trie: PatternTrie) {
            self.trie = trie
            states = []
            var next = States()
            enter(0, into: &next)
            states = next.list
        }

        mutating func step(_ segment: String) {
            var next = States()
            let key = ExactText(segment)
            let bytes = Array(segment.utf8)
            for state in states {
                let node = trie.nodes[state]
                if node.stays { enter(state, into: &next) }
                if let one = node.one { enter(one, into: &next) }
                if let literal = node.literals[key] { enter(literal, into: &next) }
                for (glob, target) in node.globs where glob.matches(bytes) {
                    enter(target, into: &next)
                }
            }
            states = next.list
        }

        var isOver: Bool { states.isEmpty }

        /// The smallest number of those that match what was walked.
        var matched: Int? { smallest(\.ends) }

        /// The smallest of those that could match if anything at all followed.
        var reachable: Int? { smallest(\.below) }

        private func smallest(_ number: KeyPath<Node, Int>) -> Int? {
            let least = states.reduce(Int.max) { min($0, trie.nodes[$1][keyPath: number]) }
            return least == .max ? nil : least
        }

        /// A node, and what is reached from it by no segment at all.
        private func enter(_ node: Int, into states: inout States) {
            guard states.insert(node) else { return }
            if let many = trie.nodes[node].many { enter(many, into: &states) }
        }
    }

    /// Nodes, each once; a set only when they are many.
    private struct States {
        private(set) var list: [Int] = []
        private var seen: Set<Int> = []

        /// False if it was there.
        mutating func insert(_ node: Int) -> Bool {
            if list.count < 16 {
                guard !list.contains(node) else { return false }
            } else {
                if seen.isEmpty { seen = Set(list) }
                guard seen.insert(node).inserted else { return false }
            }
            list.append(node)
            return true
        }
    }

    /// The smallest number of those that match all the segments.
    func match(_ segments: [String]) -> Int? {
        guard !isEmpty else { return nil }
        var walk = Walk(self)
        for segment in segments {
            walk.step(segment)
            if walk.isOver { return nil }
        }
        return walk.matched
    }

    /// The smallest number of those that match a beginning of the segments longer than `skipped`: what holds
    /// for a folder holds for all that is in it.
    func matchBeginning(_ segments: [String], longerThan skipped: Int) -> Int? {
        guard !isEmpty else { return nil }
        var walk = Walk(self)
        var least = skipped < 0 ? walk.matched : nil
        for (place, segment) in segments.enumerated() {
            walk.step(segment)
            if walk.isOver { break }
            if place >= skipped, let found = walk.matched { least = min(least ?? found, found) }
        }
        return least
    }
}

/// A text with stars in it, each of which stands for any characters.
struct Glob: Hashable, Sendable {
    /// What stands between the stars.
    private let pieces: [[UInt8]]

    /// What it begins and ends with.
    var ends: (first: [UInt8], last: [UInt8]) { (pieces.first ?? [], pieces.last ?? []) }

    /// Nil without a star.
    ///
    /// A backslash takes the meaning from the sign behind it.
    init?(_ pattern: some StringProtocol) {
        let pieces = Self.pieces(pattern)
        guard pieces.count > 1 else { return nil }
        self.pieces = pieces
    }

    /// The text that a pattern without a star stands for.
    static func literal(_ pattern: some StringProtocol) -> String {
        String(decoding: pieces(pattern).joined(), as: UTF8.self)
    }

    private static func pieces(_ pattern: some StringProtocol) -> [[UInt8]] {
        var pieces: [[UInt8]] = [[]]
        var rest = Array(pattern.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case Ascii.star: pieces.append([])
            case Ascii.backslash: pieces[pieces.count - 1].append(rest.popFirst() ?? byte)
            default: pieces[pieces.count - 1].append(byte)
            }
        }
        return pieces
    }

    func matches(_ text: [UInt8]) -> Bool {
        guard let first = pieces.first, let last = pieces.last,
            text.count >= first.count + last.count, text.starts(with: first)
        else { return false }
        var at = first.count
        // The leftmost place of each piece is as good as any: it leaves most room for the rest.
        for piece in pieces.dropFirst().dropLast() {
            guard let found = Self.find(piece, in: text, from: at) else { return false }
            at = found + piece.count
        }
        return text.count - last.count >= at && text.suffix(last.count).elementsEqual(last)
    }

    private static func find(_ piece: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard !piece.isEmpty else { return start }
        guard text.count - piece.count >= start else { return nil }
        return (start...(text.count - piece.count)).first {
            text[$0] == piece[0] && text[$0..<($0 + piece.count)].elementsEqual(piece)
        }
    }
}
