import PiSystem
import Synchronization

/// One request under way: filled by libcurl's thread, read by whoever wants the answer.
///
/// Nobody is resumed while the lock is held. Of one that has ended nothing changes any more but that its bytes are taken.
final class CurlTransfer: Sendable {
    let request: HTTPRequest
    private let state: Mutex<State>

    private struct State {
        var head: HTTPHead?
        var hasHead = false
        var headSize = 0
        var body: [UInt8] = []
        /// libcurl waits until there is room.
        var isPaused = false
        var end: Result<Void, HTTPFault>?
        var reader: CheckedContinuation<Bool, Never>?
        var started: MonotonicInstant?
        var progress: MonotonicInstant?
    }

    /// What is kept for a slow reader; then the socket waits.
    private static let most = 256 << 10
    private static let largestHead = 256 << 10

    init(_ request: HTTPRequest) {
        self.request = request
        state = Mutex(State())
    }

    // MARK: - libcurl's side

    var hasEnded: Bool { state.withLock { $0.end != nil } }

    func noteStart() {
        let now = Clock<Monotonic>.system.now
        state.withLock { state in
            state.started = now
            state.progress = now
        }
    }

    func noteProgress() {
        let now = Clock<Monotonic>.system.now
        state.withLock { state in
            state.progress = now
            state.isPaused = false
        }
    }

    /// False if there is no room: the same bytes are to be brought again.
    func takeBody(_ bytes: [UInt8]) -> Bool {
        let now = Clock<Monotonic>.system.now
        let (isTaken, reader) = state.withLock { state in
            guard state.body.isEmpty || state.body.count + bytes.count <= Self.most else {
                state.isPaused = true
                return (false, Self.takeReader(&state))
            }
            state.body.append(contentsOf: bytes)
            state.progress = now
            return (true, Self.takeReader(&state))
        }
        reader?.resume(returning: false)
        return isTaken
    }

    /// False if the head is larger than any is.
    func takeLine(_ bytes: [UInt8]) -> Bool {
        var line = String(decoding: bytes, as: UTF8.self)
        while line.utf8.last == 0x0A || line.utf8.last == 0x0D || line.last == "\r\n" {
            line.removeLast()
        }
        let now = Clock<Monotonic>.system.now
        let (fits, reader) = state.withLock { state in
            state.headSize += bytes.count
            guard state.headSize <= Self.largestHead else {
                return (false, Self.takeReader(&state))
            }
            state.progress = now
            guard !state.hasHead else { return (true, nil) }
            if line.hasPrefix("HTTP/") {
                let status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
                state.head = HTTPHead(status: status ?? 0)
            } else if line.isEmpty {
                // One of 1xx is only the announcement of another.
                state.hasHead = (state.head?.status ?? 0) >= 200
            } else if let colon = line.firstIndex(of: ":") {
                var value = line[line.index(after: colon)...]
                while let first = value.first, first == " " || first == "\t" { value.removeFirst() }
                state.head?.fields.append((line[..<colon].lowercased(), String(value)))
            }
            return (true, state.hasHead ? Self.takeReader(&state) : nil)
        }
        reader?.resume(returning: false)
        return fits
    }

    func end(_ result: Result<Void, HTTPFault>) {
        let reader = state.withLock { state in
            if state.end == nil { state.end = result }
            return Self.takeReader(&state)
        }
        reader?.resume(returning: false)
    }

    private static func takeReader(_ state: inout State) -> CheckedContinuation<Bool, Never>? {
        defer { state.reader = nil }
        return state.reader
    }

    /// When to give up, and what has then not come.
    var deadline: (MonotonicInstant, HTTPFault)? {
        state.withLock { state in
            guard let started = state.started, let progress = state.progress else { return nil }
            let limits = request.limits
            let end = (started + limits.total, HTTPFault.timeOut(.end))
            // A slow reader is nobody's fault.
            guard !state.isPaused else { return end }
            let next =
                state.hasHead
                ? (progress + limits.idle, HTTPFault.timeOut(.nextByte))
                : (started + limits.firstByte, HTTPFault.timeOut(.firstByte))
            return next.0 < end.0 ? next : end
        }
    }

    // MARK: - The reader's side

    /// The head, or nil if the end came before it; `onCancel` shall bring that end.
    func head(onCancel: @escaping @Sendable () -> Void) async -> HTTPHead? {
        await wait(onCancel) { $0.hasHead }
        return state.withLock { $0.hasHead ? $0.head : nil }
    }

    /// What has come since, and whether libcurl waits for room; nil at the end.
    func next(onCancel: @escaping @Sendable () -> Void) async -> (bytes: [UInt8], wasPaused: Bool)?
    {
        await wait(onCancel) { !$0.body.isEmpty }
        return state.withLock { state in
            guard !state.body.isEmpty else { return nil }
            defer {
                state.body = []
                // The time in which nobody read is not the server's.
                if state.isPaused { state.progress = Clock<Monotonic>.system.now }
                state.isPaused = false
            }
            return (state.body, state.isPaused)
        }
    }

    /// How it has ended; nil before.
    var ending: Result<Void, HTTPFault>? { state.withLock { $0.end } }

    /// Returns when that is there, or the end is.
    private func wait(
        _ onCancel: @escaping @Sendable () -> Void,
        until isThere: @escaping @Sendable (borrowing State) -> Bool
    ) async {
        await withTaskCancellationHandler {
            while true {
                let isDone = await withCheckedContinuation { continuation in
                    let known = state.withLock { state -> Bool in
                        if isThere(state) || state.end != nil { return true }
                        state.reader = continuation
                        return false
                    }
                    if known { continuation.resume(returning: true) }
                }
                if isDone { return }
            }
        } onCancel: {
            onCancel()
        }
    }
}
