import PiSystem

/// Where pi-runner keeps what must last: private to its user, and visible in no sandbox.
struct StateFolder: Hashable {
    let path: FilePath

    static func find() throws -> StateFolder {
        if let given = ThisProcess.variable("XDG_STATE_HOME"), FilePath(given).isAbsolute {
            return StateFolder(path: FilePath(given).appending("pi-runner"))
        }
        if UserID.current == .root { return StateFolder(path: "/var/lib/pi-runner") }
        let home: FilePath
        if let given = ThisProcess.variable("HOME"), !given.isEmpty {
            home = FilePath(given)
        } else {
            home = try User.find(.current).home
        }
        return StateFolder(path: home.appending(".local/state/pi-runner"))
    }

    /// Itself, made with what leads there if it is missing.
    func folder() throws(SystemError) -> Folder { try Self.make(path) }

    /// A folder in it, made with what leads there if it is missing.
    func folder(_ name: FilePath) throws(SystemError) -> Folder {
        try Self.make(path.appending(name))
    }

    private static func make(_ path: FilePath) throws(SystemError) -> Folder {
        do throws(SystemError) {
            return try Folder.open(path, resolving: .anything)
        } catch {
            guard error.errno == .noSuchFile, let name = path.name else { throw error }
            let parent = try make(path.parent)
            do throws(SystemError) {
                try parent.makeFolder(name, mode: 0o700)
            } catch {
                // Somebody else was quicker.
                guard error.errno == .fileExists else { throw error }
            }
            return try Folder.open(path, resolving: .anything)
        }
    }
}
