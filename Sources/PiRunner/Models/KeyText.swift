import PiSystem

/// What stands for a key in `auth.json` and `models.json`, in Pi's syntax.
///
/// `$NAME` and `${NAME}` are variables, `$$` a dollar, `$!` an exclamation mark; a text that begins with `!` is a command whose
/// output is the key. Everything else is the key itself.
enum KeyText: Hashable {
    case command(String)
    case pieces([Piece])

    /// Of a key itself: `command:COMMAND`, as policies write it, is one as well.
    init(ofKey text: String) {
        let mark = "command:"
        self =
            text.hasPrefix(mark)
            ? .command(String(text.dropFirst(mark.count))) : KeyText(text)
    }

    enum Piece: Hashable {
        case text(String)
        case variable(String)
    }

    init(_ text: String) {
        if text.hasPrefix("!") {
            self = .command(String(text.dropFirst()))
            return
        }
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "$", let next = rest.first else {
                plain.append(character)
                continue
            }
            if next == "$" || next == "!" {
                plain.append(rest.removeFirst())
            } else if let name = Self.name(&rest) {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.variable(name))
            } else {
                plain.append(character)
            }
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        self = .pieces(pieces)
    }

    /// Steps over it; nil, and nothing stepped over, if none begins here.
    private static func name(_ rest: inout Substring) -> String? {
        let isBraced = rest.first == "{"
        let inner = isBraced ? rest.dropFirst() : rest
        let name = inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard let first = name.first, !first.isNumber else { return nil }
        var after = inner[name.endIndex...]
        if isBraced {
            guard after.first == "}" else { return nil }
            after.removeFirst()
        }
        rest = after
        return String(name)
    }

    struct Unset: Error {
        let variable: String
    }

    struct CommandFailed: Error {
        let command: String
    }

    /// What it stands for now.
    func bytes() throws -> [UInt8] {
        switch self {
        case .command(let command):
            guard let text = RawText(command),
                let output = try ClientProcess.output("/bin/sh", ["-c", text])
            else { throw CommandFailed(command: command) }
            return Array(output.utf8)
        case .pieces(let pieces):
            return try pieces.flatMap { piece -> [UInt8] in
                switch piece {
                case .text(let text): return Array(text.utf8)
                case .variable(let name):
                    // A name alone is never taken for a key: it would go over the wire.
                    guard let value = RawText(name).flatMap(ThisProcess.variable), !value.isEmpty
                    else { throw Unset(variable: name) }
                    return value.bytes
                }
            }
        }
    }
}
