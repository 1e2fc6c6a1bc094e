import PiAI
import PiSystem
import PiTesting

/// What is asked in these tests.
enum Question {
    static func to(_ address: String, _ api: API = .openAICompletions) -> ModelRequest {
        let name = ModelName(api: api, provider: "test", model: "m")
        return ModelRequest(
            model: Model(name: name, baseURL: address),
            messages: [.user(UserMessage([.text("Hi")], timestamp: 0))])
    }

    static let soon = RetryPlan(
        attempts: 3, firstPause: .milliseconds(10), longestPause: .milliseconds(20),
        longestAdvised: .seconds(2), total: .seconds(600))

    static func events(
        _ request: ModelRequest, key: String? = nil, retries: RetryPlan = .none,
        limits: TransportLimits = .usual,
        retrying: @escaping ModelClient.Retrying = { _, _, _ in }
    ) async throws -> [AnswerEvent] {
        try await HTTPClient.with { http in
            var bytes = Array((key ?? "").utf8)
            let client = ModelClient(
                http, retries: retries, limits: limits, retrying: retrying)
            var events: [AnswerEvent] = []
            for await event in client.stream(
                request, key: key == nil ? nil : Secret(taking: &bytes))
            {
                events.append(event)
            }
            return events
        }
    }

    /// The error, or the text.
    static func told(_ events: [AnswerEvent]) -> String {
        switch events.last {
        case .done(let message)?: message.text
        case .failed(let error, let message)?: "\(message.text)!\(error.kind.rawValue)"
        case .start?, .partStart?, .partDelta?, .partEnd?, nil: "no end"
        }
    }
}
