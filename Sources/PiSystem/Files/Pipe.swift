import CSystem

/// Two ends of a pipe; what goes into one comes out of the other.
@frozen package struct Pipe: ~Copyable, Sendable {
    package let reading: Descriptor
    package let writing: Descriptor

    package init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        _ = try checked(unsafe pi_pipe(&ends), .makePipe, "a pipe")
        reading = Descriptor(owning: ends[0])
        writing = Descriptor(owning: ends[1])
    }

    /// One that holds so many bytes, if the kernel lets this user have that many.
    package init(holding size: ByteCount) throws(SystemError) {
        try self.init()
        // A smaller pipe means more turns, and nothing else.
        _ = pi_widen_pipe(writing.number, Int32(clamping: size.bytes))
    }
}
