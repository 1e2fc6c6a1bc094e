import PiJSON

/// The simple commands of a script for a shell, as far as they can be known from its text.
///
/// This steers people and models; it contains nothing. A script can always hide what it runs, and what can't
/// be known for sure is said to be so.
struct ShellScript: Hashable, Sendable {
    enum Word: Hashable, Sendable {
        case known(String)
        /// Any number of words of any kind: what a variable or a pattern becomes.
        case unknown
    }

    private(set) var commands: [[Word]] = []
    /// False if there may be commands besides these.
    private(set) var isCertain = true
    /// Whether variables are set for a command: then what its words say is not all of it.
    private(set) var hasAssignments = false

    /// Longer scripts are not looked into.
    static let sizeLimit = 64 << 10

    init(_ text: String) {
        self.init(text, depth: 0)
    }

    /// Of which nothing is known.
    static let anything = ShellScript()

    private init() {
        isCertain = false
    }

    private init(_ text: String, depth: Int) {
        guard text.utf8.count <= Self.sizeLimit, depth < 4 else {
            isCertain = false
            return
        }
        var reader = Reader(Array(text.utf8))
        reader.read()
        isCertain = reader.isCertain
        hasAssignments = reader.hasAssignments
        commands = reader.commands
        lookInside(depth: depth)
    }

    /// Adds what the commands run in turn.
    private mutating func lookInside(depth: Int) {
        for command in commands {
            for inner in Self.innerScripts(command) {
                guard case .known(let text) = inner else {
                    isCertain = false
                    continue
                }
                let script = ShellScript(text, depth: depth + 1)
                commands += script.commands
                isCertain = isCertain && script.isCertain
                hasAssignments = hasAssignments || script.hasAssignments
            }
        }
    }

    /// One command whose words are known, and what it would run in turn.
    init(words: [String]) {
        commands = [words.map(Word.known)]
        lookInside(depth: 0)
    }

    // MARK: - Commands within commands

    /// Programs that run the words behind their own options.
    private static let runners: Set<String> = [
        "builtin", "busybox", "chroot", "command", "doas", "env", "exec", "find", "flock", "ionice",
        "nice", "nohup", "nsenter", "parallel", "setsid", "stdbuf", "strace", "sudo", "taskset",
        "time",
        "timeout", "unshare", "watch", "xargs",
    ]

    private static let shells: Set<String> = ["ash", "bash", "dash", "ksh", "sh", "zsh"]

    /// The words at each place where a command may begin.
    ///
    /// For `sudo -u x git push` these are all ends of the line, one of which is what is run.
    static func beginnings(of command: [Word]) -> [ArraySlice<Word>] {
        guard case .known(let first)? = command.first else { return [command[...]] }
        let name = baseName(first)
        guard runners.contains(name) else { return [command[...]] }
        // xargs and its like add words of their own.
        let adds = ["xargs", "parallel", "find"].contains(name)
        let whole = adds ? command + [.unknown] : command
        return command.indices.map { $0 == 0 ? command[...] : whole[$0...] }
    }

    static func baseName(_ word: String) -> String {
        word.pieces(at: Ascii.slash).last ?? word
    }

    /// All that shells and their like are told to run: the words behind `-c`, the words of `eval`.
    private static func innerScripts(_ command: [Word]) -> [Word] {
        beginnings(of: command).compactMap { start in
            guard case .known(let first)? = start.first else { return nil }
            let name = baseName(first)
            let words = start.dropFirst()
            if shells.contains(name) { return shellScript(words) }
            switch name {
            case "eval":
                let texts = words.map { word -> String? in
                    if case .known(let text) = word { text } else { nil }
                }
                return texts.contains(nil)
                    ? .unknown : .known(texts.compactMap { $0 }.joined(separator: " "))
            case "trap":
                return words.first { word in
                    if case .known(let text) = word { !text.begins(with: "-") } else { true }
                }
            case "env": return script(behind: "-S", "--split-string", words)
            case "su", "script", "flock", "runuser": return script(behind: "-c", "--command", words)
            default: return nil
            }
        }
    }

