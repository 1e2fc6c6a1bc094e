package import PiSystem

/// A program of ours, run inside a sandbox, that tries what each wall forbids.
package enum Probe {
    /// Where it is inside.
    private static let place = "/.probe"

    package struct Answer: Hashable, Sendable {
        package let wall: Wall
        package let holds: Bool
        /// What was tried, and what came of it.
        package let attempt: String
    }

    /// The world with the probe in it.
    package static func spec(_ spec: SandboxSpec, launcher: FilePath) -> SandboxSpec {
        var spec = spec
        spec.trees.append(
            SandboxSpec.Tree(
                path: place, source: launcher.utf8 ?? "/", access: .readOnly))
        return spec
    }

    /// What is outside for it to reach for: things that we make, and that nobody misses.
    package struct Outside: ~Copyable {
        fileprivate let listener: LoopbackListener
        fileprivate let isSix: Bool
        fileprivate let memory: SharedMemory
        fileprivate let file: FilePath

        package init(file: FilePath) throws(SystemError) {
            let listener: LoopbackListener
            let isSix: Bool
            do throws(SystemError) {
                listener = try LoopbackListener(.v4, port: 0)
                isSix = false
            } catch {
                guard error.errno == .addressNotAvailable else { throw error }
                listener = try LoopbackListener(.v6, port: 0)
                isSix = true
            }
            let memory = try SharedMemory()
            self.listener = listener
            self.isSix = isSix
            self.memory = memory
            self.file = file
        }
    }

    /// Its own, on however slow a host: a policy's are for the programs of a run, and what it wants is no wall.
    package static let limits: CallLimits = {
        func limit<Value>(_ value: Value) -> CallLimits.Limit<Value> {
            CallLimits.Limit(value, origin: "the probe's own")
        }
        return CallLimits(
            wall: limit(.seconds(60)), processor: limit(.seconds(60)),
            memory: limit(.mebibytes(256)), processes: limit(64), openFiles: limit(256),
            fileSize: limit(.mebibytes(1)), written: nil, outputKept: limit(.kibibytes(64)),
            outputHard: limit(.kibibytes(64)), onHard: .kill)
    }()

    package static func call(_ outside: borrowing Outside, workingFolder: FilePath) -> CallSpec {
        CallSpec(
            program: FilePath(place)!,
            arguments: [
                "pi-probe", RawText("\(ThisProcess.pid)")!,
                RawText("\(outside.isSix ? 6 : 4):\(outside.listener.port)")!,
                RawText("\(outside.memory.number)")!,
                outside.file.raw,
            ], environment: [], workingFolder: workingFolder, limits: limits)
    }

    /// From what it printed; a wall that it says nothing of is not known to hold.
    package static func answers(_ output: OutputKeeper) -> [Answer] {
        String(decoding: output.head + output.tail, as: UTF8.self).split(separator: "\n")
            .compactMap { line in
                let words = line.split(separator: " ", maxSplits: 2)
                guard words.count == 3, let wall = Wall(rawValue: String(words[0])) else {
                    return nil
                }
                return Answer(wall: wall, holds: words[1] == "holds", attempt: String(words[2]))
            }
    }
}
