import PiJSON

/// Cures for the mistakes that people make most.
enum TextAdvice {
    /// For a text that does not look as it must; nil where only the general advice is left.
    static func cure(_ text: String, _ kind: TextKind) -> String? {
        switch kind {
        case .host: host(text)
        case .pathPattern, .path, .workspacePath: path(text, kind)
        case .requestPath:
            text.hasPrefix("/") ? requestPath(text) : "begin it with a slash: `/\(shown(text))`"
        case .reference: reference(text)
        case .toolName: text == "*" ? "write `default` for all tools that are not named" : nil
        case .name, .policyName, .groupName: "write \(kind.phrase)"
        case .addressRange:
            TextKind.host.accepts(text)
                ? "a name goes under `hosts`: `hosts: [\(Spelling.scalar(text))]`" : nil
        case .variableName:
            text.begins(with: "$") && TextKind.variableName.accepts(String(text.dropFirst()))
                ? "write `\(shown(text.dropFirst()))`"
                : text.contains("*")
                    ? "variables are passed by name and never by pattern: write each" : nil
        case .headerFormat: "write `${secret}` where the secret goes"
        case .keeping:
            Quantity.duration(text) != nil ? "write `after \(shown(text))`" : nil
        default: nil
        }
    }

    private static func shown(_ text: some StringProtocol) -> String {
        SafeText(text, limit: 60).description
    }

    private static func reference(_ text: String) -> String? {
        guard text.begins(with: "/") || text.begins(with: "~") else { return nil }
        return "name a file by its path from this one, or by `user:NAME` or `host:NAME`"
    }

    private static func host(_ text: String) -> String? {
        if let scheme = text.firstRange(of: "://") {
            let host = text[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" }
            return "write the name alone: `\(shown(host))`; ports and paths have their own keys"
        }
        if text.begins(with: "["),
            NetworkAddress(String(text.dropFirst().prefix { $0 != "]" })) != nil
        {
            return
                "an address goes under `cidrs`: `cidrs: [\"\(shown(text.dropFirst().prefix { $0 != "]" }))\"]`"
        }
        if let colon = text.lastIndex(of: ":"), NetworkAddress(String(text[..<colon])) != nil,
            text[..<colon].contains(".")
        {
            return
                "an address goes under `cidrs`: `cidrs: [\"\(shown(text[..<colon]))\"]`; the port under `ports`"
        }
        if TextKind.addressRange.accepts(text) {
            return "an address goes under `cidrs`: `cidrs: [\"\(shown(text))\"]`"
        }
        if let colon = text.firstIndex(of: ":") {
            return "write `\(shown(text[..<colon]))` here, and the port under `ports`"
        }
        if let slash = text.firstIndex(of: "/") {
            return "write `\(shown(text[..<slash]))` here, and the path under `http`"
        }
        if text == "*" {
            return "name hosts; a bare `**` may stand under `network.ask`, where a person decides"
        }
        if text.hasPrefix("."), TextKind.host.accepts("*" + text) {
            return
                "write `*\(shown(text))` for one label before it, `**\(shown(text))` for any number"
        }
        if text.hasSuffix("."), TextKind.host.accepts(String(text.dropLast())) {
            return "write it without the dot at its end: `\(shown(text.dropLast()))`"
        }
        if text.contains(where: { !$0.isASCII }) {
            return "write the name as it goes over the wire, in ASCII: `xn--…`"
        }
        if text.begins(with: "@"), TextKind.host.accepts(text.lowercased()) {
            return "write `\(shown(text.lowercased()))`"
        }
        if text.contains("*") {
            return "a star stands for whole labels, in front: `*.example.com` or `**.example.com`"
        }
        return nil
    }

    private static func path(_ text: String, _ kind: TextKind) -> String? {
        if text.isEmpty { return "write \(kind.phrase)" }
        if text == "." || text == "./" { return "write `**` for the whole workspace" }
        if text.hasPrefix("./") {
            return "write `\(shown(text.dropFirst(2)))`: paths are relative to the workspace"
        }
        if text.split(separator: "/").contains("..") {
            return "write the path out; `..` would depend on what is a link"
        }
        if text.hasPrefix("!") {
            return "there are no exceptions; write what is meant, not what is not"
        }
        if text.hasPrefix("~"), !text.hasPrefix("~/") {
            return "write `~/` for the home of the person who starts the run, or a whole path"
        }
        if kind == .workspacePath, text.hasPrefix("/") {
            return "write it relative to the workspace"
        }
        if text.firstRange(of: "//") != nil { return "write one slash" }
        if text.firstRange(of: "**") != nil, !TextKind.hasWholeStars(Array(text.utf8)) {
            return "`**` stands alone between slashes: `a/**/b`; within a name write `*`"
        }
        if text.contains("\\"), kind == .pathPattern {
            return
                "write slashes between folders; a backslash stands before a sign that is meant as it stands"
        }
        if text.utf8.contains(where: { "?[]{}".utf8.contains($0) }) {
            return
                "only `*` and `**` are patterns; write a backslash before any other sign that is meant as it stands"
        }
        return nil
    }

    private static func requestPath(_ text: String) -> String? {
        if text.contains("?") || text.contains("#") {
            return "write the path alone; parameters go under `query`"
        }
        if text.contains("%") {
            return "write the character itself: paths are compared once they are decoded"
        }
        return path(text, .pathPattern)
    }

    /// For a number with a unit that is nearly one of ours.
    static func unit(_ text: String, _ units: [String], isSize: Bool) -> String? {
        if !isSize, let whole = oneUnit(text) { return whole }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard !digits.isEmpty, digits.first != "0", digits.count <= 6 else { return nil }
        let known =
            units.contains("KiB")
            ? [
                "k": "KiB", "kb": "KiB", "ki": "KiB", "kib": "KiB", "m": "MiB", "mb": "MiB",
                "mi": "MiB", "mib": "MiB", "g": "GiB", "gb": "GiB", "gi": "GiB", "gib": "GiB",
                "t": "TiB", "tb": "TiB", "ti": "TiB", "tib": "TiB", "b": "B", "bytes": "B",
            ]
            : [
                "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "m": "m",
                "min": "m",
                "mins": "m", "minute": "m", "minutes": "m", "h": "h", "hr": "h", "hour": "h",
                "hours": "h", "d": "d", "day": "d", "days": "d",
            ]
        if !isSize, ["w", "week", "weeks"].contains(unit.lowercased()), let weeks = Int(digits) {
            return "did you mean `\(weeks * 7)d`?"
        }
        guard let meant = known[unit.lowercased()] else { return nil }
        return "did you mean `\(digits)\(meant)`?"
    }

    /// For `1h30m`, which is one time to people.
    private static func oneUnit(_ text: String) -> String? {
        var rest = Array(text.utf8)[...]
        var seconds = 0
        var parts = 0
        while !rest.isEmpty {
            let digits = rest.prefix { TextKind.isDigit($0) }
            rest = rest.dropFirst(digits.count)
            guard (1...6).contains(digits.count), let unit = rest.popFirst(),
                let count = Int(String(decoding: digits, as: UTF8.self)),
                let length = Quantity.durationUnits.first(where: { $0.name.utf8.first == unit })
            else { return nil }
            seconds += count * length.seconds
            parts += 1
        }
        return parts > 1 && seconds > 0
            ? "write it in one unit: `\(Quantity.duration(seconds))`" : nil
    }
}
