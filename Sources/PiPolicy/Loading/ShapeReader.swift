import PiJSON

/// Reads a node by its shape: what comes out is checked, and what is wrong is said at its place.
///
/// A value with a mistake in it is left out, so that the rest can be looked at all the same.
struct ShapeReader {
    var findings: Findings
    private let variables: Variables
    /// The names on the way to what is being read, for messages.
    private(set) var path: [String] = []
    /// Whether the key that is being read can't be left out.
    private var isNeeded = false

    init(_ findings: Findings, _ variables: Variables) {
        self.findings = findings
        self.variables = variables
    }

    mutating func read(_ node: YAMLNode, as shape: Shape) -> PolicyValue? {
        switch (shape, node.content) {
        case (_, .refused): return nil
        case (_, .scalar(let text, isPlain: true)) where PlainScalar(text) == .empty:
            findings.error(
                .noValue, "\(here) has no value", at: node.origin, "nothing here",
                help: "write \(expected(shape))" + (isNeeded ? "" : ", or remove the key"))
            return nil
        case (_, .scalar(let text, isPlain: true))
        where PlainScalar(text) == .ambiguous && !names(shape, text):
            return refuseAmbiguous(node, text, shape)
        case (.flag, .scalar(let text, isPlain: true)):
            guard case .bool(let flag) = PlainScalar(text) else { break }
            return PolicyValue(.flag(flag), node.origin)
        case (.count(let range), .scalar(let text, isPlain: true)):
            guard case .integer(let count) = PlainScalar(text) else {
                if !text.isEmpty,
                    text.utf8.allSatisfy({ TextKind.isDigit($0) || $0 == UInt8(ascii: "_") })
                {
                    return refuseNumber(node, text, range)
                }
                break
            }
            guard range.contains(count) else { return refuseNumber(node, text, range) }
            return PolicyValue(.count(count), node.origin)
        case (.money, .scalar(let text, isPlain: true)): return money(node, text)
        case (.duration, .scalar(let text, let isPlain)):
            return measure(
                node, text, isPlain, Quantity.duration(text).map { .duration(seconds: $0) },
                units: "s", "m", "h", "d")
        case (.size, .scalar(let text, let isPlain)):
            return measure(
                node, text, isPlain, Quantity.size(text).map { .size(bytes: $0) },
                units: "KiB", "MiB", "GiB", "TiB")
        case (.word(let words), .scalar(let text, let isPlain)):
            if words.contains(where: { $0.isExactly(text) }) {
                return PolicyValue(.text(text), node.origin)
            }
            guard !isPlain || PlainScalar(text) == .text else { break }
            return refuseWord(node, text, words)
        case (.text(let kind), .scalar(let text, let isPlain)):
            guard !isPlain || PlainScalar(text) == .text else { break }
            return self.text(node, text, kind)
        case (.list(let element), .list(let nodes)):
            var values: [PolicyValue] = []
            for node in nodes {
                if let value = read(node, as: element) { values.append(value) }
            }
            return PolicyValue(.list(values), node.origin)
        case (.fields(let fields), .map(let members)):
            return map(node, members, fields)
        case (.fields(let fields), .scalar) where fields.shorthand != nil:
            return inShort(node, fields)
        case (.named(let kind, let shape), .map(let members)):
            return named(node, members, kind, shape)
        case (.either(let shapes), _): return either(node, shapes)
        default: break
        }
        refuseType(node, shape)
        return nil
    }

    // MARK: - Maps

