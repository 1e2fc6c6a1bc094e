"""One run of very many turns, each with a call behind all walls: whether a turn costs in the end what it cost in the beginning.

    long.py PI-RUNNER [TURNS]

The model is on loopback and counts what it is asked, so the conversation may be summed up as it grows. A turn is the time from
the model's answer to its next question: the call, its layer of the workspace, what is recorded, and the request.
"""
import http.server
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time

STEPS = 10


class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    turns = 10_000
    asked = summaries = 0
    answered_at = 0.0
    took = []
    memory = []
    process = None

    def log_message(self, *_):
        pass

    def parse_request(self):
        # The first line is there: the question has come.
        self.came_at = time.monotonic()
        return super().parse_request()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_turn = b'"tools":' in body
        if is_turn:
            if Model.answered_at:
                Model.took.append(self.came_at - Model.answered_at)
            Model.asked += 1
            if Model.asked % max(1, Model.turns // 100) == 0:
                Model.memory.append(resident(Model.process.pid))
        else:
            Model.summaries += 1
        delta, reason = {"role": "assistant", "content": "done"}, "stop"
        if is_turn and Model.asked <= Model.turns:
            arguments = json.dumps({"command": f"echo turn {Model.asked}"})
            function = {"name": "bash", "arguments": arguments}
            call = {"index": 0, "id": f"call_{Model.asked}", "type": "function", "function": function}
            delta, reason = {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls"
        usage = {"prompt_tokens": len(body) // 4, "completion_tokens": 10, "total_tokens": len(body) // 4 + 10}
        chunk = {"id": "r", "created": 1, "model": "m", "object": "chat.completion.chunk", "usage": usage,
                 "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
        text = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        # A summary belongs to no turn.
        Model.answered_at = time.monotonic() if is_turn else 0.0
        self.wfile.write(text)


def resident(pid):
    """MiB of the supervisor."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def main():
    program = os.path.abspath(sys.argv[1])
    Model.turns = int(sys.argv[2]) if len(sys.argv) > 2 else Model.turns
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        (home / "work").mkdir()
        (home / "pi-runner").mkdir()
        (home / "pi-runner/settings.yaml").write_text("ids: {from: 1200000, count: 10000}\n")
        model = {"id": "m", "contextWindow": 40_000, "maxTokens": 1_000}
        (home / "pi-runner/models.json").write_text(json.dumps({"providers": {"bench": {
            "baseUrl": f"http://127.0.0.1:{server.server_port}/v1", "api": "openai-completions",
            "apiKey": "none", "models": [model]}}}))
        (home / "policy.yaml").write_text(
            "version: 1\nname: long\nextends: [default]\n"
            "budgets: {wall: 24h, turns: 1000000, tool_calls: 1000000, tokens: 1000000000, cost_usd: 1000000}\n")
        with open(home / "log", "w", encoding="utf-8") as log:
            Model.process = subprocess.Popen(
                [program, "run", "--policy", home / "policy.yaml", "-m", "bench/m", "do the task"],
                cwd=home / "work", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={"PATH": "/usr/bin:/bin", "HOME": name, "XDG_CONFIG_HOME": name, "XDG_STATE_HOME": f"{name}/state"})
            code = Model.process.wait()
        if code != 0 or Model.asked != Model.turns + 1:
            sys.exit(f"exit {code} after {Model.asked} questions:\n{(home / 'log').read_text(encoding='utf-8')[-3000:]}")
    if Model.summaries * 10 > Model.turns + 100:
        sys.exit(f"{Model.summaries} summaries in {Model.turns} turns")
    size = max(1, len(Model.took) // STEPS)
    print(f"{Model.turns} turns, {Model.summaries} summaries")
    print(f"{'turns':>14}{'a turn':>12}{'the slowest':>14}{'memory':>12}")
    for step in range(STEPS):
        part = Model.took[step * size:(step + 1) * size] or [0.0]
        memory = Model.memory[step * len(Model.memory) // STEPS:] or [0.0]
        print(f"{(step + 1) * size:14}{statistics.median(part) * 1e3:9.2f} ms{max(part) * 1e3:11.1f} ms{memory[0]:8.1f} MiB")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak':>14}{'':>26}{largest:8.1f} MiB")


main()
