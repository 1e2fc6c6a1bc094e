import PiAI
import PiAgent
import PiGate
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem
import PiTools
import Synchronization

/// Runs an agent's calls in sandboxes, if the policy says so.
///
/// Nothing here opens a file on a tool's behalf: what a call reads and writes, it reads and writes inside.
final class SandboxTools: ToolExecutor {
    private let sandboxes: RunSandboxes
    let prepared: Exec.Prepared
    private let policy: ResolvedPolicy
    private let evaluator: Evaluator
    private let outputs: OutputStore?
    private let run: String
    /// Told when no call can be made at all: then the run can't go on.
    private let giveUp: @Sendable (any Error) -> Void
    struct State: Sendable {
        var calls = 0
        var ofTool: [String: Int] = [:]
        /// What files looked like to the agent when it last saw them.
        var stamps: [String: String] = [:]
    }
    let state = Mutex(State())

    init(
        _ sandboxes: RunSandboxes, _ prepared: Exec.Prepared, _ policy: ResolvedPolicy,
        outputs: OutputStore?, run: String,
        givingUp giveUp: @escaping @Sendable (any Error) -> Void
    ) {
        self.sandboxes = sandboxes
        self.prepared = prepared
        self.policy = policy
        evaluator = policy.evaluator(in: prepared.policy.surroundings)
        self.outputs = outputs
        self.run = run
        self.giveUp = giveUp
    }

    static let program = "/tools/pi-tool"

    func endTurn() async -> JSONValue? {
        do {
            // A look at one folder is no work for a thread of its own; waiting for a sandbox is.
            let layer =
                sandboxes.isMade
                ? try sandboxes.endTurn()
                : try await onOwnThread { [sandboxes] in try sandboxes.endTurn() }
            return layer.map { ["layer": .number(JSONNumber($0)), "run": .string(run)] }
        } catch {
            giveUp(error)
            return nil
        }
    }

    func run(
        _ asked: ToolCall, progress: @escaping @Sendable (String) async -> Void
    ) async -> CallOutcome {
        let call = withPlainPath(asked)
        if let denied = refusal(of: call) ?? tooMany(call) { return denied }
        var outcome = await make(call, at: nil, progress)
        // A link may lead from what is allowed to what is not: what is decided on is what is opened.
        if case .elsewhere(let path) = outcome {
            if let denied = refusal(of: call, at: path) { return denied }
            outcome = await make(call, at: path, progress)
        }
        switch outcome {
        case .done(let outcome): return outcome
        case .elsewhere:
            return CallOutcome(
                .failed,
                "The path leads somewhere else each time it is looked at: nothing was done.")
        }
    }

    private enum Made {
        case done(CallOutcome)
        /// Nothing was done: the path leads through a link to this one.
        case elsewhere(String)
    }

    private func make(
        _ call: ToolCall, at path: String?,
        _ progress: @escaping @Sendable (String) async -> Void
    ) async -> Made {
        let number = state.withLock { state in
            state.calls += 1
            return state.calls
        }
        do {
            // Which layer is written to is known when the sandbox is made, and waiting for that is no work for everybody's threads.
            let limits =
                sandboxes.isMade
                ? try self.limits(of: call)
                : try await onOwnThread { [self] in try self.limits(of: call) }
            let stopper = try Stopper()
            // The newest alone counts; whoever shows it may be slow.
            let (news, teller) = AsyncStream.makeStream(
                of: String.self, bufferingPolicy: .bufferingNewest(1))
            let output = CallOutput(
                number, in: outputs, showing: min(limits.outputKept.value.bytes, Tool.mostBytes)
            ) { teller.yield($0) }
            async let told: Void = {
                for await text in news { await progress(text) }
            }()
            let made = await withTaskCancellationHandler {
                await Self.result { [self] in
                    try perform(call, at: path, limits, output, stopper)
                }
            } onCancel: {
                stopper.stop()
            }
            teller.finish()
            await told
            switch made {
            case .success(let made):
                let result = made.result
                if path == nil, let elsewhere = Self.elsewhere(result) {
                    return .elsewhere(elsewhere)
                }
                return .done(
                    outcome(
                        of: call, result, made.decided, output, wasStopped: stopper.wasAsked,
                        number,
                        kept: limits.outputKept))
            case .failure(let error as LaunchError) where error.step == .exec:
                // The walls stand; it is what was to be started that can't be.
                return .done(
                    CallOutcome(.failed, "Nothing was run: \(error.sentence) \(error.advice)"))
            case .failure(let error): return .done(failed(error))
            }
        } catch {
            return .done(failed(error))
        }
    }

