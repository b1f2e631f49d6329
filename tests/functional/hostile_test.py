"""A hostile client, a careless one, and a server that is killed in the middle of its work."""
import concurrent.futures
import email
import http.client
import socket
import time
import unittest
import urllib.parse

from lmsd import Lmsd
from nights import SETTINGS

GUARDED = {name: value for name, value in SETTINGS.items() if not name.startswith("outbound.")}
BASIC = "dXNlcjpRd2VydHlTZWNyZXQ="  # user:QwertySecret
LEARNERS = "/api/v1/organizations/demo/records/learners"
FILES = "/api/v1/organizations/demo/records/files"
IMPORTS = "/api/v1/organizations/demo/imports"
WIZARD = "/api/v1/organizations/demo/u2035/integrations/bas"


def prepare(server):
    server.create_project()
    server.json("POST", "/api/v1/organizations", {
        "id": "demo", "legalName": "АНО ДПО «Демо»", "fullName": "Демо", "tariff": "professional",
        "participation": ["bas"], "projects": ["bas"], "activityBase": "https://demo.example.org",
        "corporateEmail": "lms@example.org", "responsibleName": "Иванова =?utf-8?B?QmNjOg==?=",
        "responsibleEmail": "ivanova@example.org"})
    return server.create_token("page", roles={"demo": "organization-admin"})


def together(count, call):
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _: call(), range(count)))


class Wizard:
    def __init__(self, server, token):
        self.server = server
        self.token = token

    def etag(self):
        return self.server.get(WIZARD, token=self.token).headers["etag"]

    def post(self, path, body=None, etag=None, **headers):
        return self.server.post(WIZARD + path, body or {}, token=self.token,
                                headers={"If-Match": etag or self.etag(), **headers})

    def to_stage_2(self, endpoint):
        path = WIZARD + "/endpoints"
        answer = self.server.put(path, {"test": endpoint}, etag=self.server.get(path).headers["etag"])
        if answer.status == 200 and self.post("/open").status == 200:
            self.post("/stages/1/continue")
        return answer

    def finished(self, location, seconds=20):
        deadline = time.monotonic() + seconds
        while (check := self.server.json("GET", location, token=self.token))["state"] == "running":
            if time.monotonic() > deadline:
                raise AssertionError(f"the check is still running: {check}")
            time.sleep(0.02)
        return check


