import PiSystem
import PiTesting
import Testing

/// The arrows between modules, as `docs/architecture.md` draws them.
@Suite struct ArrowTests {
    /// Read from the table of modules, whose first two columns are a module and its imports.
    private static func arrows() throws -> [String: Set<String>] {
        let page = try Repository.read("docs/architecture.md")
        var arrows: [String: Set<String>] = [:]
        for line in page.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { quotedWords(in: $0) }
            guard cells.count >= 2, let module = cells[0].first, cells[0].count == 1 else {
                continue
            }
            arrows[module] = Set(cells[1])
        }
        return arrows
    }

    private static func quotedWords(in cell: Substring) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// Modules of the toolchain that anything but a leaf may use.
    private static let toolchain: Set<String> = ["Synchronization", "Testing"]

    @Test func `every import is an arrow of the architecture`() throws {
        let arrows = try Self.arrows()
        try #require(arrows.count > 8)
        for line in try Repository.lines(below: "Sources", "bench") {
            guard let imported = Self.imported(line) else { continue }
            let module = Self.module(of: line.path)
            let allowed = try #require(
                arrows[module], "\(module) is missing in docs/architecture.md")
            #expect(
                allowed.contains(imported) || Self.toolchain.contains(imported),
                "\(line.place): docs/architecture.md draws no arrow from \(module) to \(imported)")
        }
    }

    @Test func `every arrow is in use`() throws {
        var used: [String: Set<String>] = [:]
        for line in try Repository.lines(below: "Sources", "bench") {
            guard let imported = Self.imported(line) else { continue }
            used[Self.module(of: line.path), default: []].insert(imported)
        }
        for (module, arrows) in try Self.arrows() {
            let needless = arrows.subtracting(used[module] ?? [])
            #expect(
                needless == [],
                "docs/architecture.md draws arrows from \(module) that nothing needs")
        }
    }

    @Test func `C reaches only its own headers and the system's`() throws {
        for line in try Repository.lines(below: "Sources", endingIn: ".c")
        where line.text.hasPrefix("#include \"") {
            let name = line.text.dropFirst(10).prefix { $0 != "\"" }
            #expect(name.split(separator: "/").count == 1, "\(line.place)")
        }
    }

    private static func imported(_ line: SourceLine) -> String? {
        let words = line.code.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count,
            words[..<place].allSatisfy({
                ["public", "package", "internal", "@testable", "private"].contains($0)
            })
        else { return nil }
        return String(words[place + 1])
    }

    private static func module(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        return parts[0] == "bench" ? "bench" : parts[1]
    }
}
