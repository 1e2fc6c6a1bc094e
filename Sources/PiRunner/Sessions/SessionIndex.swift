import PiAgent
import PiSystem

/// What is known of sessions without reading them again.
///
/// The sessions are the truth: whatever of this is missing, old or broken is made anew from them, and a command that can't have the
/// index goes on without it. Whether a session is as it was is told by its size, its inode and the time of its last change.
final class SessionIndex {
    /// Nil if there is none to be had: then everything is unknown, and nothing is kept.
    private var database: LibSQLite.Database?
    private let state: StateFolder

    private static let version = 2

    init(in state: StateFolder) {
        self.state = state
        // Whoever can't have it reads the sessions.
        database = try? Self.database(in: state)
    }

    private static let name: FilePath = "sessions.sqlite"

    private static func database(in state: StateFolder) throws -> LibSQLite.Database {
        // SQLite follows no link on the way to the file.
        let path = try state.folder("index").realPath().appending(name)
        do {
            return try ready(LibSQLite.Database(path))
        } catch {
            guard isUseless(error) else { throw error }
            try remove(in: state)
            return try ready(LibSQLite.Database(path))
        }
    }

    /// Anything else is no reason to throw away what another program may be writing to.
    private static func isUseless(_ error: any Error) -> Bool {
        error is OtherVersion || (error as? LibSQLite.Failure)?.meansDamage == true
    }

    private struct OtherVersion: Error {}

    private static func remove(in state: StateFolder) throws {
        let folder = try state.folder("index")
        for ending in ["", "-journal"] {
            let file = FilePath(RawText(name.text + ending)!)
            guard try folder.factsIfPresent(of: file) != nil else { continue }
            try folder.remove(file, isFolder: false)
        }
    }

    private static func ready(_ database: LibSQLite.Database) throws -> LibSQLite.Database {
        // Not the write-ahead log: two programs that write to one can break it in Debian's version of SQLite.
        for line in [
            "PRAGMA busy_timeout = 200", "PRAGMA trusted_schema = OFF",
            "PRAGMA secure_delete = ON",
            "PRAGMA journal_mode = DELETE",
        ] {
            try database.rows(line)
        }
        guard try isNew(database) else { return database }
        try database.rows("BEGIN IMMEDIATE")
        // Somebody else may have been quicker.
        guard try isNew(database) else {
            try database.rows("COMMIT")
            return database
        }
        for line in [
            """
            CREATE TABLE summary (
                folder TEXT, file TEXT, size INTEGER, inode INTEGER, changed INTEGER,
                id TEXT, workspace TEXT, name TEXT, first TEXT, messages INTEGER,
                PRIMARY KEY (folder, file))
            """,
            """
            CREATE TABLE searched (
                number INTEGER PRIMARY KEY, folder TEXT, file TEXT,
                size INTEGER, inode INTEGER, changed INTEGER, entries INTEGER, digest TEXT,
                UNIQUE (folder, file))
            """,
            """
            CREATE TABLE said (
                session INTEGER, place INTEGER, folded TEXT, PRIMARY KEY (session, place)
            ) WITHOUT ROWID
            """,
            "PRAGMA user_version = \(version)", "COMMIT",
        ] {
            try database.rows(line)
        }
        return database
    }

    private static func isNew(_ database: LibSQLite.Database) throws -> Bool {
        let found = try database.rows("PRAGMA user_version").first?.first?.integer ?? 0
        guard found == 0 || found == version else { throw OtherVersion() }
        return found == 0
    }

    /// From here on it is as if there were none.
    private func tried<T>(_ work: (LibSQLite.Database) throws -> T?) -> T? {
        guard let database else { return nil }
        do { return try work(database) } catch {
            self.database = nil
            if Self.isUseless(error) {
                // The next command makes another; what can't be removed is as useless then as now.
                try? Self.remove(in: state)
            }
            return nil
        }
    }

    /// What is learnt within is kept all at once.
    func together<T>(_ work: () throws -> T) rethrows -> T {
        _ = tried { try $0.rows("BEGIN") }
        defer { _ = tried { try $0.rows("COMMIT") } }
        return try work()
    }

    // MARK: - What a list tells

    private static func key(_ place: SessionStore.Place) -> [LibSQLite.Value] {
        [.text(place.folder.description), .text(place.name.description)]
    }

    private static func state(_ facts: FileFacts) -> [LibSQLite.Value] {
        [
            .integer(facts.size.bytes), .integer(Int(truncatingIfNeeded: facts.inode)),
            .integer(Int(facts.changed.nanoseconds)),
        ]
    }

    /// Nil if it is not known, or has changed since.
    func summary(_ place: SessionStore.Place, _ facts: FileFacts) -> SessionSummary? {
        tried { database in
            let rows = try database.rows(
                """
                SELECT id, workspace, name, first, messages FROM summary
                WHERE folder = ?1 AND file = ?2 AND size = ?3 AND inode = ?4 AND changed = ?5
                """, Self.key(place) + Self.state(facts))
            guard let row = rows.first, let id = row[0].text, let workspace = row[1].text,
                let first = row[3].text, let messages = row[4].integer
            else { return nil }
            return SessionSummary(
                id: id, path: place.path, workspace: workspace, name: row[2].text,
                firstPrompt: first, messages: messages, modified: facts.modified)
        }
    }

