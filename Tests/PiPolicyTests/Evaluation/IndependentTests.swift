import PiSystem
import PiTesting
import Testing

/// Another evaluator, in another language, written from the description of the language.
@Suite struct IndependentTests {
    @Test func `an independent evaluator gives the same answers, and bounds only narrow`()
        async throws
    {
        let random = try Seeded.fresh(for: "independent evaluator")
        let count =
            ThisProcess.variable("PI_SOAK_ROUNDS")?.utf8.flatMap(Int.init).map { $0 * 100 } ?? 4_000
        var program = Program(
            "/usr/bin/python3",
            [
                Repository.root.appending("Tests/Independent/evaluate.py").raw,
                try Program.built("decide", []).program.raw, RawText("\(count)")!,
                RawText("\(random.seed)")!,
            ])
        program.timeLimit = .seconds(580)
        let run = try await program.run()
        #expect(run.code == 0, "\(run.output)\(run.error)")
    }
}
