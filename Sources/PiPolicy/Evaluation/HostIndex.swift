import PiJSON

/// Which rules name a host: by its labels from the last to the first.
struct HostIndex: Sendable {
    private var exact: [ExactText: [Int]] = [:]
    /// For `*.x` and `**.x`, by `x`; the empty text stands for all hosts.
    private var oneLabelBelow: [ExactText: [Int]] = [:]
    private var anyBelow: [ExactText: [Int]] = [:]

    mutating func insert(_ pattern: String, number: Int) {
        let pattern = pattern.lowercased()
        if pattern == "**" {
            Self.add(number, "", to: &anyBelow)
        } else if pattern.begins(with: "**.") {
            Self.add(number, String(pattern.dropFirst(3)), to: &anyBelow)
        } else if pattern.begins(with: "*.") {
            Self.add(number, String(pattern.dropFirst(2)), to: &oneLabelBelow)
        } else {
            Self.add(number, pattern, to: &exact)
        }
    }

    private static func add(_ number: Int, _ key: String, to index: inout [ExactText: [Int]]) {
        // The numbers come in order, and a rule may name a host twice.
        if index[ExactText(key)]?.last != number {
            index[ExactText(key), default: []].append(number)
        }
    }

    /// Whether a host that is asked for is a name, and no other spelling of an address: resolvers take `127.1` and
    /// `0x7f000001` for addresses.
    static func isName(_ host: String) -> Bool {
        let name = host.ends(with: ".") ? String(host.dropLast()) : host
        guard !name.utf8.contains(Ascii.star), !name.begins(with: "@"), TextKind.host.accepts(name)
        else { return false }
        let last = name.lowercased().pieces(at: Ascii.dot).last ?? ""
        return
            !(last.begins(with: "0x")
            && last.utf8.dropFirst(2).allSatisfy { byte in
                TextKind.isDigit(byte) || (0x61...0x66).contains(byte)
            })
    }

    /// Whether one pattern alone names a host.
    static func names(_ pattern: String, _ host: String) -> Bool {
        guard pattern.utf8.first == Ascii.star else { return pattern.lowercased().isExactly(host) }
        var index = HostIndex()
        index.insert(pattern, number: 0)
        return !index.numbers(of: host).isEmpty
    }

    /// In order, each once.
    func numbers(of host: String) -> [Int] {
        guard host.utf8.count <= 254 else { return [] }
        let name = (host.ends(with: ".") ? String(host.dropLast()) : host).lowercased()
        // Each list is in order; one alone needs no more.
        var found = exact[ExactText(name)] ?? []
        if oneLabelBelow.isEmpty, anyBelow.isEmpty { return found }
        let whole = found.count
        if !anyBelow.isEmpty {
            found += anyBelow[ExactText("")] ?? []
            found += anyBelow[ExactText(name)] ?? []
        }
        var isFirst = true
        var rest = Substring(name)
        while let dot = rest.utf8.firstIndex(of: Ascii.dot) {
            rest = rest[rest.utf8.index(after: dot)...]
            let key = ExactText(String(rest))
            if isFirst, let numbers = oneLabelBelow[key] { found += numbers }
            if let numbers = anyBelow[key] { found += numbers }
            isFirst = false
        }
        guard found.count > whole else { return found }
        var seen: Set<Int> = []
        return found.sorted().filter { seen.insert($0).inserted }
    }
}

/// Which rules name an address: by its beginnings, of the lengths that occur.
struct AddressIndex: Sendable {
    private var byLength: [Int: [NetworkAddress: [Int]]] = [:]

    mutating func insert(_ range: AddressRange, number: Int) {
        byLength[range.length, default: [:]][range.base, default: []].append(number)
    }

    func numbers(of address: NetworkAddress) -> [Int] {
        var found: Set<Int> = []
        for (length, ranges) in byLength where length <= address.bytes.count * 8 {
            found.formUnion(ranges[address.prefix(length)] ?? [])
        }
        return found.sorted()
    }
}
