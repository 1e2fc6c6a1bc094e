import CSystem

/// An open descriptor with one owner, closed when the owner goes.
package struct Descriptor: ~Copyable, Sendable {
    package let number: Int32

    /// Whoever calls this has just got `number` from the kernel and tells nobody else.
    package init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // An error of close(2) is one of earlier writes; whoever needs those on disk syncs and hears it.
        _ = pi_close(number)
    }

    /// Closes it before its owner goes.
    package consuming func close() {}

    package borrowing func duplicate() throws(SystemError) -> Descriptor {
        Descriptor(owning: try checked(pi_duplicate(number), .open, "descriptor \(number)"))
    }

    /// For calls that take many of them at once, whose owners outlive the call.
    package var borrowed: BorrowedDescriptor { BorrowedDescriptor(number: number) }

    package enum SinkKind: Hashable, Sendable {
        /// What is there goes first, if it is a file.
        case truncating
        case asItIs
    }

    /// Opens what a person named to write into: a pipe, a terminal, a file that must stay the same one.
    ///
    /// A pipe that nobody reads from is an error (`ENXIO`), not a wait.
    package static func sink(
        _ path: FilePath, _ kind: SinkKind = .asItIs
    ) throws(SystemError) -> Descriptor {
        var flags = PI_OPEN_WRITE.rawValue | PI_OPEN_NO_BLOCK.rawValue
        if kind == .truncating { flags |= PI_OPEN_TRUNCATE.rawValue }
        let number = unsafe pi_open(Int32(PI_WORKING_FOLDER), path.raw.cString, flags, 0, 0)
        let descriptor = Descriptor(owning: try checked(number, .open, path))
        _ = try checked(pi_set_blocking(descriptor.number, true), .open, path)
        return descriptor
    }

    /// Opens what is only read from, such as a device.
    package static func source(_ path: FilePath) throws(SystemError) -> Descriptor {
        let flags = PI_OPEN_READ.rawValue | PI_OPEN_NO_BLOCK.rawValue
        let number = unsafe pi_open(Int32(PI_WORKING_FOLDER), path.raw.cString, flags, 0, 0)
        let descriptor = Descriptor(owning: try checked(number, .open, path))
        _ = try checked(pi_set_blocking(descriptor.number, true), .open, path)
        return descriptor
    }

    /// The same output once more, whose calls say "not yet" where that can be without others noticing.
    package static func another(of stream: StandardStream) throws(SystemError) -> Descriptor {
        Descriptor(owning: try checked(pi_open_again(stream.rawValue), .open, stream.name))
    }

    /// One of this process's own, by a name such as `/dev/stdout` or `/dev/fd/3`; nil for other names.
    ///
    /// Opening such a name would begin a file anew, over what was written to it before.
    package static func named(by path: FilePath) throws(SystemError) -> Descriptor? {
        let number: Int32?
        switch path.utf8 {
        case "/dev/stdout": number = 1
        case "/dev/stderr": number = 2
        case let text?:
            let folder = ["/dev/fd/", "/proc/self/fd/"].first { text.hasPrefix($0) }
            number = folder.flatMap { Int32(text.dropFirst($0.count)) }
        case nil: number = nil
        }
        guard let number, number >= 0 else { return nil }
        return Descriptor(owning: try checked(pi_duplicate(number), .open, path))
    }

    /// From now on its calls say "not yet" instead of waiting; for use with an `EventLoop`.
    package borrowing func neverBlock() throws(SystemError) {
        _ = try checked(pi_set_blocking(number, false), .open, "descriptor \(number)")
    }

    /// The opposite of `neverBlock`: for the end of a pair that another program gets.
    package borrowing func blockAgain() throws(SystemError) {
        _ = try checked(pi_set_blocking(number, true), .open, "descriptor \(number)")
    }

    /// Of a socket: the other side reads its end, whoever else holds this one.
    package borrowing func endBothWays() {
        _ = pi_shut_down(number)
    }

    /// At most `limit` bytes, empty at the end, nil if there is nothing yet and it does not block.
    package borrowing func read(
        upTo limit: ByteCount, from object: some CustomStringConvertible
    ) throws(SystemError) -> [UInt8]? {
        let number = number
        return try unsafe bytes(upTo: limit.bytes, .read, object) { unsafe pi_read(number, $0, $1) }
    }

    /// The number of bytes taken, nil if none can be now and it does not block.
    package borrowing func write(
        _ bytes: ArraySlice<UInt8>, to object: some CustomStringConvertible
    ) throws(SystemError) -> Int? {
        try writeOnce(number, bytes, object: object)
    }

    /// Writes all of it, or says why not; it waits, also where the descriptor does not block.
    package borrowing func writeAll(
        _ bytes: [UInt8], to object: some CustomStringConvertible
    ) throws(SystemError) {
        try writeToEnd(number, bytes, object: object)
    }
}

/// The number of a descriptor that somebody else owns and keeps open meanwhile.
package struct BorrowedDescriptor: Sendable {
    package let number: Int32
    /// Of one with many holders, this is another: the compiler lets go of a class after its last use, which
    /// may be the one by which this was made.
    private let holder: SharedDescriptor?

    init(number: Int32, holder: SharedDescriptor? = nil) {
        self.number = number
        self.holder = holder
    }

    /// Whether the file system has no room for more bytes, or for more names.
    package var isFull: (bytes: Bool, names: Bool) {
        let full = Int(pi_is_full(number))
        return (full & PI_FULL_OF_BYTES != 0, full & PI_FULL_OF_NAMES != 0)
    }

    /// From now on its calls say "not yet" instead of waiting.
    package func neverBlock() throws(SystemError) {
        _ = try checked(pi_set_blocking(number, false), .open, "descriptor \(number)")
    }

    /// At most `limit` bytes, empty at the end, nil if there is nothing yet and it does not block.
    package func read(upTo limit: ByteCount) throws(SystemError) -> [UInt8]? {
        let number = number
        return try unsafe bytes(upTo: limit.bytes, .read, "descriptor \(number)") {
            unsafe pi_read(number, $0, $1)
        }
    }
}

/// The three descriptors that every process starts with.
///
/// They are the process's own, not ours to close.
package enum StandardStream: Int32, Sendable {
    case input = 0
    case output = 1
    case error = 2

    package var isTerminal: Bool { pi_is_terminal(rawValue) }

    /// How many bytes wait in the pipe that it is; none if it is something else.
    package var unread: Int { Int(pi_unread(rawValue)) }

    package var borrowed: BorrowedDescriptor { BorrowedDescriptor(number: rawValue) }

    /// The width of the terminal; nil if it is none, or does not know.
    package var columns: Int? {
        let columns = pi_terminal_columns(rawValue)
        return columns > 0 ? Int(columns) : nil
    }

    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try writeToEnd(rawValue, bytes, object: name)
    }

    /// All of it up to its end.
    package func contents(limit: ByteCount) throws(SystemError) -> [UInt8] {
        try readToEnd(rawValue, fromStart: false, limit: limit, object: name)
    }

    package var name: String {
        switch self {
        case .input: "standard input"
        case .output: "standard output"
        case .error: "standard error"
        }
    }
}
