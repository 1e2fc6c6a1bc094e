import PiJSON

/// What is said of values that don't fit.
extension ShapeReader {
    /// The key that is being read: "`limits.wall`".
    var here: String { path.isEmpty ? "the policy" : "`\(shownPath)`" }

    /// The same where a list may be meant: "in `files.read`".
    var inHere: String { path.isEmpty ? "here" : "in `\(shownPath)`" }

    private var shownPath: String { SafeText(path.joined(separator: "."), limit: 120).description }

    mutating func refuseType(_ node: YAMLNode, _ shape: Shape) {
        findings.error(
            .wrongType, "\(here) can't be \(node.kind)", at: node.origin, "this is \(node.kind)",
            help: typeCure(node, shape))
    }

    private func typeCure(_ node: YAMLNode, _ shape: Shape) -> String {
        switch (shape, node.content) {
        case (.list(.fields(let fields)), .scalar(let text, _)) where fields.field("command") != nil:
            "write a list: `[{command: [\(text.pieces(at: UInt8(ascii: " ")).map { Spelling.scalar($0) }.joined(separator: ", "))]}]`"
        case (.list(let element), .scalar(let text, _)) where isScalar(element):
            "write a list: `[\(elements(text).map { takesPlain(element, $0) ? $0 : Spelling.scalar($0) }.joined(separator: ", "))]`"
        case (.text, .scalar(let text, isPlain: true)):
            "write it in quotes: `\"\(SafeText(text, limit: 40))\"`"
        case (_, .scalar(let text, isPlain: false)) where takesPlain(shape, text):
            "write it without quotes: `\(SafeText(text, limit: 40))`"
        case (_, .list): "write \(expectedInFull(shape))"
        default: "write \(expected(shape))"
        }
    }

    /// A command that was written as one text is meant as its words.
    private func elements(_ text: String) -> [String] {
        if path.last == "command" { return text.pieces(at: UInt8(ascii: " ")) }
        return text.firstRange(of: ", ") == nil
            ? [text] : text.pieces(at: UInt8(ascii: ",")).map { String($0.drop { $0 == " " }) }
    }

    /// Whether the text would do if it had no quotes.
    private func takesPlain(_ shape: Shape, _ text: String) -> Bool {
        switch (shape, PlainScalar(text)) {
        case (.flag, .bool), (.money, .integer), (.money, .decimal): true
        case (.count(let range), .integer(let count)): range.contains(count)
        case (.either(let shapes), _): shapes.contains { takesPlain($0, text) }
        default: false
        }
    }

    private func isScalar(_ shape: Shape) -> Bool {
        switch shape {
        case .flag, .count, .money, .duration, .size, .text, .word, .either: true
        case .list, .fields, .named: false
        }
    }

    mutating func refuseKey(_ member: YAMLNode.Member, _ fields: Fields) {
        guard !findings.isFull else { return findings.countError() }
        let names = fields.fields.map(\.name)
        let near = NearestWord.to(member.name, among: names)
        let cure: String
        if let near {
            cure = "did you mean `\(near)`?"
        } else if let elsewhere = place(of: member) {
            // What exists elsewhere was mostly indented wrongly.
            cure = "`\(elsewhere)` exists; look at the indentation"
        } else {
            cure = "the keys here are \(names.map { "`\($0)`" }.joined(separator: ", "))"
        }
        findings.error(
            .unknownKey, "unknown key \(quoted(member.name))", at: member.nameOrigin,
            path.isEmpty ? "there is no such key" : "\(here) has no such key", help: cure,
            notes: findings.errors > 0
                ? [] : ["nothing was started; a file is understood as a whole or not at all"])
    }

    /// Where the key would be right: below here, or beside something that is around here.
    private func place(of member: YAMLNode.Member) -> String? {
        let places = PolicySchema.all.compactMap {
            place -> (path: String, shared: Int, depth: Int)? in
            let names = place.path.pieces(at: Ascii.dot)
            guard names.last?.isExactly(member.name) ?? false,
                looksLike(place.field.shape, member.value)
            else { return nil }
            // A star stands for a name that the author has chosen.
            let shared = zip(names, path).prefix { $0 == $1 || $0 == "*" }.count
            return (place.path, shared, names.count)
        }
        guard let nearest = places.min(by: { ($1.shared, $0.depth) < ($0.shared, $1.depth) }) else {
            return nil
        }
        // Not below here, it must be the only one that is meant.
        let alike = places.count { $0.shared == nearest.shared && $0.depth == nearest.depth }
        let isNear = alike == 1 && (nearest.shared > 0 || path.count <= 1)
        return nearest.shared == path.count || isNear ? nearest.path : nil
    }

    mutating func refuseAmbiguous(_ node: YAMLNode, _ text: String, _ shape: Shape) -> PolicyValue?
    {
        let cure: String
        switch (shape, text.lowercased()) {
        case (.flag, "y"), (.flag, "yes"), (.flag, "on"), (.flag, "true"): cure = "write `true`"
        case (.flag, "n"), (.flag, "no"), (.flag, "off"), (.flag, "false"): cure = "write `false`"
        case (.list, "~"): cure = "write a list: `[\"~\"]`"
        case (.text, "~"), (.either, "~"): cure = "write it in quotes: `\"~\"`"
        case (.text, _): cure = "write it in quotes: `\"\(text)\"`"
        default: cure = "write \(expected(shape))"
        }
        findings.error(
            .ambiguous, "\(quoted(text)) means different things to different readers",
            at: node.origin, "a text, a boolean or nothing?", help: cure)
        return nil
    }

