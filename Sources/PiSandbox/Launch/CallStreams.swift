package import PiSystem

/// Where a call's input comes from and its output goes.
package struct CallStreams: Sendable {
    package enum Input: Sendable {
        case nothing
        /// Read as long as the call wants it.
        case descriptor(BorrowedDescriptor)
        case bytes([UInt8])
    }

    /// Takes bytes without waiting, and says how many; nil that it can't take any just now.
    package struct Sink: Sendable {
        package let descriptor: BorrowedDescriptor
        package let write: @Sendable (ArraySlice<UInt8>) throws(SystemError) -> Int?

        package init(
            descriptor: BorrowedDescriptor,
            write: @escaping @Sendable (ArraySlice<UInt8>) throws(SystemError) -> Int?
        ) {
            self.descriptor = descriptor
            self.write = write
        }
    }

    package let input: Input
    /// A stream without a sink is kept for the result only.
    package let sinks: [OutputStream: Sink]
    /// Signals that were sent to us and are meant for the program.
    package let signals: BorrowedDescriptor?
    package let nextSignal: @Sendable () -> Order?
    /// Both of the program's outputs are one pipe, so that their order is the kernel's: all of it is `stdout`.
    package let mergesOutputs: Bool
    /// Nil if there is nobody: then what asks for a connection is refused.
    package let network: (any CallNetwork)?

    package enum Order: Hashable, Sendable {
        case forward(Signal)
        case resize(TerminalSize)
        /// Holds the program, and this process, until it is told to go on.
        case stop
        case end
    }

    package init(
        input: Input, sinks: [OutputStream: Sink] = [:], signals: BorrowedDescriptor? = nil,
        nextSignal: @escaping @Sendable () -> Order? = { nil }, mergesOutputs: Bool = false,
        network: (any CallNetwork)? = nil
    ) {
        self.input = input
        self.sinks = sinks
        self.signals = signals
        self.nextSignal = nextSignal
        self.mergesOutputs = mergesOutputs
        self.network = network
    }
}
