import PiAI

extension ModelError {
    /// Another model may do better.
    ///
    /// What one has refused no other is asked for, nor what nobody wants any more.
    var isOfOneModel: Bool {
        switch kind {
        case .authentication, .rateLimit, .overloaded, .quota, .unknownModel, .invalidRequest,
            .unsupported, .network, .timeOut, .interrupted, .wire, .contextOverflow:
            true
        case .refusal, .contentFilter, .hostedTool, .cancelled: false
        }
    }
}
