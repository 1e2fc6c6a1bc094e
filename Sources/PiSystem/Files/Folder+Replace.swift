import CSystem

extension Folder {
    /// Puts a whole new file in the place of `name`: whoever looks finds the old one or the new one.
    ///
    /// When this returns, the new one is on disk under its name. If it throws, nothing half is left: the
    /// old one is there, untouched, or, if only the last sync failed, the new one. Of `mode` the umask
    /// takes its part.
    package borrowing func replace(
        _ name: FilePath, with contents: [UInt8], mode: UInt32, survives: Survival = .powerCuts
    ) throws(SystemError) {
        do {
            try put(
                contents, into: try temporaryName(), mode: mode, thenRenameTo: name, survives)
        } catch {
            // Nobody has heard of the temporary file; the one that was asked for is what failed.
            throw SystemError(.write, path.appending(name), error.cause)
        }
        if survives == .powerCuts { try sync() }
    }

    package enum Survival: Hashable, Sendable {
        case powerCuts
        /// The end of this process, in whatever way, and no more: nothing waits for the disk.
        case kills
    }

    private borrowing func put(
        _ contents: [UInt8], into temporary: FilePath, mode: UInt32, thenRenameTo name: FilePath,
        _ survives: Survival
    ) throws(SystemError) {
        let file = try file(
            temporary, for: .readAndWrite, creating: .always(mode: mode),
            resolving: [.noLinks, .beneath])
        do {
            try file.write(contents)
            // Before the rename: else a power cut could leave the new name with empty contents.
            if survives == .powerCuts { try file.sync() }
            try rename(temporary, to: name, replacing: .allowed)
        } catch {
            // The error to report is the first one; a file that also can't be removed is found by name.
            try? remove(temporary, isFolder: false)
            throw error
        }
    }

    /// Hidden, in the same folder (a rename stays in one file system), and nobody's guess.
    private borrowing func temporaryName() throws(SystemError) -> FilePath {
        FilePath(RawText(".\(try RandomBytes.name(bytes: 8)).new")!)
    }
}