    /// The script of a shell: behind `-c`, or unknown if it reads its input, or if its options are not plain.
    private static func shellScript(_ words: ArraySlice<Word>) -> Word? {
        var rest = words
        while let word = rest.popFirst() {
            guard case .known(let text) = word else { return .unknown }
            // The first word that is no option is a file that it runs.
            guard text.begins(with: "-") || text.begins(with: "+") else { return nil }
            if ["-o", "+o"].contains(text) {
                rest = rest.dropFirst()
                continue
            }
            let letters = text.dropFirst()
            guard letters.utf8.allSatisfy({ "abcefhiklmnprtuvxBCEHPT".utf8.contains($0) }),
                !letters.isEmpty
            else { return .unknown }
            guard letters.contains("c") else { continue }
            // Options may stand between the letter and the script.
            return rest.first { word in
                guard case .known(let text) = word else { return true }
                return !text.begins(with: "-") && !text.begins(with: "+")
            } ?? .unknown
        }
        return .unknown
    }

    /// The word behind an option; unknown if it stands in one word with it.
    private static func script(
        behind short: String, _ long: String, _ words: ArraySlice<Word>
    ) -> Word? {
        for (place, word) in words.enumerated() {
            guard case .known(let text) = word else { continue }
            if text.isExactly(short) || text.isExactly(long) {
                return words.dropFirst(place + 1).first ?? .unknown
            }
            let isCluster =
                text.begins(with: "-") && !text.begins(with: "--")
                && text.utf8.contains(short.utf8.last ?? 0)
            if isCluster || text.begins(with: long) { return .unknown }
        }
        return nil
    }

    /// Behind these a command follows; a command that is one of the last three is no command.
    private static let grammar: Set<String> = [
        "!", "{", "if", "then", "elif", "else", "while", "until", "do", "fi", "done", "}",
    ]

    /// Whether the word sets a variable, as `NAME=…` or `NAME+=…`.
    private static func isAssignment(_ text: String) -> Bool {
        guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        let name = text.utf8[..<sign]
        let rest = name.last == UInt8(ascii: "+") ? name.dropLast() : name
        return TextKind.variableName.accepts(String(decoding: rest, as: UTF8.self))
    }
}

extension ShellScript {
    /// Words and separators, by the rules of POSIX shells where they are simple; where they are not, it is said
    /// that something is not known.
    private struct Reader {
        private let bytes: [UInt8]
        private var at = 0
        private var words: [Word] = []
        /// How many of the first words have no quotes in them: only those are the shell's own grammar.
        private var unquoted = 0
        private(set) var hasAssignments = false
        private(set) var commands: [[Word]] = []
        private(set) var isCertain = true

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

