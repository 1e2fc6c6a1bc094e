import PiJSON
import PiSystem

/// `edit`: parts of a file, each named by its text, replaced in one go or not at all.
enum EditTool {
    static let tool = Tool(
        name: "edit",
        summary:
            "Replace parts of a file. Each oldText must stand in it exactly once, as it was before this call; give enough lines around to make it so.",
        parameters: [
            .init("path", .text, "", isRequired: true),
            .init(
                "edits",
                .list([
                    .init("oldText", .text, "", isRequired: true),
                    .init("newText", .text, "", isRequired: true),
                ]), "", isRequired: true),
        ],
        run: { arguments in
            let edits = arguments.objects("edits").map { edit in
                TextEdit(
                    old: Array((edit["oldText"]?.string ?? "").utf8),
                    new: Array((edit["newText"]?.string ?? "").utf8))
            }
            return try edit(ToolPath(arguments.text("path") ?? ""), edits)
        })

    private static let largest = ByteCount.mebibytes(32)

    private static func edit(_ path: ToolPath, _ edits: [TextEdit]) throws -> ToolOutput {
        let (place, name) = try path.place()
        let folder = try Folder.open(place, resolving: .anything)
        let file = try folder.file(name, for: .read, creating: .never, resolving: .anything)
        let facts = try file.facts()
        // Before anything is looked for: what was meant is what was read.
        try FileStamp.check(facts, path)
        let old = EditedText(try file.contents(limit: largest))
        let places = try old.places(of: edits, path.shown)
        let new = old.replacing(places)
        guard new != old.bytes else {
            throw ToolError("nothing would change: each newText is what stands there already")
        }
        let stamp = try FileStore.replace(name, in: folder, facts, with: new, path)
        var details = JSONObject()
        let difference = EditDifference(old, places)
        details["stamp"] = .string(stamp.description)
        details["diff"] = .string(difference.text)
        details["firstChangedLine"] = .number(JSONNumber(difference.firstLine))
        let loosely = places.filter { !$0.isExact }
        let count = "\(places.count) place\(places.count == 1 ? "" : "s")"
        var text = "Changed \(count) in \(path.shown)."
        if !loosely.isEmpty {
            let lines = loosely.map { "\(old.line(at: $0.range.lowerBound))" }
            text +=
                " At line \(lines.joined(separator: ", ")) the text differed from oldText in spaces, quotes, dashes or how characters are written."
        }
        return ToolOutput(text, details: details)
    }
}

/// What is to stand in the place of what.
package struct TextEdit: Hashable {
    let old: [UInt8]
    let new: [UInt8]

    package init(old: [UInt8], new: [UInt8]) {
        self.old = old
        self.new = new
    }
}

/// A file whose parts are looked for.
package struct EditedText {
    package let bytes: [UInt8]
    /// Where lines begin.
    let lines: [Int]
    private let hasCarriageReturns: Bool

    /// A place that was found, and what comes there.
    package struct Place: Hashable {
        package let range: Range<Int>
        package let new: [UInt8]
        let isExact: Bool
        let edit: Int
    }

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var lines = [0]
        for (at, byte) in bytes.enumerated() where byte == 0x0A { lines.append(at + 1) }
        self.lines = lines
        // The first line says how lines end here.
        hasCarriageReturns = lines.count > 1 && lines[1] >= 2 && bytes[lines[1] - 2] == 0x0D
    }

    /// Counted from one.
    func line(at offset: Int) -> Int {
        var (low, high) = (0, lines.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    func text(ofLine number: Int) -> ArraySlice<UInt8> {
        let end = number < lines.count ? lines[number] : bytes.count
        return bytes[lines[number - 1]..<end]
    }

    // MARK: - Finding

    package func places(of edits: [TextEdit], _ path: String) throws(ToolError) -> [Place] {
        var places: [Place] = []
        var units: TextUnits?
        for (number, edit) in edits.enumerated() {
            let which = edits.count == 1 ? "oldText" : "oldText of edit \(number + 1)"
            guard !edit.old.isEmpty else {
                throw ToolError("\(which) is empty: to make a file, write it")
            }
            let old = withEndings(edit.old)
            var found = Occurrences.of(old, in: bytes, limit: 20)
            let isExact = !found.isEmpty
            if !isExact, bytes.count <= TextUnits.largest {
                if units == nil { units = TextUnits(bytes, isWhole: true) }
                found = units?.find(TextUnits(edit.old, isWhole: false)) ?? []
            }
            guard let range = found.first else {
                throw ToolError(
                    "\(which) does not stand in \(path). " + EditMiss(self, edit.old).description)
            }
            guard found.count == 1 else {
                let lines = found.map { "\(line(at: $0.lowerBound))" }.joined(separator: ", ")
                throw ToolError(
                    "\(which) stands in \(path) \(found.count == 20 ? "20 times or more" : "\(found.count) times"), at line \(lines): give more of the lines around the one that is meant"
                )
            }
            places.append(
                Place(
                    range: range, new: withEndings(edit.new), isExact: isExact, edit: number + 1))
        }
        places.sort { $0.range.lowerBound < $1.range.lowerBound }
        for (one, next) in zip(places, places.dropFirst())
        where one.range.upperBound > next.range.lowerBound {
            throw ToolError(
                "edits \(min(one.edit, next.edit)) and \(max(one.edit, next.edit)) are about the same place: make one of them"
            )
        }
        return places
    }

    /// With the ends of lines that this file has.
    private func withEndings(_ text: [UInt8]) -> [UInt8] {
        guard hasCarriageReturns else { return text }
        var result: [UInt8] = []
        for byte in text {
            if byte == 0x0A, result.last != 0x0D { result.append(0x0D) }
            result.append(byte)
        }
        return result
    }

    package func replacing(_ places: [Place]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        for place in places {
            result += bytes[at..<place.range.lowerBound]
            result += place.new
            at = place.range.upperBound
        }
        return result + bytes[at...]
    }
}

/// Where one list stands in another, in linear time whatever both are made of.
enum Occurrences {
    /// From the first on, those that overlap, too: a text that stands twice in three lines is not unique.
    static func of<Element: Equatable>(
        _ wanted: [Element], in list: [Element], limit: Int,
        accepting: (Range<Int>) -> Bool = { _ in true }
    ) -> [Range<Int>] {
        guard !wanted.isEmpty, wanted.count <= list.count else { return [] }
        // How much of the beginning is matched again where a longer match fails (Knuth, Morris, Pratt).
        var again = [Int](repeating: 0, count: wanted.count)
        var length = 0
        for place in 1..<max(1, wanted.count) {
            while length > 0, wanted[place] != wanted[length] { length = again[length - 1] }
            if wanted[place] == wanted[length] { length += 1 }
            again[place] = length
        }
        var found: [Range<Int>] = []
        length = 0
        for place in list.indices {
            while length > 0, list[place] != wanted[length] { length = again[length - 1] }
            if list[place] == wanted[length] { length += 1 }
            if length == wanted.count {
                let range = place + 1 - length..<place + 1
                if accepting(range) { found.append(range) }
                guard found.count < limit else { break }
                length = again[length - 1]
            }
        }
        return found
    }
}
