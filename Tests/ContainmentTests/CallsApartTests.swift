import PiSandbox
import PiSystem
import PiTesting
import Testing

/// Calls of one sandbox are strangers: to each other while they run, and to those that come after.
@Suite struct CallsApartTests {
    struct Trace: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What one call does, and leaves behind if it can.
        let leave: RawText
        /// Prints `found` if that can be seen, `nothing` if not.
        let look: RawText
    }

    @Test(arguments: [
        Trace(
            testDescription: "a file in a temporary folder",
            leave: "echo x >/tmp/left; echo x >/dev/shm/left; echo x >/home/agent/left",
            look: "cat /tmp/left /dev/shm/left /home/agent/left >/dev/null 2>&1"),
        Trace(
            testDescription: "a process in a session of its own",
            leave: "setsid sleep 1000 & sleep 0.1", look: "grep -qs sleep /proc/[0-9]*/comm"),
        Trace(
            testDescription: "a page of shared memory", leave: "ipcmk -M 4096",
            look: "test -n \"$(tail -n +2 /proc/sysvipc/shm)\""),
        Trace(
            testDescription: "a queue of messages", leave: "ipcmk -Q",
            look: "test -n \"$(tail -n +2 /proc/sysvipc/msg)\""),
        Trace(
            testDescription: "a port of the loopback",
            leave: """
                perl -MSocket -e 'socket(S, AF_INET, SOCK_STREAM, 0); \
                bind(S, pack_sockaddr_in(4242, INADDR_LOOPBACK)) or die; listen(S, 1); sleep 1000' & sleep 0.3
                """,
            look: """
                perl -MSocket -e 'socket(S, AF_INET, SOCK_STREAM, 0); \
                exit !connect(S, pack_sockaddr_in(4242, INADDR_LOOPBACK))'
                """),
        Trace(
            testDescription: "an abstract socket",
            leave: """
                perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); \
                bind(S, pack_sockaddr_un("\\0left")) or die; listen(S, 1); sleep 1000' & sleep 0.3
                """,
            look: """
                perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); \
                exit !connect(S, pack_sockaddr_un("\\0left"))'
                """),
        Trace(
            testDescription: "the terminal", leave: "true",
            look: "test \"$(ls /dev/pts)\" != ptmx"),
    ])
    func `what one call does no other sees`(trace: Trace) async throws {
        let sandbox = try SmallSandbox()
        let look = "if \(trace.look); then echo found; else echo nothing; fi"
        // The look can see at all: in the call itself.
        let own = try sandbox.run("\(trace.leave)\n\(look)")
        if trace.leave != "true" { #expect(own.hasSuffix("found\n"), "it proves nothing: \(own)") }
        // While the other runs.
        let pipe = try Pipe()
        let hold = SharedDescriptor(pipe.writing)
        let input = SharedDescriptor(pipe.reading)
        async let other = onOwnThread {
            try sandbox.run("\(trace.leave)\necho ready; read line", input)
        }
        try await Task.sleep(for: .milliseconds(700))
        #expect(try sandbox.run(look) == "nothing\n")
        try hold.descriptor.writeAll(Array("go\n".utf8), to: "a call")
        #expect(try await other.hasSuffix("ready\n"))
        // And afterwards.
        #expect(try sandbox.run(look) == "nothing\n")
        try sandbox.end()
    }

    @Test func `each call has every namespace for itself but that of users`() async throws {
        let sandbox = try SmallSandbox()
        let names = "for n in pid mnt net ipc uts cgroup; do readlink /proc/self/ns/$n; done"
        let pipe = try Pipe()
        let hold = SharedDescriptor(pipe.writing)
        let input = SharedDescriptor(pipe.reading)
        // At the same time: the kernel gives a number again when its namespace has gone.
        async let other = onOwnThread { try sandbox.run("\(names); read line", input) }
        try await Task.sleep(for: .milliseconds(500))
        let one = try sandbox.run(names).split(separator: "\n")
        try hold.descriptor.writeAll(Array("go\n".utf8), to: "a call")
        let two = try await other.split(separator: "\n")
        #expect(one.count == 6)
        #expect(two.count == 6)
        #expect(Set(one).isDisjoint(with: two), "\(one) \(two)")
        try sandbox.end()
    }
}
