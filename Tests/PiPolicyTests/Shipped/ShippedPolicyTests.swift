import PiJSON
import PiPolicy
import PiSystem
import PiTesting
import Testing

/// The ready-made policies, as they are in `policies/` and in the program.
@Suite struct ShippedPolicyTests {
    static let groups = Groups.load([
        SourceText(
            name: "groups.yaml",
            bytes: Array(
                """
                version: 1
                groups:
                  swift: {hosts: [swift.example.org], from: test, at: "2026-01-01"}
                  python: {hosts: [index.example.org, files.example.org]}
                  node: {hosts: [node.example.org]}

                """.utf8))
    ]).0

    @Test func `what is compiled in is what lies in policies`() throws {
        let root = Repository.root
        let names = try Repository.files(below: "policies", endingIn: ".yaml").map { path in
            String(path.description.dropFirst("policies/".count).dropLast(".yaml".count))
        }.sorted()
        _ = root
        let texts = try names.map {
            (name: $0, text: try Repository.read(FilePath("policies/\($0).yaml")!))
        }
        try Golden.expect(
            Self.source(texts), at: "Sources/PiPolicy/Shipped/ShippedPolicies.swift")
    }

    private static func source(_ policies: [(name: String, text: String)]) -> String {
        let entries = policies.map { policy in
            let lines = policy.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : "            \($0)" }
            return """
                        (
                            "\(policy.name)",
                            #\"""
                \(lines.joined(separator: "\n"))
                            \"""#
                        ),

                """
        }
        return """
            /// The ready-made policies, as they are in `policies/`.
            ///
            /// A copied program has them all, and nothing on disk can stand in for one. Written by `make golden`; a test
            /// holds it against the files.
            package enum ShippedPolicies {
                package static let all: [(name: String, text: String)] = [
            \(entries.joined())\
                ]

                package static func text(_ name: String) -> String? {
                    all.first { $0.name == name }?.text
                }
            }

            """
    }

    private var loader: Loader {
        var loader = Loader()
        loader.groups = Self.groups
        return loader
    }

    @Test(arguments: ShippedPolicies.all.map(\.name))
    func `each loads, its examples hold, and nothing is to be said about it`(name: String) throws {
        let text = try #require(ShippedPolicies.text(name))
        let loaded = loader.load(Array(text.utf8), named: name)
        // The credentials folder is known where a service runs.
        #expect(loaded.codes == (name == "nightly" ? ["W0317"] : []))
        let resolved = try #require(loaded.resolved)
        let outcomes = Examples.outcomes(
            resolved.policy, resolved.evaluator(in: loader.surroundings))
        #expect(outcomes.count >= 4 || name == "ceiling.example")
        #expect(outcomes.allSatisfy { $0.holds })
        #expect(outcomes.allSatisfy { !$0.decision.reason.isEmpty })
    }

    @Test func `those that are named by the issue are there`() {
        let names = Set(ShippedPolicies.all.map(\.name))
        #expect(
            names == [
                "default", "exec", "base/locked-down", "ci-fix", "untrusted-prompt", "laptop",
                "nightly",
                "review-only", "ceiling.example",
            ])
    }

    @Test(arguments: ShippedPolicies.all.map(\.name))
    func `no beginning of a policy is more than a message`(name: String) throws {
        let bytes = Array(try #require(ShippedPolicies.text(name)).utf8)
        for length in bytes.indices {
            let loaded = loader.load(Array(bytes.prefix(length)), named: name)
            #expect(loaded.resolved != nil || loaded.diagnostics.contains { $0.severity == .error })
        }
    }

    @Test func `the ceiling limits each of them`() throws {
        var bounded = loader
        bounded.bounds = [try #require(ShippedPolicies.text("ceiling.example"))]
        for (name, text) in ShippedPolicies.all where name != "ceiling.example" {
            let resolved = try #require(
                bounded.load(Array(text.utf8), named: name).resolved, "\(name)")
            let inside = Request(connect: Request.Connection("10.1.2.3:443"))
            #expect(resolved.evaluator(in: bounded.surroundings).decide(inside).verdict == .deny)
            let mode = resolved.value["workspace"]?["mode"]?.text
            #expect(mode == "read-only" || mode == "overlay", "\(name)")
        }
    }
}
