"""Statements as an LMS's plugin, H5P and course packages send them to a real lmsd, and the records that they become."""
import base64
import hashlib
import json
import time
import unittest
import urllib.parse

from lmsd import Lmsd

BASE = "/api/v1/organizations/demo"
SOURCES = BASE + "/xapi-sources"
STATEMENTS = "/data/xAPI/statements"
ADL = "http://adlnet.gov/expapi/"
ID = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"
RECORDS = [
    {"kind": "programmes", "externalId": "course-3", "project": "bas", "title": "БПЛА"},
    {"kind": "flows", "externalId": "course-3", "programme": "course-3", "key": "f-3"},
    {"kind": "blocks", "externalId": "b", "programme": "course-3", "type": "theory", "title": "Теория"},
    {"kind": "modules", "externalId": "m", "block": "b", "title": "Модуль", "position": 1},
    {"kind": "themes", "externalId": "t", "module": "m", "title": "Тема", "position": 1},
    {"kind": "elements", "externalId": "cm-5", "theme": "t", "type": "test", "title": "Тест", "minScore": 0,
     "maxScore": 100, "passScore": 60}]
LEARNER = [{"kind": "learners", "externalId": "user-17", "untiId": "5501", "lastName": "Соколова"},
           {"kind": "enrollments", "externalId": "e", "learner": "user-17", "flow": "course-3", "status": "enrolled"}]


def quiz(raw=50, attempt=31, user="17", **more):
    """As logstore_xapi shapes a submitted attempt of a quiz."""
    return {
        "actor": {"name": "Анна Соколова", "account": {"homePage": "https://moodle.example.org", "name": user}},
        "verb": {"id": ADL + "verbs/completed", "display": {"ru": "завершил"}},
        "object": {"id": "https://moodle.example.org/mod/quiz/view.php?id=5",
                   "definition": {"type": ADL + "activities/assessment", "name": {"ru": "Тест"}}},
        "timestamp": "2026-02-10T15:31:41+03:00",
        "result": {"score": {"raw": raw, "min": 0, "max": 100, "scaled": raw / 100}, "completion": True,
                   "success": raw >= 60, "duration": "PT61S"},
        "context": {"platform": "Moodle", "language": "ru", "contextActivities": {
            "other": [{"id": f"https://moodle.example.org/mod/quiz/attempt.php?attempt={attempt}&cmid=5",
                       "definition": {"type": ADL + "activities/attempt"}}],
            "grouping": [{"id": "https://moodle.example.org/course/view.php?id=3",
                          "definition": {"type": "http://id.tincanapi.com/activitytype/lms/course"}}]}}, **more}


def viewed():
    return {"actor": {"account": {"homePage": "https://moodle.example.org", "name": "17"}},
            "verb": {"id": "http://example.org/verbs/danced"},
            "object": {"id": "https://moodle.example.org/x", "definition": {"type": "http://example.org/t"}}}


