import PiSystem
import PiTesting
import Testing

/// What the pages say must be there.
@Suite struct PageTests {
    @Test func `every link between pages leads to a file`() throws {
        let root = try Folder.open(Repository.root, resolving: .anything)
        for page in try Repository.pages() {
            for line in try Repository.lines(of: page) {
                for target in Self.links(in: line.text) {
                    guard !target.hasPrefix("http"), !target.hasPrefix("#") else { continue }
                    let path = page.parent.appending(FilePath(String(target.prefix { $0 != "#" }))!)
                    #expect(throws: Never.self, "\(line.place) links to \(target)") {
                        _ = try root.facts(of: path)
                    }
                }
            }
        }
    }

    @Test func `every make target that a page names exists`() throws {
        let makefile = try Repository.read("Makefile")
        let targets = Set(
            makefile.split(separator: "\n").compactMap { line -> String? in
                guard let colon = line.firstIndex(of: ":"), line.first?.isLetter == true else {
                    return nil
                }
                return String(line[..<colon])
            })
        for page in try Repository.pages() {
            for line in try Repository.lines(of: page) {
                for code in Self.code(in: line.text) where code.hasPrefix("make ") {
                    let target = code.dropFirst(5).prefix { $0 != " " }
                    #expect(targets.contains(String(target)), "\(line.place) names `\(code)`")
                }
            }
        }
    }

    @Test func `every path of the repository that a page names exists`() throws {
        let root = try Folder.open(Repository.root, resolving: .anything)
        let tops = ["Sources/", "Tests/", "docs/", "bench/", "containers/", ".ci/"]
        for page in try Repository.pages() {
            for line in try Repository.lines(of: page) {
                for code in Self.code(in: line.text) {
                    guard tops.contains(where: code.hasPrefix), !code.contains("*"),
                        !code.contains("…"),
                        !code.contains(" "), !code.contains("<")
                    else { continue }
                    let path = code.last == "/" ? String(code.dropLast()) : code
                    #expect(throws: Never.self, "\(line.place) names `\(code)`") {
                        _ = try root.facts(of: FilePath(path)!)
                    }
                }
            }
        }
    }

    @Test func `the program of the page on the library is the one that is built`() throws {
        let page = try Repository.read("docs/library.md")
        let program = try Repository.read("Tests/Library/Sources/sums/main.swift")
        #expect(page.contains("```swift\n\(program)```\n"))
    }

    @Test func `every claim of the threat model names a test that exists`() throws {
        let names = try Set(
            Repository.lines(below: "Tests").compactMap { line -> String? in
                guard let start = line.text.place(of: "func `") else { return nil }
                return String(line.text[start...].dropFirst(6).prefix { $0 != "`" })
            })
        try #require(names.count > 50)
        var claims = 0
        for line in try Repository.lines(of: "docs/threat-model.md") where line.text.hasPrefix("| ")
        {
            let cells = line.text.split(separator: "|").map { $0.drop { $0 == " " } }
            guard cells.count == 2, !cells[0].hasPrefix("claim"), !cells[0].hasPrefix("---") else {
                continue
            }
            let tests = Self.code(in: String(cells[1]))
            #expect(!tests.isEmpty, "\(line.place): a claim without a test")
            for test in tests {
                #expect(names.contains(test), "\(line.place): there is no test \"\(test)\"")
            }
            claims += 1
        }
        #expect(claims >= 8)
    }

    @Test func `the README names every command, and only those there are`() throws {
        let readme = try Repository.read("README.md")
        let table = try Repository.files(
            below: "Sources/PiRunner/Commands", endingIn: "Command.swift")
        for file in table where file.name != "Command.swift" {
            let source = try Repository.read(file)
            let name =
                source.split(separator: "name: \"").dropFirst().first?.prefix { $0 != "\"" } ?? "?"
            #expect(
                readme.firstRange(of: "`pi-runner \(name)") != nil,
                "README.md does not name `pi-runner \(name)`")
        }
    }

    @Test func `pages and source speak of the product alone`() throws {
        // In parts, so that this file does not find itself.
        let words = [
            "/wo" + "rk/", "/ro" + "ot/", "deb." + "debian.org", "pypi" + ".org",
            "files.python" + "hosted",
        ]
        var files = try Repository.pages()
        for folder: FilePath in ["Sources", "Tests", "bench", "containers"] {
            files += try Repository.files(
                below: folder, endingIn: ".swift", ".c", ".h", ".txt", "run", "packages", "demo")
        }
        for file in files {
            let text = try Repository.read(file)
            for word in words where text.place(of: word) != nil {
                for line in try Repository.lines(of: file) {
                    #expect(line.text.place(of: word) == nil, "\(line.place)")
                }
            }
        }
    }

    /// The targets of `[text](target)`.
    private static func links(in line: String) -> [Substring] {
        line.split(separator: "](", omittingEmptySubsequences: false).dropFirst()
            .map { $0.prefix { $0 != ")" } }
    }

    /// What stands between backticks.
    private static func code(in line: String) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
