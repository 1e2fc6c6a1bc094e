import PiSandbox
import PiSystem
import Synchronization

/// Ends a call from outside.
final class Stopper: Sendable {
    private let reading: SharedDescriptor
    private let writing: SharedDescriptor
    private let asked = Mutex(false)

    init() throws(SystemError) {
        let pipe = try Pipe()
        try pipe.reading.neverBlock()
        reading = SharedDescriptor(try pipe.reading.duplicate())
        writing = SharedDescriptor(try pipe.writing.duplicate())
    }

    var borrowed: BorrowedDescriptor { reading.borrowed }
    var wasAsked: Bool { asked.withLock { $0 } }

    func stop() {
        asked.withLock { $0 = true }
        // A pipe has room for one byte; a call that has ended needs none.
        _ = try? writing.descriptor.write([1], to: "a call")
    }

    func next() -> CallStreams.Order? {
        // Once: the byte is taken, and a pipe without one says that there is nothing yet.
        guard let bytes = try? reading.borrowed.read(upTo: ByteCount(1)), !bytes.isEmpty else {
            return nil
        }
        return .end
    }
}
