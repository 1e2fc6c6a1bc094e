/// How the arguments of a call decide its answer: looks at one argument after the other.
///
/// Only the low 32 bits of an argument can be looked at. That is all that the kernel reads of every argument that
/// matters here, and with a comparison of 64 bits garbage above them would walk past the filter.
indirect enum ArgumentRule: Hashable, Sendable {
    case answer(FilterAnswer)
    /// The first case that fits decides. Arguments are looked at from left to right, which is the order of libseccomp's.
    case look(at: Int, cases: [Case], otherwise: ArgumentRule)

    struct Case: Hashable, Sendable {
        let mask: UInt32
        let value: UInt32
        let then: ArgumentRule

        func fits(_ argument: UInt64) -> Bool {
            UInt32(truncatingIfNeeded: argument) & mask == value
        }
    }

    func answer(for arguments: [UInt64]) -> FilterAnswer {
        switch self {
        case .answer(let answer): answer
        case .look(let place, let cases, let otherwise):
            (cases.first { $0.fits(arguments[place]) }?.then ?? otherwise)
                .answer(for: arguments)
        }
    }
}

/// The words in which the table is written.
extension ArgumentRule {
    static let allow = ArgumentRule.answer(.allow)

    static func forbid(_ reason: String) -> ArgumentRule { .answer(.forbid(reason)) }
}

extension ArgumentRule.Case {
    /// The argument is exactly this.
    static func exactly(_ value: UInt32, then: ArgumentRule) -> Self {
        Self(mask: .max, value: value, then: then)
    }

    /// What the mask covers of the argument is exactly this.
    static func masked(_ mask: UInt32, _ value: UInt32, then: ArgumentRule) -> Self {
        Self(mask: mask, value: value, then: then)
    }
}

extension [ArgumentRule.Case] {
    static func exactly(_ values: [UInt32], then: ArgumentRule) -> Self {
        values.map { .exactly($0, then: then) }
    }

    /// At least one of these bits is set.
    static func anyBit(of bits: UInt32, then: ArgumentRule) -> Self {
        (0..<32).map { UInt32(1) << $0 }.filter { bits & $0 != 0 }
            .map { .masked($0, $0, then: then) }
    }
}
