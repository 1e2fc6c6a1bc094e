import CSystem

/// A key or a password: held in one place, which is cleared when nobody needs it any more, and shown by nobody.
@safe package final class Secret: Sendable {
    // Written once, before anybody has this, and cleared when nobody has it any more.
    private nonisolated(unsafe) let bytes: UnsafeMutableBufferPointer<UInt8>

    /// Clears what it takes the bytes from.
    package init(taking source: inout [UInt8]) {
        unsafe bytes = UnsafeMutableBufferPointer.allocate(capacity: source.count)
        _ = unsafe bytes.initialize(from: source)
        Self.clear(&source)
        source = []
    }

    deinit {
        unsafe pi_clear(bytes.baseAddress, bytes.count)
        unsafe bytes.deallocate()
    }

    package var count: Int { unsafe bytes.count }

    /// For as long as `body` runs; a copy that it makes is its own to clear.
    package func withBytes<Value>(_ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
        try body(unsafe Span(_unsafeElements: UnsafeBufferPointer(bytes)))
    }

    /// Leaves zeros, also where a compiler sees that nobody reads them.
    package static func clear(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBufferPointer { unsafe pi_clear($0.baseAddress, $0.count) }
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    package var description: String { "(a secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
