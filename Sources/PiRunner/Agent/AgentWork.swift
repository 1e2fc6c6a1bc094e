import PiAI
import PiAgent
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem
import Synchronization

/// The agent at work: everything is decided and stands; now it is asked, and what comes of it is put down.
struct AgentWork {
    let request: RunRequest
    let models: RunModels
    let policy: ResolvedPolicy
    let prepared: Exec.Prepared
    let store: PolicyStore
    let ground: RunGround
    let world: AgentWorld
    let offer: ToolOffer
    let earlier: EarlierRuns
    /// The conversation goes on, and what it was about does not wait any more.
    let hasLostLayer: Bool

    /// What the agent came to.
    struct Ending {
        let end: AgentEnd
        let answer: String
        /// In what the answer is not what was asked for.
        let faults: [String]
    }

    func perform(_ session: Session, _ context: JSONValue) throws -> Outcome {
        let ledger = RunLedger(.init(policy, turns: request.mostTurns)) { [models] in
            models.prices($0)
        }
        let inbox = AgentInbox()
        let watch = try RunWatch()
        let text = RunText(ledger, asking: models.chosen.model.name.reference)
        let format = request.format
        let stream = format == .streamJSON ? RunStream { inbox.abort() } : nil
        let fatal = FirstError()
        let executor = SandboxTools(
            world.sandboxes, prepared, policy, outputs: world.outputs, run: ground.id.description
        ) { error in
            fatal.note(error)
            inbox.abort()
        }
        let record = try RunRecord(
            on: ground, try beginning(session, ledger), changesHost: true)
        try session.append(
            .custom(
                type: AgentRun.entry,
                data: [
                    "run": .string(ground.id.description),
                    "policy": prepared.policy.digest.map(JSONValue.string) ?? .null,
                    "trusted": prepared.trusted.map { .string($0.revision) } ?? .null,
                ]))
        let (name, last) = (models.chosen.model.name, try session.lastModel())
        if last?.provider != name.provider || last?.model != name.model {
            try session.append(.modelChange(provider: name.provider, model: name.model))
        }
        if request.format == .text {
            for warning in known(session) {
                Console(color: request.color).tell(warning)
            }
        }
        banner(text, session, ledger)
        if let last, last != (name.provider, name.model), request.format == .text {
            text.line("before, \(SafeText("\(last.provider)/\(last.model)", limit: 100)) was asked")
        }
        stream?.header(session.header)
        try watch.begin(inbox, wall: ledger.limits.wall)
        let follower = try PolicyFollower(prepared, store, for: .run, record)
        try follower?.begin { [notices = world.notices] change in
            notices.add([change])
            if format == .text { text.line(change.message) }
        }
        defer { follower?.end() }

        let prompt = try systemPrompt(context)
        var setup = Agent.Setup(
            model: models.chosen.model, systemPrompt: prompt, tools: offer.tools)
        setup.stronger = models.stronger?.model
        setup.summarizer = models.summarizer?.model
        setup.fallbacks = models.fallbacks.map(\.model)
        for choice in models.fallbacks + [models.stronger].compactMap(\.self) {
            setup.levels[choice.model.name] = choice.level
        }
        setup.options.reasoning = models.chosen.level
        let events = RunEvents { event in
            switch format {
            case .text: text.see(event)
            case .json: break
            case .streamJSON: stream?.see(event)
            }
        }
        let ended: Result<Ending, any Error> = Result {
            try waitForTask { [setup] in
                try await ask {
                    fatal.note($0)
                    inbox.abort()
                } retrying: {
                    events.see(.retry($0, $1, after: $2))
                } _: { answering in
                    defer { events.end() }
                    let agent = Agent(
                        setup, asking: answering, tools: executor, ledger: ledger,
                        watching: { events.see($0) })
                    return try await work(agent, session, inbox, text)
                }
            }
        }
        // Until all is put down: a second Ctrl-C ends that, too.
        defer { watch.end() }
        return try finish(
            ended, session, ledger, record, text, fatal: fatal.error, signal: watch.signal,
            stream: stream, asked: events.lastModel ?? models.chosen.model.name)
    }

