import PiJSON
import PiPolicy

extension Figure {
    /// All that happens to a policy before a run starts, but for the probes of the host.
    static let policyLoad = Figure(
        name: "policy-load",
        what: "1,000-line policy parsed, resolved, checked, its examples tried",
        peer: "the bytes read once, one by one", unit: .nanoseconds, goal: .atMost(10e6),
        measure: { rounds in
            let text = Array(PolicySample.text(rules: 400).utf8)
            precondition(text.count { $0 == UInt8(ascii: "\n") } >= 1_000)
            return alternate(
                rounds: rounds, ours: { keep(PolicySample.load(text)) },
                peer: { keep(text.reduce(0) { $0 &+ Int($1) }) })
        })

    /// One answer, of each kind in turn, by a policy with many rules of each kind.
    static let policyDecide = Figure(
        name: "policy-decide", what: "one decision with 10,000 rules", peer: "with 100 rules",
        unit: .nanoseconds, goal: .atMost(5_000),
        measure: { rounds in
            let large = PolicySample.evaluator(rules: 10_000)
            let small = PolicySample.evaluator(rules: 100)
            let requests = PolicySample.requests
            let count = Double(requests.count * 100)
            return alternate(
                rounds: rounds,
                ours: {
                    for _ in 0..<100 { for request in requests { keep(large.decide(request)) } }
                },
                peer: {
                    for _ in 0..<100 { for request in requests { keep(small.decide(request)) } }
                }
            ).divided(by: count)
        })
}

/// A policy as long as one likes, with rules of every kind.
private enum PolicySample {
    private static let surroundings = Surroundings(workspace: "/home/u/project", home: "/home/u")

    /// A fifth of the rules each for hosts, addresses, requests, files and commands.
    static func text(rules: Int) -> String {
        let each = 0..<max(rules / 5, 1)
        var text = """
            version: 1
            name: sample
            extends: [base/locked-down]
            workspace:
              mode: overlay
              hide:

            """
        for number in each { text += "    - \"**/secret-\(number).key\"\n" }
        text += "files:\n  read:\n"
        for number in each { text += "    - /srv/data-\(number)\n" }
        text += "network:\n  allow:\n"
        for number in each {
            text += """
                    host-\(number):
                      hosts: [host-\(number).example.org, "*.zone-\(number).example.net"]
                      tls: intercept
                      http: [{methods: [GET, POST], paths: ["/repos/\(number)/**"]}]
                    range-\(number):
                      cidrs: [203.\(number / 256).\(number % 256).0/24]
                      ports: [443, 8080-8090]

                """
        }
        text += "tools:\n  bash:\n    decision: allow\n    deny:\n"
        for number in each {
            text += "      - {command: [tool-\(number), publish, \"...\"], reason: not from here}\n"
        }
        text += "tests:\n"
        for number in each {
            text += "  - {allow: {connect: \"host-\(number).example.org:443\"}}\n"
            text += "  - {deny: {tool: bash, command: [tool-\(number), publish, now]}}\n"
            text += "  - {allow: {read: /srv/data-\(number)/file}}\n"
        }
        return text
    }

    static func load(_ bytes: [UInt8]) -> ResolvedPolicy? {
        let (loaded, _) = PolicyLoader.load(
            SourceText(name: "sample.yaml", bytes: bytes), as: .file("sample.yaml"),
            by: .operatorOfTheHost, .none
        ) { reference throws(PolicyLoader.Unreadable) in
            guard case .shipped(let name) = reference, let text = ShippedPolicies.text(name) else {
                throw PolicyLoader.Unreadable(reason: "there is none", help: "none")
            }
            return SourceText(name: name, bytes: Array(text.utf8))
        }
        guard let loaded else { preconditionFailure("the sample can't be loaded") }
        let (resolved, found) = ResolvedPolicy.resolve(
            loaded, bounds: [], groups: .none, surroundings)
        precondition(resolved != nil, "the sample is not valid: \(found.first?.message ?? "")")
        return resolved
    }

    static func evaluator(rules: Int) -> Evaluator {
        guard let resolved = load(Array(text(rules: rules).utf8)) else {
            preconditionFailure("the sample is not valid")
        }
        return resolved.evaluator(in: surroundings)
    }

    static let requests = [
        Request(
            connect: Request.Connection(
                host: "host-7.example.org", port: 443, method: "GET", path: "/repos/7/issues/1")),
        Request(connect: Request.Connection(host: "a.zone-9.example.net", port: 443)),
        Request(connect: Request.Connection(host: "203.0.7.9", port: 8085)),
        Request(connect: Request.Connection(host: "unknown.example.com", port: 443)),
        Request(read: "/srv/data-3/folder/file"), Request(write: "Sources/Main/main.swift"),
        Request(read: "~/.ssh/id_ed25519"),
        Request(tool: "bash", command: .words(["tool-5", "publish", "now"])),
        Request(tool: "bash", command: .script("make test && git status")), Request(tool: "read"),
    ]
}