    private mutating func map(
        _ node: YAMLNode, _ members: [YAMLNode.Member], _ fields: Fields
    ) -> PolicyValue {
        var values: [PolicyValue.Member] = []
        var known = 0
        for member in members {
            let shape: Shape
            let field = fields.field(member.name)
            if let field {
                shape = field.shape
            } else if let others = fields.others {
                guard accepts(member, others.names) else { continue }
                shape = others.shape
            } else {
                refuseKey(member, fields)
                continue
            }
            known += 1
            if let value = read(member, as: shape, isNeeded: field?.isRequired ?? false) {
                values.append(value)
            }
        }
        checkCount(of: known, node, members, fields)
        for field in fields.fields where field.isRequired {
            guard !members.contains(where: { $0.name.isExactly(field.name) }) else { continue }
            findings.error(
                .missingKey, "\(here) has no `\(field.name)`", at: node.origin, "it begins here",
                help: "write `\(field.name): \(example(field.shape))`: \(field.summary)")
        }
        return PolicyValue(.map(values), node.origin)
    }

    private mutating func named(
        _ node: YAMLNode, _ members: [YAMLNode.Member], _ kind: TextKind, _ shape: Shape
    ) -> PolicyValue {
        var values: [PolicyValue.Member] = []
        for member in members where accepts(member, kind) {
            if let value = read(member, as: shape) { values.append(value) }
        }
        return PolicyValue(.map(values), node.origin)
    }

    private mutating func read(
        _ member: YAMLNode.Member, as shape: Shape, isNeeded: Bool = false
    ) -> PolicyValue.Member? {
        path.append(member.name)
        self.isNeeded = isNeeded
        defer { path.removeLast() }
        guard let value = read(member.value, as: shape) else { return nil }
        return PolicyValue.Member(
            name: member.name, nameOrigin: member.nameOrigin, value: value)
    }

    /// A word that stands for a map with one key.
    private mutating func inShort(_ node: YAMLNode, _ fields: Fields) -> PolicyValue? {
        guard let name = fields.shorthand, let field = fields.field(name) else { return nil }
        guard let value = read(node, as: field.shape) else { return nil }
        return PolicyValue(
            .map([.init(name: name, nameOrigin: node.origin, value: value)]), node.origin)
    }

    private mutating func accepts(_ member: YAMLNode.Member, _ kind: TextKind) -> Bool {
        guard !kind.accepts(member.name) else { return true }
        findings.error(
            .malformed, "\(quoted(member.name)) can't be a name here", at: member.nameOrigin,
            "not a name", help: TextAdvice.cure(member.name, kind) ?? "write \(kind.phrase)")
        return false
    }

    private mutating func checkCount(
        of known: Int, _ node: YAMLNode, _ members: [YAMLNode.Member], _ fields: Fields
    ) {
        let names = fields.fields.map { "`\($0.name)`" }.joined(separator: ", ")
        switch fields.rule {
        case .exactlyOne where known > 1:
            findings.error(
                .wrongNumberOfKeys, "only one of these keys may stand here",
                at: members[1].nameOrigin, "one too many",
                also: [members[0].nameOrigin.excerpt("the first")],
                help: "keep one of \(names)")
        case .exactlyOne where members.isEmpty, .atLeastOne where members.isEmpty:
            findings.error(
                .wrongNumberOfKeys, "there is no key here", at: node.origin, "empty",
                help: "write one of \(names)")
        case .any, .exactlyOne, .atLeastOne: break
        }
    }

    // MARK: - Scalars

