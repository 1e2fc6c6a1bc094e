import PiJSON

/// Joins what is extended with what extends it.
///
/// Maps are merged by key, other values are replaced. What adds up adds up: `deny`, `ask`, `protect`, `hide`
/// can't be taken away, and `files.read` and `files.write` grow.
struct Composition {
    private(set) var findings = Findings()
    /// The names on the way to what is being joined.
    private var path: [String] = []

    /// A policy that is extended, and the files that it was made from.
    struct Parent: Sendable {
        let value: PolicyValue
        let sources: Set<ObjectIdentifier>
    }

    /// The files of the parents that are being joined.
    private var sources: (lower: Set<ObjectIdentifier>, upper: Set<ObjectIdentifier>) = ([], [])

    /// Where two parents say different things, and the child has not yet been heard.
    private var disputes: [(path: [String], one: Origin, other: Origin)] = []

    /// The child on top of its parents, which are equals: where two of them disagree, the child decides.
    mutating func compose(_ child: PolicyValue, on parents: [Parent]) -> PolicyValue {
        guard let first = parents.first else { return child }
        var base = first.value
        sources.lower = first.sources
        for parent in parents.dropFirst() {
            sources.upper = parent.sources
            base = join(parent.value, over: base, as: .fields(PolicySchema.root), equals: true)
            sources.lower.formUnion(parent.sources)
        }
        for dispute in disputes where child.value(at: dispute.path) == nil {
            let path =
                dispute.path.last == "decision" ? Array(dispute.path.dropLast()) : dispute.path
            let name = SafeText(path.joined(separator: "."), limit: 120)
            findings.error(
                .parentsDisagree, "two policies that are extended disagree on `\(name)`",
                at: child.member("extends")?.value.origin ?? child.origin, "both are extended here",
                also: [
                    dispute.one.excerpt("this says one thing"),
                    dispute.other.excerpt("this says another"),
                ],
                help: dispute.path.starts(with: ["network"])
                    && Self.cannotChange(Array(dispute.path.dropLast()))
                    ? "give one of the two rules another name"
                    : "say which one is meant: write `\(name)` here")
        }
        disputes = []
        return join(child, over: base, as: .fields(PolicySchema.root), equals: false)
    }

    private mutating func join(
        _ upper: PolicyValue, over lower: PolicyValue, as shape: Shape, equals: Bool,
        addsUp: Bool = false
    ) -> PolicyValue {
        switch (upper.content, lower.content) {
        case (.map(let upperMembers), .map(let lowerMembers)):
            return PolicyValue(
                .map(join(upperMembers, over: lowerMembers, as: shape, equals: equals)),
                upper.origin)
        case (.list(let upperElements), .list(let lowerElements)) where addsUp:
            var seen = Set(lowerElements.map { ExactText($0.canonical.description) })
            let new = upperElements.filter {
                seen.insert(ExactText($0.canonical.description)).inserted
            }
            return PolicyValue(.list(lowerElements + new), upper.origin)
        default:
            guard equals, !upper.means(lower) else { return upper }
            // Whoever has the other's file above them has seen its value, and says something else.
            if sources.upper.contains(ObjectIdentifier(lower.origin.source)) { return upper }
            if sources.lower.contains(ObjectIdentifier(upper.origin.source)) { return lower }
            disputes.append((path, lower.origin, upper.origin))
            return upper
        }
    }

    private mutating func join(
        _ upper: [PolicyValue.Member], over lower: [PolicyValue.Member], as shape: Shape,
        equals: Bool
    ) -> [PolicyValue.Member] {
        // What a file says of itself is not inherited: its examples need not hold for what extends it.
        var joined =
            path.isEmpty ? lower.filter { !PolicySchema.keysOfTheFile.contains($0.name) } : lower
        let places = Dictionary(
            uniqueKeysWithValues: joined.enumerated().map {
                (ExactText($0.element.name), $0.offset)
            })
        for member in upper {
            guard let place = places[ExactText(member.name)] else {
                joined.append(member)
                continue
            }
            let known = joined[place]
            if Self.cannotChange(path), !member.value.means(known.value) {
                if equals {
                    disputes.append((path + [member.name], known.nameOrigin, member.nameOrigin))
                } else {
                    refuseChange(member, known)
                }
                continue
            }
            let (inner, field) = Self.step(into: shape, member.name, member.value)
            path.append(member.name)
            let value = join(
                member.value, over: known.value, as: inner, equals: equals,
                addsUp: field?.addsUp ?? false)
            path.removeLast()
            joined[place] = PolicyValue.Member(
                name: member.name, nameOrigin: member.nameOrigin, value: value)
        }
        return joined
    }

    /// A rule that denies or asks is what others rely on: it is added to, never rewritten.
    private static func cannotChange(_ path: [String]) -> Bool {
        path == ["network", "deny"] || path == ["network", "ask"]
    }

    private mutating func refuseChange(_ member: PolicyValue.Member, _ known: PolicyValue.Member) {
        let name = SafeText((path + [member.name]).joined(separator: "."), limit: 120)
        findings.error(
            .takenAway, "the inherited rule `\(name)` can't be changed", at: member.nameOrigin,
            "says something else", also: [known.nameOrigin.excerpt("inherited from here")],
            help: "add a rule of another name: what denies or asks adds up and can't be taken away")
    }

    /// The shape of a member, and its field if it has one.
    static func step(into shape: Shape, _ name: String, _ value: PolicyValue) -> (Shape, Field?) {
        switch shape {
        case .fields(let fields):
            if let field = fields.field(name) { return (field.shape, field) }
            return (fields.others?.shape ?? shape, nil)
        case .named(_, let inner): return (inner, nil)
        case .either(let shapes):
            for case .fields(let fields) in shapes {
                if let field = fields.field(name) { return (field.shape, field) }
            }
            return (shape, nil)
        case .flag, .count, .money, .duration, .size, .text, .word, .list: return (shape, nil)
        }
    }
}
