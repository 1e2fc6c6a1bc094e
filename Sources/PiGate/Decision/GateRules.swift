package import PiSystem

/// What a call wants to be connected with.
package enum Destination: Hashable, Sendable {
    case name(HostName, port: Int)
    case address(IPAddress, port: Int)

    package var port: Int {
        switch self {
        case .name(_, let port), .address(_, let port): port
        }
    }

    /// As people write it.
    package var host: String {
        switch self {
        case .name(let name, _): name.text
        case .address(let address, _): "\(address)"
        }
    }

    package var place: String {
        if case .address(let address, let port) = self, address.isV6 {
            "[\(address)]:\(port)"
        } else {
            "\(host):\(port)"
        }
    }
}

/// What a rule says of the connections that it allows.
package struct GateTerms: Hashable, Sendable {
    package enum Contents: Hashable, Sendable {
        /// TLS, whose first words have to name the host.
        case encrypted
        /// HTTP, each request of which has to.
        case plain
    }

    package let rule: String
    package let contents: Contents
    /// All of them hold: a rule's own, and those of the rules by which bounds allow it.
    package let limits: [GateLimit]

    package init(rule: String, contents: Contents, limits: [GateLimit] = []) {
        self.rule = rule
        self.contents = contents
        self.limits = limits
    }
}

/// How much a rule lets through; counted for all calls of a run together.
package struct GateLimit: Hashable, Sendable {
    /// Whose it is.
    package let key: String
    package let upload: Int?
    package let download: Int?
    package let connections: Int?
    /// What the limits are for; nil if for the whole run.
    package let per: Duration?

    package init(
        _ key: String, upload: Int? = nil, download: Int? = nil, connections: Int? = nil,
        per: Duration? = nil
    ) {
        self.key = key
        self.upload = upload
        self.download = download
        self.connections = connections
        self.per = per
    }
}

/// The answer to one who wants out.
package enum GateDecision: Hashable, Sendable {
    case allowed(GateTerms)
    /// With the nearest rule, if there is one, and why.
    case denied(rule: String, reason: String)
}

extension GateDecision {
    fileprivate func and(_ other: GateDecision) -> GateDecision {
        guard case .allowed(let mine) = self else { return self }
        guard case .allowed(let theirs) = other else { return other }
        guard mine.contents == theirs.contents else {
            return .denied(
                rule: theirs.rule, reason: "it was allowed for something else that is said there")
        }
        var limits = theirs.limits
        for limit in mine.limits {
            if let place = limits.firstIndex(where: { $0.key == limit.key }) {
                limits[place] = limits[place].and(limit)
            } else {
                limits.append(limit)
            }
        }
        return .allowed(
            GateTerms(rule: mine.rule, contents: mine.contents, limits: limits))
    }
}

extension GateLimit {
    /// The smaller of each; what is for some time counts as if it were for all of it where the other does.
    fileprivate func and(_ other: GateLimit) -> GateLimit {
        func least(_ field: KeyPath<GateLimit, Int?>) -> Int? {
            [self[keyPath: field], other[keyPath: field]].compactMap { $0 }.min()
        }
        return GateLimit(
            key, upload: least(\.upload), download: least(\.download),
            connections: least(\.connections),
            per: per.flatMap { mine in other.per.map { max(mine, $0) } })
    }
}

/// The rules of one call: those of the tool that it is of.
package struct GateRules: Sendable {
    /// Whether any port of a name may be asked for; its name is then told an address.
    package let name: @Sendable (HostName) -> GateDecision
    package let connection: @Sendable (Destination) -> GateDecision
    /// Whether a rule names this address itself, and what it says of it; nil if none does.
    package let named: @Sendable (IPAddress, _ port: Int) -> GateDecision?

    package init(
        name: @escaping @Sendable (HostName) -> GateDecision,
        connection: @escaping @Sendable (Destination) -> GateDecision,
        named: @escaping @Sendable (IPAddress, _ port: Int) -> GateDecision?
    ) {
        self.name = name
        self.connection = connection
        self.named = named
    }

    /// What both allow, in the same way and within the limits of both.
    package func and(_ other: GateRules) -> GateRules {
        let mine = self
        return GateRules(
            name: { mine.name($0).and(other.name($0)) },
            connection: { mine.connection($0).and(other.connection($0)) },
            named: { address, port in
                switch (mine.named(address, port), other.named(address, port)) {
                case (let one?, let two?): one.and(two)
                case (.denied(let rule, let reason)?, nil), (nil, .denied(let rule, let reason)?):
                    .denied(rule: rule, reason: reason)
                default: nil
                }
            })
    }

    /// Whether a name that was allowed may lead to that address; nil if it may.
    func refusal(of address: IPAddress, for name: HostName, port: Int) -> GateDecision? {
        let own = named(address, port)
        // What wraps another is another by a second name, which is refused as well.
        let inner = SpecialAddress.wrapped(address).flatMap { named($0, port) }
        for decision in [own, inner].compactMap({ $0 }) {
            if case .denied = decision { return decision }
        }
        if own != nil { return nil }
        guard let special = SpecialAddress.phrase(address) else { return nil }
        return .denied(
            rule: "network",
            reason:
                "\(name) is at \(address), and that is \(special): only a rule that names the address in `cidrs` leads there"
        )
    }
}
