import PiJSON
import PiSystem

/// `auth.json`: a person's keys, in Pi's format, for nobody else to read.
struct AuthFile {
    private let folder: FilePath
    private(set) var entries: JSONObject

    static let name: FilePath = "auth.json"
    private static let limit = ByteCount.mebibytes(1)

    var path: FilePath { folder.appending(Self.name) }

    struct Unfit: Error {
        let path: FilePath
        let reason: String
        let help: String

        var diagnostic: Diagnostic {
            Diagnostic(severity: .error, message: "\(path): \(reason)", help: help)
        }
    }

    /// Empty if there is none; one that others may read or change is refused.
    static func read(_ folder: FilePath) throws -> AuthFile {
        let opened: Folder
        do {
            opened = try Folder.open(folder, resolving: .anything)
        } catch {
            guard error.errno == .noSuchFile else { throw error }
            return AuthFile(folder: folder, entries: JSONObject())
        }
        guard let facts = try opened.factsIfPresent(of: name) else {
            return AuthFile(folder: folder, entries: JSONObject())
        }
        let path = folder.appending(name)
        guard facts.kind == .file, facts.user == .current else {
            throw Unfit(
                path: path, reason: "it is no file of yours",
                help: "keys stand in a file of one's own")
        }
        guard facts.mode & 0o077 == 0 else {
            throw Unfit(
                path: path, reason: "others may look into it", help: "chmod 600 \(path)")
        }
        var bytes = try opened.read(name, limit: limit, resolving: .noLinks)
        defer { Secret.clear(&bytes) }
        do {
            let value = try JSONReader.read(bytes, .exact(sizeLimit: limit.bytes)).value
            guard let entries = value.object else {
                throw Unfit(
                    path: path, reason: "it is \(value.kind), not an object",
                    help:
                        "write it like {\"anthropic\": {\"type\": \"api_key\", \"key\": \"$ANTHROPIC_API_KEY\"}}"
                )
            }
            return AuthFile(folder: folder, entries: entries)
        } catch let error as JSONError {
            throw Unfit(path: path, reason: "\(error)", help: "look at that place")
        }
    }

    /// What stands for the key of a provider; nil if there is none here.
    func key(of provider: String) -> KeyText? {
        guard let entry = entries[provider], entry["type"]?.string ?? "api_key" == "api_key" else {
            return nil
        }
        return entry["key"]?.string.map(KeyText.init(ofKey:))
    }

    mutating func set(_ key: String, for provider: String) {
        entries[provider] = ["type": "api_key", "key": .string(key)]
    }

    /// False if there was none.
    mutating func remove(_ provider: String) -> Bool {
        defer { entries[provider] = nil }
        return entries[provider] != nil
    }

    /// Whole or not at all, and never open to others, not even for a moment.
    func write() throws {
        var bytes = JSONWriter.write(.object(entries), layout: .indented) + [UInt8(ascii: "\n")]
        defer { Secret.clear(&bytes) }
        try Folder.make(folder, mode: 0o700).replace(Self.name, with: bytes, mode: 0o600)
    }
}
