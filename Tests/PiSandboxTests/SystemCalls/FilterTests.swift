import PiSystem
import PiTesting
import Testing

@testable import PiSandbox

/// The machine code of the filters, held against what the table says.
@Suite struct FilterTests {
    struct Variant: Sendable, CustomTestStringConvertible {
        let architecture: Architecture
        let kind: FilterProgram.Kind
        let isCompiledIn: Bool

        static let all = Architecture.allCases.flatMap { architecture in
            FilterProgram.Kind.allCases.flatMap { kind in
                [true, false].map {
                    Variant(architecture: architecture, kind: kind, isCompiledIn: $0)
                }
            }
        }

        var testDescription: String {
            "\(architecture), \(kind), \(isCompiledIn ? "compiled in" : "built anew")"
        }

        func program() throws -> FilterProgram {
            try isCompiledIn
                ? FilterSource.program(kind, for: architecture)
                : LibSeccomp.build(kind, for: architecture)
        }

        /// `SECCOMP_RET_*`, written out once more: the tests share no constant with what they test.
        func action(for answer: FilterAnswer) -> UInt32 {
            switch (answer, kind) {
            case (.allow, _): 0x7FFF_0000
            case (.kill, _): 0x8000_0000
            case (.refuse(let errno, _), .reporting) where errno.name != "ENOSYS": 0x7FC0_0000
            case (.refuse(let errno, _), _): 0x0005_0000 + UInt32(errno.rawValue)
            }
        }
    }

    private struct Judge {
        let variant: Variant
        let filter: PacketFilter
        var differences: [String] = []
        var calls = 0

        init(_ variant: Variant) throws {
            self.variant = variant
            filter = PacketFilter(program: try variant.program())
        }

        mutating func compare(
            _ number: UInt32, _ arguments: [UInt64], auditToken: UInt32? = nil
        ) throws {
            let token = auditToken ?? variant.architecture.auditToken
            let answer = SystemCallFilter.of(variant.architecture)
                .answer(to: number, arguments, auditToken: token)
            let action = try filter.run(number, arguments, auditToken: token)
            calls += 1
            var isRight = action == variant.action(for: answer)
            if action == 0x7FC0_0000 {
                let errno = LibFilters.refusal(of: number, arguments, on: variant.architecture)
                isRight = isRight && errno == answer.errno
            }
            guard !isRight, differences.count < 5 else { return }
            let shown = arguments.map { String($0, radix: 16) }
            differences.append("\(number) \(shown): \(String(action, radix: 16)), not \(answer)")
        }
    }

    @Test(arguments: Variant.all)
    func `every number is answered as the table says, whatever its arguments`(variant: Variant)
        throws
    {
        var judge = try Judge(variant)
        for number in UInt32(0)..<1024 {
            for argument in Self.edges(of: number, on: variant.architecture) {
                try judge.compare(number, Array(repeating: argument, count: 6))
            }
        }
        #expect(judge.differences == [])
        #expect(judge.calls >= 4 * 1024)
    }

    @Test(arguments: Variant.all)
    func `numbers far away and the doors of other architectures are answered as the table says`(
        variant: Variant
    ) throws {
        var judge = try Judge(variant)
        let x32: UInt32 = 0x4000_0000
        let numbers =
            [1024, 4095, 0xFFFF, x32 - 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF]
            + (0..<600).map { x32 + $0 }
        for number in numbers { try judge.compare(number, [0, 0, 0, 0, 0, 0]) }
        // i386, arm, riscv64, s390x, ppc64le, nobody's, and each of ours in the other's filter.
        let tokens: [UInt32] = [
            0x4000_0003, 0x4000_0028, 0xC000_00F3, 0x8000_0016, 0xC000_0015, 0,
        ]
        for token in tokens + Architecture.allCases.map(\.auditToken) {
            for number in UInt32(0)..<512 {
                try judge.compare(number, [0, 0, 0, 0, 0, 0], auditToken: token)
            }
        }
        #expect(judge.differences == [])
    }

