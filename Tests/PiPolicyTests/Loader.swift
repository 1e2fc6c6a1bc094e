import PiJSON
import PiPolicy

/// Policies as texts, read as the program reads files.
struct Loader {
    var files: [String: String] = [:]
    var bounds: [String] = []
    var groups = Groups.none
    var author = PolicyLoader.Author.operatorOfTheHost
    var surroundings = Surroundings(workspace: "/home/u/project", home: "/home/u")

    struct Loaded {
        let resolved: ResolvedPolicy?
        let diagnostics: [Diagnostic]

        var codes: [String] { diagnostics.map { $0.code ?? $0.message } }
    }

    func load(_ bytes: [UInt8], named name: String = "policy.yaml") -> Loaded {
        var diagnostics: [Diagnostic] = []
        let policy = read(bytes, name, &diagnostics)
        let bounds = bounds.enumerated().map {
            read(Array($1.utf8), "bound\($0 == 0 ? "" : "\($0)").yaml", &diagnostics)
        }
        guard let policy, bounds.allSatisfy({ $0 != nil }) else {
            return Loaded(resolved: nil, diagnostics: diagnostics)
        }
        let (resolved, more) = ResolvedPolicy.resolve(
            policy, bounds: bounds.compactMap { $0 }, groups: groups, surroundings)
        return Loaded(resolved: resolved, diagnostics: diagnostics + more)
    }

    func load(_ text: String) -> Loaded { load(Array(text.utf8)) }

    private func read(
        _ bytes: [UInt8], _ name: String, _ diagnostics: inout [Diagnostic]
    ) -> LoadedPolicy? {
        let workspace = surroundings.workspace
        let (loaded, found) = PolicyLoader.load(
            SourceText(name: name, bytes: bytes), as: .file(name), by: author,
            Variables { variable in
                if case .workspace = variable { workspace } else { nil }
            }
        ) { reference throws(PolicyLoader.Unreadable) in
            if case .shipped(let name) = reference, let text = ShippedPolicies.text(name) {
                return SourceText(name: name, bytes: Array(text.utf8))
            }
            guard case .file(let path) = reference, let text = files[path] else {
                throw PolicyLoader.Unreadable(reason: "it is not there", help: "write it")
            }
            return SourceText(name: path, bytes: Array(text.utf8))
        }
        diagnostics += found
        return loaded
    }

    /// What a policy made of these lines answers; its head is added.
    func decide(_ lines: String, _ request: Request) -> Decision? {
        load("version: 1\nname: test\n" + lines).resolved?.evaluator(in: surroundings)
            .decide(request)
    }
}
