import PiAI
import PiAgent
import PiJSON
import PiTesting
import Testing

@testable import PiAgent

@Suite struct AgentLoopTests {
    private static let done = CallOutcome(.finished, "done")

    private static func asking() -> AgentLoop {
        var loop = AgentLoop(Made.tools)
        _ = loop.after(.prompted([Made.user("hi")]))
        _ = loop.after(.turnGranted)
        return loop
    }

    private static func calling(_ calls: [ToolCall]) -> AgentLoop {
        var loop = asking()
        _ = loop.after(.answered(Made.answer(calls: calls)))
        return loop
    }

    @Test func `a question, its answer, the end`() {
        var loop = AgentLoop(Made.tools)
        #expect(loop.after(.prompted([Made.user("hi")])) == ["user:hi", "reserve"])
        #expect(loop.after(.turnGranted) == ["ask"])
        #expect(
            loop.after(.answered(Made.answer("done"))) == [
                "answer:stop", "end turn", "end:finished",
            ])
        #expect(loop.state == .ended(.finished))
    }

    @Test func `a call is reserved, run, and answered before the next request`() {
        var loop = Self.asking()
        #expect(
            loop.after(.answered(Made.answer(calls: [Made.call("a", "read", "x")])))
                == ["answer:toolUse", "reserve:a"])
        #expect(loop.after(.callGranted(id: "a")) == ["run:a"])
        #expect(
            loop.after(.callEnded(id: "a", Self.done)) == ["result:a", "end turn", "reserve"])
    }

    @Test func `what conflicts is done in order, all else at once`() {
        var loop = Self.asking()
        let calls = [
            Made.call("a", "write", "x"), Made.call("b", "write", "x"),
            Made.call("c", "write", "y"),
            Made.call("d", "read", "z"), Made.call("e", "bash", "test"),
        ]
        // A command waits for the writes before it, a read for writes too; writes of two files do not wait.
        #expect(
            loop.after(.answered(Made.answer(calls: calls)))
                == ["answer:toolUse", "reserve:a", "reserve:c"])
        for id in ["a", "c"] { #expect(loop.after(.callGranted(id: id)) == ["run:\(id)"]) }
        #expect(loop.after(.callEnded(id: "c", Self.done)) == ["result:c"])
        #expect(loop.after(.callEnded(id: "a", Self.done)) == ["result:a", "reserve:b"])
        #expect(loop.after(.callGranted(id: "b")) == ["run:b"])
        #expect(
            loop.after(.callEnded(id: "b", Self.done)) == ["result:b", "reserve:d", "reserve:e"])
    }

    @Test func `what is no call has its result at once, and says what there is`() throws {
        var loop = Self.asking()
        var broken = Made.call("c", "read", "x")
        broken.argumentsError = "cut off"
        let calls = [
            Made.call("a", "raed", "x"), ToolCall(id: "b", name: "read", arguments: JSONObject()),
            broken, Made.call("d", "read", "x"),
        ]
        let actions = loop.receive(.answered(Made.answer(calls: calls)), at: 1)
        #expect(
            actions.map(\.told) == [
                "answer:toolUse", "result:a!", "result:b!", "result:c!", "reserve:d",
            ])
        let texts = actions.compactMap { action -> String? in
            guard case .record(.toolResult(let result)) = action else { return nil }
            return result.content.joinedText
        }
        #expect(
            texts[0]
                == "There is no tool `raed`. Did you mean `read`? Those there are: `read`, `write`, `bash`."
        )
        #expect(texts[1].contains("/path: it is missing"))
        #expect(texts[2].contains("cut off"))
    }

    @Test func `of two calls with one id the second has its word behind the result of the first`() {
        var loop = AgentLoop(Made.tools)
        _ = loop.after(.prompted([Made.user("go")]))
        _ = loop.after(.turnGranted)
        let calls = [Made.call("a", "read", "x"), Made.call("a", "read", "y")]
        #expect(
            loop.after(.answered(Made.answer(calls: calls))) == ["answer:toolUse", "reserve:a"])
        #expect(loop.after(.callGranted(id: "a")) == ["run:a"])
        let actions = loop.receive(.callEnded(id: "a", Self.done), at: 1)
        #expect(actions.map(\.told) == ["result:a", "result:a!", "end turn", "reserve"])
        guard case .record(.toolResult(let second)) = actions[1] else {
            Issue.record("the second has no result")
            return
        }
        #expect(second.content.joinedText.contains("same id"))
    }

    @Test func `steering comes behind the batch, a follow-up at the end`() {
        var loop = Self.calling([Made.call("a", "read", "x"), Made.call("b", "read", "y")])
        #expect(loop.after(.steered(.now(Made.user("stop that")))) == [])
        #expect(loop.after(.steered(.now(Made.user("and this")))) == [])
        #expect(loop.after(.steered(.later(Made.user("then more")))) == [])
        for id in ["a", "b"] { _ = loop.after(.callGranted(id: id)) }
        #expect(loop.after(.callEnded(id: "a", Self.done)) == ["result:a"])
        #expect(
            loop.after(.callEnded(id: "b", Self.done))
                == ["result:b", "end turn", "user:stop that", "reserve"])
        _ = loop.after(.turnGranted)
        #expect(
            loop.after(.answered(Made.answer("x"))) == [
                "answer:stop", "end turn", "user:and this", "reserve",
            ])
        _ = loop.after(.turnGranted)
        #expect(
            loop.after(.answered(Made.answer("x"))) == [
                "answer:stop", "end turn", "user:then more", "reserve",
            ])
    }

    @Test func `all that waits can come at once`() {
        var settings = AgentLoop.Settings()
        settings.steeringMode = .all
        var loop = AgentLoop(Made.tools, settings)
        _ = loop.after(.prompted([Made.user("hi")]))
        _ = loop.after(.turnGranted)
        for text in ["one", "two"] { _ = loop.after(.steered(.now(Made.user(text)))) }
        #expect(
            loop.after(.answered(Made.answer("x")))
                == ["answer:stop", "end turn", "user:one", "user:two", "reserve"])
    }

    @Test func `an abort waits for what runs, and starts nothing`() {
        var loop = Self.calling([
            Made.call("a", "write", "x"), Made.call("b", "read", "y"), Made.call("c", "bash", "z"),
        ])
        _ = loop.after(.callGranted(id: "a"))
        #expect(loop.after(.aborted) == ["result:b!", "result:c!", "cancel"])
        #expect(loop.after(.callGranted(id: "b")) == [])
        #expect(loop.after(.aborted) == [])
        #expect(
            loop.after(.callEnded(id: "a", CallOutcome(.interrupted, "x")))
                == ["result:a!", "end turn", "end:aborted"])
    }

    @Test func `an abort of a request keeps what was said, and no call of it`() {
        var loop = Self.asking()
        #expect(loop.after(.aborted) == ["cancel"])
        #expect(
            loop.after(
                .failed(ModelError(.cancelled, "x"), Made.answer("half", stop: .aborted)))
                == ["answer:aborted", "end turn", "end:aborted"])
        var late = Self.asking()
        _ = late.after(.aborted)
        #expect(
            late.after(.answered(Made.answer(calls: [Made.call("a", "bash", "x")])))
                == ["answer:aborted", "end turn", "end:aborted"])
    }

    @Test func `a failure that may pass is tried again, three times in all`() {
        var loop = Self.asking()
        let error = ModelError(.overloaded, "busy")
        #expect(loop.after(.failed(error, Made.failure())) == ["tell", "reserve"])
        #expect(loop.after(.turnGranted) == ["ask1"])
        #expect(
            loop.after(.failed(error, Made.failure("half"))) == ["answer:error", "tell", "reserve"])
        #expect(loop.after(.turnGranted) == ["ask2"])
        #expect(loop.after(.failed(error, Made.failure())) == ["end:failed"])
        var other = Self.asking()
        #expect(
            other.after(.failed(ModelError(.authentication, "no"), Made.failure()))
                == ["end:failed"])
    }

    @Test func `a conversation that is too long is summed up once, then asked again`() {
        var loop = Self.asking()
        let error = ModelError(.contextOverflow, "too long")
        #expect(loop.after(.failed(error, Made.failure())) == ["compact:overflow"])
        #expect(loop.after(.compacted) == ["reserve"])
        _ = loop.after(.turnGranted)
        #expect(loop.after(.failed(error, Made.failure())) == ["end:failed"])
        var threshold = AgentLoop(Made.tools)
        _ = threshold.after(.prompted([Made.user("hi")]))
        #expect(threshold.after(.turnTooLong) == ["compact:threshold"])
        #expect(threshold.after(.notCompacted(nil)) == ["reserve"])
        // Whatever is asked has been reserved.
        #expect(threshold.after(.turnTooLong) == ["reserve"])
        #expect(threshold.after(.turnGranted) == ["ask"])
    }

    @Test func `a summary without which nothing goes on is tried again, then by another model`() {
        var settings = AgentLoop.Settings()
        settings.fallbacks = 1
        var loop = AgentLoop(Made.tools, settings)
        _ = loop.after(.prompted([Made.user("hi")]))
        _ = loop.after(.turnGranted)
        let tooLong = ModelError(.contextOverflow, "too long")
        #expect(loop.after(.failed(tooLong, Made.failure())) == ["compact:overflow"])
        let busy = ModelError(.overloaded, "busy")
        #expect(loop.after(.notCompacted(busy)) == ["tell", "compact1:overflow"])
        #expect(loop.after(.notCompacted(busy)) == ["tell", "compact2:overflow"])
        #expect(loop.after(.notCompacted(busy)) == ["fallback", "reserve"])
        #expect(loop.after(.turnGranted) == ["ask1"])
        // The next has a window of its own.
        #expect(loop.after(.failed(tooLong, Made.failure())) == ["compact:overflow"])
        #expect(loop.after(.compacted) == ["reserve"])
        #expect(loop.after(.turnGranted) == ["ask"])

        var alone = Self.asking()
        _ = alone.after(.failed(tooLong, Made.failure()))
        #expect(alone.after(.notCompacted(ModelError(.quota, "paid out"))) == ["end:failed"])
        var empty = Self.asking()
        _ = empty.after(.failed(tooLong, Made.failure()))
        #expect(empty.after(.notCompacted(nil)) == ["end:failed"])
    }

    @Test func `an empty answer and one that is cut off are asked for again, and not for ever`() {
        var loop = Self.asking()
        for _ in 1...2 {
            #expect(
                loop.after(.answered(Made.answer())) == [
                    "answer:stop", "user:Your answer was empt", "reserve",
                ])
            _ = loop.after(.turnGranted)
        }
        #expect(loop.after(.answered(Made.answer())) == ["answer:stop", "end:silent"])
        var cut = Self.asking()
        for _ in 1...3 {
            #expect(
                cut.after(.answered(Made.answer("x", stop: .length))) == [
                    "answer:length", "user:Your answer was cut ", "reserve",
                ])
            _ = cut.after(.turnGranted)
        }
        #expect(
            cut.after(.answered(Made.answer("x", stop: .length)))
                == ["answer:length", "end:cut off"])
    }

    @Test func `a budget that is used up ends it with a result for every call`() {
        var loop = Self.calling([Made.call("a", "read", "x"), Made.call("b", "read", "y")])
        _ = loop.after(.callGranted(id: "a"))
        #expect(loop.after(.callRefused(id: "b", Made.hit)) == ["result:b!"])
        #expect(
            loop.after(.callEnded(id: "a", Self.done)) == ["result:a", "end turn", "end:budget"])
        var waiting = Self.calling([Made.call("a", "write", "x"), Made.call("b", "write", "x")])
        #expect(
            waiting.after(.callRefused(id: "a", Made.hit))
                == ["result:a!", "result:b!", "end turn", "end:budget"])
        var turn = AgentLoop(Made.tools)
        _ = turn.after(.prompted([Made.user("hi")]))
        #expect(turn.after(.turnRefused(Made.hit)) == ["end:budget"])
    }

    @Test func `the same call with the same result is told, then ended`() {
        var loop = Self.asking()
        var ended: [String] = []
        for round in 1...10 {
            _ = loop.after(.answered(Made.answer(calls: [Made.call("\(round)", "read", "x")])))
            _ = loop.after(.callGranted(id: "\(round)"))
            ended = loop.after(.callEnded(id: "\(round)", Self.done))
            if round == 4 {
                #expect(
                    ended == [
                        "result:4", "end turn", "tell", "user:(From the runner: Th", "reserve",
                    ])
            }
            if ended.last == "end:stuck" {
                #expect(round == 7)
                break
            }
            _ = loop.after(.turnGranted)
        }
        #expect(ended == ["result:7", "end turn", "end:stuck"])
    }

    @Test
    func `of many calls a few run at a time, and no answer has more than there is a place for`() {
        var loop = Self.asking()
        let calls = (1...200).map { Made.call("\($0)", "read", "\($0)") }
        let actions = loop.after(.answered(Made.answer(calls: calls)))
        #expect(actions.count { $0.hasPrefix("reserve:") } == 8)
        #expect(actions.count { $0.hasPrefix("result:") } == 72)
        _ = loop.after(.callGranted(id: "1"))
        #expect(loop.after(.callEnded(id: "1", Self.done)) == ["result:1", "reserve:9"])
    }

    @Test func `the same call many times in one answer is told before it is ended`() {
        var loop = Self.asking()
        let calls = (1...8).map { Made.call("\($0)", "read", "x") }
        _ = loop.after(.answered(Made.answer(calls: calls)))
        var last: [String] = []
        for id in 1...8 {
            _ = loop.after(.callGranted(id: "\(id)"))
            last = loop.after(.callEnded(id: "\(id)", Self.done))
        }
        #expect(last.contains("tell"))
        #expect(last.last == "reserve")
    }

    @Test func `two spellings of one file keep their order`() {
        var loop = Self.asking()
        let calls = [
            Made.call("a", "write", "x/y"), Made.call("b", "write", "./x/z/../y"),
            Made.call("c", "write", "@x/y"),
        ]
        #expect(
            loop.after(.answered(Made.answer(calls: calls))) == ["answer:toolUse", "reserve:a"])
    }

    @Test func `waiting for something that changes is no circle`() {
        var loop = Self.asking()
        for round in 1...20 {
            _ = loop.after(.answered(Made.answer(calls: [Made.call("\(round)", "bash", "date")])))
            _ = loop.after(.callGranted(id: "\(round)"))
            #expect(
                loop.after(.callEnded(id: "\(round)", CallOutcome(.finished, "\(round)")))
                    == ["result:\(round)", "end turn", "reserve"])
            _ = loop.after(.turnGranted)
        }
    }

    @Test func `calls in turn are a circle, too, and a stronger model takes over`() {
        var settings = AgentLoop.Settings()
        settings.hasStronger = true
        var loop = AgentLoop(Made.tools, settings)
        _ = loop.after(.prompted([Made.user("hi")]))
        var told: [String] = []
        for round in 1...8 {
            _ = loop.after(.turnGranted)
            let name = round.isMultiple(of: 2) ? "x" : "y"
            _ = loop.after(.answered(Made.answer(calls: [Made.call("\(round)", "read", name)])))
            _ = loop.after(.callGranted(id: "\(round)"))
            told = loop.after(.callEnded(id: "\(round)", Self.done))
        }
        #expect(
            told == [
                "result:8", "end turn", "tell", "stronger", "user:(From the runner: Th", "reserve",
            ])
    }

    @Test func `where a model fails for good, the next takes over, but not with what was refused`()
    {
        var settings = AgentLoop.Settings()
        settings.fallbacks = 1
        func failing(_ kind: ModelError.Kind) -> [[String]] {
            var loop = AgentLoop(Made.tools, settings)
            _ = loop.after(.prompted([Made.user("hi")]))
            var told: [[String]] = []
            while told.last?.last?.hasPrefix("end") != true {
                _ = loop.after(.turnGranted)
                told.append(
                    loop.after(.failed(ModelError(kind, "x"), Made.answer("", stop: .error))))
            }
            return told
        }
        #expect(failing(.authentication) == [["fallback", "reserve"], ["end:failed"]])
        #expect(
            failing(.overloaded) == [
                ["tell", "reserve"], ["tell", "reserve"], ["fallback", "reserve"],
                ["tell", "reserve"], ["end:failed"],
            ])
        // What one can't hold another may, when nothing more can be left out.
        var tooLong = AgentLoop(Made.tools, settings)
        _ = tooLong.after(.prompted([Made.user("hi")]))
        let error = ModelError(.contextOverflow, "too long")
        for next in [["compact:overflow"], ["fallback", "reserve"]] {
            _ = tooLong.after(.turnGranted)
            #expect(tooLong.after(.failed(error, Made.failure())) == next)
            if next.count == 1 { _ = tooLong.after(.compacted) }
        }
        _ = tooLong.after(.turnGranted)
        #expect(tooLong.after(.failed(error, Made.failure())) == ["compact:overflow"])
        #expect(tooLong.after(.notCompacted(nil)) == ["end:failed"])
        #expect(failing(.refusal) == [["end:failed"]])
        #expect(failing(.contentFilter) == [["end:failed"]])
    }

    @Test func `an answer that repeats itself is broken off, once`() {
        var loop = Self.asking()
        let broken = Made.answer("x", stop: .aborted)
        #expect(
            loop.after(.repeated("x x x", broken))
                == ["answer:aborted", "tell", "user:Your last answer rep", "reserve"])
        _ = loop.after(.turnGranted)
        #expect(loop.after(.repeated("x x x", broken)) == ["answer:aborted", "end:stuck"])
    }

    @Test(arguments: [(9, true), (10, false)])
    func `an accident of long ago is forgotten`(turns: Int, isStuck: Bool) {
        var loop = Self.asking()
        let broken = Made.answer("x", stop: .aborted)
        _ = loop.after(.repeated("x x x", broken))
        _ = loop.after(.turnGranted)
        for number in 0..<turns {
            _ = loop.after(
                .answered(Made.answer(calls: [Made.call("\(number)", "read", "\(number)")])))
            _ = loop.after(.callGranted(id: "\(number)"))
            _ = loop.after(.callEnded(id: "\(number)", CallOutcome(.finished, "\(number)")))
            _ = loop.after(.turnGranted)
        }
        let then = loop.after(.repeated("x x x", broken))
        #expect((then.last == "end:stuck") == isStuck)
    }

    @Test func `calls without a result are found, those with one are not`() {
        let answer = Message.assistant(
            Made.answer(calls: [Made.call("a", "read", "x"), Made.call("b", "read", "y")]))
        let result = Message.toolResult(
            ToolResultMessage(
                callID: "a", toolName: "read", content: [], isError: false, timestamp: 1))
        #expect(AgentLoop.unanswered(in: [Made.user("x"), answer, result]).map(\.id) == ["b"])
        #expect(AgentLoop.unanswered(in: [answer, result, Made.user("y")]).map(\.id) == ["b"])
        #expect(AgentLoop.unanswered(in: [Made.user("x")]).isEmpty)
    }

    @Test func `a piece that comes again and again is noticed, a long text is not`() {
        var guardian = RepetitionGuard()
        var found: String?
        for _ in 1...400 {
            found = found ?? guardian.take("I should check the file again, to be sure. ")
        }
        #expect(found?.hasPrefix("the answer repeats itself: ") == true)
        var other = RepetitionGuard()
        for number in 1...2_000 {
            #expect(other.take("Line \(number) of a table | \(number * 7) |\n") == nil)
        }
        var rule = RepetitionGuard()
        #expect(rule.take(String(repeating: "-", count: 20_000)) == nil)
    }
}
