import PiJSON

/// An answer of HTTP that is no success, and what it means.
struct HTTPFailure {
    let head: HTTPHead
    let body: [UInt8]

    /// What a provider says of an error, wherever its protocol puts it.
    struct Said {
        var message: String?
        /// Such as `rate_limit_error`, `insufficient_quota`, `RESOURCE_EXHAUSTED`.
        var words: [String] = []
        /// Some write the status of HTTP into the answer.
        var status: Int?
        var retryAfter: Duration?
    }

    /// What all protocols have in common; `read` finds what one of them has said.
    func error(_ read: (JSONValue) -> Said) -> ModelError {
        let json = parsed
        let said = json.map(read) ?? Said()
        let kind = kind(said)
        var error = ModelError(
            kind, message(said, isJSON: json != nil), status: head.status,
            requestID: requestID, shouldRetry: shouldRetry)
        error.retryAfter = RetryAdvice.wait(head) ?? said.retryAfter
        if kind == .quota || kind == .authentication { error.shouldRetry = false }
        return error
    }

    /// A success of HTTP that holds something else than an answer.
    var notAnAnswer: ModelError {
        ModelError(.wire, message(Said(), isJSON: false), status: head.status)
    }

    private var parsed: JSONValue? {
        // What can't be read is told as it stands.
        try? JSONReader.read(body, .interchange(sizeLimit: HTTPFailure.largestBody)).value
    }

    static let largestBody = 1 << 20

    private func message(_ said: Said, isJSON: Bool) -> String {
        if let message = said.message, !message.isEmpty { return message }
        if isHTML { return "the server answered with a web page instead of an answer" }
        guard !body.isEmpty else { return "the server answered \(head.status) and nothing else" }
        return String(decoding: body.prefix(100_000), as: UTF8.self)
    }

    private var isHTML: Bool {
        if head["content-type"]?.lowercased().hasPrefix("text/html") == true { return true }
        let start = String(decoding: body.prefix(200), as: UTF8.self).lowercased()
        return start.contains("<!doctype html") || start.contains("<html")
    }

    private func kind(_ said: Said) -> ModelError.Kind {
        let words = Set(said.words.map { $0.lowercased() })
        let message = said.message?.lowercased() ?? ""
        // Many write this word whatever it is; then the status says more.
        let isVague = ![400, 422].contains(head.status)
        if let kind = Self.kind(words: words, message: message),
            kind != .invalidRequest || !isVague
        {
            return kind
        }
        if (head.status == 400 || head.status == 413), body.isEmpty { return .contextOverflow }
        return Self.kind(ofStatus: head.status, message: message, isHTML: isHTML)
    }

    /// By what is said, for an error in the middle of an answer, too, where there is no status.
    static func kind(words: Set<String>, message: String) -> ModelError.Kind? {
        let message = message.lowercased()
        func says(_ candidates: String...) -> Bool { candidates.contains(where: words.contains) }
        if says(
            "insufficient_quota", "billing_error", "billing_not_active", "credit_balance_too_low")
            || message.contains("credit balance is too low")
            || message.contains("insufficient balance") || message.contains("insufficient credits")
        {
            return .quota
        }
        if ContextOverflow.isMeant(by: message) || words.contains(where: ContextOverflow.isMeant) {
            return .contextOverflow
        }
        if says(
            "authentication_error", "invalid_api_key", "unauthenticated", "permission_error",
            "permission_denied", "api_key_invalid", "invalid_authentication")
            || message.contains("api key not valid") || message.contains("invalid api key")
        {
            return .authentication
        }
        if says(
            "rate_limit_error", "rate_limit_exceeded", "resource_exhausted", "too_many_requests",
            "tokens", "requests", "slow_down")
        {
            return .rateLimit
        }
        if says(
            "overloaded_error", "overloaded", "server_error", "api_error", "unavailable",
            "internal", "internal_error", "internal_server_error", "service_unavailable",
            "engine_overloaded")
        {
            return .overloaded
        }
        if says("content_filter", "content_policy_violation", "cyber_policy_violation") {
            return .contentFilter
        }
        if says("model_not_found") { return .unknownModel }
        if says("timeout", "timeout_error", "deadline_exceeded", "request_timeout") {
            return .timeOut
        }
        if says("unimplemented", "unsupported_parameter", "unsupported_value") {
            return .unsupported
        }
        if says("not_found_error", "not_found") {
            return message.contains("model") ? .unknownModel : .invalidRequest
        }
        if says(
            "invalid_request_error", "invalid_argument", "invalid_prompt", "failed_precondition",
            "bad_request")
        {
            return .invalidRequest
        }
        return nil
    }

    static func kind(
        ofStatus status: Int, message: String, isHTML: Bool
    ) -> ModelError.Kind {
        switch status {
        case 401, 403: .authentication
        case 402: .quota
        case 404: isHTML || !message.contains("model") ? .invalidRequest : .unknownModel
        case 405, 415, 501: .unsupported
        case 408, 504: .timeOut
        case 413: .contextOverflow
        case 429: .rateLimit
        case 500...: .overloaded
        case 300..<400: .wire
        default: .invalidRequest
        }
    }

    private var requestID: String? {
        for name in ["x-request-id", "request-id", "x-goog-request-id", "cf-ray"] {
            if let id = head[name], !id.isEmpty { return SafeText(id, limit: 80).description }
        }
        return nil
    }

    private var shouldRetry: Bool? {
        switch head["x-should-retry"] {
        case "true": true
        case "false": false
        default: head.status == 409 ? true : nil
        }
    }
}
