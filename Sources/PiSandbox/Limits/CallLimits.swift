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
    package var layer: Layer?

    /// How much what waits may take, of all calls together.
    ///
    /// On a disk nothing holds a program to it: it is looked at while it runs, and once more when it has ended.
    package struct Layer: Hashable, Sendable {
        package let size: Limit<ByteCount>?
        package let files: Limit<Int>?
        /// What was written before, and where this call writes.
        package let folders: [FilePath]
        /// The layer is in memory, and the kernel holds programs to it.
        package let isHeld: Bool

        package init(
            size: Limit<ByteCount>?, files: Limit<Int>?, folders: [FilePath], isHeld: Bool
        ) {
            self.size = size
            self.files = files
            self.folders = folders
            self.isHeld = isHeld
        }
    }

    package init(
        wall: Limit<Duration>, processor: Limit<Duration>, memory: Limit<ByteCount>,
        processes: Limit<Int>, openFiles: Limit<Int>, fileSize: Limit<ByteCount>,
        written: Limit<ByteCount>?, outputKept: Limit<ByteCount>, outputHard: Limit<ByteCount>,
        onHard: OnHard, layer: Layer? = nil
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
        self.layer = layer
    }
}

extension CallLimits {
    /// Each by its name, as people write it.
    package var listed: [LimitHit] {
        func row(
            _ name: LimitHit.Name, _ value: String, _ origin: String, isWatched: Bool = false
        ) -> LimitHit? {
            LimitHit(name: name, isWatched: isWatched, value: value, origin: origin)
        }
        let isLayerWatched = layer?.isHeld != true
        return [
            row(.wall, wall.value.shown, wall.origin),
            row(.cpu, processor.value.shown, processor.origin),
            row(.memory, "\(memory.value)", memory.origin),
            row(.processes, "\(processes.value)", processes.origin),
            row(.openFiles, "\(openFiles.value)", openFiles.origin),
            row(.fileSize, "\(fileSize.value)", fileSize.origin),
            row(.output, "\(outputHard.value)", outputHard.origin),
            written.flatMap { row(.written, "\($0.value)", $0.origin, isWatched: true) },
            layer?.size.flatMap {
                row(.layerSize, "\($0.value)", $0.origin, isWatched: isLayerWatched)
            },
            layer?.files.flatMap {
                row(.layerFiles, "\($0.value)", $0.origin, isWatched: isLayerWatched)
            },
        ].compactMap(\.self)
    }
}

/// A limit, and one that a call ran into.
package struct LimitHit: Hashable, Sendable {
    package enum Name: String, Sendable {
        case wall, cpu, memory, processes, output
        case openFiles = "open_files"
        case fileSize = "file_size"
        case written = "disk_write"
        case layerSize = "workspace.size"
        case layerFiles = "workspace.files"
    }

    package let name: Name
    /// Its place in a policy.
    package var key: String {
        switch name {
        case .layerSize, .layerFiles: name.rawValue
        case .output: "limits.output.hard"
        default: "limits.\(name.rawValue)"
        }
    }
    /// Whether nothing stops a program there, and it is only ended when it is seen to be past it.
    package let isWatched: Bool
    /// As people write it: `60 s`, `1 GiB`.
    package let value: String
    package let origin: String
}