    /// Nil for any other result.
    private static func elsewhere(_ result: CallResult) -> String? {
        guard result.ending == .exited(code: 0), let kept = result.output[.stdout],
            kept.total < 16_384
        else { return nil }
        // What is no JSON is told by whoever reads the result.
        let json = try? JSONReader.read(kept.head + kept.tail, .exact(sizeLimit: 1 << 15)).value
        return json?["elsewhere"]?.string
    }

    /// With its path as it will be opened: models write `@` before one, and `~` for the home inside.
    private func withPlainPath(_ call: ToolCall) -> ToolCall {
        guard call.name != "bash", var path = call.arguments["path"]?.string else { return call }
        if path.first == "@" { path.removeFirst() }
        if path == "~" || path.hasPrefix("~/"), let home {
            path = home + path.dropFirst()
        }
        var call = call
        call.arguments["path"] = .string(path)
        return call
    }

    /// That of the calls.
    private var home: String? {
        prepared.call.environment.compactMap { variable in
            variable.utf8.flatMap { $0.hasPrefix("HOME=") ? String($0.dropFirst(5)) : nil }
        }.last
    }

    private static func result(
        _ work: @escaping @Sendable () throws -> Performed
    ) async -> Result<Performed, any Error> {
        do { return .success(try await onOwnThread(work)) } catch { return .failure(error) }
    }

    private func failed(_ error: any Error) -> CallOutcome {
        giveUp(error)
        return CallOutcome(
            .failed, "Nothing was run: \(Failure.diagnostic(of: error).message).")
    }

    // MARK: - Deciding

    /// Nil if the policy lets it be made.
    private func refusal(of call: ToolCall, at path: String? = nil) -> CallOutcome? {
        var call = call
        if let path { call.arguments["path"] = .string(path) }
        var decision = evaluator.decide(request(call))
        // Where a name has spaces that look like spaces, the file with plain ones may be meant.
        if let path = call.arguments["path"]?.string,
            path.unicodeScalars.contains(where: { $0.value > 0x7F })
        {
            var other = call
            other.arguments["path"] = .string(ToolPathText.withPlainSpaces(path))
            let second = evaluator.decide(request(other))
            if second.verdict < decision.verdict { decision = second }
        }
        guard decision.verdict != .allow else { return nil }
        var sentence = decision.sentence
        sentence = sentence.prefix(1).uppercased() + sentence.dropFirst()
        let advice =
            decision.verdict == .ask
            ? "Nobody can be asked in this run, so it counts as denied. Do without it, and say in your answer that it is needed."
            : "Do without it; if the task can't be done so, say what is missing. Trying the same by another way is refused, too."
        return CallOutcome(
            .denied, "Not run. \(sentence) \(advice)",
            details: [
                "way": "denied", "sentence": .string(sentence),
                "rule": .string(decision.rule.name),
                "at": decision.rule.origin?.json ?? .null,
            ])
    }

    /// Nil if the policy lets it be made as often as that.
    private func tooMany(_ call: ToolCall) -> CallOutcome? {
        guard let limit = policy.calls(of: call.name) else { return nil }
        let count = state.withLock { state in
            state.ofTool[call.name, default: 0] += 1
            return state.ofTool[call.name]!
        }
        guard count > limit.count else { return nil }
        return CallOutcome(
            .denied,
            "Not run: `\(call.name)` may be called \(limit.count) times in a run, and was (\(limit.origin)).",
            details: ["way": "denied", "rule": .string("tools.\(call.name).calls")])
    }

