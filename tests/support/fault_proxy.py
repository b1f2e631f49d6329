"""The fault proxy (fault_proxy_server.py says what it can do) as tests use it. Standard library only.

    with FaultProxy(lrs["endpoint"]) as proxy:
        proxy.url("/xAPI/")                                # what the client under test is given
        proxy.rule("lose-answer", method="POST", times=1)  # the next POST is stored, and its answer never comes
        proxy.random(7, {"lose-answer": 0.1}, method="POST")
        proxy.log()                                        # what it did with every request
"""
import json
import pathlib
import subprocess
import sys
import threading

PROGRAM = pathlib.Path(__file__).resolve().parent / "fault_proxy_server.py"


class FaultProxy:
    """Thread-safe. `log`: a file; `bodies`: a folder for the bodies of requests."""

    def __init__(self, upstream, log=None, bodies=None):
        self.arguments = ["--upstream", upstream, *(["--log", str(log)] if log else []),
                          *(["--bodies", str(bodies)] if bodies else [])]
        self.mutex = threading.Lock()

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-B", PROGRAM, *self.arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.process.stdout.readline())["port"]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    def ask(self, do, **more):
        with self.mutex:
            self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def rule(self, fault, **options):
        self.ask("rule", fault=fault, **options)

    def random(self, seed, rates, **options):
        self.ask("random", seed=seed, rates=rates, **options)

    def clear(self):
        self.ask("clear")

    def listen(self, on):
        self.ask("listen", on=on)

    def forward_to(self, upstream):
        self.ask("upstream", to=upstream)

    def wait(self, event, count=1, seconds=30):
        """True once `event` has happened `count` times in all."""
        return self.ask("wait", event=event, count=count, seconds=seconds)["reached"]

    def log(self, since=0):
        return self.ask("log", since=since)["entries"]

    def events(self):
        return self.ask("log", since=1 << 40)["events"]
