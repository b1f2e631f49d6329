"""Benchmarks against named anchors: every figure is a ratio measured in one run, ours and the anchor in turn."""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request


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


def seconds_of(*command, **options):
    begin = time.perf_counter()
    run(*command, **options)
    return time.perf_counter() - begin


def bench_csv(context):
    folder = context.folder
    database = os.path.join(folder, "csv.db")
    program = context.program("bench_csv")
    run(program, "prepare", database, "1000000")
    query = run(program, "query").strip()
    ours = lambda: seconds_of(program, "write", database, os.path.join(folder, "ours"))
    def anchor():
        with open(os.path.join(folder, "anchor.csv"), "wb") as out:
            begin = time.perf_counter()
            subprocess.run(["sqlite3", "-csv", database, query], stdout=out, check=True)
            return time.perf_counter() - begin
    return *in_turn(context.rounds, ours, anchor), "s", "<=", 0.75


def reflection_texts(context, count):
    path = os.path.join(context.folder, "reflections.txt")
    run(context.program("bench_reflections"), "prepare", path, str(count))
    return path


def bench_reflections(context):
    """The whole process is timed, the dictionary's loading included."""
    texts = reflection_texts(context, 50_000)
    ours = lambda: seconds_of(context.program("bench_reflections"), "check", texts)
    def anchor():
        begin = time.perf_counter()
        subprocess.run(["xz", "-6", "-T1", "-k", "-c", texts], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begin
    return *in_turn(context.rounds, ours, anchor), "s", "<=", 1.0


def bench_reflections_linear(context):
    """Time per text of ten times as many: ours with 50,000, the anchor ourselves with 5,000."""
    texts = reflection_texts(context, 50_000)
    def per_text(count):
        answer = json.loads(run(context.program("bench_reflections"), "check", texts, str(count)))
        return 1e6 * answer["value"] / answer["texts"]
    return *in_turn(context.rounds, lambda: per_text(50_000), lambda: per_text(5_000)), "us/text", "<=", 1.3


def bench_statement(context):
    program = context.program("bench_statement")
    figure = lambda which: json.loads(run(program, which))["value"]
    return *in_turn(context.rounds, lambda: figure("ours"), lambda: figure("anchor")), "statements/s", ">=", 25


def bench_push(context):
    sink, push = context.program("bench_sink"), context.program("bench_push")
    port, size = free_port(), 120_000
    script = os.path.join(context.folder, "post.lua")
    with open(script, "w") as f:
        f.write(f'wrk.method="POST"\nwrk.body=string.rep("x",{size})\nwrk.headers["Content-Type"]="application/json"\n')
    with Process(sink, str(port), "50"):
        wait_for(port, "the sink")
        url = f"http://127.0.0.1:{port}/statements"
        ours = lambda: json.loads(run(push, url, "16", str(size), "5"))["value"]
        anchor = lambda: wrk_rate("-t2", "-c16", "-d5s", "-s", script, url)
        return *in_turn(context.rounds, ours, anchor), "batches/s", ">=", 0.90


NGINX = """worker_processes 2;
error_log {folder}/nginx-error.log;
pid {folder}/nginx.pid;
daemon off;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  default_type application/json;
  server {{ listen 127.0.0.1:{port}; keepalive_requests 10000000; root {folder}/www; }}
}}
"""


def bench_rest(context):
    folder, nginx_port = context.folder, free_port()
    ready = os.path.join(folder, "ready.json")
    with context.lmsd(ready) as base:
        path = "/api/v1/server"
        with urllib.request.urlopen(base + path) as answer:
            body = answer.read()
        os.makedirs(os.path.join(folder, "www"), exist_ok=True)
        with open(os.path.join(folder, "www", "hello.json"), "wb") as f:
            f.write(body)
        # nginx's workers run under another user: the folder must be open to it
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, "nginx.conf"), "w") as f:
            f.write(NGINX.format(folder=folder, port=nginx_port))
        with Process("/usr/sbin/nginx", "-c", os.path.join(folder, "nginx.conf")):
            wait_for(nginx_port, "nginx")
            rate = lambda url: wrk_rate("-t1", "-c16", "-d4s", url)
            ours = lambda: rate(base + path)
            anchor = lambda: rate(f"http://127.0.0.1:{nginx_port}/hello.json")
            return *in_turn(context.rounds, ours, anchor), "requests/s", ">=", 0.70


BENCHES = {"csv": bench_csv, "statement": bench_statement, "push": bench_push, "rest": bench_rest,
           "reflections": bench_reflections, "reflections-linear": bench_reflections_linear}
ANCHORS = {"csv": "sqlite3 -csv, same query, 1M rows", "statement": "Poco::JSON tree, same statement",
           "push": "wrk -c16, same body, 50 ms sink", "rest": "nginx, same bytes from a file",
           "reflections": "xz -6 -T1, same 50,000 texts", "reflections-linear": "ours on a tenth of the texts"}


class Context:
    def __init__(self, build, rounds, folder):
        self.build, self.rounds, self.folder = build, rounds, folder

    def program(self, name):
        path = os.path.join(self.build, "bin", name)
        if not os.path.exists(path):
            sys.exit(f"bench: {path} is not built")
        return path

    def lmsd(self, ready):
        context = self

        class Server:
            def __enter__(self):
                home = os.path.join(context.folder, "lmsd")
                os.makedirs(home)
                conf = os.path.join(home, "lmsd.conf")
                with open(conf, "w") as f:
                    f.write(f"http.port = 0\nhealth.port = 0\ndatabase.path = {home}/lmsd.db\n"
                            f"log.level = warning\nlog.output = {home}/lmsd.log\n")
                self.process = Process(os.path.join(context.build, "host/app/lmsd"), "--config", conf, "--ready-file", ready)
                self.process.__enter__()
                end = time.monotonic() + 30
                while not (os.path.exists(ready) and os.path.getsize(ready)):
                    if time.monotonic() > end or self.process.process.poll() is not None:
                        sys.exit(f"bench: lmsd does not start; see {home}/lmsd.log")
                    time.sleep(0.05)
                with open(ready) as f:
                    return json.load(f)["url"]

            def __exit__(self, *_):
                self.process.__exit__()

        return Server()


def main():
    parser = argparse.ArgumentParser(prog="bench/run.sh")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(BENCHES))
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    for name in options.names:
        if name not in BENCHES:
            parser.error(f"no benchmark '{name}'; there are: {' '.join(BENCHES)}")

    rows = []
    for name in options.names or BENCHES:
        folder = tempfile.mkdtemp(prefix=f"lmsd-bench-{name}-")
        try:
            ours, anchor, unit, sign, bound = BENCHES[name](Context(options.build, options.rounds, folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        ratio = ours / anchor
        holds = ratio <= bound if sign == "<=" else ratio >= bound
        rows.append({"name": name, "ours": ours, "anchor": anchor, "unit": unit, "ratio": ratio,
                     "goal": f"{sign}{bound}", "holds": holds})
        print(f"{name:18} ours {ours:>12.6g}  anchor {anchor:>12.6g} {unit:13} ratio {ratio:6.2f}  goal {sign}{bound}  "
              f"{'holds' if holds else 'DOES NOT HOLD'}   ({ANCHORS[name]})", flush=True)
    if options.json:
        with open(options.json, "w") as f:
            json.dump(rows, f, indent=1)
            f.write("\n")


if __name__ == "__main__":
    main()
