import PiGate
import PiSystem

extension FuzzTarget {
    /// Whatever is asked, the answer is to that question, and no longer than it may be.
    static let nameQuestion = FuzzTarget(name: "name-question") { bytes in
        // That it is refused is no fault.
        guard let question = try? NameQuestion(bytes) else { return }
        precondition(bytes.count <= NameQuestion.longest, "a question that is too long")
        if let name = question.name {
            precondition(HostName(name.text) == name, "a name that is read as another")
            precondition(name.text.utf8.count <= 253, "a name that is too long")
        }
        let answers: [NameQuestion.Answer] = [
            .noSuchName, .nothing, .failure, .address(.loopback4), .address(.loopback6),
        ]
        for answer in answers {
            let message = question.answered(answer)
            precondition(message.count <= NameQuestion.longest + 40, "a long answer")
            precondition(message.prefix(2) == bytes.prefix(2), "the answer to another question")
            precondition(message[2] & 0x80 != 0, "an answer that is a question")
        }
    }

    /// However a hello is cut, no part of it is another hello.
    static let clientHello = FuzzTarget(name: "client-hello") { bytes in
        let whole = ClientHello.read(bytes)
        for length in [bytes.count / 2, max(0, bytes.count - 1)] {
            switch (ClientHello.read(Array(bytes.prefix(length))), whole) {
            case (.more, _): continue
            case (.hello(let part), .hello(let all)):
                precondition(part == all, "the beginning names somebody else")
            case (.hello, _): continue
            case (.fault(let part), .fault(let all)):
                precondition(part == all, "the beginning is wrong in another way")
            case (.fault, _): preconditionFailure("what was wrong has become right")
            }
        }
    }

    /// However requests are cut, the same goes on, which is what came, and each head of it names the host.
    static let requestStream = FuzzTarget(name: "request-stream") { bytes in
        let host = HostName("a.example")!
        func take(_ parts: [ArraySlice<UInt8>]) -> (through: [UInt8], requests: Int, isWhole: Bool)
        {
            var stream = RequestStream(to: host, port: 80)
            var through: [UInt8] = []
            for part in parts {
                // That it is refused is no fault.
                guard let more = try? stream.take(part) else {
                    return (through, stream.requests, false)
                }
                through += more
            }
            return (through, stream.requests, true)
        }
        let whole = take([bytes[...]])
        let cut = take([bytes.prefix(bytes.count / 3), bytes.dropFirst(bytes.count / 3)])
        let single = take(bytes.indices.map { bytes[$0...$0] })
        for other in [cut, single] {
            precondition(bytes.starts(with: other.through), "something else goes on than came")
            precondition(whole.isWhole == other.isWhole, "the cut has changed the verdict")
            if whole.isWhole {
                precondition(other.through == whole.through, "the cut has changed what goes on")
                precondition(other.requests == whole.requests, "the cut has changed the count")
            }
        }
        let text = String(decoding: single.through, as: UTF8.self).lowercased()
        precondition(
            single.requests == 0 || text.contains("a.example"), "a head that names another host")
    }

    /// However it is cut, nobody else is asked for, and what is to go on is of what came.
    static let proxyRequest = FuzzTarget(name: "proxy-request") { bytes in
        for greeted in [false, true] {
            let whole = ProxyRequest.read(bytes, greeted: greeted)
            switch whole {
            case .request(.socks(_, let end)), .request(.connect(_, let end)), .say(_, let end):
                precondition(end <= bytes.count, "more is gone than came")
                precondition(
                    ProxyRequest.read(Array(bytes.prefix(end)), greeted: greeted) == whole,
                    "what is behind it has changed it")
            case .more, .fault, .request(.page): continue
            }
        }
    }
}
