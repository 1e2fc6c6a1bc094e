import PiSystem
import PiTesting
import Testing

/// The rules of the house that the compiler can't check.
@Suite struct RuleTests {
    /// What each line of all programs does, which many ask for.
    private static let programs = Result {
        let folders: [FilePath] = ["Sources", "bench", "Tests/PiTesting", "Tests/Programs"]
        return try folders.flatMap { try Repository.lines(below: $0) }.map { line in
            (path: line.path, place: line.place, code: line.code + "\n", above: line.above)
        }
    }

    private struct Ban: Sendable, CustomTestStringConvertible {
        let word: String
        /// Beginnings of paths where it may stand, and why there.
        let except: [String]
        let instead: String
        var testDescription: String { word }
    }

    @Test(arguments: [
        Ban(
            word: "fork(", except: [],
            instead: "a SpawnPlan: Swift must not run between fork and exec"),
        Ban(
            word: "import Glibc", except: ["Sources/PiSystem/"],
            instead: "PiSystem, the only door to the kernel"),
        Ban(
            word: "import Foundation\n", except: [],
            instead: "FoundationEssentials, and not in a leaf"),
        Ban(
            word: "unsafe ", except: ["Sources/PiSystem/"],
            instead: "a file named Lib….swift that wraps a library"),
        Ban(
            word: "Unsafe", except: ["Sources/PiSystem/"],
            instead: "values: pointers stay in the files that wrap them"),
        Ban(
            word: "print(", except: ["Tests/PiTesting/Seeded.swift"],
            instead: "Console, which knows what may be shown"),
        Ban(word: "Date()", except: [], instead: "a Clock that is passed in"),
        // Where nothing announces the end.
        Ban(
            word: "Task.sleep", except: ["Sources/PiAI/Streaming/Pause.swift"],
            instead: "waiting for what announces itself"),
        Ban(word: "Thread.sleep", except: [], instead: "waiting for what announces itself"),
    ])
    private func `what is banned stands nowhere else`(ban: Ban) throws {
        for line in try Self.programs.get() {
            guard line.code.place(of: ban.word) != nil else { continue }
            let isWrapper =
                line.path.split(separator: "/").last!.hasPrefix("Lib")
                && ban.word.lowercased().hasPrefix("unsafe")
            let isAllowed = isWrapper || ban.except.contains { line.path.hasPrefix($0) }
            #expect(
                isAllowed, "\(line.place): `\(ban.word)` may not stand here; use \(ban.instead)")
        }
    }

    @Test(arguments: [
        "try!", "try?", "as!", "fatalError(", "@unchecked Sendable", "nonisolated(unsafe)",
        " Task {", "Task.detached", "unsafeBitCast", "Unmanaged.",
    ])
    func `an escape hatch has its reason on the line above`(hatch: String) throws {
        for line in try Self.programs.get()
        where !line.path.hasPrefix("Tests/Programs") && line.code.uses(hatch) {
            let above = line.above.drop { $0 == " " }
            #expect(above.hasPrefix("//"), "\(line.place): `\(hatch)` without a reason above it")
        }
    }

    @Test func `no module is a drawer for what has no owner`() throws {
        let files = try Repository.files(below: "Sources", endingIn: ".swift", ".c", ".h")
        for file in files {
            for part in file.description.split(separator: "/") {
                let name = part.prefix { $0 != "." }
                let isDrawer =
                    ["Utils", "Utilities", "Helpers", "Common", "Misc", "Extras"].contains(name)
                    || name.hasSuffix("Manager") || name.hasSuffix("Helper")
                #expect(!isDrawer, "\(file): name what it is for")
            }
        }
    }

    @Test func `a file holds one idea, or is a table`() throws {
        for file in try Repository.swiftFiles(below: "Sources", "bench", "Tests/PiTesting")
            + Repository.files(below: "Sources", endingIn: ".c")
        {
            let lines = try Repository.lines(of: file)
            let isTable =
                lines.count { $0.text.hasPrefix("        ") && $0.text.hasSuffix("),") } * 2
                > lines.count
            let isWritten = lines.contains {
                $0.text.contains("Written by `make golden`")
                    || $0.text.contains("Written by `make catalogue`")
            }
            #expect(
                lines.count <= 400 || isTable || isWritten,
                "\(file): there are two ideas in \(lines.count) lines")
        }
    }

    @Test func `every target has the strict settings`() throws {
        let manifest = try Repository.read("Package.swift")
        let targets = manifest.split(separator: "arget(", omittingEmptySubsequences: false)
            .dropFirst()
        for target in targets where !target.hasPrefix("_ name") {
            let name = target.split(separator: "\"").dropFirst().first ?? "?"
            guard !target.hasPrefix("\n    .systemLibrary"), !name.hasPrefix("C\\") else {
                continue
            }
            let isStrict =
                target.firstRange(of: "swiftSettings: strict") != nil
                || target.firstRange(of: "cSettings: strictC") != nil
                || target.firstRange(of: "cSettings: strictMuslC") != nil
            #expect(isStrict || name.hasPrefix("Sources/CLibraries"), "\(name) in Package.swift")
        }
    }

    @Test func `nothing is left for later without an issue`() throws {
        let folders: [FilePath] = ["Sources", "bench", "Tests", "docs", "containers"]
        // Spelled in parts, so that this file does not find itself.
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
        for folder in folders {
            for file in try Repository.files(below: folder, endingIn: ".swift", ".c", ".h", ".md") {
                let text = try Repository.read(file)
                for word in words where text.place(of: word) != nil {
                    for line in try Repository.lines(of: file)
                    where line.text.split(whereSeparator: { !$0.isLetter }).contains(
                        Substring(word))
                    {
                        #expect(
                            line.text.place(of: "#") != nil,
                            "\(line.place): \(word) without an issue")
                    }
                }
            }
        }
    }
}
