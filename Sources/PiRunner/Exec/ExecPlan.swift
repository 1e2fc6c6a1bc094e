import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

extension ExecReport {
    /// `--plan`: what would be set up, and nothing done.
    static func plan(_ prepared: Exec.Prepared) -> Outcome {
        var page = Layout(columns: Console.columns)
        let spec = prepared.plan.spec
        let policy = prepared.policy
        page.rows([
            ("policy", "\(policy.typed) (\(policy.digest ?? ""))"),
            (
                "user",
                "\(spec.identity.user) inside, \(spec.identity.hostUser) on the host"
            ),
        ])
        if let source = policy.resolved.map({ WorkspaceSource($0.value) }), source != .here {
            page.line("In the place of the workspace's files: \(source.phrase)")
        }
        if let trusted = prepared.trusted {
            page.line("Policy, notes and skills of the workspace: those of \(trusted.phrase)")
        }
        page.section(
            "Files", prepared.plan.lines.map { ($0.verb, $0.object) })
        page.section("Not on this host", prepared.absent.map { ($0, "listed, and not there") })
        page.section("Network", network(policy))
        page.section(
            "Environment",
            prepared.call.environment.map { variable in
                let text = variable.description
                let name = text.prefix { $0 != "=" }
                return (String(name), String(text.dropFirst(name.count + 1)))
            })
        page.section(
            "Limits",
            prepared.call.limits.listed.map {
                ($0.key, "\($0.value)\($0.isWatched ? ", watched" : "") (\($0.origin))")
            })
        page.section(
            "Walls",
            Wall.allCases.map { wall in
                (wall.rawValue, prepared.plan.raises(wall) ? wall.meaning : "missing here")
            } + [
                (
                    "limits",
                    prepared.cgroups.map { "memory and processes by cgroup \($0.kind.rawValue)" }
                        ?? "memory is watched and not limited: \(prepared.cgroupsMissing ?? "")"
                )
            ])
        page.section(
            "Can't be protected before they exist",
            prepared.gaps.map { ($0, "looked for after the call") })
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(name: "policy", value: PolicyArguments.summary(policy)),
                .init(name: "spec", value: spec.json),
                .init(name: "walls", value: walls(prepared, nil)),
                .init(name: "limits", value: limits(prepared.call.limits)),
            ], diagnostics: prepared.warnings)
    }

    /// Each rule that lets something out, and at which ports.
    private static func network(_ policy: PolicyInForce) -> [(String, String)] {
        (policy.resolved?.networkGrants ?? []).map { grant in
            let what = grant.isPlain ? "HTTP that is not encrypted" : "TLS, unread"
            let noun = grant.ports.joined().count == 1 ? "port" : "ports"
            return (grant.rule, "\(noun) \(grant.portTexts.joined(separator: ", ")): \(what)")
        }
    }
}
