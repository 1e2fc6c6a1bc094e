import PiJSON
import PiSystem

/// A path as a model wrote it, and the file that it means.
struct ToolPath {
    let path: FilePath
    /// As the model wrote it, safe to show.
    let shown: String

    /// Whether the file has another name than the one that was written, if one that reads the same.
    let isOtherName: Bool

    /// Whoever called decides on paths, and has read this one already.
    private static var isDecidedOn: Bool { ThisProcess.variable("PI_DECIDES") != nil }

    /// - Parameter mayDiffer: what is there already may be written in another way: with another apostrophe, an accent in two parts.
    init(_ text: String, argument: String = "path", spelling mayDiffer: Bool = false) throws {
        // Models put the sign before a path by which people mention files to them.
        let named = text.first == "@" && !Self.isDecidedOn ? String(text.dropFirst()) : text
        guard let path = FilePath(Self.isDecidedOn ? named : Self.expanded(named)) else {
            throw ToolError("`\(argument)` names nothing: it is empty or has a zero byte in it")
        }
        // Names copied from elsewhere have spaces that look like spaces.
        let plain = ToolPathText.withPlainSpaces(path.text)
        if plain != path.text, !Self.exists(path), let other = FilePath(plain), Self.exists(other) {
            self.path = other
            shown = SafeText(named, limit: 300).description
            isOtherName = false
            try lookBehindLinks(of: other)
        } else {
            let other = mayDiffer && !Self.exists(path) ? Self.spelled(path) : nil
            self.path = other ?? path
            shown = SafeText(other?.text ?? named, limit: 300).description
            isOtherName = other != nil
            try lookBehindLinks(of: path)
        }
    }

    private static let mostNames = 10_000

    /// The one in that folder whose name reads the same; nil if there is none, or are several.
    private static func spelled(_ path: FilePath) -> FilePath? {
        guard let name = path.name else { return nil }
        func plain(_ name: FilePath) -> [UInt32] {
            name.text.unicodeScalars.flatMap { Spelling.plain($0.value, isExact: true) }
        }
        let wanted = plain(name)
        // Where nothing can be listed nothing is found: whoever opens it is told why.
        let names = try? Folder.open(path.parent, resolving: .anything).names(limit: mostNames)
        let found = (names ?? []).filter { $0.utf8 != nil && plain($0) == wanted }
        return found.count == 1 ? path.parent.appending(found[0]) : nil
    }

    /// Whoever called has decided on a path by its text; where that leads elsewhere, it decides on that, too.
    ///
    /// To the byte: two names that read the same are two files, and a rule is for one of them.
    private func lookBehindLinks(of decided: FilePath) throws {
        guard Self.isDecidedOn else { return }
        let real = try realPath()
        let here = try Folder.open(".", resolving: .anything).realPath()
        guard real != Self.lexical(here.appending(decided)),
            real != ThisProcess.variable("PI_REAL").map(FilePath.init)
        else { return }
        guard let text = real.utf8 else {
            throw ToolError(
                "\(shown) leads to a name that is no UTF-8, on which no rule can decide")
        }
        throw Elsewhere(path: text)
    }

    /// What is asked for lies behind a link.
    struct Elsewhere: Error {
        let path: String
    }

    /// As the supervisor reads a path: by its text alone.
    private static func lexical(_ path: FilePath) -> FilePath {
        var names: [FilePath] = []
        for name in path.names where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return names.reduce("/") { $0.appending($1) }
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
