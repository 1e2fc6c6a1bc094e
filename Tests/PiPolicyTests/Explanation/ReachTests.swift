import PiPolicy
import PiSystem
import PiTesting
import Testing

/// Policies in which a way out was planted, and others that look like them.
@Suite struct ReachTests {
    private static func cases(_ topic: String) throws -> [(test: CaseFile.Case, codes: [String])] {
        try CaseFile(FilePath("Tests/PiPolicyTests/Reach/\(topic).txt")!).cases.map { test in
            (test, Loader().load(test.files[0].bytes).codes)
        }
    }

    @Test func `every planted way out is found`() throws {
        let cases = try Self.cases("planted")
        #expect(cases.count >= 40)
        for (test, codes) in cases {
            #expect(Set(codes) == [test.messages[0].code], "\(test)")
        }
    }

    @Test func `policies that only look like it are left alone`() throws {
        let cases = try Self.cases("clean")
        #expect(cases.count >= 40)
        for (test, codes) in cases { #expect(codes == [], "\(test)") }
    }
}
