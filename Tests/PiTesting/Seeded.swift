import PiSystem

/// Random numbers that come again for the same seed.
package struct Seeded: RandomNumberGenerator {
    package let seed: UInt64
    private var state: UInt64

    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// A new seed, or that of `PI_SEED`; printed, so that a failure can be had again.
    package static func fresh(for test: String) throws -> Seeded {
        let given = ThisProcess.variable("PI_SEED")?.utf8.flatMap(UInt64.init)
        let seed = try given ?? RandomBytes.make(8).reduce(0) { $0 << 8 | UInt64($1) }
        print("\(test): PI_SEED=\(seed)")
        return Seeded(seed: seed)
    }

    // SplitMix64: passes the usual tests, and needs no more state than its seed.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    package mutating func bytes(upTo limit: Int) -> [UInt8] {
        (0..<Int.random(in: 0...limit, using: &self)).map { _ in
            UInt8.random(in: 0...255, using: &self)
        }
    }
}
