import CCrypto

/// OpenSSL's libcrypto: its C goes in here, values come out.
enum LibCrypto {
    static var version: String {
        guard let version = unsafe OpenSSL_version(OPENSSL_VERSION_STRING) else { return "unknown" }
        return unsafe String(cString: version)
    }
}
