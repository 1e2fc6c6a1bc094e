import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// One change of a run that waits, as a person is to see it.
struct WaitingChange {
    let change: Change
    /// The policy protects the name, whatever a program does under it.
    let isProtected: Bool
    /// The run has not seen what is there.
    let isHidden: Bool
    /// Somebody else has changed it, too, since the run began.
    let isMoved: Bool
    /// A link to a place that is not of the workspace, or of which that can't be told.
    let leadsOut: Bool
    /// It lies on another file system than the workspace.
    let isMounted: Bool
    /// Of a file of the same size: nothing else would tell.
    let hasOtherContents: Bool

    /// All of a run, in the order of their paths.
    static func all(of run: WaitingRun, in surroundings: Surroundings) throws -> [WaitingChange] {
        let protected = ProtectedNames(
            run.protected, below: run.workspace, in: surroundings)
        let hidden = PathPatterns(run.hidden, in: surroundings)
        let start = hidden.state(at: run.workspace)
        let noted = try run.noted()
        let changes = noted.changes
        guard !changes.isEmpty else { return [] }
        let mounts = try MountPoints.below(run.workspace).compactMap {
            RawText($0.bytes.dropFirst(run.workspace.utf8.count + 1)).map(FilePath.init)
        }
        let links = try LinkLead(changes, layer: run.layer(), workspace: run.below())
        return try changes.map { change in
            let path = change.path
            let kind = (change.after ?? change.before)?.kind
            return WaitingChange(
                change: change, isProtected: protected.cover(path, kind),
                // Sockets are never shown.
                isHidden: change.before?.kind == .socket
                    || hidden.cover(path.names.map(\.text), from: start),
                isMoved: noted.moved.contains(path),
                leadsOut: try change.after?.kind == .link && links.leadsOut(path),
                isMounted: mounts.contains { path == $0 || path.isBelow($0) },
                hasOtherContents: try hasOtherContents(change, in: run))
        }
    }

    /// What can't be read, by whoever looks, has nothing to say on that.
    private static func hasOtherContents(_ change: Change, in run: WaitingRun) throws -> Bool {
        guard let before = change.before, let after = change.after, before.kind == .file,
            after.kind == .file, before.size == after.size
        else { return false }
        // What has the same mode would else be no change.
        guard before.mode != after.mode else { return true }
        do {
            let below = try run.below().holder(of: change.path)
            return try LayerContents.withHolder(of: change.path, in: run.layer()) {
                holder, name throws(SystemError) in
                try !LayerContents.areSame(name, after, in: holder, before, in: below)
            }
        } catch is SystemError {
            return false
        }
    }

    /// Why it never comes into the workspace.
    var isLeftOut: LeftOut.Reason? {
        if isProtected { return .protected }
        if isHidden { return .hidden }
        if isMounted { return .mounted }
        switch change.after?.kind {
        case nil, .file, .folder, .link: return nil
        case .pipe, .socket, .characterDevice, .blockDevice, .unknown: return .special
        }
    }

    /// Why it comes there only if a person insists.
    var isDoubtful: LeftOut.Reason? { isMoved ? .moved : leadsOut ? .leadsOut : nil }

    /// What a listing says besides the path.
    var remarks: [String] {
        var remarks: [String] = []
        switch (change.before, change.after) {
        case (let before?, let after?) where before.kind != after.kind:
            remarks.append("was \(before.kind.phrase), is \(after.kind.phrase)")
        case (let before?, let after?):
            if before.mode != after.mode {
                remarks.append("mode \(Self.octal(before.mode)) to \(Self.octal(after.mode))")
            }
            if before.size != after.size, after.kind == .file {
                remarks.append("\(before.size) to \(after.size)")
            }
            if hasOtherContents { remarks.append("other contents") }
        case (nil, let one?), (let one?, nil):
            remarks.append(one.kind == .file ? "\(one.size)" : one.kind.phrase)
        case (nil, nil): break
        }
        return remarks + doubts
    }

    /// Why `apply` does not take it, or does not without being told.
    var doubts: [String] {
        let leftOut = isLeftOut.map { "left out: \($0.sentence)" }
        let refused = isDoubtful.map { "refused: \($0.sentence)" }
        return [leftOut, refused].compactMap { $0 }
    }

    private static func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }

    func json(
        _ oldPath: FilePath?, _ digests: (before: String?, after: String?), likeness: Int?
    ) -> JSONValue {
        func side(_ facts: FileFacts?, _ digest: String?) -> JSONValue {
            guard let facts else { return .null }
            return [
                "kind": .string("\(facts.kind)"), "mode": .string(Self.octal(facts.mode)),
                "size": .number(JSONNumber(facts.size.bytes)),
                "sha256": digest.map(JSONValue.string) ?? .null,
            ]
        }
        return [
            "path": .string(change.path.text),
            "change": .string(change.verb), "before": side(change.before, digests.before),
            "after": side(change.after, digests.after),
            "renamed_from": oldPath.map { .string($0.text) } ?? .null,
            "similarity": likeness.map { .number(JSONNumber($0)) } ?? .null,
            "protected": .bool(isProtected), "hidden": .bool(isHidden), "moved": .bool(isMoved),
            "leads_out": .bool(leadsOut), "mounted": .bool(isMounted),
        ]
    }
}

extension Change {
    var verb: String {
        switch (before, after) {
        case (nil, _): "added"
        case (_, nil): "removed"
        case (_?, _?): "changed"
        }
    }
}
