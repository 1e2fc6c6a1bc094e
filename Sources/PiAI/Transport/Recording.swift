package import PiJSON
import Synchronization

/// What was sent and what came back, kept for a fixture; no key is in it.
package final class Recording: Sendable {
    private let exchanges = Mutex<[Exchange]>([])

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

    package init() {}

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
        exchanges.withLock { $0.append(exchange) }
    }

    func note(_ head: HTTPHead) { change { $0.head = head } }

    func note(_ bytes: [UInt8]) {
        change { $0.received += bytes.prefix(max(0, Self.most - $0.received.count)) }
    }

    func note(_ error: ModelError) { change { $0.error = error.description } }

    private func change(_ body: (inout Exchange) -> Void) {
        exchanges.withLock { exchanges in
            guard !exchanges.isEmpty else { return }
            body(&exchanges[exchanges.count - 1])
        }
    }

    /// A line an exchange, in their order.
    package func lines(_ redaction: Redaction) -> [JSONValue] {
        exchanges.withLock { $0 }.map { exchange in
            func text(_ bytes: [UInt8]) -> JSONValue {
                .string(redaction.redacted(String(decoding: bytes, as: UTF8.self)))
            }
            func named(_ fields: [(String, String)]) -> JSONValue {
                .object(
                    JSONObject(fields.map { .init(name: $0.0, value: text(Array($0.1.utf8))) }))
            }
            var answer = JSONValue.null
            if let head = exchange.head {
                answer = [
                    "status": .number(head.status),
                    "headers": named(head.fields.map { ($0.name, $0.value) }),
                    "body": text(exchange.received),
                ]
            }
            return [
                "request": [
                    "url": text(Array(exchange.url.utf8)),
                    "headers": named(exchange.headers.map { ($0.name, Self.shown($0)) }),
                    "body": text(exchange.body),
                ], "response": answer, "error": exchange.error.map(JSONValue.string) ?? .null,
            ]
        }
    }
}
