import CSystem

package enum FileKind: Hashable, Sendable {
    case file, folder, link, pipe, socket, characterDevice, blockDevice, unknown

    /// From the upper bits of a mode (inode(7)).
    init(mode: UInt32) {
        self =
            switch mode & 0o170000 {
            case 0o100000: .file
            case 0o040000: .folder
            case 0o120000: .link
            case 0o010000: .pipe
            case 0o140000: .socket
            case 0o020000: .characterDevice
            case 0o060000: .blockDevice
            default: .unknown
            }
    }

    /// With its article, for messages.
    package var phrase: String {
        switch self {
        case .file: "a file"
        case .folder: "a folder"
        case .link: "a symbolic link"
        case .pipe: "a pipe"
        case .socket: "a socket"
        case .characterDevice, .blockDevice: "a device"
        case .unknown: "something unknown"
        }
    }
}

/// What the kernel says about a file without opening it.
package struct FileFacts: Hashable, Sendable {
    package let kind: FileKind
    /// The lower twelve bits.
    package let mode: UInt32
    package let user: UserID
    package let group: GroupID
    package let size: ByteCount
    /// On disk: holes take nothing.
    package let allocated: ByteCount
    package let links: Int
    package let inode: UInt64
    package let device: UInt64
    package let modified: WallInstant
    /// When contents, mode, owner or name last changed: nobody can set it back.
    package let changed: WallInstant
    private let represents: UInt64

    init(_ found: pi_stat) {
        kind = FileKind(mode: found.mode)
        mode = found.mode & 0o7777
        user = UserID(rawValue: found.uid)
        group = GroupID(rawValue: found.gid)
        size = ByteCount(Int(clamping: found.size))
        allocated = ByteCount(Int(clamping: found.allocated))
        links = Int(found.links)
        inode = found.inode
        device = found.device
        modified = WallInstant(nanoseconds: found.modified_ns)
        changed = WallInstant(nanoseconds: found.changed_ns)
        represents = found.represents
    }
}

extension FileFacts {
    /// The device of number zero, which overlayfs leaves where something was removed.
    package var isWhiteout: Bool { kind == .characterDevice && represents == 0 }

    /// Of what a path leads to; of a link itself if that is its last part.
    package static func of(_ path: FilePath) throws(SystemError) -> FileFacts {
        var found = pi_stat()
        _ = try checked(
            unsafe pi_stat(Int32(PI_WORKING_FOLDER), path.raw.cString, &found), .measure, path)
        return FileFacts(found)
    }
}