    @Test(arguments: Variant.all)
    func `every edge of a rule is where it should be, and garbage above 32 bits changes nothing`(
        variant: Variant
    ) throws {
        var random = try Seeded.fresh(for: "filters, \(variant.testDescription)")
        var judge = try Judge(variant)
        let filter = SystemCallFilter.of(variant.architecture)
        for (name, rule) in SystemCallTable.argumentRules.flatMap(\.byName) {
            guard
                let number = SystemCallTable.number(of: name, on: variant.architecture)
            else { continue }
            for vector in rule.vectors {
                let clean = vector.map(UInt64.init)
                try judge.compare(number, clean)
                for mask in [UInt64.max, .random(in: 0 ... .max, using: &random)] {
                    let dirty = clean.map { $0 | (mask & 0xFFFF_FFFF_0000_0000) }
                    #expect(filter.answer(to: number, clean) == filter.answer(to: number, dirty))
                    try judge.compare(number, dirty)
                }
            }
        }
        #expect(judge.differences == [])
    }

    @Test(arguments: Variant.all)
    func `what is refused without a look at arguments is refused with all of them`(variant: Variant)
        throws
    {
        var random = try Seeded.fresh(for: "refusals, \(variant.testDescription)")
        var judge = try Judge(variant)
        for name in SystemCallTable.refusals.flatMap(\.names) {
            guard
                let number = SystemCallTable.number(of: name, on: variant.architecture)
            else { continue }
            for _ in 0..<20 {
                try judge.compare(
                    number, (0..<6).map { _ in UInt64.random(in: 0 ... .max, using: &random) })
            }
        }
        #expect(judge.differences == [])
        #expect(judge.calls > 1_000)
    }

    @Test(arguments: Variant.all)
    func `a filter is short enough for the kernel`(variant: Variant) throws {
        // BPF_MAXINSNS. What a start loads together with other filters may have 32768.
        #expect(try (100...4_096).contains(variant.program().instructions.count))
    }

    private static func edges(of number: UInt32, on architecture: Architecture) -> [UInt64] {
        let name = SystemCallFilter.of(architecture).name(of: number)
        var edges: [UInt64] = [0, 1, 0xFFFF_FFFF, .max]
        if let name, case .ruled(let rule)? = SystemCallTable.entries[name] {
            edges += rule.edges.flatMap { [UInt64($0), UInt64($0) | 1 << 32, UInt64($0) << 32] }
        }
        return edges
    }
}

extension ArgumentRule {
    /// The values at which an answer may change, and their neighbours.
    var edges: [UInt32] {
        places.values.flatMap { cases in cases.flatMap(\.edges) }
    }

    /// Arguments that try every case of every look: one argument goes through its edges and through every single wrong
    /// bit, while the others go through the values that lead to it or past it.
    var vectors: [[UInt32]] {
        let places = places
        let plain = places.mapValues { cases in Set(cases.map(\.value)).union([0, .max]) }
        let rich = places.mapValues { cases in
            Set(cases.flatMap { one in one.edges + cases.map { one.value | $0.value } })
        }
        return places.keys.flatMap { varied in
            places.keys.reduce([[UInt32](repeating: 0, count: 6)]) { vectors, place in
                vectors.flatMap { vector in
                    (place == varied ? rich : plain)[place]!.map { value in
                        var vector = vector
                        vector[place] = value
                        return vector
                    }
                }
            }
        }
    }

    /// All that is compared with each argument.
    private var places: [Int: [Case]] {
        guard case .look(let place, let cases, let otherwise) = self else { return [:] }
        return (cases.map(\.then) + [otherwise]).map(\.places)
            .reduce([place: cases]) { $0.merging($1, uniquingKeysWith: +) }
    }
}

extension ArgumentRule.Case {
    fileprivate var edges: [UInt32] {
        let wrongBits: [UInt32] = (0..<32).map { value ^ (UInt32(1) << $0) }
        return wrongBits + [value, value &+ 1, value &- 1, value ^ mask, mask, ~mask]
    }
}
