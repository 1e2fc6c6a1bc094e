package import PiJSON
package import PiSystem

/// A session of whatever version, read whole and brought to version 3: ids and parents for those that had none, today's name for a
/// role that was called otherwise.
package struct OldSession {
    package let workspace: String
    package let entries: [Entry]

    package struct Entry {
        package let json: JSONObject
        /// As it stood, if nothing of it had to change.
        let line: [UInt8]?
    }

    package init(_ bytes: [UInt8], from path: FilePath) throws {
        var lines: [JSONObject] = []
        var texts: [[UInt8]] = []
        var at = 0
        for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated()
        {
            defer { at += line.count + 1 }
            guard !line.isEmpty else { continue }
            // What is no JSON is told by its place.
            let json = try? JSONReader.read(
                Array(line), .interchange(sizeLimit: SessionFile.largestLine)
            ).value
            guard let object = json?.object else {
                guard !lines.isEmpty else {
                    throw SessionFile.Broken(path: path, reason: .noSession)
                }
                throw SessionFile.Broken(path: path, reason: .hole(line: number + 1, at: at))
            }
            lines.append(object)
            texts.append(Array(line))
        }
        guard let header = lines.first, header["type"]?.string == "session" else {
            throw SessionFile.Broken(path: path, reason: .noSession)
        }
        let version = header["version"]?.number?.int ?? 1
        guard (1...3).contains(version) else {
            throw SessionFile.Broken(
                path: path, reason: .version(header["version"]?.description ?? ""))
        }
        workspace = header["cwd"]?.string ?? "/"
        let before = lines
        if version == 1 { try Self.addIDs(to: &lines) }
        entries = lines.indices.dropFirst().map { place in
            let json = Self.renamed(lines[place])
            let text = texts[place]
            // It has to be found again by what it begins with, as the reader of sessions finds entries.
            let isFound =
                EntryHead(text[...])
                == EntryHead(
                    type: json["type"]?.string ?? "", id: json["id"]?.string,
                    parent: json["parentId"]?.string)
            return Entry(json: json, line: json == before[place] && isFound ? text : nil)
        }
    }

    /// Version 1 is a list: each entry follows the one before, and a summary names what it kept by its number.
    private static func addIDs(to lines: inout [JSONObject]) throws {
        var ids: [String?] = [nil]
        for _ in lines.dropFirst() { ids.append(try RandomBytes.name(bytes: 4)) }
        for place in lines.indices.dropFirst() {
            let old = lines[place]
            var new = JSONObject()
            new["type"] = old["type"] ?? "unknown"
            new["id"] = ids[place].map(JSONValue.string)
            new["parentId"] = ids[place - 1].map(JSONValue.string) ?? .null
            for member in old.members where new[member.name] == nil {
                guard member.name == "firstKeptEntryIndex" else {
                    new[member.name] = member.value
                    continue
                }
                let index = member.value.number?.int ?? 0
                let kept = ids.indices.contains(index) ? ids[index] : nil
                new["firstKeptEntryId"] = .string(kept ?? ids[place] ?? "")
            }
            lines[place] = new
        }
    }

    /// Version 2 knew a role by another name.
    private static func renamed(_ entry: JSONObject) -> JSONObject {
        guard var message = entry["message"]?.object, message["role"] == "hookMessage" else {
            return entry
        }
        message["role"] = "custom"
        var entry = entry
        entry["message"] = .object(message)
        return entry
    }
}

extension Session {
    /// An entry of another session, as it is.
    package func append(copy entry: OldSession.Entry) throws {
        guard let copy = SessionEntry(.object(entry.json)) else { return }
        try write(copy, as: entry.line)
    }

    /// Entries of another session, with the labels of those among them.
    package func copy(_ ids: [String], of other: Session) throws {
        let taken = Set(ids)
        for id in ids {
            if let entry = try other.entry(id) { try write(entry, as: other.line(id)) }
        }
        for link in other.links where link.type == "label" && !taken.contains(link.id) {
            guard case .label(let target, let label)? = try other.entry(link.id)?.content,
                taken.contains(target)
            else { continue }
            try append(.label(target: target, label))
        }
    }
}
