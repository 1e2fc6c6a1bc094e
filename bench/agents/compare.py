"""The same scripted task of 50 turns, by pi-runner with all its walls and by agents of others without any, on one loopback model.

    compare.py PI-RUNNER AGENTS    AGENTS: the bin folder of a Python environment that has them

Each runs with no turn, which is its start, and with all of them, in turn with the others; the medians are told, and the
largest resident memory of one of its processes.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TURNS = 50
ROUNDS = 5
HERE = pathlib.Path(__file__).parent


def model(turns):
    server = subprocess.Popen([sys.executable, HERE / "model.py", str(turns)], stdout=subprocess.PIPE)
    return server, int(server.stdout.readline())


def measured(command, environment, folder):
    """Seconds, and KiB of the largest process."""
    with open(folder / "log", "w") as log:
        start = time.monotonic()
        pid = os.posix_spawnp(
            command[0], [str(word) for word in command], environment,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2),
            ])
        _, status, usage = os.wait4(pid, 0)
        seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"{command[0]} failed:\n{(folder / 'log').read_text()[-2000:]}")
    return seconds, usage.ru_maxrss


def agents(pi_runner, bin_folder, port, folder):
    """Name, command and environment of each."""
    home = folder / "home"
    (home / "pi-runner").mkdir(parents=True, exist_ok=True)
    (home / "pi-runner/settings.yaml").write_text("ids: {from: 1200000, count: 10000}\n")
    plain = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "TERM": "dumb"}
    yield "pi-runner run", [
        pi_runner, "run", "--no-session", "--base-url", f"http://127.0.0.1:{port}/pi/v1",
        "--api", "openai-completions", "-m", "m", "do the task",
    ], plain | {"XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
    yield "mini-swe-agent", [
        f"{bin_folder}/mini", "-y", "--exit-immediately", "-l", "0", "-m", "openai/m", "-t", "do the task",
        "-o", folder / "trajectory.json",
    ], plain | {
        "OPENAI_API_KEY": "none", "OPENAI_API_BASE": f"http://127.0.0.1:{port}/mini/v1",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/mini/v1", "MSWEA_CONFIGURED": "true",
        "MSWEA_COST_TRACKING": "ignore_errors", "MSWEA_SILENT_STARTUP": "1",
    }


def main():
    pi_runner, bin_folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    seconds, memory = {}, {}
    servers = {turns: model(turns) for turns in (0, TURNS)}
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "work").mkdir()
            os.chdir(folder / "work")
            # The first is to warm up.
            for round_number in range(ROUNDS + 1):
                for turns, (_, port) in servers.items():
                    for who, command, environment in agents(pi_runner, bin_folder, port, folder):
                        took, kib = measured(command, environment, folder)
                        if round_number > 0:
                            seconds.setdefault((who, turns), []).append(took)
                            memory[who] = max(memory.get(who, 0), kib)
    finally:
        for server, _ in servers.values():
            server.kill()
            server.wait()
    print(f"{'agent':18}{'start and end':>16}{'a turn':>12}{'memory':>12}")
    for who in memory:
        start = statistics.median(seconds[who, 0])
        turn = (statistics.median(seconds[who, TURNS]) - start) / TURNS
        print(f"{who:18}{start * 1e3:13.1f} ms{turn * 1e3:9.2f} ms{memory[who] / 1024:8.1f} MiB")


main()
