/// What schemas say of numbers and texts.
extension SchemaCheck {
    func numeric(
        _ name: String, _ rule: JSONValue, _ number: JSONNumber, at path: String
    ) -> [Fault] {
        guard let bound = rule.number?.double, let value = number.double else { return [] }
        let (holds, phrase): (Bool, String) =
            switch name {
            case "minimum": (value >= bound, "below")
            case "maximum": (value <= bound, "above")
            case "exclusiveMinimum": (value > bound, "not above")
            case "exclusiveMaximum": (value < bound, "not below")
            case "multipleOf": (Self.isMultiple(value, of: bound), "no multiple of")
            default: (true, "")
            }
        guard !holds else { return [] }
        return [
            Fault(
                path: path,
                sentence: "\(number.text.prefix(40)) is \(phrase) \(rule.number?.text ?? "")")
        ]
    }

    /// As near as numbers with a binary point can tell: 0.3 is a multiple of 0.1.
    private static func isMultiple(_ value: Double, of step: Double) -> Bool {
        let quotient = value / step
        return quotient.isFinite
            && abs(quotient - quotient.rounded()) < 1e-9 * max(1, abs(quotient))
    }

    /// What can't be told is remembered: whoever asked may take either answer for a reason to be content.
    mutating func answer(_ pattern: String, _ text: String) -> SchemaPattern.Answer {
        steps += 1 + text.utf8.count / 64
        guard !isOutOfSteps() else { return .tooMuch }
        // A reference can lead to where nobody has looked for patterns.
        guard let known = patterns[ExactText(pattern)] ?? SchemaPattern(pattern) else {
            return .tooMuch
        }
        let answer = known.find(in: text)
        // A few of those, and no more is tried.
        if answer == .tooMuch {
            steps += Self.mostSteps / 8
            gaveUp = true
        }
        return answer
    }

    mutating func textual(
        _ name: String, _ rule: JSONValue, _ text: String, at path: String
    ) -> [Fault] {
        if name == "pattern", let pattern = rule.string {
            switch answer(pattern, text) {
            case .found: return []
            case .notFound:
                return [Fault(path: path, sentence: "it does not match \(Self.shown(rule))")]
            case .tooMuch:
                return [
                    Fault(
                        path: path, sentence: "\(Self.shown(rule)) is too much to match it against")
                ]
            }
        }
        guard let bound = rule.number?.double else { return [] }
        // A character of a schema is one of Unicode's numbers.
        let count = name == "minLength" || name == "maxLength" ? text.unicodeScalars.count : 0
        let isShort = name == "minLength" && Double(count) < bound
        let isLong = name == "maxLength" && Double(count) > bound
        guard isShort || isLong else { return [] }
        return [
            Fault(
                path: path,
                sentence:
                    "it has \(count) characters, \(isShort ? "fewer" : "more") than \(rule.number?.text ?? "")"
            )
        ]
    }
}