    mutating func refuseNumber(
        _ node: YAMLNode, _ text: String, _ range: ClosedRange<Int>
    ) -> PolicyValue? {
        findings.error(
            .outOfRange, "\(here) can't be \(SafeText(text, limit: 40))", at: node.origin,
            range.count == 1
                ? "not \(range.lowerBound)" : "not from \(range.lowerBound) to \(range.upperBound)",
            help: "write \(digits(text, range) ?? expected(.count(range)))")
        return nil
    }

    /// The number that was meant by one with underscores, or with zeros in front.
    private func digits(_ text: String, _ range: ClosedRange<Int>) -> String? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "_") }.drop { $0 == UInt8(ascii: "0") }
        let number = String(decoding: digits, as: UTF8.self)
        guard !number.isExactly(text), let count = Int(number), range.contains(count) else {
            return nil
        }
        return "`\(number)`"
    }

    /// For what could be one of several things and is none of them.
    mutating func refuseEach(
        _ node: YAMLNode, _ text: String, _ isPlain: Bool, _ looksLike: Shape, _ all: Shape
    ) -> PolicyValue? {
        guard isPlain || !takesPlain(all, text) else {
            refuseType(node, all)
            return nil
        }
        guard case .either(let shapes) = all else { return nil }
        var words: [String] = []
        for case .word(let some) in shapes { words += some }
        let list = shapes.contains { shape in
            if case .list(.text(let kind)) = shape { kind.accepts(text) } else { false }
        }
        let cure =
            NearestWord.to(text, among: words).map { "did you mean `\($0)`?" }
            ?? (list ? "write a list: `[\(Spelling.scalar(text))]`" : "write \(expected(all))")
        let isWord = if case .word = looksLike { true } else { false }
        findings.error(
            isWord ? .wrongWord : .malformed, "\(here) can't be \(quoted(text))", at: node.origin,
            "none of what may stand here", help: cure)
        return nil
    }

    mutating func refuseWord(_ node: YAMLNode, _ text: String, _ words: [String]) -> PolicyValue? {
        let near = NearestWord.to(text, among: words)
        findings.error(
            .wrongWord, "\(here) can't be \(quoted(text))", at: node.origin,
            "not one of its words",
            help: near.map { "did you mean `\($0)`?" } ?? "write \(expected(.word(words)))")
        return nil
    }

    /// What may stand there, in a few words.
    func expected(_ shape: Shape) -> String {
        switch shape {
        case .flag: "`true` or `false`"
        case .count(let range):
            range.count == 1
                ? "`\(range.lowerBound)`"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .money: "an amount of dollars such as `2.50`"
        case .duration: "a time such as `30s`, `10m`, `2h` or `7d`"
        case .size: "a size such as `64KiB`, `4MiB` or `2GiB`"
        case .text(let kind): kind.phrase
        case .word(let words): Self.list(words.map { "`\($0)`" })
        case .list(let element): "a list: `[\(example(element)), …]`"
        case .fields(let fields) where fields.shorthand != nil:
            expected(fields.shorthand.flatMap(fields.field)?.shape ?? .flag)
        case .fields(let fields) where fields.others != nil:
            "a map of names: `{\(fields.others.map { Self.example(of: $0.names) } ?? "NAME"): \(fields.others.map { example($0.shape) } ?? "")}`"
        case .fields(let fields) where fields.fields.count == 1: "`\(example(shape))`"
        case .fields(let fields):
            "a map with keys such as \(fields.fields.prefix(3).map { "`\($0.name)`" }.joined(separator: ", "))"
        case .named(_, let element): "a map of names: `{NAME: \(example(element))}`"
        case .either(let shapes):
            Self.list(
                shapes.flatMap { shape in
                    if case .word(let words) = shape {
                        words.map { "`\($0)`" }
                    } else {
                        [expected(shape)]
                    }
                })
        }
    }

    /// With the map that a word may stand for.
    private func expectedInFull(_ shape: Shape) -> String {
        guard case .fields(let fields) = shape, fields.shorthand != nil else {
            return expected(shape)
        }
        let keys = fields.fields.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ")
        return "\(expected(shape)), or a map with keys such as \(keys)"
    }

    private static func list(_ words: [String]) -> String {
        guard words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + words.last!
    }

    func example(_ shape: Shape) -> String {
        switch shape {
        case .flag: "true"
        case .count(let range): String(range.lowerBound)
        case .money: "2.50"
        case .duration: "30s"
        case .size: "64MiB"
        case .text(let kind): Self.example(of: kind)
        case .word(let words): words[0]
        case .list(let element): "[\(example(element))]"
        case .fields(let fields) where fields.shorthand != nil:
            example(fields.shorthand.flatMap(fields.field)?.shape ?? .flag)
        case .fields(let fields):
            fields.fields.first.map { "{\($0.name): \(example($0.shape))}" } ?? "{}"
        case .named(_, let element): "{NAME: \(example(element))}"
        case .either(let shapes): example(shapes[0])
        }
    }

    /// The first thing that the phrase of a kind shows as an example.
    private static func example(of kind: TextKind) -> String {
        // Of a command's words the star is the one that tells how they are written.
        if kind == .word { return "\"*\"" }
        let parts = kind.phrase.split(separator: "`", omittingEmptySubsequences: false)
        return parts.count > 1 ? Spelling.scalar(String(parts[1])) : "TEXT"
    }
}
