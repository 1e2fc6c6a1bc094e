import PiSystem

/// How a person or a script wants to be answered, read from what was typed before it is understood: a
/// mistake in it has to be told in the right form too.
struct Presentation: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        case text
        case json
        case jsonFile(FilePath)
    }

    let form: Form
    let color: ColorChoice

    init(_ typed: [RawText]) {
        var form = Form.text
        var color = ColorChoice.auto
        var before: RawText?
        for token in typed.prefix(while: { $0 != "--" }) {
            if token == "--json" {
                form = .json
            } else if let file = Self.value(of: "--json=", in: token) {
                form = file == "-" ? .json : .jsonFile(FilePath(file))
            } else if typed.first == "run",
                token == "--output-format=json" || before == "--output-format" && token == "json"
            {
                form = .json
            } else if let choice = before == "--color"
                ? token : Self.value(of: "--color=", in: token)
            {
                color = choice.utf8.flatMap(ColorChoice.init(rawValue:)) ?? color
            }
            before = token
        }
        self.form = form
        self.color = color
    }

    /// Nil if it stands for another option, or without a value.
    private static func value(of option: String, in token: RawText) -> RawText? {
        guard token.bytes.starts(with: option.utf8) else { return nil }
        let value = RawText(token.bytes.dropFirst(option.utf8.count))
        return value?.isEmpty == false ? value : nil
    }
}
