package import PiSystem

/// Keeps the first and the last half of `limit` bytes, and counts what fell between.
///
/// The pipe is drained to its end: a program blocked on a full pipe looks hung.
package struct OutputKeeper: Hashable, Sendable {
    private let limit: Int
    package private(set) var head: [UInt8] = []
    /// A ring once it is full.
    private var ring: [UInt8] = []
    private var start = 0
    package private(set) var total = 0

    package init(limit: ByteCount) {
        self.limit = limit.bytes
    }

    private var headLimit: Int { limit - limit / 2 }
    private var tailLimit: Int { limit / 2 }

    package mutating func keep(_ bytes: some Collection<UInt8>) {
        total += bytes.count
        let first = bytes.prefix(headLimit - head.count)
        head += first
        var rest = bytes.dropFirst(first.count).suffix(tailLimit)[...]
        guard tailLimit > 0 else { return }
        let free = tailLimit - ring.count
        ring += rest.prefix(free)
        rest = rest.dropFirst(free)
        // Round the ring in at most two pieces.
        while !rest.isEmpty {
            let piece = rest.prefix(tailLimit - start)
            ring.replaceSubrange(start..<(start + piece.count), with: piece)
            start = (start + piece.count) % tailLimit
            rest = rest.dropFirst(piece.count)
        }
    }

    package var tail: [UInt8] { Array(ring[start...] + ring[..<start]) }

    /// The bytes between head and tail that are not kept.
    package var cut: Int { total - head.count - ring.count }
}
