import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// Whom a run is on the host.
///
/// An ordinary user's run is that user. Root's runs are nobody: each has an id of its own from a range that
/// was set aside, so that neighbours are strangers to each other, and holds it by a lock as long as it lives.
struct HostIDs: ~Copyable {
    let identity: SandboxSpec.Identity
    private let lock: FileLock?

    struct NoRange: Error {
        let diagnostic = Diagnostic(
            severity: .error, message: "no ids of this host are set aside for the runs of root",
            help: "as root: echo 'root:1000000:65536' >> /etc/subuid",
            notes: [
                "each run of root's gets an unprivileged id of its own; `ids: {from: 1000000, count: 65536}` in /etc/pi-runner/settings.yaml does the same"
            ])
    }

    struct AllInUse: Error {
        let count: Int

        var diagnostic: Diagnostic {
            Diagnostic(
                severity: .error,
                message:
                    "each run of root's gets an id of its own, and all \(count) that are set aside are in use",
                help:
                    "wait until another run has ended, or set more aside: `ids.count`, or root's line in /etc/subuid"
            )
        }
    }

    init(
        for workspace: WorkspaceFolder, settings: @autoclosure () throws -> Settings?,
        state: StateFolder
    ) throws {
        let own = UserID.current
        guard own == .root else {
            identity = SandboxSpec.Identity(
                user: own.rawValue, group: GroupID.current.rawValue, hostUser: own.rawValue,
                hostGroup: GroupID.current.rawValue)
            lock = nil
            return
        }
        guard let range = try settings()?.ids ?? Self.subordinate() else { throw NoRange() }
        let locks = try state.folder("ids")
        // From a few dozen places, so that the files of the locks are there already.
        let start = Int(ThisProcess.pid % 64)
        for attempt in 0..<range.count {
            let id = range.lowerBound + UInt32((start + attempt) % range.count)
            let file = try locks.file(
                FilePath(RawText("\(id)")!), for: .readAndWrite, creating: .ifMissing(mode: 0o600),
                resolving: [.beneath, .noLinks])
            do throws(SystemError) {
                lock = try FileLock(file, .exclusive, waiting: false)
            } catch {
                guard error.errno == .wouldBlock else { throw error }
                continue
            }
            identity = SandboxSpec.Identity(
                user: workspace.owner.rawValue, group: workspace.group.rawValue, hostUser: id,
                hostGroup: id)
            return
        }
        throw AllInUse(count: range.count)
    }

    /// Root's line in `/etc/subuid`: subuid(5).
    private static func subordinate() throws(SystemError) -> Range<UInt32>? {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Folder.open("/etc", resolving: .anything)
                .read("subuid", limit: .mebibytes(1), resolving: .anything)
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return nil
        }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: ":")
            guard words.count == 3, words[0] == "root" || words[0] == "0",
                let from = UInt32(words[1]), let count = UInt32(words[2]), from > 0, count > 0,
                from <= UInt32.max - count
            else { continue }
            return from..<(from + count)
        }
        return nil
    }
}
