"""How a figure is taken: programs run, in turn with their anchor, medians."""

import re
import signal
import socket
import statistics
import subprocess
import sys
import time


class Skipped(Exception):
    """What a figure needs is not on this machine."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(*command, **options):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def wait_for(port, what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as s:
            s.settimeout(1)
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"bench: {what} does not listen on port {port} after {seconds} s")


class Process:
    """A program of ours or an anchor's, ended with the benchmark."""

    def __init__(self, *command, **options):
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)

    def __enter__(self):
        return self.process

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def wrk_rate(*arguments):
    text = run("wrk", *arguments)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", text)
    if bad:
        sys.exit(f"bench: wrk saw errors, the figure would mean nothing:\n{text}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def in_turn(rounds, ours, anchor):
    """One unmeasured round warms both; then ours and the anchor take turns, so that drift hits both alike."""
    ours(), anchor()
    a, b = [], []
    for _ in range(rounds):
        a.append(ours())
        b.append(anchor())
    return statistics.median(a), statistics.median(b)


def medians_in_turn(rounds, *figures):
    """The same with several anchors."""
    for figure in figures:
        figure()
    taken = [[figure() for figure in figures] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*taken)]


def seconds_of(*command, **options):
    begin = time.perf_counter()
    run(*command, **options)
    return time.perf_counter() - begin
