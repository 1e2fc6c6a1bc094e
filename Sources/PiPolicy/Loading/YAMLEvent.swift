/// One event of the YAML parser, in our own terms.
struct YAMLEvent: Sendable {
    /// Where it is: characters from zero, line and column from one.
    struct Mark: Hashable, Sendable {
        let character: Int
        let line: Int
        let column: Int
    }

    enum Content: Sendable {
        case documentStart(hasDirective: Bool)
        case documentEnd
        case streamEnd
        case alias
        case scalar(String, isPlain: Bool, hasAnchor: Bool, hasTag: Bool)
        case listStart(hasAnchor: Bool, hasTag: Bool)
        case mapStart(hasAnchor: Bool, hasTag: Bool)
        /// Of a list or a map.
        case end
        case other
    }

    /// Why the parser can't go on, in libyaml's own words.
    struct Fault: Sendable {
        let problem: String
        let at: Mark
        let context: String?
        let contextAt: Mark
    }

    let content: Content
    let start: Mark
    let end: Mark
}
