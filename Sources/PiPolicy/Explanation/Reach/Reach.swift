import PiJSON

/// Looks for what a policy makes possible that its author may not have meant.
///
/// Each finding is a warning: only the author knows what is private and who is a stranger.
struct Reach {
    let policy: PolicyValue
    let groups: Groups
    let surroundings: Surroundings
    let evaluator: Evaluator
    var findings: Findings

    static func check(
        _ resolved: ResolvedPolicy, _ evaluator: Evaluator, _ surroundings: Surroundings,
        _ findings: inout Findings
    ) {
        var reach = Reach(
            policy: resolved.value, groups: Groups(resolved.groups), surroundings: surroundings,
            evaluator: evaluator, findings: findings)
        for rule in reach.grants {
            reach.checkSecret(rule)
            reach.checkMetadata(rule)
        }
        reach.checkPrivateFiles()
        reach.checkExecuted()
        reach.checkCredentials()
        findings = reach.findings
    }

    /// The rules by which something can get out.
    var grants: [PolicyValue.Member] { policy.grants }

    /// Servers of tools see files and rules of their own.
    var servers: [PolicyValue.Member] { policy["mcp"]?["servers"]?.members ?? [] }

    // MARK: - Patterns of files

    /// A path that the pattern names, with a made-up name for each star.
    func sample(of pattern: String) -> String {
        let names = pattern.pieces(at: Ascii.slash).filter { $0 != "**" }.map { name in
            name.pieces(at: Ascii.star, keepingEmpty: true).joined(separator: "x")
        }
        let path = names.joined(separator: "/")
        return pattern.begins(with: "/") ? "/\(path)" : path
    }

    /// Whether the pattern names the path, a folder that it is in, or something in it.
    func touches(_ pattern: String, _ path: String) -> Bool {
        if covers(pattern, path) { return true }
        guard let inner = surroundings.resolve(sample(of: pattern)),
            let outer = surroundings.resolve(path)
        else { return false }
        return inner.starts(with: outer)
    }

    /// Whether the pattern names the path, or a folder that it is in.
    func covers(_ pattern: String, _ path: String) -> Bool {
        guard let segments = surroundings.resolve(path) else { return false }
        var trie = PatternTrie()
        trie.insert(surroundings.pattern(pattern), number: 0)
        return trie.matchBeginning(segments, longerThan: -1) != nil
    }

    func canRead(_ path: String) -> Bool {
        evaluator.decide(Request(read: path)).verdict != .deny
    }

    func canWrite(_ path: String) -> Bool {
        evaluator.decide(Request(write: path)).verdict != .deny
    }
}
