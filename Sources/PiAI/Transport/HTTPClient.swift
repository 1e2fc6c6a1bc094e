import PiSystem

/// Sends requests, and gives their answers piece by piece.
package struct HTTPClient: Sendable {
    private let thread: CurlThread

    /// A client for as long as `body` runs; what still runs then is cancelled.
    package static func with<Value>(_ body: (HTTPClient) async throws -> Value) async throws
        -> Value
    {
        let thread: CurlThread
        do {
            thread = try CurlThread()
        } catch let missing as LibCurl.Missing {
            throw ModelError(
                .network,
                "libcurl is not on this machine (\(missing.what) is missing): install Debian's package libcurl4",
                shouldRetry: false)
        }
        defer { thread.close() }
        return try await body(HTTPClient(thread: thread))
    }

    func send(_ request: HTTPRequest) -> HTTPExchange {
        let transfer = CurlTransfer(request)
        thread.send(.start(transfer))
        return HTTPExchange(transfer: transfer, thread: thread)
    }
}

/// A request that was sent, and what comes back.
///
/// It ends with the last who has it: nobody pays for an answer that nobody reads.
final class HTTPExchange: Sendable {
    private let transfer: CurlTransfer
    private let thread: CurlThread

    fileprivate init(transfer: CurlTransfer, thread: CurlThread) {
        self.transfer = transfer
        self.thread = thread
    }

    deinit {
        if !transfer.hasEnded { thread.send(.cancel(transfer)) }
    }

    /// Ends the request, and the socket with it.
    func cancel() { thread.send(.cancel(transfer)) }

    func head() async throws(HTTPFault) -> HTTPHead {
        if let head = await transfer.head(onCancel: { [self] in cancel() }) { return head }
        try end()
        throw HTTPFault.lost("its answer ended in the head")
    }

    /// The next bytes of the body; nil when it is whole.
    func next() async throws(HTTPFault) -> [UInt8]? {
        if let (bytes, wasPaused) = await transfer.next(onCancel: { [self] in cancel() }) {
            if wasPaused { thread.send(.goOn(transfer)) }
            return bytes
        }
        try end()
        return nil
    }

    /// The whole body, as far as the limit.
    func body(limit: Int) async throws(HTTPFault) -> [UInt8] {
        var body: [UInt8] = []
        while body.count < limit, let more = try await next() { body += more }
        if body.count >= limit { cancel() }
        return Array(body.prefix(limit))
    }

    private func end() throws(HTTPFault) {
        switch transfer.ending {
        case .failure(let fault)?: throw fault
        case .success?, nil: return
        }
    }
}
