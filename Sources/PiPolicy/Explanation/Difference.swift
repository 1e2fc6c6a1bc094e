package import PiJSON

/// What one policy allows and another does not, value by value.
package struct Difference: Sendable {
    package enum Direction: String, Sendable { case wider, narrower, other }

    package let direction: Direction
    /// Such as `limits.wall`.
    package let key: String
    /// In words: "was 60s, is 10m".
    package let change: String
    package let was: Origin?
    package let now: Origin?

    package var json: JSONValue {
        [
            "direction": .string(direction.rawValue), "key": .string(key),
            "change": .string(change),
            "was": was?.json ?? .null, "now": now?.json ?? .null,
        ]
    }

    /// Wider first, then narrower, then what is neither; each by its key.
    package static func between(_ old: ResolvedPolicy, _ new: ResolvedPolicy) -> [Difference] {
        var finder = DifferenceFinder()
        finder.compare(old.value, new.value, .fields(PolicySchema.root), nil)
        finder.compareGroups(old.groups, new.groups)
        let order: [Direction] = [.wider, .narrower, .other]
        return order.flatMap { direction in
            finder.found.filter { $0.direction == direction }.sorted { $0.key < $1.key }
        }
    }
}

private struct DifferenceFinder {
    private(set) var found: [Difference] = []
    private var path: [String] = []

    mutating func compare(_ old: PolicyValue, _ new: PolicyValue, _ shape: Shape, _ field: Field?) {
        switch (old.content, new.content) {
        case (.map(let oldMembers), .map(let newMembers)):
            for member in newMembers
            where !(path.isEmpty && PolicySchema.keysOfTheFile.contains(member.name)) {
                step(into: shape, member) { finder, inner, field in
                    if let known = oldMembers.first(where: { $0.name.isExactly(member.name) }) {
                        finder.compare(known.value, member.value, inner, field)
                    } else {
                        finder.add(member.value, inner, field)
                    }
                }
            }
            for member in oldMembers
            where !(path.isEmpty && PolicySchema.keysOfTheFile.contains(member.name)) {
                guard !newMembers.contains(where: { $0.name.isExactly(member.name) }) else {
                    continue
                }
                step(into: shape, member) { $0.remove(member.value, $1, $2) }
            }
        case (.list(let oldElements), .list(let newElements)) where !path.contains("command"):
            for element in newElements where !Self.covers(oldElements, element) {
                note(field, isMore: true, "\(element.shown) is new", old.origin, element.origin)
            }
            for element in oldElements where !Self.covers(newElements, element) {
                note(field, isMore: false, "\(element.shown) is gone", element.origin, new.origin)
            }
        default:
            guard !old.means(new) else { return }
            let change = "was \(old.shown), is \(new.shown)"
            if let one = Narrowing.order(old, shape), let other = Narrowing.order(new, shape) {
                note(field, isMore: other > one, change, old.origin, new.origin)
            } else {
                found.append(
                    Difference(
                        direction: .other, key: key, change: change, was: old.origin,
                        now: new.origin))
            }
        }
    }

    mutating func compareGroups(_ old: [Groups.Group], _ new: [Groups.Group]) {
        for group in new {
            let before = old.first { $0.name == group.name }?.hosts ?? []
            let more = group.hosts.filter { !before.contains($0) }
            guard !more.isEmpty, !before.isEmpty else { continue }
            found.append(
                Difference(
                    direction: .wider, key: "@\(group.name)",
                    change: "\(more.joined(separator: ", ")) is new",
                    was: nil, now: group.origin))
        }
    }

    private var key: String { SafeText(path.joined(separator: "."), limit: 120).description }

    private mutating func step(
        into shape: Shape, _ member: PolicyValue.Member,
        _ body: (inout DifferenceFinder, Shape, Field?) -> Void
    ) {
        let (inner, field) = Composition.step(into: shape, member.name, member.value)
        path.append(member.name)
        body(&self, inner, field)
        path.removeLast()
    }

    /// Whether a list has an element, or a pattern of hosts that holds it.
    private static func covers(_ elements: [PolicyValue], _ element: PolicyValue) -> Bool {
        elements.contains { other in
            if other.means(element) { return true }
            guard let pattern = other.text, let host = element.text, pattern.begins(with: "*."),
                !host.begins(with: "*"), TextKind.host.accepts(host)
            else { return false }
            return HostIndex.names(pattern, host)
        }
    }

