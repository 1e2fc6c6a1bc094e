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
    /// A value that merely refuses asks for nothing: there is nothing to grant.
    package static func missing(
        in policy: ResolvedPolicy, for command: Command, present: Set<Part> = Part.present
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
