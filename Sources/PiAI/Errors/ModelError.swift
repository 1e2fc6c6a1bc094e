import PiJSON

/// Why there is no answer, or only part of one.
package struct ModelError: Error, Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case authentication
        case rateLimit = "rate-limit"
        case overloaded
        case quota
        case contextOverflow = "context-overflow"
        case refusal
        case contentFilter = "content-filter"
        case unknownModel = "unknown-model"
        case invalidRequest = "invalid-request"
        case unsupported
        case network
        case timeOut = "time-out"
        /// The answer had begun, and its end never came.
        case interrupted
        /// What came is not what the protocol says.
        case wire = "protocol"
        /// The provider has run something itself, which nobody allowed.
        case hostedTool = "hosted-tool"
        case cancelled
    }

    package var kind: Kind
    /// One line, safe to show; no key stands in it.
    package var message: String
    /// Of HTTP.
    package var status: Int?
    /// By which the provider's people find the request again.
    package var requestID: String?
    /// How long the provider wants us to wait.
    package var retryAfter: Duration?
    /// What helps, where that is more than its kind says.
    package var remedy: String?
    /// What the provider says on the question whether to try again.
    package var shouldRetry: Bool?

    package init(
        _ kind: Kind, _ message: String, status: Int? = nil, requestID: String? = nil,
        retryAfter: Duration? = nil, shouldRetry: Bool? = nil
    ) {
        self.kind = kind
        self.message = SafeText(message, limit: Self.longest).description
        self.status = status
        self.requestID = requestID
        self.retryAfter = retryAfter
        self.shouldRetry = shouldRetry
    }

    /// What may still have a key in it is cut only when that is out: half a key is not found.
    private static let longest = 100_000
    private static let mostShown = 500

    mutating func redact(by redaction: Redaction) {
        message = SafeText(redaction.redacted(message), limit: Self.mostShown).description
        requestID = requestID.map(redaction.redacted)
    }

    /// Whether the same request may have an answer a little later.
    package var isPassing: Bool {
        if let shouldRetry { return shouldRetry }
        return switch kind {
        case .rateLimit, .overloaded, .network, .timeOut, .interrupted: true
        case .authentication, .quota, .contextOverflow, .refusal, .contentFilter, .unknownModel,
            .invalidRequest, .unsupported, .wire, .hostedTool, .cancelled:
            false
        }
    }
}

extension ModelError: CustomStringConvertible {
    package var description: String {
        let known = [status.map { "HTTP \($0)" }, requestID.map { "request \($0)" }]
            .compactMap(\.self)
        let shown = SafeText(message, limit: Self.mostShown).description
        return known.isEmpty ? shown : "\(shown) (\(known.joined(separator: ", ")))"
    }

    /// What a person can do about it.
    package var advice: String? {
        if let remedy { return remedy }
        return switch kind {
        case .authentication: "check the key, and that it is for this provider"
        case .rateLimit:
            retryAfter.map { "try again in \(Self.seconds($0))" } ?? "try again in a while"
        case .overloaded: "try again in a while, or ask another model"
        case .quota: "the account has nothing left: see its billing page"
        case .contextOverflow: "the conversation is too long for this model: shorten it"
        case .refusal, .contentFilter: "ask in other words, or another model"
        case .unknownModel: "check the name, and that the key's account has this model"
        case .invalidRequest, .unsupported: nil
        case .network: "check the address, the network and the proxy settings"
        case .timeOut: "try again, or allow more time"
        case .interrupted: "try again"
        case .wire: "check that this address speaks the protocol that was named"
        case .hostedTool: "switch it off at the provider, or use another model"
        case .cancelled: nil
        }
    }

    private static func seconds(_ time: Duration) -> String {
        "\(max(1, Int((time / .seconds(1)).rounded(.up)))) s"
    }
}
