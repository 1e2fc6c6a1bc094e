import PiSystem
import PiTesting
import Testing

@Suite struct WorldTests {
    @Test func `a world is gone after its test, also after one that failed`() async throws {
        struct Failed: Error {}
        let path = try await World.with { world in
            try world.folder.makeFolder("inner", mode: 0o000)
            return world.path
        }
        #expect(try !exists(path))
        await #expect(throws: Failed.self) { try await World.with { _ in throw Failed() } }
    }

    @Test func `the worlds of a process that was killed are removed`() async throws {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardOutputContent]
        ) {
            try await World.with { world in
                try world.write("canary", to: "file")
                try StandardStream.output.write(Array("world=\(world.path)=\n".utf8))
                Signal.kill.endThisProcess()
            }
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let path = try #require(
            output.split(separator: "=").dropFirst().first.map { FilePath(String($0)) } ?? nil)
        // The watcher is nobody's child that we could wait for; it has ten seconds.
        try await EventLoop.run { loop in
            for _ in 0..<200 where try exists(path) {
                try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(50))
            }
        }
        #expect(try !exists(path))
    }

    private func exists(_ path: FilePath) throws(SystemError) -> Bool {
        do {
            let folder = try Folder.open(path.parent, resolving: .anything)
            return try folder.factsIfPresent(of: path.name!) != nil
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return false
        }
    }
}
