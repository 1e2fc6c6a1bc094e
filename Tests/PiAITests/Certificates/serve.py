"""A server with a certificate, on a free port that it prints: serve.py CERTIFICATE KEY."""
import http.server
import ssl
import sys

ANSWER = b'data: {"choices":[{"index":0,"delta":{"content":"encrypted"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


class Server(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, request, address):
        """A peer that does not trust us is what is tried here."""


server = Quiet(("127.0.0.1", 0), Server)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
