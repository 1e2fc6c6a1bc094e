package import PiJSON
package import PiSystem

/// The lines of a session on disk: found once, read when somebody wants to know what they say, and only ever added to.
///
/// Invariant: up to the end of `lines` the file holds whole lines; what is appended is on disk before `append` returns.
package final class SessionFile {
    static let largestLine = 64 << 20

    struct Line: Hashable {
        let head: EntryHead
        let start: Int
        let length: Int
    }

    /// What a session begins with.
    let header: JSONValue
    private(set) var lines: [Line]
    /// How much of a line that was not finished was cut off.
    let cutOff: Int
    private let file: File
    /// Nil for one that is only read.
    private var log: AppendLog?

    enum Purpose { case reading, writing }

    /// Why a file can't be used as a session.
    package struct Broken: Error, Hashable {
        package enum Reason: Hashable, Sendable {
            case noSession
            /// A line in the middle is none.
            case hole(line: Int, at: Int)
            case version(String)
            case old(Int)
        }

        package let path: FilePath
        package let reason: Reason

        package var diagnostic: Diagnostic {
            let shown = "\(path)"
            return switch reason {
            case .noSession:
                Diagnostic(
                    severity: .error,
                    message: "\(shown) is no session: its first line is no header",
                    help:
                        "a session is a file of lines of JSON, the first of which has `\"type\": \"session\"`"
                )
            case .hole(let line, let at):
                Diagnostic(
                    severity: .error,
                    message: "\(shown) is damaged: line \(line), at byte \(at), is no entry",
                    help:
                        "`pi-runner session verify FILE` lists all such lines; take the line out of a copy of the file, and go on with that",
                    notes: [
                        "a line that was cut off at the end would have been mended; one in the middle means that something else has written here",
                        "nothing was changed",
                    ])
            case .version(let version):
                Diagnostic(
                    severity: .error,
                    message:
                        "\(shown) has the version \(SafeText(version, limit: 20)), and this program knows 3",
                    help: "use a newer pi-runner")
            case .old(let version):
                Diagnostic(
                    severity: .error, message: "\(shown) has the old version \(version)",
                    help: "pi-runner session import FILE makes a new one of it, and keeps the old")
            }
        }
    }

    /// Opens what is there; for writing what a killed writer left half is cut off.
    init(_ name: FilePath, in folder: borrowing Folder, for purpose: Purpose) throws {
        let file = try folder.file(name, for: .read, creating: .never, resolving: .noLinks)
        var scan = LineScan(path: file.path)
        // Before anything is changed: what is no session of ours to write to stays as it is.
        try scan.read(file)
        header = try scan.header()
        if purpose == .writing {
            let size = try file.facts().size
            try Self.finishLastLine(name, in: folder)
            let log = try AppendLog(name, in: folder, mode: 0o600)
            cutOff = log.cutOff.bytes
            if try file.facts().size != size {
                // Its end was mended, or somebody else has written until now.
                scan = LineScan(path: file.path)
                try scan.read(file)
                _ = try scan.header()
            }
            self.log = consume log
        } else {
            cutOff = 0
            log = nil
        }
        lines = scan.lines
        self.file = file
    }

    /// Makes a new one, with its header.
    init(making name: FilePath, in folder: borrowing Folder, header: JSONValue) throws {
        var log = try AppendLog(name, in: folder, mode: 0o600)
        try log.append(JSONWriter.write(header, layout: .compact) + [UInt8(ascii: "\n")])
        self.log = consume log
        file = try folder.file(name, for: .read, creating: .never, resolving: .noLinks)
        self.header = header
        lines = []
        cutOff = 0
    }

    /// A whole entry that only lacks its line feed is no torn one.
    private static func finishLastLine(
        _ name: FilePath, in folder: borrowing Folder
    ) throws {
        let file = try folder.file(name, for: .append, creating: .never, resolving: .noLinks)
        let size = try file.facts().size.bytes
        guard size > 0, size <= largestLine else { return }
        let tail = try file.read(
            ByteCount(min(size, 16 << 20)), at: ByteCount(max(0, size - (16 << 20))))
        guard tail.last != UInt8(ascii: "\n"), let feed = tail.lastIndex(of: UInt8(ascii: "\n"))
        else { return }
        let last = Array(tail[(feed + 1)...])
        // What is no entry is cut off by whoever opens it for writing.
        guard (try? JSONReader.read(last, .interchange(sizeLimit: largestLine))) != nil else {
            return
        }
        try file.write([UInt8(ascii: "\n")])
        try file.syncData()
    }

    func entry(_ place: Int) throws -> SessionEntry? {
        let line = lines[place]
        let bytes = try file.read(ByteCount(line.length), at: ByteCount(line.start))
        do throws(JSONError) {
            return SessionEntry(
                try JSONReader.read(bytes, .interchange(sizeLimit: Self.largestLine)).value)
        } catch {
            // The header is the first line.
            throw Broken(path: file.path, reason: .hole(line: place + 2, at: line.start))
        }
    }

    /// As it stands there, without its line feed.
    func bytes(_ place: Int) throws(SystemError) -> [UInt8] {
        try file.read(ByteCount(lines[place].length), at: ByteCount(lines[place].start))
    }

    /// `line` is how it stands elsewhere, to the byte.
    func append(
        _ entry: SessionEntry, type: String, as line: [UInt8]? = nil
    ) throws(SystemError) {
        let bytes = line ?? JSONWriter.write(entry.json, layout: .compact)
        let start = log?.size.bytes ?? 0
        try log?.append(bytes + [UInt8(ascii: "\n")])
        lines.append(
            Line(
                head: EntryHead(type: type, id: entry.id, parent: entry.parent), start: start,
                length: bytes.count))
    }
}

