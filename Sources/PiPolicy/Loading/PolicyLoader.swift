package import PiJSON

/// Loads a policy with all that it extends.
///
/// It opens nothing: `read` gives the text that a reference stands for.
package struct PolicyLoader {
    /// Why there is no text; safe to show.
    package struct Unreadable: Error {
        package let reason: String
        package let help: String

        package init(reason: String, help: String) {
            self.reason = reason
            self.help = help
        }
    }

    package typealias Read = (PolicyReference) throws(Unreadable) -> SourceText

    /// Who wrote it, and so what it may say.
    package enum Author: Hashable, Sendable {
        /// The person who starts the run, or who runs the host.
        case operatorOfTheHost
        /// The host itself, whose bound rests on nothing that the person who is bound can change.
        case host
        /// Whoever wrote what lies in the workspace.
        case workspace
    }

    static let fileLimit = 32
    static let depthLimit = 8

    private let read: Read
    private let variables: Variables
    private let author: Author
    private var findings = Findings()
    private var composition = Composition()
    private var done: [PolicyReference: Composition.Parent] = [:]
    private var files: [SourceText] = []

    /// A policy and all its parents as one value; nil if anything is wrong with it.
    package static func load(
        _ source: SourceText, as reference: PolicyReference, by author: Author,
        _ variables: Variables, read: @escaping Read
    ) -> (LoadedPolicy?, [Diagnostic]) {
        let (loaded, findings) = loadUnchecked(
            source, as: reference, by: author, variables, read: read)
        return (findings.errors == 0 ? loaded : nil, findings.all)
    }

    static func loadUnchecked(
        _ source: SourceText, as reference: PolicyReference, by author: Author,
        _ variables: Variables, read: @escaping Read
    ) -> (LoadedPolicy?, Findings) {
        var loader = PolicyLoader(
            read: read, variables: author == .operatorOfTheHost ? variables : .refused,
            author: author)
        guard let value = loader.compose(source, reference, chain: [reference])?.value else {
            return (nil, loader.findings)
        }
        loader.findings.add(loader.composition.findings)
        return (
            LoadedPolicy(value: value, files: loader.files, reference: reference), loader.findings
        )
    }

    private init(read: @escaping Read, variables: Variables, author: Author) {
        self.read = read
        self.variables = variables
        self.author = author
    }

    private mutating func compose(
        _ source: SourceText, _ reference: PolicyReference, chain: [PolicyReference]
    ) -> Composition.Parent? {
        files.append(source)
        // A ready-made policy may use variables; when a workspace names it they have no value.
        let isShipped = if case .shipped = reference { true } else { false }
        let ownVariables = isShipped && author == .workspace ? Variables.none : variables
        guard
            let file = PolicyFile.read(source, as: PolicySchema.root, ownVariables, &findings)
        else { return nil }
        if author == .workspace { checkWorkspace(file.value, reference) }
        var parents: [Composition.Parent] = []
        for word in file.value["extends"]?.elements ?? [] {
            if let parent = parent(word, reference, chain) { parents.append(parent) }
        }
        return Composition.Parent(
            value: composition.compose(file.value, on: parents),
            sources: parents.reduce([ObjectIdentifier(source)]) { $0.union($1.sources) })
    }

    private mutating func parent(
        _ word: PolicyValue, _ namer: PolicyReference, _ chain: [PolicyReference]
    ) -> Composition.Parent? {
        let text = word.text ?? ""
        if author == .host, text.hasPrefix("user:") {
            findings.error(
                .notInBound, "the host's bound may not extend a person's own policy",
                at: word.origin, "theirs to change", help: "move it to the host's policy folder")
            return nil
        }
        if author == .workspace, text.hasSuffix(".yaml") || text.contains(":") {
            findings.error(
                .notInBound, "a workspace's own policy may extend ready-made ones only",
                at: word.origin, "not one of them", help: "write here what it should say")
            return nil
        }
        guard let reference = PolicyReference(text, in: namer) else {
            let isFile = if case .file = namer { true } else { false }
            findings.error(
                .leavesFolder,
                isFile
                    ? "\(quoted(text)) is outside of the first policy's folder"
                    : "there are no files beside `\(namer.description)`",
                at: word.origin, "leads out",
                help: isFile
                    ? "move it below that folder, or name it by `user:NAME` or `host:NAME`"
                    : "name it by `user:NAME` or `host:NAME`")
            return nil
        }
        if chain.contains(reference) {
            findings.error(
                .cycle, "\(quoted(text)) extends itself", at: word.origin, "back to where it began",
                help: "remove it",
                notes: [(chain + [reference]).map(\.description).joined(separator: " → ")])
            return nil
        }
        if let known = done[reference] { return known }
        guard chain.count < Self.depthLimit, files.count < Self.fileLimit else {
            findings.error(
                .tooManyFiles,
                files.count < Self.fileLimit
                    ? "there are more than \(Self.depthLimit) policies above each other"
                    : "there are more than \(Self.fileLimit) policies",
                at: word.origin, "one too many", help: "join some of them")
            return nil
        }
        do throws(Unreadable) {
            let source = try read(reference)
            let parent = compose(source, reference, chain: chain + [reference])
            done[reference] = parent
            return parent
        } catch {
            findings.error(
                .notFound, "cannot read the policy \(quoted(text)): \(error.reason)",
                at: word.origin, "named here", help: error.help)
            return nil
        }
    }

    /// A repository can narrow what runs in it, and never widen it or reach for what is not its own.
    private mutating func checkWorkspace(_ value: PolicyValue, _ reference: PolicyReference) {
        if case .shipped = reference { return }
        guard let secrets = value.member("secrets") else { return }
        findings.error(
            .notInBound, "a workspace's own policy may not name secrets", at: secrets.nameOrigin,
            "not here", help: "secrets belong into the policy of the person who starts the run")
    }
}

/// A policy with all its parents, as one value.
package struct LoadedPolicy: Sendable {
    package let value: PolicyValue
    /// The file itself first, then what it extends.
    package let files: [SourceText]
    package let reference: PolicyReference

    package var name: String { value["name"]?.text ?? reference.description }
}

extension Variables {
    /// Nothing has a value; each is named in a warning.
    package static let none = Variables { _ in nil }
}
