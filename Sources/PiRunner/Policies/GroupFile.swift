import PiJSON
import PiPolicy
import PiSystem

/// `groups.yaml` of one policy folder, as it is written anew.
struct GroupFile: Sendable {
    private struct Entry {
        let name: String
        let hosts: [String]
        let from: String?
        let at: String?
    }

    private var entries: [Entry]

    /// Empty if there is none; one that can't be understood is left alone, by an error.
    static func read(_ folder: FilePath) throws -> GroupFile {
        let path = folder.appending("groups.yaml")
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Folder.open(folder, resolving: .anything)
                .read("groups.yaml", limit: .mebibytes(1), resolving: [.beneath, .noLinks])
        } catch {
            guard error.errno == .noSuchFile || error.errno == .notAFolder else { throw error }
            return GroupFile(entries: [])
        }
        let (groups, diagnostics) = Groups.load([SourceText(name: path.description, bytes: bytes)])
        guard diagnostics.isEmpty else {
            throw PolicyUnreadable(
                name: path.description, reason: diagnostics[0].message,
                help:
                    "mend it first, or move it away; `pi-runner policy groups` shows where it is wrong"
            )
        }
        return GroupFile(
            entries: groups.groups.map {
                Entry(name: $0.name, hosts: $0.hosts, from: $0.from, at: $0.at)
            })
    }

    /// With what the clients said; a client without hosts changes nothing.
    func updated(by answers: [PackageClients.Answer]) -> GroupFile {
        let today = CalendarDay(of: Clock<TimeOfDay>.system.now).description
        var updated = self
        for answer in answers {
            guard let hosts = answer.hosts, !hosts.isEmpty else { continue }
            let entry = Entry(name: answer.group, hosts: hosts, from: answer.command, at: today)
            if let place = updated.entries.firstIndex(where: { $0.name == answer.group }) {
                updated.entries[place] = entry
            } else {
                updated.entries.append(entry)
            }
        }
        return updated
    }

    var text: String {
        var text = """
            # What @NAME stands for in policies on this host.
            # Written by `pi-runner policy groups refresh`; what was added by hand stays, comments do not.
            version: 1
            groups:\(entries.isEmpty ? " {}" : "")

            """
        for entry in entries {
            text +=
                "  \(entry.name):\n    hosts: [\(entry.hosts.map(Self.quoted).joined(separator: ", "))]\n"
            if let from = entry.from { text += "    from: \(Self.quoted(from))\n" }
            if let at = entry.at { text += "    at: \(Self.quoted(at))\n" }
        }
        return text
    }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).description }

    static func write(_ text: String, to folder: FilePath) throws {
        try Folder.make(folder, mode: 0o755)
            .replace("groups.yaml", with: Array(text.utf8), mode: 0o644)
    }
}
