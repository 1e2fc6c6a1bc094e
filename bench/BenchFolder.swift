import PiSystem

/// A folder for one figure, on a disk, empty at first and removed afterwards.
enum BenchFolder {
    static func with<Value>(_ body: (FilePath) throws -> Value) throws -> Value {
        let name = FilePath("pi-runner-bench-\(ThisProcess.pid)")!
        let parent: FilePath = "/var/tmp"
        let all = try Folder.open(parent, resolving: .anything)
        try all.makeFolder(name, mode: 0o755)
        let path = parent.appending(name)
        let result = Result { try body(path) }
        try Command(["/bin/rm", "-rf", "--", path.raw]).run()
        return try result.get()
    }
}

extension FilePath {
    /// Makes a folder in this one, and says where it is.
    func makeFolder(_ name: FilePath) throws -> FilePath {
        try Folder.open(self, resolving: .noLinks).makeFolder(name, mode: 0o755)
        return appending(name)
    }

    func write(_ text: String, to name: FilePath) throws {
        try Folder.open(self, resolving: .noLinks).replace(
            name, with: Array(text.utf8), mode: 0o644)
    }
}
