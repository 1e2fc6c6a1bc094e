package import PiAI
package import PiJSON

/// The tools that a model is offered, with what is known of each.
package struct ToolSet: Sendable {
    /// What a call touches, so that what conflicts is done in order.
    package enum Reach: Hashable, Sendable {
        case nothing
        /// The file that this argument names.
        case file(argument: String)
        /// Whatever it likes.
        case anything
    }

    package struct Entry: Sendable {
        package let declaration: ToolDeclaration
        package let reach: Reach
        fileprivate let schema: JSONSchema
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    /// Throws if its parameters are no schema.
    package mutating func add(
        _ declaration: ToolDeclaration, reach: Reach
    ) throws(JSONSchema.Wrong) {
        let schema = try JSONSchema(.object(declaration.parameters))
        entries.append(Entry(declaration: declaration, reach: reach, schema: schema))
    }

    package var declarations: [ToolDeclaration] { entries.map(\.declaration) }
    package var names: [String] { entries.map(\.declaration.name) }

    func entry(_ name: String) -> Entry? { entries.first { $0.declaration.name == name } }

    /// Why a call can't be made.
    struct Unfit: Error, Hashable {
        let sentence: String
    }

    /// The call with its arguments as the tool takes them: what a model writes for a number may be a text.
    func checked(_ call: ToolCall) throws(Unfit) -> ToolCall {
        if let error = call.argumentsError {
            throw Unfit(
                sentence:
                    "The arguments of this call are no JSON, so nothing was run: \(SafeText(error, limit: 300)). Write them anew."
            )
        }
        guard let entry = entry(call.name) else {
            let near = NearestWord.to(call.name, among: names).map { " Did you mean `\($0)`?" }
            let known = names.map { "`\($0)`" }.joined(separator: ", ")
            throw Unfit(
                sentence:
                    "There is no tool `\(SafeText(call.name, limit: 60))`.\(near ?? "") \(known.isEmpty ? "There are none." : "Those there are: \(known).")"
            )
        }
        let arguments = entry.schema.coerced(.object(call.arguments))
        let faults = entry.schema.faults(of: arguments, limit: 5)
        guard faults.isEmpty, let object = arguments.object else {
            let told = faults.map { "- \($0)" }.joined(separator: "\n")
            let received = JSONWriter.write(.object(call.arguments), layout: .compact)
            throw Unfit(
                sentence:
                    "The arguments of `\(call.name)` are not what it takes, so nothing was run:\n\(told)\nReceived: \(SafeText(bytes: received, limit: 500))"
            )
        }
        var call = call
        call.arguments = object
        return call
    }

    /// What a call that passed the check touches.
    func touched(by call: ToolCall) -> Touched {
        switch entry(call.name)?.reach {
        case .nothing?: .nothing
        case .file(let argument)?: .file(Self.plain(call.arguments[argument]?.string ?? ""))
        case .anything?, nil: .anything
        }
    }

    /// One spelling for a path, by its text alone.
    private static func plain(_ path: String) -> String {
        var names: [Substring] = []
        let named = path.first == "@" ? path.dropFirst() : path[...]
        for name in named.split(separator: "/") {
            if name == "..", let last = names.last, last != ".." {
                names.removeLast()
            } else if name != "." {
                names.append(name)
            }
        }
        return (named.first == "/" ? "/" : "") + names.joined(separator: "/")
    }

    enum Touched: Hashable {
        case nothing
        case file(String)
        case anything

        /// Whether the second must wait for the first: a program may use a file that is written before it.
        func mustWait(for earlier: Touched) -> Bool {
            switch (earlier, self) {
            case (.file(let one), .file(let other)): one == other
            case (.file, .anything), (.anything, .file): true
            case (.file, .nothing): true
            case (.nothing, .file): true
            case (.nothing, _), (.anything, .anything), (.anything, .nothing): false
            }
        }
    }
}
