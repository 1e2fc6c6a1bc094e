import CCrypto

/// OpenSSL's libcrypto: its C goes in here, values come out.
enum LibCrypto {
    static var version: String {
        guard let version = unsafe OpenSSL_version(OPENSSL_VERSION_STRING) else { return "unknown" }
        return unsafe String(cString: version)
    }

    /// As `sha256sum` prints it.
    static func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let made = unsafe EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        precondition(made == 1, "SHA-256 is part of every libcrypto")
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
