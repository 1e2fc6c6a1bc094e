import PiSandbox
import PiSystem
import PiTools
import Synchronization

/// What a command prints: its end is kept for the model, and all of it in a file once it is too long for that.
final class CallOutput: Sendable {
    private struct State: Sendable {
        /// All of it, until there is a file.
        var bytes: [UInt8] = []
        var total = 0
        var lines = 0
        var file: SharedDescriptor?
        var name: String?
        var failure: SystemError?
    }

    private let state = Mutex(State())
    private let store: OutputStore?
    private let number: Int
    /// How many bytes are shown.
    private let limit: Int
    private let progress: @Sendable (String) -> Void

    init(
        _ number: Int, in store: OutputStore?, showing limit: Int,
        progress: @escaping @Sendable (String) -> Void
    ) {
        self.number = number
        self.limit = limit
        self.store = store
        self.progress = progress
    }

    func take(_ piece: ArraySlice<UInt8>) {
        let shown = state.withLock { state in
            state.total += piece.count
            state.lines += piece.count { $0 == UInt8(ascii: "\n") }
            state.bytes += piece
            let tail = tail(of: state.bytes)
            if state.file == nil, state.failure == nil, tail.isCut {
                begin(&state)
            } else if state.file != nil {
                write(piece, &state)
            }
            // With a file, only what may be shown has to be kept.
            if state.bytes.count > 4 * Tool.mostBytes {
                state.bytes.removeFirst(state.bytes.count - 2 * Tool.mostBytes)
            }
            return tail.text
        }
        progress(shown)
    }

    private func begin(_ state: inout State) {
        guard let store else { return }
        do throws(SystemError) {
            let (file, name) = try store.make(number)
            state.file = file
            state.name = name
            write(state.bytes[...], &state)
        } catch {
            state.failure = error
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>, _ state: inout State) {
        guard let file = state.file, let store, state.failure == nil else { return }
        do throws(SystemError) {
            try store.reserve(bytes.count)
            try file.descriptor.writeAll(Array(bytes), to: "the output of a call")
        } catch {
            state.failure = error
        }
    }

    /// Whole lines from the end on, as many as may be shown.
    ///
    /// What is no text becomes longer as it is made one: that, too, is within the limit.
    private func tail(of all: [UInt8]) -> (text: String, lines: Int, isCut: Bool) {
        var end = all.suffix(limit)
        let hasMore = end.count < all.count
        if hasMore { end = end.drop { $0 & 0xC0 == 0x80 } }
        let bytes = Array(String(decoding: end, as: UTF8.self).utf8)
        var start = max(0, bytes.count - limit)
        var lines = 0
        var at = bytes.count
        // A line feed at the very end ends a line and begins none.
        if bytes.last == UInt8(ascii: "\n") { at -= 1 }
        while at > start {
            at -= 1
            guard bytes[at] == UInt8(ascii: "\n") else { continue }
            lines += 1
            if lines == Tool.mostLines {
                start = at + 1
                break
            }
        }
        if hasMore || start > 0, lines < Tool.mostLines {
            // Not from the middle of a line, nor of a character; but a single long line is shown by its end.
            if let feed = bytes[start...].firstIndex(of: UInt8(ascii: "\n")),
                feed + 1 < bytes.count
            {
                start = feed + 1
            } else {
                while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
            }
        }
        let shown = bytes[start...]
        return (
            String(decoding: shown, as: UTF8.self),
            shown.isEmpty ? 0 : shown.dropLast().count { $0 == UInt8(ascii: "\n") } + 1,
            hasMore || start > 0
        )
    }

    /// What the model gets of it.
    var result: String {
        state.withLock { state in
            let (text, lines, isCut) = tail(of: state.bytes)
            guard isCut || state.total > state.bytes.count else { return text }
            let all = state.lines + (state.bytes.last == UInt8(ascii: "\n") ? 0 : 1)
            let place: String =
                if let failure = state.failure {
                    "the rest could not be kept\(failure.errno.map { ": \($0)" } ?? "")"
                } else if let name = state.name {
                    "all of it: \(name)"
                } else {
                    "the rest was not kept"
                }
            return text + (text.hasSuffix("\n") ? "" : "\n")
                + "\n[the last \(lines) of \(all) lines, \(ByteCount(state.total)) in all; \(place)]"
        }
    }
}

/// Where the whole outputs of a run's calls are, which its later calls can read.
final class OutputStore: Sendable {
    static let inside = "/outputs"
    private static let name: FilePath = "outputs"
    private static let most = ByteCount.mebibytes(512)

    private let folder: Folder
    /// On the host.
    let path: String
    private let used = Mutex(0)
    /// The highest that a file has.
    private let number: Mutex<Int>

    init(in run: borrowing Folder) throws {
        if try run.factsIfPresent(of: Self.name) == nil {
            try run.makeFolder(Self.name, mode: 0o755)
        }
        folder = try run.folder(Self.name, resolving: [.beneath, .noLinks])
        path = try folder.realPath().text
        // A run that goes on finds those of before.
        let numbers = try folder.names(limit: 1_000_000).compactMap { name in
            Int(name.text.dropFirst("call-".count).prefix { $0.isNumber })
        }
        number = Mutex(numbers.max() ?? 0)
    }

    func make(_ call: Int) throws(SystemError) -> (SharedDescriptor, String) {
        let name = try number.withLock { number throws(SystemError) in
            number = max(number + 1, call)
            return "call-\(number).txt"
        }
        let file = try folder.file(
            FilePath(name)!, for: .append, creating: .always(mode: 0o644),
            resolving: [.beneath, .noLinks])
        return (SharedDescriptor(try file.descriptor.duplicate()), "\(Self.inside)/\(name)")
    }

    func reserve(_ bytes: Int) throws(SystemError) {
        let sum = used.withLock { used in
            used += bytes
            return used
        }
        guard sum <= Self.most.bytes else {
            throw SystemError(moreThan: Self.most.bytes, in: folder.path)
        }
    }
}
