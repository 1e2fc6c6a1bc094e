/// One program to run, as a user of the library says it.
public struct ProgramCall: Hashable, Sendable {
    /// The program first: a path inside, or a name that the PATH of `environment` finds.
    public var arguments: [String]
    /// All of it: nothing is inherited.
    public var environment: [String: String]
    /// Inside.
    public var workingFolder: String
    /// What it reads from its standard input, and then its end.
    public var input: [UInt8]

    public init(
        _ arguments: [String], environment: [String: String] = [:], workingFolder: String,
        input: [UInt8] = []
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingFolder = workingFolder
        self.input = input
    }

    /// How much each call may use, together with all that it starts; sizes are in bytes.
    ///
    /// There is no default: whoever runs a program that they don't trust has thought about each.
    public struct Limits: Hashable, Sendable {
        public var wall: Duration
        public var processor: Duration
        public var memory: Int
        public var processes: Int
        public var openFiles: Int
        public var fileSize: Int
        /// How much of what it prints the result holds, half of it from each end.
        public var outputKept: Int
        /// Past this the call is ended.
        public var outputHard: Int

        public init(
            wall: Duration, processor: Duration, memory: Int, processes: Int, openFiles: Int,
            fileSize: Int, outputKept: Int, outputHard: Int
        ) {
            self.wall = wall
            self.processor = processor
            self.memory = memory
            self.processes = processes
            self.openFiles = openFiles
            self.fileSize = fileSize
            self.outputKept = outputKept
            self.outputHard = outputHard
        }
    }

    /// What became of it; when this is there, every process of the call is gone.
    public struct Result: Hashable, Sendable {
        public enum Ending: Hashable, Sendable {
            case exited(code: Int32)
            case killed(signal: Int32)
            /// By the limit of that name, such as `memory`.
            case limit(String)
        }

        public struct Output: Hashable, Sendable {
            public let head: [UInt8]
            public let tail: [UInt8]
            /// How many bytes fell between the two.
            public let cut: Int

            init(_ kept: OutputKeeper?) {
                head = kept?.head ?? []
                tail = kept?.tail ?? []
                cut = kept?.cut ?? 0
            }
        }

        public let ending: Ending
        public let output: Output
        public let error: Output
        /// Each system call that was refused, in a sentence.
        public let refusals: [String]
        public let wall: Duration
        public let processor: Duration
        public let peakMemory: Int
    }
}
