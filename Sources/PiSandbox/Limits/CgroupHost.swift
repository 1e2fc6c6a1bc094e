import PiSystem

/// Where on this host the groups of a run can be made.
package struct CgroupHost: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// One tree with all controllers.
        case v2
        /// A tree for each controller.
        case v1
    }

    package let kind: Kind
    /// The folder in which each run makes its own: one, or those of memory, of processes and, where the
    /// kernel has it, of processor time.
    let parents: [FilePath]

    /// Removes the groups whose names begin so; false if there is still one, as a process is in it.
    ///
    /// What was killed takes a moment to leave, for which it waits.
    package func removeGroups(named name: String, waiting limit: Duration = .zero) -> Bool {
        let end = Clock<Monotonic>.system.now + limit
        while true {
            // Each is tried, whatever became of those before it.
            let left = parents.filter { !Self.removeGroups(named: name, in: $0) }
            guard !left.isEmpty, Clock<Monotonic>.system.now < end else { return left.isEmpty }
            // Where it can't be waited, it is asked again at once, until the end of the time.
            try? Poll.pause(.milliseconds(2))
        }
    }

    private static func removeGroups(named name: String, in parent: FilePath) -> Bool {
        do throws(SystemError) {
            let folder = try Folder.open(parent, resolving: .anything)
            var isGone = true
            for group in try folder.names(limit: 100_000) where group.bytes.starts(with: name.utf8)
            {
                do throws(SystemError) {
                    try folder.remove(group, isFolder: true)
                } catch {
                    isGone = isGone && error.errno == .noSuchFile
                }
            }
            return isGone
        } catch {
            return error.errno == .noSuchFile
        }
    }

    /// Nil, and why, if limits of memory and processes can't be had from control groups here.
    package static func find() -> Result<CgroupHost, Missing> {
        do {
            let own = try Folder.open("/proc/self", resolving: .anything)
            let groups = try own.read("cgroup", limit: .kibibytes(64), resolving: .anything)
            let mounts = try own.read("mountinfo", limit: .mebibytes(4), resolving: .anything)
            // A host can have thousands of mounts; few lines of them are worth a text.
            let mark = Array(" - cgroup".utf8)
            let wanted = mounts.split(separator: UInt8(ascii: "\n")).filter { line in
                line.indices.contains { place in
                    line[place] == mark[0] && line[place...].starts(with: mark)
                }
            }
            return find(
                groups: String(decoding: groups, as: UTF8.self),
                mounts: String(decoding: Array(wanted.joined(separator: [10])), as: UTF8.self))
        } catch {
            return .failure(Missing(reason: error.sentence))
        }
    }

    package struct Missing: Error, Hashable, Sendable {
        package let reason: String
    }

    private struct Mount {
        let root: Substring
        let place: Substring
        let type: Substring
        let options: [Substring]
    }

    private static func find(groups: String, mounts text: String) -> Result<CgroupHost, Missing> {
        // proc(5), /proc/pid/mountinfo: ID parent major:minor root place options … - type source options
        let mounts = text.split(separator: "\n").compactMap { line -> Mount? in
            let words = line.split(separator: " ")
            guard let dash = words.firstIndex(of: "-"), dash + 3 < words.count, words.count > 5,
                words[dash + 1].hasPrefix("cgroup")
            else { return nil }
            return Mount(
                root: words[3], place: words[4], type: words[dash + 1],
                options: words[dash + 3].split(separator: ","))
        }
        // cgroups(7): hierarchy:controllers:path
        let lines = groups.split(separator: "\n").map {
            $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        }.filter { $0.count == 3 }
        func folder(_ mount: Mount, _ path: Substring) -> FilePath? {
            var rest = path
            if mount.root != "/" {
                guard rest.hasPrefix(mount.root) else { return nil }
                rest = rest.dropFirst(mount.root.count)
            }
            let below = rest == "/" ? "" : String(rest)
            return FilePath(String(mount.place) + below)
        }
        func v1(_ controller: Substring) -> FilePath? {
            guard
                let mount = mounts.first(where: {
                    $0.type == "cgroup" && $0.options.contains(controller)
                }),
                let line = lines.first(where: {
                    $0[1].split(separator: ",").contains(controller)
                })
            else { return nil }
            return folder(mount, line[2])
        }
        if let memory = v1("memory"), let pids = v1("pids") {
            let parents = [memory, pids] + (v1("cpuacct").map { [$0] } ?? [])
            if let closed = parents.first(where: { !$0.mayBeWritten }) {
                return .failure(Missing(reason: "\(closed) belongs to others"))
            }
            return .success(CgroupHost(kind: .v1, parents: parents))
        }
        guard let mount = mounts.first(where: { $0.type == "cgroup2" }),
            let line = lines.first(where: { $0[0] == "0" }), let parent = folder(mount, line[2])
        else {
            return .failure(Missing(reason: "no control groups are mounted here"))
        }
        return prepare(parent, below: FilePath(String(mount.place))!)
    }

    /// Of v2 a group with processes in it has no groups below it that are limited: what is ours to divide may be
    /// one further up, or ours alone, which we leave first.
    private static func prepare(
        _ own: FilePath, below top: FilePath
    ) -> Result<CgroupHost, Missing> {
        var first: SystemError?
        var group = own
        while group.mayBeWritten {
            do throws(SystemError) {
                try divide(group)
                return .success(CgroupHost(kind: .v2, parents: [group]))
            } catch {
                first = first ?? error
            }
            guard group != top else { break }
            group = group.parent
        }
        guard let first, first.errno == .busy else {
            return .failure(
                Missing(
                    reason: first.map { "\(own) is not ours to divide: \($0.sentence)" }
                        ?? "\(own) belongs to others"))
        }
        do throws(SystemError) {
            let folder = try Folder.open(own, resolving: .anything)
            // It may be there from another run; what is wrong with it the next line tells.
            try? folder.makeFolder("pi-runner-supervisor", mode: 0o755)
            try folder.folder("pi-runner-supervisor", resolving: [.beneath, .noLinks])
                .put("0", into: "cgroup.procs")
            try divide(own)
            return .success(CgroupHost(kind: .v2, parents: [own]))
        } catch {
            return .failure(Missing(reason: "others are in \(own), too: \(error.sentence)"))
        }
    }

    private static func divide(_ group: FilePath) throws(SystemError) {
        let folder = try Folder.open(group, resolving: .anything)
        let given = try words(of: "cgroup.subtree_control", in: folder)
        guard !given.contains("memory") || !given.contains("pids") else { return }
        try folder.put("+memory +pids", into: "cgroup.subtree_control")
    }

    private static func words(
        of name: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> [Substring] {
        let bytes = try folder.read(
            name, limit: .kibibytes(4), resolving: [.beneath, .noLinks])
        return String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
    }
}
