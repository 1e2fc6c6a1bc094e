import PiSystem

/// What a rule has let through, in the time that its limits are for.
struct RuleUse {
    var sent = 0
    var received = 0
    var connections = 0
    let since: MonotonicInstant
}

extension GateLoop {
    enum Way: Hashable { case up, down }

    private func use(_ limit: GateLimit) -> RuleUse {
        if let use = uses[limit.key], limit.per.map({ now - use.since < $0 }) ?? true { return use }
        let begun = RuleUse(since: now)
        uses[limit.key] = begun
        return begun
    }

    /// Counts another; or why there may be none.
    func connect(_ terms: GateTerms) -> String? {
        for limit in terms.limits {
            guard let most = limit.connections, use(limit).connections >= most else { continue }
            return "`\(limit.key)` has had its \(most) connections"
        }
        for limit in terms.limits {
            _ = use(limit)
            uses[limit.key]?.connections += 1
        }
        return nil
    }

    /// How much may still go that way; nil if nobody limits it.
    func room(_ terms: GateTerms, _ way: Way) -> Int? {
        terms.limits.compactMap { limit in
            let use = use(limit)
            return way == .up
                ? limit.upload.map { max(0, $0 - use.sent) }
                : limit.download.map { max(0, $0 - use.received) }
        }.min()
    }

    func count(_ terms: GateTerms, _ way: Way, _ count: Int) {
        for limit in terms.limits {
            _ = use(limit)
            switch way {
            case .up: uses[limit.key]?.sent += count
            case .down: uses[limit.key]?.received += count
            }
        }
    }

    /// Which limit lets nothing more through.
    func passed(_ terms: GateTerms, _ way: Way) -> String {
        for limit in terms.limits {
            let use = use(limit)
            if way == .up, let most = limit.upload, use.sent >= most {
                return "`\(limit.key)` has let out its \(ByteCount(most))"
            }
            if way == .down, let most = limit.download, use.received >= most {
                return "`\(limit.key)` has let in its \(ByteCount(most))"
            }
        }
        return "a limit is used up"
    }
}
