extension ClientHello {
    /// Why it does not go to that host; nil if it does.
    func refusal(for name: HostName) -> String? {
        guard let named = self.name else {
            return "its TLS names no host, so nobody could tell whom it means"
        }
        guard named == name else { return "its TLS names another host, \(named)" }
        return hidesAnother
            ? "its TLS has a second greeting in it that is encrypted, and may name another host"
            : nil
    }
}

extension ClientHello.Fault {
    var phrase: String {
        switch self {
        case .noTLS:
            "it does not begin with TLS; `tls: plain` lets HTTP through that is not encrypted"
        case .malformed: "its TLS greeting contradicts itself"
        case .tooLong: "its TLS greeting is longer than \(ClientHello.longest >> 10) KiB"
        case .badName: "its TLS names no host in the way that there is one of"
        }
    }
}
