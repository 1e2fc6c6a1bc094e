import PiAI
import PiJSON

/// The files that were read and changed: they stand behind the words of a summary, and those of the next hand them on.
struct TouchedFiles: Hashable {
    private var readPlaces: [ExactText: Int] = [:]
    private var changedPlaces: [ExactText: Int] = [:]
    /// Of each list, how many older ones are not named any more.
    private var left = (read: 0, changed: 0)
    private var count = 0

    /// Of each list.
    private static let most = 60
    private static let longest = 400
    private static let names = (read: "read-files", changed: "modified-files")

    static func == (one: TouchedFiles, other: TouchedFiles) -> Bool { one.text == other.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// - Parameter messages: what a summary is to stand for; an earlier summary among them hands its own lists on.
    init(in messages: [Message]) {
        for message in messages {
            switch message {
            case .assistant(let answer): answer.toolCalls.forEach { add($0) }
            case .user(let user):
                if SessionContext.isSummary(message) { add(listed: user.content.joinedText) }
            case .system, .toolResult: break
            }
        }
    }

    /// From the oldest; what was changed is not named as read, too.
    var read: [String] { Self.ordered(readPlaces.filter { changedPlaces[$0.key] == nil }) }
    var changed: [String] { Self.ordered(changedPlaces) }

    private static func ordered(_ places: [ExactText: Int]) -> [String] {
        places.sorted { $0.value < $1.value }.map(\.key.text)
    }

    private mutating func add(_ call: ToolCall) {
        guard let path = call.arguments["path"]?.string else { return }
        if ["write", "edit"].contains(call.name) {
            note(path, isChange: true)
        } else if call.name == "read" {
            note(path, isChange: false)
        }
    }

    /// One that is met again is the newest.
    private mutating func note(_ path: String, isChange: Bool) {
        count += 1
        // A name with a line feed would end its line in the list.
        let line = ExactText(SafeText(path, limit: Self.longest).description)
        if isChange { changedPlaces[line] = count } else { readPlaces[line] = count }
    }

    /// The lists stand at the end: what a model has written before them is no list, however it looks.
    private mutating func add(listed summary: String) {
        var lines = summary.split(separator: Character("\n"), omittingEmptySubsequences: false)
        for name in [Self.names.changed, Self.names.read] {
            guard lines.last == "</\(name)>", let start = lines.lastIndex(of: "<\(name)>") else {
                continue
            }
            var files = lines[(start + 1)..<(lines.count - 1)]
            var older = 0
            if let first = files.first, let count = Self.older(in: first) {
                older = count
                files = files.dropFirst()
            }
            older += max(0, files.count - Self.most)
            let isChange = name == Self.names.changed
            if isChange { left.changed += older } else { left.read += older }
            for line in files.suffix(Self.most) { note(String(line), isChange: isChange) }
            lines.removeSubrange(start...)
            while lines.last?.isEmpty == true { lines.removeLast() }
        }
    }

    private static func olderLine(_ count: Int) -> String {
        "(\(count) older ones are not named)"
    }

    /// Nil for any other line: a file may be called `(2024) report`.
    private static func older(in line: Substring) -> Int? {
        let count = line.dropFirst().prefix { $0.isNumber }
        guard count.utf8.count < 10, let number = Int(count), line == olderLine(number) else {
            return nil
        }
        return number
    }

    var text: String {
        func block(_ name: String, _ files: [String], _ older: Int) -> String {
            guard !files.isEmpty else { return "" }
            let hidden = older + max(0, files.count - Self.most)
            let note = hidden > 0 ? "\(Self.olderLine(hidden))\n" : ""
            return
                "\n\n<\(name)>\n\(note)\(files.suffix(Self.most).joined(separator: "\n"))\n</\(name)>"
        }
        return block(Self.names.read, read, left.read)
            + block(Self.names.changed, changed, left.changed)
    }
}
