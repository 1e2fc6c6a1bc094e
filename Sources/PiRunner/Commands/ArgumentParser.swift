import PiJSON
import PiSystem

/// From what was typed to a command and its arguments.
///
/// Pure: it looks at nothing but the table.
struct ArgumentParser {
    private let commands: [Command]
    private var rest: ArraySlice<RawText>

    /// `arguments` without the program's own name.
    static func parse(
        _ arguments: [RawText], commands: [Command]
    ) throws(UsageError) -> Arguments {
        var parser = ArgumentParser(commands: commands, rest: arguments[...])
        return try parser.arguments()
    }

    private init(commands: [Command], rest: ArraySlice<RawText>) {
        self.commands = commands
        self.rest = rest
    }

    private mutating func arguments() throws(UsageError) -> Arguments {
        let (before, after) = split()
        let command = try command(named: before)
        let known = (command?.allOptions ?? Command.Option.common) + [Self.versionOption]
        var operands: [RawText] = []
        var options: [String: [RawText?]] = [:]
        var skipped = command?.words.count ?? 0

        rest = before
        while let token = rest.popFirst() {
            guard let spelled = Self.optionText(token) else {
                if skipped > 0 { skipped -= 1 } else { operands.append(token) }
                continue
            }
            for (option, value) in try read(spelled, known, command) {
                guard option.repeats || options[option.name] == nil else {
                    throw UsageError(.repeated("--\(option.name)"), command: command)
                }
                options[option.name, default: []].append(value)
            }
        }

        // `--help` is the command `help` on whatever it stands with, and `--version` is `version`.
        for flag in ["help", "version"] where options[flag] != nil {
            guard let standing = commands.first(where: { $0.name == flag }) else { continue }
            let topic = command.flatMap { RawText($0.name) }
            return Arguments(
                command: standing, options: options, operands: topic.map { [$0] } ?? [],
                behindDashes: 0)
        }
        guard let command else { throw UsageError(.noCommand, command: nil) }
        // What stands behind `--` is never an option; it is an argument like those before.
        operands += after
        try check(operands, of: command)
        return Arguments(
            command: command, options: options, operands: operands, behindDashes: after.count)
    }

    /// What stands before the first `--` and what stands behind it.
    private func split() -> (ArraySlice<RawText>, ArraySlice<RawText>) {
        guard let dashes = rest.firstIndex(of: "--") else { return (rest, []) }
        return (rest[..<dashes], rest[(dashes + 1)...])
    }

    // MARK: - The command

    /// The longest command whose words come first among the words; nil if there are no words at all.
    private func command(named tokens: ArraySlice<RawText>) throws(UsageError) -> Command? {
        let words = leadingWords(tokens)
        guard let first = words.first else { return nil }
        for count in stride(from: words.count, to: 0, by: -1) {
            let typed = Array(words.prefix(count))
            let command = commands.first { $0.wordCount == count && $0.words == typed }
            if let command { return command }
        }
        let next = commands.filter { $0.words.count > 1 && $0.words[0] == first }.map {
            $0.words[1]
        }
        guard next.isEmpty else {
            throw UsageError(
                words.count > 1
                    ? .unknownSubcommand(first, words[1], Set(next).sorted())
                    : .incompleteCommand(first, Set(next).sorted()), command: nil)
        }
        let names = commands.map(\.words[0])
        throw UsageError(
            .unknownCommand(
                first,
                names.indices.filter { names.firstIndex(of: names[$0]) == $0 }.map { names[$0] }),
            command: nil)
    }

    /// The first words that are no options: as many as the longest name has.
    ///
    /// An option that every command has takes its value along: `--color never help`.
    private func leadingWords(_ tokens: ArraySlice<RawText>) -> [String] {
        let longest = commands.reduce(0) { max($0, $1.wordCount) }
        let takingNext = Command.Option.common.compactMap { option in
            if case .required = option.argument { RawText("--\(option.name)") } else { nil }
        }
        var words: [String] = []
        var isValue = false
        for token in tokens where words.count < longest {
            if isValue {
                isValue = false
            } else if Self.optionText(token) == nil {
                words.append(token.description)
            } else {
                isValue = takingNext.contains(token)
            }
        }
        return words
    }

