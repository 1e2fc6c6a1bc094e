import PiSystem
import PiTesting
import Testing
@Test func `a world comes and goes`() async throws {
    try await World.with { world in
        try world.write("x", to: "a")
        #expect(try world.read("a") == "x")
        let r = try await Program.built("exercise", ["append", world.path.appending("log").raw, "3"]).run()
        #expect(r.output == "0\n1\n2\n")
        print(r)
    }
}
