import PiAI
import PiAgent
import PiJSON
import PiPolicy
import PiSystem
import PiTools

/// The tools that an agent is offered: those that were asked for, that the policy does not forbid, and that this host has.
struct ToolOffer {
    let tools: ToolSet
    let names: [String]
    /// Asked for, and not offered; with the reason.
    let withheld: [(name: String, reason: String)]

    private static let usual = ["read", "bash", "edit", "write"]

    struct Unknown: Error {
        let name: String

        var diagnostic: Diagnostic {
            let known = Tool.all.map(\.name)
            return Diagnostic(
                severity: .error, message: "there is no tool `\(SafeText(name, limit: 60))`",
                help: NearestWord.to(name, among: known).map { "did you mean `\($0)`?" }
                    ?? "there are \(known.joined(separator: ", "))")
        }
    }

    /// `typed`: `read,grep`; an empty text for none.
    init(_ typed: String?, _ policy: PolicyInForce, hasRipgrep: Bool) throws {
        guard let evaluator = policy.evaluator else {
            throw Exec.Refused(diagnostics: policy.diagnostics)
        }
        let asked = typed.map { $0.split(separator: ",").map(String.init) } ?? Self.usual
        var tools = ToolSet()
        var names: [String] = []
        var withheld: [(String, String)] = []
        for name in asked {
            guard let tool = Tool.all.first(where: { $0.name == name }) else {
                throw Unknown(name: name)
            }
            guard !names.contains(name) else { continue }
            // What is denied whatever its arguments need not be shown to the model.
            let decision = evaluator.decide(Request(tool: name))
            guard decision.verdict == .allow || policy.mayAllow(name) else {
                withheld.append(
                    (
                        name,
                        decision.verdict == .ask
                            ? "a person would be asked, and nobody can be asked yet"
                            : decision.reason
                    ))
                continue
            }
            if ["grep", "find"].contains(name), !hasRipgrep {
                withheld.append((name, "ripgrep is not installed (Debian: ripgrep)"))
                continue
            }
            try tools.add(
                ToolDeclaration(
                    name: name, description: tool.summary, parameters: tool.schema),
                reach: Self.reach(of: name))
            names.append(name)
        }
        self.tools = tools
        self.names = names
        self.withheld = withheld
    }

    private static func reach(of name: String) -> ToolSet.Reach {
        switch name {
        case "bash": .anything
        case "write", "edit": .file(argument: "path")
        default: .nothing
        }
    }
}

extension PolicyInForce {
    /// Whether some calls of a tool may be allowed by their arguments.
    fileprivate func mayAllow(_ tool: String) -> Bool {
        (resolved?.value["tools"]?.members ?? []).contains { member in
            let isMeant =
                member.name == tool
                || member.name.hasSuffix("*") && tool.hasPrefix(member.name.dropLast())
            return isMeant
                && ["allow", "ask"].contains { !(member.value[$0]?.elements ?? []).isEmpty }
        }
    }
}
