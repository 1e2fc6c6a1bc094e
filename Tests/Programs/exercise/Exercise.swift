import PiSystem

enum Exercise {
    static func perform(_ arguments: [RawText]) async -> Int32 {
        do {
            try Interruption.ignoreFailedWrites()
            switch (arguments.first, arguments.dropFirst().first) {
            case ("append", let file?): try append(to: FilePath(file), arguments.dropFirst(2).first)
            case ("replace", let file?): try replace(FilePath(file), arguments.dropFirst(2).first)
            case ("interrupt", let manner?):
                return try await interrupt(manner: manner)
            case ("fill-pipe", _): return try fillPipe()
            case ("start-many", let count?): try startMany(Int(count.utf8 ?? "")!)
            case ("leave-child", _): try leaveChild()
            case ("hold-lock", let file?): try await holdLock(FilePath(file))
            default: return 2
            }
            return 0
        } catch {
            tell("\(error)\n", on: .error)
            return 1
        }
    }

    private static func tell(_ text: String, on stream: StandardStream = .output) {
        do {
            try stream.write(Array(text.utf8))
        } catch {
            endThisProcess(code: 3)
        }
    }

    /// Appends numbered lines, going on where the file ends, and tells of each when it is on disk.
    private static func append(to file: FilePath, _ count: RawText?) throws {
        let folder = try Folder.open(file.parent, resolving: .anything)
        var log = try AppendLog(file.name!, in: folder, mode: 0o600)
        let known = try log.contents(limit: .mebibytes(64)).count { $0 == UInt8(ascii: "\n") }
        for number in known..<(known + Int(count?.utf8 ?? "1")!) {
            try log.append(Array("record \(number)\n".utf8))
            tell("\(number)\n")
        }
    }

    private static func replace(_ file: FilePath, _ text: RawText?) throws {
        let folder = try Folder.open(file.parent, resolving: .anything)
        try folder.replace(file.name!, with: text?.bytes ?? [], mode: 0o600)
    }

    /// Works until it is cancelled; a stubborn one goes on even then, a late one is done just then.
    private static func interrupt(manner: RawText) async throws -> Int32 {
        let interruption = try Interruption()
        return try await EventLoop.run { loop in
            do {
                try await interruption.during(on: loop) {
                    tell("ready\n")
                    do {
                        try await loop.sleep(until: .init(nanoseconds: .max))
                    } catch {
                        tell("cleaning up\n")
                        if manner == "stubborn" { try await sleepThroughCancelling(loop) }
                        if manner == "gentle" { throw error }
                    }
                }
                tell("first is done\n")
                try await interruption.during(on: loop) { tell("never\n") }
                return 0
            } catch let error as Interruption.Interrupted {
                tell("ended by \(error.signal)\n")
                error.signal.endThisProcess()
            }
        }
    }

    private static func sleepThroughCancelling(_ loop: EventLoop) async throws -> Never {
        await Task.detached { try? await loop.sleep(until: .init(nanoseconds: .max)) }.value
        fatalError("that deadline is past the end of time")
    }

    /// Writes until the reader has gone, which must be an error and not a signal.
    private static func fillPipe() throws -> Int32 {
        var refusal: SystemError?
        while refusal == nil {
            do {
                try StandardStream.output.write(Array("yes\n".utf8))
            } catch {
                refusal = error
            }
        }
        return refusal?.errno == .brokenPipe ? 42 : 1
    }

    /// Starts programs one after the other, and tells what is open and what runs before and after.
    private static func startMany(_ count: Int) throws {
        let plan = SpawnPlan(
            program: "/bin/true", arguments: ["true"], environment: [], newSession: false)
        tell("\(try openDescriptors())\n")
        for _ in 0..<count {
            var child = try plan.startHere()
            guard try child.waitBlocking().succeeded else { return }
        }
        tell("\(try openDescriptors())\n")
        let leaked = try Descriptor.sink("/dev/null")
        tell("\(try openDescriptors())\n")
        _ = consume leaked
        let children: FilePath = "/proc/thread-self/children"
        let folder = try Folder.open(children.parent, resolving: .anything)
        let running = try folder.read(children.name!, limit: .kibibytes(64), resolving: .noLinks)
        tell("children: \(String(decoding: running, as: UTF8.self))\n")
    }

    private static func openDescriptors() throws -> Int {
        try Folder.open("/proc/self/fd", resolving: .anything).names(limit: 10_000).count
    }

    private static func leaveChild() throws {
        let plan = SpawnPlan(
            program: "/bin/sleep", arguments: ["sleep", "1000"], environment: [], newSession: true)
        let child = try plan.startHere()
        tell("\(child.pid)\n")
    }

    private static func holdLock(_ file: FilePath) async throws {
        let folder = try Folder.open(file.parent, resolving: .anything)
        let log = try AppendLog(file.name!, in: folder, mode: 0o600)
        tell("locked at \(log.size)\n")
        _ = try StandardStream.input.contents(limit: .kibibytes(1))
    }
}
