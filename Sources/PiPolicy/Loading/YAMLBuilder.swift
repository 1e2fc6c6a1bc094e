import PiJSON

/// Builds the tree of a document from the parser's events, and refuses what a policy may not use of YAML.
struct YAMLBuilder {
    enum Step {
        case goOn
        case done(YAMLNode?)
    }

    /// A list or map that has begun and not ended.
    private struct Open {
        let start: YAMLEvent.Mark
        var isMap: Bool
        var elements: [YAMLNode] = []
        var members: [YAMLNode.Member] = []
        var places: [ExactText: Int] = [:]
        /// The key whose value comes next.
        var key: (name: String, origin: Origin, isRefused: Bool)?
    }

    static let depthLimit = 32

    private let source: SourceText
    private(set) var findings: Findings
    private var open: [Open] = []
    private var root: YAMLNode?
    private var documents = 0

    init(_ source: SourceText, _ findings: Findings) {
        self.source = source
        self.findings = findings
    }

    mutating func take(_ event: YAMLEvent) -> Step {
        switch event.content {
        case .streamEnd: return .done(root)
        case .documentStart(let hasDirective):
            documents += 1
            if hasDirective { refuse(.directive, event, "a directive", "remove the line") }
            if documents > 1 {
                refuse(
                    .severalDocuments, event, "a second document begins here",
                    "keep one policy in one file")
                return .done(nil)
            }
        case .documentEnd, .other: break
        case .alias:
            refuse(
                .anchor, event, "an alias", "write the value out, or put it into a policy to extend"
            )
            place(YAMLNode(content: .refused, origin: origin(event)))
        case .scalar(let text, let isPlain, let hasAnchor, let hasTag):
            refuseProperties(event, hasAnchor, hasTag)
            // Behind a tag and nothing else there is no value to be looked at.
            let isAlone = hasTag && text.isEmpty
            place(
                YAMLNode(
                    content: isAlone ? .refused : .scalar(text, isPlain: isPlain),
                    origin: origin(event)))
        case .listStart(let hasAnchor, let hasTag):
            refuseProperties(event, hasAnchor, hasTag)
            return begin(event, isMap: false)
        case .mapStart(let hasAnchor, let hasTag):
            refuseProperties(event, hasAnchor, hasTag)
            return begin(event, isMap: true)
        case .end: end(event)
        }
        return .goOn
    }

    private mutating func begin(_ event: YAMLEvent, isMap: Bool) -> Step {
        if let top = open.last, top.isMap, top.key == nil {
            refuse(
                .complexKey, event, "a list or a map can't be a key",
                "a key is a word: `name: value`")
            return .done(nil)
        }
        guard open.count < Self.depthLimit else {
            refuse(
                .tooDeep, event, "this is the \(Self.depthLimit + 1)th level",
                "no policy needs more than \(Self.depthLimit) levels; look for a bracket too many")
            return .done(nil)
        }
        open.append(Open(start: event.start, isMap: isMap))
        return .goOn
    }

    private mutating func end(_ event: YAMLEvent) {
        guard let done = open.popLast() else { return }
        let origin = origin(from: done.start, to: event.end)
        place(
            YAMLNode(
                content: done.isMap ? .map(done.members) : .list(done.elements), origin: origin))
    }

    /// Puts a whole node where it belongs: in what is open, as a key or as a value.
    private mutating func place(_ node: YAMLNode) {
        // In place: to take the map out and put it back would cost its whole length.
        let last = open.count - 1
        guard last >= 0 else {
            root = node
            return
        }
        guard open[last].isMap else {
            open[last].elements.append(node)
            return
        }
        if let key = open[last].key {
            open[last].key = nil
            // The key has its error; its value takes no place.
            guard !key.isRefused else { return }
            open[last].places[ExactText(key.name)] = open[last].members.count
            open[last].members.append(
                .init(name: key.name, nameOrigin: key.origin, value: node))
        } else if case .scalar(let name, let isPlain) = node.content {
            let before = findings.errors
            checkKey(name, isPlain, node.origin, first: first(name))
            open[last].key = (name, node.origin, isRefused: findings.errors > before)
        } else {
            open[last].key = ("", node.origin, isRefused: true)
        }
    }

