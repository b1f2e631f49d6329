"""Listening connections of a real lmsd: another system sends JSON or XML in its own shape, as curl would."""
import json
import subprocess
import threading
import unittest

from lmsd import Lmsd

BASE = "/api/v1/organizations/demo/connections"
CRM = BASE + "/crm"
MAPPING = {"target": "learners", "externalId": {"column": "id"},
           "fields": {"untiId": {"column": "person.unti"}, "lastName": {"column": "person.name"}}}
PEOPLE = {"name": "people", "prefix": "people", "settings": {"items": "data.items", "method": "POST"}, "mapping": MAPPING}


def people(*rows):
    return {"data": {"items": [{"id": i, "person": {"unti": unti, "name": name}} for i, unti, name in rows]}}


class Listening(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd().__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        for organization in ("demo", "other"):
            cls.server.create_organization(organization)
        cls.server.json("POST", BASE, {"name": "crm", "kind": "listen", "title": "CRM", "settings": {"maxBodyMiB": 2}})
        cls.server.json("POST", CRM + "/routes", PEOPLE)
        cls.server.json("POST", CRM + "/routes", {**PEOPLE, "name": "strict", "prefix": "lms/strict",
                                                  "settings": {"items": "data.items", "allOrNothing": True}})
        cls.server.json("POST", CRM + "/routes", {
            "name": "xml", "prefix": "xml", "settings": {"format": "xml", "items": "//person", "method": "PUT"},
            "mapping": {"target": "learners", "externalId": {"column": "@id"},
                        "fields": {"untiId": {"column": "unti"}, "lastName": {"column": "name"}}}})
        cls.token = cls.server.json("POST", CRM + "/token")["token"]

    def send(self, body, path="people", method="POST", token=None, headers=None, kind="application/json", org="demo"):
        headers = {"Content-Type": kind, **(headers or {})}
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        return self.server.request(method, f"/in/{org}/crm/{path}".rstrip("/"), body, headers,
                                   token=token or self.token)

    def learners(self, start):
        return dict(self.server.query("SELECT external_id, last_name FROM record_learners WHERE deleted_at IS NULL"
                                      " AND external_id LIKE ?", start + "%"))

    # -- taking -------------------------------------------------------------------------------------------------

    def test_records_in_anothers_shape_become_ours_and_what_is_refused_is_named(self):
        answer = self.send(people(("a1", 501, "Иванова"), ("a2", "05", "Петров"), ("a3", 503, "Сидоров")))
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.json["counts"]["created"], answer.json["counts"]["rejected"]), (2, 1))
        refused, = answer.json["refused"]
        self.assertEqual((refused["item"], refused["column"], refused["value"]), (2, "person.unti", "05"))
        self.assertTrue(refused["reason"] and refused["fix"])
        self.assertEqual(self.learners("a"), {"a1": "Иванова", "a3": "Сидоров"})
        run = self.server.json("GET", f"{CRM}/routes/people/runs/{answer.json['run']}")
        self.assertEqual((run["state"], run["trigger"], run["counts"]["created"]), ("done", "request", 2))
        log = self.server.get(f"{CRM}/routes/people/runs/{answer.json['run']}/log").text
        self.assertIn("item 2", log)
        again = self.send(people(("a1", 501, "Иванова"), ("a3", 503, "Сидоров")))
        self.assertEqual(again.json["counts"]["unchanged"], 2)

    def test_when_everything_is_wrong_the_answer_says_so(self):
        answer = self.send(people(("b1", "05", "Иванова")))
        self.assertEqual((answer.status, answer.headers["content-type"]), (422, "application/problem+json"))
        self.assertEqual(answer.json["refused"][0]["column"], "person.unti")
        self.assertEqual(self.send({"data": {"items": []}}).status, 200)
        wrong = self.send({"people": []})
        self.assertEqual((wrong.status, wrong.json["code"]), (422, "source.settings"), wrong)
        broken = self.send(b'{"data":{"items":[{"id":')
        self.assertEqual((broken.status, broken.json["code"]), (422, "source.format"), broken)
        self.assertIn("The document is JSON that breaks off", broken.json["detail"])
        self.assertIn("Correct the document and send it again", broken.json["detail"])

    def test_a_renamed_key_is_refused_with_the_names_that_are_there_and_erases_nothing(self):
        self.assertEqual(self.send(people(("renamed1", 9571, "Иванова"))).status, 200)
        answer = self.send({"data": {"items": [{"id": "renamed1", "person": {"unti": 9571, "surname": "Иванова"}}]}})
        self.assertEqual((answer.status, answer.json["code"]), (422, "source.field-name"), answer)
        self.assertIn("person.name", answer.json["detail"])
        self.assertIn("optional", answer.json["detail"])
        self.assertEqual(self.learners("renamed1"), {"renamed1": "Иванова"})

    def test_all_or_nothing_takes_all_or_nothing(self):
        rows = [(f"c{i}", 10000 + i, "Name") for i in range(2500)]
        answer = self.send(people(*rows, ("c-bad", "05", "Name")), "lms/strict")
        self.assertEqual(answer.status, 422, answer)
        self.assertEqual((answer.json["counts"]["withheld"], answer.json["counts"]["created"]), (2500, 0))
        self.assertEqual(self.learners("c"), {})
        contradiction = self.send(people(("c1", 601, "One"), ("c1", 602, "Two")), "lms/strict")
        self.assertEqual((contradiction.status, self.learners("c")), (422, {}))
        self.assertEqual(self.send(people(*rows), "lms/strict").json["counts"]["created"], 2500)

    def test_xml_comes_too_by_the_routes_method_only(self):
        body = '<?xml version="1.0" encoding="windows-1251"?><list><person id="d1"><unti>701</unti><name>Жуков</name></person></list>'
        answer = self.send(body.encode("cp1251"), "xml", "PUT", kind="application/xml")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(self.learners("d"), {"d1": "Жуков"})
        wrong = self.send(body.encode("cp1251"), "xml", "POST", kind="application/xml")
        self.assertEqual((wrong.status, wrong.headers["allow"]), (405, "PUT"))
        self.assertEqual(self.send(b"{}", "xml", "PUT").status, 415)
        self.assertEqual(self.send({}, "nothing").status, 404)

    def test_a_repeat_with_the_same_key_gets_the_same_answer(self):
        body = people(("e1", 801, "Ivanov"))
        first = self.send(body, headers={"Idempotency-Key": "k-1"})
        second = self.send(body, headers={"Idempotency-Key": "k-1"})
        self.assertEqual((second.status, second.json), (200, first.json))
        self.assertEqual(second.headers["idempotency-replayed"], "true")
        other = self.send(people(("e2", 802, "Petrov")), headers={"Idempotency-Key": "k-1"})
        self.assertEqual((other.status, other.json["code"]), (422, "idempotency-key-reused"))
        self.assertEqual(self.learners("e"), {"e1": "Ivanov"})

    def test_many_senders_at_once_lose_and_repeat_nothing(self):
        answers = []

        def sender(number):
            for i in range(5):
                answers.append(self.send(people((f"f{number}-{i}", 9000 + number * 10 + i, "Name"))).status)
        threads = [threading.Thread(target=sender, args=(n,)) for n in range(6)]
        [t.start() for t in threads], [t.join() for t in threads]
        self.assertEqual(set(answers), {200})
        self.assertEqual(len(self.learners("f")), 30)

    # -- who may ------------------------------------------------------------------------------------------------

    def test_curl_signs_in_by_bearer_basic_or_the_header_and_nobody_else(self):
        url = f"{self.server.url}/in/demo/crm/people"
        body = json.dumps(people(("g1", 901, "Ivanov")))

        def curl(*options):
            return subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--data", body, "-H",
                                   "Content-Type: application/json", *options, url],
                                  capture_output=True, text=True, timeout=60, check=True).stdout
        self.assertEqual(curl("-H", f"Authorization: Bearer {self.token}"), "200")
        self.assertEqual(curl("-u", f"anybody:{self.token}"), "200")
        self.assertEqual(curl("-H", f"X-Api-Key: {self.token}"), "200")
        self.assertEqual(curl(), "401")
        self.assertEqual(curl("-H", f"Authorization: Bearer {self.server.token}"), "401")

    def test_names_of_others_are_not_told_and_guessing_is_slowed_down(self):
        self.server.json("POST", "/api/v1/organizations/other/connections", {"name": "crm", "kind": "listen"})
        self.server.json("POST", "/api/v1/organizations/other/connections/crm/routes", PEOPLE)
        foreign = self.send(people(("h1", 1, "x")), org="other")
        nowhere = self.send(people(("h1", 1, "x")), org="none")
        self.assertEqual((foreign.status, nowhere.status), (401, 401))
        self.assertEqual(foreign.json["detail"], nowhere.json["detail"])
        statuses = [self.send({}, token="lsn_wrong", org="other").status for _ in range(12)]
        self.assertEqual(statuses[-1], 429, statuses)
        self.assertEqual(self.send(people(("h2", 902, "x"))).status, 200)

    def test_a_token_is_shown_once_rotated_and_withdrawn(self):
        base = BASE + "/rotated"
        self.server.json("POST", BASE, {"name": "rotated", "kind": "listen"})
        self.server.json("POST", base + "/routes", PEOPLE)

        def status(token):
            return self.server.post("/in/demo/rotated/people", people(), token=token).status
        first = self.server.json("POST", base + "/token")["token"]
        second = self.server.json("POST", base + "/token", {"keepPreviousMinutes": 5})["token"]
        self.assertEqual((status(first), status(second)), (200, 200))
        third = self.server.json("POST", base + "/token")["token"]
        self.assertEqual((status(first), status(second), status(third)), (401, 401, 200))
        shown = self.server.json("GET", base + "/listening")
        self.assertEqual(shown["token"]["lastFour"], third[-4:])
        self.assertNotIn(third, json.dumps(shown))
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM journal WHERE details LIKE '%lsn_%'"), [(0,)])
        self.assertNotIn("lsn_", self.server.log())
        self.server.delete(base + "/token")
        self.assertEqual(status(third), 401)

    def test_what_is_disabled_is_to_be_sent_again_later(self):
        self.server.post(CRM + "/routes/people/disable", {})
        answer = self.send(people(("i1", 903, "x")))
        self.assertEqual((answer.status, answer.json["code"]), (503, "source.disabled"))
        self.assertIn("retry-after", answer.headers)
        self.server.post(CRM + "/routes/people/enable", {})

    # -- hostile bodies -----------------------------------------------------------------------------------------

    def test_hostile_bodies_are_refused_and_the_server_goes_on(self):
        laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><list><person id="1"><unti>1</unti><name>&b;</name></person></list>'
        outside = b'<!DOCTYPE l SYSTEM "file:///etc/passwd"><list/>'
        deep = b"<a>" * 100000
        for body in (laughs, outside, deep, b"<list>&nbsp;</list>", b"<list><person></list>", b"\x00\x01"):
            answer = self.send(body, "xml", "PUT", kind="text/xml")
            self.assertEqual(answer.status, 422, (body[:60], answer))
        for body in (b"[" * 200000, b'{"a":' * 200000, b"\xff\xfe\x00", b"", b"[1,2"):
            answer = self.send(body)
            self.assertEqual(answer.status, 422, (body[:60], answer))
        self.assertEqual(self.send(b"[" + b" " * (3 * 1024 * 1024) + b"]").status, 413)
        self.assertEqual(self.send(b"{}", kind="text/html").status, 415)
        self.assertEqual(self.send(b"{}", headers={"Content-Encoding": "gzip"}).status, 415)
        self.assertEqual(self.send(people(("j1", 904, "x"))).status, 200)

    # -- what the organization sees -----------------------------------------------------------------------------

    def test_a_sample_is_tried_and_nothing_kept(self):
        trial = self.server.json("POST", CRM + "/routes/people/try", {"sample": json.dumps(people(("k1", 905, "x"), ("k2", "0", "y")))})
        self.assertEqual([row["outcome"] for row in trial["rows"]], ["created", "rejected"])
        self.assertEqual(self.learners("k"), {})
        without = self.server.json("POST", CRM + "/routes/people/try")
        self.assertEqual(without["rows"], [])
        self.assertTrue(without["diagnoses"])

    def test_its_openapi_shows_each_route_to_those_who_may_see_it(self):
        document = self.server.json("GET", CRM + "/openapi.json")
        self.assertEqual(sorted(document["paths"]), ["/in/demo/crm/lms/strict", "/in/demo/crm/people", "/in/demo/crm/xml"])
        content = document["paths"]["/in/demo/crm/people"]["post"]["requestBody"]["content"]["application/json"]
        self.assertEqual(content["example"], {"data": {"items": [{"id": "…", "person": {"name": "…", "unti": "…"}}]}})
        foreign = self.server.create_token("foreign", {"other": "organization-admin"})
        self.assertEqual(self.server.get(CRM + "/openapi.json", token=foreign).status, 404)
        self.assertEqual(self.server.post(CRM + "/token", token=foreign).status, 404)

    def test_a_route_that_could_not_be_reached_is_refused(self):
        for wrong in ({"prefix": "people"}, {"prefix": "/x"}, {"prefix": "a/b/c/d"}, {"prefix": "a/work"}, {"deletions": "follow", "prefix": "z"},
                      {"schedule": {"cron": "0 3 * * *"}, "prefix": "z"}):
            answer = self.server.post(CRM + "/routes", {**PEOPLE, "name": "wrong", **wrong})
            self.assertEqual(answer.status, 422, (wrong, answer))


