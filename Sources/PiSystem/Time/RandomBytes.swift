import CSystem

/// Random bytes of the kernel, good enough for keys.
package enum RandomBytes {
    package static func make(_ count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = try checked(unsafe pi_random(&bytes, count), .read, "the kernel's random numbers")
        return bytes
    }

    /// A name that nobody guesses: so many random bytes in hexadecimal.
    package static func name(bytes count: Int) throws(SystemError) -> String {
        try make(count).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
