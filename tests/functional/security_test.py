"""The journal proved and broken, the key replaced, core dumps kept away: over the commands and the API of a real lmsd."""
import base64
import http.server
import json
import pathlib
import resource
import socket
import sqlite3
import threading
import unittest

from lmsd import Lmsd
from nights import SETTINGS, Organization

BASIC = "dXNlcjpRd2VydHlTZWNyZXRPZkFsbA=="


class Journal(unittest.TestCase):
    def setUp(self):
        self.server = Lmsd().__enter__()
        self.addCleanup(self.server.__exit__)
        for login in ("anna", "petr", "egor"):
            self.server.create_user(login)

    def tamper(self, *sql):
        connection = sqlite3.connect(self.server.database)
        try:
            for statement in sql:
                connection.execute(statement)
            connection.commit()
        finally:
            connection.close()

    def test_it_is_whole_and_says_its_head_alike_over_rest_and_directly(self):
        over_rest = self.server.json("GET", "/api/v1/journal/verify")
        self.assertTrue(over_rest["whole"])
        self.assertGreaterEqual(over_rest["rows"], 3)
        head = f"{over_rest['head']['row']}:{over_rest['head']['hash']}"
        printed = self.server.lmsctl("journal", "verify").stdout
        self.assertIn(f"is whole: {over_rest['rows']} rows", printed)
        self.assertIn(head, printed)
        self.server.create_user("later")
        self.server.lmsctl("journal", "verify", "--head", head)
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(json.loads(self.server.direct("journal", "verify", "--json").stdout)["problems"], [])
        wrong = self.server.direct("journal", "verify", "--head", head[:-1] + "x", check=False)
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("changed: row " + over_rest["head"]["row"], wrong.stdout)
        for bad in ("x", "1", "1:ab", ":" + "a" * 64):
            self.assertEqual(self.server.direct("journal", "verify", "--head", bad, check=False).returncode, 64)

    def test_sqlite_itself_refuses_to_change_it(self):
        self.assertEqual(self.server.stop(), 0)
        for sql in ("UPDATE journal SET actor = 'x'", "DELETE FROM journal WHERE id = 1", "DELETE FROM journal_head"):
            with self.assertRaisesRegex(sqlite3.IntegrityError, "never"):
                self.tamper(sql)

    def test_what_was_done_past_the_server_is_named(self):
        self.assertEqual(self.server.stop(), 0)
        self.tamper("DROP TRIGGER journal_is_not_changed", "DROP TRIGGER journal_is_not_removed",
                    "UPDATE journal SET actor = 'somebody' WHERE id = 1", "DELETE FROM journal WHERE id = 2")
        refused = self.server.direct("journal", "verify", check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("changed: row 1", refused.stdout)
        self.assertIn("removed: row 2", refused.stdout)
        self.assertIn("in 2 places", refused.stderr)
        self.server.start()
        proof = self.server.json("GET", "/api/v1/journal/verify")
        self.assertEqual([(one["row"], one["kind"]) for one in proof["problems"]], [("1", "changed"), ("2", "removed")])
        self.assertEqual(self.server.lmsctl("journal", "verify", check=False).returncode, 1)


class Lrs(http.server.BaseHTTPRequestHandler):
    """As much of one as the second stage asks."""
    known = set()

    def do_GET(self):
        type(self).known.add(self.headers["Authorization"])
        self.answer(200, {"statements": [], "more": ""})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(400, {"errorId": "e", "warnings": [
            "Missing required value in 'statements.0.actor'", "Missing required value in 'statements.0.verb'",
            "Missing required value in 'statements.0.object'", "Unknown keys (Test) set in 'statements.0'"]})

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Experience-API-Version", "1.0.3")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Secrets(unittest.TestCase):
    def setUp(self):
        lrs = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Lrs)
        threading.Thread(target=lrs.serve_forever, daemon=True).start()
        self.addCleanup(lrs.server_close)
        self.addCleanup(lrs.shutdown)
        self.server = Lmsd({**SETTINGS, "log.level": "debug"}).__enter__()
        self.addCleanup(self.server.__exit__)
        self.server.lmsctl("demo", "load", "demo")
        self.demo = Organization(self.server, "demo")
        endpoints = self.demo.u2035 + "/integrations/bas/endpoints"
        self.server.put(endpoints, {"test": f"http://127.0.0.1:{lrs.server_port}/xAPI"},
                        etag=self.server.get(endpoints).headers["etag"])
        self.press("/open")
        self.press("/stages/1/continue")
        self.assertEqual(self.check()["state"], "passed")
        self.press("/stages/2/continue")
        self.assertTrue(self.sealed())

    def press(self, button, body=None):
        etag = self.server.get(self.demo.u2035 + "/integrations/bas", token=self.demo.token).headers["etag"]
        return self.demo.json("POST", "/integrations/bas" + button, body or {}, headers={"If-Match": etag})

    def check(self):
        check = self.press("/stages/2/check", {"basic": BASIC})
        while check["state"] == "running":
            check = self.demo.json("GET", f"/integrations/bas/checks/{check['id']}")
        return check

    def sealed(self):
        return self.server.query("SELECT name, key_id, sealed FROM secret ORDER BY name")

    @property
    def key(self):
        return self.server.directory / "secret.key"

    def test_a_new_key_takes_the_place_of_the_old_one(self):
        before, old = self.sealed(), self.key.read_text()
        refused = self.server.direct("secrets", "rotate", check=False)
        self.assertEqual(refused.returncode, 69, "lmsd runs")
        self.assertEqual((self.sealed(), self.key.read_text()), (before, old))

        self.assertEqual(self.server.stop(), 0)
        told = json.loads(self.server.direct("secrets", "rotate", "--json").stdout)
        self.assertEqual((told["secrets"], told["from"]), (len(before), before[0][1]))
        self.assertEqual({key for _, key, _ in self.sealed()}, {told["to"]})
        self.assertNotEqual(self.key.read_text(), old)
        self.assertEqual(self.key.stat().st_mode & 0o777, 0o600)
        for file in (self.server.directory / "data").rglob("*"):
            if file.is_file():
                for _, _, bytes_ in before:
                    self.assertNotIn(bytes_, file.read_bytes(), f"{file.name} holds what the old key opens")

        self.server.start()
        Lrs.known.clear()
        shown = self.server.json("GET", "/api/v1/journal?action=secrets.key-rotated")["items"]
        self.assertEqual([one["details"]["to"] for one in shown], [told["to"]])
        self.assertTrue(self.server.json("GET", "/api/v1/journal/verify")["whole"])
        # What was typed before is still what is sent.
        package = self.server.post(self.demo.u2035 + "/integrations/bas/stages/2/full-package",
                                   {"flow": 1, "learner": 1}, token=self.demo.token)
        self.assertNotEqual(package.status, 500, package)

        self.assertEqual(self.server.stop(), 0)
        self.key.write_text(old)
        self.assertEqual(self.server.run().returncode, 78, "the old key opens nothing")
        self.assertIn("was sealed with key " + told["to"], self.server.run().stderr)

    def test_a_key_from_elsewhere_is_used_once_the_configuration_names_it(self):
        self.assertEqual(self.server.stop(), 0)
        given = self.server.directory / "given.key"
        given.write_text("a1" * 32 + "\n")
        given.chmod(0o600)
        self.server.direct("secrets", "rotate", "--to", given)
        self.assertEqual(self.server.run().returncode, 78)
        self.server.settings["secrets.key_file"] = given
        self.server.start()
        self.assertEqual(self.server.health("/health/ready").status, 200)

    def test_a_key_that_systemd_hands_over_is_replaced_where_it_comes_from(self):
        self.assertEqual(self.server.stop(), 0)
        self.server.settings["secrets.key_file"] = "credential:secret.key"
        refused = self.server.direct("secrets", "rotate", check=False)
        self.assertEqual(refused.returncode, 64)
        self.assertIn("--key", refused.stderr)
        self.server.direct("secrets", "rotate", "--key", self.key)
        self.server.environment["CREDENTIALS_DIRECTORY"] = str(self.server.directory)
        self.server.start()
        self.assertEqual(self.server.health("/health/ready").status, 200)

    def test_no_address_that_a_person_types_leads_inside(self):
        """As shipped: the guard is on. What was typed while it was off is refused as well."""
        self.assertEqual(self.server.stop(), 0)
        for key in [key for key in self.server.settings if key.startswith("outbound.")]:
            del self.server.settings[key]
        self.server.start()
        self.press("/stages/3/continue")
        learner, flow = self.server.query(
            "SELECT r.learner_id, r.flow_id FROM record_results r JOIN record_files f ON f.result_id = r.id"
            " JOIN record_learners l ON l.id = r.learner_id WHERE l.test_unti_id <> '' ORDER BY r.id LIMIT 1")[0]
        with socket.create_server(("127.0.0.1", 0)) as inside:
            port = inside.getsockname()[1]
            keys = {"accessKeyId": "AKIA", "secretKey": "secret of the storage"}
            for host in ("127.0.0.1", "localhost", "[::1]", "2130706433", "169.254.169.254", "10.0.0.1"):
                url = f"https://{host}:{port}"
                with self.subTest(host):
                    Lrs.known.clear()
                    etag = self.server.get(self.demo.u2035 + "/integrations/bas", token=self.demo.token).headers["etag"]
                    started = self.server.post(
                        self.demo.u2035 + "/integrations/bas/stages/4/check",
                        {"key": "key", "secret": "secret", "endpoint": url + "/data/xAPI", "userId": "u",
                         "storageUrl": url + "/works", **keys}, token=self.demo.token, headers={"If-Match": etag})
                    self.assertIn(started.status, (202, 422), started)
                    if started.status == 202:
                        check = started.json
                        while check["state"] == "running":
                            check = self.demo.json("GET", f"/integrations/bas/checks/{check['id']}")
                        self.assertEqual(check["state"], "failed", check)
                    package = self.server.post(
                        self.demo.u2035 + "/integrations/bas/stages/2/full-package",
                        {"flow": flow, "learner": learner, "methodistTestUntiId": "990777",
                         "storage": {"storageUrl": url + "/works", **keys}}, token=self.demo.token)
                    self.assertIn(package.status, (202, 422), package)
                    if package.status == 202:
                        shown = package.json
                        while shown["state"] == "running":
                            shown = self.demo.json("GET", f"/integrations/bas/full-packages/{shown['id']}")
                        self.assertNotEqual(shown["state"], "done", shown)
                    self.assertEqual(Lrs.known, set(), "the LRS that was typed on loopback was asked")
            inside.settimeout(0.3)
            with self.assertRaises(TimeoutError, msg="something inside was connected to"):
                inside.accept()

    def test_what_was_typed_in_the_wizard_is_nowhere_but_at_the_lrs(self):
        self.assertEqual(Lrs.known, {f"Basic {BASIC}"})
        words = [BASIC, base64.b64decode(BASIC).decode().split(":")[1]]
        places = {"the log": self.server.log(), "the journal": self.server.get("/api/v1/journal?limit=1000").text}
        for path, operations in self.server.json("GET", "/api/v1/openapi.json", token=None)["paths"].items():
            if "get" in operations:
                known = path.replace("{org}", "demo").replace("{project}", "bas").replace("{kind}", "test-access")
                for token in (self.demo.token, True):
                    places[path] = self.server.get(known, token=token).body.decode("utf-8", "replace") if "{" not in known else ""
        checks = [i for (i,) in self.server.query("SELECT id FROM u2035_check")]
        for check in checks:
            places[f"check {check}"] = self.server.get(f"{self.demo.u2035}/integrations/bas/checks/{check}",
                                                       token=self.demo.token).text
        files = [file for file in self.server.directory.rglob("*") if file.is_file()]
        self.assertGreater(len(files), 3)
        for file in files:
            places[str(file)] = file.read_bytes().decode("latin-1")
        for place, text in places.items():
            for word in words:
                self.assertNotIn(word, text, f"a secret is in {place}")


class CoreDumps(unittest.TestCase):
    def limits(self, **settings):
        with Lmsd(settings) as server:
            lines = pathlib.Path(f"/proc/{server.process.pid}/limits").read_text().splitlines()
            line, = [line for line in lines if line.startswith("Max core file size")]
            return line.split()[4:6]

    def test_a_crash_leaves_none_unless_the_configuration_says_so(self):
        self.assertEqual(self.limits(), ["0", "0"])
        named = ["unlimited" if one == resource.RLIM_INFINITY else str(one) for one in
                 resource.getrlimit(resource.RLIMIT_CORE)]
        self.assertEqual(self.limits(**{"server.core_dumps": "true"}), named)


if __name__ == "__main__":
    unittest.main()
