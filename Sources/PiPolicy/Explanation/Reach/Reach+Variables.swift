import PiJSON

extension Reach {
    mutating func checkCredentials() {
        for value in policy["environment"]?["pass"]?.elements ?? [] {
            guard let name = value.text, CredentialName.isTelling(name, isPassed: true) else {
                continue
            }
            warn(name, value.origin)
        }
        for member in policy["environment"]?["set"]?.members ?? [] {
            guard
                CredentialName.isTelling(member.name, isPassed: false)
                    || CredentialName.holdsPassword(member.value.text ?? "")
            else { continue }
            warn(member.name, member.nameOrigin)
        }
    }

    private mutating func warn(_ name: String, _ origin: Origin) {
        findings.warning(
            .passedCredential, "the variable `\(name)` looks like a credential", at: origin,
            "enters the sandbox, where the agent can read it",
            help: "put it under `secrets`: the sandbox then sees a placeholder")
    }
}

/// Names of variables that mostly hold something secret, by their words.
enum CredentialName {
    /// As the last word.
    private static let words: Set<String> = [
        "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "PGPASSWORD", "PAT", "AUTH",
        "CREDENTIAL",
        "CREDENTIALS", "DSN", "APIKEY", "PASS",
    ]

    /// Before a last word `KEY`, which is secret only of some.
    private static let keys: Set<String> = [
        "API", "ACCESS", "SECRET", "PRIVATE", "SIGNING", "ENCRYPTION", "SSH", "DEPLOY", "MASTER",
        "SERVICE", "ACCOUNT",
    ]

    private static let endings = [
        ["WEBHOOK", "URL"], ["AUTH", "CONFIG"], ["CONNECTION", "STRING"], ["AUTH", "SOCK"],
    ]

    static func isTelling(_ name: String, isPassed: Bool) -> Bool {
        let parts = name.uppercased().pieces(at: UInt8(ascii: "_"))
        guard let last = parts.last else { return false }
        if words.contains(last) { return true }
        // `PWD` alone is the folder.
        if last == "PWD", parts.count > 1 { return true }
        if last == "KEY", parts.count > 1, keys.contains(parts[parts.count - 2]) { return true }
        if endings.contains(where: { parts.suffix(2).elementsEqual($0) }) { return true }
        // What is passed on has a value that nobody has seen here.
        return isPassed && parts.suffix(2).elementsEqual(["DATABASE", "URL"])
    }

    /// Whether it is an address of the form `scheme://user:password@host`.
    static func holdsPassword(_ value: String) -> Bool {
        guard let scheme = value.firstRange(of: "://") else { return false }
        let place = value[scheme.upperBound...].prefix { $0 != "/" }
        guard let at = place.lastIndex(of: "@") else { return false }
        return place[..<at].contains(":")
    }
}
