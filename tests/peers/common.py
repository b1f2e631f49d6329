"""What the scripts that start and stop real counterparts share: free ports, processes known by pid, waiting."""

import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
STATE = "peer.json"


class PeerError(RuntimeError):
    """What failed, on what, and what to do: shown to a person as it is."""


def free_ports(count):
    """Below the range that the system gives to outgoing connections: one of those could take a port that a counterpart
    will only listen on seconds later."""
    ports = []
    while len(ports) < count:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in ports:
            ports.append(port)
    return ports


def free_port():
    return free_ports(1)[0]


def cache_folder(name):
    base = os.environ.get("LMSD_CACHE") or os.path.join(os.path.expanduser("~"), ".cache", "lmsd")
    folder = pathlib.Path(base) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tail(path, lines=20):
    try:
        return "\n".join(pathlib.Path(path).read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def spawn(argv, log, **kwargs):
    """Starts a process of its own session, which outlives the script; its output goes to `log`."""
    with open(log, "ab") as out:
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **kwargs)


def wait_until(ready, process, log, seconds, what):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise PeerError(f"{what} ended with code {process.returncode}; its log {log} ends with:\n{tail(log)}")
        if ready():
            return
        time.sleep(0.1)
    raise PeerError(f"{what} did not answer within {seconds} s; its log {log} ends with:\n{tail(log)}")


def started(pid):
    """The process's start time: a pid alone may have been given to somebody else since."""
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text.rsplit(")", 1)[1].split()[19]


def is_running(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def end(pids, signals, seconds=10):
    """Ends processes that we started, by pid and start time."""
    ours = [(int(pid), start) for pid, start in pids.items() if started(pid) == start]
    for number in signals:
        for pid, start in ours:
            if started(pid) == start:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for pid, _ in ours:
                try:
                    os.waitpid(pid, os.WNOHANG)  # when it is a child of this very process
                except OSError:
                    pass
            ours = [(pid, start) for pid, start in ours if started(pid) == start and is_running(pid)]
            if not ours:
                return
            time.sleep(0.05)


def save_state(folder, pids, answer):
    state = {"pids": {str(pid): started(pid) for pid in pids}, "answer": answer}
    pathlib.Path(folder, STATE).write_text(json.dumps(state))


def load_state(folder):
    try:
        return json.loads(pathlib.Path(folder, STATE).read_text())
    except (OSError, ValueError):
        return None


def stop(folder, at_once=False):
    state = load_state(folder)
    if state is None:
        return
    end(state["pids"], (signal.SIGKILL,) if at_once else (signal.SIGTERM, signal.SIGKILL))
    pathlib.Path(folder, STATE).unlink(missing_ok=True)


def main(name, start, describe, after_stop=lambda folder: None, at_once=False):
    """`NAME start DIR [options]`: prints one JSON object when the counterpart answers. `NAME stop DIR`."""
    if len(sys.argv) < 3 or sys.argv[1] not in ("start", "stop"):
        print(f"usage: {name} start DIR {describe}\n       {name} stop DIR", file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[2]).resolve()
    if sys.argv[1] == "stop":
        stop(folder, at_once)
        after_stop(folder)
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    state = load_state(folder)
    if state and all(started(pid) == start_time for pid, start_time in state["pids"].items()):
        print(json.dumps(state["answer"]))
        return 0
    try:
        print(json.dumps(start(folder, sys.argv[3:])))
        return 0
    except PeerError as error:
        stop(folder, at_once)  # the logs stay for whoever looks
        print(f"{name}: {error}", file=sys.stderr)
        return 1
