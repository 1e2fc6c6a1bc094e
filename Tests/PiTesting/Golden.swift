package import PiSystem
package import Testing

/// Text that people see, kept as a file: `make golden` writes it anew, and the difference is reviewed.
package enum Golden {
    package static func expect(
        _ text: String, at path: FilePath, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let root = try Folder.open(Repository.root, resolving: .anything)
        if ThisProcess.variable("PI_GOLDEN") == "write" {
            let folder = try Folder.open(
                Repository.root.appending(path.parent), resolving: .noLinks)
            return try folder.replace(path.name!, with: Array(text.utf8), mode: 0o644)
        }
        let known = try root.read(path, limit: .mebibytes(4), resolving: [.noLinks, .beneath])
        let difference = firstDifference(String(decoding: known, as: UTF8.self), text)
        #expect(
            difference == nil, "\(path) is not what it was; 'make golden' rewrites it",
            sourceLocation: sourceLocation)
    }

    private static func firstDifference(_ known: String, _ text: String) -> String? {
        guard known != text else { return nil }
        let old = known.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let place = line ?? min(old.count, new.count)
        let was = place < old.count ? old[place] : "(nothing)"
        let now = place < new.count ? new[place] : "(nothing)"
        return "line \(place + 1): was \"\(was)\", is \"\(now)\""
    }
}
