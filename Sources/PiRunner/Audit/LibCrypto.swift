import CCrypto

/// OpenSSL's libcrypto: its C goes in here, values come out.
enum LibCrypto {
    static var version: String {
        unsafe String(cString: pi_openssl_version())
    }

    /// As `sha256sum` prints it.
    static func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe pi_sha256(bytes, bytes.count, &digest)
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
