/// The world of a run's calls: everything that they will see, decided before anything is made.
///
/// It is a value: it can be printed, compared, kept and read back. It says nothing of how.
public struct SandboxSpec: Hashable, Sendable {
    public var identity: Identity
    public var hostName: String
    public var trees: [Tree]
    public var files: [TextFile]
    public var links: [Link]
    /// Empty folders.
    public var folders: [String]
    /// What exists in a writable tree and can be read, not changed.
    public var protected: [String]
    /// What exists and is covered by something empty.
    public var hidden: [String]
    public var scratch: [Scratch]
    /// What each call gets new and empty; nil if nothing of the kind is writable.
    public var temporary: Temporary?
    /// Ports at which calls may ask for connections, of whoever answers them; empty if there is no way out.
    public var ports: [UInt16]

    public init(identity: Identity, hostName: String) {
        self.identity = identity
        self.hostName = hostName
        trees = []
        files = []
        links = []
        folders = []
        protected = []
        hidden = []
        scratch = []
        ports = []
    }

    /// The one user and group that there is inside, and whose they are on the host.
    public struct Identity: Hashable, Sendable {
        public let user: UInt32
        public let group: UInt32
        public let hostUser: UInt32
        public let hostGroup: UInt32

        public init(user: UInt32, group: UInt32, hostUser: UInt32, hostGroup: UInt32) {
            self.user = user
            self.group = group
            self.hostUser = hostUser
            self.hostGroup = hostGroup
        }
    }

    public enum Access: String, Sendable {
        case readOnly = "read-only"
        case readWrite = "read-write"
    }

    /// A file or folder of the host's.
    public struct Tree: Hashable, Sendable {
        /// Inside.
        public let path: String
        /// On the host, without a symbolic link in it.
        public let source: String
        public let access: Access
        /// Whether its owner's number is translated, so that files keep their owner on disk.
        public let isIDMapped: Bool
        /// Where writes go instead of to the source; nil if they go there.
        public let layers: Layers?

        public init(
            path: String, source: String, access: Access, isIDMapped: Bool = false,
            layers: Layers? = nil
        ) {
            self.path = path
            self.source = source
            self.access = access
            self.isIDMapped = isIDMapped
            self.layers = layers
        }

        /// What a program writes there is at once in the host's own files.
        package var isWrittenOnHost: Bool { access == .readWrite && layers == nil }
    }

    /// What lies on top of a tree, each on the host and without a symbolic link in its path.
    public struct Layers: Hashable, Sendable {
        /// The folder that holds the folders `upper`, which takes what is written, and `work`, the kernel's own.
        ///
        /// Nobody else may enter it: a program can leave set-id files there.
        public let writable: String
        /// What was written before, the newest first.
        public let sealed: [String]
        /// The most that can be written, if that is held in memory; then `upper` stays empty until somebody keeps it.
        public let memory: Room?

        public init(writable: String, sealed: [String], memory: Room? = nil) {
            self.writable = writable
            self.sealed = sealed
            self.memory = memory
        }

        /// Bytes and names; names by the size, if there are none.
        public struct Room: Hashable, Sendable {
            public let size: Int
            public let names: Int?

            public init(size: Int, names: Int?) {
                self.size = size
                self.names = names
            }
        }
    }

    /// A file of our own.
    public struct TextFile: Hashable, Sendable {
        public let path: String
        public let content: String

        public init(path: String, content: String) {
            self.path = path
            self.content = content
        }
    }

    public struct Link: Hashable, Sendable {
        public let path: String
        public let target: String

        public init(path: String, target: String) {
            self.path = path
            self.target = target
        }
    }

    /// A folder in memory that lasts as long as the run.
    public struct Scratch: Hashable, Sendable {
        public let path: String
        public let size: Int

        public init(path: String, size: Int) {
            self.path = path
            self.size = size
        }
    }

    /// One size for all places together.
    public struct Temporary: Hashable, Sendable {
        public let size: Int
        public let places: [String]

        public init(size: Int, places: [String]) {
            self.size = size
            self.places = places
        }
    }
}
