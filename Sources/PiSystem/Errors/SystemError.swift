import PiJSON

/// Something asked of the kernel that it did not do: what, on what, why, and what to do about it.
package struct SystemError: Error, Hashable, Sendable {
    package enum Action: String, Hashable, Sendable {
        case open, read, write, create, remove, rename, lock, sync, start, signal, listen, connect
        case list, watch
        case measure = "read the facts of"
        case truncate = "cut back"
        case changeMode = "change the mode of"
        case changeTime = "change the time of"
        case changeAttribute = "change an attribute of"
        case changeOwner = "change the owner of"
        case link = "give another name to"
        case readLink = "read the link"
        case accept = "accept a connection on"
        case waitFor = "wait for"
        case sendTo = "send to"
        case receiveFrom = "receive from"
        case lookUp = "look up"
        case makePipe = "make"
    }

    package enum Cause: Hashable, Sendable {
        case errno(Errno)
        case larger(than: ByteCount)
        case wrongKind(FileKind, wanted: FileKind)
        case moreThan(Int)
        case deeperThan(Int)
        case cutMessage
        /// An earlier failure left it in a state that can't be built upon.
        case broken
    }

    package let action: Action
    /// Safe to show.
    package let object: String
    package let cause: Cause

    init(_ action: Action, _ object: some CustomStringConvertible, _ cause: Cause) {
        self.action = action
        self.object = object.description
        self.cause = cause
    }

    /// A folder that holds more than anybody wants to look at.
    package init(moreThan count: Int, in place: FilePath) {
        self.init(.list, place, .moreThan(count))
    }

    package init(deeperThan depth: Int, in place: FilePath) {
        self.init(.list, place, .deeperThan(depth))
    }

    /// Something that is neither file, folder nor link, where only these are taken.
    package init(wrong kind: FileKind, at place: FilePath) {
        self.init(.create, place, .wrongKind(kind, wanted: .file))
    }

    /// The same reason, told of what was asked for instead of a step on the way.
    package func about(
        _ object: some CustomStringConvertible, doing action: Action
    ) -> SystemError {
        SystemError(action, object, cause)
    }

    package var errno: Errno? {
        if case .errno(let errno) = cause { errno } else { nil }
    }
}

extension SystemError: CustomStringConvertible {
    package var description: String { advice.map { "\(sentence). \($0)" } ?? "\(sentence)." }

    /// Without the advice.
    package var sentence: String { "cannot \(action.rawValue) \(object): \(reason)" }

    private var reason: String {
        switch cause {
        case .errno(let errno): errno.description
        case .larger(let limit): "it is larger than \(limit)"
        case .wrongKind(let found, let wanted): "it is \(found.phrase), not \(wanted.phrase)"
        case .moreThan(let count): "it has more than \(count) entries"
        case .deeperThan(let depth): "it is more than \(depth) folders deep"
        case .cutMessage: "a message did not fit"
        case .broken: "an earlier failure left half a record at its end"
        }
    }

    package var advice: String? {
        switch cause {
        case .errno(let errno): errno.advice
        case .larger, .moreThan, .deeperThan: "Name a smaller one."
        case .wrongKind(_, let wanted): "Name \(wanted.phrase)."
        case .broken: "Mend the cause, then start again: the half record is cut off then."
        case .cutMessage: nil
        }
    }
}

/// The value of a call, or the error that it reports as a negative errno.
func checked<Number: FixedWidthInteger>(
    _ result: Number, _ action: SystemError.Action, _ object: some CustomStringConvertible
) throws(SystemError) -> Number {
    guard result < 0 else { return result }
    throw SystemError(action, object, .errno(Errno(rawValue: Int32(0 - result))))
}