class Killed(unittest.TestCase):
    """kill -9 while a request is being taken: its sender has no answer, and sends it again."""

    def test_a_request_whose_answer_a_kill_took_is_whole_after_its_repeat(self):
        server = Lmsd()
        self.addCleanup(server.clean)
        server.start()
        server.create_organization("demo")
        server.json("POST", BASE, {"name": "crm", "kind": "listen", "title": "CRM", "settings": {"maxBodyMiB": 8}})
        for name, more in (("people", {}), ("strict", {"allOrNothing": True})):
            server.json("POST", CRM + "/routes", {**PEOPLE, "name": name, "prefix": name,
                                                  "settings": {"items": "data.items", **more}})
        token = server.json("POST", CRM + "/token")["token"]
        for name in ("people", "strict"):
            for attempt in range(2):
                with self.subTest(name, attempt=attempt):
                    first = (attempt + (2 if name == "strict" else 0)) * 100000
                    body = json.dumps(people(*((f"{name}-{attempt}-{n}", 1 + first + n, "Иванова") for n in range(5000)))).encode()
                    send = lambda: server.request("POST", f"/in/demo/crm/{name}", body, token=token, headers={
                        "Content-Type": "application/json", "Idempotency-Key": f"{name}-{attempt}"})
                    sender = threading.Thread(target=lambda: self.lost(send))
                    sender.start()
                    self.until_taken(server, sender, name, attempt)
                    server.kill()
                    sender.join()
                    server.start()
                    answer = send()
                    self.assertEqual(answer.status, 200, answer)
                    counts = answer.json["counts"]
                    self.assertEqual(counts["created"] + counts["unchanged"], 5000, counts)
                    self.assertEqual(server.query("SELECT COUNT(*), COUNT(DISTINCT external_id), MAX(revision) FROM"
                                                  " record_learners WHERE external_id LIKE ?", f"{name}-{attempt}-%"),
                                     [(5000, 5000, 1)])
                    self.assertEqual(server.query("SELECT COUNT(*) FROM source_run WHERE state = 'running'"), [(0,)])
                    self.assertEqual(send().headers.get("idempotency-replayed"), "true")

    @staticmethod
    def lost(send):
        try:
            send()
        except OSError:
            pass

    @staticmethod
    def until_taken(server, sender, name, attempt):
        """Rows of the first transactions are on record; where there is only one, at moments before and in it."""
        looks = 0
        while sender.is_alive() and (name == "people" or looks < 40 * attempt + 5):
            looks += 1
            if server.query("SELECT COUNT(*) FROM record_learners WHERE external_id LIKE ?", f"{name}-{attempt}-%") != [(0,)]:
                return


if __name__ == "__main__":
    unittest.main()
