package import PiSystem

/// Asks models.
package struct ModelClient: Sendable {
    let http: HTTPClient
    private let retries: RetryPlan
    let limits: TransportLimits
    let certificates: String?
    private let recording: Recording?
    private let retrying: Retrying

    /// Is told of whom, why and after which pause a request is made again.
    package typealias Retrying = @Sendable (ModelName, ModelError, Duration) async -> Void

    package init(
        _ http: HTTPClient, retries: RetryPlan, limits: TransportLimits,
        certificates: String? = nil, recording: Recording? = nil,
        retrying: @escaping Retrying = { _, _, _ in }
    ) {
        self.http = http
        self.retries = retries
        self.limits = limits
        self.certificates = certificates
        self.recording = recording
        self.retrying = retrying
    }

    /// The events of one answer, which begins when somebody takes the first.
    package func stream(_ request: ModelRequest, key: Secret?) -> AnswerStream {
        AnswerStream { timestamp in
            AnswerSource(
                request, key: key, http: http, retries: retries, limits: limits,
                certificates: certificates, recording: recording, retrying: retrying,
                timestamp: timestamp)
        }
    }

    /// The whole answer.
    package func complete(_ request: ModelRequest, key: Secret?) async throws -> AssistantMessage {
        for await event in stream(request, key: key) {
            switch event {
            case .done(let message): return message
            case .failed(let error, _): throw error
            case .start, .partStart, .partDelta, .partEnd: break
            }
        }
        preconditionFailure("a stream of events has an end")
    }
}

/// Gives the events of one answer, one when it is asked for one; nil behind the last.
protocol AnswerGiver: Sendable {
    mutating func next() async -> AnswerEvent?
}

/// The events of one answer; taking them is what drives it, so a slow taker slows the socket.
package struct AnswerStream: AsyncSequence, Sendable {
    package typealias Element = AnswerEvent
    package typealias Failure = Never

    private let make: @Sendable (Int) -> any AnswerGiver

    /// What gives the answer, made with the time in milliseconds at which it begins.
    init(_ make: @escaping @Sendable (Int) -> any AnswerGiver) {
        self.make = make
    }

    package func makeAsyncIterator() -> Iterator {
        let now = Clock<TimeOfDay>.system.now.nanoseconds / 1_000_000
        return Iterator(source: make(Int(now)))
    }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate var source: any AnswerGiver
        private var order = EventOrder()

        fileprivate init(source: any AnswerGiver) {
            self.source = source
        }

        package mutating func next() async -> AnswerEvent? {
            guard let event = await source.next() else { return nil }
            assert(
                { () -> Bool in
                    guard let wrong = order.check(event) else { return true }
                    preconditionFailure("events out of order: \(wrong)")
                }())
            return event
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async -> AnswerEvent? {
            await next()
        }
    }
}
