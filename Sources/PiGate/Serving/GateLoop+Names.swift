import PiSystem

/// The stub for names: it answers itself, and asks nobody.
extension GateLoop {
    func answerQuestions(of call: CallState) {
        let socket = call.doors.questions
        do throws(SystemError) {
            for _ in 0..<64 {
                guard
                    let (message, sender) = try Datagrams.receive(
                        from: socket.descriptor, limit: ByteCount(NameQuestion.longest + 1))
                else { return }
                guard let answer = answer(message, of: call) else { continue }
                Datagrams.send(answer, to: sender, on: socket.descriptor)
            }
        } catch {
            // Of a datagram that could not be answered the kernel tells with the next.
        }
    }

    /// Nil if there is nobody to answer to.
    func answer(_ message: [UInt8], of call: CallState) -> [UInt8]? {
        do throws(NameQuestion.Fault) {
            let question = try NameQuestion(message)
            return question.answered(decide(question, of: call))
        } catch {
            guard case .refused(let id, let code) = error else { return nil }
            return NameQuestion.refusal(of: id, code: code)
        }
    }

    private func decide(
        _ question: NameQuestion, of call: CallState
    ) -> NameQuestion.Answer {
        guard let name = question.name else {
            call.report.note(
                .denied, "a name", rule: "network", reason: "no host has a name like that")
            return .noSuchName
        }
        switch call.rules.name(name) {
        case .denied(let rule, let reason):
            call.report.note(.denied, name.text, rule: rule, reason: reason)
            return .noSuchName
        case .allowed(let terms):
            let isNew = !names.knows(name)
            guard !isNew || call.newNames < CallState.mostNames,
                let pair = names.addresses(for: name)
            else {
                call.report.note(
                    .limited, name.text, rule: terms.rule,
                    reason: "too many names have been asked for")
                return .failure
            }
            if isNew { call.newNames += 1 }
            switch question.kind {
            case .address4: return .address(pair.v4)
            case .address6: return .address(pair.v6)
            case .other: return .nothing
            }
        }
    }

    func acceptQuestions(of call: CallState) {
        do throws(SystemError) {
            for _ in 0..<64 {
                guard
                    let accepted = try Accepted.next(on: call.doors.questionStreams.descriptor)
                else { return }
                guard call.streams.count < CallState.mostStreams else { continue }
                QuestionStream.begin(accepted, of: call, in: self)
            }
        } catch {
            call.suspend(in: self, until: now + .milliseconds(100))
        }
    }
}

/// Questions that come one after another on a connection, each with its length before it.
final class QuestionStream {
    private let socket: Descriptor
    private unowned let call: CallState
    private unowned let loop: GateLoop
    private let number: UInt64
    private let end: MonotonicInstant
    private var token: UInt64?
    private var interest: Readiness.Interest = .readable
    private var asked: [UInt8] = []
    private var answers: [UInt8] = []
    private var hasEnded = false

    private init(_ accepted: consuming Accepted, of call: CallState, in loop: GateLoop) {
        socket = accepted.takeDescriptor()
        self.call = call
        self.loop = loop
        number = loop.newNumber()
        end = loop.now + .seconds(30)
    }

    static func begin(_ accepted: consuming Accepted, of call: CallState, in loop: GateLoop) {
        let stream = QuestionStream(accepted, of: call, in: loop)
        stream.token = loop.watch(stream.socket, .readable, as: .questionStream(stream))
        guard stream.token != nil else { return }
        call.streams[stream.number] = stream
    }

    func isOver(at now: MonotonicInstant) -> Bool { end <= now }

    func close() {
        call.streams[number] = nil
        guard let token else { return }
        self.token = nil
        loop.forget(token, socket, interest)
    }

    func goOn(_ ready: Readiness.Interest) {
        do throws(SystemError) {
            if answers.isEmpty, let read = try socket.read(upTo: .kibibytes(2), from: "a question")
            {
                if read.isEmpty { hasEnded = true }
                asked += read
            }
            while answers.isEmpty, let message = nextQuestion() {
                guard let answer = loop.answer(message, of: call) else { return close() }
                answers = [UInt8(answer.count >> 8), UInt8(answer.count & 0xFF)] + answer
                try flush()
            }
            try flush()
            guard !answers.isEmpty || !hasEnded else { return close() }
            try watch(answers.isEmpty ? .readable : .writable)
        } catch {
            close()
        }
    }

    private func nextQuestion() -> [UInt8]? {
        guard asked.count >= 2 else { return nil }
        let length = Int(asked[0]) << 8 | Int(asked[1])
        guard length <= NameQuestion.longest else {
            // Nothing after it can be found.
            asked = []
            hasEnded = true
            return nil
        }
        guard asked.count >= 2 + length else { return nil }
        defer { asked.removeFirst(2 + length) }
        return Array(asked[2..<2 + length])
    }

    private func flush() throws(SystemError) {
        while !answers.isEmpty {
            guard let taken = try socket.write(answers[...], to: "an answer") else { return }
            answers.removeFirst(taken)
        }
    }

    private func watch(_ wanted: Readiness.Interest) throws(SystemError) {
        guard let token, wanted != interest else { return }
        try loop.readiness.watch(socket, token, from: interest, to: wanted)
        interest = wanted
    }
}
