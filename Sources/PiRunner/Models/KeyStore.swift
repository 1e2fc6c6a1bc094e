import PiAI
import PiJSON
import PiSystem

/// Where keys are looked for: `auth.json`, the credentials that systemd gives a service, the environment.
struct KeyStore {
    private let auth: AuthFile?
    private let credentials: FilePath?
    private let known: KnownModels

    struct Key {
        let secret: Secret
        /// To be told when it is refused: `from ANTHROPIC_API_KEY`.
        let origin: String
    }

    static func open(_ known: KnownModels) throws -> KeyStore {
        let store = try PolicyStore.here()
        return KeyStore(
            auth: try store.userFolder.map { try AuthFile.read($0) },
            credentials: ThisProcess.variable("CREDENTIALS_DIRECTORY").map(FilePath.init),
            known: known)
    }

    struct Unusable: Error {
        let origin: String
        let reason: String

        var diagnostic: Diagnostic {
            Diagnostic(
                severity: .error, message: "the key \(origin) can't be used: \(reason)",
                help: "a key is one word; `pi-runner auth list` tells where each comes from")
        }
    }

    /// Nil if there is none.
    func key(of provider: Provider) throws -> Key? {
        if let auth, auth.entries[provider.id] != nil {
            let origin = "of `\(provider.id)` in \(auth.path)"
            guard let text = auth.key(of: provider.id) else {
                throw Unusable(
                    origin: origin, reason: "it is no entry of the type api_key with a key")
            }
            return try Self.key(text, origin)
        }
        // Beside an address of one's own stands the key for it: that of the maker is for the maker.
        if let text = known.added(provider)?.key {
            return try Self.key(KeyText(ofKey: text), "of `\(provider.id)` in models.json")
        }
        for name in provider.keyVariables {
            if let key = try key(named: name) { return key }
        }
        return nil
    }

    private static func key(_ text: KeyText, _ origin: String) throws -> Key {
        do {
            return try key(text.bytes(), origin)
        } catch let error as KeyText.Unset {
            throw Unusable(origin: origin, reason: "the variable \(error.variable) is not set")
        } catch is KeyText.CommandFailed {
            throw Unusable(origin: origin, reason: "its command has failed")
        }
    }

    /// Of a credential or a variable of that name.
    func key(named name: String) throws -> Key? {
        if let credentials, let file = FilePath(name), file.name == file {
            // A service need not have one of this name, nor any at all.
            if let folder = try? Folder.open(credentials, resolving: .anything),
                try folder.factsIfPresent(of: file) != nil
            {
                let bytes = try folder.read(file, limit: .kibibytes(64), resolving: .noLinks)
                return try Self.key(bytes, "of the credential \(name)")
            }
        }
        guard let value = RawText(name).flatMap(ThisProcess.variable), !value.isEmpty else {
            return nil
        }
        return try Self.key(value.bytes, "from \(name)")
    }

    /// Without what surrounds it: a file or a command ends in a line feed.
    static func key(_ given: consuming [UInt8], _ origin: String) throws -> Key {
        var bytes = given
        while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 {
            bytes.removeLast()
        }
        guard !bytes.isEmpty else { throw Unusable(origin: origin, reason: "it is empty") }
        guard bytes.count <= 16_384 else {
            throw Unusable(origin: origin, reason: "it is too long")
        }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw Unusable(
                origin: origin, reason: "a space, a line feed or a control character is in it")
        }
        return Key(secret: Secret(taking: &bytes), origin: origin)
    }

    /// Whether there is something that looks like a key; nothing is run for it.
    func has(_ provider: Provider) -> Bool { origin(of: provider) != nil }

    /// Where a key would come from; nothing is run and nothing read for it.
    func origin(of provider: Provider) -> String? {
        if auth?.key(of: provider.id) != nil { return "auth.json" }
        if known.added(provider)?.key != nil { return "models.json" }
        for name in provider.keyVariables {
            if RawText(name).flatMap(ThisProcess.variable)?.isEmpty == false { return name }
            if hasCredential(name) { return "credential \(name)" }
        }
        return nil
    }

    private func hasCredential(_ name: String) -> Bool {
        guard let credentials, let file = FilePath(name), file.name == file else { return false }
        // One that can't be looked at can't be used either.
        let facts = try? Folder.open(credentials, resolving: .anything).factsIfPresent(of: file)
        return facts != nil
    }
}
