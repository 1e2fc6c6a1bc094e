import CSystem

/// Room for bytes on their way from one descriptor to another, made once and used for all of them.
package struct TransferBuffer: Sendable {
    private var bytes: [UInt8]
    package private(set) var filled = 0

    package init(size: ByteCount) {
        bytes = [UInt8](repeating: 0, count: size.bytes)
    }

    package var capacity: Int { bytes.count }

    /// What was read; empty at the end, nil if there is nothing yet.
    package mutating func read(
        from descriptor: borrowing Descriptor, atMost limit: Int
    ) throws(SystemError) -> Int? {
        filled = 0
        let count = unsafe pi_read(descriptor.number, &bytes, min(limit, bytes.count))
        guard count != Int64(-Errno.wouldBlock.rawValue) else { return nil }
        filled = Int(try checked(count, .read, "a connection"))
        return filled
    }

    /// How many of the bytes from `start` on were taken, which may be none.
    package func write(
        from start: Int, to descriptor: borrowing Descriptor
    ) throws(SystemError) -> Int {
        let number = descriptor.number
        let taken = unsafe bytes.withUnsafeBytes { all in
            unsafe pi_write(number, all.baseAddress! + start, filled - start)
        }
        guard taken != Int64(-Errno.wouldBlock.rawValue) else { return 0 }
        return Int(try checked(taken, .write, "a connection"))
    }

    package func contents(from start: Int = 0) -> ArraySlice<UInt8> { bytes[start..<filled] }
}
