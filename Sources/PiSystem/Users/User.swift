import CSystem

package struct UserID: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let root = UserID(rawValue: 0)
    /// The one whose rights this process has.
    package static var current: UserID { UserID(rawValue: pi_user()) }
}

package struct GroupID: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static var current: GroupID { GroupID(rawValue: pi_group()) }
}

/// A user as the host's directory knows them, be it a file or a server.
package struct User: Hashable, Sendable {
    package let id: UserID
    package let group: GroupID
    package let name: RawText
    package let home: FilePath

    package static func find(_ id: UserID) throws(SystemError) -> User {
        try unsafe find("user \(id.rawValue)") { record, buffer, size in
            unsafe pi_user_by_id(id.rawValue, record, buffer, size)
        }
    }

    package static func find(named name: RawText) throws(SystemError) -> User {
        try unsafe find("user \(name)") { record, buffer, size in
            unsafe pi_user_by_name(name.cString, record, buffer, size)
        }
    }

    private static func find(
        _ object: String,
        by lookUp: (
            UnsafeMutablePointer<pi_user_record>, UnsafeMutablePointer<CChar>, Int
        ) -> Int32
    ) throws(SystemError) -> User {
        var record = unsafe pi_user_record()
        var buffer = [CChar](repeating: 0, count: directoryRecordLimit)
        let size = buffer.count
        // The record points into the buffer, so both are read while it is held still.
        let found = unsafe buffer.withUnsafeMutableBufferPointer { space in
            let result = unsafe lookUp(&record, space.baseAddress!, size)
            guard result >= 0 else { return Result<User, Errno>.failure(Errno(rawValue: -result)) }
            return unsafe .success(
                User(
                    id: UserID(rawValue: record.uid), group: GroupID(rawValue: record.gid),
                    name: rawText(record.name), home: FilePath(rawText(record.home))))
        }
        switch found {
        case .success(let user): return user
        case .failure(let errno): throw SystemError(.lookUp, object, .errno(errno))
        }
    }
}

package struct Group: Hashable, Sendable {
    package let id: GroupID
    package let name: RawText

    package static func find(named name: RawText) throws(SystemError) -> Group {
        var buffer = [CChar](repeating: 0, count: directoryRecordLimit)
        let result = unsafe pi_group_by_name(name.cString, &buffer, buffer.count)
        let id = try checked(result, .lookUp, "group \(name)")
        return Group(id: GroupID(rawValue: UInt32(id)), name: name)
    }
}

/// A group with thousands of members is still found; one of a size beyond reason is not.
private let directoryRecordLimit = 1 << 20

extension Errno: Error {}