    /// What is to be said before the first request.
    func known(_ session: Session) -> [Diagnostic] {
        func warning(_ message: String, _ help: String? = nil) -> Diagnostic {
            Diagnostic(severity: .warning, message: message, help: help)
        }
        var all = earlier.news + prepared.warnings
        if StandardStream.input.unread > 0 {
            all.append(
                warning(
                    "something was piped in, and the agent is not told of it",
                    "`-` in the place of the prompt, or behind it, has standard input read"))
        }
        var unknown = Set(
            session.links.map(\.type).filter { SessionEntry.Kind(rawValue: $0) == nil })
        // What somebody took out, in a way that is not understood, is told.
        for link in session.links where link.type == "context_edit" {
            // What can't be read is told when the conversation is.
            if case .unknown(let type)? = try? session.entry(link.id)?.content {
                unknown.insert(type)
            }
        }
        if !unknown.isEmpty {
            let names = unknown.sorted().map { SafeText($0, limit: 40).description }
            all.append(
                warning(
                    "the session has entries of a kind that this version does not know (\(names.joined(separator: ", "))): the model is told the rest"
                ))
        }
        return all
    }

    /// With whatever answers: a script, or servers.
    private func ask(
        unrecorded failed: @escaping @Sendable (any Error) -> Void,
        retrying: @escaping ModelClient.Retrying,
        _ body: (@escaping @Sendable (ModelRequest) -> AnswerStream) async throws -> Ending
    ) async throws -> Ending {
        let models = models
        func answering(_ client: ModelClient?) -> @Sendable (ModelRequest) -> AnswerStream {
            { request in
                let choice = models.choice(request.model.name)
                if let script = choice.script { return script.stream(request) }
                guard let client else {
                    preconditionFailure("whoever asks a server has a client")
                }
                return client.stream(request, key: choice.key?.secret)
            }
        }
        guard models.needsNetwork else { return try await body(answering(nil)) }
        return try await HTTPClient.with { http in
            let record = try request.record.map {
                try WireRecord($0, hiding: models.secrets, failed: failed)
            }
            defer { record?.recording.end() }
            return try await body(
                answering(
                    ModelClient(
                        http, retries: .usual, limits: .usual,
                        certificates: ThisProcess.variable("SSL_CERT_FILE")?.utf8,
                        recording: record?.recording, retrying: retrying)))
        }
    }

    // MARK: - Working

    private static let mostTries = 3

    private static let lostLayer =
        "(From the runner: since your last answer the changes were taken over by the person, taken back or dropped. The files may be others than you remember.)"

    /// Until it has ended; an answer that has to have a form is asked for again if it has another.
    private func work(
        _ agent: Agent, _ session: Session, _ inbox: AgentInbox, _ text: RunText
    ) async throws -> Ending {
        var content = request.content
        if hasLostLayer { content.append(.text(Self.lostLayer)) }
        for attempt in 1... {
            let now = Clock<TimeOfDay>.system.now.milliseconds
            let before = session.leaf
            let end = try await agent.run(
                [.user(UserMessage(content, timestamp: now))], in: session, inbox)
            // Of this run: what an earlier one said is no answer to this question.
            let answer =
                end == .finished ? try session.lastAnswer(since: before) : ""
            guard end == .finished, let schema = request.schema else {
                return Ending(end: end, answer: answer, faults: [])
            }
            let (json, faults) = Self.check(answer, schema)
            guard !faults.isEmpty, attempt < Self.mostTries else {
                return Ending(end: end, answer: json ?? answer, faults: faults)
            }
            let told = faults.map { "- \($0)" }.joined(separator: "\n")
            if request.format == .text {
                text.line("  the answer does not have the form that was asked for: asking again")
            }
            content = [
                .text(
                    "Your answer does not have the form that was asked for:\n\(told)\nAnswer again, with the JSON alone."
                )
            ]
        }
        preconditionFailure("the last try returns")
    }

    /// The JSON of an answer, and what is wrong with it.
    private static func check(_ answer: String, _ schema: JSONSchema) -> (String?, [String]) {
        do {
            let json = try read(answer[...])
            return (json.description, schema.faults(of: json, limit: 5).map(\.description))
        } catch {
            // Models like to put JSON into a block of Markdown.
            let open = answer[...].range(of: "```")
            let close = open.flatMap { answer[...].range(of: "```", after: $0.upperBound) }
            let block = open.flatMap { open in
                close.map { answer[open.upperBound..<$0.lowerBound].drop { $0.isLetter } }
            }
            // What stands in it may be no JSON either; then the answer as a whole is what is told of.
            if let json = block.flatMap({ try? read($0) }) {
                return (json.description, schema.faults(of: json, limit: 5).map(\.description))
            }
            return (nil, ["it is no JSON: \(error)"])
        }
    }

