import PiJSON
import PiSystem

/// ripgrep, started here and read record by record; it is ended when nobody wants more.
struct Ripgrep {
    private static let places: [FilePath] = ["/usr/bin/rg", "/usr/local/bin/rg", "/bin/rg"]

    struct Ending {
        /// It looked at all there was, or was told to stop.
        let hasFailed: Bool
        let complaint: String
    }

    /// Calls `take` with each record, without the byte that ends it, until it says no.
    static func run(
        _ arguments: [String], in folder: FilePath, endingIn terminator: UInt8,
        _ take: ([UInt8]) throws -> Bool
    ) throws -> Ending {
        // What can't be looked at is not there for this purpose.
        guard let program = places.first(where: { (try? FileFacts.of($0)) != nil }) else {
            throw ToolError("ripgrep is not installed here: use bash with find or grep instead")
        }
        let pipe = try Pipe()
        let complaints = try Pipe()
        var process = try SpawnPlan(
            program: program,
            arguments: (["rg", "--no-config", "--color=never"] + arguments).compactMap {
                RawText($0)
            },
            environment: [], newSession: false
        ).start(
            input: Descriptor.source("/dev/null"), output: pipe.writing,
            error: complaints.writing, in: Folder.open(folder, resolving: .anything))
        pipe.writing.close()
        complaints.writing.close()
        var record: [UInt8] = []
        var said: [UInt8] = []
        var isWanted = true
        var isOpen = (output: true, error: true)
        while isWanted, isOpen.output {
            var poll = Poll()
            let results = poll.add(pipe.reading.borrowed, for: .readable)
            let errors = poll.add(isOpen.error ? complaints.reading.borrowed : nil, for: .readable)
            try poll.wait(atMost: nil)
            if !poll.ready(errors).isEmpty {
                // All of it is read, so that it never waits for us; no more is kept than anybody shows.
                let piece = try complaints.reading.read(upTo: .kibibytes(64), from: "ripgrep") ?? []
                isOpen.error = !piece.isEmpty
                if said.count < 4_096 { said += piece }
            }
            guard !poll.ready(results).isEmpty else { continue }
            let piece = try pipe.reading.read(upTo: .kibibytes(64), from: "ripgrep") ?? []
            isOpen.output = !piece.isEmpty
            var rest = piece[...]
            while isWanted, let end = rest.firstIndex(of: terminator) {
                isWanted = try take(record + rest[..<end])
                record = []
                rest = rest[(end + 1)...]
            }
            // Of a record without an end, no more than anybody shows.
            if record.count < largestRecord { record += rest }
        }
        if isWanted, !record.isEmpty { isWanted = try take(record) }
        if !isWanted { try process.signal(.kill) }
        // It may still have something to say, and would wait for somebody to hear it.
        while isOpen.error, said.count < 1 << 20 {
            let piece = try complaints.reading.read(upTo: .kibibytes(64), from: "ripgrep") ?? []
            guard !piece.isEmpty else { break }
            said += piece
        }
        if isOpen.error { try process.signal(.kill) }
        let way = try process.waitBlocking().way
        let complaint = String(decoding: said.prefix(4_096), as: UTF8.self).split(separator: "\n")
            .map { $0.drop { $0 == " " } }.joined(separator: " / ")
        return Ending(
            hasFailed: isWanted && way != .exited(code: 0) && way != .exited(code: 1),
            complaint: SafeText(complaint, limit: 300).description)
    }

    private static let largestRecord = 1 << 20
}

/// Lines of a result, as many as may be shown.
struct ResultLines {
    private(set) var text = ""
    private(set) var count = 0
    private(set) var isFull = false

    /// False if there is no room for it.
    mutating func append(_ line: String) -> Bool {
        guard text.utf8.count + line.utf8.count < Tool.mostBytes else {
            isFull = true
            return false
        }
        text += line + "\n"
        count += 1
        return true
    }
}
