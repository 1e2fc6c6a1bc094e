import PiSystem

/// Where the host is, and who of those answers first.
extension GateConnection {
    func resolved(_ result: Result<[IPAddress], any Error>) {
        guard stage == .resolving, case .name(let name, let port) = destination else { return }
        switch result {
        case .failure(let error): return cut(.failed("\(error)"))
        case .success(let addresses):
            guard !addresses.isEmpty else { return cut(.failed("there is no such host")) }
            var refused: GateDecision?
            let fit = addresses.filter { address in
                guard let refusal = call.rules.refusal(of: address, for: name, port: port) else {
                    return true
                }
                refused = refused ?? refusal
                return false
            }
            if fit.isEmpty, case .denied(let rule, let reason)? = refused {
                return cut(.denied(rule: rule, reason: reason))
            }
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

    func dial(_ addresses: [IPAddress]) {
        stage = .dialing
        call.dialing += 1
        dial = Dial(addresses: addresses[...], next: loop.now)
        tryNext()
    }

    func endDial() {
        guard let ended = dial else { return }
        dial = nil
        call.dialing -= 1
        for attempt in ended.attempts.values {
            loop.forget(attempt.token, attempt.socket.descriptor, .writable)
        }
    }

    func tryNext() {
        while let address = dial?.addresses.popFirst() {
            do throws(SystemError) {
                let socket = SharedDescriptor(
                    try Descriptor.connecting(to: address, port: UInt16(destination.port)))
                let attempt = loop.newNumber()
                guard
                    let token = loop.watch(
                        socket.descriptor, .writable, as: .attempt(self, attempt))
                else { return cut(Self.unwatched) }
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
        loop.forget(attempt.token, attempt.socket.descriptor, .writable)
        do throws(SystemError) {
            try attempt.socket.descriptor.checkConnected()
            address = "\(attempt.address)"
            endDial()
            try relay(attempt.socket)
        } catch {
            guard dial != nil else { return cut(.failed(error.sentence)) }
            dial?.failure = "\(attempt.address): \(error.errno?.description ?? error.sentence)"
            tryNext()
        }
    }
}
