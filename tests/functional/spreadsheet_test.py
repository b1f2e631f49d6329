"""Lists opened by their address as Excel, Power BI and LibreOffice open them: no Accept, no paging, Basic only."""
import base64
import csv
import http.server
import io
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

from lmsd import Lmsd, sanitized

LEARNERS = "/api/v1/organizations/demo/records/learners"
COUNT = 2_345
NAME = 'Ёлкина "Анна", первая; вторая'


class Spreadsheet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({"modules.load": ""}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_organization("demo")
        for begin in range(0, COUNT, 500):
            answer = cls.server.post("/api/v1/organizations/demo/records", {"source": "lms", "records": [
                {"kind": "learners", "externalId": f"l{i}", "lastName": NAME, "firstName": f"№{i}"} for i in range(begin, min(begin + 500, COUNT))]})
            assert answer.status == 200, answer
        cls.token = cls.server.create_token("excel", {"demo": "viewer"}, scopes=("read",))
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="lmsd-sheets-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)

    def curl(self, path, *options):
        return subprocess.run(["curl", "-sS", "--noproxy", "*", *options, self.server.url + path], capture_output=True,
                              check=True, timeout=120).stdout

    def check(self, rows):
        self.assertEqual(len(rows), COUNT)
        self.assertEqual([row["externalId"] for row in rows], [f"l{i}" for i in range(COUNT)])

    def test_curl_with_basic_gets_the_whole_list(self):
        text = self.curl(LEARNERS + "?format=csv", "--user", f"excel:{self.token}")
        self.assertTrue(text.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
        self.check(rows)
        self.assertEqual({row["lastName"] for row in rows}, {NAME})

    def test_a_filter_and_a_page_stay(self):
        one = self.curl(LEARNERS + "?format=csv&externalId=l7&source=lms", "--user", f"x:{self.token}").decode("utf-8-sig")
        self.assertEqual([row["externalId"] for row in csv.DictReader(io.StringIO(one, newline=""))], ["l7"])
        page = self.curl(LEARNERS + "?format=csv&limit=3", "--user", f"x:{self.token}").decode("utf-8-sig")
        self.assertEqual(len(list(csv.DictReader(io.StringIO(page, newline="")))), 3)

    def test_who_has_no_token_is_asked_for_it(self):
        answer = self.server.get(LEARNERS + "?format=csv", token=None)
        self.assertEqual((answer.status, answer.headers["www-authenticate"][:5]), (401, "Basic"))
        self.assertEqual(self.server.get(LEARNERS, token=None).headers["www-authenticate"][:6], "Bearer")
        code = self.curl(LEARNERS + "?format=csv", "--user", "excel:wrong", "-o", "/dev/null", "-w", "%{http_code}")
        self.assertEqual(code, b"401")

    def test_every_list_has_it(self):
        document = self.server.json("GET", "/api/v1/openapi.json")
        lists = 0
        for path, operations in document["paths"].items():
            names = {one["name"] for one in operations.get("get", {}).get("parameters", [])}
            if "cursor" not in names:
                continue
            lists += 1
            self.assertIn("format", names, path)
            if path.count("{") > path.count("{org}"):
                continue  # something of something: the list itself is the same code
            answer = self.server.get(path.replace("{org}", "demo") + "?format=csv")
            self.assertEqual((answer.status, answer.headers["content-type"]), (200, "text/csv; charset=utf-8"), path)
        self.assertGreater(lists, 8)

    def person(self):
        """Who types name and password: LibreOffice without a screen asks nobody and takes none from an address. Everything
        else goes on as it came. Gives the address, and (method, status) of each request."""
        seen, server, token = [], self.server, self.token
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

        class Forward(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                request = urllib.request.Request(server.url + self.path, body or None, method=self.command, headers={
                    name: value for name, value in self.headers.items()
                    if name.lower() not in ("host", "connection", "content-length", "accept-encoding")})
                request.add_header("Authorization", "Basic " + base64.b64encode(f"excel:{token}".encode()).decode())
                try:
                    answer = opener.open(request, timeout=60)
                except urllib.error.HTTPError as error:
                    answer = error
                text = answer.read()
                seen.append((self.command, answer.status))
                self.send_response(answer.status)
                for name in ("Content-Type", "Allow", "DAV"):
                    if answer.headers[name]:
                        self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(text)

            do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = do_LOCK = forward

            def log_message(self, *_):
                pass

        forward = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forward)
        threading.Thread(target=forward.serve_forever, daemon=True).start()
        self.addCleanup(forward.server_close)
        self.addCleanup(forward.shutdown)
        return f"http://127.0.0.1:{forward.server_port}", seen

    @unittest.skipIf(shutil.which("soffice") is None, "skipped: LibreOffice is not installed (packaging/install-packages test)")
    @unittest.skipIf(sanitized(), "a spreadsheet waits for no sanitizer")
    def test_libreoffice_opens_the_address(self):
        address, seen = self.person()
        result = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{self.folder}/profile", "--headless",
             "--infilter=Text - txt - csv (StarCalc):44,34,76,1", "--convert-to", "xlsx", "--outdir", str(self.folder),
             f"{address}{LEARNERS}?format=csv"],
            capture_output=True, text=True, timeout=240, env={**os.environ, "no_proxy": "*"})
        made = [file for file in self.folder.iterdir() if file.name.startswith("learners")]
        self.assertTrue(made, (result.stdout, result.stderr, seen))
        import openpyxl
        sheet = openpyxl.load_workbook(io.BytesIO(made[0].read_bytes())).active
        header = [cell.value for cell in sheet[1]]
        rows = [dict(zip(header, (cell.value for cell in row))) for row in sheet.iter_rows(min_row=2)]
        self.check(rows)
        self.assertEqual({row["lastName"] for row in rows}, {NAME})


if __name__ == "__main__":
    unittest.main()
