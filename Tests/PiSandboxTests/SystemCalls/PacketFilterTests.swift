import Testing

@testable import PiSandbox

/// The judge of the filters is judged first, by programs written by hand.
@Suite struct PacketFilterTests {
    private typealias Code = PacketFilter.Code

    private static func run(
        _ code: [(code: UInt16, ifTrue: UInt8, ifFalse: UInt8, operand: UInt32)],
        number: UInt32 = 7, arguments: [UInt64] = [0, 1, 2, 3, 4, 5]
    ) throws -> UInt32 {
        let program = FilterProgram(
            instructions: code.map {
                FilterProgram.Instruction(
                    code: $0.code, ifTrue: $0.ifTrue, ifFalse: $0.ifFalse, operand: $0.operand)
            })
        return try PacketFilter(program: program).run(number, arguments, auditToken: 0xABCD)
    }

    @Test func `a load reads the word that the kernel keeps there`() throws {
        let arguments = (0..<6).map { UInt64(0x100 + $0) << 32 | UInt64(0x200 + $0) }
        var words: [UInt32] = [7, 0xABCD, 0, 0]
        for place in 0..<6 { words += [0x200 + UInt32(place), 0x100 + UInt32(place)] }
        for (index, word) in words.enumerated() {
            let answer = try Self.run(
                [
                    (Code.load, 0, 0, UInt32(index) * 4), (Code.jumpIfEqual, 0, 1, word),
                    (Code.answer, 0, 0, 1), (Code.answer, 0, 0, 2),
                ], arguments: arguments)
            #expect(answer == 1, "word \(index)")
        }
    }

    @Test(arguments: [
        (Code.jumpIfEqual, [false, true, false]),
        (Code.jumpIfGreater, [false, false, true]),
        (Code.jumpIfAtLeast, [false, true, true]),
        (Code.jumpIfAnyBit, [false, true, true]),
    ])
    func `a jump goes where its comparison says`(code: UInt16, expected: [Bool]) throws {
        for (number, isTrue) in zip([7, 8, 9] as [UInt32], expected) {
            let answer = try Self.run(
                [
                    (Code.load, 0, 0, 0), (code, 1, 0, 8), (Code.answer, 0, 0, 2),
                    (Code.answer, 0, 0, 1),
                ], number: number)
            #expect((answer == 1) == isTrue, "\(number)")
        }
    }

    @Test func `comparisons have no sign`() throws {
        let program: [(UInt16, UInt8, UInt8, UInt32)] = [
            (Code.load, 0, 0, 0), (Code.jumpIfGreater, 0, 1, 0x7FFF_FFFF),
            (Code.answer, 0, 0, 1), (Code.answer, 0, 0, 2),
        ]
        #expect(try Self.run(program, number: 0xFFFF_FFFF) == 1)
    }

    @Test func `a mask stays until the next load, and a plain jump skips`() throws {
        let program: [(UInt16, UInt8, UInt8, UInt32)] = [
            (Code.load, 0, 0, 0), (Code.and, 0, 0, 0xF0), (Code.jump, 0, 0, 1),
            (Code.answer, 0, 0, 3), (Code.jumpIfEqual, 0, 1, 0x30), (Code.answer, 0, 0, 1),
            (Code.answer, 0, 0, 2),
        ]
        #expect(try Self.run(program, number: 0x35) == 1)
        #expect(try Self.run(program, number: 0x45) == 2)
    }

    @Test func `what a filter may not do is a fault`() {
        #expect(throws: PacketFilter.Fault.endWithoutAnswer) {
            try Self.run([(Code.load, 0, 0, 0)])
        }
        #expect(throws: PacketFilter.Fault.loadFromOutside(64)) {
            try Self.run([(Code.load, 0, 0, 64)])
        }
        #expect(throws: PacketFilter.Fault.loadFromOutside(18)) {
            try Self.run([(Code.load, 0, 0, 18)])
        }
        #expect(throws: PacketFilter.Fault.unknownInstruction(0x87)) {
            try Self.run([(0x87, 0, 0, 0)])
        }
    }
}
