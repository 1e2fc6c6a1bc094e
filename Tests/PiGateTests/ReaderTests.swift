import PiGate
import PiSystem
import Testing

@Suite(.timeLimit(.minutes(10))) struct HostNameTests {
    @Test(arguments: [
        ("packages.example.org", "packages.example.org"), ("A.Example.ORG", "a.example.org"),
        ("example.org.", "example.org"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("_dmarc.example.org", "_dmarc.example.org"), ("localhost", "localhost"),
        ("1.2.3.4x", "1.2.3.4x"),
    ]) func `a name is read to its labels`(_ text: String, _ name: String) {
        #expect(HostName(text)?.text == name)
    }

    @Test(arguments: [
        "", ".", "..", "a..b", ".a", "a b", "a\0.example.org", "a\r\nHost: b", "user@example.org",
        "exa%6Dple.org",
        "bücher.example", "*.example.org", "example.org/", "example.org:443", "127.1", "127.0.0.1",
        "2130706433",
        "0x7f000001", "0x7f.1", "0X7F.1", "017700000001", "a.0x1", "[::1]", "::1", "fe80::1%eth0",
        "a.example.org..",
    ]) func `what is no name, or another spelling of an address, is none`(_ text: String) {
        #expect(HostName(text) == nil)
    }

    @Test func `lengths are those of the standard`() {
        let label = String(repeating: "a", count: 63)
        #expect(HostName(label) != nil)
        #expect(HostName(label + "a") == nil)
        let whole = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(whole.utf8.count == 253)
        #expect(HostName(whole) != nil)
        #expect(HostName(whole + "b") == nil)
    }
}

@Suite(.timeLimit(.minutes(10))) struct NameQuestionTests {
    static func question(
        _ labels: [String], kind: UInt8 = 1, flags: [UInt8] = [1, 0], extra: [UInt8] = []
    ) -> [UInt8] {
        var bytes: [UInt8] = [0xAB, 0xCD] + flags
        bytes += [0, 1, 0, 0, 0, 0, 0, extra.isEmpty ? 0 : 1]
        for label in labels {
            bytes.append(UInt8(label.utf8.count))
            bytes += Array(label.utf8)
        }
        bytes += [0, 0, kind, 0, 1]
        return bytes + extra
    }

    @Test func `an address is answered as the standard writes it`() throws {
        let question = try NameQuestion(Self.question(["a", "Example"]))
        #expect(question.name == HostName("a.example"))
        #expect(question.kind == .address4)
        let answer = question.answered(.address(IPAddress([198, 18, 0, 1])!))
        #expect(
            answer
                == [0xAB, 0xCD, 0x85, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]
                + [1, 0x61, 7] + Array("Example".utf8) + [0, 0, 1, 0, 1]
                + [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 198, 18, 0, 1])
        #expect(question.answered(.noSuchName)[3] == 0x83)
        #expect(question.answered(.nothing)[3] == 0x80)
        #expect(question.answered(.failure)[3] == 0x82)
    }

    @Test func `whoever takes long answers is told that we do, too`() throws {
        let extra: [UInt8] = [0, 0, 41, 0x10, 0, 0, 0, 0, 0, 0, 0]
        let question = try NameQuestion(Self.question(["a"], kind: 28, extra: extra))
        #expect(question.kind == .address6)
        let answer = question.answered(.nothing)
        #expect(answer[11] == 1)
        #expect(answer.suffix(11) == [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0])
    }

    @Test func `names that no host has are questions without a name`() throws {
        for label in ["a b", "a\0b", "é", "*"] {
            #expect(try NameQuestion(Self.question([label, "example"])).name == nil)
        }
        #expect(try NameQuestion(Self.question([])).name == nil)
    }

    @Test func `what is no question is refused or left alone`() {
        let whole = Self.question(["a", "example"])
        for length in 0..<whole.count {
            #expect(throws: NameQuestion.Fault.self) {
                try NameQuestion(Array(whole.prefix(length)))
            }
        }
        // An answer, an update, two questions, a pointer to itself, too long a name, another family.
        #expect(throws: NameQuestion.Fault.unreadable) {
            try NameQuestion(Self.question(["a"], flags: [0x81, 0]))
        }
        #expect(throws: NameQuestion.Fault.refused(id: 0xABCD, code: 4)) {
            try NameQuestion(Self.question(["a"], flags: [0x28, 0]))
        }
        var two = whole
        two[5] = 2
        #expect(throws: NameQuestion.Fault.refused(id: 0xABCD, code: 1)) { try NameQuestion(two) }
        let loop: [UInt8] = [0xAB, 0xCD, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1]
        #expect(throws: NameQuestion.Fault.refused(id: 0xABCD, code: 1)) { try NameQuestion(loop) }
        let long = [String](repeating: String(repeating: "a", count: 63), count: 5)
        #expect(throws: NameQuestion.Fault.refused(id: 0xABCD, code: 1)) {
            try NameQuestion(Self.question(long))
        }
        var chaos = whole
        chaos[chaos.count - 1] = 3
        #expect(throws: NameQuestion.Fault.refused(id: 0xABCD, code: 4)) { try NameQuestion(chaos) }
        let endless = whole + [UInt8](repeating: 0, count: 512)
        #expect(throws: NameQuestion.Fault.unreadable) { try NameQuestion(endless) }
    }
}

