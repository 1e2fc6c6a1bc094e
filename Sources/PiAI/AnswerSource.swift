import PiJSON
import PiSystem

/// One answer on its way: requests, waits, asks again, and reads what comes.
struct AnswerSource: AnswerGiver {
    private let request: ModelRequest
    private let names: ToolNames
    private let key: Secret?
    private let http: HTTPClient
    private let retries: RetryPlan
    private let limits: TransportLimits
    private let certificates: String?
    private let recording: Recording?
    private let retrying: ModelClient.Retrying
    private let started = Clock<Monotonic>.system.now

    private var decoder: AnswerDecoder
    private var waiting: ArraySlice<AnswerEvent> = []
    private var state = State.unsent(made: 0)
    private let redaction: Redaction

    private enum State {
        case unsent(made: Int)
        case reading(HTTPExchange, made: Int)
        case ended
    }

    init(
        _ request: ModelRequest, key: Secret?, http: HTTPClient, retries: RetryPlan,
        limits: TransportLimits, certificates: String?, recording: Recording?,
        retrying: @escaping ModelClient.Retrying, timestamp: Int
    ) {
        names = ToolNames(request)
        self.request = request
        self.key = key
        self.http = http
        self.retries = retries
        self.limits = limits
        self.certificates = certificates
        self.recording = recording
        self.retrying = retrying
        decoder = AnswerDecoder(request, timestamp: timestamp)
        redaction = Redaction((key.map { [$0] } ?? []) + request.model.headerSecrets)
    }

    private var host: String { HTTPAddress(request.model.baseURL)?.host ?? "the server" }

    // MARK: - Events

    mutating func next() async -> AnswerEvent? {
        while true {
            if let event = waiting.popFirst() { return meant(event) }
            switch state {
            case .ended: return nil
            case .unsent(let made): await send(made)
            case .reading(let exchange, let made): await read(exchange, made)
            }
            waiting = decoder.takeEvents()[...]
        }
    }

    /// Under the name that the tool has here.
    private func meant(_ event: AnswerEvent) -> AnswerEvent {
        func meant(_ part: AnswerPart) -> AnswerPart {
            guard case .toolCall(var call) = part else { return part }
            call.name = names.meant(call.name)
            return .toolCall(call)
        }
        func whole(_ message: AssistantMessage) -> AssistantMessage {
            var message = message
            message.content = message.content.map(meant)
            return message
        }
        return switch event {
        case .start, .partDelta: event
        case .partStart(let index, .toolCall(let id, let name)):
            .partStart(index, .toolCall(id: id, name: names.meant(name)))
        case .partStart: event
        case .partEnd(let index, let part): .partEnd(index, meant(part))
        case .done(let message): .done(whole(message))
        case .failed(let error, let message): .failed(error, whole(message))
        }
    }

    // MARK: - Sending

    private mutating func send(_ made: Int) async {
        let exchange: HTTPExchange
        do {
            let wanted = try httpRequest()
            recording?.begin(wanted)
            exchange = http.send(wanted)
            let head = try await exchange.head()
            recording?.note(head)
            guard (200..<300).contains(head.status) else {
                return await fail(try await refusal(head, exchange), made + 1)
            }
            guard Self.isStream(head) else {
                try await readWhole(exchange, head)
                recording?.end()
                state = .ended
                return
            }
            state = .reading(exchange, made: made + 1)
        } catch {
            await fail(failure(error), made + 1)
        }
    }

    private static func isStream(_ head: HTTPHead) -> Bool {
        let type = head["content-type"]?.lowercased() ?? ""
        return !type.hasPrefix("application/json") && !type.hasPrefix("text/html")
    }

    private func httpRequest() throws(ModelError) -> HTTPRequest {
        let model = request.model
        var base = model.baseURL
        while base.hasSuffix("/") { base.removeLast() }
        guard let address = HTTPAddress(base) else {
            throw ModelError(
                .invalidRequest, "\(SafeText(base, limit: 200)) is no address of a server")
        }
        try address.checkKey(key != nil)
        var based = request
        based.model.baseURL = base
        let wire = model.name.api.wire
        return HTTPRequest(
            url: base + wire.path(based),
            headers: [
                HTTPHeader("content-type", "application/json"),
                HTTPHeader("accept", "text/event-stream"), HTTPHeader("user-agent", "pi-runner"),
            ] + wire.headers(based) + model.headers,
            credential: key.map { (model.credential, $0) }, body: based.encoded(names),
            limits: limits, certificates: certificates)
    }

    private func refusal(
        _ head: HTTPHead, _ exchange: HTTPExchange
    ) async throws(HTTPFault) -> ModelError {
        let body = try await exchange.body(limit: HTTPFailure.largestBody)
        recording?.note(body)
        return HTTPFailure(head: head, body: redaction.redacted(body))
            .error(request.model.name.api.wire.said)
    }

    /// A server that does not stream, though it was asked to.
    private mutating func readWhole(_ exchange: HTTPExchange, _ head: HTTPHead) async throws {
        let body = try await exchange.body(limit: AnswerBuilder.largest)
        recording?.note(body)
        let json: JSONValue
        do {
            json = try JSONReader.read(body, .interchange(sizeLimit: AnswerBuilder.largest)).value
        } catch {
            throw HTTPFailure(head: head, body: redaction.redacted(body)).notAnAnswer
        }
        try decoder.readWhole(json)
    }

    // MARK: - Reading

    private mutating func read(_ exchange: HTTPExchange, _ made: Int) async {
        do {
            if let bytes = try await exchange.next() {
                recording?.note(bytes)
                try decoder.read(bytes)
            } else {
                try decoder.end()
            }
            guard decoder.hasEnded else { return }
            exchange.cancel()
            recording?.end()
            state = .ended
        } catch {
            exchange.cancel()
            await fail(failure(error), made)
        }
    }

    // MARK: - Failing

    private func failure(_ error: any Error) -> ModelError {
        switch error {
        case let error as ModelError: error
        case let fault as HTTPFault: fault.error(host, hasBegun: decoder.answer.hasParts)
        default: ModelError(.wire, "\(error)")
        }
    }

    /// Asks again, if that may help and nobody has seen anything yet; else that was it.
    private mutating func fail(_ error: ModelError, _ made: Int) async {
        var error = error
        error.redact(by: redaction)
        recording?.note(error)
        recording?.end()
        let passed = Clock<Monotonic>.system.now - started
        let chance = Double.random(in: 0..<1)
        guard !decoder.answer.hasParts, !Task.isCancelled,
            let pause = retries.pause(after: error, made: made, passed: passed, chance: chance)
        else { return give(up: error) }
        await retrying(request.model.name, error, pause)
        guard await Pause.wait(pause) else {
            return give(up: ModelError(.cancelled, "the request was cancelled"))
        }
        decoder.startAgain(request)
        state = .unsent(made: made)
    }

    private mutating func give(up error: ModelError) {
        decoder.fail(error)
        state = .ended
    }
}
