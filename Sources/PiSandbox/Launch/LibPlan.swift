import CSandbox
import PiSystem

/// A plan as the launcher reads it: plain memory, with offsets instead of pointers.
struct PlanWriter {
    private var bytes: [UInt8]

    /// Room for the head is kept, and filled in at the end.
    init(head size: Int) {
        bytes = [UInt8](repeating: 0, count: size)
    }

    mutating func text(_ text: some Sequence<UInt8>) -> UInt32 {
        let at = UInt32(bytes.count)
        bytes += text
        bytes.append(0)
        return at
    }

    /// Several of one C type, aligned for it.
    mutating func list<Element: BitwiseCopyable>(_ elements: [Element]) -> UInt32 {
        while bytes.count % 8 != 0 { bytes.append(0) }
        let at = UInt32(bytes.count)
        unsafe elements.withUnsafeBytes { unsafe bytes += $0 }
        return at
    }

    /// The whole: the head knows its size, and the last byte is a zero.
    consuming func finish<Head: BitwiseCopyable>(_ head: (UInt32) -> Head) -> [UInt8] {
        bytes.append(0)
        let head = head(UInt32(bytes.count))
        unsafe withUnsafeBytes(of: head) { unsafe bytes.replaceSubrange(0..<$0.count, with: $0) }
        return bytes
    }
}

/// A C struct as the bytes of a packet.
func packetBytes<Value: BitwiseCopyable>(_ value: Value) -> [UInt8] {
    unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
}

/// A report of the launcher's; nil if it is none.
func readReport(_ bytes: [UInt8]) -> pi_report? {
    guard bytes.count == MemoryLayout<pi_report>.size else { return nil }
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: pi_report.self) }
}

/// The name of a program in a report.
func programName(_ report: pi_report) -> [UInt8] {
    unsafe withUnsafeBytes(of: report.program) { unsafe Array($0.prefix { $0 != 0 }) }
}

extension LaunchPlan {
    func encoded() -> [UInt8] {
        var plan = PlanWriter(head: MemoryLayout<pi_sandbox_plan>.size)
        let hostName = plan.text(spec.hostName.utf8)
        let entries = entries.map { Self.encode($0, &plan) }
        let rules = rules.map { rule in
            pi_rule(path: plan.text(rule.path.utf8), access: Self.access(rule.access))
        }
        var places = [UInt32](repeating: 0, count: Int(PI_TEMPORARY_PLACES))
        let temporary = spec.temporary?.places ?? []
        for (place, path) in temporary.enumerated() { places[place] = plan.text(path.utf8) }
        let nested = nestedTrees.map { plan.text($0.utf8) }
        let (entriesAt, rulesAt) = (plan.list(entries), plan.list(rules))
        let nestedAt = plan.list(nested)
        let portsAt = plan.list(spec.ports.map { UInt32($0) })
        return plan.finish { size in
            pi_sandbox_plan(
                magic: UInt32(PI_PLAN_MAGIC), size: size, host_name: hostName, entries: entriesAt,
                entry_count: UInt32(entries.count), rules: rulesAt,
                rule_count: UInt32(rules.count), landlock: landlock == nil ? 0 : 1,
                report_refusals: 1, temporary_size: UInt64(spec.temporary?.size ?? 0),
                temporary_count: UInt32(temporary.count),
                temporary: (
                    places[0], places[1], places[2], places[3], places[4], places[5], places[6],
                    places[7]
                ), nested: nestedAt, nested_count: UInt32(nested.count), ports: portsAt,
                port_count: UInt32(spec.ports.count))
        }
    }

    private static func access(_ access: Rule.Access) -> UInt32 {
        switch access {
        case .list: PI_RULE_LIST.rawValue
        case .read: PI_RULE_READ.rawValue
        case .readWrite: PI_RULE_READ.rawValue | PI_RULE_WRITE.rawValue
        case .device: PI_RULE_DEVICE.rawValue
        }
    }

