package import PiJSON

/// Which values of a policy ask for something that nothing in this version enforces.
package enum Enforcement {
    package struct Demand: Sendable {
        /// Such as `limits.wall`.
        package let key: String
        package let part: Part
        package let origin: Origin
    }

    /// Who is about to act: `exec` has no agent, no tools and no budgets.
    package enum Command: Sendable {
        case run, exec
    }

    /// Every value that asks for something, and that no part of this version keeps.
    ///
    /// A value that merely refuses asks for nothing: there is nothing to grant. Nor is anything missing of what a person could allow:
    /// where nobody can be asked, it is refused.
    package static func missing(
        in policy: ResolvedPolicy, for command: Command, present: Set<Part> = Part.present
    ) -> [Demand] {
        demands(of: policy, for: command, present).filter { $0.part != .approvals }
    }

    /// Every value that is about a person's word, which nobody can give in this version.
    package static func unasked(
        in policy: ResolvedPolicy, for command: Command, present: Set<Part> = Part.present
    ) -> [Demand] {
        let demands = demands(of: policy, for: command, present).filter { $0.part == .approvals }
        guard command == .run, !present.contains(.approvals) else { return demands }
        let tools = policy.value.members.first { $0.name == "tools" }
        return demands + (tools.map { asks(in: $0.value, "tools") } ?? [])
    }

    /// What of tools a person's word would decide.
    private static func asks(in value: PolicyValue, _ key: String) -> [Demand] {
        value.members.flatMap { member in
            let key = "\(key).\(member.name)"
            let isAsked =
                member.value.text == "ask"
                || member.name == "ask" && !member.value.elements.isEmpty
            return isAsked
                ? [Demand(key: key, part: .approvals, origin: member.value.origin)]
                : asks(in: member.value, key)
        }
    }

    private static func demands(
        of policy: ResolvedPolicy, for command: Command, _ present: Set<Part>
    ) -> [Demand] {
        var demands: [Demand] = []
        for member in policy.value.members {
            if command == .exec, !PolicySchema.keysOfExec.contains(member.name) { continue }
            guard let field = PolicySchema.root.field(member.name) else { continue }
            collect(member.value, field.shape, field, member.name, present, &demands)
        }
        return demands
    }

    private static func collect(
        _ value: PolicyValue, _ shape: Shape, _ field: Field?, _ key: String, _ present: Set<Part>,
        _ demands: inout [Demand]
    ) {
        if let field, let part = field.part {
            if present.contains(part) || refuses(value, field) { return }
            demands.append(Demand(key: key, part: part, origin: value.origin))
            return
        }
        for member in value.members {
            let (inner, own) = Composition.step(into: shape, member.name, member.value)
            collect(member.value, inner, own, "\(key).\(member.name)", present, &demands)
        }
        for element in value.elements {
            if case .list(let inner) = shape {
                collect(element, inner, nil, key, present, &demands)
            }
        }
    }

    private static func refuses(_ value: PolicyValue, _ field: Field) -> Bool {
        if case .list(let elements) = value.content, elements.isEmpty { return true }
        return field.refusing.contains(value.shown)
    }

    /// One for all: that it is refused is the same for each.
    package static func diagnostics(unasked demands: [Demand]) -> [Diagnostic] {
        guard let first = demands.first else { return [] }
        var findings = Findings()
        let others = demands.count - 1
        findings.warning(
            .nobodyAsked,
            "nobody can be asked in this version: whatever needs a person's word is refused",
            at: first.origin, others == 0 ? "is about that" : "and \(others) more are about that")
        return findings.all
    }

    /// Why nothing may start.
    package static func diagnostics(_ demands: [Demand]) -> [Diagnostic] {
        var findings = Findings()
        for demand in demands {
            findings.error(
                .notEnforced,
                "nothing in this version enforces `\(SafeText(demand.key, limit: 120))`",
                at: demand.origin, "asks for something that would not be kept",
                help:
                    "take it out, or use a version of pi-runner that has the \(demand.part.rawValue)"
            )
        }
        return findings.all
    }
}
