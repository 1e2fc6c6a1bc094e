"""Servers on loopback that stand for the Internet, and tell what reached them.

usage: internet.py CERTIFICATE KEY FOLDER
Prints the ports, then `ready`; for each empty line of its input what has come since, then `synced`.
"""
import http.server, os, socket, socketserver, ssl, sys, threading

certificate, key, folder = sys.argv[1:]
seen, lock = [], threading.Lock()


def saw(text):
    with lock:
        seen.append(text.replace("\n", " ")[:300])


class Pages(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=folder)

    def log_message(self, *_):
        saw(f"{self.server.what} {self.headers.get('Host')} {self.requestline}"
            if getattr(self, "headers", None) else f"{self.server.what} {self.requestline}")

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        got = 0
        while got < length:
            piece = self.rfile.read(min(65536, length - got))
            if not piece:
                break
            got += len(piece)
        body = f"got {got}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 1024


def pages(what, encrypted):
    server = Server(("127.0.0.1", 0), Pages)
    server.what = what
    if encrypted:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        context.sni_callback = lambda _, name, __: saw(f"sni {name}")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def raw(what, serve):
    """Any bytes; each connection is a thread's."""
    listener = socket.create_server(("127.0.0.9", 0), backlog=1024)

    def one(connection):
        saw(what)
        try:
            serve(connection)
        except OSError as error:
            saw(f"{what} {error}")
        finally:
            connection.close()

    def run():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


def echo(connection):
    while piece := connection.recv(65536):
        connection.sendall(piece)
    # After the other side's end: half of a connection is one, too.
    connection.sendall(b"end")


def flood(connection):
    while True:
        connection.sendall(b"x" * 65536)


def canary(connection):
    connection.sendall(b"NONCE-canary\n")
    saw(f"canary got {connection.recv(300)!r}")


def proxy(connection):
    """As a company has one: it wants a password, and knows where everybody is."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    first, *lines = head.decode().split("\r\n")
    saw(f"proxy {first}")
    if "Proxy-Authorization: Basic bWU6cCB3" not in lines:
        connection.sendall(b"HTTP/1.1 407 Who are you?\r\n\r\n")
        return
    if "forbidden" in first:
        connection.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
        return
    there = socket.create_connection(("127.0.0.1", int(first.split()[1].rsplit(":", 1)[1])))
    # In pieces, as it may come.
    for piece in (b"HTTP/1.1 200 Conn", b"ection established\r\n\r", b"\n"):
        connection.sendall(piece)

    def carry(one, other):
        while piece := one.recv(65536):
            other.sendall(piece)
        other.shutdown(socket.SHUT_WR)

    threading.Thread(target=carry, args=(there, connection), daemon=True).start()
    carry(connection, there)


def early(connection):
    """Has heard enough after the head, and goes."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        heard += connection.recv(65536)
    connection.sendall(b"HTTP/1.1 413 Too much\r\nContent-Length: 5\r\nConnection: close\r\n\r\nNONCE")


def sink(connection):
    got = 0
    while piece := connection.recv(65536):
        got += len(piece)
    saw(f"sink got {got}")


def exactly(connection):
    connection.sendall(b"x" * 100_000)


def hold(connection):
    connection.recv(1)
    saw("hold ended")


ports = {
    "tls": pages("tls", True), "plain": pages("plain", False), "echo": raw("echo", echo),
    "flood": raw("flood", flood), "canary": raw("canary", canary), "hold": raw("hold", hold),
    "proxy": raw("by proxy", proxy), "early": raw("early", early), "sink": raw("sink", sink),
    "exactly": raw("exactly", exactly),
}
for name, port in ports.items():
    print(name, port)
print("ready", flush=True)
for _ in sys.stdin:
    with lock:
        lines, seen[:] = list(seen), []
    for line in lines:
        print(line)
    print("synced", flush=True)
os._exit(0)
