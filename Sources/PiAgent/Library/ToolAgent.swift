import PiAI
public import PiJSON
import PiSystem
import Synchronization

/// An agent with the tools of a program of one's own: the loop, a model and a conversation, and nothing else.
///
/// It is what `pi-runner run` is made of, without a sandbox, a policy and a person: a tool runs in the program that gives it, with
/// all that this may do.
public actor ToolAgent {
    /// Who answers.
    public enum Model: Sendable {
        /// A script, as `docs/models.md` says: for tests, without a key or a network.
        case script(JSONValue)
        /// A server that speaks `openai-completions`, `openai-responses`, `anthropic-messages` or `google-generative-ai`.
        case server(address: String, protocol: String, model: String, key: String?)
    }

    /// What an agent can't be made of.
    public struct Unfit: Error, Hashable, CustomStringConvertible {
        public let description: String
    }

    /// What a question came to.
    public struct Answer: Hashable, Sendable {
        public enum Ending: Hashable, Sendable {
            case finished
            /// The limit of that name is used up: `turns`, `calls` or `tokens`.
            case limit(String)
            /// The model could not be asked, or it gave no whole answer; why is said.
            case failed(String)
            /// By `stop`, or with the task that asked.
            case stopped
        }

        public let text: String
        public let ending: Ending
        /// Of all questions until now.
        public let used: Limits
    }

    /// How much all questions together may use.
    public struct Limits: Hashable, Sendable {
        public var turns: Int
        public var calls: Int
        public var tokens: Int

        public init(turns: Int, calls: Int, tokens: Int) {
            self.turns = turns
            self.calls = calls
            self.tokens = tokens
        }
    }

    private let agent: @Sendable (ModelClient?) -> Agent
    private let needsNetwork: Bool
    private let ledger: ToolLedger
    private let session: Session
    /// Of the question that is asked now.
    private let inbox = Mutex<AgentInbox?>(nil)

    /// Throws `Unfit` if a tool's parameters are no JSON Schema, or the model can't be asked at its address.
    public init(
        _ model: Model, instructions: String, tools: [AgentTool], limits: Limits
    ) throws {
        var set = ToolSet()
        for tool in tools {
            guard let parameters = tool.parameters.object,
                !set.names.contains(tool.name)
            else {
                throw Unfit(
                    description:
                        "the tool \(tool.name) has no object for parameters, or is there twice")
            }
            do {
                try set.add(
                    ToolDeclaration(
                        name: tool.name, description: tool.description, parameters: parameters),
                    reach: tool.touches.reach)
            } catch {
                throw Unfit(
                    description: "the parameters of \(tool.name) are no JSON Schema: \(error)")
            }
        }
        let (chosen, answers) = try Self.resolve(model)
        let setup = Agent.Setup(model: chosen, systemPrompt: instructions, tools: set)
        let executor = OwnTools(tools)
        let ledger = ToolLedger(limits)
        self.ledger = ledger
        session = try Session(inMemory: "")
        if case .script = model { needsNetwork = false } else { needsNetwork = true }
        agent = { client in
            Agent(
                setup, asking: { answers($0, client) }, tools: executor, ledger: ledger,
                watching: { _ in })
        }
    }

    private static func resolve(
        _ model: Model
    ) throws -> (PiAI.Model, @Sendable (ModelRequest, ModelClient?) -> AnswerStream) {
        switch model {
        case .script(let json):
            let script = try Script(json)
            let name = ModelName(api: .openAICompletions, provider: "script", model: "script")
            return (
                PiAI.Model(name: name, baseURL: "http://127.0.0.1"),
                { request, _ in script.stream(request) }
            )
        case .server(let address, let api, let model, let key):
            guard let api = API(rawValue: api) else {
                throw Unfit(description: "there is no protocol \(api)")
            }
            let name = ModelName(api: api, provider: "custom", model: model)
            let chosen = PiAI.Model(name: name, baseURL: address)
            if let fault = chosen.addressFault { throw Unfit(description: fault) }
            if chosen.searchesByItself {
                throw Unfit(description: "\(model) searches at its provider for every answer")
            }
            var bytes = Array((key ?? "").utf8)
            let secret = key == nil ? nil : Secret(taking: &bytes)
            return (
                chosen,
                { request, client in
                    guard let client else { preconditionFailure("a server has a client") }
                    return client.stream(request, key: secret)
                }
            )
        }
    }

    /// Asks, and lets the tools work until there is an answer; the next question goes on from there.
    ///
    /// One question at a time: another meanwhile throws `Unfit`.
    public func ask(_ question: String) async throws -> Answer {
        let inbox = AgentInbox()
        let isFree = self.inbox.withLock { current in
            guard current == nil else { return false }
            current = inbox
            return true
        }
        guard isFree else { throw Unfit(description: "the agent is being asked already") }
        defer { self.inbox.withLock { $0 = nil } }
        let before = session.leaf
        let message = Message.user(
            UserMessage([.text(question)], timestamp: Clock<TimeOfDay>.system.now.milliseconds))
        let end = try await withTaskCancellationHandler {
            try await Self.work(message, agent, needsNetwork: needsNetwork, session, inbox)
        } onCancel: {
            inbox.abort()
        }
        return Answer(
            text: try session.lastAnswer(since: before), ending: Answer.Ending(end),
            used: ledger.used)
    }

    private static func work(
        _ message: Message, _ agent: @Sendable (ModelClient?) -> Agent, needsNetwork: Bool,
        _ session: Session, _ inbox: AgentInbox
    ) async throws -> AgentEnd {
        guard needsNetwork else {
            return try await agent(nil).run([message], in: session, inbox)
        }
        return try await HTTPClient.with { http in
            try await agent(ModelClient(http, retries: .usual, limits: .usual))
                .run([message], in: session, inbox)
        }
    }

    /// Ends what is asked now, and returns at once.
    public nonisolated func stop() { _ = inbox.withLock { $0?.abort() } }

    /// Says something to the agent while it works: it hears it when the calls under way have ended.
    ///
    /// False if nothing is asked now.
    @discardableResult
    public nonisolated func say(_ text: String) -> Bool {
        let now = Clock<TimeOfDay>.system.now.milliseconds
        let message = Message.user(UserMessage([.text(text)], timestamp: now))
        return inbox.withLock { $0?.steer(.now(message)) ?? false }
    }
}

extension ToolAgent.Answer.Ending {
    init(_ end: AgentEnd) {
        self =
            switch end {
            case .finished: .finished
            case .budget(let hit): .limit(hit.name)
            case .failed(let error): .failed(error.description)
            case .stuck(let what): .failed("it went round in circles: \(what)")
            case .silent: .failed("the model gave no answer, three times")
            case .cutOff: .failed("the answers were cut off, four times")
            case .aborted: .stopped
            }
    }
}