@Suite(.timeLimit(.minutes(10))) struct ClientHelloTests {
    static func piece(_ bytes: [UInt8], _ lengthBytes: Int) -> [UInt8] {
        (0..<lengthBytes).reversed().map { UInt8(bytes.count >> ($0 * 8) & 0xFF) } + bytes
    }

    static func serverName(_ names: [String]) -> [UInt8] {
        [0, 0] + piece(piece(names.flatMap { [0] + piece(Array($0.utf8), 2) }, 2), 2)
    }

    /// In records of that many bytes.
    static func hello(_ extensions: [UInt8], records: Int = 16_000) -> [UInt8] {
        var body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32)
        body += piece([UInt8](repeating: 9, count: 32), 1)
        body += piece([0x0A, 0x0A, 0x13, 0x01], 2)
        body += piece([0], 1)
        body += piece(extensions, 2)
        let message = [1] + piece(body, 3)
        return stride(from: 0, to: message.count, by: records).flatMap {
            [22, 3, 1] + piece(Array(message[$0..<min($0 + records, message.count)]), 2)
        }
    }

    /// As browsers put them in so that nobody gets used to what he knows.
    static let grease: [UInt8] = [0x1A, 0x1A, 0, 1, 0]

    @Test func `the name is found, however the hello is cut`() {
        let extensions =
            Self.grease + Self.serverName(["Packages.Example.org"]) + [0, 43, 0, 3, 2, 3, 4]
        for records in [5, 40, 16_000] {
            let whole = Self.hello(extensions, records: records)
            for length in 0..<whole.count {
                #expect(ClientHello.read(Array(whole.prefix(length))) == .more)
            }
            guard case .hello(let hello) = ClientHello.read(whole) else {
                Issue.record("no hello in records of \(records)")
                continue
            }
            #expect(hello.name == HostName("packages.example.org"))
            #expect(!hello.hidesAnother)
        }
    }

    @Test func `one without a name has none, and an encrypted one is known as such`() {
        guard case .hello(let none) = ClientHello.read(Self.hello(Self.grease)) else {
            Issue.record("it is a hello")
            return
        }
        #expect(none.name == nil)
        let hidden = Self.serverName(["public.example"]) + [0xFE, 0x0D, 0, 2, 0, 1]
        guard case .hello(let outer) = ClientHello.read(Self.hello(hidden)) else {
            Issue.record("it is a hello")
            return
        }
        #expect(outer.hidesAnother)
    }

    @Test(arguments: [
        serverName(["a.example", "b.example"]), serverName([]), serverName(["127.0.0.1"]),
        serverName(["a.example."]),
        serverName(["a\0.example"]), serverName([""]), serverName(["a b"]),
    ]) func `more names than one, and what is no name, is a fault`(_ extensions: [UInt8]) {
        #expect(ClientHello.read(Self.hello(extensions)) == .fault(.badName))
    }

    @Test func `what contradicts itself is a fault`() {
        let twice = Self.serverName(["a.example"]) + Self.serverName(["b.example"])
        #expect(ClientHello.read(Self.hello(twice)) == .fault(.malformed))
        #expect(ClientHello.read(Array("GET / HTTP/1.1\r\n".utf8)) == .fault(.noTLS))
        #expect(ClientHello.read([0x80, 0x2E, 1, 3, 1]) == .fault(.noTLS))
        #expect(ClientHello.read([22, 3, 1, 0, 0]) == .fault(.malformed))
        #expect(ClientHello.read([22, 3, 1, 0, 4, 2, 0, 0, 0]) == .fault(.malformed))
        #expect(ClientHello.read([22, 3, 1, 0, 4, 1, 1, 0, 0]) == .fault(.tooLong))
        let endless = [22, 3, 1, 0x40, 0] + [UInt8](repeating: 1, count: 16_380)
        #expect(ClientHello.read(endless) == .fault(.tooLong))
        // Another message behind it.
        var more = Self.hello(Self.serverName(["a.example"]))
        let length = Int(more[3]) << 8 + Int(more[4])
        _ = length
        more += [22, 3, 1, 0, 1, 1]
        guard case .hello = ClientHello.read(more) else {
            Issue.record("what comes in the next record is not of the hello")
            return
        }
    }
}