    private mutating func add(_ value: PolicyValue, _ shape: Shape, _ field: Field?) {
        appear(true, value, shape, field)
    }

    private mutating func remove(_ value: PolicyValue, _ shape: Shape, _ field: Field?) {
        appear(false, value, shape, field)
    }

    /// What is left out is in force as its default is, if it has one.
    private mutating func appear(
        _ appears: Bool, _ value: PolicyValue, _ shape: Shape, _ field: Field?
    ) {
        let was = appears ? nil : value.origin
        let now = appears ? value.origin : nil
        let change = appears ? "\(value.shown) is new" : "\(value.shown) is gone"
        if let standard = field?.standard, let usual = Narrowing.order(written: standard, shape),
            let here = Narrowing.order(value, shape)
        {
            guard here != usual else { return }
            return note(field, isMore: appears == (here > usual), change, was, now)
        }
        switch inRule(appears, value) {
        case .same: return
        case .moves(let direction):
            found.append(
                Difference(direction: direction, key: key, change: change, was: was, now: now))
            return
        case .unknown: break
        }
        // Of a map of limits each value has a direction of its own.
        let limits = ["limits", "output", "per_day", "tmp", "require", "body"]
        if case .map(let members) = value.content, limits.contains(path.last ?? "") {
            for member in members {
                step(into: shape, member) { $0.appear(appears, member.value, $1, $2) }
            }
            return
        }
        note(field, appears: appears, value, change, was, now)
    }

    private enum InRule {
        case same, unknown
        case moves(Difference.Direction)
    }

    /// Keys in a rule that narrow it by being there, or whose default depends on where they are.
    private func inRule(_ appears: Bool, _ value: PolicyValue) -> InRule {
        switch path.last {
        case "http", "methods", "paths", "query":
            return path.first == "network" ? .moves(appears ? .narrower : .wider) : .unknown
        case "ports" where path.contains("allow") || path.contains("ask"):
            let isUsual = value.elements.count == 1 && value.elements[0].count == 443
            return isUsual ? .same : .moves(.other)
        case "network" where path.first == "tools":
            let isBash = path.dropFirst().first == "bash"
            if value.text == (isBash ? "inherit" : "none") { return .same }
            return .moves(appears == isBash ? .narrower : .wider)
        case "allow" where path.first == "tools": return .moves(.other)
        default: return .unknown
        }
    }

    // MARK: - What it means

    /// Of a number, a word or a list of which there is more or less.
    private mutating func note(
        _ field: Field?, isMore: Bool, _ change: String, _ was: Origin?, _ now: Origin?
    ) {
        let direction: Difference.Direction =
            switch field?.bound {
            case .smaller, .earlier: isMore ? .wider : .narrower
            case .both: isMore ? .wider : .narrower
            case .larger, .later, .union: isMore ? .narrower : .wider
            case .none?, .operatorsOnly, nil: inherited(isMore)
            }
        found.append(Difference(direction: direction, key: key, change: change, was: was, now: now))
    }

    /// Of a value that appears or goes: a limit that appears is narrower, a grant that appears is wider.
    private mutating func note(
        _ field: Field?, appears: Bool, _ value: PolicyValue, _ change: String, _ was: Origin?,
        _ now: Origin?
    ) {
        let direction: Difference.Direction =
            switch field?.bound {
            case .smaller, .larger, .later, .union: appears ? .narrower : .wider
            case .earlier:
                // A word: the first one is what is in force without it.
                appears ? .wider : .narrower
            case .both: appears ? .wider : .narrower
            case .none?, .operatorsOnly, nil: inherited(appears)
            }
        found.append(Difference(direction: direction, key: key, change: change, was: was, now: now))
    }

    /// A rule under `allow` or `ask` grants, one under `deny` or `hide` takes, whatever is said in it.
    private func inherited(_ isMore: Bool) -> Difference.Direction {
        if path.contains("deny") { return isMore ? .narrower : .wider }
        let isGrant =
            path.contains("allow") || path.contains("ask") || path.first == "tools"
            || path.first == "secrets" || path.first == "mcp" || path.first == "outbox"
            || path.contains("cache")
        if isGrant { return isMore ? .wider : .narrower }
        return .other
    }
}
