/// A pattern of file names, as gitignore(5) and shells have them: `*`, `?`, `[a-z]`, `{a,b}`, and `**` across folders.
///
/// Without a slash it is about the last name of a path, with one about the whole.
package struct GlobPattern {
    private let alternatives: [[Piece]]
    private let isWhole: Bool

    private enum Piece: Hashable {
        case literal(UInt8)
        case anyByte
        case anyMany
        /// Across folders.
        case anyPath
        case oneOf([ClosedRange<UInt8>], negated: Bool)
    }

    private static let mostAlternatives = 100

    private static let longest = 4_096

    /// Nil if it is longer, or has more alternatives, than anybody means.
    package init?(_ pattern: String) {
        guard pattern.utf8.count <= Self.longest else { return nil }
        var text = pattern
        if text.hasPrefix("./") { text.removeFirst(2) }
        isWhole = text.contains("/")
        guard let spelled = Self.alternatives(of: Array(text.utf8)) else { return nil }
        alternatives = spelled.map { Self.pieces($0.first == 0x2F ? Array($0.dropFirst()) : $0) }
    }

    package func matches(_ path: some Sequence<UInt8>) -> Bool {
        let bytes = Array(path)
        let subject = isWhole ? bytes : Array(bytes[((bytes.lastIndex(of: 0x2F) ?? -1) + 1)...])
        return alternatives.contains { Self.matches($0, subject) }
    }

    // MARK: - Reading

    /// Each way to choose from its braces.
    private static func alternatives(of text: [UInt8]) -> [[UInt8]]? {
        guard let open = text.firstIndex(of: UInt8(ascii: "{")),
            let close = closing(in: text, from: open)
        else { return [text] }
        var choices: [[UInt8]] = [[]]
        var depth = 0
        for byte in text[(open + 1)..<close] {
            if byte == UInt8(ascii: ","), depth == 0 {
                choices.append([])
                continue
            }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            choices[choices.count - 1].append(byte)
        }
        var all: [[UInt8]] = []
        for choice in choices {
            guard
                let rest = alternatives(of: text[..<open] + choice + text[(close + 1)...]),
                all.count + rest.count <= mostAlternatives
            else { return nil }
            all += rest
        }
        return all
    }

    private static func closing(in text: [UInt8], from open: Int) -> Int? {
        var depth = 0
        for place in open..<text.count {
            if text[place] == UInt8(ascii: "{") { depth += 1 }
            if text[place] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return place }
        }
        return nil
    }

    private static func pieces(_ text: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        var at = 0
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "*"):
                let stars = text[at...].prefix { $0 == UInt8(ascii: "*") }.count
                at += stars
                if stars > 1 {
                    // Twice in a row it says no more than once.
                    if pieces.last != .anyPath { pieces.append(.anyPath) }
                    // `**/` stands for no folder, too.
                    if at < text.count, text[at] == 0x2F { at += 1 }
                } else if pieces.last != .anyMany {
                    pieces.append(.anyMany)
                }
            case UInt8(ascii: "?"):
                pieces.append(.anyByte)
                at += 1
            case UInt8(ascii: "["):
                if let (piece, end) = set(text, from: at) {
                    pieces.append(piece)
                    at = end
                } else {
                    pieces.append(.literal(text[at]))
                    at += 1
                }
            case UInt8(ascii: "\\") where at + 1 < text.count:
                pieces.append(.literal(text[at + 1]))
                at += 2
            default:
                pieces.append(.literal(text[at]))
                at += 1
            }
        }
        return pieces
    }

    private static func set(_ text: [UInt8], from open: Int) -> (Piece, Int)? {
        var at = open + 1
        let isNegated = at < text.count && (text[at] == 0x21 || text[at] == 0x5E)
        if isNegated { at += 1 }
        var ranges: [ClosedRange<UInt8>] = []
        while at < text.count, text[at] != UInt8(ascii: "]") || ranges.isEmpty {
            if at + 2 < text.count, text[at + 1] == UInt8(ascii: "-"), text[at + 2] != 0x5D {
                ranges.append(min(text[at], text[at + 2])...max(text[at], text[at + 2]))
                at += 3
            } else {
                ranges.append(text[at]...text[at])
                at += 1
            }
        }
        return at < text.count ? (.oneOf(ranges, negated: isNegated), at + 1) : nil
    }

    // MARK: - Matching

    /// All places of the pattern that the bytes so far can have led to: linear in the text for each piece.
    private static func matches(_ pieces: [Piece], _ bytes: [UInt8]) -> Bool {
        var places = [Bool](repeating: false, count: pieces.count + 1)
        enter(0, of: pieces, &places)
        for byte in bytes {
            var next = [Bool](repeating: false, count: pieces.count + 1)
            for place in pieces.indices where places[place] {
                switch pieces[place] {
                case .literal(let wanted): if byte == wanted { enter(place + 1, of: pieces, &next) }
                case .anyByte: if byte != 0x2F { enter(place + 1, of: pieces, &next) }
                case .anyMany: if byte != 0x2F { enter(place, of: pieces, &next) }
                case .anyPath:
                    // Whole folders only: what comes behind it begins behind a slash.
                    next[place] = true
                    if byte == 0x2F { enter(place + 1, of: pieces, &next) }
                case .oneOf(let ranges, let isNegated):
                    if byte != 0x2F, ranges.contains(where: { $0.contains(byte) }) != isNegated {
                        enter(place + 1, of: pieces, &next)
                    }
                }
            }
            places = next
        }
        return places[pieces.count] || pieces.last == .anyPath && places[pieces.count - 1]
    }

    /// A star may stand for nothing.
    private static func enter(_ place: Int, of pieces: [Piece], _ places: inout [Bool]) {
        places[place] = true
        guard place < pieces.count, pieces[place] == .anyMany || pieces[place] == .anyPath else {
            return
        }
        enter(place + 1, of: pieces, &places)
    }
}
