import CSystem

/// A signal by its number, the same on x86-64 and aarch64.
package struct Signal: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    package static let hangup = Signal(rawValue: 1)
    package static let interrupt = Signal(rawValue: 2)
    package static let quit = Signal(rawValue: 3)
    package static let abort = Signal(rawValue: 6)
    package static let kill = Signal(rawValue: 9)
    package static let segmentation = Signal(rawValue: 11)
    package static let brokenPipe = Signal(rawValue: 13)
    package static let terminate = Signal(rawValue: 15)
    package static let proceed = Signal(rawValue: 18)
    package static let stop = Signal(rawValue: 19)
}

extension Signal {
    package static let windowChanged = Signal(rawValue: 28)
    package static let stopAsked = Signal(rawValue: 20)
    package static let processorLimit = Signal(rawValue: 24)
    package static let fileSizeLimit = Signal(rawValue: 25)

    package func sendToThisProcess() {
        _ = pi_raise(rawValue)
    }

    /// To a process by its pidfd; one that has ended needs no signal.
    package func send(to process: borrowing Descriptor) {
        _ = pi_signal(process.number, rawValue)
    }
}

extension Signal: CustomStringConvertible {
    package var description: String { Self.names[rawValue] ?? "signal \(rawValue)" }

    private static let names: [Int32: String] = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT",
        7: "SIGBUS",
        8: "SIGFPE", 9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE",
        14: "SIGALRM", 15: "SIGTERM", 16: "SIGSTKFLT", 17: "SIGCHLD", 18: "SIGCONT", 19: "SIGSTOP",
        20: "SIGTSTP", 21: "SIGTTIN", 22: "SIGTTOU", 23: "SIGURG", 24: "SIGXCPU", 25: "SIGXFSZ",
        26: "SIGVTALRM", 27: "SIGPROF", 28: "SIGWINCH", 29: "SIGIO", 30: "SIGPWR", 31: "SIGSYS",
    ]
}
