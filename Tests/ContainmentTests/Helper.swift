import PiSystem
import PiTesting

/// Programs that a fixture is made with, run by the thread that needs them.
enum Helper {
    struct Said: Sendable {
        let ending: ChildProcess.Ending.Way
        let output: String
        let error: String
    }

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    static let environment: [RawText] = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]

    /// Runs it to its end; more descriptors come after the three.
    static func run(
        _ program: String, _ arguments: [String], environment: [RawText] = environment,
        more: [BorrowedDescriptor] = [], newSession: Bool = true
    ) throws -> Said {
        let nothing = try Descriptor.source("/dev/null")
        let output = try Pipe()
        let error = try Pipe()
        var child = try SpawnPlan(
            program: path(program), arguments: ([program] + arguments).map(raw),
            environment: environment, newSession: newSession
        ).start(
            on: [nothing.borrowed, output.writing.borrowed, error.writing.borrowed] + more)
        output.writing.close()
        error.writing.close()
        let said = try text(output.reading)
        let complained = try text(error.reading)
        return Said(ending: try child.waitBlocking().way, output: said, error: complained)
    }

    /// What it said, if it went well.
    static func ask(_ program: String, _ arguments: [String]) throws -> String {
        let said = try run(program, arguments)
        guard said.ending == .exited(code: 0) else {
            throw Failed(description: "\(program) \(arguments): \(said.error)")
        }
        return said.output.hasSuffix("\n") ? String(said.output.dropLast()) : said.output
    }

    private static func text(_ source: borrowing Descriptor) throws -> String {
        var bytes: [UInt8] = []
        while let piece = try source.read(upTo: .kibibytes(64), from: "a pipe"), !piece.isEmpty {
            bytes += piece
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func raw(_ text: String) -> RawText { RawText(text)! }
    static func path(_ text: String) -> FilePath { FilePath(text)! }
}

/// A process outside that tells what reached it; it ends with its owner.
final class Witness {
    private let child: ChildProcess
    private let input: Descriptor
    private let output: Descriptor
    private var unread: [UInt8] = []
    /// What it said before it was ready.
    let beginning: [String]

    var pid: Int32 { child.pid }

    init(_ program: String, _ arguments: [String], environment: [RawText] = Helper.environment)
        throws
    {
        // One that has ended is still asked, and that shall not end the tests.
        try Interruption.ignoreFailedWrites()
        let input = try Pipe()
        let output = try Pipe()
        let silent = try Descriptor.sink("/dev/null")
        child = try SpawnPlan(
            program: Helper.path(program), arguments: ([program] + arguments).map(Helper.raw),
            environment: environment, newSession: true
        ).start(on: [input.reading.borrowed, output.writing.borrowed, silent.borrowed])
        self.input = try input.writing.duplicate()
        self.output = try output.reading.duplicate()
        output.writing.close()
        input.reading.close()
        var lines: [String] = []
        while let line = try Self.nextLine(&unread, self.output), line != "ready" {
            lines.append(line)
        }
        beginning = lines
    }

    /// Everything that it has to say until now.
    func tell() throws -> [String] {
        // One that has finished by itself says the same without being asked.
        try? input.writeAll(Array("\n".utf8), to: "a witness")
        return try rest(until: "synced")
    }

    /// Without being asked: until there is nothing more just now.
    func saidByItself() throws -> [String] {
        var lines: [String] = []
        while try unread.contains(UInt8(ascii: "\n")) || Self.isReadable(output, within: .zero),
            let line = try Self.nextLine(&unread, output)
        {
            lines.append(line)
        }
        return lines
    }

    private func rest(until last: String) throws -> [String] {
        var lines: [String] = []
        while let line = try Self.nextLine(&unread, output), line != last { lines.append(line) }
        return lines
    }

    private static func isReadable(
        _ descriptor: borrowing Descriptor, within limit: Duration
    ) throws -> Bool {
        var poll = Poll()
        let place = poll.add(descriptor.borrowed, for: .readable)
        try poll.wait(atMost: limit)
        return !poll.ready(place).isEmpty
    }

    private static func nextLine(
        _ unread: inout [UInt8], _ output: borrowing Descriptor
    ) throws -> String? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: unread[..<end], as: UTF8.self)
                unread.removeFirst(end + 1)
                return line
            }
            guard try isReadable(output, within: .seconds(20)) else {
                throw Helper.Failed(description: "a witness is silent")
            }
            guard let piece = try output.read(upTo: .kibibytes(64), from: "a witness"),
                !piece.isEmpty
            else { return nil }
            unread += piece
        }
    }
}
