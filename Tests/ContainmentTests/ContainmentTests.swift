import PiSystem
import PiTesting
import Testing

/// Every act of the table, tried without walls, with each wall alone, and with all of them.
@Suite struct ContainmentTests {
    @Test(arguments: try Act.all.get())
    func `what works without a wall is contained by that wall`(act: Act) async throws {
        let proof = try await Proofs.shared.proof(of: act)
        for fault in proof.faults { Issue.record("\(fault)") }
    }

    @Test func `the table and the program name the same acts`() throws {
        let program = try Program.built("forbidden", []).program.utf8 ?? ""
        let listed = try Helper.ask(program, ["--list"]).split(separator: "\n")
            .map { String($0.prefix { $0 != " " }) }
        // Halves of other acts: they are the second program of an exec.
        let halves: Set = ["gained"]
        #expect(try Set(Act.all.get().map(\.name)) == Set(listed).subtracting(halves))
    }

    @Test func `what is proven here is told`() async throws {
        var proven = 0
        var lines: [String] = []
        for act in try Act.all.get() {
            let proof = try await Proofs.shared.proof(of: act)
            if proof.isProven { proven += 1 }
            if let reason = proof.unproven { lines.append("  \(act.name): \(reason)") }
        }
        let text =
            "containment: \(proven) acts proven, \(lines.count) unproven on this host\n"
            + lines.map { "\($0)\n" }.joined()
        try StandardStream.error.write(Array(text.utf8))
        #expect(proven > 150)
    }
}
