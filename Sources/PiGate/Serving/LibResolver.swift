import CGate
package import PiSystem

/// Whoever knows where a host is.
package protocol NameResolver: Sendable {
    /// Waits; empty if there is no such host.
    func addresses(of name: HostName) throws -> [IPAddress]
    /// The same of a machine of this host's own network, whose name may be cut short.
    func addresses(ofNeighbour name: HostName) throws -> [IPAddress]
}

extension NameResolver {
    package func addresses(ofNeighbour name: HostName) throws -> [IPAddress] {
        try addresses(of: name)
    }
}

/// The system's own resolver, asked by nobody but the gate.
package struct SystemResolver: NameResolver {
    package init() {}

    private static let most = 16

    package func addresses(of name: HostName) throws -> [IPAddress] {
        try addresses(name, completes: false)
    }

    package func addresses(ofNeighbour name: HostName) throws -> [IPAddress] {
        try addresses(name, completes: true)
    }

    private func addresses(_ name: HostName, completes: Bool) throws -> [IPAddress] {
        if name.isLocalhost { return [.loopback6, .loopback4] }
        var found = [pi_found_address](repeating: pi_found_address(), count: Self.most)
        let count = unsafe pi_resolve(
            name.text, &found, Int32(found.count), completes ? 1 : 0)
        guard count >= 0 else { throw Unanswered() }
        return found.prefix(Int(count)).compactMap { one in
            let bytes = unsafe withUnsafeBytes(of: one.bytes) { unsafe Array($0) }
            return IPAddress(Array(bytes.prefix(Int(one.length))))
        }
    }

    struct Unanswered: Error, CustomStringConvertible {
        var description: String { "no resolver of this host answers now" }
    }
}
