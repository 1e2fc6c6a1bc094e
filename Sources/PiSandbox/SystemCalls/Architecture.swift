/// A machine that the sandbox knows the system calls of.
package enum Architecture: String, CaseIterable, Sendable {
    case x86_64
    case aarch64

    #if arch(x86_64)
        package static let ofThisProgram = Architecture.x86_64
    #elseif arch(arm64)
        package static let ofThisProgram = Architecture.aarch64
    #endif

    /// What the kernel calls it where it asks a filter: `AUDIT_ARCH_*` of `linux/audit.h`.
    package var auditToken: UInt32 {
        switch self {
        case .x86_64: 0xC000_003E
        case .aarch64: 0xC000_00B7
        }
    }
}

extension Architecture: CustomStringConvertible {
    package var description: String { rawValue }
}
