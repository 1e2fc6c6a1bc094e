import CSandbox
package import PiSystem

/// The program that makes sandboxes, opened: what runs is what was looked at.
package struct Launcher: ~Copyable, Sendable {
    let program: File

    /// Refused if others may have written it: it gets its user's rights.
    package init(_ path: FilePath) throws {
        let program = try Folder.open(path.parent, resolving: .anything)
            .file(path.name ?? ".", for: .read, creating: .never, resolving: .noLinks)
        let facts = try program.facts()
        guard facts.user == .root || facts.user == .current,
            facts.mode & 0o002 == 0, facts.mode & 0o020 == 0 || facts.group == .current
        else { throw OpenToOthers(path: path) }
        self.program = program
    }

    package struct OpenToOthers: Error, CustomStringConvertible {
        let path: FilePath

        package var description: String {
            "\(path) could be changed by others, and it would get your rights. chmod go-w it, and let it belong to you or to root."
        }
    }

    /// Starts it with its two sockets, and with nothing else of ours.
    func start(
        keeper: borrowing PacketSocket, initial: borrowing PacketSocket
    ) throws(SystemError) -> ChildProcess {
        let nowhere = try Descriptor.sink("/dev/null")
        let none = nowhere.borrowed
        // By its descriptor, which the launcher closes first of all.
        let process = try SpawnPlan(
            program: "/proc/self/fd/5", arguments: ["pi-launcher"], environment: [],
            newSession: true
        ).start(
            on: [
                none, none, none, keeper.descriptor.borrowed, initial.descriptor.borrowed,
                program.descriptor.borrowed,
            ])
        // Beside us, while we decide what it shall do.
        process.sendElsewhere()
        return process
    }
}
