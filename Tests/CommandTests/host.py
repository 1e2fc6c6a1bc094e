"""A host of another kind: runs a program in a network with one family of addresses, or with none.

usage: host.py 4|6|none PORT PROGRAM [ARGUMENT...]
A server answers there with `the page`, where there is an address that it can have.
"""
import ctypes, fcntl, http.server, os, shutil, socket, struct, subprocess, sys, threading

kind, port, program = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
NEW_USER, NEW_NET = 0x10000000, 0x40000000
SIOCSIFFLAGS, SIOCSIFADDR, SIOCDIFADDR = 0x8914, 0x8916, 0x8936

user, group = os.getuid(), os.getgid()
if user != 0:
    # To whoever has one id alone, what is root's is a stranger's, and no stranger's launcher is started.
    built, own = os.path.dirname(program[0]), os.path.join(os.environ["HOME"], "bin")
    os.mkdir(own)
    for name in "pi-runner", "pi-launcher", "pi-tool":
        shutil.copy(os.path.join(built, name), own)
    program[0] = os.path.join(own, "pi-runner")
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(NEW_NET | (0 if user == 0 else NEW_USER)) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
if user != 0:
    for name, line in ("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1"):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(line)

four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
if kind != "none":
    fcntl.ioctl(four, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", 1))
if kind == "6":
    nothing = struct.pack("HH4s8x", socket.AF_INET, 0, bytes(4))
    fcntl.ioctl(four, SIOCSIFADDR, struct.pack("16s16s", b"lo", nothing))
if kind == "4":
    six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    fcntl.ioctl(six, SIOCDIFADDR, struct.pack("16sIi", socket.inet_pton(socket.AF_INET6, "::1"), 128, 1))


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"the page")

    def log_message(self, *_):
        pass


class Server(http.server.HTTPServer):
    address_family = socket.AF_INET6 if kind == "6" else socket.AF_INET


if kind != "none":
    server = Server(("::1" if kind == "6" else "127.0.0.1", port), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
sys.exit(subprocess.run(program).returncode)
