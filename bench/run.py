"""Benchmarks against named anchors: every figure is a ratio measured in one run, ours and the anchor in turn."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import sources
from measure import Process, Skipped, free_port, in_turn, medians_in_turn, run, seconds_of, wait_for, wrk_rate


def prepared_tables(context, rows=1_000_000):
    database = os.path.join(context.folder, "results.db")
    program = context.program("bench_tables")
    run(program, "prepare", database, str(rows))
    return program, database


def bench_csv(context):
    folder = context.folder
    program, database = prepared_tables(context)
    query = run(program, "query").strip()
    ours = lambda: seconds_of(program, "write", database, os.path.join(folder, "ours"), "csv")
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


def bench_xlsx(context):
    folder = context.folder
    program, database = prepared_tables(context)
    bare = context.program("bench_xlsx_anchor")
    ours = lambda: seconds_of(program, "write", database, os.path.join(folder, "ours"), "xlsx")
    anchor = lambda: seconds_of(bare, database, os.path.join(folder, "anchor.xlsx"))
    return *in_turn(context.rounds, ours, anchor), "s", "<=", 1.15


def tables_memory(context, kind, allowed):
    """MB by which the process grows while it writes a million rows, against what is allowed."""
    program, database = prepared_tables(context)
    folder = os.path.join(context.folder, "ours")
    grown = [json.loads(run(program, "write", database, folder, kind))["value"] for _ in range(context.rounds)]
    return statistics.median(grown), allowed, "MB", "<=", 1.0


def bench_csv_memory(context):
    return tables_memory(context, "csv", 24)


def bench_xlsx_memory(context):
    return tables_memory(context, "xlsx", 32)


def bench_zip(context):
    program = context.program("bench_zip")
    films = os.path.join(context.folder, "films")
    count, size = 16, 64 * 1024 * 1024
    run(program, "prepare", films, str(count), str(size))

    def rate(which):
        out = os.path.join(context.folder, which + ".zip")
        if os.path.exists(out):
            os.remove(out)  # writing over what is there is another thing than writing anew
        return count * size / 1e6 / seconds_of(program, which, films, out)

    return *in_turn(context.rounds, lambda: rate("ours"), lambda: rate("anchor")), "MB/s", ">=", 0.80


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


def large_file(context, name="large.bin"):
    """1 GiB that nobody can compress, warm in the page cache."""
    path = os.path.join(context.folder, name)
    with open(path, "wb") as f:
        for _ in range(16):
            f.write(os.urandom(64 << 20))
    return path


def bench_s3put(context):
    sink, program, port = context.program("bench_sink"), context.program("bench_s3put"), free_port()
    path = large_file(context)
    with Process(sink, str(port), "0"):
        wait_for(port, "the sink")
        ours = lambda: json.loads(run(program, "put", f"http://127.0.0.1:{port}", path))["value"]
        anchor = lambda: json.loads(run(program, "sha256", path))["value"]
        return *in_turn(context.rounds, ours, anchor), "MB/s", ">=", 0.85


class Gateway:
    """A RADOS Gateway in memory, the tests' own."""

    def __init__(self, context):
        self.folder = os.path.join(context.folder, "radosgw")
        self.script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/peers/radosgw")

    def __enter__(self):
        os.makedirs(self.folder)
        self.answer = json.loads(run(self.script, "start", self.folder))
        return self

    def __exit__(self, *_):
        run(self.script, "stop", self.folder)

    def collect(self):
        """Frees what deleted and replaced objects took: the memory of the gateway is not endless."""
        conf = os.path.join(self.answer["work"], "ceph.conf")
        run("radosgw-admin", "-c", conf, "-n", "client.rgw", "gc", "process", "--include-all")

    def clients(self, context, path):
        """name → command that uploads the file, public, with nothing but its defaults besides."""
        a, folder = self.answer, context.folder
        key = f"{a['bucket']}/bench"
        with open(os.path.join(folder, "s3cfg"), "w") as f:
            f.write(f"[default]\naccess_key = {a['accessKeyId']}\nsecret_key = {a['secretKey']}\nuse_https = False\n"
                    f"host_base = {a['host']}:{a['port']}\nhost_bucket = {a['host']}:{a['port']}\n")
        # Nothing of the caller's own set-up: an authority or a proxy meant for the internet would stop or slow them.
        plain = {k: v for k, v in os.environ.items() if not k.startswith("AWS_") and not k.lower().endswith("_proxy")}
        env = dict(plain, AWS_ACCESS_KEY_ID=a["accessKeyId"], AWS_SECRET_ACCESS_KEY=a["secretKey"], HOME=folder,
                   AWS_DEFAULT_REGION="us-east-1", AWS_EC2_METADATA_DISABLED="true", RCLONE_CONFIG="/dev/null")
        return env, {
            "awscli": ("/usr/bin/aws", "--endpoint-url", a["endpoint"], "s3", "cp", path, f"s3://{key}/awscli",
                       "--acl", "public-read", "--only-show-errors"),
            "s3cmd": ("/usr/bin/s3cmd", "-c", os.path.join(folder, "s3cfg"), "--acl-public", "--no-progress", "put", path,
                      f"s3://{key}/s3cmd"),
            "rclone": ("/usr/bin/rclone", "copyto", path, f":s3:{key}/rclone", "--s3-provider", "Ceph", "--s3-endpoint",
                       a["endpoint"], "--s3-env-auth", "--s3-acl", "public-read", "--s3-no-check-bucket", "--ignore-times"),
        }


