import CSystem

/// A process that we started, held by a descriptor: its number can't come to mean another one.
///
/// Whoever lets go of it without having waited ends it: a child never outlives its owner in here.
package struct ChildProcess: ~Copyable, Sendable {
    package let pid: Int32
    private let pidfd: Descriptor
    private let program: FilePath
    private var ended: Ending?

    init(pid: Int32, pidfd: consuming Descriptor, program: FilePath) {
        self.pid = pid
        self.pidfd = pidfd
        self.program = program
    }

    deinit {
        guard ended == nil else { return }
        _ = pi_signal(pidfd.number, Signal.kill.rawValue)
        var result = pi_exit()
        _ = unsafe pi_wait(pidfd.number, true, &result)
    }

    /// To another processor than this thread's, until it says itself where it may run.
    package borrowing func sendElsewhere() { pi_send_elsewhere(pid) }

    /// Signalling a process that has ended is no error: nobody can know in time.
    package borrowing func signal(_ signal: Signal) throws(SystemError) {
        guard ended == nil else { return }
        let result = pi_signal(pidfd.number, signal.rawValue)
        guard result != -Errno.noSuchProcess.rawValue else { return }
        _ = try checked(result, .signal, program)
    }

    /// Waits in this thread until it has ended, and reaps it.
    package mutating func waitBlocking() throws(SystemError) -> Ending {
        if let ended { return ended }
        guard let ending = try reap(blocking: true) else {
            preconditionFailure("a wait that blocks returns when the process has ended")
        }
        return ending
    }

    /// Waits without holding a thread, and reaps it.
    ///
    /// Cancelled, it throws and the process goes on.
    package mutating func wait(on loop: EventLoop) async throws -> Ending {
        while true {
            if let ended { return ended }
            if let ending = try reap(blocking: false) { return ending }
            try await loop.wait(until: .readable, pidfd)
        }
    }

    private mutating func reap(blocking: Bool) throws(SystemError) -> Ending? {
        var result = pi_exit()
        _ = try checked(unsafe pi_wait(pidfd.number, blocking, &result), .waitFor, program)
        guard result.ended else { return nil }
        let ending = Ending(result)
        ended = ending
        return ending
    }
}

extension ChildProcess {
    /// How a process ended, and what it used.
    package struct Ending: Hashable, Sendable {
        package enum Way: Hashable, Sendable {
            case exited(code: Int32)
            case killed(by: Signal)
        }

        package let way: Way
        package let userTime: Duration
        package let systemTime: Duration
        /// The most memory that it, or one of its children that it waited for, had resident.
        package let peakMemory: ByteCount

        init(_ result: pi_exit) {
            way =
                result.by_signal
                ? .killed(by: Signal(rawValue: result.number)) : .exited(code: result.number)
            userTime = .microseconds(result.user_us)
            systemTime = .microseconds(result.system_us)
            peakMemory = .kibibytes(Int(result.peak_kib))
        }

        package var succeeded: Bool { way == .exited(code: 0) }
    }
}
