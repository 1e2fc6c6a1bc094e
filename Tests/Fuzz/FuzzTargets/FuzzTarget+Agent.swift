import PiAI
import PiAgent
import PiJSON
import PiSystem
import PiTools

extension FuzzTarget {
    /// Whatever a session holds: what is wrong with it is said, and what can be read has one way to its leaf.
    static let session = FuzzTarget(name: "session") { bytes in
        let check = SessionCheck(bytes)
        precondition(check.unfinished <= bytes.count, "more is cut off than there is")
        if let old = try? OldSession(bytes, from: "fuzz") {
            for entry in old.entries { _ = SessionEntry(.object(entry.json)) }
        }
    }

    /// What is typed is put in once, and looked at no more.
    static let template = FuzzTarget(name: "template") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let template = PromptTemplate(name: "t", text: text)
        _ = template.text(with: text)
        _ = PromptTemplate.words(of: text)
    }

    static let frontMatter = FuzzTarget(name: "front-matter") { bytes in
        _ = FrontMatter(String(decoding: bytes, as: UTF8.self))
    }

    static let toolArguments = FuzzTarget(name: "tool-arguments") { bytes in
        for tool in Tool.all {
            // That they are refused is no fault.
            _ = try? ToolArguments(bytes, for: tool)
        }
    }

    /// A pattern, a line feed, a path.
    static let glob = FuzzTarget(name: "glob") { bytes in
        let parts = bytes.split(separator: 0x0A, maxSplits: 1)
        guard parts.count == 2 else { return }
        _ = GlobPattern(String(decoding: parts[0], as: UTF8.self))?.matches(parts[1])
    }

    /// What is looked for, a zero, what comes there, a zero, the file: only the place that was found changes.
    static let edit = FuzzTarget(name: "edit") { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return }
        let text = EditedText(Array(parts[2]))
        let edit = TextEdit(old: Array(parts[0]), new: Array(parts[1]))
        // That it is refused is no fault.
        guard let places = try? text.places(of: [edit], "fuzz") else { return }
        let new = text.replacing(places)
        let place = places[0]
        precondition(
            new.count == text.bytes.count - place.range.count + place.new.count,
            "more has changed than the place")
        precondition(
            new.starts(with: text.bytes[..<place.range.lowerBound]), "what stands before")
        precondition(
            new.suffix(text.bytes.count - place.range.upperBound)
                .elementsEqual(text.bytes[place.range.upperBound...]), "what stands behind")
        _ = EditDifference(text, places)
    }
}
