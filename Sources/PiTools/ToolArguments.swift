import PiJSON

/// The arguments of a call, held against the tool's parameters: each is known, and of its kind.
package struct ToolArguments: Sendable {
    private let values: JSONObject

    /// More than any tool here needs; a file's contents come in one argument.
    static let sizeLimit = 16 << 20

    package init(_ bytes: [UInt8], for tool: Tool) throws(ToolError) {
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes, .exact(sizeLimit: Self.sizeLimit)).value
        } catch {
            throw ToolError("the arguments are no JSON object: \(error)")
        }
        guard let object = value.object else {
            throw ToolError("the arguments must be an object, not \(value.kind)")
        }
        try self.init(object, tool.parameters, of: "`\(tool.name)`")
    }

    private init(
        _ object: JSONObject, _ parameters: [Tool.Parameter], of whole: String
    ) throws(ToolError) {
        for member in object.members { try Self.check(member, parameters, of: whole) }
        for parameter in parameters where parameter.isRequired && object[parameter.name] == nil {
            throw ToolError(
                "`\(parameter.name)` is missing"
                    + (parameter.summary.isEmpty ? "" : ": \(parameter.summary)"))
        }
        values = object
    }

    func text(_ name: String) -> String? { values[name]?.string }
    func flag(_ name: String) -> Bool { values[name]?.bool ?? false }
    func count(_ name: String) -> Int? { values[name]?.number?.int }
    func objects(_ name: String) -> [JSONObject] {
        values[name]?.array?.compactMap(\.object) ?? []
    }

    private static func check(
        _ member: JSONObject.Member, _ parameters: [Tool.Parameter], of whole: String
    ) throws(ToolError) {
        let shown = SafeText(member.name, limit: 60)
        guard let parameter = parameters.first(where: { $0.name.isExactly(member.name) }) else {
            let names = parameters.map(\.name)
            let hint = NearestWord.to(member.name, among: names).map { "did you mean `\($0)`?" }
            throw ToolError(
                "\(whole) has no argument `\(shown)`; "
                    + (hint ?? "it takes \(names.map { "`\($0)`" }.joined(separator: ", "))"))
        }
        switch (parameter.kind, member.value) {
        case (.text, .string), (.flag, .bool): return
        case (.count(let range), .number(let number)) where number.int.map(range.contains) == true:
            return
        case (.list(let inner), .array(let elements)) where !elements.isEmpty:
            for element in elements {
                guard let object = element.object else {
                    throw ToolError("`\(shown)` is a list of objects, not of \(element.kind)")
                }
                _ = try ToolArguments(object, inner, of: "an element of `\(shown)`")
            }
        case (.text, _):
            throw ToolError("`\(shown)` must be a string, not \(member.value.kind)")
        case (.flag, _):
            throw ToolError("`\(shown)` must be true or false, not \(member.value.kind)")
        case (.list, _):
            throw ToolError("`\(shown)` must be a list with something in it")
        case (.count(let range), _):
            throw ToolError(
                "`\(shown)` must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}

/// Why a call came to nothing, in words for the model; safe to show.
package struct ToolError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
