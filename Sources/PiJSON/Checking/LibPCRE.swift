import CPCRE

/// PCRE2: a regular expression of a schema, as ECMA 262 means it, with an end however it and the text were made for each other.
// What is compiled is only read, by as many as like.
@safe final class SchemaPattern: @unchecked Sendable {
    private let code: OpaquePointer

    private static let longest = 4_096
    private static let deepest: UInt32 = 100
    /// Steps back and forth; a pattern that means well takes a few for each character.
    private static let mostSteps = 10_000...1_000_000
    /// Steps times bytes: a step may look at all of a text, as it does with `\s+$`.
    private static let mostLooks = 1_000_000_000
    private static let longestText = 4 << 20
    private static let mostMemory: UInt32 = 8 * 1_024  // KiB

    enum Answer: Hashable {
        case found, notFound
        /// Nobody knows: it would have taken too long.
        case tooMuch
    }

    /// Nil for what is no regular expression, or a very long one.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest,
            let context = unsafe pcre2_compile_context_create_8(nil)
        else { return nil }
        defer { unsafe pcre2_compile_context_free_8(context) }
        unsafe pcre2_set_parens_nest_limit_8(context, Self.deepest)
        unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_ANYCRLF))
        unsafe pcre2_set_compile_extra_options_8(context, PCRE2_EXTRA_ALT_BSUX)
        let options =
            PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_BSUX | PCRE2_MATCH_UNSET_BACKREF
            | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_NEVER_BACKSLASH_C
        func compiled(_ text: String) -> OpaquePointer? {
            var error: CInt = 0
            var place = 0
            let bytes = Array(text.utf8)
            return unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe pcre2_compile_8(
                    buffer.baseAddress, buffer.count, options, &error, &place, context)
            }
        }
        // It has to be one by itself: a bracket too many would find its other half in ours.
        guard let alone = unsafe compiled(text) else { return nil }
        unsafe pcre2_code_free_8(alone)
        // Steps are counted anew from each place where a match could begin, so all begin at the first.
        guard let compiled = unsafe compiled("^(?s:.*?)(?:\(text))") else { return nil }
        unsafe code = compiled
    }

    deinit { unsafe pcre2_code_free_8(code) }

    /// Anywhere in the text, as schemas mean it.
    func find(in text: String) -> Answer {
        guard text.utf8.count <= Self.longestText,
            let data = unsafe pcre2_match_data_create_8(1, nil)
        else { return .tooMuch }
        defer { unsafe pcre2_match_data_free_8(data) }
        guard let bounds = unsafe pcre2_match_context_create_8(nil) else { return .tooMuch }
        defer { unsafe pcre2_match_context_free_8(bounds) }
        unsafe pcre2_set_heap_limit_8(bounds, Self.mostMemory)
        let looks = Self.mostLooks / max(1, text.utf8.count)
        let steps = min(max(looks, Self.mostSteps.lowerBound), Self.mostSteps.upperBound)
        unsafe pcre2_set_match_limit_8(bounds, UInt32(steps))
        unsafe pcre2_set_depth_limit_8(bounds, UInt32(steps))
        var text = text
        let result = text.withUTF8 { buffer in
            // A Swift string is UTF-8 already.
            unsafe pcre2_match_8(
                code, buffer.baseAddress, buffer.count, 0, PCRE2_NO_UTF_CHECK, data, bounds)
        }
        switch result {
        case 0...: return .found
        case PCRE2_ERROR_NOMATCH: return .notFound
        default: return .tooMuch
        }
    }
}
