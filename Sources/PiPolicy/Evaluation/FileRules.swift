import PiJSON

/// What a policy says of files.
struct FileRules: Sendable {
    /// One list of patterns.
    private struct List: Sendable {
        private let patterns: PathRules
        /// Where the first of the lists begins.
        let origin: Origin?

        init(_ lists: [(name: String, patterns: PolicyValue?)], _ surroundings: Surroundings) {
            origin = lists.lazy.compactMap { $0.patterns?.origin }.first
            let items = lists.flatMap { list in
                (list.patterns?.elements ?? []).compactMap { pattern in
                    pattern.text.map { text in
                        (text, list.name, Rule("\(list.name)[\(text)]", pattern.origin))
                    }
                }
            }
            patterns = PathRules(items, surroundings)
        }

        func find(_ segments: [String], longerThan skipped: Int = -1) -> Rule? {
            patterns.find(segments, longerThan: skipped)
        }
    }

    private let standing: Standing
    private let surroundings: Surroundings
    private let read: List?
    private let write: List?
    private let hide: List
    private let protect: List
    /// Caches that may only be read, whatever else is said of their places.
    private let unwritable: List
    private let mode: (word: String, rule: Rule)?
    private let workspace: [String]

    init(_ policy: PolicyValue, _ standing: Standing, _ surroundings: Surroundings) {
        self.standing = standing
        self.surroundings = surroundings
        workspace = surroundings.workspaceSegments
        let files = policy["files"]
        let own = policy["workspace"]
        // What a call needs for itself: a temporary folder, a folder that lasts, caches.
        let places = Self.places(files)
        read =
            standing.isPolicy || files?["read"] != nil
            ? List(
                [("files.read", files?["read"]), ("files.write", files?["write"])]
                    + places.map { ($0.name, $0.path) }, surroundings) : nil
        write =
            standing.isPolicy || files?["write"] != nil
            ? List(
                [("files.write", files?["write"])]
                    + places.filter(\.isWritable).map { ($0.name, $0.path) }, surroundings) : nil
        hide = List(
            [("files.hide", files?["hide"]), ("workspace.hide", own?["hide"])], surroundings)
        // A bound that does not name the mode of a cache does not restrict it.
        unwritable = List(
            places.filter { !$0.isWritable && (standing.isPolicy || $0.hasMode) }.map {
                ($0.name, $0.path)
            }, surroundings)
        protect = List([("workspace.protect", own?["protect"])], surroundings)
        if let given = own?["mode"], let word = given.text {
            mode = (word, Rule("workspace.mode", given.origin))
        } else {
            mode = standing.isPolicy ? ("read-only", Rule("workspace.mode", nil)) : nil
        }
    }

    /// A folder that calls have for themselves.
    private struct Place {
        let name: String
        let path: PolicyValue
        let isWritable: Bool
        let hasMode: Bool
    }

    private static func places(
        _ files: PolicyValue?
    ) -> [Place] {
        var places: [Place] = []
        if let tmp = files?["tmp"] {
            let path = { PolicyValue(.list([PolicyValue(.text($0), tmp.origin)]), tmp.origin) }
            places.append(
                Place(name: "files.tmp", path: path("/tmp"), isWritable: true, hasMode: false))
        }
        if let at = files?["scratch"]?["at"] {
            places.append(
                Place(
                    name: "files.scratch", path: PolicyValue(.list([at]), at.origin),
                    isWritable: true,
                    hasMode: false))
        }
        for cache in files?["cache"]?.members ?? [] {
            guard let at = cache.value["at"] else { continue }
            places.append(
                Place(
                    name: "files.cache.\(cache.name)", path: PolicyValue(.list([at]), at.origin),
                    isWritable: cache.value["mode"]?.text == "read-write",
                    hasMode: cache.value["mode"] != nil))
        }
        return places
    }

    func decideRead(_ path: String) -> Decision {
        let subject = Subject.read(path)
        guard let segments = surroundings.resolve(path) else { return malformed(subject) }
        if let rule = hidden(segments) { return Decision(.deny, rule, .named, subject) }
        if isInWorkspace(segments) {
            return Decision(
                .allow, mode?.rule ?? Rule("workspace", nil), .mode("readable"), subject)
        }
        return decide(subject, segments, read, default: "files.read")
    }

    func decideWrite(_ path: String) -> Decision {
        let subject = Subject.write(path)
        guard let segments = surroundings.resolve(path) else { return malformed(subject) }
        if let rule = hidden(segments) { return Decision(.deny, rule, .named, subject) }
        if let rule = unwritable.find(segments) { return Decision(.deny, rule, .named, subject) }
        if let rule = protect.find(segments) { return Decision(.deny, rule, .named, subject) }
        guard isInWorkspace(segments) else {
            return decide(subject, segments, write, default: "files.write")
        }
        guard let mode else {
            return Decision(.allow, Rule("workspace.mode", nil), .notNamed, subject)
        }
        return Decision(
            mode.word == "read-only" ? .deny : .allow, mode.rule, .mode(mode.word), subject)
    }

    /// What is hidden around the workspace does not hide the workspace: it is mounted there all the same.
    private func hidden(_ segments: [String]) -> Rule? {
        hide.find(segments, longerThan: isInWorkspace(segments) ? workspace.count : -1)
    }

    private func isInWorkspace(_ segments: [String]) -> Bool { segments.starts(with: workspace) }

    private func decide(
        _ subject: Subject, _ segments: [String], _ list: List?, default name: String
    ) -> Decision {
        guard let list else { return Decision(.allow, Rule(name, nil), .notNamed, subject) }
        guard let rule = list.find(segments) else {
            return Decision(.deny, Rule(name, list.origin), .notNamed, subject)
        }
        return Decision(.allow, rule, .named, subject)
    }

    private func malformed(_ subject: Subject) -> Decision {
        Decision(
            .deny, Rule("files", nil), .malformed("the path leads above the root, or can't be one"),
            subject)
    }
}
