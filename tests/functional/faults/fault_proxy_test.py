"""Every fault of the fault proxy, as a plain client and the server behind it see it."""
import http.server
import json
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from fault_proxy import FaultProxy


class Recording(http.server.BaseHTTPRequestHandler):
    """Keeps what came whole, and answers with JSON."""

    protocol_version = "HTTP/1.1"
    seen = []
    broken = []

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        (self.seen if len(body) == length else self.broken).append((self.command, self.path, body, dict(self.headers)))
        text = json.dumps({"got": len(body), "to": self.path}).encode()
        if self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n0\r\n\r\n")
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_HEAD = answer

    def log_message(self, *_):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # a client that breaks off is what is tested


class Client:
    """One connection, byte by byte."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)

    def send(self, body=b"", method="POST", path="/store", headers=""):
        self.socket.sendall(f"{method} {path} HTTP/1.1\r\nHost: client.example\r\n{headers}"
                            f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return self

    def read(self, size):
        """`size` bytes, or fewer at the end of the connection."""
        data = b""
        while len(data) < size and (piece := self.socket.recv(size - len(data))):
            data += piece
        return data

    def answer(self, head_only=False):
        """(status, headers, body) as the head says; the body is shorter when the connection ends."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.socket.recv(1)
            if not byte:
                raise AssertionError(f"the connection ended after {head!r}")
            head += byte
        first, *lines = head.decode().strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        return int(first.split()[1]), headers, b"" if head_only else self.read(int(headers.get("content-length", 0)))


