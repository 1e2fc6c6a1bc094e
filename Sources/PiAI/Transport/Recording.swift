package import PiJSON
import Synchronization

/// What is sent and what comes back, an exchange after the other, for a fixture; no key is in it.
package final class Recording: Sendable {
    private let redaction: Redaction
    private let keep: @Sendable (JSONValue) -> Void
    /// The one that is under way, or has just ended: no more than one is held here.
    private let current = Mutex<Exchange?>(nil)

    private struct Exchange {
        let url: String
        let headers: [HTTPHeader]
        let body: [UInt8]
        var head: HTTPHead?
        var received: [UInt8] = []
        var error: String?
    }

    /// Of one answer; what is more is left out.
    private static let most = 64 << 20

    package init(_ redaction: Redaction, keeping keep: @escaping @Sendable (JSONValue) -> Void) {
        self.redaction = redaction
        self.keep = keep
    }

    /// A header that a person added may be a key, too.
    private static let plain: Set<String> = [
        "content-type", "accept", "user-agent", "anthropic-version",
    ]

    private static func shown(_ header: HTTPHeader) -> String {
        plain.contains(header.name.lowercased()) ? header.value : "[left out]"
    }

    func begin(_ request: HTTPRequest) {
        let exchange = Exchange(
            url: request.url, headers: request.headers, body: request.body ?? [])
        change(to: exchange)
    }

    /// What is under way is kept as far as it has come.
    package func end() { change(to: nil) }

    private func change(to next: Exchange?) {
        let last = current.withLock { current in
            let last = current
            current = next
            return last
        }
        if let last { keep(line(last)) }
    }

    func note(_ head: HTTPHead) { change { $0.head = head } }

    func note(_ bytes: [UInt8]) {
        change { $0.received += bytes.prefix(max(0, Self.most - $0.received.count)) }
    }

    func note(_ error: ModelError) { change { $0.error = error.description } }

    private func change(_ body: (inout Exchange) -> Void) {
        current.withLock { current in
            guard var exchange = current.take() else { return }
            body(&exchange)
            current = exchange
        }
    }

    private func line(_ exchange: Exchange) -> JSONValue {
        func text(_ bytes: [UInt8]) -> JSONValue {
            .string(redaction.redacted(String(decoding: bytes, as: UTF8.self)))
        }
        func named(_ fields: [(String, String)]) -> JSONValue {
            .object(JSONObject(fields.map { .init(name: $0.0, value: text(Array($0.1.utf8))) }))
        }
        var answer = JSONValue.null
        if let head = exchange.head {
            answer = [
                "status": .number(head.status),
                "headers": named(
                    head.fields.map {
                        ($0.name, $0.name.lowercased() == "set-cookie" ? "[left out]" : $0.value)
                    }),
                "body": text(exchange.received),
            ]
        }
        return [
            "request": [
                "url": text(Array(exchange.url.utf8)),
                "headers": named(exchange.headers.map { ($0.name, Self.shown($0)) }),
                "body": text(exchange.body),
            ], "response": answer, "error": exchange.error.map { text(Array($0.utf8)) } ?? .null,
        ]
    }
}