    private func check(_ operands: [RawText], of command: Command) throws(UsageError) {
        let needed = command.operands.prefix { if case .one = $0.count { true } else { false } }
        if operands.count < needed.count {
            throw UsageError(.missing(needed[operands.count].name), command: command)
        }
        let takesMore = command.operands.contains {
            if case .any = $0.count { true } else { false }
        }
        if !takesMore, operands.count > command.operands.count {
            throw UsageError(
                .tooMany(operands[command.operands.count].description), command: command)
        }
    }

    // MARK: - Options

    private static let versionOption = Command.Option(
        name: "version", short: "V", argument: .none, summary: "print versions and stop")

    /// What is understood where no command stands.
    static var programOptions: [Command.Option] { Command.Option.common + [versionOption] }

    /// The bytes of an option with its dashes; nil for an operand (`-` alone is one).
    private static func optionText(_ token: RawText) -> [UInt8]? {
        let bytes = token.bytes
        return bytes.first == UInt8(ascii: "-") && bytes.count > 1 ? bytes : nil
    }

    private mutating func read(
        _ bytes: [UInt8], _ known: [Command.Option], _ command: Command?
    ) throws(UsageError) -> [(Command.Option, RawText?)] {
        guard bytes.starts(with: "--".utf8) else { return try readShort(bytes, known, command) }
        let parts = bytes.dropFirst(2).split(
            separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        // The name must be text; a value behind it may be any bytes, such as a file's name.
        guard let name = String(validating: parts[0], as: UTF8.self) else {
            throw UsageError(
                .notText(SafeText(bytes: bytes, limit: 4096).description), command: command)
        }
        guard let option = known.first(where: { $0.name == name }) else {
            throw UsageError(
                .unknownOption("--\(name)", known.map { "--\($0.name)" }), command: command)
        }
        let attached = parts.count == 2 ? RawText(parts[1]) : nil
        return [(option, try value(of: option, attached: attached, command))]
    }

    /// `-h`, `-ho FILE`, `-oFILE`.
    private mutating func readShort(
        _ bytes: [UInt8], _ known: [Command.Option], _ command: Command?
    ) throws(UsageError) -> [(Command.Option, RawText?)] {
        var found: [(Command.Option, RawText?)] = []
        var letters = bytes.dropFirst()
        while let byte = letters.popFirst() {
            let letter = Character(Unicode.Scalar(byte))
            guard byte < 0x80, let option = known.first(where: { $0.short == letter }) else {
                let shorts = known.compactMap { $0.short.map { "-\($0)" } }
                let typed = byte < 0x80 ? "-\(letter)" : String(decoding: bytes, as: UTF8.self)
                throw UsageError(.unknownOption(typed, shorts), command: command)
            }
            if case .required = option.argument {
                let attached = letters.isEmpty ? nil : RawText(letters)
                return found + [(option, try value(of: option, attached: attached, command))]
            }
            found.append((option, nil))
        }
        return found
    }

    private mutating func value(
        of option: Command.Option, attached: RawText?, _ command: Command?
    ) throws(UsageError) -> RawText? {
        switch (option.argument, attached) {
        case (.none, nil), (.optional, nil): return nil
        case (.none, _?): throw UsageError(.needless("--\(option.name)"), command: command)
        case (.optional(let name, _), let value?):
            guard !value.isEmpty else {
                throw UsageError(.noValue("--\(option.name)", "=\(name)"), command: command)
            }
            return value
        case (.required(let name, let kind), let attached):
            guard let value = attached ?? rest.popFirst() else {
                throw UsageError(.noValue("--\(option.name)", name), command: command)
            }
            if case .words(let allowed) = kind, !allowed.contains(value.utf8 ?? "") {
                throw UsageError(
                    .wrongValue("--\(option.name)", value.description, allowed), command: command)
            }
            return value
        }
    }
}
