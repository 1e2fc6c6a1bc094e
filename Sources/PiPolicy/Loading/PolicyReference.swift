import PiJSON

/// Which policy is meant, by a word of `extends` or of the command line.
package enum PolicyReference: Hashable, Sendable {
    /// Compiled into the program; nothing on disk can stand in for it.
    case shipped(String)
    /// A file, by its path from the folder of the first one.
    case file(String)
    /// A file of the person's or of the host's policy folder.
    case user(String)
    case host(String)

    /// A word of `extends`, in a file of the reference `from`; nil if it leads out of the first file's folder,
    /// or out of a place where there are no files beside it.
    init?(_ word: String, in from: PolicyReference) {
        if word.hasPrefix("user:") {
            self = .user(String(word.dropFirst(5)))
        } else if word.hasPrefix("host:") {
            self = .host(String(word.dropFirst(5)))
        } else if !word.hasSuffix(".yaml") {
            self = .shipped(word)
        } else {
            guard case .file(let namer) = from,
                let path = Self.join(namer.split(separator: "/").dropLast(), word)
            else { return nil }
            self = .file(path)
        }
    }

    /// Nil if it leads above the first folder.
    private static func join(_ folder: ArraySlice<Substring>, _ path: String) -> String? {
        var parts = Array(folder)
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..":
                guard parts.popLast() != nil else { return nil }
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    package var description: String {
        switch self {
        case .shipped(let name), .file(let name): SafeText(name, limit: 200).description
        case .user(let name): "user:\(SafeText(name, limit: 80))"
        case .host(let name): "host:\(SafeText(name, limit: 80))"
        }
    }
}
