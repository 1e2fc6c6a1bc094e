import CSeccomp
import PiSystem

/// From the table to the machine code of a filter.
extension LibSeccomp {
    /// A rule that libseccomp can't express.
    package struct BuildError: Error, CustomStringConvertible {
        let call: String
        let errno: Errno
        package var description: String {
            "cannot build a rule of the filter for \(call): \(errno). Is this libseccomp (\(version)) too old for the call?"
        }
    }

    static func number(of name: String, on architecture: Architecture) -> UInt32? {
        let number = unsafe seccomp_syscall_resolve_name_arch(architecture.auditToken, name)
        // Negative numbers stand for calls of other architectures, and for no call at all.
        return number < 0 ? nil : UInt32(number)
    }

    static func name(of number: UInt32, on architecture: Architecture) -> String? {
        guard number <= Int32.max,
            let name = unsafe seccomp_syscall_resolve_num_arch(
                architecture.auditToken, Int32(number))
        else { return nil }
        defer { unsafe free(name) }
        return unsafe String(cString: name)
    }

    package static func build(
        _ kind: FilterProgram.Kind, for architecture: Architecture
    ) throws -> FilterProgram {
        // What this kernel can do does not matter: the program is for another start, perhaps on another machine.
        try check(seccomp_api_set(5), "the interface")
        let filter = unsafe seccomp_init(action(.unnamed, kind))
        defer { unsafe seccomp_release(filter) }
        if Architecture.ofThisProgram != architecture {
            try check(
                unsafe seccomp_arch_remove(filter, Architecture.ofThisProgram.auditToken),
                "the architecture")
            try check(
                unsafe seccomp_arch_add(filter, architecture.auditToken), "the architecture")
        }
        try check(
            unsafe seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, action(.foreign, kind)),
            "the architecture")
        // A binary tree: the way to a call grows with the logarithm of their number.
        try check(unsafe seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2), "the tree")

        for (name, entry) in SystemCallTable.entries.sorted(by: { $0.key < $1.key })
        where SystemCallTable.number(of: name, on: architecture) != nil {
            for path in paths(entry) where path.answer.errno != .notImplemented {
                // libseccomp wants the number that this program's own machine has for a call of another.
                let known = unsafe seccomp_syscall_resolve_name(name)
                let number =
                    known == __NR_SCMP_ERROR ? Int32(SystemCallTable.numbers[name]!) : known
                let outcome = unsafe seccomp_rule_add_exact_array(
                    filter, action(path.answer, kind), number, UInt32(path.conditions.count),
                    path.conditions)
                try check(outcome, name)
            }
        }
        return FilterProgram(instructions: try unsafe export(filter))
    }

    private typealias Path = (conditions: [scmp_arg_cmp], answer: FilterAnswer)

    private static func paths(_ entry: SystemCallTable.Entry) -> [Path] {
        switch entry {
        case .allowed: [([], .allow)]
        case .refused(let refusal): [([], .refuse(refusal.errno, because: refusal.reason))]
        case .ruled(let rule): paths(rule)
        }
    }

    /// One rule of libseccomp's for every leaf of ours.
    ///
    /// libseccomp knows no "otherwise". At least 0 is true for every argument, and libseccomp tries it after all that is
    /// masked; a mask of 0 would be taken for "whatever the others say". The tests run what comes of it.
    private static func paths(_ rule: ArgumentRule) -> [Path] {
        switch rule {
        case .answer(let answer): return [([], answer)]
        case .look(let place, let cases, let otherwise):
            let argument = UInt32(place)
            let fitting = cases.flatMap { one in
                paths(one.then).map { path in
                    let condition = scmp_arg_cmp(
                        arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: UInt64(one.mask),
                        datum_b: UInt64(one.value))
                    return ([condition] + path.conditions, path.answer)
                }
            }
            let always = scmp_arg_cmp(arg: argument, op: SCMP_CMP_GE, datum_a: 0, datum_b: 0)
            return fitting + paths(otherwise).map { ([always] + $0.conditions, $0.answer) }
        }
    }

    /// `SECCOMP_RET_*` of `linux/seccomp.h`.
    private static func action(_ answer: FilterAnswer, _ kind: FilterProgram.Kind) -> UInt32 {
        switch (answer, kind) {
        case (.allow, _): 0x7FFF_0000
        case (.kill, _): 0x8000_0000
        case (.refuse(.notImplemented, _), _), (.refuse, .plain):
            0x0005_0000 | UInt32(answer.errno!.rawValue)
        case (.refuse, .reporting): 0x7FC0_0000
        }
    }

    /// Through a pipe, which libseccomp fills before anybody reads: one that is too small is an error, not a wait.
    private static func export(_ filter: scmp_filter_ctx?) throws -> [FilterProgram.Instruction] {
        let pipe = try Pipe()
        try pipe.writing.neverBlock()
        try check(unsafe seccomp_export_bpf(filter, pipe.writing.number), "the program")
        let bytes = try pipe.reading.read(upTo: .kibibytes(64), from: "a filter") ?? []
        return stride(from: 0, to: bytes.count, by: 8).map { start in
            func number(_ range: Range<Int>) -> UInt32 {
                // Both architectures that we know count from the small end.
                range.reversed().reduce(0) { $0 << 8 | UInt32(bytes[start + $1]) }
            }
            return FilterProgram.Instruction(
                code: UInt16(number(0..<2)), ifTrue: bytes[start + 2], ifFalse: bytes[start + 3],
                operand: number(4..<8))
        }
    }

    private static func check(_ outcome: Int32, _ call: String) throws(BuildError) {
        guard outcome == 0 else {
            throw BuildError(call: call, errno: Errno(rawValue: -outcome))
        }
    }
}
