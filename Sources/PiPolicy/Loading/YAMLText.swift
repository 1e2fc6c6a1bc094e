import PiJSON

/// What a policy file may be made of, looked at before it is understood.
///
/// What a reader can't see or what every program counts differently has no place in a file on which
/// people stake their machine.
enum YAMLText {
    /// False if the text can't be read any further.
    static func check(_ source: SourceText, _ findings: inout Findings) -> Bool {
        guard source.bytes.count <= SourceText.sizeLimit else {
            findings.error(
                .tooLarge, "the file is larger than 1 MiB", at: Origin(source, bytes: 0..<1),
                "\(source.bytes.count) bytes", help: "divide it, and join the parts by `extends`")
            return false
        }
        if source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF]) {
            findings.error(
                .notUTF8, "the file is UTF-16", at: Origin(source, bytes: 0..<2), "its mark",
                help: "save it as UTF-8")
            return false
        }
        var place = 0
        var isFirstOfLine = true
        let bytes = source.bytes
        let before = findings.errors
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\n"):
                isFirstOfLine = true
                place += 1
            case 0x20...0x7E: place += 1
            case UInt8(ascii: "\r")
            where place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "\n"):
                place += 1
            default:
                let (length, fault) = look(bytes, at: place)
                // The first of a line is enough: the others are of the same kind.
                if let fault, isFirstOfLine {
                    isFirstOfLine = false
                    let origin = Origin(source, bytes: place..<(place + length))
                    findings.error(
                        fault.code, fault.message, at: origin, fault.label, help: fault.help)
                    if findings.errors > Findings.errorLimit { return false }
                }
                place += length
            }
        }
        return findings.errors == before
    }

    private struct Fault {
        let code: DiagnosticCode
        let message: String
        let label: String
        let help: String
    }

    private static func look(_ bytes: [UInt8], at place: Int) -> (length: Int, Fault?) {
        if bytes[place] == UInt8(ascii: "\t") {
            return (
                1,
                Fault(
                    code: .tab, message: "there is a tab", label: "a tab",
                    help: "write spaces")
            )
        }
        guard let (scalar, length) = decode(bytes, at: place) else {
            return (
                1,
                Fault(
                    code: .notUTF8, message: "the file is not UTF-8", label: "no character",
                    help: "save it as UTF-8")
            )
        }
        if scalar.properties.generalCategory == .spaceSeparator {
            return (
                length,
                Fault(
                    code: .unseen, message: "there is a space that is none to YAML",
                    label: name(of: scalar), help: "write a space")
            )
        }
        guard scalar.isUnseen else { return (length, nil) }
        if scalar == "\u{FEFF}", place == 0 {
            return (
                length,
                Fault(
                    code: .unseen, message: "the file begins with a byte order mark",
                    label: "U+FEFF",
                    help: "save it as UTF-8 without a mark")
            )
        }
        return (
            length,
            Fault(
                code: .unseen, message: "there is a character that can't be seen",
                label: name(of: scalar),
                help: scalar == "\r"
                    ? "end lines by a line feed, or by a carriage return with one"
                    : "remove it; what is read must be what is written")
        )
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }

    /// The character at that place and how many bytes it has; nil if they are no UTF-8.
    private static func decode(_ bytes: [UInt8], at place: Int) -> (Unicode.Scalar, Int)? {
        var decoder = Unicode.UTF8()
        var rest = bytes[place..<min(place + 4, bytes.count)].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return nil }
        return (scalar, UTF8.width(scalar))
    }
}
