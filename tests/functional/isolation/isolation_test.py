"""What one organization has, another never sees: every route is asked by another organization's administrator for things
that are really there. Made from the OpenAPI document: a route with a parameter that nobody told this test of fails it."""
import base64
import re
import sqlite3
import unittest

import adapter
from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw, TlsFront

MOVING = ("person_session", "journal", "journal_head", "api_token")
# The same for every organization: nothing of anybody's.
SHARED = {"project": "bas", "kind": "test-access", "element": "assessment-results", "n": "2", "profile": "bas",
          "contour": "test"}
# An id that is written as one and that nobody has.
NOWHERE = {"kind": "result", "statement": "00000000-0000-4000-8000-000000000000", "name": "bas~none.csv"}
NUMBER = "999999999"
# Lists that say something of the asking organization, though it has brought nothing in, or the same to everybody.
OF_ITS_OWN = {"/journal", "/u2035/integrations", "/u2035/sso/clients", "/u2035/sso/errors"}
# How one thing is asked for while the other is a thing of nobody's tells nothing that a stranger could use.
REFUSALS = (400, 404, 409, 412, 415, 422, 428)


class Isolation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lrs = LearningLocker().__enter__()
        cls.addClassCleanup(cls.lrs.__exit__)
        cls.s3 = Radosgw().__enter__()
        cls.addClassCleanup(cls.s3.__exit__)
        cls.front = TlsFront(cls.s3.port).__enter__()
        cls.addClassCleanup(cls.front.__exit__)
        cls.server = Lmsd({**SETTINGS, **adapter.SETTINGS, "outbound.ca_file": cls.front.ca, "module.u2035.storage.public_base":
                           f"https://127.0.0.1:{cls.front.port}/{{bucket}}/"}, modules=adapter.modules(cls)).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        cls.server.create_organization("other", projects="bas", participation="bas")
        cls.other = Organization(cls.server, "other")
        cls.paths = cls.server.json("GET", "/api/v1/openapi.json", token=None)["paths"]
        cls.things = cls.make_things()
        cls.names = cls.what_names_the_first()

    @classmethod
    def make_things(cls):
        """(a part of the path, a parameter) → an id of the first organization; the first that fits counts."""
        server, demo = cls.server, cls.demo
        demo.connect(cls.lrs, cls.s3)
        demo_xapi = server.json("POST", demo.base + "/xapi-sources", {"name": "isolated-plugin", "title": "Плагин",
                                                                      "ruleSet": "h5p"}, token=demo.token)
        pair = base64.b64encode(f"{demo_xapi['key']}:{demo_xapi['secret']}".encode()).decode()
        statement = server.post("/data/xAPI/statements", {
            "actor": {"mbox": "mailto:a@example.org"}, "verb": {"id": "http://example.org/danced"},
            "object": {"id": "http://example.org/a"}}, token=None,
            headers={"Authorization": f"Basic {pair}", "X-Experience-API-Version": "1.0.3"}).json[0]
        night = demo.run()
        imported = server.post(demo.base + "/imports?mapping=oulad/learners", b"id_student\r\n1\r\n", token=demo.token,
                               headers={"Content-Type": "text/csv"}).json
        unti_ids = server.post(demo.u2035 + "/learners/unti-ids?match=leaderId:Leader",
                               "Unti ID,ID потока,Leader\n1,2,3\n".encode(), token=demo.token).json
        learner, flow = server.query(
            "SELECT r.learner_id, r.flow_id FROM record_results r JOIN record_files f ON f.result_id = r.id"
            " JOIN record_learners l ON l.id = r.learner_id WHERE l.test_unti_id <> '' AND l.unti_id <> ''"
            " ORDER BY r.id LIMIT 1")[0]
        package = demo.json("POST", "/integrations/bas/stages/2/full-package",
                            {"flow": flow, "learner": learner, "methodistTestUntiId": "990777"})
        while package["state"] in ("running", "voiding"):
            package = demo.json("GET", f"/integrations/bas/full-packages/{package['id']}")
        first = {name: demo.json("GET", f"/{name}?limit=1")["items"][0]["id"]
                 for name in ("reflections", "artifacts", "statements")}
        cls.quarantine_one()
        connection, route, route_run = adapter.make_connection(server, "demo", demo.token)
        shelf, papers, paper = adapter.make_arrival(server, "demo", demo.token)
        listening = adapter.make_listening(server, "demo", demo.token)
        (check,), *_ = server.query("SELECT id FROM u2035_check ORDER BY id LIMIT 1")
        things = {
            ("/records/files/", "id"): server.query("SELECT id FROM record_files ORDER BY id LIMIT 1")[0][0],
            ("/imports/", "id"): imported["id"],
            ("/xapi-sources/", "xapi"): demo_xapi["name"],
            ("/xapi-sources/", "statement"): statement,
            ("/xapi-rules/", "name"): demo_xapi["ruleSet"],
            ("/checks/", "id"): check,
            ("}/listening", "connection"): listening,
            ("}/token", "connection"): listening,
            ("}/openapi.json", "connection"): listening,
            ("}/files/", "connection"): shelf,
            ("}/files/", "route"): papers,
            ("}/files/", "file"): paper,
            ("/connections/", "connection"): connection,
            ("/connections/", "route"): route,
            ("/connections/", "run"): route_run,
            ("/unti-ids/", "import"): unti_ids["id"],
            ("/u2035/runs/", "run"): night["id"],
            ("/exports/", "export"): night["id"],
            ("/exports/", "name"): demo.json("GET", f"/exports/{night['id']}")["files"][0]["name"],
            ("/full-packages/", "package"): package["id"],
            ("/reflections/", "reflection"): first["reflections"],
            ("/artifacts/", "artifact"): first["artifacts"],
            ("/statements/", "statement"): first["statements"],
            ("/stores/", "id"): demo.json("GET", "/stores?limit=1")["items"][0]["id"],
            ("/quarantine/", "statement"): demo.json("GET", "/quarantine?limit=1")["items"][0]["id"],
            ("/receipts/", "receipt"): demo.json("GET", "/receipts?limit=1")["items"][0]["id"],
            ("/way", "record"): server.query("SELECT id FROM record_results ORDER BY id LIMIT 1")[0][0],
            ("/way", "kind"): "result",
            **cls.make_sso_things(learner),
            ("/readiness/", "flow"): flow,
            ("/readiness/", "learner"): learner,
        }
        for path in cls.paths:
            if found := re.fullmatch(r".*/records/(\w+)/\{id\}", path):
                kind = found[1]
                rows = server.get(f"{demo.base}/records/{kind}?limit=1", token=demo.token).json["items"]
                if rows:
                    things.setdefault((f"/records/{kind}/", "id"), rows[0]["id"])
        return things

    @classmethod
    def make_sso_things(cls, learner):
        """An OAuth client, a link, a join that waits, and an acceptance of ids."""
        sso = cls.demo.u2035 + "/sso"
        answer = cls.server.put(sso + "/clients/test", {
            "clientId": "demo", "clientSecret": "s3cret-of-the-client",
            "redirectUri": "https://lms.example.org/u2035/sso/demo/test/callback"}, etag='"0"', token=cls.demo.token)
        assert answer.status == 200, answer
        link = cls.demo.json("POST", "/sso/links", {"contour": "test", "learners": [str(learner)], "again": True})
        database = sqlite3.connect(cls.server.database, timeout=30)
        with database:
            database.execute(
                "INSERT INTO u2035_sso_join (id, organization, contour, learner_id, revision, state, code, unti_id, leader_id,"
                " previous, previous_assigned, previous_leader, leader_written, previous_leader_confirmed, created_at,"
                " decided_by) VALUES (1, 'demo', 'test', ?, 1, 'waiting', 'has-another', '7', '', '', 0, '', 0, 0, 1, '')",
                (learner,))
        database.close()
        match = cls.demo.json("POST", "/elements/match/accept",
                              {"items": [{"kind": "theme", "id": "999999", "u2035Id": "5"}]})
        return {("/sso/links/", "link"): link["items"][0]["id"], ("/sso/joins/", "join"): "1",
                ("/matches/", "match"): match["id"]}

    @classmethod
    def quarantine_one(cls):
        """As if the LRS had refused a statement; what it really refuses, quarantine_test asks."""
        database = sqlite3.connect(cls.server.database, timeout=30)
        with database:
            (seq,), = database.execute("SELECT MAX(seq) FROM u2035_outbox WHERE learner_id <> 0").fetchall()
            database.execute("UPDATE u2035_outbox SET state = 'quarantined' WHERE seq = ?", (seq,))
            database.execute("INSERT INTO u2035_refusal (seq, refused_at, status, conflict, reason, error_id)"
                             " VALUES (?, 1, 400, 0, 'Problem in verb', 'e-1')", (seq,))
        database.close()

    @classmethod
    def what_names_the_first(cls):
        """Words that stand in an answer only when it tells something of the first organization."""
        rows = cls.server.query("SELECT last_name, email FROM record_learners")
        words = {word for row in rows for word in row if word and len(word) > 5}
        words |= {title for (title,) in cls.server.query("SELECT title FROM record_programmes")}
        words |= {cls.lrs["basic"], cls.lrs["production"]["secret"], cls.s3["secretKey"], cls.s3["accessKeyId"]}
        assert len(words) > 20, words
        return words

    # -- how a route is asked -----------------------------------------------------------------------------------

    def parameters(self, path):
        return [name for name in re.findall(r"\{(\w+)\}", path) if name != "org"]

    def thing(self, path, name):
        for (part, parameter), value in self.things.items():
            if parameter == name and part in path:
                return str(value)
        return None

    def is_shared(self, path, name):
        return name in SHARED and self.thing(path, name) is None

    def is_of_somebody(self, path):
        return any(not self.is_shared(path, name) for name in self.parameters(path))

    def address(self, path, organization, real=True):
        values = {**SHARED, "org": organization}
        for name in self.parameters(path):
            if not self.is_shared(path, name):
                values[name] = self.thing(path, name) if real else NOWHERE.get(name, NUMBER)
                self.assertIsNotNone(values[name], f"make a thing for {{{name}}} of {path} in make_things")
        return re.sub(r"\{(\w+)\}", lambda part: values[part[1]], path)

    def ask(self, method, path, organization, operation, real=True, **headers):
        content = operation.get("requestBody", {}).get("content", {})
        body = content.get("application/json", {}).get("example")
        if content and body is None:
            body = b"x"
            headers["Content-Type"] = next(iter(content))
        return self.server.request(method.upper(), self.address(path, organization, real), body, token=self.other.token,
                                   headers={"If-Match": "*", **headers})

    def routes(self):
        for path, operations in self.paths.items():
            for method, operation in operations.items():
                if "{org}" in path and operation["x-who"] not in ("server-admin", "anybody"):
                    yield method, path, operation

    def told(self, answer, path, real):
        """What an answer says, the ids that were asked for left out."""
        detail = answer.json["detail"]
        for name in self.parameters(path):
            if not self.is_shared(path, name):
                detail = detail.replace(self.thing(path, name) if real else NOWHERE.get(name, NUMBER), "…")
        return answer.status, answer.json["code"], detail

    def says_nothing(self, answer):
        text = answer.body.decode("utf-8", "replace")
        self.assertEqual([name for name in self.names if name in text], [])

    # -- the questions ------------------------------------------------------------------------------------------

    def test_the_first_organization_finds_each_of_its_things(self):
        """Or the questions below would ask for nothing."""
        asked = 0
        for method, path, operation in self.routes():
            if method != "get" or not self.is_of_somebody(path):
                continue
            with self.subTest(path):
                answer = self.server.get(self.address(path, "demo"), token=self.demo.token)
                self.assertEqual(answer.status, 200, answer)
                asked += 1
        self.assertGreater(asked, 25)

    def test_at_the_first_ones_address_nothing_is_there(self):
        before = self.server.dump(without=MOVING)
        for method, path, operation in self.routes():
            with self.subTest(f"{method.upper()} {path}"):
                answer = self.ask(method, path, "demo", operation)
                self.assertEqual((answer.status, answer.json["code"]), (404, "not-found"), answer)
                self.assertEqual(answer.json["detail"], "The organization 'demo' was not found.")
                self.says_nothing(answer)
        self.assertEqual(self.server.dump(without=MOVING), before)

    def test_at_its_own_address_a_thing_of_the_first_is_as_one_that_nobody_has(self):
        before = self.server.dump(without=MOVING)
        asked = 0
        for method, path, operation in self.routes():
            if not self.is_of_somebody(path):
                continue
            with self.subTest(f"{method.upper()} {path}"):
                real, none = (self.ask(method, path, "other", operation, real) for real in (True, False))
                self.assertIn(real.status, REFUSALS if method != "get" else (404,), real)
                self.assertEqual(self.told(real, path, True), self.told(none, path, False))
                self.says_nothing(real)
                asked += 1
        self.assertEqual(self.server.dump(without=MOVING), before, "something was changed")
        self.assertGreater(asked, 40)

    def test_its_own_lists_hold_nothing_of_the_first(self):
        lists = 0
        for method, path, operation in self.routes():
            if method != "get" or self.is_of_somebody(path):
                continue
            with self.subTest(path):
                for accept in ("application/json", "text/csv"):
                    answer = self.ask(method, path, "other", operation, Accept=accept)
                    self.says_nothing(answer)
                    self.assertLess(answer.status, 500)
                    shown = answer.json if answer.headers["content-type"] == "application/json" else {}
                    if "items" in shown and path.removeprefix("/api/v1/organizations/{org}") not in OF_ITS_OWN:
                        self.assertEqual(shown["items"], [])
                        lists += 1
        self.assertGreater(lists, 20)

    def test_what_is_of_no_organization_tells_nothing_of_the_first(self):
        for path, operations in self.paths.items():
            if "get" not in operations or "{org}" in path or operations["get"]["x-who"] in ("server-admin", "anybody"):
                continue
            with self.subTest(path):
                answer = self.server.get(self.address(path, "other"), token=self.other.token)
                self.says_nothing(answer)
                self.assertNotIn("АНО «Демо»", answer.text)
        organizations = self.server.json("GET", "/api/v1/organizations", token=self.other.token)["items"]
        self.assertEqual([one["id"] for one in organizations], ["other"])


if __name__ == "__main__":
    unittest.main()
