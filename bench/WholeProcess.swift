import PiSystem

/// Programs measured from start to end, by a small program that starts them.
enum WholeProcess {
    struct Rounds: Sendable {
        let time: Figure.Result
        let memory: Figure.Result
    }

    static func alternate(rounds: Int, ours: Command, peer: PeerProgram) throws -> Rounds {
        let stopwatch = try built("stopwatch")
        var arguments = ["stopwatch", RawText("\(rounds)")!] + ours.arguments
        if case .ready(let peer) = peer { arguments += ["---"] + peer.arguments }
        let pipe = try Pipe()
        let plan = SpawnPlan(
            program: FilePath(stopwatch), arguments: arguments, environment: ours.environment,
            newSession: false)
        var child = try plan.start(
            input: Descriptor.source("/dev/null"), output: pipe.writing,
            error: Descriptor.another(of: .error),
            in: Folder.open(ours.folder, resolving: .anything))
        pipe.writing.close()
        var output: [UInt8] = []
        while let piece = try pipe.reading.read(upTo: .kibibytes(64), from: "stopwatch"),
            !piece.isEmpty
        {
            output += piece
        }
        guard try child.waitBlocking().succeeded else {
            throw Failed(program: ours.arguments[0])
        }
        return parse(output, peer)
    }

    struct Failed: Error, CustomStringConvertible {
        let program: RawText
        var description: String { "\(program) could not be measured" }
    }

    /// The path of a program of this build.
    static func built(_ name: FilePath) throws -> RawText {
        try ThisProcess.programFolder().appending(name).raw
    }

    private static func parse(_ output: [UInt8], _ peer: PeerProgram) -> Rounds {
        let rows = String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Double($0) }
        }
        func result(_ place: Int) -> Figure.Result {
            let ours = Samples(rows.map { $0[place] })
            switch peer {
            case .ready: return Figure.Result(ours: ours, peer: Samples(rows.map { $0[place + 2] }))
            case .absent(let reason):
                return Figure.Result(ours: ours, peer: .absent(reason: reason))
            }
        }
        return Rounds(time: result(0), memory: result(1))
    }
}
