import PiTesting
import Testing

@testable import PiSystem

@Suite struct EventLoopTests {
    @Test func `sleepers wake, and not before their deadlines`() async throws {
        try await EventLoop.run { loop in
            let start = Clock<Monotonic>.system.now
            try await withThrowingDiscardingTaskGroup { group in
                for delay in [60, 20, 40, 20, 0, -5] {
                    group.addTask {
                        try await loop.sleep(until: start + .milliseconds(delay))
                        #expect(Clock<Monotonic>.system.now - start >= .milliseconds(delay))
                    }
                }
            }
        }
    }

    @Test func `deadlines are taken in order of time, then of arrival`() throws {
        var random = try Seeded.fresh(for: "deadlines")
        var queue = DeadlineQueue()
        var expected: [DeadlineQueue.Item] = []
        for id in 0..<500 as Range<UInt64> {
            let deadline = MonotonicInstant(nanoseconds: .random(in: 0..<50, using: &random))
            queue.insert(id, at: deadline)
            expected.append(.init(deadline: deadline, id: id))
            if id % 3 == 0, let gone = expected.randomElement(using: &random) {
                queue.remove(gone.id, at: gone.deadline)
                queue.remove(gone.id, at: gone.deadline)
                expected.removeAll { $0 == gone }
            }
        }
        for item in expected.sorted() {
            #expect(queue.next == item, "PI_SEED=\(random.seed)")
            queue.remove(item.id, at: item.deadline)
        }
        #expect(queue.next == nil)
    }

    @Test func `both directions of one descriptor can be waited for at the same time`() async throws
    {
        try await EventLoop.run { loop in
            let pair = try PacketSocket.makePair()
            let one = Shared(pair.one)
            let other = Shared(pair.other)
            // Full: from here on `one` can neither be read nor written.
            let packet = [UInt8](repeating: 7, count: 60_000)
            var sent = 0
            while try one.value.descriptor.write(packet[...], to: "a socket") != nil { sent += 1 }
            async let readable: Void = loop.wait(until: .readable, one.value.descriptor)
            async let writable: Void = loop.wait(until: .writable, one.value.descriptor)
            for _ in 0..<sent { _ = try await other.value.receive(limit: .kibibytes(64), on: loop) }
            try await writable
            try await other.value.send([1], on: loop)
            try await readable
        }
    }

    @Test func `cancelling ends a wait at once, and the loop goes on`() async throws {
        try await EventLoop.run { loop in
            let pipe = Shared(try Pipe())
            for _ in 0..<200 {
                let waiting = Task { try await loop.wait(until: .readable, pipe.value.reading) }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
            }
            _ = try pipe.value.writing.write([1], to: "a pipe")
            try await loop.wait(until: .readable, pipe.value.reading)
        }
    }

    @Test func `whoever still waits when the loop closes hears of it`() async throws {
        let pipe = Shared(try Pipe())
        let waiting = try await EventLoop.run { loop in
            let waiting = Task { try await loop.wait(until: .readable, pipe.value.reading) }
            try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(20))
            return waiting
        }
        await #expect(throws: EventLoop.Closed.self) { try await waiting.value }
    }

    @Test func `a loop whose user was cancelled still ends before it returns`() async throws {
        for _ in 0..<50 {
            let user = Task {
                try await EventLoop.run { loop in
                    try await loop.sleep(until: Clock<Monotonic>.system.now + .seconds(600))
                }
            }
            user.cancel()
            await #expect(throws: CancellationError.self) { try await user.value }
        }
    }

    @Test func `a descriptor that can't be waited for is an error, not a hang`() async throws {
        try await World.with { world in
            let file = try world.folder.file(
                "file", for: .append, creating: .always(mode: 0o600), resolving: .noLinks)
            try await EventLoop.run { loop in
                // epoll(7) takes no regular files.
                let error = await #expect(throws: SystemError.self) {
                    try await loop.wait(until: .readable, file.descriptor)
                }
                #expect(error?.action == .watch)
            }
        }
    }

    @Test func `10,000 waits leave nothing behind`() async throws {
        try await EventLoop.run { loop in
            let pipe = Shared(try Pipe())
            for round in 0..<10_000 {
                _ = try pipe.value.writing.write([UInt8(round & 0xFF)], to: "a pipe")
                try await loop.wait(until: .readable, pipe.value.reading)
                let bytes = try pipe.value.reading.read(upTo: ByteCount(8), from: "a pipe")
                #expect(bytes == [UInt8(round & 0xFF)])
            }
        }
    }
}

@Suite struct ClockTests {
    @Test func `a clock that is passed in is moved by hand`() {
        let manual = ManualClock<Boot>(at: BootInstant(nanoseconds: 5))
        let clock = manual.clock
        #expect(clock.now.nanoseconds == 5)
        manual.advance(by: .milliseconds(3))
        #expect(clock.now - BootInstant(nanoseconds: 5) == .milliseconds(3))
    }

    @Test func `time ends where its numbers do, without a trap`() {
        let last = MonotonicInstant(nanoseconds: .max)
        let first = MonotonicInstant(nanoseconds: .min)
        #expect(last + .seconds(5) == last)
        #expect(MonotonicInstant(nanoseconds: 0) + .seconds(Int64.max) == last)
        #expect(first + .seconds(-5) == first)
        #expect(last - first == .nanoseconds(Int64.max))
        #expect(first - last == .nanoseconds(Int64.min))
    }

    @Test func `a file from the year 2300 has a date`() async throws {
        try await World.with { world in
            try world.write("", to: "file")
            let path = world.path.appending("file").raw
            #expect(
                try await Program("/bin/touch", ["-d", "2300-01-01", path]).run().ending.succeeded)
            let facts = try world.folder.facts(of: "file")
            #expect(facts.modified - Clock<TimeOfDay>.system.now > .seconds(3600))
        }
    }

    @Test func `the kernel's clocks go forward`() {
        let first = (
            Clock<Monotonic>.system.now, Clock<Boot>.system.now, Clock<TimeOfDay>.system.now
        )
        #expect(Clock<Monotonic>.system.now >= first.0)
        #expect(Clock<Boot>.system.now >= first.1)
        // Boot time counts sleep too, so it is never behind.
        #expect(first.1.nanoseconds >= first.0.nanoseconds)
        #expect(first.2.nanoseconds > 1_600_000_000_000_000_000)
    }
}
