package import PiAI
package import PiJSON
package import PiSystem

/// A conversation as a tree, in a file as Pi's or in memory alone.
///
/// What was appended is on disk.
// One task has it at a time: it is made before the run's task begins, and looked at again when that has ended.
package final class Session: @unchecked Sendable {
    package let id: String
    package let header: JSONValue
    /// Nil for one that is kept nowhere.
    package let path: FilePath?
    private var storage: Storage
    private var places: [String: Int] = [:]
    /// The entry that the next one follows.
    package private(set) var leaf: String?
    private let clock: Clock<TimeOfDay>
    private var context: Context?

    private enum Storage {
        case file(SessionFile)
        case memory(MemoryEntries)
    }

    private final class MemoryEntries {
        var list: [SessionEntry] = []
    }

    private init(
        _ storage: Storage, header: JSONValue, path: FilePath?,
        _ clock: Clock<TimeOfDay>
    ) {
        self.storage = storage
        self.header = header
        self.path = path
        self.clock = clock
        id = header["id"]?.string ?? ""
    }

    // MARK: - Opening and making

    /// One that is forgotten with this value.
    package convenience init(inMemory workspace: String, clock: Clock<TimeOfDay> = .system) throws {
        let id = try RandomBytes.name(bytes: 16)
        self.init(
            .memory(MemoryEntries()), header: Self.header(id: id, workspace, parent: nil, clock),
            path: nil,
            clock)
    }

    /// A new file.
    package static func make(
        id: String, for workspace: String, in folder: borrowing Folder, parent: String? = nil,
        clock: Clock<TimeOfDay> = .system
    ) throws -> Session {
        let header = header(id: id, workspace, parent: parent, clock)
        let name = SessionName.file(id: id, at: clock.now)
        let file = try SessionFile(making: name, in: folder, header: header)
        return Session(.file(file), header: header, path: folder.path.appending(name), clock)
    }

    private static func header(
        id: String, _ workspace: String, parent: String?, _ clock: Clock<TimeOfDay>
    ) -> JSONValue {
        var header = JSONObject()
        header["type"] = "session"
        header["version"] = 3
        header["id"] = .string(id)
        header["timestamp"] = .string(clock.now.iso)
        header["cwd"] = .string(workspace)
        header["parentSession"] = parent.map(JSONValue.string)
        return .object(header)
    }

    package enum Purpose { case reading, writing }

    package static func open(
        _ name: FilePath, in folder: borrowing Folder, for purpose: Purpose,
        clock: Clock<TimeOfDay> = .system
    ) throws -> Session {
        let file = try SessionFile(name, in: folder, for: purpose == .reading ? .reading : .writing)
        let header = file.header
        let lines = file.lines
        let session = Session(
            .file(file), header: header, path: folder.path.appending(name), clock)
        session.places.reserveCapacity(lines.count)
        for (place, line) in lines.enumerated() {
            guard let id = line.head.id else { continue }
            session.places[id] = place
        }
        session.leaf = lines.last { $0.head.id != nil }?.head.id
        return session
    }

    package var workspace: String { header["cwd"]?.string ?? "" }

    // MARK: - Reading

    package var count: Int {
        switch storage {
        case .file(let file): file.lines.count
        case .memory(let entries): entries.list.count
        }
    }

    package func entry(at place: Int) throws -> SessionEntry? {
        switch storage {
        case .file(let file): try file.entry(place)
        case .memory(let entries): entries.list[place]
        }
    }

    package func entry(_ id: String) throws -> SessionEntry? {
        try places[id].flatMap { try entry(at: $0) }
    }

    /// An entry as it stands in the file, without its line feed; nil for one that is in no file.
    package func line(_ id: String) throws -> [UInt8]? {
        guard case .file(let file) = storage, let place = places[id] else { return nil }
        return try file.bytes(place)
    }

    /// Every entry in the order in which they were written; what can't be read is passed by.
    package func forEachEntry(_ visit: (SessionEntry) throws -> Void) throws {
        for place in 0..<count { if let entry = try entry(at: place) { try visit(entry) } }
    }

    /// As it stands in the file.
    package func bytes(at place: Int) throws -> [UInt8] {
        switch storage {
        case .file(let file): try file.bytes(place)
        case .memory(let entries): JSONWriter.write(entries.list[place].json, layout: .compact)
        }
    }

    /// Id and parent of each entry, without reading what it says.
    package var links: [(id: String, parent: String?, type: String)] {
        switch storage {
        case .file(let file): file.lines.map { ($0.head.id ?? "", $0.head.parent, $0.head.type) }
        case .memory(let entries):
            entries.list.map { ($0.id, $0.parent, $0.content.written.type) }
        }
    }

    private func parent(of id: String) -> String? {
        guard let place = places[id] else { return nil }
        return switch storage {
        case .file(let file): file.lines[place].head.parent
        case .memory(let entries): entries.list[place].parent
        }
    }

    /// From the first entry to one, or to the leaf.
    package func way(to end: String? = nil) -> [String] {
        var way: [String] = []
        var at = end ?? leaf
        // A file that somebody has made can go round in circles.
        while let id = at, places[id] != nil, way.count <= places.count {
            way.append(id)
            at = parent(of: id)
        }
        return way.reversed()
    }

    /// What was said last behind an entry, in whole: an answer that was cut off goes on in the next.
    package func lastAnswer(since entry: String?) throws -> String {
        var whole = ""
        // From its end: what was said long before has no part in it.
        for id in way().reversed() {
            if id == entry { break }
            guard case .message(.assistant(let answer))? = try self.entry(id)?.content,
                answer.stopReason != .error, answer.stopReason != .aborted
            else { continue }
            let goesOn = answer.stopReason == .length && answer.toolCalls.isEmpty
            guard whole.isEmpty || goesOn else { break }
            whole = answer.text + whole
        }
        return whole
    }

    // MARK: - Writing

    /// Behind the leaf, and on disk when this returns.
    @discardableResult
    package func append(_ content: SessionEntry.Content) throws -> String {
        try append(content, behind: leaf)
    }

    @discardableResult
    package func append(_ content: SessionEntry.Content, behind parent: String?) throws -> String {
        let id = try newID()
        let (type, members) = content.written
        var object = SessionEntry.beginning(type, id: id, parent: parent, at: clock.now.iso)
        for (name, value) in members { object[name] = value }
        guard let entry = SessionEntry(.object(object)) else {
            preconditionFailure("what was made here is an entry")
        }
        try put(entry, type: type)
        if parent != leaf {
            context = nil
        } else if case .message(let message) = content {
            context?.append(message, id)
        } else if !content.isSilent {
            context = nil
        }
        leaf = id
        return id
    }

    /// One that was made elsewhere, and how it stands there.
    func write(_ entry: SessionEntry, as line: [UInt8]?) throws {
        try put(entry, type: entry.json["type"]?.string ?? "unknown", as: line)
        leaf = entry.id
        context = nil
    }

    private func put(
        _ entry: SessionEntry, type: String, as line: [UInt8]? = nil
    ) throws(SystemError) {
        switch storage {
        case .file(let file): try file.append(entry, type: type, as: line)
        case .memory(let entries): entries.list.append(entry)
        }
        places[entry.id] = count - 1
    }

    /// Four bytes in hexadecimal, as Pi has them, that no other entry has.
    private func newID() throws(SystemError) -> String {
        while true {
            let id = try RandomBytes.name(bytes: 4)
            if places[id] == nil { return id }
        }
    }

    /// Where the conversation goes on; nil for before its first entry.
    package func move(to entry: String?) {
        leaf = entry
        context = nil
    }

    // MARK: - What the model is told

    package struct Context: Sendable {
        package private(set) var messages: [Message]
        /// The entry of each message; that of a summary is its compaction's.
        package private(set) var ids: [String]
        private(set) var weight: ConversationWeight
        /// The message from which on the counts of answers are of what is told here: those before were of something longer.
        let counted: Int

        init(messages: [Message], ids: [String], counted: Int = 0) {
            self.messages = messages
            self.ids = ids
            self.counted = counted
            weight = ConversationWeight(messages)
        }

        mutating func append(_ message: Message, _ id: String) {
            messages.append(message)
            ids.append(id)
            weight.append(message)
        }
    }

    package func modelContext() throws -> Context {
        if let context { return context }
        let made = try SessionContext.make(way: way(), entry: entry)
        context = made
        return made
    }
}
