@testable import PiSandbox

/// Runs the machine code of a filter as the kernel does: classic BPF over `struct seccomp_data`.
///
/// It knows the instructions that filters of system calls are made of, and refuses others.
struct PacketFilter {
    enum Fault: Error, Equatable {
        case unknownInstruction(UInt16)
        case loadFromOutside(UInt32)
        case endWithoutAnswer
    }

    let program: FilterProgram

    /// The `SECCOMP_RET_*` value.
    func run(_ number: UInt32, _ arguments: [UInt64], auditToken: UInt32) throws(Fault) -> UInt32 {
        var accumulator: UInt32 = 0
        var place = 0
        // Jumps lead forwards only, so this ends.
        while place < program.instructions.count {
            let instruction = program.instructions[place]
            let operand = instruction.operand
            place += 1
            func jump(if isTrue: Bool) {
                place += Int(isTrue ? instruction.ifTrue : instruction.ifFalse)
            }
            switch instruction.code {
            case Code.load:
                accumulator = try word(at: operand, number, arguments, auditToken)
            case Code.and: accumulator &= operand
            case Code.jump: place += Int(operand)
            case Code.jumpIfEqual: jump(if: accumulator == operand)
            case Code.jumpIfGreater: jump(if: accumulator > operand)
            case Code.jumpIfAtLeast: jump(if: accumulator >= operand)
            case Code.jumpIfAnyBit: jump(if: accumulator & operand != 0)
            case Code.answer: return operand
            default: throw .unknownInstruction(instruction.code)
            }
        }
        throw .endWithoutAnswer
    }

    /// The classes, sizes and modes of `linux/bpf_common.h`, put together.
    enum Code {
        static let load: UInt16 = 0x20
        static let and: UInt16 = 0x54
        static let jump: UInt16 = 0x05
        static let jumpIfEqual: UInt16 = 0x15
        static let jumpIfGreater: UInt16 = 0x25
        static let jumpIfAtLeast: UInt16 = 0x35
        static let jumpIfAnyBit: UInt16 = 0x45
        static let answer: UInt16 = 0x06
    }

    /// The number, the architecture, the instruction pointer and six arguments, each with its low half first.
    private func word(
        at offset: UInt32, _ number: UInt32, _ arguments: [UInt64], _ auditToken: UInt32
    ) throws(Fault) -> UInt32 {
        guard offset % 4 == 0, offset < 64 else { throw .loadFromOutside(offset) }
        switch offset {
        case 0: return number
        case 4: return auditToken
        case 8, 12: return 0
        default:
            let argument = arguments[Int(offset - 16) / 8]
            return UInt32(truncatingIfNeeded: offset % 8 == 0 ? argument : argument >> 32)
        }
    }
}
