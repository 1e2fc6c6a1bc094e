import PiJSON
import PiSystem

/// What a workspace has to say to agents: its notes, and the skills that lie in it.
///
/// No model calls this; the runner does, before
/// the first request, because what lies in a workspace is only ever read inside.
enum ContextTool {
    static let tool = Tool(
        name: "context", summary: "",
        parameters: [.init("from", .text, "where what is believed of the workspace lies")],
        run: { arguments in
            let place = arguments.text("from").flatMap { FilePath($0) }
            var details = JSONObject()
            let notes = notes(in: place ?? ".")
            details["notes"] = notes.found.map(\.json) ?? .null
            let skills = skills(in: place)
            details["skills"] = .array(skills.found.map(\.json))
            details["problems"] = .array((notes.problems + skills.problems).map(JSONValue.string))
            return ToolOutput([], details: details)
        })

    private static let longestNotes = 32 << 10
    private static let mostSkills = 100

    private struct Notes {
        let name: String
        let text: String
        let isCut: Bool

        var json: JSONValue {
            ["name": .string(name), "text": .string(text), "cut": .bool(isCut)]
        }
    }

    /// The first that can be read.
    private static func notes(in place: FilePath) -> (found: Notes?, problems: [String]) {
        var problems: [String] = []
        for name in ["AGENTS.override.md", "AGENTS.md", "CLAUDE.md"] {
            guard let head = beginning(of: FilePath(name)!, in: place, limit: longestNotes) else {
                // What can't be looked at is not there for anybody.
                let facts = try? Folder.open(place, resolving: .anything)
                    .factsIfPresent(of: FilePath(name)!)
                if facts != nil { problems.append("\(name): it can't be read") }
                continue
            }
            let notes = Notes(
                name: name, text: String(decoding: head.bytes, as: UTF8.self), isCut: head.isCut)
            return (notes, problems)
        }
        return (nil, problems)
    }

    /// Nil for what is no file that can be read: a model can do without.
    private static func beginning(
        of name: FilePath, in folder: FilePath, limit: Int
    ) -> (bytes: [UInt8], isCut: Bool)? {
        do {
            let file = try Folder.open(folder, resolving: .anything)
                .file(name, for: .read, creating: .never, resolving: .anything)
            let size = try file.facts().size.bytes
            var bytes: [UInt8] = []
            while bytes.count < limit {
                let piece = try file.read(
                    ByteCount(limit - bytes.count), at: ByteCount(bytes.count))
                guard !piece.isEmpty else { break }
                bytes += piece
            }
            return (bytes, size > bytes.count)
        } catch {
            return nil
        }
    }

    // MARK: - Skills

    private struct Skill {
        let name: String
        let description: String
        let path: String

        var json: JSONValue {
            ["name": .string(name), "description": .string(description), "path": .string(path)]
        }
    }

    /// The person's own first: of two with one name it is theirs.
    private static func places(in place: FilePath?) -> [FilePath] {
        let own: [FilePath] = [".agents/skills", ".claude/skills", ".pi/skills"]
        return ["/skills"] + own.map { place?.appending($0) ?? $0 }
    }

    private static func skills(in place: FilePath?) -> (found: [Skill], problems: [String]) {
        var found: [Skill] = []
        var problems: [String] = []
        var seen: Set<FilePath> = []
        for place in places(in: place) {
            // Most workspaces have none.
            guard let folder = try? Folder.open(place, resolving: .anything) else { continue }
            // What can't be listed has none that could be read.
            guard let names = try? folder.names(limit: 10_000) else { continue }
            // Where one is a link to another, as is usual, its skills are the same.
            let real = try? folder.realPath()
            if let real, !seen.insert(real).inserted { continue }
            for name in names where found.count < mostSkills {
                let path = place.appending(name)
                guard let head = beginning(of: "SKILL.md", in: path, limit: 16 << 10) else {
                    continue
                }
                let shown = SafeText(bytes: path.bytes, limit: 300).description + "/SKILL.md"
                let front = FrontMatter(String(decoding: head.bytes, as: UTF8.self))
                let folderName = SafeText(bytes: name.bytes, limit: 100).description
                let called = front.values["name"] ?? folderName
                if let fault = fault(of: called, folderName, front.values["description"]) {
                    problems.append("\(shown): \(fault)")
                    continue
                }
                guard !found.contains(where: { $0.name == called }) else {
                    problems.append("\(shown): there is a skill of this name already")
                    continue
                }
                guard front.values["disable-model-invocation"] != "true" else { continue }
                found.append(
                    Skill(
                        name: called,
                        description: SafeText(front.values["description"] ?? "", limit: 1_024)
                            .description, path: shown))
            }
        }
        return (found, problems)
    }

    /// By the rules of Agent Skills.
    private static func fault(
        of name: String, _ folder: String, _ description: String?
    ) -> String? {
        let letters = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        if !letters || !(1...64).contains(name.utf8.count) || name.hasPrefix("-")
            || name.hasSuffix("-") || name.contains("--")
        {
            return "its name is none that a skill can have"
        }
        if name != folder { return "its name is not that of its folder" }
        guard let description, !description.isEmpty else { return "it has no description" }
        return description.utf8.count > 1_024 ? "its description is longer than 1024 bytes" : nil
    }
}

/// What stands between the first two lines of three dashes: names and texts, and nothing that is nested.
package struct FrontMatter {
    package private(set) var values: [String: String] = [:]
    /// What comes behind it.
    let body: String

    package init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.last == "\r" ? $0.dropLast() : $0 }
        guard lines.first == "---",
            let end = lines.dropFirst().firstIndex(of: "---")
        else {
            body = text
            return
        }
        body = lines[(end + 1)...].joined(separator: "\n")
        var name: String?
        for line in lines[1..<end] {
            if line.first == " " || line.first == "\t" || line.isEmpty {
                // It goes on from the line before, as YAML's folded texts do.
                let more = line.drop { $0 == " " || $0 == "\t" }
                if let name, !more.isEmpty, more.first != "-", let known = values[name] {
                    values[name] = known.isEmpty ? String(more) : "\(known) \(more)"
                }
                continue
            }
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = String(line[..<colon])
            var value = line[line.index(after: colon)...].drop { $0 == " " }
            while value.last == " " { value.removeLast() }
            if ["|", ">", "|-", ">-", "|+", ">+"].contains(String(value)) { value = "" }
            if value.count >= 2, let quote = value.first, quote == "\"" || quote == "'",
                value.last == quote
            {
                value = value.dropFirst().dropLast()
            }
            values[key] = String(value)
            name = key
        }
    }
}
