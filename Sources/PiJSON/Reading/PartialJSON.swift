/// A document that is still on its way: its bytes go in as they come, and the best value so far comes out.
///
/// Each byte is looked at once. Asking for the value costs as much as what is open: the unfinished text, and the members and elements
/// beside it. It reads as leniently as what models write needs (`JSONRules.lenient`), and agrees with that reading of the same bytes.
public struct PartialJSON: Sendable {
    private enum Mode: Sendable {
        case value
        case valueOrEnd
        case nameOrEnd
        case name
        case colon
        case commaOrEnd
        case string(isName: Bool, isEscaped: Bool)
        case number
        case literal
        case done
        /// What came is no document, and never will be.
        case broken
    }

    private struct Frame: Sendable {
        let isObject: Bool
        var elements: [JSONValue] = []
        var members = MemberList()
        var name: String?
    }

    private var mode = Mode.value
    private var frames: [Frame] = []
    private var token: [UInt8] = []
    private var whole: JSONValue?
    private var size = 0
    private let rules: JSONRules

    /// Bounds have no default: whoever reads says how much they are ready for.
    public init(sizeLimit: Int, depthLimit: Int = 64) {
        rules = .lenient(sizeLimit: sizeLimit, depthLimit: depthLimit)
    }

    /// Whether nothing that could follow makes a document of it.
    public var isBroken: Bool {
        if case .broken = mode { true } else { false }
    }

    public mutating func append(_ text: String) { append(text.utf8) }

