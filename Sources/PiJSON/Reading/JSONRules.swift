/// What a reader accepts.
///
/// Bounds have no default: whoever reads says how much they are ready for.
public struct JSONRules: Hashable, Sendable {
    public enum Syntax: Hashable, Sendable {
        /// RFC 8259, and nothing else.
        case strict
        /// Also what models write: raw control characters in strings, trailing commas, and documents
        /// that end too early. Every liberty taken is in the reading's notes.
        case lenient
    }

    public enum DuplicateNames: Hashable, Sendable {
        case refused
        /// The last one counts, as in most readers, and a note says so.
        case lastCounts
    }

    public enum LoneSurrogates: Hashable, Sendable {
        case refused
        /// Each becomes U+FFFD, and a note says so.
        case replaced
    }

    public let syntax: Syntax
    public let duplicateNames: DuplicateNames
    public let loneSurrogates: LoneSurrogates
    /// In bytes.
    public let sizeLimit: Int
    /// How many arrays and objects may stand inside each other.
    public let depthLimit: Int

    public init(
        syntax: Syntax, duplicateNames: DuplicateNames, loneSurrogates: LoneSurrogates,
        sizeLimit: Int, depthLimit: Int
    ) {
        self.syntax = syntax
        self.duplicateNames = duplicateNames
        self.loneSurrogates = loneSurrogates
        self.sizeLimit = sizeLimit
        self.depthLimit = depthLimit
    }

    /// For our own files and for arguments of tools: what could be read in two ways is refused.
    public static func exact(sizeLimit: Int, depthLimit: Int = 64) -> JSONRules {
        JSONRules(
            syntax: .strict, duplicateNames: .refused, loneSurrogates: .refused,
            sizeLimit: sizeLimit, depthLimit: depthLimit)
    }

    /// For what peers send: the letter of RFC 8259, which leaves names and surrogates to the reader.
    public static func interchange(sizeLimit: Int, depthLimit: Int = 128) -> JSONRules {
        JSONRules(
            syntax: .strict, duplicateNames: .lastCounts, loneSurrogates: .replaced,
            sizeLimit: sizeLimit, depthLimit: depthLimit)
    }

    /// For what models write, after a strict reading failed.
    public static func lenient(sizeLimit: Int, depthLimit: Int = 64) -> JSONRules {
        JSONRules(
            syntax: .lenient, duplicateNames: .refused, loneSurrogates: .replaced,
            sizeLimit: sizeLimit, depthLimit: depthLimit)
    }
}
