package import PiSystem

/// What becomes of a system call.
package enum FilterAnswer: Hashable, Sendable {
    case allow
    /// The call returns this, and the words say why to a person whose program ran into it.
    case refuse(Errno, because: String)
    /// The process is gone: no program of this machine's own makes such a call.
    case kill(because: String)
}

extension FilterAnswer {
    /// The answer to all that has no name in the table.
    ///
    /// Libraries take ENOSYS for an old kernel and fall back; to them EPERM for a call that they only probe is an error.
    static let unnamed = FilterAnswer.refuse(
        .notImplemented, because: "it is a system call that the sandbox does not know")

    static let foreign = FilterAnswer.kill(
        because: "the program is made for another architecture than the sandbox")

    package var errno: Errno? {
        switch self {
        case .refuse(let errno, _): errno
        case .allow, .kill: nil
        }
    }

    static func forbid(_ reason: String) -> FilterAnswer {
        .refuse(.notPermitted, because: reason)
    }
}
