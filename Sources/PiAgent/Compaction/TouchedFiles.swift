import PiAI
import PiJSON

/// The files that were read and changed, which no summary may lose: they stand behind its words.
struct TouchedFiles: Hashable {
    private(set) var read: [String] = []
    private(set) var changed: [String] = []

    private static let most = 60
    private static let names = (read: "read-files", changed: "modified-files")

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
        read.removeAll { changed.contains($0) }
    }

    private mutating func add(_ call: ToolCall) {
        guard let path = call.arguments["path"]?.string else { return }
        // A name with a line feed would end its line in the list.
        let line = SafeText(path, limit: 400).description
        if ["write", "edit"].contains(call.name) {
            Self.add(line, to: &changed)
        } else if call.name == "read" {
            Self.add(line, to: &read)
        }
    }

    private mutating func add(listed summary: String) {
        var list: String?
        for line in summary.split(separator: Character("\n")).map(String.init) {
            switch (list, line) {
            case (nil, "<\(Self.names.read)>"): list = Self.names.read
            case (nil, "<\(Self.names.changed)>"): list = Self.names.changed
            case (_?, let end) where end == "</\(list ?? "")>": list = nil
            case (Self.names.read?, _): Self.add(line, to: &read)
            case (Self.names.changed?, _): Self.add(line, to: &changed)
            default: break
            }
        }
    }

    /// One that is met again is the newest.
    private static func add(_ path: String, to list: inout [String]) {
        if let old = list.firstIndex(of: path) { list.remove(at: old) }
        list.append(path)
    }

    var text: String {
        func block(_ name: String, _ files: [String]) -> String {
            guard !files.isEmpty else { return "" }
            let shown = files.suffix(Self.most).joined(separator: "\n")
            return "\n\n<\(name)>\n\(shown)\n</\(name)>"
        }
        return block(Self.names.read, read) + block(Self.names.changed, changed)
    }
}