    /// Where the map that is open has that key already.
    private func first(_ name: String) -> Origin? {
        open.last.flatMap { map in
            map.places[ExactText(name)].map { map.members[$0].nameOrigin }
        }
    }

    private mutating func checkKey(
        _ name: String, _ isPlain: Bool, _ origin: Origin, first: Origin?
    ) {
        if name == "<<", isPlain {
            findings.error(
                .anchor, "a policy has no merge keys", at: origin, "a merge key",
                help: "write the keys out, or put them into a policy and extend it")
        } else if isPlain,
            [.ambiguous, .empty, .bool(true), .bool(false)].contains(PlainScalar(name))
        {
            findings.error(
                .ambiguous,
                "a key is a text, and \(name.isEmpty ? "this is empty" : "\(quoted(name)) may be none")",
                at: origin, "not sure to be a text",
                help: name.isEmpty
                    ? "write a name before the colon"
                    : "write it in quotes: `\"\(SafeText(name, limit: 20))\"`")
        } else if let first {
            findings.error(
                .duplicateKey, "the key \(quoted(name)) stands here twice", at: origin,
                "the second",
                also: [first.excerpt("the first")],
                help: "keep one of them, or join what they hold")
        }
    }

    // MARK: - Refusals

    private mutating func refuseProperties(_ event: YAMLEvent, _ hasAnchor: Bool, _ hasTag: Bool) {
        if hasAnchor {
            refuse(
                .anchor, event, "an anchor",
                "write the value where it is needed, or extend a policy")
        }
        if hasTag {
            // A single sign may be the beginning of a text that lacks its quotes.
            let isScalar = if case .scalar = event.content { true } else { false }
            let isType = source.bytes[origin(event).bytes].starts(with: "!!".utf8)
            refuse(
                .tag, event, "a tag",
                isScalar && !isType ? YAMLProblem.tagHelp : YAMLProblem.typeHelp)
        }
    }

    private mutating func refuse(
        _ code: DiagnosticCode, _ event: YAMLEvent, _ label: String, _ help: String
    ) {
        findings.error(code, code.title, at: origin(event), label, help: help)
    }

    /// What libyaml does not understand, in words that say what to look for.
    mutating func fail(_ fault: YAMLEvent.Fault) {
        let at = origin(from: fault.at, to: fault.at)
        let line = source.line(fault.at.line)
        let words = YAMLProblem(
            fault, before: line.prefix(fault.at.column - 1),
            after: line.dropFirst(fault.at.column - 1),
            above: source.line(fault.at.line - 1))
        let context = origin(from: fault.contextAt, to: fault.contextAt)
        let isAbove = fault.contextAt.line != fault.at.line
        let isAtItsBeginning =
            fault.context != nil
            && (words.place == .beginning || words.place == .beginningIfAbove && isAbove)
        guard !isAtItsBeginning else {
            findings.error(
                words.code, words.message, at: context, "it begins here",
                also: isAbove ? [at.excerpt(words.label)] : [],
                help: words.help)
            return
        }
        let also =
            fault.context != nil && isAbove
            ? [context.excerpt("it begins here")] : []
        findings.error(words.code, words.message, at: at, words.label, also: also, help: words.help)
    }

    private func origin(_ event: YAMLEvent) -> Origin { origin(from: event.start, to: event.end) }

    private func origin(from start: YAMLEvent.Mark, to end: YAMLEvent.Mark) -> Origin {
        let first = source.byte(ofCharacter: start.character)
        let last = max(source.byte(ofCharacter: end.character), first)
        return Origin(source, bytes: first..<last, line: start.line, column: start.column)
    }
}
