import PiSystem

/// What each side says, passed on to the other at the pace of the slower.
extension GateConnection {
    /// With what the other side has said already.
    func relay(having told: [UInt8] = []) throws(SystemError) {
        stage = .relaying
        lastNews = loop.now
        down.waiting = told
        down.count = told.count
        guard count(sent: said.count) else { return }
        up.waiting = said
        said = []
        try flushUp()
        try flushDown()
        try watchBoth()
    }

    func insideIsReady(_ ready: Readiness.Interest) {
        do throws(SystemError) {
            switch stage {
            case .opening: try open()
            case .relaying:
                if !down.waiting.isEmpty { try flushDown() }
                if up.waiting.isEmpty, !up.sourceHasEnded, stage == .relaying { try moveUp() }
                try watchBoth()
            // It has nothing to say yet that anybody could hear.
            case .dialing: try inside.watch([], in: loop)
            case .resolving, .asking, .over: break
            }
        } catch {
            cut(up.count + down.count > 0 ? .broken : .failed(error.sentence))
        }
    }

    func outsideIsReady(_ ready: Readiness.Interest) {
        guard stage == .relaying || stage == .asking else { return }
        do throws(SystemError) {
            if stage == .asking { return try hearProxy() }
            if !up.waiting.isEmpty { try flushUp() }
            if down.waiting.isEmpty, !down.sourceHasEnded, stage == .relaying { try moveDown() }
            try watchBoth()
        } catch {
            cut(up.count + down.count > 0 ? .broken : .failed(error.sentence))
        }
    }

    private func moveUp() throws(SystemError) {
        guard let room = room(terms.upload, loop.uses[terms.rule]?.sent) else {
            return cut(.limited("the rule has let out its \(ByteCount(terms.upload ?? 0))"))
        }
        guard let count = try read(from: inside, atMost: room) else { return }
        lastNews = loop.now
        guard count > 0 else {
            up.sourceHasEnded = true
            return try flushUp()
        }
        guard self.count(sent: count) else { return }
        if requests != nil {
            guard let through = pass(loop.buffer.contents()) else { return }
            up.waiting = through
            return try flushUp()
        }
        up.waiting = try write(count, to: outside)
    }

    private func moveDown() throws(SystemError) {
        guard let room = room(terms.download, loop.uses[terms.rule]?.received) else {
            return cut(.limited("the rule has let in its \(ByteCount(terms.download ?? 0))"))
        }
        guard let count = try read(from: outside, atMost: room) else { return }
        lastNews = loop.now
        guard count > 0 else {
            down.sourceHasEnded = true
            return try flushDown()
        }
        down.count += count
        loop.uses[terms.rule]?.receive(count)
        down.waiting = try write(count, to: inside)
    }

    private func read(from side: Side, atMost limit: Int) throws(SystemError) -> Int? {
        guard let socket = side.socket else { return nil }
        return try loop.buffer.read(from: socket.descriptor, atMost: limit)
    }

    /// What could not be taken now.
    private func write(_ count: Int, to side: Side) throws(SystemError) -> [UInt8] {
        guard let socket = side.socket else { return [] }
        let taken = try loop.buffer.write(from: 0, to: socket.descriptor)
        return taken < count ? Array(loop.buffer.contents(from: taken)) : []
    }

    /// What may still be moved; nil if nothing may.
    private func room(_ limit: Int?, _ used: Int?) -> Int? {
        guard let limit else { return loop.buffer.capacity }
        let left = limit - (used ?? 0)
        return left > 0 ? left : nil
    }

    /// False if that was more than it may send, and it was cut.
    private func count(sent count: Int) -> Bool {
        up.count += count
        loop.uses[terms.rule]?.send(count)
        guard let limit = terms.upload, loop.uses[terms.rule]?.sent ?? 0 > limit else {
            return true
        }
        cut(.limited("the rule has let out its \(ByteCount(limit))"))
        return false
    }

    private func flushUp() throws(SystemError) {
        guard stage == .relaying else { return }
        if !up.waiting.isEmpty {
            up.waiting.removeFirst(try outside.write(up.waiting))
        }
        guard up.waiting.isEmpty, up.sourceHasEnded, !up.endWasPassed else { return }
        up.endWasPassed = true
        try outside.endWriting()
        endIfDone()
    }

    private func flushDown() throws(SystemError) {
        guard stage == .relaying else { return }
        if !down.waiting.isEmpty {
            down.waiting.removeFirst(try inside.write(down.waiting))
        }
        guard down.waiting.isEmpty, down.sourceHasEnded, !down.endWasPassed else { return }
        down.endWasPassed = true
        try inside.endWriting()
        endIfDone()
    }

    func endIfDone() {
        if up.endWasPassed, down.endWasPassed { cut(.done) }
    }

    private func watchBoth() throws(SystemError) {
        guard stage == .relaying else { return }
        var (inward, outward) = (Readiness.Interest(), Readiness.Interest())
        if up.waiting.isEmpty {
            if !up.sourceHasEnded { inward.insert(.readable) }
        } else {
            outward.insert(.writable)
        }
        if down.waiting.isEmpty {
            if !down.sourceHasEnded { outward.insert(.readable) }
        } else {
            inward.insert(.writable)
        }
        try inside.watch(inward, in: loop)
        try outside.watch(outward, in: loop)
    }
}
