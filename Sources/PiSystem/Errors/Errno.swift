import CSystem

/// A reason of the kernel's for refusing, with words for people.
package struct Errno: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Such as `ENOENT`; `errno 4095` for one that has no name here.
    package var name: String { Self.table[rawValue]?.name ?? "errno \(rawValue)" }

    /// Such as `No such file or directory`.
    package var sentence: String {
        guard let words = unsafe pi_errno_sentence(rawValue) else { return "an unknown error" }
        return unsafe String(cString: words)
    }

    /// What a person can do about it, where that can be said without knowing more.
    package var advice: String? { Self.table[rawValue]?.advice }
}

extension Errno: CustomStringConvertible {
    package var description: String { "\(sentence) (\(name))" }
}

extension Errno {
    package static let notPermitted = Errno(rawValue: 1)
    package static let noSuchFile = Errno(rawValue: 2)
    package static let noSuchProcess = Errno(rawValue: 3)
    package static let inputOutput = Errno(rawValue: 5)
    package static let badDescriptor = Errno(rawValue: 9)
    package static let wouldBlock = Errno(rawValue: 11)
    package static let outOfMemory = Errno(rawValue: 12)
    package static let accessDenied = Errno(rawValue: 13)
    package static let busy = Errno(rawValue: 16)
    package static let fileExists = Errno(rawValue: 17)
    package static let crossDevice = Errno(rawValue: 18)
    package static let noDevice = Errno(rawValue: 19)
    package static let notAFolder = Errno(rawValue: 20)
    package static let isAFolder = Errno(rawValue: 21)
    package static let invalidArgument = Errno(rawValue: 22)
    package static let noSpace = Errno(rawValue: 28)
    package static let brokenPipe = Errno(rawValue: 32)
    package static let outOfRange = Errno(rawValue: 34)
    package static let nameTooLong = Errno(rawValue: 36)
    package static let notImplemented = Errno(rawValue: 38)
    package static let tooManyLinks = Errno(rawValue: 40)
    package static let notSupported = Errno(rawValue: 95)
    package static let addressFamilyNotSupported = Errno(rawValue: 97)
    package static let noData = Errno(rawValue: 61)
    package static let quotaExceeded = Errno(rawValue: 122)
    package static let stale = Errno(rawValue: 116)
    package static let addressNotAvailable = Errno(rawValue: 99)
    package static let protocolNotSupported = Errno(rawValue: 93)
    package static let notConnected = Errno(rawValue: 107)
    package static let connectionReset = Errno(rawValue: 104)
    package static let connectionRefused = Errno(rawValue: 111)
}