    private static func read(_ text: Substring) throws(JSONError) -> JSONValue {
        try JSONReader.read(Array(text.utf8), .interchange(sizeLimit: 16 << 20)).value
    }

    // MARK: - What the model is told

    private func systemPrompt(_ context: JSONValue) throws -> String {
        let own = try OwnFiles.find()
        let mode = policy.value.value(at: ["workspace", "mode"])?.text ?? "read-only"
        let writing =
            switch mode {
            case "overlay": "what you change is kept aside until the person takes it over"
            case "direct": "what you change comes into it at the end of each turn"
            case "live": "what you change is changed at once"
            default: "you can read it and change nothing"
            }
        let now = Clock<TimeOfDay>.system.now
        var prompt = SystemPrompt(
            workspace: prepared.policy.surroundings.workspace, writing: writing,
            network: RunGate.places(of: policy),
            day: CalendarDay(of: now).description)
        prompt.replacement = try own.systemPrompt()
        prompt.appended = try own.appendedPrompt().map { [$0] } ?? []
        prompt.ownNotes = try own.notes()
        if let notes = context["notes"], let name = notes["name"]?.string,
            let text = notes["text"]?.string
        {
            let cut = notes["cut"]?.bool == true ? "\n[cut: read the file for the rest]" : ""
            prompt.workspaceNotes = .init(name: name, text: text + cut)
        }
        for skill in context["skills"]?.array ?? [] {
            guard let name = skill["name"]?.string, let path = skill["path"]?.string else {
                continue
            }
            let found = SystemPrompt.Skill(
                name: name, description: skill["description"]?.string ?? "", path: path)
            if path.hasPrefix("\(AgentWorld.skills)/") {
                prompt.skills.append(found)
            } else {
                prompt.workspaceSkills.append(found)
            }
        }
        world.notices.add(
            (context["problems"]?.array ?? []).compactMap(\.string).map { problem in
                Diagnostic(
                    severity: .warning,
                    message: "left out of what the model is told: \(SafeText(problem, limit: 300))",
                    help: nil)
            })
        return prompt.text(tools: offer.names)
    }

    // MARK: - Records

    private func beginning(_ session: Session, _ ledger: RunLedger) throws -> JSONObject {
        let model = models.chosen.model.name
        var record = ExecReport.beginning(
            prepared, [RawText("agent \(model.reference)") ?? "agent"], command: "run"
        )
        record["asked"] = models.chosen.again.map(JSONValue.string) ?? .null
        record["session"] =
            try session.path.map { .string(try SessionStore.recorded($0)) } ?? .null
        // What shall be kept nowhere is not kept here.
        record["task"] = session.path == nil ? .null : .string(request.title)
        record["tools"] = .array(offer.names.map(JSONValue.string))
        record["budgets"] = .string(ledger.limits.phrase)
        return record
    }

    private func banner(_ text: RunText, _ session: Session, _ ledger: RunLedger) {
        guard request.format == .text else { return }
        let surroundings = prepared.policy.surroundings
        let mode = policy.value.value(at: ["workspace", "mode"])?.text ?? "read-only"
        let model = models.chosen.model.name
        text.line(
            "\(prepared.policy.typed): \(mode) of \(SafeText(surroundings.workspace, limit: 200)), \(RunGate.phrase(of: policy)), tools \(offer.names.joined(separator: " ")); \(ledger.limits.phrase)"
        )
        text.line(
            "model \(SafeText(model.reference, limit: 100))\(session.path == nil ? ", kept in no session" : ", session \(session.id)")"
        )
        if let trusted = prepared.trusted {
            text.line("policy, notes and skills of the workspace are those of \(trusted.phrase)")
        }
        for (name, reason) in models.notAsked {
            text.line("not asked: \(SafeText(name, limit: 100)): \(reason)")
        }
        for held in offer.withheld { text.line("not offered: \(held.name): \(held.reason)") }
        if let newest = earlier.waiting.last?.prefix(13) {
            text.line(
                "changes of \(counted(earlier.waiting.count, "earlier run", "earlier runs")) wait here, the newest of \(newest): pi-runner diff, apply or discard"
            )
        }
    }
}

/// The first of several errors.
final class FirstError: Sendable {
    private let kept = Mutex<(any Error)?>(nil)

    func note(_ error: any Error) { kept.withLock { $0 = $0 ?? error } }
    var error: (any Error)? { kept.withLock { $0 } }
}

extension Substring {
    fileprivate func range(of text: String, after start: Index? = nil) -> Range<Index>? {
        self[(start ?? startIndex)...].firstRange(of: text)
    }
}
