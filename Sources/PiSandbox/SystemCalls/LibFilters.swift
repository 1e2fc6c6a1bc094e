import CSandbox
package import PiSystem

/// The filters that are compiled in, and what their listener answers: C goes in here, values come out.
package enum LibFilters {
    package static func program(
        _ kind: FilterProgram.Kind, for architecture: Architecture
    ) -> FilterProgram {
        let filter = unsafe pi_filter(
            architecture == .aarch64 ? 1 : 0, kind == .reporting ? 1 : 0
        ).pointee
        let code = unsafe UnsafeBufferPointer(start: filter.code, count: Int(filter.length))
        return FilterProgram(
            instructions: unsafe code.map {
                FilterProgram.Instruction(
                    code: $0.code, ifTrue: $0.jt, ifFalse: $0.jf, operand: $0.k)
            })
    }

    /// For a call that the reporting filter handed to its listener.
    package static func refusal(
        of number: UInt32, _ arguments: [UInt64], on architecture: Architecture
    ) -> Errno {
        precondition(arguments.count == 6, "a system call has six arguments")
        return Errno(
            rawValue: unsafe pi_refusal_errno(
                number, arguments, architecture == .aarch64 ? 1 : 0))
    }
}
