package import PiSystem

/// How much one call may use.
///
/// Each limit carries a word of where it comes from, which means nothing here and is handed back with
/// what was hit.
package struct CallLimits: Hashable, Sendable {
    package struct Limit<Value: Hashable & Sendable>: Hashable, Sendable {
        package let value: Value
        package let origin: String

        package init(_ value: Value, origin: String) {
            self.value = value
            self.origin = origin
        }
    }

    package enum OnHard: String, Sendable {
        case kill, drop
    }

    package var wall: Limit<Duration>
    package var processor: Limit<Duration>
    package var memory: Limit<ByteCount>
    package var processes: Limit<Int>
    package var openFiles: Limit<Int>
    package var fileSize: Limit<ByteCount>
    package var written: Limit<ByteCount>?
    package var outputKept: Limit<ByteCount>
    package var outputHard: Limit<ByteCount>
    package var onHard: OnHard

    package init(
        wall: Limit<Duration>, processor: Limit<Duration>, memory: Limit<ByteCount>,
        processes: Limit<Int>, openFiles: Limit<Int>, fileSize: Limit<ByteCount>,
        written: Limit<ByteCount>?, outputKept: Limit<ByteCount>, outputHard: Limit<ByteCount>,
        onHard: OnHard
    ) {
        self.wall = wall
        self.processor = processor
        self.memory = memory
        self.processes = processes
        self.openFiles = openFiles
        self.fileSize = fileSize
        self.written = written
        self.outputKept = outputKept
        self.outputHard = outputHard
        self.onHard = onHard
    }
}

extension CallLimits {
    /// Each by its name, as people write it.
    package var listed: [LimitHit] {
        func row(_ name: LimitHit.Name, _ value: String, _ origin: String) -> LimitHit {
            LimitHit(name: name, value: value, origin: origin)
        }
        return [
            row(.wall, wall.value.shown, wall.origin),
            row(.cpu, processor.value.shown, processor.origin),
            row(.memory, "\(memory.value)", memory.origin),
            row(.processes, "\(processes.value)", processes.origin),
            row(.openFiles, "\(openFiles.value)", openFiles.origin),
            row(.fileSize, "\(fileSize.value)", fileSize.origin),
            row(.output, "\(outputHard.value)", outputHard.origin),
        ] + (written.map { [row(.written, "\($0.value)", $0.origin)] } ?? [])
    }
}

/// A limit, and one that a call ran into.
package struct LimitHit: Hashable, Sendable {
    package enum Name: String, Sendable {
        case wall, cpu, memory, processes, output
        case openFiles = "open_files"
        case fileSize = "file_size"
        case written = "disk_write"
    }

    package let name: Name
    /// Its place below `limits` in a policy.
    package var key: String { name == .output ? "output.hard" : name.rawValue }
    /// As people write it: `60 s`, `1 GiB`.
    package let value: String
    package let origin: String
}