    /// What earlier calls of the run have printed, the person's skills and what is believed of the workspace, is there to be read.
    private func request(_ call: ToolCall) -> Request {
        let path = call.arguments["path"]?.string ?? ""
        let isOwn = [OutputStore.inside, AgentWorld.skills, TrustedFiles.inside]
            .contains { path.hasPrefix("\($0)/") }
        let reads = ["read", "grep", "ls", "find"].contains(call.name)
        let isPlain = !path.split(separator: "/").contains("..")
        return isOwn && reads && isPlain
            ? Request(tool: call.name)
            : Request(tool: call.name, arguments: .object(call.arguments))
    }

    private func limits(of call: ToolCall) throws -> CallLimits {
        var limits = CallLimits(policy, tool: call.name, layer: try sandboxes.layers())
        if call.name == "bash", let seconds = call.arguments["timeout"]?.number?.int,
            .seconds(seconds) < limits.wall.value
        {
            limits.wall = CallLimits.Limit(.seconds(seconds), origin: "the call's own timeout")
        }
        return limits
    }

    /// What a tool of ours writes it has cut already, and a picture is larger than any text.
    private static func withRoom(_ limits: CallLimits) -> CallLimits {
        var limits = limits
        limits.outputKept = CallLimits.Limit(.mebibytes(16), origin: limits.outputKept.origin)
        return limits
    }

    // MARK: - Doing

    private struct Performed: Sendable {
        let result: CallResult
        /// What it asked of the network; nil if it has none.
        let decided: GateReport?
    }

    private func perform(
        _ call: ToolCall, at path: String?, _ limits: CallLimits, _ output: CallOutput,
        _ stopper: Stopper
    ) throws -> Performed {
        let isShell = call.name == "bash"
        var environment = prepared.call.environment
        if !isShell { environment.append("PI_DECIDES=1") }
        if let path, let variable = RawText("PI_REAL=\(path)") { environment.append(variable) }
        if let stamp = stamp(of: call), let variable = RawText("PI_STAMP=\(stamp)") {
            environment.append(variable)
        }
        let command = call.arguments["command"]?.string ?? ""
        let spec = CallSpec(
            program: FilePath(isShell ? "/bin/bash" : Self.program),
            // A command with a zero byte in it is none; the shell would see half of it.
            arguments: isShell
                ? [
                    "bash", "-c",
                    RawText(command) ?? "echo 'the command has a zero byte in it' >&2; exit 2",
                ]
                : ["pi-tool", RawText(call.name) ?? ""],
            environment: environment, workingFolder: prepared.call.workingFolder,
            limits: isShell ? limits : Self.withRoom(limits))
        let sink = CallStreams.Sink(descriptor: stopper.borrowed) { bytes throws(SystemError) in
            output.take(bytes)
            return bytes.count
        }
        let input: CallStreams.Input =
            isShell
            ? .nothing
            : .bytes(JSONWriter.write(.object(call.arguments), layout: .compact))
        let network = try prepared.gate?.call(by: call.name)
        let result = try sandboxes.call(
            spec,
            CallStreams(
                input: input, sinks: isShell ? [.stdout: sink] : [:],
                signals: stopper.borrowed, nextSignal: { stopper.next() }, mergesOutputs: isShell,
                network: network))
        return Performed(result: result, decided: try network?.end())
    }

    func key(_ call: ToolCall) -> String? {
        guard ["read", "write", "edit"].contains(call.name),
            let path = call.arguments["path"]?.string
        else { return nil }
        var names: [Substring] = []
        for name in prepared.policy.surroundings.absolute(path).split(separator: "/") {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return names.joined(separator: "/")
    }

    private func stamp(of call: ToolCall) -> String? {
        guard ["write", "edit"].contains(call.name), let key = key(call) else { return nil }
        return state.withLock { $0.stamps[key] }
    }
}

extension ResolvedPolicy {
    /// How often a tool may be called in a run, and where that stands.
    fileprivate func calls(of tool: String) -> (count: Int, origin: String)? {
        ([value] + bounds.map(\.value)).compactMap { value -> (Int, String)? in
            guard let found = value.value(at: ["tools", tool, "calls"]), let count = found.count
            else { return nil }
            return (count, "tools.\(tool).calls, \(found.origin.description)")
        }.min { $0.0 < $1.0 }
    }
}

extension Duration {
    /// As people say it: `0.4 s`, `12 s`.
    var rounded: String {
        let tenths = milliseconds / 100
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) s" : "\(tenths / 10) s"
    }
}