@Suite(.timeLimit(.minutes(10))) struct RequestStreamTests {
    static let host = HostName("a.example")!

    static func stream() -> RequestStream { RequestStream(to: host, port: 80) }

    @Test func `requests go through unchanged, however they are cut`() throws {
        let text = """
            GET / HTTP/1.1\r\nHost: A.example\r\nAccept: */*\r\n\r\n\
            POST /a?b=c HTTP/1.1\r\nHost: a.example:80\r\nContent-Length: 5\r\n\r\nhello\
            PUT /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\nhost:a.example\r\n\r\n\
            5;x=y\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nX-Sum: 1\r\n\r\n\
            GET /d HTTP/1.0\r\nHost: a.example\r\n\r\n
            """
        let bytes = Array(text.utf8)
        for step in [1, 2, 3, 7, 64, 10_000] {
            var stream = Self.stream()
            var through: [UInt8] = []
            for place in stride(from: 0, to: bytes.count, by: step) {
                through += try stream.take(bytes[place..<min(place + step, bytes.count)])
            }
            #expect(through == bytes)
            #expect(stream.requests == 4)
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: b.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\nHost: a.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example:8080\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example@b.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example, b.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example/\r\n\r\n",
        "GET http://b.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET //b.example/ HTTP/2.0\r\nHost: a.example\r\n\r\n",
        "GET / HTTP/1.1\nHost: a.example\n\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\n Host: b.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a.example\r\n\r\n", "GET / HTTP/1.1\r\n\tHost: a.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\nX: a\0b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\nX: a\nb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\rHost: b.example\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: a.example\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "get / HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "CONNECT b.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: +1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1, 1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0x10\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n 5\r\nhello\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloGET / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nHost: b.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\n\r\nGET / HTTP/1.1\r\nHost: b.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 40\r\n\r\nGET / HTTP/1.1\r\nHost: b.example\r\n\r\n",
        "GET /\tHTTP/1.0 HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET /\u{E9} HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chun\u{212A}ed\r\n\r\n0\r\n\r\n",
    ]) func `what two readers could take for two things is refused, and nothing of it goes on`(
        _ text: String
    ) {
        for step in [1, 10_000] {
            var stream = Self.stream()
            var through: [UInt8] = []
            #expect(throws: RequestStream.Fault.self) {
                let bytes = Array(text.utf8)
                for place in stride(from: 0, to: bytes.count, by: step) {
                    through += try stream.take(bytes[place..<min(place + step, bytes.count)])
                }
            }
            #expect(!String(decoding: through, as: UTF8.self).contains("b.example"))
        }
    }

    @Test func `a head without an end is refused, and what is no HTTP at once`() {
        var stream = Self.stream()
        #expect(throws: RequestStream.Fault.tooLong) {
            for _ in 0..<2000 {
                _ = try stream.take(
                    Array("GET / HTTP/1.1\r\nX: y\r\n".utf8 + [UInt8](repeating: 65, count: 60)))
            }
        }
        var binary = Self.stream()
        #expect(throws: RequestStream.Fault.noHTTP) { try binary.take([22, 3, 1]) }
    }
}

