package import PiSystem

/// The processes of this host at one moment, as `/proc` shows them.
package struct ProcessTable: Sendable {
    package struct Row: Hashable, Sendable {
        package let pid: Int32
        package let parent: Int32
        /// One letter: proc(5).
        package let state: String
        /// In ticks since the boot; a number that has come to mean another process has another.
        package let started: String
        /// Its arguments with spaces between them; empty for one that has ended.
        package let commandLine: String

        package var isLauncher: Bool { commandLine == "pi-launcher" }
    }

    package let entries: [Row]

    package static func now() throws -> ProcessTable {
        let all = try Folder.open("/proc", resolving: .anything)
        return ProcessTable(
            entries: try all.names(limit: 1_000_000).compactMap { name in
                guard let pid = name.utf8.flatMap(Int32.init) else { return nil }
                return entry(of: pid, in: all)
            })
    }

    private static func entry(of pid: Int32, in all: borrowing Folder) -> Row? {
        func read(_ name: String) -> String? {
            // It may have ended since its name was read.
            let bytes = try? all.read(
                FilePath("\(pid)/\(name)")!, limit: .mebibytes(4), resolving: .anything)
            return bytes.map { String(decoding: $0, as: UTF8.self) }
        }
        guard let line = read("stat"), let arguments = read("cmdline"),
            let end = line.lastIndex(of: ")")
        else { return nil }
        let words = line[end...].split(separator: " ")
        guard words.count > 20, let parent = Int32(words[2]) else { return nil }
        return Row(
            pid: pid, parent: parent, state: String(words[1]), started: String(words[20]),
            commandLine: arguments.split(separator: "\0").joined(separator: " "))
    }

    package func children(of pid: Int32) -> [Row] { entries.filter { $0.parent == pid } }

    package func descendants(of pid: Int32) -> [Row] {
        children(of: pid).flatMap { [$0] + descendants(of: $0.pid) }
    }

    package func naming(_ word: String) -> [Row] {
        entries.filter { $0.commandLine.contains(word) }
    }

    /// Looks until it is so, and returns the last look whether or not it is.
    ///
    /// That a process of somebody else's has ended is announced to nobody but its parent.
    package static func look(
        on loop: EventLoop, atMost length: Duration, until isSo: (ProcessTable) -> Bool
    ) async throws -> ProcessTable {
        let deadline = Clock<Monotonic>.system.now + length
        while true {
            let table = try now()
            guard !isSo(table), Clock<Monotonic>.system.now < deadline else { return table }
            try await loop.sleep(until: Clock<Monotonic>.system.now + .milliseconds(10))
        }
    }

    /// A signal to a process that is not ours to wait for.
    package static func send(_ signal: Signal, to pid: Int32) async throws {
        // One that has ended needs no signal.
        _ = try await Program(
            "/bin/sh",
            ["-c", "kill -\"$0\" \"$1\"", RawText("\(signal.rawValue)")!, RawText("\(pid)")!]
        ).run()
    }
}
