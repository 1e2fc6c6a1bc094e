import PiSandbox
import PiSystem

/// A path of the host as the sandbox shows it: the links on the way as links, and where they end.
struct HostPath: Hashable {
    let links: [SandboxSpec.Link]
    /// Without a link in it; nil if there is nothing, or nothing that we may reach.
    let real: String?
    let kind: FileKind?

    /// Nil if there is nothing; of a link it is the link that counts.
    static func facts(of path: String) throws(SystemError) -> FileFacts? {
        guard let place = FilePath(path) else { return nil }
        do throws(SystemError) {
            return try FileFacts.of(place)
        } catch {
            guard error.errno == .noSuchFile || error.errno == .notAFolder else { throw error }
            return nil
        }
    }

    /// Follows a path as the kernel would, and notes each link on the way.
    static func resolve(_ path: String) -> HostPath {
        var links: [SandboxSpec.Link] = []
        var done: [String] = []
        var rest = names(path)
        var kind: FileKind? = .folder
        while let name = rest.popLast() {
            if name == "." { continue }
            if name == ".." {
                _ = done.popLast()
                continue
            }
            let here = "/" + (done + [name]).joined(separator: "/")
            // What can't be looked at can't be shown either.
            guard links.count < 40, let facts = try? FileFacts.of(FilePath(here)!) else {
                return HostPath(links: links, real: nil, kind: nil)
            }
            kind = facts.kind
            guard facts.kind == .link else {
                done.append(name)
                continue
            }
            // The same.
            guard let target = try? FilePath(here)!.linkTarget().utf8 else {
                return HostPath(links: links, real: nil, kind: nil)
            }
            links.append(SandboxSpec.Link(path: here, target: target))
            if target.hasPrefix("/") { done = [] }
            rest += names(target)
            kind = .folder
        }
        return HostPath(links: links, real: "/" + done.joined(separator: "/"), kind: kind)
    }

    /// The last one first, so that what a link adds comes next.
    private static func names(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init).reversed()
    }
}
