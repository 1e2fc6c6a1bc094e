import CPublicSuffix

/// libpsl: its C goes in here, values come out.
///
/// The list of public suffixes is part of the library, so it is as old as the library.
package enum LibPSL {
    package static var version: String {
        guard let version = unsafe psl_get_version() else { return "unknown" }
        return unsafe String(cString: version)
    }

    /// Whether anybody can have a name directly below this one: `com`, `co.uk`, `github.io`.
    static func isPublicSuffix(_ name: String) -> Bool {
        unsafe psl_is_public_suffix2(
            psl_builtin(), name.lowercased(), PSL_TYPE_ICANN | PSL_TYPE_PRIVATE) != 0
    }

    /// Whether the name lies below a suffix under which a company gives names to its customers.
    static func isHosted(_ name: String) -> Bool {
        let labels = name.lowercased().pieces(at: Ascii.dot)
        return labels.indices.dropFirst().contains { place in
            let suffix = labels[place...].joined(separator: ".")
            // A rule that is only in the private part of the list.
            guard labels.count - place >= 2 else { return false }
            return unsafe psl_is_public_suffix2(
                psl_builtin(), suffix, PSL_TYPE_PRIVATE | PSL_TYPE_NO_STAR_RULE) != 0
        }
    }
}