    func keep(_ summary: SessionSummary, _ place: SessionStore.Place, _ facts: FileFacts) {
        _ = tried { database in
            try database.rows(
                """
                INSERT OR REPLACE INTO summary
                    (folder, file, size, inode, changed, id, workspace, name, first, messages)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                """,
                Self.key(place) + Self.state(facts) + [
                    .text(summary.id), .text(summary.workspace),
                    summary.name.map(LibSQLite.Value.text) ?? .null, .text(summary.firstPrompt),
                    .integer(summary.messages),
                ])
        }
    }

    /// What is said here of sessions that are no more goes with them.
    func forgetLost() {
        _ = tried { database in
            let folders = try database.rows(
                "SELECT folder FROM summary UNION SELECT folder FROM searched")
            for folder in folders.compactMap({ $0[0].text }) {
                guard let path = FilePath(folder) else { continue }
                let names: [FilePath]
                do throws(SystemError) {
                    names = try Folder.open(path, resolving: .anything).names(limit: 1_000_000)
                } catch {
                    // What can't be looked at may be there.
                    guard error.errno == .noSuchFile else { continue }
                    names = []
                }
                try Self.keepOnly(names, in: folder, of: database)
            }
        }
    }

    private static func keepOnly(
        _ names: [FilePath], in folder: String, of database: LibSQLite.Database
    ) throws {
        let names = Set(names.map(\.description))
        for table in ["summary", "searched"] {
            let known = try database.rows(
                "SELECT file FROM \(table) WHERE folder = ?1", [.text(folder)])
            for row in known where !names.contains(row[0].text ?? "") {
                let key = [.text(folder), row[0]]
                if table == "searched" {
                    try database.rows(
                        """
                        DELETE FROM said WHERE session =
                            (SELECT number FROM searched WHERE folder = ?1 AND file = ?2)
                        """, key)
                }
                try database.rows(
                    "DELETE FROM \(table) WHERE folder = ?1 AND file = ?2", key)
            }
        }
    }

    // MARK: - What was said

    /// Places of entries that hold all of these words; nil if that can't be told from here.
    func places(
        of words: [String], in place: SessionStore.Place, _ facts: FileFacts, most: Int
    ) -> [Int]? {
        tried { database in
            let rows = try database.rows(
                """
                SELECT number FROM searched
                WHERE folder = ?1 AND file = ?2 AND size = ?3 AND inode = ?4 AND changed = ?5
                """, Self.key(place) + Self.state(facts))
            guard let number = rows.first?[0] else { return nil }
            let conditions = words.indices.map { " AND instr(folded, ?\($0 + 3)) > 0" }
            return try database.rows(
                "SELECT place FROM said WHERE session = ?1\(conditions.joined()) ORDER BY place LIMIT ?2",
                [number, .integer(most)] + words.map(LibSQLite.Value.text)
            ).compactMap { $0[0].integer }
        }
    }

    /// Of longer ones, nobody looks whether the beginning is as it was.
    private static let longest = 256 << 20

    /// Learns what was said in a session; of one that has only grown, what is new.
    func learn(
        _ session: Session, _ place: SessionStore.Place, _ facts: FileFacts,
        _ folded: (Int) throws -> String?
    ) {
        _ = tried { database in
            try database.rows("SAVEPOINT learnt")
            defer { _ = tried { try $0.rows("RELEASE learnt") } }
            do {
                try learn(session, place, facts, in: database, folded)
            } catch {
                if error is LibSQLite.Failure { throw error }
                // A session that can't be read is told of by whoever reads it.
                try database.rows("ROLLBACK TO learnt")
            }
        }
    }

    private func learn(
        _ session: Session, _ place: SessionStore.Place, _ facts: FileFacts,
        in database: LibSQLite.Database, _ folded: (Int) throws -> String?
    ) throws {
        let known = try database.rows(
            """
            SELECT number, size, entries, digest FROM searched WHERE folder = ?1 AND file = ?2
            """, Self.key(place)
        ).first
        let bytes = try Self.beginning(of: place, facts)
        var first = 0
        if let known {
            if let size = known[1].integer, size <= bytes.count,
                LibCrypto.sha256(Array(bytes.prefix(size))) == known[3].text
            {
                first = known[2].integer ?? 0
            } else {
                try database.rows("DELETE FROM said WHERE session = ?1", [known[0]])
            }
        }
        try database.rows(
            """
            INSERT INTO searched (folder, file, size, inode, changed, entries, digest)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (folder, file) DO UPDATE SET
                size = ?3, inode = ?4, changed = ?5, entries = ?6, digest = ?7
            """,
            Self.key(place) + Self.state(facts) + [
                .integer(session.count), .text(LibCrypto.sha256(bytes)),
            ])
        let number = known?[0] ?? .integer(database.lastRow)
        for entry in first..<max(first, session.count) {
            guard let text = try folded(entry) else { continue }
            try database.rows(
                "INSERT OR REPLACE INTO said (session, place, folded) VALUES (?1, ?2, ?3)",
                [number, .integer(entry), .text(text)])
        }
    }

    private static func beginning(
        of place: SessionStore.Place, _ facts: FileFacts
    ) throws -> [UInt8] {
        let file = try Folder.open(place.folder, resolving: .anything)
            .file(place.name, for: .read, creating: .never, resolving: .noLinks)
        return try file.read(ByteCount(min(facts.size.bytes, longest)), at: ByteCount(0))
    }
}
