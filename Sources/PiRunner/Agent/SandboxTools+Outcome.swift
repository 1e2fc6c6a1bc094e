import PiAI
import PiAgent
import PiGate
import PiJSON
import PiSandbox
import PiSystem
import Synchronization

extension SandboxTools {
    /// What became of a call, in words for the model.
    func outcome(
        of call: ToolCall, _ result: CallResult, _ decided: GateReport?, _ output: CallOutput,
        wasStopped: Bool, _ number: Int, kept: CallLimits.Limit<ByteCount>
    ) -> CallOutcome {
        var details = JSONObject()
        details["call"] = .number(JSONNumber(number))
        details["ms"] = .number(JSONNumber(result.usage.wall.milliseconds))
        if let decided, !decided.records.isEmpty { details["network"] = decided.json }
        func outcome(_ way: CallOutcome.Way, _ text: String) -> CallOutcome {
            details["way"] = .string(way.rawValue)
            return CallOutcome(way, text, details: .object(details))
        }
        let isShell = call.name == "bash"
        let printed = isShell ? output.result : Self.text(result.output[.stderr])
        let before =
            printed.isEmpty ? "" : printed.hasSuffix("\n") ? "\(printed)\n" : "\(printed)\n\n"
        if wasStopped {
            return outcome(
                .interrupted,
                "\(before)[Interrupted after \(result.usage.wall.rounded), as the run was ended. What it had done is done.]"
            )
        }
        if case .limit(let hit) = result.ending {
            details["limit"] = .string(hit.key)
            return outcome(
                .limited,
                "\(before)[Ended by the limit \(hit.key): \(hit.value) (\(hit.origin)). \(Self.advice(hit))]"
            )
        }
        var notes = result.refusals.prefix(3).map { "\($0.program): \($0.sentence)" }
        notes += (decided?.refused ?? []).prefix(5).map(\.sentence)
        if result.ending != .exited(code: 0) {
            notes += ExecDenials.hinted(by: printed, prepared).prefix(2).map(\.sentence)
        }
        for hit in result.hits {
            notes.append("it met the limit \(hit.key): \(hit.value) (\(hit.origin))")
        }
        if result.leftBehind > 0 {
            notes.append(
                "\(counted(result.leftBehind, "process", "processes")) still ran, and ended with the call: nothing runs on behind it"
            )
        }
        let told = notes.isEmpty ? "" : "\n" + notes.map { "[\($0)]" }.joined(separator: "\n")
        switch result.ending {
        case .exited(code: 0) where isShell:
            details["exitCode"] = 0
            return outcome(.finished, (printed.isEmpty ? "(no output)" : printed) + told)
        case .exited(code: 0): return toolResult(of: call, result, details, kept: kept)
        case .exited(let code):
            details["exitCode"] = .number(JSONNumber(code))
            return outcome(
                .failed, isShell ? "\(before)(exit code \(code))\(told)" : printed + told)
        case .killed(let signal):
            return outcome(.failed, "\(before)(killed by \(signal))\(told)")
        case .limit: preconditionFailure("told above")
        }
    }

    /// What a tool of ours has written: bounded, and read like anything else that comes out of a sandbox.
    private func toolResult(
        of call: ToolCall, _ result: CallResult, _ details: JSONObject,
        kept limit: CallLimits.Limit<ByteCount>
    ) -> CallOutcome {
        var details = details
        let kept = result.output[.stdout]
        let bytes = (kept?.head ?? []) + (kept?.tail ?? [])
        // What is no JSON is told as such below.
        let json = try? JSONReader.read(bytes, .interchange(sizeLimit: 64 << 20)).value
        guard let json, kept?.cut == 0, let parts = json["content"],
            case .user(let message)? = Message(["role": "user", "content": parts])
        else {
            details["way"] = "failed"
            return CallOutcome(
                .failed,
                "The result of `\(call.name)` was not understood, or is larger than a result may be (limits.output.keep).",
                details: .object(details))
        }
        for member in json["details"]?.object?.members ?? [] { details[member.name] = member.value }
        if let key = key(call), let stamp = json["details"]?["stamp"]?.string {
            state.withLock { $0.stamps[key] = stamp }
        }
        details["way"] = "finished"
        return CallOutcome(
            .finished, message.content.map { Self.cut($0, limit) }, details: .object(details))
    }

    /// A policy may want less than the tools give.
    private static func cut(_ part: InputPart, _ limit: CallLimits.Limit<ByteCount>) -> InputPart {
        guard case .text(let text) = part, text.utf8.count > limit.value.bytes else { return part }
        let shown = String(decoding: text.utf8.prefix(limit.value.bytes), as: UTF8.self)
        return .text("\(shown)\n[cut at \(limit.value): \(limit.origin)]")
    }

    private static func text(_ kept: OutputKeeper?) -> String {
        let text = String(decoding: (kept?.head ?? []) + (kept?.tail ?? []), as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private static func advice(_ hit: LimitHit) -> String {
        switch hit.name {
        case .wall: "Do it in smaller steps."
        case .cpu: "Do it in smaller steps."
        case .memory: "Work on less at a time."
        case .processes: "Start fewer processes at a time."
        case .output: "Write to a file, and look at a part of it."
        case .openFiles, .fileSize, .written, .layerSize, .layerFiles: "Write less."
        }
    }
}
