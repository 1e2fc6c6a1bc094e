import CSandbox
import PiJSON
package import PiSystem

/// What became of a call.
package struct CallResult: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case exited(code: Int32)
        case killed(by: Signal)
        /// By its limit; how the kernel then ended it says nothing.
        case limit(LimitHit)

        /// To go on with after the name of what ended.
        package var told: String {
            switch self {
            case .exited(let code): "ended with \(code)"
            case .killed(let signal): "was killed by \(signal)"
            case .limit(let hit): "met the limit \(hit.key)"
            }
        }
    }

    package struct Usage: Hashable, Sendable {
        package let wall: Duration
        package let user: Duration
        package let system: Duration
        package let peakMemory: ByteCount
        package let written: ByteCount
    }

    package struct Refusal: Hashable, Sendable {
        package let call: String
        package let sentence: String
        package let program: String
        package let count: Int
    }

    package let ending: Ending
    /// Limits that were met, whether or not they ended it.
    package let hits: [LimitHit]
    package let usage: Usage
    package let refusals: [Refusal]
    /// Refusals that no longer fitted into the table.
    package let moreRefusals: Int
    package let refusalsReported: Bool
    package let output: [OutputStream: OutputKeeper]
    /// Bytes past the hard limit that were read and dropped.
    package let dropped: Int
    /// What the launcher read back of the walls of this call.
    package let facts: WallFacts
    /// The reader of the output had gone.
    package let readerHasGone: Bool
    /// Processes that were still there when the program had ended, and were ended with it.
    package let leftBehind: Int
}

package enum OutputStream: String, CaseIterable, Sendable {
    case stdout, stderr
}

/// Walls as the kernel itself describes them, read from inside after they went up.
package struct WallFacts: Hashable, Sendable {
    package let seccompMode: Int
    package let noNewPrivileges: Bool
    package let capabilities: UInt64
    package let bounding: UInt64
    package let secureBits: UInt32
    /// Its version, nil if it is not in force.
    package let landlock: Int?

    init(_ facts: pi_facts) {
        seccompMode = Int(facts.seccomp_mode)
        noNewPrivileges = facts.no_new_privileges == 1
        capabilities =
            facts.effective | facts.permitted | facts.inheritable | facts.ambient
        bounding = facts.bounding
        secureBits = facts.secure_bits
        landlock = facts.landlock > 0 ? Int(facts.landlock) : nil
    }
}

extension CallResult.Refusal {
    init(_ report: pi_report) {
        let filter = SystemCallFilter.of(.ofThisProgram)
        let arguments = report.argumentList
        call = filter.name(of: report.number) ?? "system call \(report.number)"
        sentence = filter.explanation(of: report.number, arguments) ?? "\(call) was refused"
        program = SafeText(bytes: programName(report), limit: 64).description
        count = Int(report.count)
    }
}
