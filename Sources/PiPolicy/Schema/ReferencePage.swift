/// The page of all keys, in Markdown.
package enum ReferencePage {
    package static var text: String {
        var page = """
            # Keys of a policy

            Made by `make golden` from the table that the reader uses. What they mean together:
            [policies](policies.md). *Default* is what is in force where nothing is said; *bound* is what is in force
            where a bound says something else; *enforced by* is the part of the program that keeps it, in italics where
            this version does not have it yet: `run` and `exec` then refuse to start. Keys marked with • may change while a
            run goes on.


            """
        for field in PolicySchema.root.fields where isSimple(field.shape) {
            if page.hasSuffix("\n\n\n") {
                page.removeLast()
                page += head
            }
            page += row(field.name, field)
        }
        for field in PolicySchema.root.fields where !isSimple(field.shape) {
            page += "\n## `\(field.name)`\n\n\(capitalized(field.summary)).\n\n" + head
            for (path, key) in PolicySchema.all where path.hasPrefix(field.name + ".") {
                page += row(String(path.dropFirst(field.name.count + 1)), key)
            }
        }
        return page
    }

    private static let head = """
        | key | value | default | bound | enforced by | |
        | --- | --- | --- | --- | --- | --- |

        """

    private static func isSimple(_ shape: Shape) -> Bool {
        switch shape {
        case .fields, .named: false
        case .list(let element): isSimple(element)
        default: true
        }
    }

    private static func row(_ path: String, _ field: Field) -> String {
        let part =
            field.part.map { Part.present.contains($0) ? $0.rawValue : "*\($0.rawValue)*" } ?? ""
        let name = path.split(separator: ".").map { $0 == "*" ? "NAME" : String($0) }
            .joined(separator: ".")
        let cells = [
            "`\(name)`" + (field.isLive ? " •" : "") + (field.isRequired ? " (required)" : ""),
            phrase(field.shape), field.standard.map { "`\($0)`" } ?? "", field.bound.phrase, part,
            field.summary + (field.addsUp ? "; adds up along `extends`" : ""),
        ]
        return "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
    }

    private static func phrase(_ shape: Shape) -> String {
        switch shape {
        case .flag: "`true`, `false`"
        case .count(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .money: "dollars, `2.50`"
        case .duration: "`30s`, `10m`, `2h`, `7d`"
        case .size: "`64KiB`, `4MiB`, `2GiB`"
        case .text(let kind): kind.phrase
        case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let element): isSimple(element) ? "list of " + phrase(element) : "list of maps"
        case .fields(let fields):
            fields.shorthand.flatMap(fields.field).map { phrase($0.shape) + ", or a map" } ?? "map"
        case .named: "map of names"
        case .either(let shapes): shapes.map(phrase).joined(separator: "; ")
        }
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func escaped(_ cell: String) -> String {
        cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
