import CCurl

/// libcurl: its C goes in here, values come out.
package enum LibCurl {
    /// Of the headers.
    ///
    /// The library itself is opened at the first request, and no start waits for it.
    package static var headerVersion: String { LIBCURL_VERSION }
}
