import CSQLite
import PiSystem

/// SQLite: its C goes in here, values come out.
enum LibSQLite {
    static var version: String { unsafe String(cString: sqlite3_libversion()) }

    struct Failure: Error, Hashable {
        let code: Int32
        let message: String

        /// What lies there is no database, or a damaged one.
        var meansDamage: Bool { [SQLITE_CORRUPT, SQLITE_NOTADB].contains(code & 0xFF) }
    }

    enum Value: Hashable {
        case integer(Int)
        case text(String)
        case null

        var integer: Int? { if case .integer(let value) = self { value } else { nil } }
        var text: String? { if case .text(let value) = self { value } else { nil } }
    }

    @safe private final class Statement {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }
        deinit { unsafe sqlite3_finalize(pointer) }
    }

    /// One connection to one file, for one thread.
    ///
    /// Its pointers are SQLite's own, and live until `deinit`.
    @safe final class Database {
        private let connection: OpaquePointer
        private var statements: [String: Statement] = [:]

        /// Made if it is missing.
        init(_ path: FilePath) throws(Failure) {
            var opened: OpaquePointer?
            let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW
            let code = unsafe sqlite3_open_v2(path.text, &opened, flags, nil)
            guard code == SQLITE_OK, let connection = unsafe opened else {
                unsafe sqlite3_close_v2(opened)
                throw Failure(code: code, message: "it can't be opened")
            }
            unsafe self.connection = connection
        }

        deinit {
            // It goes when the last statement has gone.
            unsafe sqlite3_close_v2(connection)
        }

        /// The rows of a statement; `?1` and so on stand for the values.
        @discardableResult
        func rows(_ sql: String, _ values: [Value] = []) throws(Failure) -> [[Value]] {
            let statement = try unsafe prepared(sql).pointer
            defer {
                unsafe sqlite3_reset(statement)
                unsafe sqlite3_clear_bindings(statement)
            }
            for (index, value) in values.enumerated() {
                try unsafe bind(value, to: statement, at: Int32(index + 1))
            }
            var rows: [[Value]] = []
            while true {
                switch unsafe sqlite3_step(statement) {
                case SQLITE_ROW: unsafe rows.append(row(of: statement))
                case SQLITE_DONE: return rows
                default: throw failure()
                }
            }
        }

        var lastRow: Int { Int(unsafe sqlite3_last_insert_rowid(connection)) }

        private func prepared(_ sql: String) throws(Failure) -> Statement {
            if let statement = statements[sql] { return statement }
            var made: OpaquePointer?
            let code = unsafe sqlite3_prepare_v2(connection, sql, -1, &made, nil)
            guard code == SQLITE_OK, let made = unsafe made else { throw failure() }
            let statement = unsafe Statement(made)
            statements[sql] = statement
            return statement
        }

        private func bind(
            _ value: Value, to statement: OpaquePointer, at place: Int32
        ) throws(Failure) {
            let code: Int32
            switch value {
            case .integer(let number):
                code = unsafe sqlite3_bind_int64(statement, place, Int64(number))
            case .null: code = unsafe sqlite3_bind_null(statement, place)
            case .text(var text):
                code = text.withUTF8 { bytes in
                    unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                        unsafe pi_sqlite_bind_text(
                            statement, place, bytes.baseAddress, UInt64(bytes.count))
                    }
                }
            }
            guard code == SQLITE_OK else { throw failure() }
        }

        private func row(of statement: OpaquePointer) -> [Value] {
            (0..<(unsafe sqlite3_column_count(statement))).map { column in
                switch unsafe sqlite3_column_type(statement, column) {
                case SQLITE_INTEGER:
                    return .integer(Int(unsafe sqlite3_column_int64(statement, column)))
                case SQLITE_TEXT:
                    guard let bytes = unsafe sqlite3_column_text(statement, column) else {
                        return .null
                    }
                    let count = unsafe sqlite3_column_bytes(statement, column)
                    return unsafe .text(
                        String(
                            decoding: UnsafeBufferPointer(start: bytes, count: Int(count)),
                            as: UTF8.self))
                default: return .null
                }
            }
        }

        private func failure() -> Failure {
            unsafe Failure(
                code: sqlite3_errcode(connection),
                message: String(cString: sqlite3_errmsg(connection)))
        }
    }
}
