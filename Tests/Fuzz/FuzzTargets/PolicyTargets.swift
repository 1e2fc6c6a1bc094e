import PiJSON
import PiPolicy

extension FuzzTarget {
    private static let surroundings = Surroundings(workspace: "/home/u/project", home: "/home/u")

    private static func load(_ bytes: [UInt8]) -> (ResolvedPolicy?, [Diagnostic]) {
        let (loaded, found) = PolicyLoader.load(
            SourceText(name: "policy.yaml", bytes: bytes), as: .file("policy.yaml"),
            by: .operatorOfTheHost, Variables { _ in "/value" }
        ) { reference throws(PolicyLoader.Unreadable) in
            guard case .shipped(let name) = reference, let text = ShippedPolicies.text(name) else {
                throw PolicyLoader.Unreadable(reason: "it is not there", help: "write it")
            }
            return SourceText(name: name, bytes: Array(text.utf8))
        }
        guard let loaded else { return (nil, found) }
        let (resolved, more) = ResolvedPolicy.resolve(
            loaded, bounds: [], groups: .none, surroundings)
        return (resolved, found + more)
    }

    static let policy = FuzzTarget(name: "policy") { bytes in
        let (resolved, diagnostics) = load(bytes)
        let hasErrors = diagnostics.contains { $0.severity == .error }
        precondition(
            (resolved == nil) == hasErrors, "refused without a reason, or taken in spite of one")
        for diagnostic in diagnostics {
            let texts = [diagnostic.message, diagnostic.help ?? "", diagnostic.at?.text ?? ""]
            for scalar in texts.joined().unicodeScalars {
                precondition(!scalar.isUnseen, "unseen on a terminal")
            }
            guard let at = diagnostic.at else { continue }
            precondition(
                at.line >= 1 && at.column >= 1 && !at.marked.isEmpty, "a place that is none")
            precondition(at.bytes.upperBound <= max(bytes.count, 1 << 16), "a place behind the end")
        }
        guard let resolved else { return }
        // What is printed of it says the same when it is read again.
        let listing = Listing.lines(resolved).map(\.text).joined(separator: "\n")
        let (again, _) = load(Array(listing.utf8))
        precondition(
            again?.canonical == resolved.canonical, "printed and read again it is another policy")
        precondition(
            (try? CanonicalJSON.write(resolved.canonical)) != nil, "it has no canonical form")
    }

    /// A policy with one rule of each kind, to be asked anything.
    private static let evaluator = load(
        Array(
            """
            version: 1
            name: fuzz
            workspace: {mode: overlay, protect: [.git/**, "**/x*"], hide: ["**/.env"]}
            files: {read: [/usr, "~/a/*"], write: ["~/b/**"], hide: ["~/b/c"]}
            network:
              allow:
                one: {hosts: [a.example.org, "**.b.example.org"], tls: intercept, http: [{paths: ["/a/**", "/b/*"]}]}
                two: {cidrs: [10.0.0.0/8, "fd00::/8"], ports: [1-9]}
              ask: {rest: {hosts: ["**"]}}
              deny: {never: {hosts: ["*.example.net"]}}
            tools:
              bash:
                decision: ask
                allow: [{command: [make, "..."]}]
                deny: [{command: [git, "pu*", "..."]}]
              "mcp:*": ask

            """.utf8)
    ).0?.evaluator(in: surroundings)

    /// Anything that can be asked for, one part a line.
    static let request = FuzzTarget(name: "request") { bytes in
        guard let evaluator else { preconditionFailure("the policy is not valid") }
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", maxSplits: 4, omittingEmptySubsequences: false
        ).map(String.init)
        let first = lines[0]
        let rest = lines.dropFirst().joined(separator: "\n")
        let requests = [
            Request(tool: "bash", command: .script(first + "\n" + rest)),
            Request(command: .words(lines)), Request(read: first), Request(write: first),
            Request(tool: first), Request(tool: "write", arguments: ["path": .string(first)]),
            Request(
                connect: Request.Connection(
                    host: first, port: 443, method: lines.count > 1 ? lines[1] : nil,
                    path: lines.count > 2 ? lines[2] : nil)),
            Request(connect: Request.Connection(first) ?? Request.Connection(host: "x", port: 1)),
        ]
        for request in requests {
            let decision = evaluator.decide(request)
            precondition(
                evaluator.decide(request).verdict == decision.verdict, "asked twice, answered twice"
            )
            for scalar in decision.sentence.unicodeScalars {
                precondition(!scalar.isUnseen, "unseen on a terminal")
            }
        }
        // More commands never make a script more allowed.
        let script = evaluator.decide(Request(tool: "bash", command: .script(first)))
        let longer = evaluator.decide(Request(tool: "bash", command: .script("git push; " + first)))
        precondition(
            longer.verdict == .deny || script.verdict == .deny, "what is denied came through")
    }
}