@Suite(.timeLimit(.minutes(10))) struct SpecialAddressTests {
    private static func address(_ text: String) -> IPAddress {
        if !text.contains(":") { return IPAddress(text.split(separator: ".").map { UInt8($0)! })! }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false).map {
            $0.split(separator: ":").flatMap { group in
                let number = UInt16(group, radix: 16)!
                return [UInt8(number >> 8), UInt8(number & 0xFF)]
            }
        }
        guard halves.count == 2 else { return IPAddress(halves[0])! }
        let gap = [UInt8](repeating: 0, count: 16 - halves[0].count - halves[1].count)
        return IPAddress(halves[0] + gap + halves[1])!
    }

    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
        "169.254.169.254",
        "169.254.1.1", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:7f00:1", "::ffff:808:808", "::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:a00:1::", "2001:0:1::", "2001:db8::1", "3fff::1", "fc00::1", "fd00:ec2::254",
        "fe80::1", "fec0::1", "ff02::1",
        "4000::1", "2a00::5efe:a00:1",
    ]) func `an address that is not of the Internet is known as such`(_ text: String) {
        #expect(SpecialAddress.phrase(Self.address(text)) != nil)
    }

    @Test func `a range means an address if it is not much more than that`() {
        for (text, length, isMeant) in [
            ("127.0.0.1", 8, true), ("127.0.0.1", 32, true), ("127.0.0.1", 0, false),
            ("10.1.2.3", 4, false), ("10.1.2.3", 24, true), ("8.8.8.8", 0, true),
            ("169.254.169.254", 16, false),
            ("169.254.169.254", 32, true), ("fd00::1", 7, true), ("fd00::1", 0, false),
            ("64:ff9b::a00:1", 96, false),
            ("64:ff9b::a00:1", 128, true),
        ] {
            #expect(
                SpecialAddress.isMeant(Self.address(text), byLength: length) == isMeant,
                "\(text)/\(length)")
        }
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
        "172.15.255.255",
        "172.32.0.1", "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.255",
        "2606:4700::1111", "2a00:1450::1",
        "2001:4860:4860::8888",
    ]) func `one of the Internet is not`(_ text: String) {
        #expect(SpecialAddress.phrase(Self.address(text)) == nil)
    }
}

@Suite(.timeLimit(.minutes(10))) struct FakeAddressesTests {
    @Test func `each name has its own, both ways, and there is an end of them`() {
        var table = FakeAddresses(limit: 30_000)
        var seen: Set<IPAddress> = []
        for number in 0..<30_000 {
            let name = HostName("n\(number).example")!
            let pair = table.addresses(for: name)!
            #expect(seen.insert(pair.v4).inserted && seen.insert(pair.v6).inserted)
            #expect(FakeAddresses.isFake(pair.v4) && FakeAddresses.isFake(pair.v6))
            #expect(table.name(of: pair.v4) == name && table.name(of: pair.v6) == name)
        }
        #expect(table.addresses(for: HostName("one.more")!) == nil)
        #expect(
            table.addresses(for: HostName("n7.example")!)
                == table.addresses(for: HostName("N7.example")!))
        for strange in [[198, 18, 0, 0], [198, 19, 255, 255], [198, 20, 0, 1], [127, 0, 0, 1]]
            as [[UInt8]]
        {
            #expect(table.name(of: IPAddress(strange)!) == nil)
        }
    }
}

