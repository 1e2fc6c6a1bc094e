import CSystem

/// Extended attributes: xattr(7).
extension Folder {
    /// Of this folder or of what is in it; nil if there is none of that name.
    ///
    /// A link has none.
    package borrowing func attribute(
        _ attribute: RawText, of name: FilePath = ".", limit: ByteCount
    ) throws(SystemError) -> [UInt8]? {
        let number = descriptor.number
        return try unsafe ofEntry(name, limit) { place, count in
            unsafe pi_entry_attribute(number, name.raw.cString, attribute.cString, place, count)
        }
    }

    package borrowing func attributes(
        of name: FilePath
    ) throws(SystemError) -> [RawText: [UInt8]] {
        let number = descriptor.number
        // The kernel holds no longer list, and no longer value.
        let largest = ByteCount.kibibytes(64)
        let names = try unsafe ofEntry(name, largest) { place, count in
            unsafe pi_entry_attributes(number, name.raw.cString, place, count)
        }
        var attributes: [RawText: [UInt8]] = [:]
        for found in (names ?? []).split(separator: 0).compactMap({ RawText($0) }) {
            attributes[found] = try attribute(found, of: name, limit: largest)
        }
        return attributes
    }

    /// Most are short, and a large buffer for each would cost more than the call.
    private borrowing func ofEntry(
        _ name: FilePath, _ limit: ByteCount,
        by call: (UnsafeMutablePointer<UInt8>?, Int) -> Int64
    ) throws(SystemError) -> [UInt8]? {
        for size in [min(limit, ByteCount(256)), limit] {
            do {
                return try unsafe bytes(
                    upTo: size.bytes, .measure, path.appending(name), by: call)
            } catch {
                switch error.errno {
                case .noData, .notSupported: return nil
                case .outOfRange where size < limit: continue
                default: throw error
                }
            }
        }
        return nil
    }

    package borrowing func setAttribute(
        _ attribute: RawText, of name: FilePath, to value: [UInt8]
    ) throws(SystemError) {
        let result = unsafe pi_set_entry_attribute(
            descriptor.number, name.raw.cString, attribute.cString, value, value.count)
        _ = try checked(result, .changeAttribute, path.appending(name))
    }

    package borrowing func removeAttribute(
        _ attribute: RawText, of name: FilePath
    ) throws(SystemError) {
        let result = unsafe pi_remove_entry_attribute(
            descriptor.number, name.raw.cString, attribute.cString)
        _ = try checked(result, .changeAttribute, path.appending(name))
    }
}
