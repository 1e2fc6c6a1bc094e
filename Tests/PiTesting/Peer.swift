import PiSystem
import Synchronization

/// A server that answers each connection with the next of its scripts, and remembers what it was asked.
package final class Peer: Sendable {
    /// What one connection does.
    package enum Step: Sendable {
        /// Reads a whole request.
        case read
        case send([UInt8])
        case wait(Duration)
        /// Sends until nobody takes any more, or so many bytes went.
        case flood([UInt8], Int)
        /// Waits until the other side has gone.
        case untilGone
    }

    private let scripts: [[Step]]
    private let state = Mutex(State())

    private struct State {
        var connections = 0
        var requests: [String] = []
        var flooded = 0
        var gone = 0
    }

    package init(_ scripts: [[Step]]) {
        self.scripts = scripts
    }

    package var requests: [String] { state.withLock { $0.requests } }
    package var connections: Int { state.withLock { $0.connections } }
    package var flooded: Int { state.withLock { $0.flooded } }
    package var gone: Int { state.withLock { $0.gone } }

    /// Runs `body` with the address of a server that follows the scripts, the last one for all that come later.
    package static func with<Value: Sendable>(
        _ scripts: [[Step]], _ body: (Peer, String) async throws -> Value
    ) async throws -> Value {
        let peer = Peer(scripts)
        return try await EventLoop.run { loop in
            try await LoopbackServer.with(on: loop) { connection in
                // The peer's end of a connection that the other side has left is no failure of a test.
                try? await peer.serve(connection, on: loop)
            } _: { port in
                try await body(peer, "http://127.0.0.1:\(port)")
            }
        }
    }

    private func serve(_ connection: borrowing TCPConnection, on loop: EventLoop) async throws {
        let number = state.withLock { state in
            state.connections += 1
            return state.connections - 1
        }
        for step in scripts[min(number, scripts.count - 1)] {
            switch step {
            case .read: try await readRequest(connection, on: loop)
            case .send(let bytes): try await connection.write(bytes, on: loop)
            case .wait(let time):
                try await loop.sleep(until: Clock<Monotonic>.system.now + time)
            case .flood(let bytes, let most):
                var sent = 0
                while sent < most {
                    try await connection.write(bytes, on: loop)
                    sent += bytes.count
                    state.withLock { $0.flooded += bytes.count }
                }
            case .untilGone:
                // A reset is as good a going as an end.
                while let more = try? await connection.read(upTo: .kibibytes(64), on: loop),
                    !more.isEmpty
                {}
                state.withLock { $0.gone += 1 }
            }
        }
    }

    private func readRequest(
        _ connection: borrowing TCPConnection, on loop: EventLoop
    ) async throws {
        var bytes: [UInt8] = []
        while true {
            let more = try await connection.read(upTo: .kibibytes(256), on: loop)
            bytes += more
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let length =
                    text[..<end.lowerBound].split(separator: "\r\n")
                    .first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.split(separator: ":")[1].drop { $0 == " " }) } ?? 0
                if text[end.upperBound...].utf8.count >= length || more.isEmpty {
                    state.withLock { $0.requests.append(text) }
                    return
                }
            }
            if more.isEmpty { return }
        }
    }
}

extension Peer.Step {
    package static func send(_ text: String) -> Self { .send(Array(text.utf8)) }

    package static func head(_ status: String, _ headers: String...) -> Self {
        send(
            "HTTP/1.1 \(status)\r\n" + headers.map { "\($0)\r\n" }.joined()
                + "connection: close\r\n\r\n")
    }

    package static let stream = head("200 OK", "content-type: text/event-stream")

    package static func chunk(_ text: String, finish: Bool = false) -> Self {
        send(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":\(finish ? "\"stop\"" : "null")}]}\n\n"
                + (finish ? "data: [DONE]\n\n" : ""))
    }
}
