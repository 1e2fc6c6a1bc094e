/// Why a request has no whole answer of HTTP.
enum HTTPFault: Error, Hashable, Sendable {
    case cancelled
    /// The library itself, or this machine.
    case library(String)
    case noAddress(String)
    case noConnection(String)
    case encryption(String)
    case lost(String)
    case timeOut(Wait)
    case malformed(String)
    case network(String)

    enum Wait: String, Hashable, Sendable {
        case connection = "no connection"
        case firstByte = "no answer"
        case nextByte = "nothing more of the answer"
        case end = "no end of the answer"
    }

    /// `host` is where the request went; `hasBegun` says whether part of an answer came.
    func error(_ host: String, hasBegun: Bool) -> ModelError {
        switch self {
        case .cancelled: ModelError(.cancelled, "the request was cancelled")
        case .library(let text):
            ModelError(.network, "libcurl can't make the request: \(text)", shouldRetry: false)
        case .noAddress(let text): ModelError(.network, "\(host) has no address: \(text)")
        case .noConnection(let text):
            ModelError(.network, "\(host) can't be reached: \(text)")
        case .encryption(let text): Self.untrusted(host, text)
        case .lost(let text):
            hasBegun
                ? ModelError(.interrupted, "\(host) broke the answer off: \(text)")
                : ModelError(.network, "\(host) closed the connection: \(text)")
        case .timeOut(let wait):
            ModelError(.timeOut, "there was \(wait.rawValue) from \(host) in time")
        case .malformed(let text):
            ModelError(.wire, "\(host) does not speak HTTP as it should: \(text)")
        case .network(let text): ModelError(.network, "\(host): \(text)")
        }
    }

    private static func untrusted(_ host: String, _ text: String) -> ModelError {
        var error = ModelError(
            .network, "\(host) is not who it should be: \(text)", shouldRetry: false)
        error.remedy =
            "if that server is your own, name the file of its certificate in SSL_CERT_FILE; otherwise somebody stands between"
        return error
    }
}
