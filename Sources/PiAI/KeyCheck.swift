import PiJSON
package import PiSystem

extension ModelClient {
    /// Whether a provider takes a key, by a question that costs nothing: which models there are.
    package func check(
        _ provider: Provider, by added: CustomModels.Added? = nil, _ key: Secret?
    ) async throws {
        let model = added?.model("any") ?? provider.model("any")
        var base = provider.baseURL
        while base.hasSuffix("/") { base.removeLast() }
        guard let address = HTTPAddress(base) else {
            throw ModelError(.invalidRequest, "its address is none")
        }
        try address.checkKey(key != nil)
        guard let list = provider.keyCheck else {
            throw ModelError(
                .unsupported,
                "it tells nobody whether a key is right; `pi-runner models test` asks a model")
        }
        let isAnthropic = provider.api == .anthropicMessages && !base.hasSuffix("/v1")
        let request = HTTPRequest(
            url: base + (isAnthropic ? "/v1" : "") + list,
            headers: provider.api.wire.headers(
                ModelRequest(model: model, messages: [])) + [HTTPHeader("user-agent", "pi-runner")],
            credential: key.map { (model.credential, $0) }, body: nil, limits: limits,
            certificates: certificates)
        let exchange = http.send(request)
        do {
            let head = try await exchange.head()
            let redaction = Redaction(key.map { [$0] } ?? [])
            let body = redaction.redacted(
                try await exchange.body(limit: HTTPFailure.largestBody))
            if (200..<300).contains(head.status) {
                // A page of a network that wants a name first is no list of models.
                let list = try? JSONReader.read(
                    body, .interchange(sizeLimit: HTTPFailure.largestBody))
                guard list != nil else { throw HTTPFailure(head: head, body: body).notAnAnswer }
                return
            }
            var error = HTTPFailure(head: head, body: body).error(provider.api.wire.said)
            error.redact(by: redaction)
            throw error
        } catch let fault as HTTPFault {
            throw fault.error(HTTPAddress(base)?.host ?? base, hasBegun: false)
        }
    }

    /// What stands at an address, for those who ask for it: no key goes with it.
    package func fetch(_ address: String, limit: Int) async throws -> [UInt8] {
        guard let place = HTTPAddress(address) else {
            throw ModelError(.invalidRequest, "this is no address of a server")
        }
        let request = HTTPRequest(
            url: address, headers: [HTTPHeader("user-agent", "pi-runner")], credential: nil,
            body: nil, limits: limits, certificates: certificates)
        let exchange = http.send(request)
        do {
            let head = try await exchange.head()
            let body = try await exchange.body(limit: limit)
            guard (200..<300).contains(head.status) else {
                throw HTTPFailure(head: head, body: body).error(ChatCompletions.said)
            }
            return body
        } catch let fault as HTTPFault {
            throw fault.error(place.host, hasBegun: false)
        }
    }
}
