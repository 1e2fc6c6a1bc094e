import CSQLite

/// SQLite: its C goes in here, values come out.
enum LibSQLite {
    static var version: String { unsafe String(cString: sqlite3_libversion()) }
}
