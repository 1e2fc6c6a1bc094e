import PiJSON

/// The arguments of a call, held against the tool's parameters: each is known, and of its kind.
struct ToolArguments: Sendable {
    private let values: JSONObject

    /// More than any tool here needs; a file's contents come in one argument.
    static let sizeLimit = 16 << 20

    init(_ bytes: [UInt8], for tool: Tool) throws(ToolError) {
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes, .exact(sizeLimit: Self.sizeLimit)).value
        } catch {
            throw ToolError("the arguments are no JSON object: \(error)")
        }
        guard let object = value.object else {
            throw ToolError("the arguments must be an object, not \(value.kind)")
        }
        for member in object.members { try Self.check(member, of: tool) }
        for parameter in tool.parameters where parameter.isRequired && object[parameter.name] == nil
        {
            throw ToolError("`\(parameter.name)` is missing: \(parameter.summary)")
        }
        values = object
    }

    func text(_ name: String) -> String? { values[name]?.string }
    func count(_ name: String) -> Int? { values[name]?.number?.int }

    private static func check(_ member: JSONObject.Member, of tool: Tool) throws(ToolError) {
        let shown = SafeText(member.name, limit: 60)
        guard let parameter = tool.parameters.first(where: { $0.name.isExactly(member.name) })
        else {
            let names = tool.parameters.map(\.name)
            let hint = NearestWord.to(member.name, among: names).map { "did you mean `\($0)`?" }
            throw ToolError(
                "`\(tool.name)` has no argument `\(shown)`; "
                    + (hint ?? "it takes \(names.map { "`\($0)`" }.joined(separator: ", "))"))
        }
        switch (parameter.kind, member.value) {
        case (.text, .string): return
        case (.count(let range), .number(let number)) where number.int.map(range.contains) == true:
            return
        case (.text, _):
            throw ToolError("`\(shown)` must be a string, not \(member.value.kind)")
        case (.count(let range), _):
            throw ToolError(
                "`\(shown)` must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}

/// Why a call came to nothing, in words for the model; safe to show.
struct ToolError: Error, Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
