import CSystem

/// Random bytes of the kernel, good enough for keys.
package enum RandomBytes {
    package static func make(_ count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = try checked(unsafe pi_random(&bytes, count), .read, "the kernel's random numbers")
        return bytes
    }
}
