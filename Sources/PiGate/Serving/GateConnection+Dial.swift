import PiSystem

/// Where the host is, and who of those answers first.
extension GateConnection {
    func resolved(_ found: GateCommands.Found) {
        guard stage == .resolving, case .name(let name, let port) = destination else { return }
        var fit: [IPAddress] = []
        if case .success(let addresses) = found.addresses {
            var refused: GateDecision?
            fit = addresses.filter { address in
                guard let refusal = call.rules.refusal(of: address, for: name, port: port) else {
                    return true
                }
                refused = refused ?? refusal
                return false
            }
            // A proxy chooses among them by itself.
            if fit.isEmpty || found.proxy != nil, case .denied(let rule, let reason)? = refused {
                return cut(.denied(rule: rule, reason: reason))
            }
        }
        switch (found.proxy, found.addresses) {
        case (.success(let addresses)?, _) where !addresses.isEmpty:
            // It may know hosts that nobody here does.
            dial(Self.alternating(addresses), byProxy: true)
        case (_?, _): cut(.failed("the proxy of this host is not to be found"))
        case (nil, .failure(let error)): cut(.failed("\(error)"))
        case (nil, .success):
            guard !fit.isEmpty else { return cut(.failed("there is no such host")) }
            dial(Self.alternating(fit))
        }
    }

    /// One family and the other in turn, as they came.
    private static func alternating(_ addresses: [IPAddress]) -> [IPAddress] {
        var (six, four) = (addresses.filter(\.isV6)[...], addresses.filter { !$0.isV6 }[...])
        var list: [IPAddress] = []
        while !six.isEmpty || !four.isEmpty {
            if let one = six.popFirst() { list.append(one) }
            if let one = four.popFirst() { list.append(one) }
        }
        return list
    }

    func dial(_ addresses: [IPAddress], byProxy: Bool = false) {
        stage = .dialing
        call.dialing += 1
        let port = byProxy ? loop.proxy?.port : UInt16(exactly: destination.port)
        dial = Dial(
            addresses: addresses[...], port: port ?? 0, isByProxy: byProxy, next: loop.now)
        tryNext()
    }

    private static let mostAttempts = 3
    /// The program's end of it, every attempt, and the next before one is given up for it.
    static let mostDescriptors = 2 + mostAttempts

    func endDial() {
        guard let ended = dial else { return }
        dial = nil
        call.dialing -= 1
        for attempt in ended.attempts.values {
            loop.forget(attempt.token, attempt.socket.descriptor, .writable)
        }
    }

    func tryNext() {
        while let port = dial?.port, let address = dial?.addresses.popFirst() {
            do throws(SystemError) {
                let dialled = try Dialled(address, port: port)
                let isThere = dialled.isThere
                let socket = SharedDescriptor(dialled.takeDescriptor())
                if isThere { return begin(with: socket, at: address) }
                let attempt = loop.newNumber()
                guard
                    let token = loop.watch(
                        socket.descriptor, .writable, as: .attempt(self, attempt))
                else { return cut(Self.unwatched) }
                if let oldest = dial?.attempts.keys.min(),
                    dial?.attempts.count ?? 0 >= Self.mostAttempts,
                    let given = dial?.attempts.removeValue(forKey: oldest)
                {
                    loop.forget(given.token, given.socket.descriptor, .writable)
                }
                dial?.attempts[attempt] = (token, socket, address)
                dial?.next = loop.now + Self.stagger
                call.nextLook = min(call.nextLook, dial!.next)
                return
            } catch {
                dial?.failure = error.sentence
            }
        }
        guard let dial, dial.attempts.isEmpty else { return }
        cut(.failed(dial.failure ?? "nobody answers there"))
    }

    func attemptIsReady(_ number: UInt64) {
        guard stage == .dialing, let attempt = dial?.attempts.removeValue(forKey: number) else {
            return
        }
        do throws(SystemError) {
            try attempt.socket.descriptor.checkConnected(to: "\(attempt.address)")
        } catch {
            loop.forget(attempt.token, attempt.socket.descriptor, .writable)
            dial?.failure = "\(attempt.address): \(error.errno?.description ?? error.sentence)"
            return tryNext()
        }
        begin(with: attempt.socket, at: attempt.address, watchedAs: attempt.token)
    }

    /// The first that answers; all others are given up.
    private func begin(
        with socket: SharedDescriptor, at place: IPAddress, watchedAs token: UInt64? = nil
    ) {
        address = place
        let isByProxy = dial?.isByProxy ?? false
        dialled = isByProxy ? nil : place
        endDial()
        if let token {
            outside.adopt(socket, token, .writable, as: .outside(self), in: loop)
        } else {
            outside.socket = socket
        }
        // The rules may be others than when it was looked up.
        if let refusal = refusalOfAddress { return cut(refusal) }
        guard token != nil || outside.open(as: .outside(self), in: loop) else {
            return cut(Self.unwatched)
        }
        do throws(SystemError) {
            if isByProxy { try askProxy() } else { try relay() }
        } catch {
            cut(up.count + down.count > 0 ? .broken : .failed(error.sentence))
        }
    }

    // MARK: - By way of a proxy

    private func askProxy() throws(SystemError) {
        guard let proxy = loop.proxy, case .name(let name, let port) = destination else { return }
        stage = .asking
        lastNews = loop.now
        // A new connection has room for a line.
        _ = try outside.write(proxy.request(for: name, port: port))
        try outside.watch(.readable, in: loop)
    }

    func hearProxy() throws(SystemError) {
        guard let bytes = try outside.read(upTo: .kibibytes(16)) else { return }
        heard += bytes
        guard let (code, end) = UpstreamProxy.answer(heard) else {
            guard !bytes.isEmpty, heard.count < UpstreamProxy.longestAnswer else {
                return cut(.failed("the proxy of this host gave no answer"))
            }
            return
        }
        guard code == 200 else {
            return cut(.failed("the proxy of this host refused with \(code)"))
        }
        let rest = Array(heard[end...])
        heard = []
        try relay(having: rest)
    }
}
