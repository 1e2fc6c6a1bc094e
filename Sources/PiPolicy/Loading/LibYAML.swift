import CYaml
import PiJSON

/// libyaml: its C goes in here, values come out.
package enum LibYAML {
    package static var version: String { unsafe String(cString: yaml_get_version_string()) }

    /// The one document of a text whose characters have been checked.
    ///
    /// Nil if there is none, or if it can't be understood; then `findings` say why.
    static func read(_ source: SourceText, _ findings: inout Findings) -> YAMLNode? {
        var parser = unsafe yaml_parser_t()
        guard unsafe yaml_parser_initialize(&parser) == 1 else {
            preconditionFailure("there is no memory for a parser")
        }
        defer { unsafe yaml_parser_delete(&parser) }
        unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        return unsafe source.bytes.withUnsafeBufferPointer { bytes in
            unsafe yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            var builder = YAMLBuilder(source, findings)
            defer { findings = builder.findings }
            while true {
                var event = unsafe yaml_event_t()
                guard unsafe yaml_parser_parse(&parser, &event) == 1 else {
                    builder.fail(unsafe fault(of: parser))
                    return nil
                }
                let seen = unsafe Self.event(event)
                unsafe yaml_event_delete(&event)
                switch builder.take(seen) {
                case .goOn: continue
                case .done(let node): return node
                }
            }
        }
    }

    private static func event(_ event: yaml_event_t) -> YAMLEvent {
        let start = unsafe YAMLEvent.Mark(event.start_mark)
        let end = unsafe YAMLEvent.Mark(event.end_mark)
        let content: YAMLEvent.Content
        switch unsafe event.type {
        case YAML_STREAM_END_EVENT: content = .streamEnd
        case YAML_DOCUMENT_START_EVENT:
            let start = unsafe event.data.document_start
            let hasDirective =
                unsafe start.version_directive != nil
                || start.tag_directives.start != start.tag_directives.end
            content = .documentStart(hasDirective: hasDirective)
        case YAML_DOCUMENT_END_EVENT: content = .documentEnd
        case YAML_ALIAS_EVENT: content = .alias
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let text = unsafe String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length),
                as: UTF8.self)
            content = unsafe .scalar(
                text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            let list = unsafe event.data.sequence_start
            content = unsafe .listStart(hasAnchor: list.anchor != nil, hasTag: list.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let map = unsafe event.data.mapping_start
            content = unsafe .mapStart(hasAnchor: map.anchor != nil, hasTag: map.tag != nil)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: content = .end
        default: content = .other
        }
        return YAMLEvent(content: content, start: start, end: end)
    }

    private static func fault(of parser: yaml_parser_t) -> YAMLEvent.Fault {
        let problem = unsafe parser.problem.map { unsafe String(cString: $0) }
        let context = unsafe parser.context.map { unsafe String(cString: $0) }
        return unsafe YAMLEvent.Fault(
            problem: problem ?? "there is not enough memory", at: .init(parser.problem_mark),
            context: context, contextAt: .init(parser.context_mark))
    }
}

extension YAMLEvent.Mark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(
            character: Int(mark.index), line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
