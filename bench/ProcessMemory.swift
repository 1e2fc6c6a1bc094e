import PiSystem

/// The memory of processes that this one started, whoever of them started them.
///
/// A page that several share counts for each as its part of it, where we may look: into a launcher only
/// root may. Elsewhere it counts for each as a whole.
enum ProcessMemory {
    /// Of those below this process that call themselves so, one size each.
    static func ofDescendants(named name: String) throws -> [ByteCount] {
        let all = try processes()
        return all.filter { $0.name == name && descends($0, all) }.map(\.share)
    }

    private struct Process {
        let pid: Int32
        let parent: Int32
        let name: String
        let share: ByteCount
    }

    private static func processes() throws -> [Process] {
        let proc = try Folder.open("/proc", resolving: .anything)
        return try proc.names(limit: 100_000).compactMap { name in
            guard let pid = name.utf8.flatMap({ Int32($0) }) else { return nil }
            // One that has ended since it was listed is none of those that are waited for.
            guard let status = try? text(name.appending("status"), in: proc),
                // As above.
                let line = try? text(name.appending("cmdline"), in: proc)
            else { return nil }
            // Nothing that we may not look at.
            let rollup = (try? text(name.appending("smaps_rollup"), in: proc)) ?? ""
            // A process that has ended and was not reaped has no memory left.
            guard let parent = number("PPid:", in: status),
                let share = number("Pss:", in: rollup) ?? number("VmRSS:", in: status)
            else { return nil }
            return Process(
                pid: pid, parent: Int32(parent),
                name: String(line.split(separator: "\0").first ?? ""), share: .kibibytes(share))
        }
    }

    private static func text(
        _ name: FilePath, in folder: borrowing Folder
    ) throws(SystemError) -> String {
        String(
            decoding: try folder.read(name, limit: .kibibytes(64), resolving: .anything),
            as: UTF8.self)
    }

    private static func number(_ key: String, in status: String) -> Int? {
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) }
    }

    private static func descends(_ process: Process, _ all: [Process]) -> Bool {
        var parent = process.parent
        while parent > 1, parent != ThisProcess.pid {
            guard let next = all.first(where: { $0.pid == parent }) else { return false }
            parent = next.parent
        }
        return parent == ThisProcess.pid
    }
}
