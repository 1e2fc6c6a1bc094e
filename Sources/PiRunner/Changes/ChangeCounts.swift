import PiJSON
import PiSandbox
import PiSystem

/// How much has changed where, as `git diff --stat` shows it.
struct ChangeCounts {
    private struct Row {
        /// As it is shown: of what was renamed both names.
        let name: String
        let added: Int
        let removed: Int
        /// Instead of numbers of lines.
        let remark: String?
    }

    private var rows: [Row] = []

    init(
        _ changes: [Change], _ renames: Renames, _ contents: borrowing ChangeContents
    ) throws {
        func shown(_ path: FilePath) -> String {
            SafeText(bytes: path.bytes, limit: 4096).description
        }
        let renamed = Dictionary(
            uniqueKeysWithValues: changes.filter { renames.to[$0.path] != nil }.map {
                ($0.path, $0)
            })
        for one in changes where renames.to[one.path] == nil {
            let gone = renames.from[one.path].flatMap { renamed[$0] }
            let name = (gone.map { "\(shown($0.path)) => " } ?? "") + shown(one.path)
            let change = Change(
                path: one.path, before: gone?.before ?? one.before, after: one.after)
            let sides = [change.before, change.after].compactMap { $0 }
            guard sides.contains(where: { $0.kind != .folder }) else { continue }
            let (before, after) = (
                try contents.before(gone ?? change), try contents.after(change)
            )
            let (old, new) = (before ?? [], after ?? [])
            let isLarge = sides.contains { $0.kind == .file && $0.size > ChangeContents.largest }
            guard !isLarge, !ChangeContents.isBinary(old), !ChangeContents.isBinary(new) else {
                func side(_ facts: FileFacts?, _ bytes: [UInt8]?) -> String {
                    let size = "\(facts?.size ?? ByteCount(0))"
                    let digest = ChangeContents.digest(facts, bytes)
                    return digest.map { "\(size), sha256 \($0.prefix(12))" } ?? size
                }
                let remark = "Bin \(side(change.before, before)) -> \(side(change.after, after))"
                rows.append(Row(name: name, added: 0, removed: 0, remark: remark))
                continue
            }
            let lines = LineDifference.hunks(old, new).flatMap(\.lines)
            rows.append(
                Row(
                    name: name, added: lines.count { $0.edit == .added },
                    removed: lines.count { $0.edit == .removed }, remark: nil))
        }
    }

    func text(columns: Int) -> String {
        let names = rows.map(\.name)
        let widest = min(names.map(\.count).max() ?? 0, columns / 2)
        let most = rows.map { $0.added + $0.removed }.max() ?? 0
        let room = max(columns - widest - 12, 10)
        func marks(_ count: Int) -> Int {
            most <= room ? count : (count * room + most - 1) / most
        }
        var text = ""
        for (row, name) in zip(rows, names) {
            // The end of a path tells more than its beginning.
            let shown = name.count > widest ? "…" + name.suffix(widest - 1) : name
            let padding = String(repeating: " ", count: widest - shown.count)
            let what =
                row.remark
                ?? "\(row.added + row.removed) " + String(repeating: "+", count: marks(row.added))
                + String(repeating: "-", count: marks(row.removed))
            text += " \(shown)\(padding) | \(what)\n"
        }
        let (added, removed) = rows.reduce((0, 0)) { ($0.0 + $1.added, $0.1 + $1.removed) }
        let files = counted(rows.count, "file", "files") + " changed"
        return text + " \(files), \(added) insertions(+), \(removed) deletions(-)\n"
    }
}