class Faults(unittest.TestCase):
    def setUp(self):
        Recording.seen, Recording.broken = [], []
        self.server = QuietServer(("127.0.0.1", 0), Recording)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.proxy = FaultProxy(f"http://127.0.0.1:{self.server.server_port}/").__enter__()
        self.addCleanup(self.proxy.__exit__)

    def client(self):
        client = Client(self.proxy.port)
        self.addCleanup(client.socket.close)
        return client

    def whole(self):
        return [body for _, _, body, _ in Recording.seen]

    def last(self):
        return self.proxy.log()[-1]

    def assert_reset(self, client, size=1):
        with self.assertRaises(ConnectionResetError):
            client.read(size)

    def test_requests_of_one_connection_are_forwarded_and_counted(self):
        client = self.client()
        for number in range(3):
            status, _, body = client.send(b"x" * number, path=f"/{number}").answer()
            self.assertEqual((status, json.loads(body)), (200, {"got": number, "to": f"/{number}"}))
        self.assertEqual(client.send(method="HEAD").answer(head_only=True)[2], b"")
        self.assertEqual(client.send(method="GET", path="/chunked").answer()[2], b"hello")
        self.assertEqual([(e["n"], e["connection"], e["method"], e["fault"], e["upstream"]) for e in self.proxy.log()],
                         [(n + 1, 1, m, "pass", 200) for n, m in enumerate(["POST", "POST", "POST", "HEAD", "GET"])])

    def test_the_signed_host_and_a_chunked_body_arrive(self):
        self.client().socket.sendall(b"PUT /a HTTP/1.1\r\nHost: client.example\r\nX-No: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                     b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        self.assertTrue(self.proxy.wait("answered"))
        method, _, body, headers = Recording.seen[0]
        self.assertEqual((method, body, headers["Host"], headers["X-No"]), ("PUT", b"abcde", "client.example", "1"))

    def test_a_header_is_taken_out(self):
        self.proxy.rule("pass", without=["X-Api-Version"])
        self.client().send(headers="X-Api-Version: 1\r\n").answer()
        self.assertNotIn("X-Api-Version", Recording.seen[0][3])

    def test_delays(self):
        for fault in ("delay-request", "delay-answer"):
            self.proxy.rule(fault, ms=150, times=1)
            begun = time.monotonic()
            self.assertEqual(self.client().send().answer()[0], 200)
            self.assertGreaterEqual(time.monotonic() - begun, 0.15)

    def test_a_reset_at_connect(self):
        self.proxy.rule("reset-connect", times=1)
        with self.assertRaises(ConnectionError):
            self.client().send().answer()
        self.assertEqual(self.whole(), [])
        self.assertEqual(self.client().send().answer()[0], 200)

    def test_a_reset_in_the_middle_of_a_request_forwards_nothing(self):
        self.proxy.rule("reset-request", after=100)
        client = self.client()
        client.socket.sendall(b"POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n" + b"x" * 200)
        self.assert_reset(client)
        self.assert_reset(self.client().send(b"x" * 10))
        self.assert_reset(self.client().send(method="GET"))
        self.assertEqual((self.whole(), Recording.broken, self.last()["forwarded"]), ([], [], False))

    def test_a_request_that_is_cut_arrives_in_part(self):
        self.proxy.rule("cut-request", after=100)
        self.assert_reset(self.client().send(b"x" * 1000))
        deadline = time.monotonic() + 10
        while not Recording.broken and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(([len(b) for _, _, b, _ in Recording.broken], self.whole()), ([100], []))

    def test_a_request_is_never_forwarded_whole_by_a_cut(self):
        self.proxy.rule("cut-request", after=5000)
        self.assert_reset(self.client().send(b"x" * 1000))
        self.assertEqual((self.whole(), self.last()["forwarded"]), ([], "partly"))
        with socket.create_server(("127.0.0.1", 0)) as listener, \
                FaultProxy(f"http://127.0.0.1:{listener.getsockname()[1]}") as proxy:
            proxy.rule("cut-request")
            client = Client(proxy.port).send(method="GET")
            upstream = listener.accept()[0]
            head = b""
            while piece := upstream.recv(1000):
                head += piece
            self.assertTrue(head.startswith(b"GET /store"))
            self.assertNotIn(b"\r\n\r\n", head)
            self.assert_reset(client)
            upstream.close()
            client.socket.close()

    def test_a_lost_answer_was_stored(self):
        self.proxy.rule("lose-answer", method="POST", path="^/store", skip=1, times=1)
        client = self.client()
        self.assertEqual(client.send(b"one").answer()[0], 200)
        self.assertEqual(client.send(b"get", method="GET").answer()[0], 200)
        self.assert_reset(client.send(b"two"))
        self.assertEqual(self.whole(), [b"one", b"get", b"two"])
        self.assertEqual({k: self.last()[k] for k in ("fault", "forwarded", "upstream", "status", "delivered")},
                         {"fault": "lose-answer", "forwarded": True, "upstream": 200, "status": None, "delivered": 0})
        self.assertEqual(self.client().send(b"three").answer()[0], 200)

    def test_an_answer_broken_off(self):
        self.proxy.rule("cut-answer", after=25, times=1)
        self.assertEqual(self.client().send().read(1000)[:15], b"HTTP/1.1 200 OK")
        self.assertEqual(self.last()["delivered"], 25)
        self.proxy.rule("reset-answer", after=25)
        self.assert_reset(self.client().send(), 1000)
        self.assertEqual(self.last()["delivered"], 25)

    def test_a_status_of_its_own_with_headers(self):
        self.proxy.rule("status", status=429, headers={"Retry-After": "7"}, body='{"a":1}', type="application/json", times=1)
        client = self.client()
        status, headers, body = client.send(b"x").answer()
        self.assertEqual((status, headers["retry-after"], body), (429, "7", b'{"a":1}'))
        self.assertEqual(self.whole(), [])
        self.proxy.rule("status", status=504, forward=True)
        self.assertEqual(client.send(b"y").answer()[0], 504)
        self.assertEqual((self.whole(), self.last()["upstream"]), ([b"y"], 200))

    def test_somebody_elses_page(self):
        for status in (200, 502):
            self.proxy.clear()
            self.proxy.rule("html", status=status)
            got, headers, body = self.client().send().answer()
            self.assertEqual((got, headers["content-type"]), (status, "text/html; charset=utf-8"))
            self.assertIn("Примите условия", body.decode())
        self.assertEqual(self.whole(), [])

    def test_an_answer_byte_by_byte(self):
        self.proxy.rule("slow-answer", bytes=10, ms=5)
        begun = time.monotonic()
        client = self.client()
        for size in (1, 2):  # the second at once on the same connection
            self.assertEqual(json.loads(client.send(b"x" * size).answer()[2])["got"], size)
        self.assertGreater(time.monotonic() - begun, 5 / 1000 * self.last()["delivered"] / 10 * 0.9)

    def test_a_stall_ends_with_the_client_or_its_time(self):
        self.proxy.rule("stall", times=1)
        client = self.client()
        client.send(b"x").socket.settimeout(0.1)
        with self.assertRaises(TimeoutError):
            client.read(1)
        client.socket.close()
        self.proxy.rule("stall", ms=50, forward=True)
        self.assert_reset(self.client().send(b"y"))
        self.assertEqual(self.whole(), [b"y"])
        self.assertTrue(all(entry["done"] for entry in self.proxy.log()))

    def test_half_of_the_json_with_the_length_of_that_half(self):
        self.proxy.rule("truncate-json")
        status, headers, body = self.client().send().answer()
        self.assertEqual((status, int(headers["content-length"])), (200, len(body)))
        with self.assertRaises(ValueError):
            json.loads(body)

    def test_a_length_that_is_wrong(self):
        self.proxy.rule("wrong-length", by=16, times=1)
        _, headers, body = self.client().send().answer()
        self.assertEqual(int(headers["content-length"]), len(body) + 16)
        self.proxy.rule("wrong-length", by=-3)
        client = self.client()
        _, headers, body = client.send().answer()
        self.assertEqual(client.read(100), json.dumps({"got": 0, "to": "/store"}).encode()[-3:])

    def test_a_repeating_proxy(self):
        self.proxy.rule("twice")
        self.assertEqual(self.client().send(b"once").answer()[0], 200)
        self.assertEqual(self.whole(), [b"once", b"once"])

    def test_a_held_answer_comes_when_it_is_let_go(self):
        self.proxy.rule("hold")
        client = self.client().send(b"x")
        self.assertTrue(self.proxy.wait("forwarded"))
        client.socket.settimeout(0.1)
        with self.assertRaises(TimeoutError):
            client.read(1)
        self.proxy.clear()
        client.socket.settimeout(10)
        self.assertEqual(client.answer()[0], 200)

    def test_only_what_is_large_is_refused(self):
        self.proxy.rule("status", status=413, least=100)
        client = self.client()
        self.assertEqual([client.send(b"x" * size).answer()[0] for size in (99, 100, 101)], [200, 413, 413])

    def test_another_server_behind_it(self):
        other = QuietServer(("127.0.0.1", 0), Recording)
        threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.addCleanup(other.server_close)
        self.addCleanup(other.shutdown)
        self.server.server_close()
        self.proxy.forward_to(f"http://127.0.0.1:{other.server_port}")
        self.assertEqual(self.client().send(b"x").answer()[0], 200)

    def test_nobody_listens(self):
        self.proxy.listen(False)
        with self.assertRaises(ConnectionRefusedError):
            self.client()
        self.proxy.listen(True)
        self.assertEqual(self.client().send().answer()[0], 200)

    def test_a_server_that_is_gone_is_a_broken_connection(self):
        with FaultProxy("http://127.0.0.1:1/") as proxy:
            client = Client(proxy.port)
            self.addCleanup(client.socket.close)
            self.assert_reset(client.send())
            self.assertIn("Connect call failed", proxy.log()[0]["upstream"])

    def test_a_kill_falls_on_its_moment(self):
        for moment, stored, answered in (("received", [], False), ("forwarded", [b"x"], False), ("answered", [b"x"], True)):
            Recording.seen = []
            self.proxy.clear()
            with subprocess.Popen(["sleep", "60"]) as victim:
                self.proxy.rule("lose-answer" if moment == "forwarded" else "pass" if answered else "status",
                                kill=victim.pid, killAt=moment, times=1)
                try:
                    self.client().send(b"x").answer()
                except ConnectionError:
                    self.assertFalse(answered)
                self.assertEqual(victim.wait(10), -signal.SIGKILL)
            self.assertEqual((self.whole(), self.last()["killed"]), (stored, moment))

    def test_a_seed_gives_the_same_faults_again(self):
        rates = {"status": 0.3, "html": 0.2, "cut-answer": 0.2}
        runs = []
        for seed in (7, 7, 8):
            self.proxy.clear()
            self.proxy.random(seed, rates, method="POST", options={"status": {"status": 503}, "cut-answer": {"after": 100}})
            before = len(self.proxy.log())
            for _ in range(40):
                self.client().send(b"x").read(5)
            runs.append([entry["fault"] for entry in self.proxy.log(before)])
            self.assertEqual(self.client().send(method="GET").answer()[0], 200)
        self.assertEqual(runs[0], runs[1])
        self.assertNotEqual(runs[0], runs[2])
        self.assertEqual(set(runs[0]), {"pass", *rates})

    def test_bodies_and_log_are_kept_on_disk(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            with FaultProxy(f"http://127.0.0.1:{self.server.server_port}", folder / "log", folder) as proxy:
                client = Client(proxy.port)
                client.send(b"first").answer()
                client.send(b"second").answer()
                client.socket.close()
            self.assertEqual((folder / "2").read_bytes(), b"second")
            self.assertEqual([json.loads(line)["n"] for line in (folder / "log").read_text().splitlines()], [1, 2])

    def test_a_wrong_command_is_told(self):
        with self.assertRaisesRegex(ValueError, "there is no fault 'lose'"):
            self.proxy.rule("lose")
        with self.assertRaisesRegex(ValueError, "there is no command 'dance'"):
            self.proxy.ask("dance")


if __name__ == "__main__":
    unittest.main()