    private mutating func text(_ node: YAMLNode, _ text: String, _ kind: TextKind) -> PolicyValue? {
        guard !text.unicodeScalars.contains(where: { $0 != "\n" && $0.isUnseen }) else {
            findings.error(
                .unseen, "there is a character in this text that can't be seen", at: node.origin,
                "made by an escape", help: "remove it; what is read must be what is written")
            return nil
        }
        guard let (expanded, hasSigns, isMissing) = expand(node, text) else { return nil }
        let isExpanded = !expanded.isExactly(text)
        // A star in the name of a folder is no pattern; to let it become one would widen the policy.
        if hasSigns, kind == .pathPattern || kind == .requestPath {
            findings.error(
                .variable, "a variable here holds a character that has a meaning in a pattern",
                at: node.origin, "is now \(quoted(expanded))",
                help: "write the path out, with a backslash before that character")
            return nil
        }
        if kind != .headerFormat, expanded.holds(Variables.secret) {
            findings.error(
                .variable, "`${secret}` has no value \(inHere)", at: node.origin, "not here",
                help: "write `${secret}` only in `format` of a secret")
            return nil
        }
        if isMissing, [.pathPattern, .host, .addressRange].contains(kind) {
            findings.error(
                .variable, "a rule depends on a variable that has no value here", at: node.origin,
                "would name nothing", help: "set the variable, or write its value out")
            return nil
        }
        // Without its value there is nothing to check yet; a warning has been given.
        if isMissing {
            return PolicyValue(.text(expanded), node.origin)
        }
        guard kind.accepts(expanded) else {
            findings.error(
                isExpanded ? .variable : .malformed,
                "\(quoted(expanded)) can't stand \(inHere)", at: node.origin, "not \(kind.phrase)",
                help: TextAdvice.cure(expanded, kind) ?? "write \(kind.phrase)")
            return nil
        }
        return PolicyValue(.text(expanded), node.origin)
    }

