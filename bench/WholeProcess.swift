import PiSystem

/// Programs measured from start to end, by a small program that starts them.
enum WholeProcess {
    struct Rounds: Sendable {
        let time: Figure.Result
        let memory: Figure.Result
    }

    static func alternate(
        rounds: Int, ours: [RawText], peer: [RawText]
    ) async throws -> Rounds {
        let stopwatch = try built("stopwatch")
        let arguments = ["stopwatch", RawText("\(rounds)")!] + ours + ["--"] + peer
        let pipe = try Pipe()
        let silent = try Descriptor.sink("/dev/null")
        let plan = SpawnPlan(
            program: FilePath(stopwatch), arguments: arguments, environment: [], newSession: false)
        var child = try plan.start(
            input: silent, output: pipe.writing, error: silent,
            in: Folder.open("/", resolving: .anything))
        pipe.writing.close()
        var output: [UInt8] = []
        while let piece = try pipe.reading.read(upTo: .kibibytes(64), from: "stopwatch"),
            !piece.isEmpty
        {
            output += piece
        }
        guard try child.waitBlocking().succeeded else { throw Failed(program: ours[0]) }
        return parse(output)
    }

    struct Failed: Error, CustomStringConvertible {
        let program: RawText
        var description: String { "\(program) could not be measured" }
    }

    /// The path of a program of this build.
    static func built(_ name: FilePath) throws -> RawText {
        try ThisProcess.programFolder().appending(name).raw
    }

    private static func parse(_ output: [UInt8]) -> Rounds {
        let rows = String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Double($0) }
        }
        func column(_ place: Int) -> Samples { Samples(rows.map { $0[place] }) }
        return Rounds(
            time: Figure.Result(ours: column(0), peer: column(2)),
            memory: Figure.Result(ours: column(1), peer: column(3)))
    }
}
