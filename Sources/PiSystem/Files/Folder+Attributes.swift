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
        do {
            return try unsafe bytes(upTo: limit.bytes, .measure, path.appending(name)) {
                place, count in
                unsafe pi_entry_attribute(
                    number, name.raw.cString, attribute.cString, place, count)
            }
        } catch {
            guard error.errno == .noData || error.errno == .notSupported else { throw error }
            return nil
        }
    }

    /// The kernel holds no longer list, and no longer value.
    private static let largest = ByteCount.kibibytes(64)

    package borrowing func attributes(
        of name: FilePath
    ) throws(SystemError) -> [RawText: [UInt8]] {
        let number = descriptor.number
        let names: [UInt8]
        do {
            names =
                try unsafe bytes(upTo: Self.largest.bytes, .measure, path.appending(name)) {
                    place, count in
                    unsafe pi_entry_attributes(number, name.raw.cString, place, count)
                } ?? []
        } catch {
            guard error.errno == .notSupported else { throw error }
            return [:]
        }
        var attributes: [RawText: [UInt8]] = [:]
        for found in names.split(separator: 0).compactMap({ RawText($0) }) {
            attributes[found] = try attribute(found, of: name, limit: Self.largest)
        }
        return attributes
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