    private static func encode(_ entry: Entry, _ plan: inout PlanWriter) -> pi_entry {
        var made = pi_entry()
        made.path = plan.text(entry.path.utf8)
        switch entry {
        case .folder:
            made.kind = PI_ENTRY_FOLDER.rawValue
            made.mode = 0o755
        case .file(_, let content):
            made.kind = PI_ENTRY_FILE.rawValue
            made.mode = 0o644
            made.source = plan.text(content.utf8)
            made.length = UInt32(content.utf8.count)
        case .link(_, let target):
            made.kind = PI_ENTRY_LINK.rawValue
            made.source = plan.text(target.utf8)
        case .bind(let tree, let facts, let makesPlace):
            made.kind = PI_ENTRY_BIND.rawValue
            made.source = plan.text(tree.source.utf8)
            made.mode = makesPlace ? 0o755 : 0
            made.device = facts.device
            made.inode = facts.inode
            switch tree.access {
            case .readOnly: made.flags = PI_ENTRY_READ_ONLY.rawValue
            case .readWrite: break
            }
            if tree.isIDMapped { made.flags |= PI_ENTRY_ID_MAPPED.rawValue }
            if let layers = tree.layers {
                made.kind = PI_ENTRY_OVERLAY.rawValue
                made.writable = plan.text(layers.writable.utf8)
                made.layers = plan.list(layers.sealed.map { plan.text($0.utf8) })
                made.layer_count = UInt32(layers.sealed.count)
                // A page, and names for the two folders and what they lie in, are always there.
                made.size = layers.memory.map { UInt64(max($0.size, 4096)) } ?? 0
                made.names = layers.memory?.names.map { UInt32(clamping: $0 + 4) } ?? 0
            }
        case .scratch(let scratch, let makesPlace):
            made.kind = PI_ENTRY_TEMPORARY.rawValue
            made.mode = makesPlace ? 0o755 : 0
            made.size = UInt64(scratch.size)
        case .holder: made.kind = PI_ENTRY_SELF.rawValue
        case .protected:
            made.kind = PI_ENTRY_SELF.rawValue
            made.flags = PI_ENTRY_READ_ONLY.rawValue
        case .hidden:
            made.kind = PI_ENTRY_HIDE.rawValue
            made.flags = PI_ENTRY_READ_ONLY.rawValue | PI_ENTRY_NO_PROGRAMS.rawValue
        }
        return made
    }
}

extension CallSpec {
    /// What the launcher's own watch shall look at, where no cgroup does.
    struct Watch: Hashable, Sendable {
        let memory: ByteCount?
        let processor: Duration?
        let written: ByteCount?
    }

    func encoded(watch: Watch, processes: Int?) -> [UInt8] {
        var plan = PlanWriter(head: MemoryLayout<pi_call_plan>.size)
        func offsets(_ texts: [RawText]) -> [UInt32] { texts.map { plan.text($0.bytes) } }
        let folder = plan.text(workingFolder.bytes)
        let lists = [arguments, environment, candidates].map(offsets)
        let limits = resourceLimits(processes: processes)
        let at = lists.map { plan.list($0) }
        let limitsAt = plan.list(limits)
        return plan.finish { size in
            pi_call_plan(
                magic: UInt32(PI_PLAN_MAGIC), size: size, arguments: at[0],
                argument_count: UInt32(lists[0].count), environment: at[1],
                environment_count: UInt32(lists[1].count), candidates: at[2],
                candidate_count: UInt32(lists[2].count), working_folder: folder,
                limits: limitsAt, limit_count: UInt32(limits.count),
                terminal: terminal == nil ? 0 : 1, rows: UInt32(terminal?.rows ?? 0),
                columns: UInt32(terminal?.columns ?? 0),
                watch_memory: UInt64(watch.memory?.bytes ?? 0),
                watch_processor_us: UInt64(watch.processor?.microseconds ?? 0),
                watch_written: UInt64(watch.written?.bytes ?? 0))
        }
    }

    private func resourceLimits(processes: Int?) -> [pi_limit] {
        // setrlimit(2); the numbers are the same on x86-64 and aarch64.
        let seconds = max(1, limits.processor.value.components.seconds)
        var list: [(UInt32, Int)] = [
            (0, Int(seconds)),  // RLIMIT_CPU
            (1, limits.fileSize.value.bytes),  // RLIMIT_FSIZE
            (4, 0),  // RLIMIT_CORE
            (7, limits.openFiles.value),  // RLIMIT_NOFILE
        ]
        if let processes { list.append((6, processes)) }  // RLIMIT_NPROC
        // A second between the signal that can be caught and the one that can't.
        return list.map {
            pi_limit(resource: $0.0, grace: $0.0 == 0 ? 1 : 0, value: UInt64($0.1))
        }
    }
}

extension Duration {
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return isTooLong ? .max : whole &+ attoseconds / 1_000_000_000_000
    }
}

extension pi_report {
    /// The six of a refused system call.
    var argumentList: [UInt64] {
        unsafe withUnsafeBytes(of: arguments) { unsafe Array($0.bindMemory(to: UInt64.self)) }
    }
}
