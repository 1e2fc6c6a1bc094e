import CSystem

/// What one call of the kernel puts into a new array; nil if there is nothing yet and it does not block.
func bytes(
    upTo count: Int, _ action: SystemError.Action, _ object: some CustomStringConvertible,
    by call: (UnsafeMutablePointer<UInt8>?, Int) -> Int64
) throws(SystemError) -> [UInt8]? {
    var got: Int64 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        got = unsafe call(buffer.baseAddress, buffer.count)
        filled = Int(max(0, got))
    }
    guard got != Int64(-Errno.wouldBlock.rawValue) else { return nil }
    _ = try checked(got, action, object)
    return bytes
}

/// Reads one byte more than allowed at most, so that "as large as the limit" and "larger" are told apart.
///
/// From the descriptor's own position, or from the beginning by `pread(2)`, which leaves it alone.
func readToEnd(
    _ number: Int32, fromStart: Bool, limit: ByteCount, object: some CustomStringConvertible
) throws(SystemError) -> [UInt8] {
    var contents: [UInt8] = []
    while true {
        let wanted = min((256 << 10) - 1, limit.bytes - contents.count) + 1
        let offset = UInt64(contents.count)
        let piece = try unsafe bytes(upTo: wanted, .read, object) { place, count in
            fromStart
                ? unsafe pi_read_at(number, place, count, offset)
                : unsafe pi_read(number, place, count)
        }
        guard let piece else {
            // Whoever shares the stream has made it so; for us there is nothing to read just now.
            _ = try checked(pi_wait_readable(number), .read, object)
            continue
        }
        guard !piece.isEmpty else { return contents }
        contents += piece
        guard contents.count <= limit.bytes else {
            throw SystemError(.read, object, .larger(than: limit))
        }
    }
}

/// The number of bytes taken, nil if none can be now and it does not block.
func writeOnce(
    _ number: Int32, _ bytes: ArraySlice<UInt8>, object: some CustomStringConvertible
) throws(SystemError) -> Int? {
    let taken = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pi_write(number, buffer.baseAddress, buffer.count)
    }
    guard taken != Int64(-Errno.wouldBlock.rawValue) else { return nil }
    return Int(try checked(taken, .write, object))
}

/// Writes all of it, or says why not.
func writeToEnd(
    _ number: Int32, _ bytes: [UInt8], object: some CustomStringConvertible
) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
        if let taken = try writeOnce(number, rest, object: object) {
            rest = rest.dropFirst(taken)
        } else {
            // Whoever shares the stream has made it so; for us it is a stream that is full just now.
            _ = try checked(pi_wait_writable(number), .write, object)
        }
    }
}
