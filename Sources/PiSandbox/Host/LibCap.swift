import CCap

/// libcap: its C goes in here, values come out.
package enum LibCap {
    package static var version: String { "\(LIBCAP_MAJOR).\(LIBCAP_MINOR)" }
}
