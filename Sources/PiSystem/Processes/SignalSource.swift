import CSystem

/// Signals that were sent to this process, to be read like any other news.
package struct SignalSource: ~Copyable, Sendable {
    package let descriptor: Descriptor

    /// Once in a program: from then on these signals do nothing but arrive here.
    package init(_ signals: [Signal]) throws(SystemError) {
        let numbers = signals.map(\.rawValue)
        descriptor = Descriptor(
            owning: try checked(
                unsafe pi_catch_signals(numbers, Int32(numbers.count)), .watch, "signals"))
    }

    /// Nil if there is none just now.
    package borrowing func next() -> Signal? {
        let number = pi_next_signal(descriptor.number)
        return number > 0 ? Signal(rawValue: number) : nil
    }
}
