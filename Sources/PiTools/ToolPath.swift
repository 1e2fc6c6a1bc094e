import PiJSON
import PiSystem

/// A path as a model wrote it, and the file that it means.
struct ToolPath {
    let path: FilePath
    /// As the model wrote it, safe to show.
    let shown: String

    /// - Parameter mayDiffer: what is there already may be written in another way: with another apostrophe, an accent in two parts.
    init(_ text: String, argument: String = "path", spelling mayDiffer: Bool = false) throws {
        // Models put the sign before a path by which people mention files to them.
        let named = text.first == "@" ? String(text.dropFirst()) : text
        guard let path = FilePath(Self.expanded(named)) else {
            throw ToolError("`\(argument)` names nothing: it is empty or has a zero byte in it")
        }
        shown = SafeText(named, limit: 300).description
        // Names copied from elsewhere have spaces that look like spaces.
        let plain = ToolPathText.withPlainSpaces(path.text)
        if plain != path.text, !Self.exists(path), let other = FilePath(plain), Self.exists(other) {
            self.path = other
            try lookBehindLinks(of: other)
        } else {
            self.path = mayDiffer && !Self.exists(path) ? try Self.spelled(path) ?? path : path
            try lookBehindLinks(of: path)
        }
    }

    private static let mostNames = 10_000

    /// The one in that folder whose name is the same to a person's eyes; nil if there is none, or are several.
    private static func spelled(_ path: FilePath) throws -> FilePath? {
        guard let name = path.name else { return nil }
        func plain(_ name: FilePath) -> [UInt32] {
            name.text.unicodeScalars.flatMap { Spelling.plain($0.value) }
        }
        let wanted = plain(name)
        // Where nothing can be listed nothing is found: whoever opens it is told why.
        let names = try? Folder.open(path.parent, resolving: .anything).names(limit: mostNames)
        let found = (names ?? []).filter { plain($0) == wanted }
        return found.count == 1 ? path.parent.appending(found[0]) : nil
    }

    /// Whoever called has decided on a path by its text; where that leads elsewhere, it decides on that, too.
    private func lookBehindLinks(of decided: FilePath) throws {
        guard ThisProcess.variable("PI_DECIDES") != nil, let real = try realPath().utf8 else {
            return
        }
        let here = try Folder.open(".", resolving: .anything).realPath()
        guard real != Self.lexical(here.appending(decided)),
            real != ThisProcess.variable("PI_REAL")?.utf8
        else { return }
        throw Elsewhere(path: real)
    }

    /// What is asked for lies behind a link.
    struct Elsewhere: Error {
        let path: String
    }

    /// As the supervisor reads a path: by its text alone.
    private static func lexical(_ path: FilePath) -> String {
        var names: [FilePath] = []
        for name in path.names where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return "/" + names.map(\.text).joined(separator: "/")
    }

    /// Without a link in it; of what does not exist, as far as there is anything.
    private func realPath() throws -> FilePath {
        let end = Self.exists(path) ? try Folder.followLinks(from: path) : path
        // What is no folder is in one.
        if let folder = try? Folder.open(end, resolving: .anything).realPath() { return folder }
        var place = end.parent
        var rest = [end.name ?? "."]
        while !Self.exists(place), let name = place.name {
            rest.insert(name, at: 0)
            place = place.parent
        }
        // As above: nothing can be made below what is no folder, and whoever tries is told.
        guard let folder = try? Folder.open(place, resolving: .anything).realPath() else {
            return end
        }
        return rest.reduce(folder) { $0.appending($1) }
    }

    private static func expanded(_ text: String) -> String {
        guard text == "~" || text.hasPrefix("~/"), let home = ThisProcess.variable("HOME")?.utf8
        else { return text }
        return home + text.dropFirst()
    }

    private static func exists(_ path: FilePath) -> Bool {
        // What can't be looked at is not there for this purpose.
        (try? FileFacts.of(path)) != nil
    }

    /// What stands before the names of what is found in it.
    var prefix: String { shown == "." ? "" : shown.hasSuffix("/") ? shown : shown + "/" }

    /// The folder that holds it, and its name there.
    ///
    /// Links lead where they lead: whoever calls this can reach no more than the sandbox has.
    func place() throws -> (folder: FilePath, name: FilePath) {
        let end = Self.exists(path) ? try Folder.followLinks(from: path) : path
        guard let name = end.name else { throw ToolError("\(shown) is a folder, not a file") }
        return (end.parent, name)
    }
}

/// Paths by their text alone, for those who decide on them.
package enum ToolPathText {
    /// With the space in the place of all that look like it.
    package static func withPlainSpaces(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { Spelling.spaces.contains($0.value) ? " " : $0 }))
    }
}

/// What a file looked like to whoever read it: two reads with the same stamp saw the same contents, as far as anybody can tell.
struct FileStamp: Hashable, CustomStringConvertible {
    let description: String

    init(_ facts: FileFacts) {
        description = "\(facts.size.bytes):\(facts.modified.nanoseconds)"
    }

    /// Told by whoever called: what the file looked like when it was last read or written here.
    static var known: String? { ThisProcess.variable("PI_STAMP")?.utf8 }

    /// Refuses to write over what nobody here has seen.
    static func check(_ facts: FileFacts, _ path: ToolPath) throws(ToolError) {
        guard let known, known != FileStamp(facts).description else { return }
        throw ToolError(
            "\(path.shown) has changed since you last read or wrote it: read it again, then decide what to write"
        )
    }
}
