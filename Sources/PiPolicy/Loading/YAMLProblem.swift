import PiJSON

/// libyaml's reasons, said to a person.
struct YAMLProblem {
    let code: DiagnosticCode
    let message: String
    let label: String
    let help: String
    let place: Place

    /// Where the mistake is: where it was noticed, or where the thing began.
    enum Place {
        case noticed, beginning
        /// Where it began, if that is on another line.
        case beginningIfAbove
    }

    /// `before` and `after` are the line up to the place where it was noticed and from there on, `above` is the
    /// line above it.
    init(
        _ fault: YAMLEvent.Fault, before: ArraySlice<UInt8>, after: ArraySlice<UInt8>,
        above: ArraySlice<UInt8>
    ) {
        let known: Row?
        if fault.problem == "did not find expected key" {
            known = Self.instead(of: before, after)
        } else if fault.problem == "did not find expected <document start>",
            above.elementsEqual("...".utf8)
        {
            known = Self.behindDots
        } else {
            known = Self.table.first { row in
                fault.problem.hasPrefix(row.problem)
                    && row.context.map { fault.context?.contains($0) ?? false } ?? true
            }
        }
        code = known?.code ?? .syntax
        message = known?.message ?? "this is not YAML: \(SafeText(fault.problem, limit: 120))"
        label = known?.label ?? "here"
        help = known?.help ?? "look at this line and at the one above it"
        place = known?.place ?? .noticed
    }

    static let typeHelp = "remove it: the type of each value is known by its key"
    static let tagHelp = typeHelp + "; a text that begins with `!` goes in quotes"

    private struct Row {
        var code = DiagnosticCode.syntax
        let problem: String
        let message: String
        let label: String
        let help: String
        var place = Place.noticed
        /// Part of libyaml's context, where one problem has several causes.
        var context: String?
    }

    /// What stands where a key was expected.
    private static func instead(of before: ArraySlice<UInt8>, _ after: ArraySlice<UInt8>) -> Row {
        if let sign = before.last(where: { $0 != UInt8(ascii: " ") }), "'\"".utf8.contains(sign) {
            return behindQuote
        }
        return after.starts(with: "- ".utf8) ? strayDash : noKey
    }

    private static let noKey = Row(
        problem: "", message: "this line fits neither the map above it nor a new one",
        label: "a key was expected here", help: "begin all keys of a map in the same column")

    private static let strayDash = Row(
        problem: "", message: "this line is no part of the list above it",
        label: "in another column",
        help: "begin each element of the list with `- ` in the same column")

    private static let behindDots = Row(
        problem: "", message: "the document has ended before this line",
        label: "this belongs to nothing", help: "remove the line `...`")

    private static let behindQuote = Row(
        problem: "", message: "there is more behind the closing quote", label: "belongs to nothing",
        help: "put the whole text in quotes; in single quotes a `'` is written `''`")

    private static let table: [Row] = [
        Row(
            problem: "mapping values are not allowed",
            message: "there is a second colon on this line, or the line is indented too far",
            label: "no value can follow here",
            help:
                "write a text that has `: ` in it in quotes, and begin keys of one map in one column"
        ),
        Row(
            problem: "could not find expected ':'",
            message: "a key without a colon",
            label: "no colon up to here",
            help: "write `key: value`, with a space behind the colon",
            place: .beginningIfAbove),
        Row(
            problem: "did not find expected '-' indicator",
            message: "this line is no part of the list above it",
            label: "a `- ` was expected here",
            help: "begin each element of the list with `- ` in the same column"),
        Row(
            problem: "did not find expected ',' or ']'",
            message: "a list that began with `[` does not end",
            label: "a comma or `]` was expected before this",
            help:
                "write `]` where the list ends, and texts with `[`, `{` or `, ` in them in quotes",
            place: .beginningIfAbove),
        Row(
            problem: "did not find expected ',' or '}'",
            message: "a map that began with `{` does not end",
            label: "a comma or `}` was expected before this",
            help: "write `}` where the map ends, and texts with `[`, `{` or `, ` in them in quotes",
            place: .beginningIfAbove),
        Row(
            problem: "block sequence entries are not allowed",
            message: "a list can't begin here",
            label: "a `-` in the middle of something else",
            help: "begin the list on a line of its own, below its key"),
        Row(
            problem: "found unexpected end of stream",
            message: "a text in quotes does not end",
            label: "the file ends here",
            help: "write the closing quote",
            place: .beginningIfAbove),
        Row(
            problem: "found character that cannot start any token",
            message: "nothing can begin with this character",
            label: "not here",
            help: "write the text in quotes"),
        Row(
            problem: "found unknown escape character",
            message: "this escape does not exist",
            label: "not an escape",
            help: "write a backslash as `\\\\`, or use single quotes, in which nothing is escaped"),
        Row(
            problem: "did not find expected alphabetic or numeric character",
            message: "a text can't begin with `*` unless it is in quotes",
            label: "would be an alias", help: "write a text that begins with `*` in quotes",
            place: .beginning, context: "alias"),
        Row(
            problem: "did not find expected alphabetic or numeric character",
            message: "a text can't begin with `&` unless it is in quotes",
            label: "would be an anchor", help: "write a text that begins with `&` in quotes",
            place: .beginning, context: "anchor"),
        Row(
            problem: "did not find expected node content",
            message: "there is a value missing",
            label: "a value was expected here",
            help: "write the value, or remove the comma or the bracket"),
        Row(
            problem: "did not find expected <document start>",
            message: "the document has ended before this line",
            label: "this belongs to nothing",
            help: "begin all keys of the policy in the first column"),
        Row(
            problem: "found invalid Unicode character escape code",
            message: "this escape stands for no character",
            label: "not a character",
            help: "remove it"),
        Row(
            code: .tag, problem: "found undefined tag handle", message: "a policy has no tags",
            label: "a tag", help: tagHelp),
        Row(
            code: .tag, problem: "did not find expected whitespace or line break",
            message: "a policy has no tags", label: "ends here", help: tagHelp, place: .beginning),
        Row(
            code: .directive, problem: "found unknown directive name",
            message: "a policy has no directives", label: "a directive", help: "remove the line",
            place: .beginning),
        Row(
            problem: "did not find expected hexdecimal number", message: "this escape does not end",
            label: "not a digit",
            help: "write a backslash as `\\\\`, or use single quotes, in which nothing is escaped"),
        Row(
            problem: "did not find expected comment or line break",
            message: "nothing may follow here", label: "belongs to nothing",
            help: "write nothing behind `|`, and the text on the lines below it"),
    ]
}
