import CSystem

/// An open folder: whatever is done in it is done there, even if its path means something else by now.
package struct Folder: ~Copyable, Sendable {
    /// What a path may lead through.
    ///
    /// There is no default: it decides who can redirect us.
    package struct Resolution: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// A symbolic link anywhere in the path is refused.
        package static let noLinks = Resolution(rawValue: PI_RESOLVE_NO_LINKS.rawValue)
        /// Nothing leads out of the folder: not `..`, not an absolute path, not a link.
        package static let beneath = Resolution(rawValue: PI_RESOLVE_BENEATH.rawValue)
        /// What is mounted below is not entered.
        package static let noMounts = Resolution(rawValue: PI_RESOLVE_NO_MOUNTS.rawValue)
        /// For trees that somebody else has filled: nothing in them leads anywhere else.
        package static let inHostileTree: Resolution = [.noLinks, .beneath, .noMounts]
        /// For paths that a person typed: their links are theirs.
        package static let anything: Resolution = []
    }

    package let descriptor: Descriptor
    package let path: FilePath

    package static func open(
        _ path: FilePath, resolving: Resolution
    ) throws(SystemError) -> Folder {
        try open(path, at: PI_WORKING_FOLDER_NUMBER, named: path, resolving: resolving)
    }

    /// From a folder that somebody has passed, which is called what it is `named`.
    package static func open(
        _ path: FilePath, in place: BorrowedDescriptor, named: FilePath, resolving: Resolution
    ) throws(SystemError) -> Folder {
        try open(path, at: place.number, named: named, resolving: resolving)
    }

    package borrowing func folder(
        _ path: FilePath, resolving: Resolution
    ) throws(SystemError) -> Folder {
        let full = self.path.appending(path)
        return try Self.open(path, at: descriptor.number, named: full, resolving: resolving)
    }

    private static func open(
        _ path: FilePath, at folder: Int32, named full: FilePath, resolving: Resolution
    ) throws(SystemError) -> Folder {
        let flags = PI_OPEN_READ.rawValue | PI_OPEN_FOLDER.rawValue
        let number = try checked(
            unsafe pi_open(folder, path.raw.cString, flags, 0, resolving.rawValue), .open, full)
        return Folder(descriptor: Descriptor(owning: number), path: full)
    }

    /// Opens a regular file; a pipe, device or folder in its place is refused and never waited for.
    package borrowing func file(
        _ path: FilePath, for access: File.Access, creating: File.Creation, resolving: Resolution
    ) throws(SystemError) -> File {
        let full = self.path.appending(path)
        let (creation, mode) = creating.flags
        let flags = access.flags | creation | PI_OPEN_NO_BLOCK.rawValue
        let number = try checked(
            unsafe pi_open(descriptor.number, path.raw.cString, flags, mode, resolving.rawValue),
            creating == .never ? .open : .create, full)
        let file = File(descriptor: Descriptor(owning: number), path: full)
        let kind = try file.facts().kind
        guard kind == .file else {
            throw SystemError(.open, full, .wrongKind(kind, wanted: .file))
        }
        return file
    }

    package borrowing func read(
        _ path: FilePath, limit: ByteCount, resolving: Resolution
    ) throws(SystemError) -> [UInt8] {
        try file(path, for: .read, creating: .never, resolving: resolving).contents(limit: limit)
    }

    /// Opens a folder of the person's own, and makes it, and those above it, where they are missing.
    package static func make(_ path: FilePath, mode: UInt32) throws(SystemError) -> Folder {
        do {
            return try open(path, resolving: .anything)
        } catch {
            guard error.errno == .noSuchFile, let name = path.name else { throw error }
            try make(path.parent, mode: mode).makeFolder(name, mode: mode)
            return try open(path, resolving: .anything)
        }
    }

    /// Facts about an entry; of a link itself, not of what it points to.
    package borrowing func facts(of name: FilePath) throws(SystemError) -> FileFacts {
        var found = pi_stat()
        _ = try unsafe onEntry(name, .measure) { unsafe pi_stat($0, $1, &found) }
        return FileFacts(found)
    }

    /// Nil if there is no such entry.
    package borrowing func factsIfPresent(of name: FilePath) throws(SystemError) -> FileFacts? {
        do {
            return try facts(of: name)
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return nil
        }
    }

    /// The path that a chain of symbolic links ends at, which need not exist.
    package static func followLinks(from path: FilePath) throws(SystemError) -> FilePath {
        var path = path
        for _ in 0..<40 {
            guard let name = path.name else { return path }
            let folder = try open(path.parent, resolving: .anything)
            guard try folder.factsIfPresent(of: name)?.kind == .link else { return path }
            path = path.parent.appending(try folder.readLink(name))
        }
        throw SystemError(.open, path, .errno(.tooManyLinks))
    }

    package borrowing func makeFolder(_ name: FilePath, mode: UInt32) throws(SystemError) {
        _ = try unsafe onEntry(name, .create) { unsafe pi_make_folder($0, $1, mode) }
    }

    /// What says in a layer of an overlay that there is nothing of that name.
    package borrowing func makeWhiteout(_ name: FilePath) throws(SystemError) {
        _ = try unsafe onEntry(name, .create) { unsafe pi_make_whiteout($0, $1) }
    }

    /// Where somebody else could put another thing in its place, of a folder or of nothing.
    package borrowing func changeMode(
        of name: FilePath, to mode: UInt32, onlyIfFolder: Bool = false
    ) throws(SystemError) {
        _ = try unsafe onEntry(name, .changeMode) {
            unsafe pi_change_mode($0, $1, mode, onlyIfFolder)
        }
    }

    package borrowing func changeOwner(
        of name: FilePath, to user: UserID, _ group: GroupID
    ) throws(SystemError) {
        _ = try unsafe onEntry(name, .changeOwner) {
            unsafe pi_change_owner($0, $1, user.rawValue, group.rawValue)
        }
    }

    /// The time of its last writing.
    package borrowing func changeModified(
        of name: FilePath, to time: WallInstant
    ) throws(SystemError) {
        _ = try unsafe onEntry(name, .changeTime) {
            unsafe pi_change_modified($0, $1, time.nanoseconds)
        }
    }

    package borrowing func makeLink(_ name: FilePath, to target: FilePath) throws(SystemError) {
        _ = try unsafe onEntry(name, .create) { unsafe pi_make_link(target.raw.cString, $0, $1) }
    }

    package borrowing func readLink(_ name: FilePath) throws(SystemError) -> FilePath {
        var target = [CChar](repeating: 0, count: 4096)
        let length = try unsafe onEntry(name, .readLink) {
            unsafe pi_read_link($0, $1, &target, target.count)
        }
        return FilePath(RawText(target.prefix(Int(length)).map { UInt8(bitPattern: $0) }) ?? "")
    }

    /// Where it is by the kernel's own word, without a link in it.
    package borrowing func realPath() throws(SystemError) -> FilePath {
        try Folder.open("/proc/self/fd", resolving: .anything)
            .readLink(FilePath(RawText("\(descriptor.number)")!))
    }

    package borrowing func remove(_ name: FilePath, isFolder: Bool) throws(SystemError) {
        _ = try unsafe onEntry(name, .remove) { unsafe pi_remove($0, $1, isFolder) }
    }

    /// Makes a call on an entry by its last name, in the folder that holds it.
    ///
    /// Only opening knows how to stay beneath a folder and off links, so the way there is opened first:
    /// what is done to an entry is done in here, however it is called.
    private borrowing func onEntry<Number: FixedWidthInteger>(
        _ name: FilePath, _ action: SystemError.Action,
        _ call: (Int32, UnsafePointer<CChar>) -> Number
    ) throws(SystemError) -> Number {
        guard name.isLongerThanAName, let last = name.name else {
            return try checked(
                unsafe call(descriptor.number, name.raw.cString), action, path.appending(name))
        }
        let holder = try folder(name.parent, resolving: [.noLinks, .beneath])
        return try checked(
            unsafe call(holder.descriptor.number, last.raw.cString), action, path.appending(name))
    }

    package enum Replacing: Hashable, Sendable { case allowed, refused }

    package borrowing func rename(
        _ name: FilePath, to other: FilePath, replacing: Replacing
    ) throws(SystemError) {
        precondition(
            !name.isLongerThanAName && !other.isLongerThanAName, "both names are of this folder")
        let result = unsafe pi_rename(
            descriptor.number, name.raw.cString, descriptor.number, other.raw.cString,
            replacing == .allowed)
        _ = try checked(result, .rename, path.appending(name))
    }

    /// Into another folder of the same file system; where there must be nothing of that name, if not said otherwise.
    package borrowing func move(
        _ name: FilePath, to folder: borrowing Folder, as other: FilePath,
        replacing: Replacing = .refused
    ) throws(SystemError) {
        try unsafe onTwoEntries(name, .rename, other, in: folder) {
            unsafe pi_rename($0, $1, $2, $3, replacing == .allowed)
        }
    }

    /// Two names change what they stand for, in one step: whatever they are, full folders too.
    package borrowing func exchange(
        _ name: FilePath, with other: FilePath, in folder: borrowing Folder
    ) throws(SystemError) {
        try unsafe onTwoEntries(name, .rename, other, in: folder) {
            unsafe pi_exchange($0, $1, $2, $3)
        }
    }

    /// One more name, in another folder of the same file system, for what is no folder.
    package borrowing func link(
        _ name: FilePath, to folder: borrowing Folder, as other: FilePath
    ) throws(SystemError) {
        try unsafe onTwoEntries(name, .link, other, in: folder) {
            unsafe pi_link($0, $1, $2, $3)
        }
    }

    private borrowing func onTwoEntries(
        _ name: FilePath, _ action: SystemError.Action, _ other: FilePath,
        in folder: borrowing Folder,
        _ call: (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>) -> Int32
    ) throws(SystemError) {
        precondition(
            !name.isLongerThanAName && !other.isLongerThanAName, "each name is of its folder")
        let result = unsafe call(
            descriptor.number, name.raw.cString, folder.descriptor.number, other.raw.cString)
        _ = try checked(result, action, path.appending(name))
    }

    /// Everything that was written to the file system it lies on is on disk when this returns.
    package borrowing func syncFileSystem() throws(SystemError) {
        _ = try checked(pi_sync_file_system(descriptor.number), .sync, path)
    }

    /// Names that were made, renamed or removed are on disk when this returns.
    package borrowing func sync() throws(SystemError) {
        _ = try checked(pi_sync(descriptor.number), .sync, path)
    }
}

/// An anonymous enum's constant arrives in Swift as an Int.
private let PI_WORKING_FOLDER_NUMBER = Int32(PI_WORKING_FOLDER)

extension File.Access {
    fileprivate var flags: UInt32 {
        switch self {
        case .read: PI_OPEN_READ.rawValue
        case .readAndWrite: PI_OPEN_READ.rawValue | PI_OPEN_WRITE.rawValue
        case .append: PI_OPEN_READ.rawValue | PI_OPEN_WRITE.rawValue | PI_OPEN_APPEND.rawValue
        }
    }
}

extension File.Creation {
    fileprivate var flags: (UInt32, mode: UInt32) {
        switch self {
        case .never: (0, 0)
        case .ifMissing(let mode): (PI_OPEN_CREATE.rawValue, mode)
        case .always(let mode): (PI_OPEN_CREATE.rawValue | PI_OPEN_EXCLUSIVE.rawValue, mode)
        }
    }
}