        mutating func read() {
            while let byte = next {
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "\t"): at += 1
                case Ascii.backslash where isContinued: at += 2
                case UInt8(ascii: "(") where at + 1 < bytes.count && bytes[at + 1] == byte:
                    // Arithmetic, in which a hash is no comment.
                    isCertain = false
                    at += 2
                    endCommand()
                case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
                    UInt8(ascii: "("), UInt8(ascii: ")"):
                    at += 1
                    endCommand()
                case UInt8(ascii: "#"):
                    while let byte = next, byte != Ascii.lineFeed { _ = byte; at += 1 }
                case UInt8(ascii: "<"), UInt8(ascii: ">"): redirection()
                default: readWord()
                }
            }
            endCommand()
        }

        /// Whether a line goes on behind the backslash that is next.
        private var isContinued: Bool { at + 1 < bytes.count && bytes[at + 1] == Ascii.lineFeed }

        private mutating func endCommand() {
            var prefixes = 0
            while prefixes < min(unquoted, words.count), case .known(let text) = words[prefixes] {
                if ShellScript.isAssignment(text) {
                    hasAssignments = true
                } else if !ShellScript.grammar.contains(text) {
                    break
                }
                prefixes += 1
            }
            let command = Array(words.dropFirst(prefixes))
            if case .known(let first)? = command.first, Self.compound.contains(first) {
                isCertain = false
            }
            if !command.isEmpty { commands.append(command) }
            words = []
            unquoted = 0
        }

        /// Grammar whose commands would take a real parser to find.
        private static let compound: Set<String> = [
            "case", "coproc", "for", "function", "select", "[[",
        ]

        /// `>file`, `2>&1`, `<<<word`; a here-document is more than can be known.
        private mutating func redirection() {
            var sign: [UInt8] = []
            while let byte = next, "<>&|".utf8.contains(byte) {
                sign.append(byte)
                at += 1
            }
            if sign.starts(with: "<<".utf8), !sign.starts(with: "<<<".utf8) { isCertain = false }
            // `<(…)` runs what is in it.
            if next == UInt8(ascii: "(") { isCertain = false }
            while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { at += 1 }
            guard let byte = next, !"\n;&|()<>".utf8.contains(byte) else { return }
            let before = (words, unquoted)
            readWord()
            (words, unquoted) = before
        }

        private mutating func readWord() {
            var text: [UInt8] = []
            var isKnown = true
            var isQuoted = false
            loop: while let byte = next {
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: ";"),
                    UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"):
                    break loop
                case UInt8(ascii: "<"), UInt8(ascii: ">"):
                    // Digits in front of it are a descriptor, not a word.
                    if isKnown, !isQuoted, !text.isEmpty, text.allSatisfy({ TextKind.isDigit($0) })
                    {
                        return redirection()
                    }
                    break loop
                case UInt8(ascii: "'"):
                    at += 1
                    isQuoted = true
                    while let byte = next, byte != UInt8(ascii: "'") {
                        text.append(byte)
                        at += 1
                    }
                    if next == nil { isCertain = false }
                    at += 1
                case UInt8(ascii: "\""):
                    at += 1
                    isQuoted = true
                    doubleQuoted(&text, &isKnown)
                case Ascii.backslash:
                    // A line that goes on within a word hides what the word is.
                    if isContinued { isCertain = false }
                    at += 1
                    guard let escaped = next else { break loop }
                    at += 1
                    if escaped != Ascii.lineFeed {
                        text.append(escaped)
                        isQuoted = true
                    }
                case UInt8(ascii: "$"), UInt8(ascii: "`"): expansion(&text, &isKnown)
                case Ascii.star, UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"):
                    // A lone bracket or brace is a word of its own.
                    if !(text.isEmpty && isLone) { isKnown = false }
                    text.append(byte)
                    at += 1
                case Ascii.tilde where text.isEmpty && !isQuoted:
                    isKnown = false
                    at += 1
                default:
                    text.append(byte)
                    at += 1
                }
            }
            guard !text.isEmpty || isQuoted || !isKnown else { return }
            if !isQuoted, unquoted == words.count { unquoted += 1 }
            words.append(isKnown ? .known(String(decoding: text, as: UTF8.self)) : .unknown)
        }

        private var isLone: Bool {
            guard bytes[at] == UInt8(ascii: "[") || bytes[at] == UInt8(ascii: "{") else {
                return false
            }
            return at + 1 >= bytes.count || " \t\n".utf8.contains(bytes[at + 1])
        }

        private mutating func doubleQuoted(_ text: inout [UInt8], _ isKnown: inout Bool) {
            while let byte = next, byte != UInt8(ascii: "\"") {
                switch byte {
                case Ascii.backslash:
                    if isContinued { isCertain = false }
                    at += 1
                    guard let escaped = next else { break }
                    if !"$`\"\\\n".utf8.contains(escaped) { text.append(byte) }
                    if escaped != Ascii.lineFeed { text.append(escaped) }
                    at += 1
                case UInt8(ascii: "$"), UInt8(ascii: "`"): expansion(&text, &isKnown)
                default:
                    text.append(byte)
                    at += 1
                }
            }
            if next == nil { isCertain = false }
            at += 1
        }

        /// A variable makes the word unknown; what is run to make it makes everything so.
        private mutating func expansion(_ text: inout [UInt8], _ isKnown: inout Bool) {
            let isBackquote = bytes[at] == UInt8(ascii: "`")
            at += 1
            if isBackquote {
                isCertain = false
                isKnown = false
                return
            }
            guard let byte = next else { return text.append(UInt8(ascii: "$")) }
            let name =
                "@*#?-$!".utf8.contains(byte) || TextKind.isAlphanumeric(byte)
                || byte == UInt8(ascii: "_")
            if name {
                isKnown = false
                at += 1
                while let byte = next, TextKind.isAlphanumeric(byte) || byte == UInt8(ascii: "_") {
                    _ = byte; at += 1
                }
            } else if byte == UInt8(ascii: "{"), let end = simpleBraces() {
                isKnown = false
                at = end
            } else if "({['\"".utf8.contains(byte) {
                isCertain = false
                isKnown = false
            } else {
                text.append(UInt8(ascii: "$"))
            }
        }

        /// Behind `${name}`; nil if there is more in it than a name.
        private func simpleBraces() -> Int? {
            var place = at + 1
            while place < bytes.count,
                TextKind.isAlphanumeric(bytes[place]) || bytes[place] == UInt8(ascii: "_")
            {
                place += 1
            }
            return place > at + 1 && place < bytes.count && bytes[place] == UInt8(ascii: "}")
                ? place + 1 : nil
        }
    }
}
