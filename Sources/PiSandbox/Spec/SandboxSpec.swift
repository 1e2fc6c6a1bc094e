/// The world of a run's calls: everything that they will see, decided before anything is made.
///
/// It is a value: it can be printed, compared, kept and read back. It says nothing of how.
package struct SandboxSpec: Hashable, Sendable {
    package var identity: Identity
    package var hostName: String
    package var trees: [Tree]
    package var files: [TextFile]
    package var links: [Link]
    /// Empty folders.
    package var folders: [String]
    /// What exists in a writable tree and can be read, not changed.
    package var protected: [String]
    /// What exists and is covered by something empty.
    package var hidden: [String]
    package var scratch: [Scratch]
    /// What each call gets new and empty; nil if nothing of the kind is writable.
    package var temporary: Temporary?

    package init(identity: Identity, hostName: String) {
        self.identity = identity
        self.hostName = hostName
        trees = []
        files = []
        links = []
        folders = []
        protected = []
        hidden = []
        scratch = []
    }

    /// The one user and group that there is inside, and whose they are on the host.
    package struct Identity: Hashable, Sendable {
        package let user: UInt32
        package let group: UInt32
        package let hostUser: UInt32
        package let hostGroup: UInt32

        package init(user: UInt32, group: UInt32, hostUser: UInt32, hostGroup: UInt32) {
            self.user = user
            self.group = group
            self.hostUser = hostUser
            self.hostGroup = hostGroup
        }
    }

    package enum Access: String, Sendable {
        case readOnly = "read-only"
        case readWrite = "read-write"
    }

    /// A file or folder of the host's.
    package struct Tree: Hashable, Sendable {
        /// Inside.
        package let path: String
        /// On the host, without a symbolic link in it.
        package let source: String
        package let access: Access
        /// Whether its owner's number is translated, so that files keep their owner on disk.
        package let isIDMapped: Bool

        package init(path: String, source: String, access: Access, isIDMapped: Bool = false) {
            self.path = path
            self.source = source
            self.access = access
            self.isIDMapped = isIDMapped
        }
    }

    /// A file of our own.
    package struct TextFile: Hashable, Sendable {
        package let path: String
        package let content: String

        package init(path: String, content: String) {
            self.path = path
            self.content = content
        }
    }

    package struct Link: Hashable, Sendable {
        package let path: String
        package let target: String

        package init(path: String, target: String) {
            self.path = path
            self.target = target
        }
    }

    /// A folder in memory that lasts as long as the run.
    package struct Scratch: Hashable, Sendable {
        package let path: String
        package let size: Int

        package init(path: String, size: Int) {
            self.path = path
            self.size = size
        }
    }

    /// One size for all places together.
    package struct Temporary: Hashable, Sendable {
        package let size: Int
        package let places: [String]

        package init(size: Int, places: [String]) {
            self.size = size
            self.places = places
        }
    }
}
