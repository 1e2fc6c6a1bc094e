/// Strings: copied in one piece where they need no change, which is nearly always.
extension JSONReader {
    /// The contents of a string whose opening quote was read, up to and past its closing quote.
    mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        let start = at
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                return try utf8(bytes.extracting(start..<at - 1), at: start, in: bytes)
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            at += 1
        }
        return try escapedString(bytes, from: start)
    }

    private func utf8(
        _ contents: Span<UInt8>, at start: Int, in bytes: Span<UInt8>
    ) throws(JSONError) -> String {
        do {
            return String(copying: try UTF8Span(validating: contents))
        } catch {
            let place = start + error.byteOffsets.lowerBound
            throw JSONError(cause: .notUTF8, place: TextPlace(at: place, in: bytes))
        }
    }

    private mutating func escapedString(
        _ bytes: Span<UInt8>, from start: Int
    ) throws(JSONError) -> String {
        var contents: [UInt8] = []
        var runStart = start
        while true {
            guard at < bytes.count else {
                try cutOff(bytes, expecting: .endOfString)
                try append(bytes, runStart..<bytes.count, to: &contents)
                break
            }
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                try append(bytes, runStart..<at, to: &contents)
                at += 1
                break
            }
            if byte == UInt8(ascii: "\\") {
                try append(bytes, runStart..<at, to: &contents)
                try escape(bytes, into: &contents)
                runStart = at
                continue
            }
            if byte < 0x20 {
                guard rules.syntax == .lenient else {
                    throw error(.controlCharacter(byte), in: bytes)
                }
                note(.rawControlCharacter(byte), at: at, in: bytes)
            }
            at += 1
        }
        return try utf8(contents.span, at: start, in: bytes)
    }

    /// Copies a run between escapes, checked here, where its place is known.
    private func append(
        _ bytes: Span<UInt8>, _ run: Range<Int>, to contents: inout [UInt8]
    ) throws(JSONError) {
        var end = run.upperBound
        do {
            _ = try UTF8Span(validating: bytes.extracting(run))
        } catch {
            let place = run.lowerBound + error.byteOffsets.lowerBound
            // A character that the end of the document cut in two is no mistake of its writer.
            guard isCutOff, error.kind == .truncatedScalar,
                run.lowerBound + error.byteOffsets.upperBound == bytes.count
            else {
                throw JSONError(cause: .notUTF8, place: TextPlace(at: place, in: bytes))
            }
            end = place
        }
        for place in run.lowerBound..<end { contents.append(bytes[place]) }
    }

    private mutating func escape(
        _ bytes: Span<UInt8>, into contents: inout [UInt8]
    ) throws(JSONError) {
        let backslash = at
        guard at + 1 < bytes.count else {
            at = bytes.count
            try cutOff(bytes, expecting: .endOfString)
            return
        }
        at += 2
        switch bytes[at - 1] {
        case UInt8(ascii: "\""): contents.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): contents.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): contents.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): contents.append(0x08)
        case UInt8(ascii: "f"): contents.append(0x0C)
        case UInt8(ascii: "n"): contents.append(0x0A)
        case UInt8(ascii: "r"): contents.append(0x0D)
        case UInt8(ascii: "t"): contents.append(0x09)
        case UInt8(ascii: "u"): try unicodeEscape(bytes, from: backslash, into: &contents)
        default:
            at = backslash
            throw error(.wrongEscape, in: bytes)
        }
    }

    /// `at` is past the `\u`.
    private mutating func unicodeEscape(
        _ bytes: Span<UInt8>, from backslash: Int, into contents: inout [UInt8]
    ) throws(JSONError) {
        guard let unit = try fourDigits(bytes, from: backslash) else { return }
        if let scalar = Unicode.Scalar(unit) {
            contents.append(contentsOf: UTF8.encode(scalar)!)
            return
        }
        let isHigh = unit < 0xDC00
        if isHigh, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u")
        {
            let second = at
            at += 2
            guard let low = try fourDigits(bytes, from: second) else { return }
            if (0xDC00...0xDFFF).contains(low) {
                let code = 0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(low - 0xDC00)
                contents.append(contentsOf: UTF8.encode(Unicode.Scalar(code)!)!)
                return
            }
            // Not its other half: it is looked at again on its own.
            at = second
        } else if isHigh, rules.syntax == .lenient,
            at == bytes.count || (at == bytes.count - 1 && bytes[at] == UInt8(ascii: "\\"))
        {
            // The other half may have been cut off; there is nothing to show of a half.
            at = bytes.count
            return try cutOff(bytes, expecting: .endOfString)
        }
        guard rules.loneSurrogates == .replaced else {
            throw JSONError(cause: .loneSurrogate, place: TextPlace(at: backslash, in: bytes))
        }
        note(.loneSurrogate, at: backslash, in: bytes)
        contents.append(contentsOf: [0xEF, 0xBF, 0xBD])
    }

    /// Nil where the document is cut off.
    private mutating func fourDigits(
        _ bytes: Span<UInt8>, from backslash: Int
    ) throws(JSONError) -> UInt16? {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard at < bytes.count else {
                try cutOff(bytes, expecting: .endOfString)
                return nil
            }
            guard let digit = hexDigit(bytes[at]) else {
                at = backslash
                throw error(.wrongEscape, in: bytes)
            }
            unit = unit << 4 | digit
            at += 1
        }
        return unit
    }

    private func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
