import PiJSON
import PiPolicy
import PiSystem
import PiTesting
import Testing

@Suite struct SchemaTests {
    @Test func `the page of keys is made from the table`() throws {
        try Golden.expect(ReferencePage.text, at: "docs/policy-keys.md")
    }

    @Test func `every key of the reference is there, with a summary and a part that enforces it`() {
        let sections: Set<String> = [
            "version", "name", "description", "extends", "require", "model", "workspace", "files",
            "environment", "secrets", "network", "tools", "mcp", "outbox", "limits", "budgets",
            "fair",
            "approvals", "proposals", "audit", "output", "schedule", "tests",
        ]
        #expect(Set(PolicySchema.root.fields.map(\.name)) == sections)
        #expect(PolicySchema.all.count > 150)
        for (path, field) in PolicySchema.all {
            #expect(!field.summary.isEmpty && !field.summary.hasSuffix("."), "\(path)")
            switch field.shape {
            case .fields(let inner) where inner.fields.allSatisfy { $0.part != nil }: continue
            case .fields, .named, .list: continue
            default: #expect(field.part != nil, "\(path)")
            }
        }
    }

    /// By another program, which knows nothing of ours.
    @Test func `the schema refuses exactly what the reader finds wrong in form`() async throws {
        try await World.with { world in
            try world.write("\(PolicySchema.jsonSchema)", to: "schema.json")
            let root = Repository.root
            let run = try await Program(
                "/usr/bin/python3",
                [
                    root.appending("Tests/Independent/schema.py").raw,
                    world.path.appending("schema.json").raw,
                    root.appending("Tests/PiPolicyTests/Broken").raw,
                ]
            ).run()
            #expect(run.code == 0, "\(run.output)\(run.error)")
        }
    }
}