@Suite(.timeLimit(.minutes(10))) struct ProxyRequestTests {
    private static let name = Destination.name(HostName("a.example")!, port: 443)

    @Test func `whoever insists on a proxy is understood in three ways`() {
        #expect(ProxyRequest.read([5, 2, 2, 0], greeted: false) == .say([5, 0], end: 4))
        let host = Array("A.example".utf8)
        let socks: [UInt8] = [5, 1, 0, 3, 9] + host + [1, 0xBB]
        #expect(
            ProxyRequest.read(socks + [22, 3], greeted: true)
                == .request(.socks(Self.name, end: socks.count)))
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 10, 0, 0, 1]
        #expect(
            ProxyRequest.read([5, 1, 0, 4] + mapped + [0, 80], greeted: true)
                == .request(.socks(.address(IPAddress([10, 0, 0, 1])!, port: 80), end: 22)))
        let connect = Array("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n".utf8)
        #expect(
            ProxyRequest.read(connect, greeted: false)
                == .request(.connect(Self.name, end: connect.count)))
        for length in 1..<connect.count {
            #expect(ProxyRequest.read(Array(connect.prefix(length)), greeted: false) == .more)
        }
        let page = Array("GET http://A.example/x HTTP/1.1\r\n".utf8)
        #expect(
            ProxyRequest.read(page, greeted: false)
                == .request(.page(HostName("a.example")!, port: 80)))
    }

    @Test(arguments: [
        "CONNECT a.example HTTP/1.1\r\n\r\n", "CONNECT a.example:0 HTTP/1.1\r\n\r\n",
        "CONNECT a.example:99999 HTTP/1.1\r\n\r\n", "CONNECT a@b.example:443 HTTP/1.1\r\n\r\n",
        "CONNECT 0x7f.1:443 HTTP/1.1\r\n\r\n", "CONNECT [fe80::1%25lo]:443 HTTP/1.1\r\n\r\n",
        "CONNECT 127.1:443 HTTP/1.1\r\n\r\n", "CONNECT :443 HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\n\r\n", "GET https://a.example/ HTTP/1.1\r\n\r\n",
        "GET http://user@a.example/ HTTP/1.1\r\n\r\n", "GET http://10.0.0.1/ HTTP/1.1\r\n\r\n",
        "\u{4}\u{1}\r\n", "EHLO a\r\n",
    ]) func `anything else is told what is wrong`(_ text: String) {
        guard case .fault = ProxyRequest.read(Array(text.utf8), greeted: false) else {
            Issue.record("it is no request")
            return
        }
    }

    @Test func `of SOCKS only connections are had, and by nobody who has to authenticate`() {
        #expect(ProxyRequest.read([5, 1, 2], greeted: false) == .fault([5, 0xFF]))
        for command in [2, 3] as [UInt8] {
            #expect(
                ProxyRequest.read([5, command, 0, 1, 1, 1, 1, 1, 0, 80], greeted: true)
                    == .fault(ProxyRequest.socksReply(7)))
        }
        #expect(
            ProxyRequest.read([5, 1, 0, 3, 3, 97, 0, 98, 0, 80], greeted: true)
                == .fault(ProxyRequest.socksReply(1)))
    }

    @Test func `what is said to a proxy comes to the host in its own form, and once`() throws {
        var stream = RequestStream(to: HostName("a.example")!, port: 80, proxied: true)
        let said = try stream.take(
            Array(
                "GET http://a.example/x?y HTTP/1.1\r\nHost: a.example\r\nProxy-Connection: keep-alive\r\nConnection: keep-alive\r\nAccept: */*\r\n\r\n"
                    .utf8))
        #expect(
            String(decoding: said, as: UTF8.self)
                == "GET /x?y HTTP/1.1\r\nHost: a.example\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        )
        #expect(throws: RequestStream.Fault.self) { try stream.take(Array("GET".utf8)) }
        var other = RequestStream(to: HostName("a.example")!, port: 80, proxied: true)
        #expect(throws: RequestStream.Fault.self) {
            try other.take(Array("GET http://b.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n".utf8))
        }
    }
}
