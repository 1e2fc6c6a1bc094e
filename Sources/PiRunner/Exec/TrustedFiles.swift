import PiJSON
import PiPolicy
import PiSystem

/// What of a workspace is believed, as a revision has it and not as it lies there: its policy, its notes for agents, its skills.
///
/// Who works on what somebody else has sent, as on a pull request, believes the branch that it is for.
struct TrustedFiles: Sendable {
    let revision: String
    let commit: String
    /// On the host.
    let folder: String

    /// Where agents find them.
    static let inside = "/trusted"

    static let names: [RawText] = [
        "AGENTS.override.md", "AGENTS.md", "CLAUDE.md", ".pi-runner", ".agents/skills",
        ".claude/skills",
        ".pi/skills",
    ]

    /// For a person: `main (1a2b3c4d5e)`.
    var phrase: String { "\(SafeText(revision, limit: 100)) (\(commit.prefix(10)))" }

    /// As records keep it.
    var json: JSONValue { ["revision": .string(revision), "commit": .string(commit)] }

    /// The revision that is to be believed; nil if it is what lies there.
    ///
    /// Whoever has written one into a policy does not mean another one.
    static func revision(_ typed: String?, _ written: String?) throws -> String? {
        if let typed, let written, typed != written {
            throw Exec.Refused(diagnostics: [
                Diagnostic(
                    severity: .error,
                    message:
                        "the policy believes the revision \(SafeText(written, limit: 100)), and `--trust` names \(SafeText(typed, limit: 100))",
                    help: "leave `--trust` out, or `workspace.trust`")
            ])
        }
        return typed ?? written
    }

    /// What goes on must not believe in silence what it did not believe before.
    static func refuseLost(_ revision: String?) throws {
        guard let revision else { return }
        let name = SafeText(revision, limit: 100)
        throw Exec.Refused(diagnostics: [
            Diagnostic(
                severity: .error,
                message:
                    "the session believed the revision \(name) of a workspace, and no record of this workspace's runs says so any more",
                help:
                    "`--trust \(name)` goes on with that; `--trust HEAD` believes what was committed last"
            )
        ])
    }
}
