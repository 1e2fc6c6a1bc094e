import PiJSON
import PiPolicy
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

/// A corpus of broken policies: every mistake is told by the right code, at its place, with its cure.
@Suite struct BrokenPolicyTests {
    private static let topics = ["yaml", "schema", "meaning", "composition", "examples"]

    private static func cases(_ topic: String) throws -> [CaseFile.Case] {
        try CaseFile(FilePath("Tests/PiPolicyTests/Broken/\(topic).txt")!).cases
    }

    @Test(arguments: topics)
    func `every mistake is told at its place, with its cure`(topic: String) async throws {
        try await World.with { world in
            for (number, test) in try Self.cases(topic).enumerated() {
                let name = FilePath("case\(number)")!
                try world.folder.makeFolder(name, mode: 0o755)
                let found = try Self.messages(test, in: world.path.appending(name))
                #expect(
                    found == test.expected,
                    """
                    \(topic).txt: \(test)
                    missing: \(test.expected.subtracting(found))
                    not expected: \(found.subtracting(test.expected))
                    """)
            }
        }
    }

    /// What the program says of a case, whose files are written where it looks for them.
    private static func messages(
        _ test: CaseFile.Case, in folder: FilePath
    ) throws -> Set<CaseFile.Expected> {
        let here = try Folder.open(folder, resolving: .anything)
        let places = test.files.map { FilePath($0.name)!.parent }
        for name in [".pi-runner", "user", "user/policies", "host"] + places where name != "." {
            guard try here.factsIfPresent(of: name) == nil else { continue }
            try here.makeFolder(name, mode: 0o755)
        }
        var bounds: [RawText] = []
        for file in test.files {
            let name = file.name == "groups.yaml" ? "user/policies/groups.yaml" : file.name
            let path = FilePath(name)!
            try Folder.open(folder.appending(path.parent), resolving: .anything)
                .replace(path.name!, with: file.bytes, mode: 0o644)
            if file.name == "bound.yaml" { bounds = [folder.appending(path).raw] }
        }
        let store = PolicyStore(
            userFolder: folder.appending("user"), hostFolder: folder.appending("host"),
            surroundings: Surroundings(workspace: folder.utf8!, home: "/home/u"))
        let loaded = try store.load(
            folder.appending("policy.yaml").raw, bounds: bounds, strict: false)
        return Set(
            loaded.diagnostics.map { message in
                var file = message.at?.file ?? ""
                for prefix in ["\(folder)/user/policies/", "\(folder)/"]
                where file.hasPrefix(prefix) {
                    file = String(file.dropFirst(prefix.count))
                }
                return CaseFile.Expected(
                    code: message.code ?? "", help: message.help ?? "",
                    file: file.hasPrefix("./") ? String(file.dropFirst(2)) : file,
                    line: message.at?.line ?? 0, column: message.at?.column ?? 0)
            })
    }

    @Test func `the corpus is large, its names are unique, and each message has its mark`() throws {
        let cases = try Self.topics.flatMap(Self.cases)
        #expect(cases.count >= 200)
        #expect(Set(cases.map(\.name)).count == cases.count)
        for test in cases { #expect(test.messages.count == test.marks.count, "\(test)") }
    }

    @Test func `every code of a mistake has a case`() throws {
        let seen = Set(try Self.topics.flatMap(Self.cases).flatMap(\.messages).map(\.code))
        // These need a file of a megabyte, many files, or what only `run` and `exec` say; each has a test of its own.
        let elsewhere: Set<DiagnosticCode> = [.tooLarge, .notEnforced, .nobodyAsked]
        for code in DiagnosticCode.allCases
        where !code.rawValue.hasPrefix("W06") && !elsewhere.contains(code) {
            #expect(seen.contains(code.rawValue), "\(code.rawValue): \(code.title)")
        }
    }
}
