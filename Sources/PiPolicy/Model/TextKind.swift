import PiJSON

/// What a text of a policy stands for, and how it has to look.
///
/// `pattern` says to editors that read the JSON Schema what `accepts` does; a test holds the two against
/// each other. What no pattern can say is checked later, by meaning.
package enum TextKind: String, CaseIterable, Sendable {
    case prose, line, word, name, policyName, toolName, groupName, reference
    case path, pathPattern, requestPath, workspacePath
    case host, addressRange, portRange, variableName
    case modelPattern, revision, secretSource, headerName, headerFormat
    case principal, channel, anchor, link, url, digest, cron, keeping, redaction, signingKey

    /// For people: what was expected, with an example.
    var phrase: String {
        switch self {
        case .prose: "a text"
        case .line: "a text of one line"
        case .word: "a word of a command, `*` for any one word or `...` for the rest"
        case .name: "a name such as `packages`: letters, digits, `-` and `_`"
        case .policyName: "a name such as `ci-fix`: letters, digits, `.`, `-` and `_`"
        case .toolName: "a tool such as `bash`, or tools such as `mcp:*`"
        case .groupName: "a name such as `python`: small letters, digits and `-`"
        case .reference:
            "a ready-made policy such as `base/locked-down`, a file such as `team.yaml`, `user:NAME` or `host:NAME`"
        case .path: "a path such as `/cache/packages` or `build/out`"
        case .pathPattern: "a path such as `/usr`, `~/.ssh`, `src/**` or `**/*.key`"
        case .requestPath: "the path of a request such as `/repos/**`"
        case .workspacePath: "a path of the workspace such as `Package.resolved`"
        case .host: "a host such as `api.example.com`, `*.example.com` or `@python`"
        case .addressRange: "addresses such as `10.0.0.0/8` or `fd00::/8`"
        case .portRange: "ports such as `8000-8010`"
        case .variableName: "the name of a variable such as `TERM`"
        case .modelPattern: "models such as `anthropic/*`"
        case .revision: "a revision of Git such as `main` or `HEAD~1`"
        case .secretSource: "`env:NAME`, `file:PATH` or `command:WORDS`"
        case .headerName: "a name such as `Authorization`"
        case .headerFormat: "a text with `${secret}` in it, such as `Bearer ${secret}`"
        case .principal: "a person such as `alice` or a group such as `group:maintainers`"
        case .channel: "`terminal`, `web` or `webhook:NAME`"
        case .anchor: "`append:PATH`, or the `https:` address of a witness"
        case .link: "addresses such as `https://docs.example.org/**`"
        case .url: "an address such as `https://otel.example.org:4318`"
        case .digest: "`sha256:` and 64 hexadecimal digits"
        case .cron: "five fields such as `30 2 * * *`"
        case .keeping: "`at_end` or a time such as `after 24h`"
        case .redaction: "`builtin` or `pattern:EXPRESSION`"
        case .signingKey: "`file:PATH`"
        }
    }

    /// In the language of JSON Schema's regular expressions.
    var pattern: String {
        let segments = "(?!.*(^|/)\\.\\.?(/|$))(?!.*//)"
        let stars = "(?!.*[^/]\\*\\*)(?!.*\\*\\*[^/])"
        let label = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
        let body =
            switch self {
            case .prose: "[\\s\\S]*"
            case .line: "[^\\n]*"
            case .word: "[^\\n]+"
            case .name: "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
            case .policyName: "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
            case .toolName: "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}\\*?"
            case .groupName: "[a-z0-9][a-z0-9-]{0,31}"
            case .reference:
                "((user|host):[A-Za-z0-9][A-Za-z0-9_-]{0,63}|(?!/)(?!.*//)[A-Za-z0-9._/-]{0,255}[A-Za-z0-9_-])"
            case .path: "\(segments)(?!~[^/])[^\\n]+"
            case .workspacePath: "\(segments)(?![~/])[^\\n]+"
            case .pathPattern:
                "\(segments)\(stars)(?!!)(?!~[^/])([^\\n\\[\\]{}?\\\\]|\\\\[\\[\\]{}?*\\\\])+"
            case .requestPath: "(?=/)\(segments)\(stars)[^\\n?#%\\\\\\[\\]{}]+"
            case .host:
                "(@[a-z0-9][a-z0-9-]{0,31}|\\*\\*|(?=.{1,253}$)(\\*\\*?\\.)?(\(label)\\.)*(?![0-9]+$)\(label))"
            case .addressRange: "[0-9a-fA-F.:]{2,45}(/[0-9]{1,3})?"
            case .portRange: "[0-9]{1,5}-[0-9]{1,5}"
            case .variableName: "[A-Za-z_][A-Za-z0-9_]{0,127}"
            case .modelPattern: "[A-Za-z0-9*][A-Za-z0-9._:*@/-]{0,127}"
            case .revision: "[A-Za-z0-9][A-Za-z0-9._/~^@{}-]{0,127}"
            case .secretSource: "(env:[A-Za-z_][A-Za-z0-9_]{0,127}|(file|command):[^\\n]+)"
            case .headerName: "[A-Za-z0-9_.-]{1,64}"
            case .headerFormat: "[^\\n]*\\$\\{secret\\}[^\\n]*"
            case .principal: "((user|group):)?[A-Za-z0-9][A-Za-z0-9._@-]{0,63}"
            case .channel: "(terminal|web|webhook:[A-Za-z0-9][A-Za-z0-9_-]{0,63})"
            case .anchor: "(append:[^\\n]+|https://[A-Za-z0-9._~:/-]+)"
            case .link: "https://[A-Za-z0-9._~:*/-]+"
            case .url: "https?://[A-Za-z0-9._~:/\\[\\]-]+"
            case .digest: "sha256:[0-9a-f]{64}"
            case .cron: "[0-9*,/-]+( [0-9A-Za-z*,/-]+){4}"
            case .keeping: "(at_end|after [1-9][0-9]{0,8}[smhd])"
            case .redaction: "(builtin|pattern:[^\\n]+)"
            case .signingKey: "file:[^\\n]+"
            }
        // Without the end some languages would let a line feed pass behind the dollar.
        return "^\(body)$(?!\\n)"
    }

    /// Whether a text looks as it must.
    package func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return switch self {
        case .prose: true
        case .line: !bytes.contains(Ascii.lineFeed)
        case .word: Self.isLine(bytes[...])
        case .name: Self.isName(bytes[...], more: "_-", limit: 64)
        case .policyName: Self.isName(bytes[...], more: "._-", limit: 64)
        case .toolName:
            Self.isName(
                bytes.last == Ascii.star ? bytes.dropLast() : bytes[...], more: "._:-", limit: 64)
        case .groupName: Self.isGroup(bytes[...])
        case .reference: Self.isReference(bytes)
        case .path: Self.isPath(bytes)
        case .workspacePath:
            Self.isPath(bytes) && bytes[0] != Ascii.slash && bytes[0] != Ascii.tilde
        case .pathPattern: Self.isPathPattern(bytes)
        case .requestPath:
            Self.isPath(bytes) && bytes[0] == Ascii.slash && Self.hasWholeStars(bytes)
                && !bytes.contains { "?#%\\[]{}".utf8.contains($0) }
        case .host: Self.isHost(bytes)
        case .addressRange: Self.isRange(bytes)
        case .portRange:
            Self.isPair(
                bytes, around: "-", { Self.isDigits($0, upTo: 5) }, { Self.isDigits($0, upTo: 5) })
        case .variableName: Self.isVariable(bytes[...])
        case .modelPattern:
            bytes.first.map { Self.isAlphanumeric($0) || $0 == Ascii.star } ?? false
                && Self.has(bytes.dropFirst(), only: "._:*@/-", 0...127)
        case .revision: Self.isName(bytes[...], more: "._/~^@{}-", limit: 128)
        case .secretSource:
            Self.rest(bytes, behind: "env:").map(Self.isVariable)
                ?? (Self.rest(bytes, behind: "file:") ?? Self.rest(bytes, behind: "command:")).map(
                    Self.isLine) ?? false
        case .headerName: Self.has(bytes[...], only: "_.-", 1...64)
        case .headerFormat:
            !bytes.contains(Ascii.lineFeed) && text.firstRange(of: "${secret}") != nil
        case .principal:
            Self.isName(
                Self.rest(bytes, behind: "user:") ?? Self.rest(bytes, behind: "group:")
                    ?? bytes[...], more: "._@-", limit: 64)
        case .channel:
            text == "terminal" || text == "web"
                || Self.rest(bytes, behind: "webhook:").map {
                    Self.isName($0, more: "_-", limit: 64)
                } ?? false
        case .anchor:
            Self.rest(bytes, behind: "append:").map(Self.isLine)
                ?? Self.rest(bytes, behind: "https://").map {
                    Self.has($0, only: "._~:/-", 1...Int.max)
                } ?? false
        case .link:
            Self.rest(bytes, behind: "https://").map {
                Self.has($0, only: "._~:*/-", 1...Int.max)
            } ?? false
        case .url:
            (Self.rest(bytes, behind: "https://") ?? Self.rest(bytes, behind: "http://")).map {
                Self.has($0, only: "._~:/[]-", 1...Int.max)
            } ?? false
        case .digest:
            Self.rest(bytes, behind: "sha256:").map { digits in
                digits.count == 64
                    && digits.allSatisfy { Self.isDigit($0) || (0x61...0x66).contains($0) }
            } ?? false
        case .cron: Self.isCron(bytes)
        case .keeping: text == "at_end" || Self.isAfter(bytes)
        case .redaction:
            text == "builtin" || Self.rest(bytes, behind: "pattern:").map(Self.isLine) ?? false
        case .signingKey: Self.rest(bytes, behind: "file:").map(Self.isLine) ?? false
        }
    }
}
