import PiJSON

/// What has to be known of a line to find one's way in a session: read without reading the rest of it.
struct EntryHead: Hashable {
    let type: String
    let id: String?
    let parent: String?

    /// Nil if the line is no JSON object that could be an entry.
    ///
    /// Pi and this program write these members first, so that a glance will mostly do.
    init?(_ line: ArraySlice<UInt8>) {
        guard line.first == UInt8(ascii: "{"), line.last == UInt8(ascii: "}") else { return nil }
        if let quick = Self.glance(line) {
            self = quick
            return
        }
        // What is no JSON is no entry; the place of the line says more than the reader could.
        let json = try? JSONReader.read(
            Array(line), .interchange(sizeLimit: SessionFile.largestLine)
        ).value
        guard let json, let type = json["type"]?.string else { return nil }
        self.init(type: type, id: json["id"]?.string, parent: json["parentId"]?.string)
    }

    init(type: String, id: String?, parent: String?) {
        self.type = type
        self.id = id
        self.parent = parent
    }

    /// Nil if it does not begin in the usual way, or has an escape in one of the three.
    private static func glance(_ line: ArraySlice<UInt8>) -> EntryHead? {
        var at = line.startIndex
        func skip(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard line.endIndex - at >= count else { return false }
            var place = at
            for scalar in "\(text)".utf8 {
                guard line[place] == scalar else { return false }
                place += 1
            }
            at = place
            return true
        }
        func word() -> String? {
            let start = at
            while at < line.endIndex, at - start < 80, line[at] != UInt8(ascii: "\"") {
                guard line[at] >= 0x20, line[at] < 0x7F, line[at] != UInt8(ascii: "\\") else {
                    return nil
                }
                at += 1
            }
            guard at < line.endIndex, line[at] == UInt8(ascii: "\"") else { return nil }
            defer { at += 1 }
            return String(decoding: line[start..<at], as: UTF8.self)
        }
        guard skip("{\"type\":\""), let type = word(), skip(",\"id\":\""), let id = word() else {
            return nil
        }
        if skip(",\"parentId\":null") { return EntryHead(type: type, id: id, parent: nil) }
        guard skip(",\"parentId\":\""), let parent = word() else { return nil }
        return EntryHead(type: type, id: id, parent: parent)
    }
}
