import PiSystem

/// The control groups of one run: one for each call, side by side, all named after the run.
package struct RunCgroups: Hashable, Sendable {
    let host: CgroupHost
    /// What the names of all of them begin with, and no other run's.
    let name: String

    package init(on host: CgroupHost, name: String) {
        self.host = host
        self.name = name
    }

    func makeCall(_ number: UInt32, _ limits: CallLimits) throws(SystemError) -> CallCgroup {
        try CallCgroup(kind: host.kind, FilePath("\(name).\(number)")!, in: host.parents, limits)
    }
}

/// The control group of one call.
final class CallCgroup: Sendable {
    private let kind: CgroupHost.Kind
    private let name: FilePath
    private let trees: [Tree]
    /// What the call's first process joins by: the list of members of each tree.
    let joining: [SharedDescriptor]

    fileprivate init(
        kind: CgroupHost.Kind, _ name: FilePath, in parents: [FilePath], _ limits: CallLimits
    ) throws(SystemError) {
        self.kind = kind
        self.name = name
        var trees: [Tree] = []
        var joining: [SharedDescriptor] = []
        for (place, parent) in parents.enumerated() {
            let holder = try Folder.open(parent, resolving: .anything)
            try holder.makeFolder(name, mode: 0o755)
            let folder = try holder.folder(name, resolving: [.beneath, .noLinks])
            switch (kind, place) {
            case (.v2, _):
                try folder.put("\(limits.memory.value.bytes)", into: "memory.max")
                // No way out by swap; a kernel without swap has no such file.
                try folder.putIfPresent("0", into: "memory.swap.max")
                try folder.putIfPresent("1", into: "memory.oom.group")
                try folder.put("\(limits.processes.value + Self.ownProcesses)", into: "pids.max")
                joining.append(try folder.members("cgroup.procs"))
            case (.v1, 0):
                try folder.put("\(limits.memory.value.bytes)", into: "memory.limit_in_bytes")
                try folder.putIfPresent(
                    "\(limits.memory.value.bytes)", into: "memory.memsw.limit_in_bytes")
                joining.append(try folder.members("tasks"))
            case (.v1, 1):
                try folder.put("\(limits.processes.value + Self.ownProcesses)", into: "pids.max")
                joining.append(try folder.members("tasks"))
            case (.v1, _): joining.append(try folder.members("tasks"))
            }
            trees.append(Tree(parent: holder, group: folder))
        }
        self.joining = joining
        self.trees = trees
    }

    /// For a call that may use less than those that the slot was made for.
    func tighten(to limits: CallLimits) throws(SystemError) {
        let memory = "\(limits.memory.value.bytes)"
        let processes = "\(limits.processes.value + Self.ownProcesses)"
        switch kind {
        case .v2:
            try trees[0].group.put(memory, into: "memory.max")
            try trees[0].group.put(processes, into: "pids.max")
        case .v1:
            try trees[0].group.put(memory, into: "memory.limit_in_bytes")
            try trees[0].group.putIfPresent(memory, into: "memory.memsw.limit_in_bytes")
            try trees[1].group.put(processes, into: "pids.max")
        }
    }

    /// Its folder in one of the trees, and the one that it lies in.
    private final class Tree: Sendable {
        let parent: Folder
        let group: Folder

        init(parent: consuming Folder, group: consuming Folder) {
            self.parent = parent
            self.group = group
        }
    }

    /// The slot itself is in the group, too.
    private static let ownProcesses = 1

    /// What the kernel counted.
    struct Counted: Hashable, Sendable {
        let peakMemory: ByteCount?
        /// How often something was killed for want of memory, and how often a process was refused.
        let outOfMemory: Int
        let refusedProcesses: Int
    }

    func counted() -> Counted {
        switch kind {
        case .v2:
            return Counted(
                peakMemory: number("memory.peak").map { ByteCount($0) },
                outOfMemory: number("memory.events", after: "oom_kill") ?? 0,
                refusedProcesses: number("pids.events", after: "max") ?? 0)
        case .v1:
            return Counted(
                peakMemory: number("memory.max_usage_in_bytes").map { ByteCount($0) },
                outOfMemory: number("memory.oom_control", after: "oom_kill") ?? 0,
                refusedProcesses: number("pids.events", after: "max", tree: 1) ?? 0)
        }
    }

    /// Whether the kernel adds up the processor time of all processes.
    var countsProcessor: Bool { kind == .v2 || trees.count > 2 }

    var processorUsed: Duration? {
        guard countsProcessor else { return nil }
        return switch kind {
        case .v2: number("cpu.stat", after: "usage_usec").map { .microseconds($0) }
        case .v1: number("cpuacct.usage", tree: 2).map { .nanoseconds($0) }
        }
    }

    private func number(_ file: FilePath, after key: String? = nil, tree: Int = 0) -> Int? {
        // Some kernels lack some of the counters; then nobody knows.
        let bytes = try? trees[tree].group.read(
            file, limit: .kibibytes(64), resolving: [.beneath, .noLinks])
        guard let bytes else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            guard let key else { return Int(line) }
            let words = line.split(separator: " ")
            if words.count == 2, words[0] == key { return Int(words[1]) }
        }
        return nil
    }

    /// False if a process is still in it.
    func remove() -> Bool {
        var isGone = true
        for tree in trees {
            do {
                try tree.parent.remove(name, isFolder: true)
            } catch {
                isGone = isGone && error.errno == .noSuchFile
            }
        }
        return isGone
    }
}

extension Folder {
    borrowing func put(_ text: String, into name: FilePath) throws(SystemError) {
        let file = try file(
            name, for: .append, creating: .never, resolving: [.beneath, .noLinks])
        try file.descriptor.writeAll(Array(text.utf8), to: path.appending(name))
    }

    fileprivate borrowing func putIfPresent(
        _ text: String, into name: FilePath
    ) throws(SystemError) {
        do {
            try put(text, into: name)
        } catch {
            guard error.errno == .noSuchFile else { throw error }
        }
    }

    fileprivate borrowing func members(
        _ name: FilePath
    ) throws(SystemError) -> SharedDescriptor {
        let file = try file(
            name, for: .append, creating: .never, resolving: [.beneath, .noLinks])
        return SharedDescriptor(try file.descriptor.duplicate())
    }
}
