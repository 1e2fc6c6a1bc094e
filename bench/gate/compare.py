"""What a way out costs, beside others: bytes, connections, processor time and memory, all in one run.

usage: compare.py PI_RUNNER [--short]
The server is on loopback and sends from memory without copying; the client is the same for all. `direct` has nothing in between.
passt is measured as `pasta`, which is how it serves a namespace without rights.
"""
import atexit, json, os, resource, shutil, signal, socket, statistics, subprocess, sys, tempfile, threading, time

program = os.path.abspath(sys.argv[1])
short = "--short" in sys.argv
SIZE = (1 << 28) if short else (2 << 30)
HERE = "127.0.0.1"
room = tempfile.mkdtemp(prefix="pi-gate-bench-", dir="/var/tmp")
os.chmod(room, 0o755)
os.mkdir(f"{room}/project")
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)

source = os.memfd_create("zeros")
os.truncate(source, 64 << 20)


def serve(connection):
    try:
        with connection:
            while True:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    asked += piece
                size = int(asked.split(b" ", 2)[1].rsplit(b"/", 1)[1] or b"0")
                connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode())
                while size > 0:
                    size -= os.sendfile(connection.fileno(), source, 0, min(size, 64 << 20))
    except OSError:
        pass


def accept(listener):
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


threading.stack_size(128 << 10)
listener = socket.create_server((HERE, 0), backlog=4096)
port = listener.getsockname()[1]
threading.Thread(target=accept, args=(listener,), daemon=True).start()

# The clients: so many connections at once, so much each; and one connection after another.
with open(f"{room}/project/client.py", "w") as file:
    file.write('''
import socket, statistics, sys, threading, time
what, host, port, via, count, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], int(sys.argv[5]), int(sys.argv[6])
place = (via.split(":")[0], int(via.split(":")[1])) if via != "-" else (host, port)
connect = "proxy" in what
def dial():
    c = socket.create_connection(place)
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if connect:
        c.sendall(f"CONNECT {host}:{port} HTTP/1.1\\r\\nHost: {host}:{port}\\r\\n\\r\\n".encode())
        said = b""
        while b"\\r\\n\\r\\n" not in said: said += c.recv(1000)
        assert b" 200 " in said, said
    return c
def get(size):
    with dial() as c:
        c.sendall(f"GET /{size} HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n".encode())
        room, got = memoryview(bytearray(1 << 20)), 0
        head = c.recv_into(room)
        end = bytes(room[:head]).index(b"\\r\\n\\r\\n") + 4
        got = head - end
        while got < size: got += c.recv_into(room)
if what.startswith("bytes"):
    threads = [threading.Thread(target=get, args=(size // count,)) for _ in range(count)]
    start = time.monotonic()
    for t in threads: t.start()
    for t in threads: t.join()
    print(time.monotonic() - start)
elif what.startswith("connections"):
    get(1)
    times = []
    for _ in range(count):
        start = time.monotonic(); get(1); times.append(time.monotonic() - start)
    print(statistics.median(times))
else:
    kept = [dial() for _ in range(count)]
    for c in kept: c.sendall(b"GET /1 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
    for c in kept: assert c.recv(1000)
    print("kept", flush=True)
    sys.stdin.readline()
''')