    private mutating func expand(
        _ node: YAMLNode, _ text: String
    ) -> (text: String, hasSigns: Bool, isMissing: Bool)? {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, false, false) }
        switch variables.expand(text) {
        case .text(let expanded, let hasSigns): return (expanded, hasSigns, false)
        case .missing(let name):
            findings.warning(
                .missingVariable, "`${\(SafeText(name, limit: 80))}` has no value here",
                at: node.origin, "not known yet",
                help: "nothing starts without it; set it where the policy is used")
            return (text, false, true)
        case .unknown(let name):
            let names = ["workspace", "credentials", "secret", "env:NAME"]
            let near =
                TextKind.variableName.accepts(name) && name.uppercased().isExactly(name)
                ? "env:\(name)" : NearestWord.to(name, among: names)
            let asked = near?.hasPrefix("env:") == true ? "write" : "did you mean"
            findings.error(
                .variable, "there is no variable `${\(SafeText(name, limit: 80))}`",
                at: node.origin, "unknown",
                help: near.map { "\(asked) `${\($0)}`" + (asked == "write" ? "" : "?") }
                    ?? "write `${workspace}`, `${credentials}`, `${env:NAME}` or, in `format`, `${secret}`"
            )
        case .unclosed:
            findings.error(
                .variable, "a variable begins here and does not end", at: node.origin, "no `}`",
                help: "write `${NAME}`")
        case .refused:
            findings.error(
                .notInBound, "a bound that others rely on may not use variables", at: node.origin,
                "a variable", help: "write the value out")
        }
        return nil
    }

    private mutating func money(_ node: YAMLNode, _ text: String) -> PolicyValue? {
        switch PlainScalar(text) {
        case .integer(let count) where count < 0: return refuseMoney(node, .outOfRange)
        case .decimal(let text) where text.hasPrefix("-"): return refuseMoney(node, .outOfRange)
        case .integer, .decimal:
            guard let millionths = Quantity.money(text) else {
                let isTooMuch = text.prefix { $0 != "." }.count > 9
                return refuseMoney(node, isTooMuch ? .outOfRange : .badRange)
            }
            return PolicyValue(.money(millionths), node.origin)
        case .empty, .bool, .ambiguous, .text:
            refuseType(node, .money)
            return nil
        }
    }

    private mutating func refuseMoney(_ node: YAMLNode, _ code: DiagnosticCode) -> PolicyValue? {
        findings.error(
            code, "\(here) can't be that many dollars", at: node.origin, "not an amount",
            help: code == .outOfRange
                ? "write a number from 0 to 1000000000, such as `2.50`"
                : "write a number such as `2.50`, with at most six decimals")
        return nil
    }

    private mutating func measure(
        _ node: YAMLNode, _ text: String, _ isPlain: Bool, _ content: PolicyValue.Content?,
        units: String...
    ) -> PolicyValue? {
        if let content { return PolicyValue(content, node.origin) }
        let isSize = units.count > 3 && units[0] == "KiB"
        let shape: Shape = isSize ? .size : .duration
        let wholeNumber =
            "write a whole number above zero with a unit, such as "
            + (isSize ? "`64KiB`, `4MiB` or `2GiB`" : "`30s`, `10m`, `2h` or `7d`")
        switch PlainScalar(text) {
        case .integer(let count) where count > 0:
            findings.error(
                .noUnit, "\(here) has a number without a unit", at: node.origin, "\(count) what?",
                help: "write "
                    + (isSize ? ["KiB", "MiB", "GiB"] : ["s", "m", "h"]).map { "`\(count)\($0)`" }
                    .joined(separator: ", ") + " or the like")
        case .text:
            findings.error(
                .malformed, "\(quoted(text)) is no \(isSize ? "size" : "time")", at: node.origin,
                "not \(isSize ? "a size" : "a time")",
                help: TextAdvice.unit(text, units, isSize: isSize)
                    ?? (text.first?.isNumber == true ? wholeNumber : "write \(expected(shape))"))
        case .integer, .decimal:
            findings.error(
                .malformed, "\(quoted(text)) is no \(isSize ? "size" : "time")", at: node.origin,
                "not \(isSize ? "a size" : "a time")",
                help: wholeNumber)
        case .empty, .bool, .ambiguous: refuseType(node, shape)
        }
        return nil
    }

    // MARK: - Alternatives

    /// The shape that fits the looks of the node, so that its own message is given.
    private mutating func either(_ node: YAMLNode, _ shapes: [Shape]) -> PolicyValue? {
        if case .refused = node.content { return nil }
        let fitting = shapes.filter { looksLike($0, node) }
        guard fitting.count == 1, let shape = fitting.first else {
            refuseType(node, .either(shapes))
            return nil
        }
        if case .scalar(let text, let isPlain) = node.content, !Self.takes(shape, text) {
            return refuseEach(node, text, isPlain, shape, .either(shapes))
        }
        return read(node, as: shape)
    }

    /// Whether the one alternative that a text looks like takes it as it stands.
    private static func takes(_ shape: Shape, _ text: String) -> Bool {
        switch shape {
        case .word(let words): words.contains { $0.isExactly(text) }
        case .text(let kind): kind.accepts(text) || text.holds("${")
        default: true
        }
    }

    func looksLike(_ shape: Shape, _ node: YAMLNode) -> Bool {
        switch (shape, node.content) {
        case (.either(let shapes), _): shapes.contains { looksLike($0, node) }
        case (.duration, .scalar(let text, _)), (.size, .scalar(let text, _)):
            text.utf8.first.map(TextKind.isDigit) ?? false
        case (.flag, .scalar(let text, isPlain: true)):
            if case .bool = PlainScalar(text) { true } else { false }
        case (.money, .scalar(let text, isPlain: true)):
            text.utf8.first.map(TextKind.isDigit) ?? false
        case (.list, .list), (.fields, .map), (.named, .map): true
        case (.count, .scalar(let text, isPlain: true)):
            if case .integer = PlainScalar(text) { true } else { false }
        case (.word, .scalar(let text, let isPlain)), (.text, .scalar(let text, let isPlain)):
            !isPlain || [.text, .ambiguous, .empty].contains(PlainScalar(text))
        default: false
        }
    }

    /// Whether a plain word that is doubtful elsewhere is one of the words that may stand here.
    private func names(_ shape: Shape, _ text: String) -> Bool {
        switch shape {
        case .word(let words): words.contains { $0.isExactly(text) }
        case .either(let shapes): shapes.contains { names($0, text) }
        default: false
        }
    }
}
