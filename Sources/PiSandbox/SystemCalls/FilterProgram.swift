/// The machine code of a filter, as the kernel takes it.
package struct FilterProgram: Hashable, Sendable {
    /// One `struct sock_filter`.
    package struct Instruction: Hashable, Sendable {
        package let code: UInt16
        package let ifTrue: UInt8
        package let ifFalse: UInt8
        package let operand: UInt32
    }

    /// What becomes of a refusal.
    package enum Kind: String, CaseIterable, Sendable {
        /// The kernel answers with the errno.
        case plain
        /// The supervisor's listener answers with the same errno, and can count.
        ///
        /// That is for EPERM and EAFNOSUPPORT. Libraries probe for what is ENOSYS all day: nobody is to hear of it.
        case reporting
    }

    package let instructions: [Instruction]
}
