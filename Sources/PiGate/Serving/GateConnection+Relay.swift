import PiSystem

/// What each side says, passed on to the other at the pace of the slower.
extension GateConnection {
    /// With what the other side has said already.
    func relay(having told: [UInt8] = []) throws(SystemError) {
        stage = .relaying
        descriptors = 2
        lastNews = loop.now
        (down.waiting, down.count) = (told, told.count)
        loop.count(terms, .down, told.count)
        if let room = loop.room(terms, .up), room < said.count {
            return cut(.limited(loop.passed(terms, .up)))
        }
        loop.count(terms, .up, said.count)
        if !said.isEmpty { lastWord = loop.now }
        (up.waiting, up.count) = (said, said.count)
        said = []
        try flushUp()
        try flushDown()
        // Most have said something by now.
        if up.waiting.isEmpty, !up.sourceHasEnded, stage == .relaying { try moveUp() }
        try watchBoth()
    }

    func insideIsReady(_ ready: Readiness.Interest) {
        do throws(SystemError) {
            switch stage {
            case .opening: try open()
            case .relaying:
                if !down.waiting.isEmpty { try flushDown() }
                if ready.isNews, up.waiting.isEmpty, !up.sourceHasEnded, stage == .relaying {
                    try moveUp()
                }
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
            if ready.isNews, down.waiting.isEmpty, !down.sourceHasEnded, stage == .relaying {
                try moveDown()
            }
            try watchBoth()
        } catch {
            cut(up.count + down.count > 0 ? .broken : .failed(error.sentence))
        }
    }

    /// Its call is over, and the program gone: what it has said is in the kernel, and goes on as far as it can.
    func finish() {
        do throws(SystemError) {
            for _ in 0..<64 {
                let before = said.count + up.count
                switch stage {
                case .opening: try open()
                case .relaying where up.waiting.isEmpty && !up.sourceHasEnded: try moveUp()
                default: return
                }
                guard said.count + up.count > before else { return }
            }
        } catch {
            cut(.broken)
        }
    }

    /// Whether what the program has said before its end could still be heard by somebody.
    var hasLastWords: Bool {
        switch stage {
        // It may have given up long ago.
        case .resolving, .dialing, .asking: loop.now - begun < Self.grace
        case .relaying: !up.endWasPassed
        case .opening, .over: false
        }
    }

    private func moveUp() throws(SystemError) {
        let room = up.wasCut ? nil : loop.room(terms, .up)
        // Where nothing more may go, one byte tells whether there is more.
        let piece = requests == nil ? call.piece : min(call.piece, 16 << 10)
        guard let count = try read(from: inside, atMost: max(1, min(room ?? piece, piece))) else {
            return
        }
        lastNews = loop.now
        guard count > 0 else {
            up.sourceHasEnded = true
            return try flushUp()
        }
        lastWord = loop.now
        guard !up.wasCut else { return }
        guard room ?? count >= count else { return cut(.limited(loop.passed(terms, .up))) }
        loop.count(terms, .up, count)
        up.count += count
        if requests != nil {
            guard let through = pass(loop.buffer.contents()) else { return }
            up.waiting = through
            return try flushUp()
        }
        do throws(SystemError) {
            up.waiting = try write(count, to: outside)
        } catch {
            stopUp(because: error)
        }
    }

    /// The server takes no more; what it has said before is still to come.
    private func stopUp(because error: SystemError? = nil) {
        // One that had ended in order says so by another number.
        if error?.errno != .brokenPipe, error?.errno != .notConnected { serverHasCut = true }
        let isSpeaking =
            !up.waiting.isEmpty || lastWord.map { loop.now - $0 < Self.grace } ?? false
        if isSpeaking { deafSince = deafSince ?? loop.now }
        up.waiting = []
        (up.wasCut, up.endWasPassed) = (true, true)
        endIfOver()
    }

    private func moveDown() throws(SystemError) {
        let room = loop.room(terms, .down)
        let count: Int?
        do throws(SystemError) {
            count = try read(from: outside, atMost: max(1, min(room ?? call.piece, call.piece)))
        } catch {
            return stopDown()
        }
        guard let count else { return }
        lastNews = loop.now
        guard count > 0 else {
            // The kernel says it once that it was cut, and whoever wrote has heard it.
            guard !serverHasCut else { return stopDown() }
            down.sourceHasEnded = true
            return try flushDown()
        }
        guard room ?? count >= count else { return cut(.limited(loop.passed(terms, .down))) }
        loop.count(terms, .down, count)
        down.count += count
        down.waiting = try write(count, to: inside)
    }

    /// The server has cut it.
    private func stopDown() {
        (down.sourceHasEnded, down.wasCut) = (true, true)
        stopUp()
    }

    /// The end of what has two ends, or of what the server has cut: when the program has had all of it.
    ///
    /// A program that is still speaking when it's cut hears of that before it reads, and loses the answer: it is listened to for a while.
    func endIfOver() {
        guard stage == .relaying, up.endWasPassed, down.endWasPassed || down.wasCut else { return }
        guard down.waiting.isEmpty else { return }
        if let deafSince, down.count > 0, !up.sourceHasEnded {
            guard loop.now - deafSince > Self.grace else { return }
        }
        guard up.wasCut || down.wasCut else { return cut(.done) }
        // What the program has not taken yet would be lost with its end.
        guard inside.socket?.descriptor.unsent ?? 0 == 0 else { return }
        let isEmpty = down.wasCut && up.count + down.count == 0
        cut(isEmpty ? .failed("the server has cut the connection") : .broken)
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

    private func flushUp() throws(SystemError) {
        guard stage == .relaying, !up.wasCut else { return endIfOver() }
        do throws(SystemError) {
            if !up.waiting.isEmpty { up.waiting.removeFirst(try outside.write(up.waiting)) }
            guard up.waiting.isEmpty, up.sourceHasEnded, !up.endWasPassed else { return }
            // It hears the same when it is closed.
            if !down.hasEndedInOrder { try outside.endWriting() }
        } catch {
            return stopUp(because: error)
        }
        up.endWasPassed = true
        endIfOver()
    }

    private func flushDown() throws(SystemError) {
        guard stage == .relaying else { return }
        if !down.waiting.isEmpty {
            down.waiting.removeFirst(try inside.write(down.waiting))
        }
        guard down.waiting.isEmpty, down.sourceHasEnded, !down.endWasPassed else { return }
        guard !down.wasCut else { return endIfOver() }
        down.endWasPassed = true
        // It hears the same when it is closed.
        if !up.hasEndedInOrder { try inside.endWriting() }
        endIfOver()
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

extension Readiness.Interest {
    private static let news: Self = [.readable, .hungUp]

    /// Whether there is something to read, or the end of it.
    fileprivate var isNews: Bool { !isDisjoint(with: .news) }
}
