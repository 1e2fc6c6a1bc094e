import CSandbox
import PiSystem

extension RunningCall {
    func hit(_ name: LimitHit.Name) -> LimitHit {
        let limits = spec.limits
        let (value, origin): (String, String) =
            switch name {
            case .wall: ("\(limits.wall.value.shown)", limits.wall.origin)
            case .cpu: ("\(limits.processor.value.shown)", limits.processor.origin)
            case .memory: ("\(limits.memory.value)", limits.memory.origin)
            case .processes: ("\(limits.processes.value)", limits.processes.origin)
            case .output: ("\(limits.outputHard.value)", limits.outputHard.origin)
            case .openFiles: ("\(limits.openFiles.value)", limits.openFiles.origin)
            case .fileSize: ("\(limits.fileSize.value)", limits.fileSize.origin)
            case .written:
                (limits.written.map { "\($0.value)" } ?? "", limits.written?.origin ?? "")
            }
        return LimitHit(name: name, value: value, origin: origin)
    }

    mutating func result() throws -> CallResult {
        guard let ended, let facts else {
            throw sandbox.readNews() ?? LaunchError(.none, nil, .brokenPipe)
        }
        let counted = slot.cgroup?.counted()
        let bySignal = ended.by_signal != 0 ? Signal(rawValue: ended.code) : nil
        if let counted, counted.outOfMemory > 0 {
            hits.append(hit(.memory))
            if bySignal == .kill, killedAt == nil { killedBy = killedBy ?? hit(.memory) }
        }
        if (counted?.refusedProcesses ?? 0) > 0 { hits.append(hit(.processes)) }
        if bySignal == .processorLimit { killedBy = killedBy ?? hit(.cpu) }
        if bySignal == .fileSizeLimit { killedBy = killedBy ?? hit(.fileSize) }
        if let killedBy, !hits.contains(killedBy) { hits.append(killedBy) }
        let ending: CallResult.Ending =
            if let killedBy { .limit(killedBy) } else if let bySignal { .killed(by: bySignal) } else
            {
                .exited(code: ended.code)
            }
        return CallResult(
            ending: ending, hits: hits,
            usage: CallResult.Usage(
                wall: Clock<Boot>.system.now - start, user: .microseconds(ended.user_us),
                system: .microseconds(ended.system_us),
                peakMemory: counted?.peakMemory ?? .kibibytes(Int(ended.peak_kib)),
                written: ByteCount(Int(ended.written))),
            refusals: refusals.map(CallResult.Refusal.init),
            moreRefusals: Int(ended.more_refusals),
            refusalsReported: facts.refusals_reported == 1, output: kept, dropped: dropped,
            facts: WallFacts(facts), readerHasGone: readerHasGone)
    }
}