    public mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            size += 1
            if size > rules.sizeLimit { mode = .broken }
            take(byte)
        }
    }

    // MARK: - Bytes

    private mutating func take(_ byte: UInt8) {
        switch mode {
        case .string(let isName, let isEscaped): takeString(byte, isName: isName, isEscaped)
        case .number:
            if Self.isNumber(byte) { return token.append(byte) }
            endNumber()
            take(byte)
        case .literal:
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) { return token.append(byte) }
            endLiteral()
            take(byte)
        case .broken: break
        case _ where byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09: break
        case .value: beginValue(byte)
        case .valueOrEnd:
            if byte == UInt8(ascii: "]") { endContainer(isObject: false) } else { beginValue(byte) }
        case .name, .nameOrEnd:
            if byte == UInt8(ascii: "\"") {
                mode = .string(isName: true, isEscaped: false)
            } else if byte == UInt8(ascii: "}") {
                // Behind a comma, too: that is one of the liberties.
                endContainer(isObject: true)
            } else {
                mode = .broken
            }
        case .colon: mode = byte == UInt8(ascii: ":") ? .value : .broken
        case .commaOrEnd: takeSeparator(byte)
        case .done: mode = .broken
        }
    }

    private mutating func takeString(_ byte: UInt8, isName: Bool, _ isEscaped: Bool) {
        guard isEscaped || byte != UInt8(ascii: "\"") else {
            guard let text = string(isWhole: true) else { return mode = .broken }
            token.removeAll(keepingCapacity: true)
            if isName {
                frames[frames.count - 1].name = text
                mode = .colon
            } else {
                end(.string(text))
            }
            return
        }
        token.append(byte)
        mode = .string(
            isName: isName, isEscaped: !isEscaped && byte == UInt8(ascii: "\\"))
    }

    private mutating func beginValue(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): mode = .string(isName: false, isEscaped: false)
        case UInt8(ascii: "{"): open(Frame(isObject: true), then: .nameOrEnd)
        case UInt8(ascii: "["): open(Frame(isObject: false), then: .valueOrEnd)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            token.append(byte)
            mode = .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
            token.append(byte)
            mode = .literal
        case UInt8(ascii: "]") where frames.last?.isObject == false:
            // Behind a comma: that is one of the liberties.
            endContainer(isObject: false)
        default: mode = .broken
        }
    }

    private mutating func open(_ frame: Frame, then next: Mode) {
        guard frames.count < rules.depthLimit else { return mode = .broken }
        frames.append(frame)
        mode = next
    }

    private mutating func takeSeparator(_ byte: UInt8) {
        let isObject = frames[frames.count - 1].isObject
        switch byte {
        case UInt8(ascii: ","): mode = isObject ? .name : .value
        case UInt8(ascii: "}") where isObject: endContainer(isObject: true)
        case UInt8(ascii: "]") where !isObject: endContainer(isObject: false)
        default: mode = .broken
        }
    }

    private mutating func endContainer(isObject: Bool) {
        guard let frame = frames.popLast(), frame.isObject == isObject else {
            return mode = .broken
        }
        end(Self.value(of: frame))
    }

    private mutating func endNumber() {
        guard case .whole(token.count) = NumberGrammar.end(in: token.span, from: 0) else {
            return mode = .broken
        }
        let number = JSONNumber(checked: String(decoding: token, as: UTF8.self))
        token.removeAll(keepingCapacity: true)
        end(.number(number))
    }

    private mutating func endLiteral() {
        guard let value = Self.literals.first(where: { $0.0.utf8.elementsEqual(token) })?.1 else {
            return mode = .broken
        }
        token.removeAll(keepingCapacity: true)
        end(value)
    }

    private static let literals: [(String, JSONValue)] = [
        ("true", .bool(true)), ("false", .bool(false)), ("null", .null),
    ]

    private static func isNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func end(_ value: JSONValue) {
        guard !frames.isEmpty else {
            whole = value
            return mode = .done
        }
        let last = frames.count - 1
        if let name = frames[last].name {
            frames[last].name = nil
            guard frames[last].members.append(name: name, value: value) else {
                return mode = .broken
            }
        } else {
            frames[last].elements.append(value)
        }
        mode = .commaOrEnd
    }

    // MARK: - The value so far

    /// Nil before anything of it is there, and for what is broken.
    public var value: JSONValue? {
        if case .broken = mode { return nil }
        if let whole { return whole }
        var inner = unfinished
        for frame in frames.reversed() {
            var frame = frame
            if let inner {
                if !frame.isObject {
                    frame.elements.append(inner)
                } else if let name = frame.name {
                    guard frame.members.append(name: name, value: inner) else { return nil }
                }
            }
            inner = Self.value(of: frame)
        }
        return inner
    }

    private static func value(of frame: Frame) -> JSONValue {
        frame.isObject
            ? .object(JSONObject(unique: frame.members.members)) : .array(frame.elements)
    }

    /// Of the token that is on its way.
    private var unfinished: JSONValue? {
        switch mode {
        case .string(isName: false, _): return string(isWhole: false).map(JSONValue.string)
        case .number:
            let length: Int?
            switch NumberGrammar.end(in: token.span, from: 0) {
            case .whole(let end): length = end == token.count ? end : nil
            case .cutOff(let whole): length = whole
            case .wrong: length = nil
            }
            return length.map {
                .number(JSONNumber(checked: String(decoding: token[..<$0], as: UTF8.self)))
            }
        case .literal:
            return Self.literals.first { $0.0.utf8.starts(with: token) }?.1
        case .string, .value, .valueOrEnd, .nameOrEnd, .name, .colon, .commaOrEnd, .done, .broken:
            return nil
        }
    }

    /// What stands between the quotes, as far as it goes.
    private func string(isWhole: Bool) -> String? {
        let quote = [UInt8(ascii: "\"")]
        let limits = JSONRules.lenient(sizeLimit: rules.sizeLimit + 2)
        // Half a character at the end is the beginning of one.
        let text = isWhole ? token[...] : token[..<(token.count - Self.halfCharacter(token))]
        // What can't be read makes the document one that can't.
        let reading = try? JSONReader.read(quote + text + (isWhole ? quote : []), limits)
        return reading?.value.string
    }

    private static func halfCharacter(_ bytes: [UInt8]) -> Int {
        var at = bytes.count
        while at > 0, bytes.count - at < 3, bytes[at - 1] & 0xC0 == 0x80 { at -= 1 }
        guard at > 0 else { return 0 }
        let length =
            switch bytes[at - 1] {
            case 0xC0...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF7: 4
            default: 1
            }
        let held = bytes.count - at + 1
        return held < length ? held : 0
    }
}
