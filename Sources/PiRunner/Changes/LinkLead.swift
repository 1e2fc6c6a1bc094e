import PiSandbox
import PiSystem

/// Where the links of a run lead, once its changes are in the workspace.
///
/// Looked at name by name, as the kernel would: a link that reads as if it stayed in the workspace may go
/// through another one there that does not.
struct LinkLead: ~Copyable {
    private let layer: Folder
    private let workspace: Folder
    private let changed: [FilePath: Change]

    init(_ changes: [Change], layer: consuming Folder, workspace: consuming Folder) {
        self.layer = layer
        self.workspace = workspace
        changed = Dictionary(changes.map { ($0.path, $0) }) { _, last in last }
    }

    /// As many links behind each other as the kernel follows.
    private static let longestChain = 40

    /// Whether it leads out of the workspace, or to where nobody can tell.
    borrowing func leadsOut(_ link: FilePath) throws(SystemError) -> Bool {
        var place = link.names.dropLast().map { $0 }
        var target = try LayerContents.readLink(link, in: layer)
        var ahead: [FilePath] = []
        for _ in 0..<Self.longestChain {
            guard !target.isAbsolute else { return true }
            ahead = target.names + ahead
            guard let next = try nextLink(from: &place, &ahead) else { return false }
            guard case .link(let further) = next else { return true }
            target = further
        }
        // The kernel follows it no further either, wherever it would have led.
        return false
    }

    private enum Entry {
        case link(FilePath), nothing, other, beyond
    }

    /// Goes on to the next link; nil where there is none, and all of it lies in the workspace.
    private borrowing func nextLink(
        from place: inout [FilePath], _ ahead: inout [FilePath]
    ) throws(SystemError) -> Entry? {
        while !ahead.isEmpty {
            let name = ahead.removeFirst()
            guard name != "." else { continue }
            if name == ".." {
                guard place.popLast() != nil else { return .beyond }
                continue
            }
            place.append(name)
            switch try entry(place) {
            case .other: continue
            case .link(let target):
                place.removeLast()
                return .link(target)
            // Behind a name that is still to be made, `..` means whatever that will be.
            case .nothing: return ahead.contains("..") ? .beyond : nil
            case .beyond: return .beyond
            }
        }
        return nil
    }

    private borrowing func entry(_ names: [FilePath]) throws(SystemError) -> Entry {
        let path = names.dropFirst().reduce(names[0]) { $0.appending($1) }
        if let change = changed[path] {
            // A person may take the one link over without the other: which of them leads can't be told.
            if change.before?.kind == .link { return .beyond }
            guard let after = change.after else { return .nothing }
            guard after.kind == .link else { return .other }
            return .link(try LayerContents.readLink(path, in: layer))
        }
        do {
            guard try workspace.facts(of: path).kind == .link else { return .other }
            return .link(try workspace.readLink(path))
        } catch {
            return [.noSuchFile, .notAFolder].contains(error.errno) ? .nothing : .beyond
        }
    }
}
