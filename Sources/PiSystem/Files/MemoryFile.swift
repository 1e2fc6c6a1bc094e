import CSystem

/// A file that lies in memory only, has no name, and can't be changed by anybody any more.
package enum MemoryFile {
    package static func sealed(_ bytes: [UInt8]) throws(SystemError) -> Descriptor {
        Descriptor(
            owning: try checked(
                unsafe pi_memory_file(bytes, bytes.count), .create, "a file in memory"))
    }
}