/// Finds the lines of a file, piece by piece.
private struct LineScan {
    let path: FilePath
    var lines: [SessionFile.Line] = []
    private var first: [UInt8]?
    private var number = 0

    init(path: FilePath) {
        self.path = path
    }

    private static let piece = 1 << 20

    mutating func read(_ file: borrowing File) throws {
        var rest: [UInt8] = []
        var at = 0
        while true {
            let piece = try file.read(ByteCount(Self.piece), at: ByteCount(at))
            guard !piece.isEmpty else { break }
            at += piece.count
            let start = at - piece.count
            var line = 0
            while let end = piece[line...].firstIndex(of: UInt8(ascii: "\n")) {
                if rest.isEmpty {
                    try take(piece[line..<end], at: start + line)
                } else {
                    let begun = start - rest.count
                    rest += piece[line..<end]
                    try take(rest[...], at: begun)
                    rest = []
                }
                line = end + 1
            }
            rest += piece[line...]
            guard rest.count <= SessionFile.largestLine else {
                throw SessionFile.Broken(
                    path: path, reason: .hole(line: number + 1, at: at - rest.count))
            }
        }
        // What has no end is being written, or was when its writer was killed: it is not there yet.
    }

    private mutating func take(_ line: ArraySlice<UInt8>, at start: Int) throws {
        number += 1
        let line = line.last == 0x0D ? line.dropLast() : line
        if first == nil {
            first = Array(line)
            return
        }
        // Somebody who has edited the file may have left an empty line.
        guard !line.isEmpty else { return }
        guard let head = EntryHead(line) else {
            throw SessionFile.Broken(path: path, reason: .hole(line: number, at: start))
        }
        lines.append(SessionFile.Line(head: head, start: start, length: line.count))
    }

    /// It is shown, and sent to providers.
    private static func isName(_ id: String) -> Bool {
        (1...128).contains(id.utf8.count)
            && id.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
            }
    }

    func header() throws -> JSONValue {
        // What is no JSON is no session.
        let read = try? JSONReader.read(first ?? [], .interchange(sizeLimit: 1 << 20)).value
        guard let json = read, json["type"]?.string == "session",
            Self.isName(json["id"]?.string ?? "")
        else {
            throw SessionFile.Broken(path: path, reason: .noSession)
        }
        guard let version = json["version"] else {
            throw SessionFile.Broken(path: path, reason: .old(1))
        }
        switch version.number?.int {
        case 3?: return json
        case 1?, 2?: throw SessionFile.Broken(path: path, reason: .old(version.number?.int ?? 1))
        default: throw SessionFile.Broken(path: path, reason: .version(version.description))
        }
    }
}
