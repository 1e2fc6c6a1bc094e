import PiPolicy
import PiSystem
import PiTesting

/// A policy made up of few words, so that its rules and the requests meet often.
struct RandomPolicy {
    /// How many to make: many when somebody has time, never so few that chance hides a verdict.
    static let rounds = max(
        150, ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap(Int.init) ?? 0)

    /// Each section with its members, which may stand in any order.
    private var sections: [(name: String, members: [String])] = []

    private static let hosts = ["a.example.org", "b.example.org", "x.a.example.org", "example.net"]
    private static let patterns = hosts + ["*.example.org", "**.example.org", "**.example.net"]
    private static let words = ["git", "push", "make", "test", "-f"]
    private static let paths = ["src/a", "src/b/c", "~/x", "/etc/a", "/usr/b", ".git/hooks"]
    private static let globs = paths + ["src/**", "**/c", "~/**/y", "/usr", "/etc/*", ".git/**"]

    init(using random: inout Seeded) {
        for list in ["allow", "ask", "deny"] {
            let names = ["one", "two", "three"].shuffled(using: &random)
                .prefix(Int.random(in: 0...3, using: &random))
            sections.append(
                (
                    "network.\(list)",
                    names.map { name in
                        let hosts = Self.some(of: Self.patterns, using: &random)
                        let port = ["", ", ports: [443, 80]", ", ports: [80]"].randomElement(
                            using: &random)!
                        return "\(list)-\(name): {hosts: [\(hosts)]\(port)}"
                    }
                ))
        }
        for key in ["read", "write", "hide"] {
            sections.append(("files.\(key)", Self.items(of: Self.globs, 3, using: &random)))
        }
        for key in ["protect", "hide"] {
            sections.append(
                (
                    "workspace.\(key)",
                    Self.items(
                        of: Self.globs.filter { !$0.hasPrefix("/") && !$0.hasPrefix("~") }, 2,
                        using: &random)
                ))
        }
        let decisions = ["allow", "ask", "deny"]
        sections.append(
            (
                "tools",
                ["read", "write", "bash", "mcp:one", "\"mcp:*\""].compactMap { tool in
                    guard Bool.random(using: &random) else { return nil }
                    let decision = decisions.randomElement(using: &random)!
                    guard tool == "bash" else { return "\(tool): \(decision)" }
                    let lists = decisions.map { list in
                        let patterns = (0..<2).map { _ in
                            "{command: [\(Self.some(of: Self.words + ["\"*\""], using: &random)), \"...\"]}"
                        }
                        return
                            "\(list): [\(patterns.shuffled(using: &random).joined(separator: ", "))]"
                    }
                    return
                        "bash: {decision: \(decision), \(lists.shuffled(using: &random).joined(separator: ", "))}"
                }
            ))
    }

    private static func some(of words: [String], using random: inout Seeded) -> String {
        words.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
            .map { "\"\($0.filter { $0 != "\"" })\"" }.joined(separator: ", ")
    }

    private static func items(of words: [String], _ most: Int, using random: inout Seeded)
        -> [String]
    {
        words.shuffled(using: &random).prefix(Int.random(in: 0...most, using: &random))
            .map { "\"\($0)\"" }
    }

    /// The policy as YAML, in an order of its own each time.
    func text(using random: inout Seeded) -> String {
        func body(_ name: String) -> String {
            let members = sections.first { $0.name == name }!.members.shuffled(using: &random)
            let isMap = name.hasPrefix("network") || name == "tools"
            return "\(isMap ? "{" : "[")\(members.joined(separator: ", "))\(isMap ? "}" : "]")"
        }
        let lines = [
            "network:\n"
                + ["allow", "ask", "deny"].shuffled(using: &random)
                .map { "  \($0): \(body("network.\($0)"))\n" }.joined(),
            "files:\n"
                + ["read", "write", "hide"].shuffled(using: &random)
                .map { "  \($0): \(body("files.\($0)"))\n" }.joined(),
            "workspace:\n"
                + ["protect", "hide"].shuffled(using: &random)
                .map { "  \($0): \(body("workspace.\($0)"))\n" }.joined() + "  mode: overlay\n",
            "tools: \(body("tools"))\n", "version: 1\n", "name: random\n",
        ]
        return lines.shuffled(using: &random).joined()
    }

    static func request(using random: inout Seeded) -> Request {
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            let port = [443, 80, 22].randomElement(using: &random)!
            return Request(
                tool: [nil, "bash"].randomElement(using: &random)!,
                connect: Request.Connection(host: hosts.randomElement(using: &random)!, port: port))
        case 1: return Request(read: paths.randomElement(using: &random)!)
        case 2: return Request(write: paths.randomElement(using: &random)!)
        case 3:
            return Request(
                tool: ["read", "bash", "mcp:one", "mcp:two"].randomElement(using: &random)!)
        default:
            let words = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Self.words.randomElement(using: &random)!
            }
            let script =
                words.joined(separator: " ") + ["", "; make", " $X", " $(id)"].randomElement(
                    using: &random)!
            return Request(
                tool: "bash", command: Bool.random(using: &random) ? .words(words) : .script(script)
            )
        }
    }
}
