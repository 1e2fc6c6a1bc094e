import FuzzTargets
import PiSystem
import PiTesting
import Testing

/// The corpus, and what random changes make of it, in every run of the tests; `make fuzz` goes further.
@Suite struct CorpusTests {
    @Test(arguments: FuzzTarget.all.map(\.name))
    func `the whole corpus, each beginning of it, and random changes keep every promise`(
        name: String
    ) throws {
        let target = try #require(FuzzTarget.find(name))
        var random = try Seeded.fresh(for: "corpus of \(name)")
        let inputs = try Self.corpus(of: name)
        try #require(inputs.count >= 5, "a corpus of its own, in Tests/Fuzz/Corpus/\(name)")
        for input in inputs {
            for length in 0...min(input.count, 300) { target.run(Array(input.prefix(length))) }
            for _ in 0..<200 { target.run(Self.changed(input, using: &random)) }
        }
    }

    private static func corpus(of name: String) throws -> [[UInt8]] {
        let path = FilePath("Tests/Fuzz/Corpus/\(name)")!
        let folder = try Folder.open(Repository.root.appending(path), resolving: .anything)
        return try folder.names(limit: 10_000).map { name throws(SystemError) in
            try folder.read(name, limit: .mebibytes(1), resolving: .noLinks)
        }
    }

    private static func changed(_ input: [UInt8], using random: inout Seeded) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where place < bytes.count:
                bytes[place] ^= 1 << Int.random(in: 0..<8, using: &random)
            default: bytes.insert(contentsOf: bytes.suffix(from: place).prefix(16), at: place)
            }
        }
        return bytes
    }
}
