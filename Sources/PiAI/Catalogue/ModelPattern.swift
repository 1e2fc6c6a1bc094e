import PiJSON

/// What a person types for a model: `provider/id`, an id or a part of one, an alias, and `:level` behind it.
package struct ModelPattern: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package enum Found: Hashable, Sendable {
        case entry(Catalogue.Entry, ReasoningLevel?)
        /// A provider that is known, and a model of it that is not: it may be newer than the catalogue.
        case unlisted(Provider, id: String, ReasoningLevel?)
        /// Nothing; with what looks most like it.
        case nothing(near: [String])
    }

    /// `preferred` says of which of several providers that have the model it shall be.
    package func find(
        in catalogue: Catalogue, preferred: (Provider) -> Bool = { _ in false }
    ) -> Found {
        if let entry = exact(text, catalogue, preferred) { return .entry(entry, nil) }
        let (rest, level) = split
        if level != nil, let entry = exact(rest, catalogue, preferred) {
            return .entry(entry, level)
        }
        if let entry = fuzzy(rest, catalogue, preferred) { return .entry(entry, level) }
        if let slash = rest.firstIndex(of: "/"),
            let provider = Provider.named(String(rest[..<slash]))
        {
            let id = String(rest[rest.index(after: slash)...])
            if !id.isEmpty { return .unlisted(provider, id: id, level) }
        }
        return .nothing(near: near(rest, catalogue))
    }

    private var split: (String, ReasoningLevel?) {
        guard let colon = text.lastIndex(of: ":"),
            let level = ReasoningLevel(rawValue: String(text[text.index(after: colon)...]))
        else { return (text, nil) }
        return (String(text[..<colon]), level)
    }

    private func exact(
        _ name: String, _ catalogue: Catalogue, _ preferred: (Provider) -> Bool
    ) -> Catalogue.Entry? {
        let found = catalogue.entries.filter { entry in
            entry.id == name || entry.reference == name
                || "\(entry.provider.catalogueID)/\(entry.id)" == name
        }
        return Self.best(found, preferred)
    }

    /// Of a part of a name: an alias before a date, a newer one before an older.
    private func fuzzy(
        _ name: String, _ catalogue: Catalogue, _ preferred: (Provider) -> Bool
    ) -> Catalogue.Entry? {
        let wanted = name.lowercased()
        guard wanted.utf8.count >= 2 else { return nil }
        let slash = wanted.firstIndex(of: "/")
        let provider = slash.map { String(wanted[..<$0]) }.flatMap(Provider.named)
        let part = provider == nil ? wanted : String(wanted[wanted.index(after: slash!)...])
        guard !part.isEmpty else { return nil }
        let found = catalogue.entries.filter { entry in
            (provider == nil || entry.provider.id == provider?.id)
                && (entry.id.lowercased().contains(part) || entry.name.lowercased().contains(part))
        }
        let known = found.filter { !$0.isDeprecated && $0.callsTools }
        // Whose key is there answers to half a name before all others, then the makers in their order.
        return (known.isEmpty ? found : known).min { one, other in
            let isPreferred = (preferred(one.provider), preferred(other.provider))
            if isPreferred.0 != isPreferred.1 { return isPreferred.0 }
            if one.provider.id != other.provider.id {
                return Self.place(of: one.provider) < Self.place(of: other.provider)
            }
            let hasDate = (Self.hasDate(one.id), Self.hasDate(other.id))
            if hasDate.0 != hasDate.1 { return !hasDate.0 }
            return (one.released, one.id) > (other.released, other.id)
        }
    }

    private static func best(
        _ entries: [Catalogue.Entry], _ preferred: (Provider) -> Bool
    ) -> Catalogue.Entry? {
        let ordered = entries.sorted { place(of: $0.provider) < place(of: $1.provider) }
        return ordered.first { preferred($0.provider) } ?? ordered.first
    }

    /// What a person added comes before all others.
    private static func place(of provider: Provider) -> Int {
        Provider.all.firstIndex { $0.id == provider.id } ?? -1
    }

    private static func hasDate(_ id: String) -> Bool {
        let digits = id.utf8.suffix(8)
        return digits.count == 8 && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func near(_ name: String, _ catalogue: Catalogue) -> [String] {
        let words = Set(catalogue.entries.flatMap { Self.words($0.reference) })
        // A piece that nobody has is one with a slip of the finger.
        let pieces = Self.words(name).compactMap { piece in
            words.contains(piece) ? piece : NearestWord.to(piece, among: words.sorted())
        }
        let scored = catalogue.entries.map { entry in
            (entry, pieces.count(where: Self.words(entry.reference).contains))
        }
        let most = scored.map(\.1).max() ?? 0
        guard most > 0 else { return [] }
        return scored.filter { $0.1 == most }.map(\.0)
            .sorted { ($0.released, $0.id) > ($1.released, $1.id) }
            .prefix(5).map(\.reference)
    }
    private static func words(_ name: String) -> [String] {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 1 }
            .map(String.init)
    }
}
