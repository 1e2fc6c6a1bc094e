/// What the filter answers, computed from the table: what the machine code of the filter is held against.
package struct SystemCallFilter: Sendable {
    package let architecture: Architecture
    private let entries: [UInt32: SystemCallTable.Entry]
    private let names: [UInt32: String]

    package static let x86_64 = SystemCallFilter(for: .x86_64)
    package static let aarch64 = SystemCallFilter(for: .aarch64)

    package static func of(_ architecture: Architecture) -> SystemCallFilter {
        switch architecture {
        case .x86_64: x86_64
        case .aarch64: aarch64
        }
    }

    private init(for architecture: Architecture) {
        self.architecture = architecture
        var entries: [UInt32: SystemCallTable.Entry] = [:]
        var names: [UInt32: String] = [:]
        for (name, entry) in SystemCallTable.entries {
            guard let number = SystemCallTable.number(of: name, on: architecture) else { continue }
            entries[number] = entry
            names[number] = name
        }
        self.entries = entries
        self.names = names
    }

    /// The answer to a call, with the reason where it is refused.
    package func answer(to number: UInt32, _ arguments: [UInt64]) -> FilterAnswer {
        answer(to: number, arguments, auditToken: architecture.auditToken)
    }

    /// The same for a call that came through the door of another architecture.
    package func answer(
        to number: UInt32, _ arguments: [UInt64], auditToken: UInt32
    ) -> FilterAnswer {
        guard auditToken == architecture.auditToken else { return .foreign }
        if architecture == .x86_64, number >= Self.x32, number != .max { return .foreign }
        return switch entries[number] {
        case .allowed: .allow
        case .ruled(let rule): rule.answer(for: arguments)
        case .refused(let refusal): .refuse(refusal.errno, because: refusal.reason)
        case nil: .unnamed
        }
    }

    /// From here on x86-64's numbers mean x32, but for -1, by which a tracer skips a call.
    private static let x32: UInt32 = 0x4000_0000

    /// For a person whose program ran into it, such as `mount was refused: mounting is …`; nil for what is allowed.
    package func explanation(of number: UInt32, _ arguments: [UInt64]) -> String? {
        let name =
            name(of: number) ?? LibSeccomp.name(of: number, on: architecture)
            ?? "system call \(number)"
        return switch answer(to: number, arguments) {
        case .allow: nil
        case .refuse(_, let reason): "\(name) was refused: \(reason)"
        case .kill(let reason): "\(name) ended the process: \(reason)"
        }
    }

    /// Such as `mount`; nil for a number that has no name in the table.
    package func name(of number: UInt32) -> String? { names[number] }
}

extension SystemCallTable {
    /// Why a call is refused whatever its arguments, by its name; nil for one that is allowed or not in the table.
    package static func reasonForRefusing(_ name: String) -> String? {
        guard case .refused(let refusal)? = entries[name] else { return nil }
        return refusal.reason
    }

    /// Nil where the architecture has no such call.
    static func number(of name: String, on architecture: Architecture) -> UInt32? {
        numbers[name] ?? LibSeccomp.number(of: name, on: architecture)
    }
}
