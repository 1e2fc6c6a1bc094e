import CSandbox
import PiSystem

extension RunningCall {
    /// What it left; nothing of it writes any more.
    mutating func lookAtLayerOnceMore() {
        if let layer = spec.limits.layer, layer.isHeld {
            // The kernel has told the program, which may have gone on without what it could not write.
            let full = sandbox.isLayerFull()
            if full.bytes, layer.size != nil { hits.append(hit(.layerSize)) }
            if full.names, layer.files != nil { hits.append(hit(.layerFiles)) }
        }
        guard let passed = layerWatch?.lookAtRest().map({ hit($0) }) else { return }
        // Whatever has ended it.
        if !hits.contains(passed) { hits.append(passed) }
        killedBy = killedBy ?? passed
    }

    var ranOutOfMemory: Bool { (slot.cgroup?.counted().outOfMemory ?? 0) > 0 }

    func hit(_ name: LimitHit.Name) -> LimitHit {
        guard let hit = spec.limits.listed.first(where: { $0.name == name }) else {
            preconditionFailure("what is not limited is not hit")
        }
        return hit
    }

    mutating func result() throws -> CallResult {
        guard let ended, let facts else {
            throw sandbox.readNews() ?? whyNothingBegan(LaunchError(.none, nil, .brokenPipe))
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
        lookAtLayerOnceMore()
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
            facts: WallFacts(facts), readerHasGone: readerHasGone,
            leftBehind: Int(ended.count))
    }
}