class Guarded(unittest.TestCase):
    """As shipped: no private address may be reached."""

    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({**GUARDED, "log.level": "debug"}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.token = prepare(cls.server)
        cls.wizard = Wizard(cls.server, cls.token)

    def test_no_way_of_writing_an_address_leads_inside(self):
        self.addCleanup(self.wizard.post, "/disconnect", {"confirm": True})
        with socket.create_server(("127.0.0.1", 0)) as inside:
            port = inside.getsockname()[1]
            inside.settimeout(0.2)
            for host in ("127.0.0.1", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "0", "[::1]", "[::]",
                         "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "localhost", "LOCALHOST"):
                with self.subTest(host):
                    answer = self.wizard.to_stage_2(f"https://{host}:{port}/xAPI")
                    self.assertIn(answer.status, (200, 422), answer)
                    if answer.status == 422:
                        continue
                    started = self.wizard.post("/stages/2/check", {"basic": BASIC})
                    self.assertEqual(started.status, 202, started)
                    self.assertEqual(self.wizard.finished(started.headers["location"])["state"], "failed")
            with self.assertRaises(TimeoutError, msg="something inside was connected to"):
                inside.accept()

    def test_secrets_are_nowhere_but_where_they_were_sent(self):
        secret = "Zx9QwertySecretOfAll"
        self.server.post("/api/v1/users", {"login": "petr", "password": secret})
        self.server.post("/api/v1/users", {"login": "egor", "password": secret, "unknown": 1})
        self.server.post("/api/v1/session", {"login": "petr", "password": secret}, token=None)
        self.server.post("/api/v1/session", {"login": secret, "password": "petr petr"}, token=None)
        self.server.request("POST", "/api/v1/session", b'{"login":"petr","password":"%s",}' % secret.encode(), token=None,
                            headers={"Content-Type": "application/json"})
        token = self.server.create_token("secret-token", roles={"demo": "viewer"})
        self.server.get(LEARNERS, token=token)
        self.server.get(LEARNERS, token=token + "x")
        self.server.get(f"/api/v1/{secret}?token={secret}")
        self.wizard.post("/stages/2/check", {"basic": secret, "unknown": secret})

        places = {"the log": self.server.log(), "the journal": self.server.get("/api/v1/journal?limit=1000").text,
                  "users": self.server.get("/api/v1/users").text, "tokens": self.server.get("/api/v1/tokens").text,
                  "the wizard": self.server.get(WIZARD, token=self.token).text,
                  "--print-config": self.server.run("--print-config").stdout}
        for file in (self.server.directory / "data").rglob("*"):
            if file.is_file():
                places[file.name] = file.read_bytes().decode("latin-1")
        for place, text in places.items():
            for word in (secret, token):
                self.assertNotIn(word, text, f"a secret is in {place}")

    def test_a_letter_has_no_header_but_its_own(self):
        for kind in ("test-access", "production-access", "storage-access", "sso-test", "sso-production", "support"):
            with self.subTest(kind):
                answer = self.server.get(f"{WIZARD}/letters/{kind}?redirectUri=https://x/&clientId=%7B%7Bx%7D%7D",
                                         token=self.token, headers={"Accept": "message/rfc822"})
                self.assertEqual(answer.status, 200, answer)
                self.assertTrue(answer.headers["content-disposition"].startswith("attachment"))
                letter = email.message_from_bytes(answer.body)
                self.assertLessEqual(set(letter.keys()), {
                    "From", "To", "Subject", "Date", "X-Unsent", "MIME-Version", "Content-Type",
                    "Content-Transfer-Encoding"})
                self.assertEqual(letter["To"].count("@"), 1)

    def test_what_an_organization_is_called_can_not_carry_a_header_or_a_path(self):
        organization = {"legalName": "x", "fullName": "y", "tariff": "basic", "activityBase": "https://x.example.org"}
        for field, values in {"id": ["../x", "a/b", "..", "", "a b", "дом", "a\u0000"],
                              "legalName": ["x\r\nBcc: e@example.org", "x\u0000"],
                              "corporateEmail": ["a@b.ru\r\nBcc: e@e.ru", "a@b.ru, c@d.ru"],
                              "activityBase": ["javascript:alert(1)", "file:///etc/passwd", "https://u:p@h.ru"],
                              "timeZone": ["../../etc/passwd"]}.items():
            for value in values:
                with self.subTest(f"{field}={value!r}"):
                    answer = self.server.post("/api/v1/organizations", {"id": "third", **organization, field: value})
                    self.assertEqual(answer.status, 422, answer)

    def test_a_learners_page_is_never_shown_but_downloaded(self):
        for name, content in (("page.html", b"<html><script>alert(1)</script>"),
                              ("image.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
                              ('a"; filename=x.html; x=".html', b"<script>1</script>")):
            with self.subTest(name):
                made = self.server.post(f"{FILES}?source=t&externalId={urllib.parse.quote(name)}"
                                        f"&name={urllib.parse.quote(name)}", content, headers={"Content-Type": "text/html"})
                self.assertEqual(made.status, 201, made)
                answer = self.server.get(f"{FILES}/{made.json['id']}/content")
                self.assertEqual(answer.body, content)
                self.assertNotIn("html", answer.headers["content-type"])
                self.assertNotIn("svg", answer.headers["content-type"])
                self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
                self.assertRegex(answer.headers["content-disposition"], r"^attachment; filename\*=UTF-8''[\w.%-]+$")
                self.assertEqual(self.server.get(f"{FILES}/{made.json['id']}x/content").status, 404)

    def test_a_field_twice_in_a_batch_is_refused(self):
        for body in (b'{"source":"a","source":"b","records":[]}', b'{"source":"a","records":[],"records":[]}'):
            answer = self.server.post("/api/v1/organizations/demo/records", body,
                                      headers={"Content-Type": "application/json"})
            self.assertEqual(answer.status, 400, answer)

    def test_a_formula_stays_text_in_every_table(self):
        self.server.json("POST", "/api/v1/organizations/demo/records", {"source": "t", "records": [
            {"kind": "learners", "externalId": f"f{i}", "lastName": value}
            for i, value in enumerate(("=1+1", "+1", "-1", "@x"))]})
        made = self.server.post(f"{IMPORTS}?mapping=oulad/results", headers={"Content-Type": "text/csv"}, body=(
            b"id_assessment,id_student,date_submitted,is_banked,score\r\n=1+1,@x,-1,0,+2\r\n"))
        self.assertEqual(made.status, 201, made)
        tables = {"learners": self.server.get(LEARNERS, headers={"Accept": "text/csv"}),
                  "errors": self.server.get(f"{IMPORTS}/{made.json['id']}/errors")}
        for name, answer in tables.items():
            self.assertTrue(answer.headers["content-type"].startswith("text/csv"), answer)
            for cell in ("=1+1", "@x"):
                self.assertIn("'" + cell, answer.text, name)
                self.assertNotIn("," + cell, answer.text, name)

    def test_of_two_changes_of_one_state_one_wins(self):
        etag = self.server.get("/api/v1/organizations/demo").headers["etag"]
        body = self.server.get("/api/v1/organizations/demo").json
        statuses = together(6, lambda: self.server.put("/api/v1/organizations/demo", body, etag=etag).status)
        self.assertEqual(sorted(statuses), [200] + [412] * 5)

    def test_one_key_side_by_side_starts_one_run(self):
        for path, body in (("/api/v1/organizations/demo/u2035/runs", {"dryRun": True}),
                           ("/api/v1/jobs/u2035.nightly/runs", {"arguments": {"dryRun": True}})):
            with self.subTest(path):
                answers = together(6, lambda: self.server.post(path, body, headers={"Idempotency-Key": "one"}))
                self.assertEqual({answer.status for answer in answers}, {202}, answers)
                self.assertEqual(len({answer.json["id"] for answer in answers}), 1)
                self.settle(answers[0].json["id"], path)

    def settle(self, run, path):
        deadline = time.monotonic() + 20
        while self.server.get(f"{path}/{run}").json["state"] in ("queued", "running"):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        def busy():
            latest = [job["latestRun"] for job in self.server.get("/api/v1/jobs").json["items"]]
            return any(run and run["state"] == "running" for run in latest)
        while busy():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)


class Killed(unittest.TestCase):
    """SIGKILL in the middle, then a start on what was left."""

    def setUp(self):
        self.server = Lmsd(SETTINGS).__enter__()
        self.addCleanup(self.server.__exit__)
        self.token = prepare(self.server)

    def restart(self):
        self.server.kill()
        self.server.start()
        self.assertEqual(self.server.health().status, 200)

    def begin(self, path, head, content_type):
        """A request whose body has begun and does not end."""
        parts = urllib.parse.urlsplit(self.server.url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        self.addCleanup(connection.close)
        connection.putrequest("POST", path)
        for name, value in {"Authorization": f"Bearer {self.server.token}", "Content-Type": content_type,
                            "Transfer-Encoding": "chunked"}.items():
            connection.putheader(name, value)
        connection.endheaders()
        for _ in range(4):
            connection.send(b"%x\r\n%s\r\n" % (len(head), head))

    def wait_for(self, condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, self.server.log()[-2000:])
            time.sleep(0.02)

    def staged(self):
        return [file for file in self.server.directory.rglob("staging/*") if file.stat().st_size > 0]

    def test_in_an_upload_leaves_no_file_and_no_rest(self):
        path = f"{FILES}?source=t&externalId=f1&name=work.txt"
        self.begin(path, b"x" * 500_000, "application/octet-stream")
        self.wait_for(self.staged)

        self.restart()

        self.assertEqual(self.server.get(FILES).json["items"], [])
        self.assertEqual(self.staged(), [])
        self.assertEqual(self.server.post(path, b"the work").status, 201)

    def test_in_an_import_is_told_and_the_file_can_be_sent_again(self):
        path = f"{IMPORTS}?mapping=oulad/results"
        header = b"id_assessment,id_student,date_submitted,is_banked,score\r\n"
        self.begin(path, header + b"1,1,1,0,50\r\n" * 20_000, "text/csv")
        self.wait_for(lambda: self.server.get(IMPORTS).json["items"])

        self.restart()

        broken = self.server.get(IMPORTS).json["items"][0]
        self.assertEqual(broken["state"], "failed")
        self.assertIn("send the file again", broken["failure"])
        again = self.server.post(path, header + b"1,1,1,0,50\r\n", headers={"Content-Type": "text/csv"})
        self.assertEqual(again.json["state"], "done", again)

    def test_in_a_check_ends_it_and_another_may_be_begun(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            wizard = Wizard(self.server, self.token)
            wizard.to_stage_2(f"http://127.0.0.1:{silent.getsockname()[1]}/xAPI")
            started = wizard.post("/stages/2/check", {"basic": BASIC})
            self.assertEqual(started.status, 202, started)
            silent.settimeout(20)
            silent.accept()[0].close()

            self.restart()

            self.assertEqual(wizard.finished(started.headers["location"])["state"], "failed")
            self.assertEqual(wizard.post("/stages/2/check", {"basic": BASIC}).status, 202)

    def test_in_a_night_ends_it_and_another_may_be_begun(self):
        runs = "/api/v1/organizations/demo/u2035/runs"
        for _ in range(2):
            started = self.server.post(runs, {}, token=self.token)
            self.assertEqual(started.status, 202, started)

            self.restart()

            # Killed at whatever step it was: it must not be said to go on.
            self.wait_for(lambda: self.server.get(f"{runs}/{started.json['id']}").json["state"]
                          not in ("queued", "running"))
        self.assertEqual(len(self.server.get(runs).json["items"]), 2)

    def test_two_administrators_who_check_at_once_start_one_check(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            wizard = Wizard(self.server, self.token)
            wizard.to_stage_2(f"http://127.0.0.1:{silent.getsockname()[1]}/xAPI")
            etag = wizard.etag()
            statuses = together(6, lambda: wizard.post("/stages/2/check", {"basic": BASIC}, etag=etag).status)
            self.assertEqual(sorted(statuses), [202] + [412] * 5)
            # And with the state as it is now: one check at a time.
            self.assertEqual(wizard.post("/stages/2/check", {"basic": BASIC}).status, 409)


if __name__ == "__main__":
    unittest.main()