class Xapi(unittest.TestCase):
    def setUp(self):
        self.server = Lmsd()
        self.addCleanup(self.server.__exit__)
        self.server.start()
        self.server.create_organization("demo")
        self.server.create_project()
        self.admin = self.server.create_token("admin", {"demo": "organization-admin"})
        self.source = self.json("POST", SOURCES, {"name": "plugin", "title": "Moodle", "references": "moodle",
                                                  "ruleSet": "logstore_xapi", "origins": ["https://site.example.org"]})

    def json(self, method, path, body=None, **more):
        return self.server.json(method, path, body, token=self.admin, **more)

    def bring(self, records):
        answer = self.json("POST", BASE + "/records", {"source": "moodle", "records": records})
        self.assertEqual(answer["counts"]["rejected"], 0, answer)

    def basic(self, secret=None):
        pair = f"{self.source['key']}:{secret or self.source['secret']}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def ask(self, method, path=STATEMENTS, body=None, **headers):
        headers = {"Authorization": self.basic(), "X-Experience-API-Version": "1.0.3",
                   **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.server.request(method, path, body, headers={k: v for k, v in headers.items() if v is not None},
                                   token=None)

    def send(self, *statements):
        answer = self.ask("POST", body=list(statements))
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def results(self):
        return self.server.query("SELECT external_id, raw, revision FROM record_results WHERE deleted_at IS NULL"
                                 " ORDER BY external_id")

    def forms(self, **query):
        path = f"{SOURCES}/plugin/forms" + ("?" + urllib.parse.urlencode(query) if query else "")
        return self.json("GET", path)["items"]

    def wait_for(self, what, timeout=60):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if what():
                return
            time.sleep(0.05)
        self.fail("it did not come about in time")

    # -- as the plugin sends ----------------------------------------------------------------------------------------

    def test_a_quiz_of_moodle_becomes_a_result_once_however_often_it_is_sent(self):
        self.bring(RECORDS + LEARNER)
        ids = self.send(quiz(50), quiz(70, attempt=32))
        self.assertEqual(len(ids), 2)
        self.assertEqual(self.results(), [("quiz-attempt-31", 50.0, 1), ("quiz-attempt-32", 70.0, 1)])
        self.assertEqual(self.send(quiz(50), quiz(70, attempt=32)), ids)
        self.assertEqual(self.results(), [("quiz-attempt-31", 50.0, 1), ("quiz-attempt-32", 70.0, 1)])
        self.assertEqual(self.server.query("SELECT DISTINCT source FROM record_results"), [("plugin",)])

    def test_a_statement_is_given_back_by_its_id_with_our_authority(self):
        (made,) = self.send(quiz(50))
        answer = self.ask("GET", f"{STATEMENTS}?statementId={made}")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.headers["x-experience-api-version"], "1.0.3")
        self.assertIn("x-experience-api-consistent-through", answer.headers)
        self.assertIn("last-modified", answer.headers)
        got = answer.json
        self.assertEqual({key: got[key] for key in quiz()}, quiz(50))
        self.assertEqual((got["id"], got["version"], got["authority"]["account"]["name"]),
                         (made, "1.0.0", self.source["key"]))
        self.assertIn("stored", got)
        self.assertEqual(self.ask("GET", f"{STATEMENTS}?statementId={ID}").status, 404)
        listed = self.ask("GET", f"{STATEMENTS}?limit=1").json
        self.assertEqual((len(listed["statements"]), listed["more"]), (1, ""))

    def test_put_takes_one_once_and_another_body_is_a_conflict(self):
        path = f"{STATEMENTS}?statementId={ID}"
        self.assertEqual(self.ask("PUT", path, quiz(50)).status, 204)
        self.assertEqual(self.ask("PUT", path, quiz(50, id=ID, version="1.0.0")).status, 204)
        self.assertEqual(self.ask("PUT", path, quiz(60)).status, 409)
        self.assertEqual(self.ask("POST", body=quiz(60, id=ID)).status, 409)
        self.assertEqual(self.ask("PUT", STATEMENTS, quiz(50)).status, 400)
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM xapi_statement"), [(1,)])

    def test_what_an_lrs_refuses_is_refused_with_its_place(self):
        wrong = quiz(50)
        wrong["result"]["completion"] = "unknown"
        answer = self.ask("POST", body=[quiz(50), wrong])
        self.assertEqual((answer.status, answer.json["errors"][0]["pointer"]), (400, "/1/result/completion"))
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM xapi_statement"), [(0,)])
        self.assertEqual(self.ask("POST", body=quiz(), X_Experience_API_Version=None).status, 400)
        self.assertEqual(self.ask("POST", body=quiz(), X_Experience_API_Version="2.0.0").status, 400)
        refused = self.ask("POST", body=quiz(), Authorization=self.basic("wrong"))
        self.assertEqual((refused.status, refused.headers["www-authenticate"]), (401, 'Basic realm="xAPI"'))
        self.assertEqual(self.ask("POST", body=quiz(), Authorization=f"Bearer {self.admin}").status, 401)
        cut = json.dumps([quiz(50)]).encode()[:-20]
        self.assertEqual(self.ask("POST", body=cut, Content_Type="application/json").status, 400)
        self.assertEqual(self.ask("GET", "/data/xAPI/about", Authorization=None, X_Experience_API_Version=None)
                         .json["version"][-1], "1.0.3")

    def test_a_body_that_is_cut_on_its_way_leaves_nothing(self):
        import http.client
        address = urllib.parse.urlsplit(self.server.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        body = json.dumps([quiz(50)]).encode()
        connection.putrequest("POST", STATEMENTS)
        for name, value in {"Authorization": self.basic(), "X-Experience-API-Version": "1.0.3",
                            "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(body[:len(body) // 2])
        connection.close()
        self.send(quiz(70, attempt=32))
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM xapi_statement"), [(1,)])

    def test_attachments_come_as_multipart_and_are_given_back(self):
        work = b"\x00work\r\n--of a learner"
        sha2 = hashlib.sha256(work).hexdigest()
        statement = quiz(50, id=ID, attachments=[{
            "usageType": "http://example.org/work", "display": {"ru": "Работа"}, "contentType": "application/pdf",
            "length": len(work), "sha2": sha2}])
        def multipart(content):
            return (b"--xyz\r\nContent-Type: application/json\r\n\r\n" + json.dumps(statement).encode() +
                    b"\r\n--xyz\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n"
                    b"X-Experience-API-Hash: " + sha2.encode() + b"\r\n\r\n" + content + b"\r\n--xyz--\r\n")
        kind = "multipart/mixed; boundary=xyz"
        self.assertEqual(self.ask("POST", body=statement).status, 400, "its bytes are nowhere")
        self.assertEqual(self.ask("POST", body=multipart(b"other"), Content_Type=kind).status, 400)
        self.assertEqual(self.ask("POST", body=multipart(work)[:-9], Content_Type=kind).status, 400, "cut")
        answer = self.ask("POST", body=multipart(work), Content_Type=kind)
        self.assertEqual((answer.status, answer.json), (200, [ID]), answer)
        back = self.ask("GET", f"{STATEMENTS}?statementId={ID}&attachments=true")
        self.assertTrue(back.headers["content-type"].startswith("multipart/mixed"))
        self.assertIn(work, back.body)

    def test_old_packages_send_a_form_and_keep_their_state(self):
        form = urllib.parse.urlencode({"statementId": ID, "Authorization": self.basic(), "Content-Type": "application/json",
                                       "X-Experience-API-Version": "1.0.3", "content": json.dumps(quiz(50))}).encode()
        answer = self.ask("POST", STATEMENTS + "?method=PUT", form, Authorization=None, X_Experience_API_Version=None,
                          Content_Type="application/x-www-form-urlencoded")
        self.assertEqual(answer.status, 204, answer)
        place = "/data/xAPI/activities/state?" + urllib.parse.urlencode(
            {"activityId": "https://course.example.org/1", "agent": json.dumps({"mbox": "mailto:a@example.org"}),
             "stateId": "resume"})
        self.assertEqual(self.ask("GET", place).status, 404)
        self.assertEqual(self.ask("PUT", place, {"page": 3, "seen": [1]}).status, 204)
        self.assertEqual(self.ask("POST", place, {"page": 4}).status, 204)
        got = self.ask("GET", place)
        self.assertEqual((got.status, got.json), (200, {"page": 4, "seen": [1]}))
        self.assertEqual(self.ask("PUT", place, {"page": 5}, If_Match='"other"').status, 412)
        self.assertEqual(self.ask("GET", place.rsplit("&", 1)[0]).json, ["resume"])
        self.assertEqual(self.ask("DELETE", place).status, 204)
        self.assertEqual(self.ask("GET", place).status, 404)

    def test_pages_that_are_listed_may_send_and_others_may_not_see_the_answer(self):
        ours, others = "https://site.example.org", "https://evil.example.org"
        def preflight(origin):
            return self.server.request("OPTIONS", STATEMENTS, headers={
                "Origin": origin, "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,x-experience-api-version"}, token=None)
        answer = preflight(ours)
        self.assertEqual((answer.status, answer.headers["access-control-allow-origin"]), (204, ours))
        self.assertIn("X-Experience-API-Version", answer.headers["access-control-allow-headers"])
        self.assertNotIn("access-control-allow-origin", preflight(others).headers)
        sent = self.ask("POST", body=quiz(50), Origin=ours, Sec_Fetch_Site="cross-site")
        self.assertEqual((sent.status, sent.headers["access-control-allow-origin"]), (200, ours))
        self.assertIn("X-Experience-API-Consistent-Through", sent.headers["access-control-expose-headers"])

    # -- what becomes of them -----------------------------------------------------------------------------------------

    def test_what_refers_to_something_unknown_waits_is_shown_without_its_value_to_viewers_and_comes_in_later(self):
        self.bring(RECORDS)
        self.send(quiz(50), viewed())
        self.assertEqual(self.results(), [])
        (waiting,) = self.json("GET", SOURCES + "/plugin/troubles")["items"]
        self.assertEqual((waiting["state"], waiting["column"], waiting["value"]), ("waiting", "user", "17"))
        self.assertEqual(waiting["missing"], {"kind": "learners", "source": "moodle", "externalId": "user-17"})
        viewer = self.server.create_token("viewer", {"demo": "viewer"})
        for language, reason in (("en", "names no record of 'learners'"), ("ru", "записи нет (learners)")):
            answer = self.server.get(SOURCES + "/plugin/troubles", token=viewer, headers={"Accept-Language": language})
            (seen,) = answer.json["items"]
            self.assertEqual((seen["value"], seen["reason"], seen["missing"]["kind"], seen["missing"]["externalId"]),
                             (None, reason, "learners", None))
            self.assertNotIn("user-17", answer.text, "a learner's number is a methodist's to see")
        listed = self.server.get(SOURCES + "/plugin/troubles?format=csv", token=viewer).text
        self.assertNotIn("17,", listed.splitlines()[1].split(",waiting,")[1])
        (unmatched,) = self.forms(state="unmatched")
        self.assertEqual((unmatched["verb"], unmatched["unmatched"]), ("http://example.org/verbs/danced", 1))
        csv = self.server.get(f"{SOURCES}/plugin/forms", headers={"Accept": "text/csv"}, token=self.admin)
        self.assertIn(b"http://example.org/verbs/danced,http://example.org/t,0,0,1", csv.body)
        (listed,) = self.json("GET", SOURCES)["items"]
        self.assertEqual({name: count for name, count in listed["counts"].items() if count}, {"waiting": 1, "unmatched": 1})
        self.assertEqual(listed["latestAt"], max(form["latestAt"] for form in self.forms()))

        self.bring(LEARNER)
        self.server.post(SOURCES + "/plugin/retry", token=self.admin)
        self.wait_for(self.results)
        self.assertEqual(self.json("GET", SOURCES + "/plugin/troubles")["items"], [])

    def test_statements_are_listed_by_what_became_of_them_and_their_originals_are_given_back(self):
        self.bring(RECORDS)
        (waiting,) = self.send(quiz(50))
        written = json.dumps(viewed(), indent=1).encode()
        danced = self.ask("POST", body=written, Content_Type="application/json").json[0]
        plain = {**viewed(), "object": {"id": "https://moodle.example.org/y"}}
        (untyped,) = self.send(plain)
        place = SOURCES + "/plugin/statements"

        def listed(**query):
            return self.json("GET", f"{place}?{urllib.parse.urlencode(query)}")["items"]

        self.assertEqual([one["statementId"] for one in listed()], [untyped, danced, waiting])
        (one,) = listed(state="waiting")
        self.assertEqual((one["statementId"], one["rule"], one["kind"], one["externalId"]),
                         (waiting, "quiz-attempt", "results", "quiz-attempt-31"))
        verb = "http://example.org/verbs/danced"
        self.assertEqual([one["statementId"] for one in listed(state="unmatched", verb=verb, activityType="")], [untyped])
        self.assertEqual([one["statementId"] for one in listed(verb=verb, activityType="http://example.org/t")], [danced])
        first = self.json("GET", place + "?limit=2")
        self.assertEqual([one["statementId"] for one in self.json("GET", f"{place}?limit=2&cursor={first['next']}")["items"]],
                         [waiting])
        csv = self.server.get(place, headers={"Accept": "text/csv"}, token=self.admin)
        self.assertIn(b"statementId,storedAt,timestamp,state,rule,verb,activityType,kind,externalId", csv.body)

        original = self.server.get(f"{place}/{danced.upper()}", token=self.admin)
        self.assertEqual((original.status, original.body), (200, written))
        self.assertEqual(self.server.get(f"{place}/{ID}", token=self.admin).status, 404)
        self.assertEqual(self.server.get(place + "?state=lost", token=self.admin).status, 400)
        viewer = self.server.create_token("viewer", {"demo": "viewer"})
        methodist = self.server.create_token("methodist", {"demo": "methodist"})
        for address in (place, f"{place}/{danced}"):
            self.assertEqual((self.server.get(address, token=viewer).status,
                              self.server.get(address, token=methodist).status), (403, 200))

    def test_other_rules_replay_the_originals(self):
        self.bring(RECORDS + LEARNER)
        self.send(quiz(50), viewed())
        current = self.server.get(SOURCES + "/plugin", token=self.admin)
        own = {"title": {"ru": "свои", "en": "own"}, "rules": [
            {"name": "dance", "verbs": ["http://example.org/verbs/danced"],
             "columns": {"user": {"path": "$.actor.account.name"}},
             "mapping": {"target": "openings", "externalId": {"column": "statementId"}, "fields": {
                 "learner": {"template": "user-{user}"}, "element": {"constant": "cm-5"}, "at": {"column": "timestamp"}}}}]}
        wrong = self.server.put(SOURCES + "/plugin", {**current.json, "rules": {"rules": [{"name": "x"}]}},
                                etag=current.headers["etag"], token=self.admin)
        self.assertEqual(wrong.status, 422)
        changed = self.server.put(SOURCES + "/plugin", {**current.json, "rules": own}, etag=current.headers["etag"],
                                  token=self.admin)
        self.assertEqual(changed.status, 200, changed)
        self.wait_for(lambda: not self.json("GET", SOURCES + "/plugin")["remapping"])
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM record_openings WHERE deleted_at IS NULL"), [(1,)])
        self.assertEqual(self.results(), [], "no rule says so any more")

    def test_own_rules_begin_with_the_text_of_ready_made_ones(self):
        ready = self.json("GET", "/api/v1/xapi-rules/logstore_xapi")
        self.assertEqual((list(ready), ready["name"]), (["name", "title", "assumed", "rules"], "logstore_xapi"))
        self.assertEqual(self.server.get("/api/v1/xapi-rules/none", token=self.admin).status, 404)
        current = self.server.get(SOURCES + "/plugin", token=self.admin)
        del ready["name"]
        changed = self.server.put(SOURCES + "/plugin", {**current.json, "rules": ready}, etag=current.headers["etag"],
                                  token=self.admin)
        self.assertEqual((changed.status, changed.json["rules"]), (200, ready), changed)
        self.bring(RECORDS + LEARNER)
        self.send(quiz(50))
        self.assertEqual([row[0] for row in self.results()], ["quiz-attempt-31"])

    def test_the_secret_is_shown_once_and_rotated(self):
        self.assertNotIn(self.source["secret"], self.server.get(SOURCES + "/plugin", token=self.admin).text)
        self.assertNotIn(self.source["secret"].encode(), self.server.database.read_bytes())
        new = self.json("POST", SOURCES + "/plugin/rotate", {})
        self.assertEqual(self.ask("GET", STATEMENTS).status, 401)
        self.assertEqual(self.ask("GET", STATEMENTS, Authorization=self.basic(new["secret"])).status, 200)
        viewer = self.server.create_token("viewer", {"demo": "viewer"})
        self.assertEqual(self.server.post(SOURCES + "/plugin/rotate", {}, token=viewer).status, 403)
        self.assertIsNone(new["previousUntil"])
        kept = self.json("POST", SOURCES + "/plugin/rotate", {"keepOldMinutes": 60})
        self.assertEqual(self.json("GET", SOURCES + "/plugin")["previousUntil"], kept["previousUntil"])
        self.assertGreater(kept["previousUntil"], kept["changedAt"])
        self.assertEqual(self.ask("GET", STATEMENTS, Authorization=self.basic(new["secret"])).status, 200)

    def test_what_is_wrong_with_a_source_is_told_with_its_place_in_the_language_asked(self):
        def refused(**body):
            answer = self.server.post(SOURCES, {"name": "x", "ruleSet": "h5p", **body}, token=self.admin,
                                      headers={"Accept-Language": "ru"})
            self.assertEqual(answer.status, 422, answer)
            for error in answer.json["errors"]:
                for text in (error["reason"], error.get("fix", "")):
                    self.assertNotRegex(text, "^[A-Za-z]", error)
            return [error["pointer"] for error in answer.json["errors"]]

        self.assertEqual(refused(name="Так нельзя", references="И так", origins=["*"]), ["/name", "/origins", "/references"])
        self.assertEqual(refused(origins=["http://site.example.org/path"]), ["/origins"])
        self.assertEqual(refused(rules={"title": {"ru": "свои"}, "rules": [{"name": "a", "verbs": ["x"]}], "more": 1}),
                         ["/rules/more", "/rules/title", "/rules/rules/0"])

    def test_a_killed_server_has_what_it_answered_and_takes_the_rest_again(self):
        self.bring(RECORDS + LEARNER)
        ids = self.send(*(quiz(50, attempt=i) for i in range(200)))
        self.server.kill()
        self.server.start()
        self.assertEqual(self.send(*(quiz(50, attempt=i) for i in range(250)))[:200], ids)
        self.assertEqual(len(self.results()), 250)


if __name__ == "__main__":
    unittest.main()
