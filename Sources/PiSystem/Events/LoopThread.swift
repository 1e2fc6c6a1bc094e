import CSystem

/// A thread of the kernel's that runs one closure and ends.
struct LoopThread {
    private let work: @Sendable () -> Void
    private let place: Place

    enum Place: Hashable, Sendable {
        case anywhere
        /// Never on the processor of the thread that starts it: for what is short, and shall not be in its way.
        case elsewhere
    }

    init(_ place: Place = .anywhere, _ work: @escaping @Sendable () -> Void) {
        self.place = place
        self.work = work
    }

    func start() throws(SystemError) {
        // A C thread takes one pointer: the closure goes over as a retained object, given back below.
        let box = unsafe Unmanaged.passRetained(Box(work))
        let result = unsafe pi_start_thread(
            { argument in
                // Given over by `start`, once, to the one thread that runs this.
                // A C thread takes one pointer: the closure goes over as a retained object, given back below.
                let box = unsafe Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue()
                box.work()
            }, box.toOpaque(), place == .elsewhere)
        if result < 0 {
            // No thread took it over.
            unsafe box.release()
            throw SystemError(.start, "a thread", .errno(Errno(rawValue: -result)))
        }
    }

    private final class Box: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) {
            self.work = work
        }
    }
}
