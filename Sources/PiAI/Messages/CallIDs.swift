import PiSystem

/// The ids of calls, as a server wants them.
struct CallIDs {
    private let rule: CallIDRule
    private var taken: Set<String> = []

    init(_ rule: CallIDRule) {
        self.rule = rule
    }

    /// Its own, unless another call had it: some servers count anew with each answer.
    mutating func keep(_ id: String) -> String {
        taken.insert(CallName(id).call).inserted ? id : fit(id)
    }

    /// Another for each call, whatever it was called before.
    mutating func fit(_ id: String) -> String {
        var fitted = Self.fit(id, rule, salt: 0)
        var salt: UInt64 = 1
        while !taken.insert(fitted).inserted {
            fitted = Self.fit(id, rule, salt: salt)
            salt += 1
        }
        return fitted
    }

    /// For a call whose server gave it none.
    static func make() -> String {
        // Nothing depends on its being hard to guess: it has to be another one in one conversation.
        let name = try? RandomBytes.name(bytes: 9)
        return "call_\(name ?? String(Clock<Monotonic>.system.now.nanoseconds, radix: 36))"
    }

    private static func fit(_ id: String, _ rule: CallIDRule, salt: UInt64) -> String {
        switch rule {
        case .completions: plain(id, limit: 40, salt)
        case .responses, .anthropic, .gemini: plain(id, limit: 64, salt)
        case .mistral: nine(id, salt)
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// What stands before a `|` is the call's own; what had to be changed has a sum of the whole in it.
    private static func plain(_ id: String, limit: Int, _ salt: UInt64) -> String {
        let own = id.utf8.prefix { $0 != UInt8(ascii: "|") }
        let clean = own.filter(isPlain)
        if salt == 0, !clean.isEmpty, clean.count == own.count, clean.count <= limit {
            return String(decoding: clean, as: UTF8.self)
        }
        let sum = String(hash(id, salt), radix: 36)
        let start = clean.prefix(limit - sum.count - 1)
        return String(decoding: start, as: UTF8.self) + (start.isEmpty ? "call_" : "_") + sum
    }

    private static func nine(_ id: String, _ salt: UInt64) -> String {
        if salt == 0, id.utf8.count == 9, id.utf8.allSatisfy(isLetterOrDigit) { return id }
        let digits = String(hash(id, salt), radix: 36)
        return String(repeating: "0", count: max(0, 9 - digits.count)) + digits.suffix(9)
    }

    /// FNV-1a: the same at every start, unlike Swift's own.
    private static func hash(_ text: String, _ salt: UInt64) -> UInt64 {
        var sum: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (salt &* 0x9e37_79b9_7f4a_7c15)
        for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return sum
    }
}
