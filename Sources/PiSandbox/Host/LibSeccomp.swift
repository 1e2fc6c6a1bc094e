import CSeccomp

/// libseccomp: its C goes in here, values come out.
package enum LibSeccomp {
    package static var version: String {
        guard let version = unsafe seccomp_version()?.pointee else { return "unknown" }
        return "\(version.major).\(version.minor).\(version.micro)"
    }
}
