import PiJSON
import PiSystem

/// Changes that are not taken over, each with the reason why.
struct LeftOut {
    enum Reason: String, CaseIterable {
        case protected, hidden, mounted, special, moved, leadsOut = "leads_out", heldBack =
            "held_back",
            unsayable

        var sentence: String {
            switch self {
            case .protected: "the policy protects it"
            case .hidden: "the policy hides what is there"
            case .mounted: "another file system is mounted there"
            case .special: "it is neither a file, nor a folder, nor a link"
            case .moved: "it was changed in the workspace since the run began"
            case .leadsOut: "it is a link that leads out of the workspace"
            case .heldBack: "something in the folder stays"
            case .unsayable:
                "a patch can't say it: it is large, no text, an empty folder, no plain file, or Git's own"
            }
        }
    }

    private var paths: [Reason: [FilePath]] = [:]

    var isEmpty: Bool { paths.isEmpty }

    mutating func add(_ path: FilePath, _ reason: Reason) {
        paths[reason, default: []].append(path)
    }

    var json: JSONValue {
        .array(
            Reason.allCases.flatMap { reason in
                (paths[reason] ?? []).map {
                    ["path": .string($0.text), "reason": .string(reason.rawValue)]
                }
            })
    }

    /// The first of them, and how many more there are.
    static func shown(_ paths: [FilePath]) -> String {
        let shown = paths.prefix(5).map { SafeText(bytes: $0.bytes, limit: 200).description }
        return shown.joined(separator: ", ")
            + (paths.count > 5 ? " and \(paths.count - 5) more" : "")
    }

    /// One for each reason, with the first of its paths.
    func diagnostics(
        _ severity: Diagnostic.Severity, saying what: String, help: String? = nil
    ) -> [Diagnostic] {
        Reason.allCases.compactMap { reason in
            guard let paths = paths[reason] else { return nil }
            return Diagnostic(
                severity: severity,
                message: "\(what): \(Self.shown(paths)): \(reason.sentence)",
                help: help)
        }
    }
}
