import PiAI
import PiJSON
import PiSystem

/// The models that are known to this person: of the program or of a newer list, and those of their `models.json`.
struct KnownModels {
    let catalogue: Catalogue
    /// The list alone, without what was added.
    let list: Catalogue
    let custom: CustomModels
    /// What of `models.json` can't be understood.
    let warnings: [Diagnostic]
    private let path: FilePath?

    static let name: FilePath = "catalogue.txt"
    private static let file: FilePath = "models.json"
    private static let limit = ByteCount.mebibytes(16)

    static func load() throws -> KnownModels {
        let store = try PolicyStore.here()
        var catalogue = Catalogue.shipped()
        var custom = CustomModels(["providers": [:]])
        var warnings: [Diagnostic] = []
        let path = store.userFolder?.appending(file)
        for folder in [store.userFolder, store.hostFolder].compactMap({ $0 }) {
            guard let text = try read(name, in: folder) else { continue }
            catalogue = Catalogue(text: String(decoding: text, as: UTF8.self))
            break
        }
        if let path, let bytes = try read(file, in: path.parent) {
            try refuseWhatOthersWrite(path)
            do {
                custom = CustomModels(
                    try JSONReader.read(bytes, .exact(sizeLimit: limit.bytes)).value)
                warnings = custom.faults.map { warning(path, $0) }
            } catch {
                // Those that the program knows can be asked all the same.
                warnings = [warning(path, "\(error)")]
            }
        }
        return KnownModels(
            catalogue: catalogue.adding(custom), list: catalogue, custom: custom,
            warnings: warnings, path: path)
    }

    /// What is understood there, and has no effect.
    var notes: [Diagnostic] {
        guard let path else { return [] }
        let ids = Set(list.entries.map(\.reference))
        let nowhere = custom.providers.flatMap { added in
            added.overridden.filter { !ids.contains("\(added.provider.id)/\($0)") }.map {
                "/providers/\(added.provider.id)/modelOverrides/\(SafeText($0, limit: 100))"
            }
        }
        return (custom.unused + nowhere).map { place in
            Diagnostic(
                severity: .warning, message: "\(path): \(place) has no effect here", help: nil)
        }
    }

    /// It says where keys go, and may hold commands.
    private static func refuseWhatOthersWrite(_ path: FilePath) throws {
        let folder = try Folder.open(path.parent, resolving: .anything)
        for (name, place) in [(path.name ?? path, path), (".", path.parent)] {
            let facts = try folder.facts(of: name)
            let isOurs = facts.user == .current || facts.user == .root || facts.kind == .link
            guard isOurs, facts.kind == .link || facts.mode & 0o002 == 0 else {
                throw AuthFile.Unfit(
                    path: place, reason: "others may change it",
                    help: "it says where keys go: chmod o-w \(place)")
            }
        }
    }

    private static func warning(_ path: FilePath, _ fault: String) -> Diagnostic {
        Diagnostic(
            severity: .warning, message: "\(path): \(SafeText(fault, limit: 300))",
            help: "what is wrong there does not count; docs/models.md has the format")
    }

    private static func read(_ name: FilePath, in folder: FilePath) throws -> [UInt8]? {
        let opened: Folder
        do {
            opened = try Folder.open(folder, resolving: .anything)
        } catch {
            guard error.errno == .noSuchFile || error.errno == .notAFolder else { throw error }
            return nil
        }
        guard try opened.factsIfPresent(of: name) != nil else { return nil }
        return try opened.read(name, limit: limit, resolving: .anything)
    }

    /// What was added of a provider; nil if nothing was.
    func added(_ provider: Provider) -> CustomModels.Added? {
        custom.providers.first { $0.provider.id == provider.id }
    }

    /// Those of the program, and those that were added.
    var providers: [Provider] {
        custom.providers.map(\.provider)
            + Provider.all.filter { known in
                !custom.providers.contains { $0.provider.id == known.id }
            }
    }
}
