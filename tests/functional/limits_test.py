"""Everything a stranger can make large is refused in time, with an answer that says so, by a server that goes on."""
import concurrent.futures
import http.client
import io
import json
import re
import socket
import threading
import time
import unittest
import urllib.parse
import zipfile

from lmsd import Lmsd
from nights import SETTINGS, Organization

VALUES = {"project": "bas", "kind": "test-access", "element": "assessment-results", "n": "2", "profile": "bas",
          "job": "u2035.nightly", "name": "x.csv", "login": "nobody", "org": "demo"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def address(path):
    return re.sub(r"\{(\w+)\}", lambda part: VALUES.get(part[1], "1"), path)


def workbook(sheet, extra=()):
    """An XLSX whose one sheet is made of the pieces of `sheet`, deflated; `extra`: more parts, (name, pieces)."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                               '<Default Extension="xml" ContentType="application/xml"/>'
                               '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
                               '.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                       'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                           'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
                           '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                                      '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                                      'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, pieces in (("xl/worksheets/sheet1.xml", sheet), *extra):
            with archive.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece)
    return out.getvalue()


def sheet_of(rows):
    yield b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    yield from rows
    yield b"</sheetData></worksheet>"


class Redirecting:
    """Answers every request with a redirect to a port of this machine."""

    def __init__(self, inside):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.seen = 0
        self.answer = (f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{inside}/\r\n"
                       "Content-Length: 0\r\nConnection: close\r\n\r\n").encode()
        self.thread = threading.Thread(target=self.serve)

    def serve(self):
        while True:
            connection, _ = self.socket.accept()
            with connection:
                asked = connection.recv(65536)
                if not asked:
                    return
                self.seen += 1
                connection.sendall(self.answer)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        socket.create_connection(("127.0.0.1", self.port)).close()  # the end of its work
        self.thread.join()
        self.socket.close()


class Limits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd(SETTINGS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_project()
        cls.server.create_organization("demo", projects="bas", participation="bas")
        cls.demo = Organization(cls.server, "demo")
        # Of the organization and of the server: no route refuses it before it reads.
        cls.all = cls.server.create_token("all", roles={"demo": "organization-admin"}, server_admin=True)
        cls.paths = cls.server.json("GET", "/api/v1/openapi.json", token=None)["paths"]

    def tearDown(self):
        self.assertEqual(self.server.health().status, 200)

    def bodies(self):
        for path, operations in self.paths.items():
            if path.startswith("/in/"):
                continue  # a listening connection takes its own token alone: listening_test is hostile to it
            for method, operation in operations.items():
                content = operation.get("requestBody", {}).get("content", {})
                if "application/json" in content:
                    largest = re.search(r"larger than (\d+) bytes", operation["responses"]["413"]["description"])
                    yield method.upper(), path, int(largest[1])

    def send(self, method, path, body):
        return self.server.request(method, address(path), body, token=self.all,
                                   headers={"Content-Type": "application/json", "If-Match": '"1"'})

    # -- JSON ---------------------------------------------------------------------------------------------------

    def test_json_of_any_depth_is_refused_at_every_route_that_takes_json(self):
        asked = 0
        for method, path, largest in self.bodies():
            size = min(largest, 1_000_000) - 16
            with self.subTest(f"{method} {path}"):
                for shape in (b"[" * size, b'{"a":' * (size // 5), b'{"a":' + b"[" * size):
                    answer = self.send(method, path, shape)
                    self.assertIn(answer.status, (400, 404, 409, 412, 422), answer)
                closed = size // 2 - 8
                answer = self.send(method, path, b"[" * closed + b"]" * closed)
                self.assertIn(answer.status, (400, 404, 409, 412, 422), answer)
                asked += 1
        self.assertGreater(asked, 20)

    def test_a_body_beyond_its_limit_is_refused_at_every_route_that_takes_json(self):
        for method, path, largest in self.bodies():
            if largest > 20_000_000:
                continue
            with self.subTest(f"{method} {path}"):
                answer = self.send(method, path, b" " * (largest + 1))
                self.assertIn(answer.status, (413,), answer)

    def test_a_body_said_to_be_endless_is_refused_before_it_is_read(self):
        for path in ("/api/v1/session", "/api/v1/organizations/demo/records"):
            connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.server.url).netloc, timeout=20)
            self.addCleanup(connection.close)
            connection.putrequest("POST", path)
            connection.putheader("Authorization", f"Bearer {self.all}")
            connection.putheader("Content-Type", "application/json")
            connection.putheader("Content-Length", str(10**15))
            connection.endheaders()
            self.assertEqual(connection.getresponse().status, 413)

    # -- the head -----------------------------------------------------------------------------------------------

    def raw(self, text):
        parts = urllib.parse.urlsplit(self.server.url)
        with socket.create_connection((parts.hostname, parts.port), 20) as connection:
            connection.sendall(text.encode())
            return int(connection.recv(64).split()[1])

    def test_heads_have_limits(self):
        target = "/api/v1/server"
        for status, head in {
                200: "".join(f"x-{i}: 1\r\n" for i in range(90)),
                431: "".join(f"x-{i}: 1\r\n" for i in range(3000))}.items():
            self.assertEqual(self.raw(f"GET {target} HTTP/1.1\r\nHost: x\r\n{head}\r\n"), status)
        self.assertEqual(self.raw(f"GET {target} HTTP/1.1\r\nHost: x\r\nx: {'a' * 100_000}\r\n\r\n"), 431)
        self.assertEqual(self.raw(f"GET {target}?{'a' * 9000} HTTP/1.1\r\nHost: x\r\n\r\n"), 414)

    def test_thousands_of_query_parameters_and_huge_cursors_are_read_or_refused(self):
        for path, operations in self.paths.items():
            if "get" not in operations or operations["get"]["x-who"] == "anybody":
                continue
            with self.subTest(path):
                for query in ("a=1&" * 1900, "limit=1&" * 900, "cursor=" + "A" * 7900, "cursor=" + "%5B" * 2500,
                              "cursor=" + "WyI" * 2500, "limit=" + "9" * 7000, "cursor=-1&limit=-1"):
                    answer = self.server.get(f"{address(path)}?{query}", token=self.all)
                    self.assertLess(answer.status, 500, answer)

    # -- files that unfold --------------------------------------------------------------------------------------

    def test_a_workbook_that_unfolds_a_thousandfold_is_refused_and_takes_no_memory(self):
        spaces = [b" " * 1_000_000] * 400
        row = b'<row><c t="inlineStr"><is><t>Unti ID</t></is></c></row>' * 20_000
        bombs = {
            "spaces in a sheet": workbook(sheet_of(spaces)),
            "rows without end": workbook(sheet_of([row] * 400)),
            "one text": workbook(sheet_of([b'<row><c t="inlineStr"><is><t>', *([b"a" * 1_000_000] * 400),
                                           b"</t></is></c></row>"])),
        }
        before = self.server.memory_kib()
        for name, bomb in bombs.items():
            self.assertLess(len(bomb), 2_500_000)
            for path in ("/learners/unti-ids?match=leaderId:Leader", "/learners/unti-ids/columns",
                         "/tables/bas/assessment-results/template"):
                with self.subTest(f"{name}: {path}"):
                    answer = self.server.post(self.demo.u2035 + path, bomb, token=self.all, headers={"Content-Type": XLSX})
                    # Of a template the head is read and no more.
                    if (name, path.rsplit("/", 1)[1]) != ("rows without end", "template"):
                        self.assertIn(answer.status, (400, 413, 422), answer)
                        self.assertTrue(answer.json["detail"])
        self.assertLess(self.server.memory_kib() - before, 300_000, "KiB more than before")

    def test_many_bombs_at_once_do_not_stop_the_others(self):
        bomb = workbook(sheet_of([b" " * 1_000_000] * 400))
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            sent = [pool.submit(self.server.post, self.demo.u2035 + "/learners/unti-ids/columns", bomb, token=self.all,
                                headers={"Content-Type": XLSX}) for _ in range(8)]
            self.assertEqual(self.server.get("/api/v1/server", token=None).status, 200)
            for one in sent:
                self.assertLess(one.result().status, 500)

    # -- where it sends requests itself -------------------------------------------------------------------------

    def test_a_redirect_of_an_address_that_a_person_typed_leads_nowhere(self):
        path = self.demo.u2035 + "/integrations/bas"

        def press(button, body=None):
            etag = self.server.get(path, token=self.demo.token).headers["etag"]
            answer = self.server.post(path + button, body or {}, token=self.demo.token, headers={"If-Match": etag})
            self.assertLess(answer.status, 300, answer)
            return answer.json

        with socket.create_server(("127.0.0.1", 0)) as inside, Redirecting(inside.getsockname()[1]) as outside:
            endpoints = path + "/endpoints"
            self.assertEqual(self.server.put(endpoints, {"test": f"http://127.0.0.1:{outside.port}/xAPI"},
                                             etag=self.server.get(endpoints).headers["etag"]).status, 200)
            press("/open")
            press("/stages/1/continue")
            check = press("/stages/2/check", {"basic": "dXNlcjpwYXNzd29yZA=="})
            while check["state"] == "running":
                time.sleep(0.02)
                check = self.demo.json("GET", f"/integrations/bas/checks/{check['id']}")
            self.assertEqual(check["state"], "failed", check)
            self.assertGreater(outside.seen, 0)
            self.assertIn("302", json.dumps(check))
            inside.settimeout(0.3)
            with self.assertRaises(TimeoutError, msg="the redirect was followed"):
                inside.accept()


if __name__ == "__main__":
    unittest.main()
