"""Many clients at once while a night goes on, and ten thousand that say nothing or little. LMSD_FULL=1: a whole minute
of load; else some seconds. What is told is printed; only errors and growth fail the test."""
import asyncio
import os
import resource
import socket
import statistics
import threading
import time
import unittest
import urllib.parse

from lmsd import Lmsd
from nights import SETTINGS, Organization

FULL = os.environ.get("LMSD_FULL") == "1"
SECONDS = 60 if FULL else 8
CLIENTS = 200
IDLE = 10_000


class Client:
    """One connection that is kept, as a platform's would be."""

    def __init__(self, server, token):
        parts = urllib.parse.urlsplit(server.url)
        self.address = (parts.hostname, parts.port)
        self.token = token
        self.reader = self.writer = None

    def close(self):
        if self.writer:
            self.writer.close()
        self.writer = None

    async def get(self, path):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(*self.address)
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: lms\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        if headers.get("transfer-encoding") == "chunked":
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readexactly(2)
        else:
            await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1])


class Load(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({**SETTINGS, "http.max_connections": 16_000, "http.max_connections_per_address": 16_000,
                           "http.access_log": "false"}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")

    def nights(self, ended, counts):
        """One night after another, until `ended`."""
        while not ended.is_set():
            run = self.demo.run({"only": ("tables", "xapi-files", "readiness")[len(counts) % 3]})
            counts.append(run["state"])

    def test_two_hundred_clients_see_no_error_while_nights_go_on(self):
        base = self.demo.u2035
        paths = [f"{base}/runs?limit=20", f"{base}/unsendable?limit=50", f"{base}/readiness?limit=50",
                 f"{base}/statements?limit=50", f"{base}/integrations", f"{base}/integrations/bas",
                 "/api/v1/organizations/demo/records/learners?limit=20", "/api/v1/server"]
        times, statuses, memory, counts = [], {}, [], []

        async def client(number, until):
            one = Client(self.server, self.demo.token)
            i = number
            while time.monotonic() < until:
                begun = time.monotonic()
                status = await one.get(paths[i % len(paths)])
                times.append(time.monotonic() - begun)
                statuses[status] = statuses.get(status, 0) + 1
                i += 1
            one.close()

        async def watch(until):
            while time.monotonic() < until:
                await asyncio.sleep(SECONDS / 20)
                memory.append(self.server.memory_kib("VmRSS"))

        async def load():
            until = time.monotonic() + SECONDS
            await asyncio.gather(watch(until), *(client(number, until) for number in range(CLIENTS)))

        ended = threading.Event()
        night = threading.Thread(target=self.nights, args=(ended, counts))
        night.start()
        try:
            asyncio.run(load())
        finally:
            ended.set()
            night.join()
        times.sort()
        print(f"\n{len(times)} requests in {SECONDS} s beside {len(counts)} nights: median "
              f"{statistics.median(times) * 1000:.1f} ms, p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms, longest "
              f"{times[-1] * 1000:.0f} ms; memory {memory[len(memory) // 4] // 1024} -> {memory[-1] // 1024} MiB")
        self.assertEqual(set(statuses), {200}, statuses)
        self.assertGreater(len(counts), 0)
        self.assertEqual(set(counts), {"done"})
        # The first quarter warms caches and pools up; after it nothing may grow with the number of requests.
        self.assertLess(memory[-1], memory[len(memory) // 4] * 1.25 + 16 * 1024)

    def test_ten_thousand_idle_and_slow_clients_do_not_stop_the_others(self):
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        if limit[1] < IDLE + 2_000:
            self.skipTest(f"this system allows {limit[1]} open files; the test needs {IDLE + 2_000}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit[1], limit[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, limit)
        parts = urllib.parse.urlsplit(self.server.url)
        crowd = []
        self.addCleanup(lambda: [one.close() for one in crowd])
        longest = 0.0

        def others():
            nonlocal longest
            for ask in (self.server.health, lambda: self.server.get(f"{self.demo.u2035}/runs?limit=1")):
                begun = time.monotonic()
                self.assertEqual(ask().status, 200)
                longest = max(longest, time.monotonic() - begun)

        for number in range(IDLE):
            one = socket.create_connection((parts.hostname, parts.port), timeout=10)
            if number % 2:
                one.sendall(b"GET /api/v1/server HTTP/1.1\r\nX-Slow: ")
            crowd.append(one)
            if number % 500 == 499:
                others()
        for _ in range(3):
            for number, one in enumerate(crowd):
                if number % 2:
                    try:
                        one.sendall(b"a")
                    except OSError:
                        pass  # the server has had enough of it
            others()
        print(f"\n{len(crowd)} idle and slow connections: the longest answer to others took {longest * 1000:.0f} ms; "
              f"{self.server.memory_kib('VmRSS') // 1024} MiB")
        self.assertLess(longest, 10)


if __name__ == "__main__":
    unittest.main()