def of_process(pid):
    """Seconds of processor time of the process itself, and what it has in memory."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / ticks, int(fields[21]) * 4096


def tree(pid):
    """It, and what it has started."""
    out = [pid]
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            for child in file.read().split():
                out += tree(int(child))
    return out


class Way:
    """One way to the server: how the client is run, and which process stands in between."""
    proxy, via, name = False, "-", "direct"

    def command(self, words):
        return ["/usr/bin/python3", f"{room}/project/client.py"] + words

    def words(self, what, count, size):
        return [what + ("-proxy" if self.proxy else ""), HERE, str(port), self.via, str(count), str(size)]

    def relays(self, client):
        return []

    def run(self, what, count, size):
        """What the client says, and the processor time of what stands in between."""
        client = subprocess.Popen(self.command(self.words(what, count, size)), stdout=subprocess.PIPE, cwd=f"{room}/project",
                                  env=environment, stderr=subprocess.PIPE, start_new_session=True)
        before = sum(of_process(p)[0] for p in self.relays(client)) if self.standing else 0
        last = before
        end = time.monotonic() + (10 if what == "connections" else 60)
        while client.poll() is None:
            if time.monotonic() > end:
                os.killpg(client.pid, signal.SIGKILL)
                raise SystemExit(f"{self.name}: {what} {count} is still not done")
            try:
                last = max(last, sum(of_process(p)[0] for p in self.relays(client)))
            except OSError:
                pass
            time.sleep(0.01)
        said = client.stdout.read().decode()
        if client.returncode:
            raise SystemExit(f"{self.name}: {client.stderr.read().decode()}")
        return float(said), last - before

    standing = False

    def idle(self, count):
        """What the one in between has in memory for each of so many connections, and without any."""
        sizes = []
        for many in (0, count):
            client = subprocess.Popen(self.command(self.words("idle", many, 0)), stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, cwd=f"{room}/project", env=environment)
            assert client.stdout.readline() == b"kept\n"
            sizes.append(max(of_process(p)[1] for p in self.relays(client)))
            client.stdin.write(b"\n")
            client.stdin.close()
            client.wait()
        return sizes


class Ours(Way):
    name = "pi-runner"

    def command(self, words):
        return [program, "exec", "--policy", f"{room}/gate.yaml", "--", "python3", f"{room}/project/client.py"] + words

    def relays(self, client):
        return [client.pid]


class Socat(Way):
    name, standing = "socat", True

    def __init__(self):
        self.via = f"{HERE}:{free()}"
        self.process = subprocess.Popen(["socat", f"TCP-LISTEN:{self.via.split(':')[1]},bind={HERE},fork,reuseaddr,backlog=1024",
                                         f"TCP:{HERE}:{port}"])
        wait_for(self.via)

    def relays(self, client):
        return tree(self.process.pid)


class TinyProxy(Socat):
    name, proxy = "tinyproxy", True

    def __init__(self):
        own = free()
        self.via = f"{HERE}:{own}"
        with open(f"{room}/tinyproxy.conf", "w") as file:
            file.write(f"Port {own}\nListen {HERE}\nMaxClients 100\nTimeout 600\nLogLevel Critical\nConnectPort {port}\n")
        self.process = subprocess.Popen(["tinyproxy", "-d", "-c", f"{room}/tinyproxy.conf"], stdout=subprocess.DEVNULL)
        wait_for(self.via)


class Pasta(Way):
    name = "passt"

    def command(self, words):
        # In there the host's loopback is the gateway's address.
        words = [w if w != HERE else "10.1.1.1" for w in words]
        return ["pasta", "--config-net", "-q", "-f", "-a", "10.1.1.2", "-n", "24", "-g", "10.1.1.1", "--", "/usr/bin/python3", f"{room}/project/client.py"] + words

    def relays(self, client):
        return [client.pid]


def free():
    with socket.create_server((HERE, 0)) as one:
        return one.getsockname()[1]


def wait_for(place):
    for _ in range(100):
        try:
            return socket.create_connection((place.split(":")[0], int(place.split(":")[1]))).close()
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"nobody listens at {place}")


environment = {"HOME": room, "XDG_CONFIG_HOME": f"{room}/settings", "XDG_STATE_HOME": f"{room}/state", "PATH": "/usr/bin:/bin"}
os.makedirs(f"{room}/settings/pi-runner")
with open(f"{room}/settings/pi-runner/settings.yaml", "w") as file:
    file.write("ids: {from: 1200000, count: 10000}\n")
with open(f"{room}/gate.yaml", "w") as file:
    json.dump({"version": 1, "name": "gate", "extends": ["exec"],
               "limits": {"wall": "10m", "cpu": "20m", "open_files": 20000, "memory": "2GiB", "processes": 200},
               "network": {"allow": {"server": {"cidrs": [f"{HERE}/32"], "ports": [port]}}}}, file)

ways = [Way(), Ours()]
for kind, needed in ((Socat, "socat"), (TinyProxy, "tinyproxy"), (Pasta, "pasta")):
    if not shutil.which(needed):
        print(f"{needed} is not here")
        continue
    try:
        way = kind()
        way.run("connections", 2, 1)
        ways.append(way)
    except SystemExit as error:
        print(f"{kind.name} can't run here: {str(error).strip().splitlines()[-1]}")

rounds = 3 if short else 7
print(f"{'':12}{'1 connection':>16}{'64 connections':>18}{'CPU s/GiB':>12}{'a connection':>16}")
rows = {}


def end():
    for way in ways:
        if hasattr(way, "process"):
            way.process.send_signal(signal.SIGTERM)
    shutil.rmtree(room, ignore_errors=True)


def measure(way):
    for column, count in ((0, 1), (1, 64)):
        seconds, used = way.run("bytes", count, SIZE)
        rows[way][column].append(SIZE / seconds / (1 << 30))
        if count == 1:
            rows[way][2].append(used / (SIZE / (1 << 30)))
    rows[way][3].append(way.run("connections", 300, 1)[0] * 1e6)


atexit.register(end)
for way in ways:
    rows[way] = ([], [], [], [])
for _ in range(rounds):
    for way in list(ways):
        try:
            measure(way)
        except SystemExit as error:
            # A peer that does not come to an end is told of, and no measure of anything.
            if way in ways[:2]:
                raise
            print(error)
            ways.remove(way)
            del rows[way]

middle = {way: [statistics.median(column) for column in columns] for way, columns in rows.items()}
direct = middle[ways[0]]
for way, (one, many, used, connection) in middle.items():
    print(f"{way.name:12}{one:9.2f} GiB/s{one / direct[0] * 100:4.0f}%{many:10.2f} GiB/s{many / direct[1] * 100:3.0f}%"
          f"{used:10.2f}  {connection:12.0f} µs")
many = 8000
empty, full = Ours().idle(many)
print(f"pi-runner with {many} connections that nobody uses: {full / (1 << 20):.1f} MiB, without them {empty / (1 << 20):.1f} MiB")
end()
os._exit(0)
