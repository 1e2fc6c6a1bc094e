/// The two things that are looked for in a repository's configuration: git-config(1).
enum GitConfiguration {
    struct Place: Hashable {
        let path: String
        /// What is included is named from the file that includes it, hooks from the work tree.
        let isRelativeToFile: Bool
    }

    /// Where hooks are, and which files belong to the configuration.
    static func places(in text: String) -> [Place] {
        var places: [Place] = []
        var section = ""
        for line in text.split(separator: "\n") {
            var rest = line.drop { $0.isWhitespace }
            if rest.first == "[", let end = rest.firstIndex(of: "]") {
                // Without what stands in quotes: `includeIf "gitdir:…"`.
                section = rest[rest.index(after: rest.startIndex)..<end]
                    .prefix { $0 != " " && $0 != "\"" }.lowercased()
                rest = rest[rest.index(after: end)...].drop { $0.isWhitespace }
            }
            guard let equals = rest.firstIndex(of: "=") else { continue }
            let key = rest[..<equals].split(separator: " ").first?.lowercased() ?? ""
            let value = value(rest[rest.index(after: equals)...])
            guard !value.isEmpty else { continue }
            switch (section, key) {
            case ("core", "hookspath"): places.append(Place(path: value, isRelativeToFile: false))
            case ("include", "path"), ("includeif", "path"):
                places.append(Place(path: value, isRelativeToFile: true))
            default: break
            }
        }
        return places
    }

    private static func value(_ text: Substring) -> String {
        var value = ""
        var isQuoted = false
        var isEscaped = false
        for character in text.drop(while: { $0.isWhitespace }) {
            if isEscaped {
                value.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, character == "#" || character == ";" {
                break
            } else {
                value.append(character)
            }
        }
        while value.last?.isWhitespace == true { value.removeLast() }
        return value
    }
}
