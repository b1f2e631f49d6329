"""lmsd as a process: start, readiness, sign-in, health, stopping with work in flight, two at once."""
import http.client
import json
import os
import signal
import socket
import time
import unittest
import urllib.parse

from lmsd import BUILD, Lmsd


class Running(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd().__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_organization("demo")
        cls.password = cls.server.create_user("olga", roles={"demo": "organization-admin"})

    def test_health_has_a_listener_of_its_own(self):
        self.assertNotEqual(self.server.url, self.server.health_url)
        self.assertEqual(self.server.health().json["status"], "ok")
        self.assertEqual(self.server.health("/health/ready").status, 200)

    def test_metrics_are_prometheus_text(self):
        answer = self.server.health("/metrics")

        self.assertTrue(answer.headers["content-type"].startswith("text/plain"))
        self.assertIn("lmsd_database_writes", answer.text)

    def test_the_checks_are_not_told_on_the_public_listener(self):
        self.assertEqual(self.server.get("/health").status, 404)
        self.assertEqual(self.server.get("/health/ready").json, {"status": "ready"})

    def test_the_api_is_not_served_on_the_health_listener(self):
        self.assertEqual(self.server.health("/api/v1/organizations").status, 404)

    def test_the_pages_are_served(self):
        for path in ("/", "/docs"):
            with self.subTest(path):
                answer = self.server.get(path, token=None)
                self.assertEqual(answer.status, 200)
                self.assertTrue(answer.headers["content-type"].startswith("text/html"))

    def sign_in(self):
        answer = self.server.post("/api/v1/session", {"login": "olga", "password": self.password}, token=None)
        self.assertIn(answer.status, (200, 201), answer)
        return answer.cookies[0].split(";")[0], answer.json["csrfToken"]

    def test_a_session_reads_and_with_its_csrf_token_changes(self):
        cookie, csrf = self.sign_in()
        path = "/api/v1/organizations/demo"

        read = self.server.get(path, token=None, headers={"Cookie": cookie})
        change = {key: value for key, value in read.json.items() if key not in ("id", "version")}
        change["fullName"] = "Новое имя"
        without = self.server.put(path, change, etag=read.headers["etag"], token=None, headers={"Cookie": cookie})
        with_it = self.server.put(path, change, etag=read.headers["etag"], token=None,
                                  headers={"Cookie": cookie, "X-CSRF-Token": csrf})

        self.assertEqual(read.status, 200)
        self.assertEqual(without.status, 403, without)
        self.assertEqual(with_it.status, 200, with_it)
        self.assertEqual(self.server.get(path).json["fullName"], "Новое имя")

    def test_a_wrong_password_is_refused(self):
        answer = self.server.post("/api/v1/session", {"login": "olga", "password": "something else"}, token=None)

        self.assertEqual(answer.status, 401)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")

    def test_a_second_server_on_the_same_database_is_refused(self):
        result = self.server.run("--set", "http.port=0", "--set", "health.port=0")

        self.assertEqual(result.returncode, 69, result.stderr)
        self.assertIn(str(self.server.process.pid), result.stderr)

    def test_a_port_that_is_taken_is_told(self):
        port = urllib.parse.urlsplit(self.server.url).port
        with Lmsd(admin=False) as other:
            other.stop()
            result = other.run("--set", f"http.port={port}")

        self.assertEqual(result.returncode, 69, result.stderr)
        self.assertIn(str(port), result.stderr)


class Stopping(unittest.TestCase):
    """The upload of a work is in flight: its head and half of its bytes are sent."""

    SIZE = 100_000

    def begin_upload(self, server):
        parts = urllib.parse.urlsplit(server.url)
        connection = socket.create_connection((parts.hostname, parts.port), timeout=30)
        self.addCleanup(connection.close)
        body = json.dumps({"source": "tests", "records": []}).encode().ljust(self.SIZE)
        connection.sendall(f"POST /api/v1/organizations/demo/records HTTP/1.1\r\nHost: localhost\r\n"
                           f"Authorization: Bearer {server.token}\r\nContent-Type: application/json\r\n"
                           f"Content-Length: {self.SIZE}\r\n\r\n".encode() + body[:self.SIZE // 2])
        # The rest of the gauges is idle: the request is being read once a thread is busy with it.
        self.wait_until(lambda: "lmsd_http_busy_threads 1" in server.health("/metrics").text)
        return connection, body[self.SIZE // 2:]

    def wait_until(self, condition, timeout=20):
        deadline = time.monotonic() + timeout
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it did not come about in time")
            time.sleep(0.01)

    def test_a_request_in_flight_is_answered_before_the_end(self):
        with Lmsd({"server.stop_timeout": "20s"}) as server:
            server.create_organization("demo")
            connection, rest = self.begin_upload(server)

            server.process.send_signal(signal.SIGTERM)
            self.wait_until(lambda: server.health("/health/ready").status == 503)
            connection.sendall(rest)
            answer = http.client.HTTPResponse(connection)
            answer.begin()

            self.assertEqual(answer.status, 200)
            self.assertEqual(server.process.wait(20), 0, server.log())

    def test_a_request_that_never_ends_is_cut_off_at_the_deadline(self):
        with Lmsd({"server.stop_timeout": "300ms"}) as server:
            server.create_organization("demo")
            self.begin_upload(server)

            began = time.monotonic()
            code = server.stop(timeout=20)

            self.assertEqual(code, 0, server.log())
            self.assertLess(time.monotonic() - began, 10)

    def begin_run(self, server, job):
        self.assertEqual(server.post(f"/api/v1/jobs/{job}/runs", {}).status, 202)
        self.wait_until(lambda: server.get(f"/api/v1/jobs/{job}/runs").json["items"][0]["counts"].get("begun") == 1)

    def latest_run(self, server, job):
        return server.get(f"/api/v1/jobs/{job}/runs").json["items"][0]

    def test_a_run_in_flight_is_asked_to_end_and_waited_for(self):
        with Lmsd({"modules.load": "runs-long"}, modules=BUILD / "tests/modules") as server:
            self.begin_run(server, "runs-long.obeys")

            code = server.stop()
            server.start()
            run = self.latest_run(server, "runs-long.obeys")

            self.assertEqual(code, 0, server.log())
            self.assertEqual((run["state"], run["counts"]), ("cancelled", {"begun": 1, "ended": 1}))

    def test_a_run_that_never_ends_does_not_keep_the_process(self):
        with Lmsd({"modules.load": "runs-long", "modules.stop_timeout": "200ms", "server.stop_timeout": "300ms"},
                  modules=BUILD / "tests/modules") as server:
            self.begin_run(server, "runs-long.ignores")

            code = server.stop(timeout=20)
            server.start()

            self.assertEqual(code, 70, server.log())
            self.assertEqual(self.latest_run(server, "runs-long.ignores")["state"], "interrupted")

    def test_systemd_is_told(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            server = Lmsd()
            self.addCleanup(server.__exit__)
            path = str(server.directory / "notify")
            notify.bind(path)
            notify.settimeout(20)
            server.environment["NOTIFY_SOCKET"] = path
            server.start()

            self.assertIn(b"READY=1", notify.recv(1000))
            self.assertEqual(server.stop(), 0)
            self.assertIn(b"STOPPING=1", notify.recv(1000))

    def test_sigint_stops_as_well(self):
        with Lmsd() as server:
            server.process.send_signal(signal.SIGINT)

            self.assertEqual(server.process.wait(20), 0)

    def test_what_was_committed_outlives_a_kill(self):
        with Lmsd() as server:
            server.create_organization("demo")
            server.kill()
            server.start()

            self.assertEqual(server.get("/api/v1/organizations/demo").status, 200)


if __name__ == "__main__":
    unittest.main()