def our_upload(context, gateway, path):
    a = gateway.answer
    done = json.loads(run(context.program("bench_upload"), a["endpoint"], a["bucket"], a["accessKeyId"], a["secretKey"], path))
    gateway.collect()
    return done


def bench_upload(context):
    path = large_file(context)
    with Gateway(context) as gateway:
        env, clients = gateway.clients(context, path)

        def theirs(command):
            def once():
                taken = seconds_of(*command, env=env)
                gateway.collect()
                return taken
            return once

        ours, *anchors = medians_in_turn(context.rounds, lambda: our_upload(context, gateway, path)["seconds"],
                                         *map(theirs, clients.values()))
    for name, taken in zip(clients, anchors):
        print(f"           {name} {taken:.2f} s, ours {ours:.2f} s: {taken / ours:.2f} times as long", flush=True)
    return ours, min(anchors), "s", "<=", 0.667


def bench_upload_memory(context):
    path = large_file(context)
    with Gateway(context) as gateway:
        return max(our_upload(context, gateway, path)["memory"] for _ in range(context.rounds)), 32.0, "MB", "<=", 1.0


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


XLSX = """import sys, openpyxl
if sys.argv[1] == "make":
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for i in range(100000):
        sheet.append([100000 + i, 50001, 7001, f"Фамилия{i}", "Имя", f"u{i}@example.org", "Одобрена", i / 8])
    book.save(sys.argv[2])
else:
    rows = size = 0
    for row in openpyxl.load_workbook(sys.argv[2], read_only=True).worksheets[0].iter_rows(values_only=True):
        rows += 1
        size += sum(len(str(value).encode()) for value in row)
    print(rows, size)
"""


def bench_xlsx_read(context):
    program = context.program("bench_xlsx_read")
    file = os.path.join(context.folder, "list.xlsx")
    python = ("/usr/bin/python3", "-c", XLSX)
    run(*python, "make", file)
    ours, anchor = run(program, file).split(), run(*python, "read", file).split()
    if ours[0] != anchor[0]:
        sys.exit(f"bench: ours read {ours[0]} rows, openpyxl {anchor[0]}: the figure would mean nothing")
    return *in_turn(context.rounds, lambda: seconds_of(program, file), lambda: seconds_of(*python, "read", file)), "s", "<=", 0.25


def search(context, what, allowed):
    """Median of five, each in a process of its own that has looked once before."""
    program, database = context.program("bench_search"), os.path.join(context.folder, "search.db")
    run(program, "prepare", database, "100000")
    figure = lambda which: json.loads(run(program, which, database))["value"]
    return *in_turn(context.rounds, lambda: figure(what), lambda: figure("anchor")), "ms", "<=", allowed


def bench_search(context):
    return search(context, "list", 2.0)


def bench_search_groups(context):
    return search(context, "groups", 3.0)


BENCHES = {"csv": bench_csv, "csv-memory": bench_csv_memory, "xlsx": bench_xlsx, "xlsx-memory": bench_xlsx_memory,
           "xlsx-read": bench_xlsx_read,
           "zip": bench_zip, "statement": bench_statement,
           "push": bench_push, "rest": bench_rest,
           "reflections": bench_reflections, "reflections-linear": bench_reflections_linear, "search": bench_search,
           "search-groups": bench_search_groups,
           "s3put": bench_s3put, "upload": bench_upload, "upload-memory": bench_upload_memory}
ANCHORS = {"csv": "sqlite3 -csv, same query, 1M rows", "csv-memory": "allowed growth, 1M rows",
           "xlsx": "bare libxlsxwriter loop, same cells, 1M rows", "xlsx-memory": "allowed growth, 1M rows",
           "xlsx-read": "openpyxl read-only, same file, 100,000 rows",
           "zip": "read, CRC-32, write, fsync of the same media",
           "statement": "Poco::JSON tree, same statement",
           "push": "wrk -c16, same body, 50 ms sink", "rest": "nginx, same bytes from a file",
           "reflections": "xz -6 -T1, same 50,000 texts", "reflections-linear": "ours on a tenth of the texts",
           "search": "SQLite's own LIKE over the ids, same 100,000 rows", "search-groups": "the same",
           "s3put": "EVP SHA-256 alone, same 1 GiB", "upload": "fastest of awscli, s3cmd, rclone, 1 GiB to RADOS Gateway",
           "upload-memory": "what an upload of 1 GiB may take above idle"}

BENCHES |= {name: bench for name, (bench, _) in sources.BENCHES.items()}
ANCHORS |= {name: anchor for name, (_, anchor) in sources.BENCHES.items()}


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
        except Skipped as reason:
            print(f"{name:18} SKIPPED: {reason}", flush=True)
            continue
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
