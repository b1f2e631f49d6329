"""Bad input never breaks anything: a clear problem document, and not a row of the database changed."""
import json
import socket
import unittest
import urllib.parse

from lmsd import BUILD, Lmsd

# Who signed in when, and when a token was last used: these may change, nothing else may.
MOVING = ("person_session", "journal", "journal_head", "api_token")


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({"modules.load": "hello"}, modules=BUILD / "tests/hello").__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        for organization in ("demo", "other"):
            cls.server.create_organization(organization)
        cls.password = cls.server.create_user("olga", roles={"demo": "organization-admin"})
        cls.other = cls.server.create_token("other", roles={"other": "organization-admin"})
        cls.viewer = cls.server.create_token("viewer", roles={"demo": "viewer"})
        batch = {"source": "tests", "records": [{"kind": "learners", "externalId": "l1", "lastName": "Иванова"}]}
        cls.server.json("POST", "/api/v1/organizations/demo/records", batch)
        cls.learner = cls.server.get("/api/v1/organizations/demo/records/learners").json["items"][0]

    def setUp(self):
        self.before = self.server.dump(without=MOVING)

    def tearDown(self):
        self.assertEqual(self.server.dump(without=MOVING), self.before, "something was changed")
        self.assertEqual(self.server.health().status, 200)

    def assert_problem(self, answer, status):
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        problem = answer.json
        self.assertEqual(problem["status"], status)
        for member in ("type", "title", "code", "detail", "requestId"):
            self.assertTrue(problem.get(member), f"no {member} in {problem}")
        for leak in ("SELECT", "INSERT", "sqlite", str(self.server.directory), str(BUILD), "Poco", "std::"):
            self.assertNotIn(leak, answer.text)
        return problem

    def each(self, cases, status):
        for name, call in cases.items():
            with self.subTest(name):
                self.assert_problem(call(), status)

    RECORDS = "/api/v1/organizations/demo/records"

    def raw(self, path, body, method="POST", token=True, **headers):
        return self.server.request(method, path, body, token=token,
                                   headers={"Content-Type": "application/json",
                                            **{k.replace("_", "-"): v for k, v in headers.items()}})

    def test_malformed_json(self):
        texts = {"nothing": b"", "cut off": b'{"source": "x", "records": [', "no JSON": b"<html>", "two": b"{}{}",
                 "trailing comma": b'{"source": "x",}', "bare word": b"records", "NaN": b'{"source": NaN}',
                 "deep": b"[" * 50_000, "single quotes": b"{'source': 'x'}", "NUL": b'{"source": "a\x00b"}'}
        for path in (self.RECORDS, "/api/v1/organizations", "/api/v1/users", "/api/v1/tokens", "/api/v1/projects"):
            self.each({f"{name} to {path}": lambda text=text, path=path: self.raw(path, text)
                       for name, text in texts.items()}, 400)

    def test_invalid_utf8(self):
        texts = {"lone continuation": b"\x80", "cut off": b"\xd0", "overlong": b"\xc0\xaf", "surrogate": b"\xed\xa0\x80",
                 "beyond": b"\xf5\x80\x80\x80", "Windows-1251": "Привет".encode("cp1251")}
        self.each({name: lambda text=text: self.raw("/api/v1/organizations", b'{"id": "x", "legalName": "' + text + b'"}')
                   for name, text in texts.items()}, 400)
        self.each({name: lambda text=text: self.raw(self.RECORDS, b'{"source": "' + text + b'", "records": []}')
                   for name, text in texts.items()}, 400)

    def test_wrong_types(self):
        self.each({
            "an array for an object": lambda: self.server.post("/api/v1/organizations", []),
            "a text for an object": lambda: self.server.post("/api/v1/users", "olga"),
        }, 400)
        self.each({
            "records as a text": lambda: self.server.post(self.RECORDS, {"source": "tests", "records": "all"}),
            "source as a number": lambda: self.server.post(self.RECORDS, {"source": 7, "records": []}),
            "name as a number": lambda: self.server.post("/api/v1/organizations", {
                "id": "third", "legalName": 7, "tariff": "basic", "activityBase": "https://third.example.org"}),
            "roles as a text": lambda: self.server.post("/api/v1/users", {
                "login": "petr", "password": "long enough 123", "roles": "all"}),
            "an unknown field": lambda: self.server.post("/api/v1/users", {
                "login": "petr", "password": "long enough 123", "rols": []}),
            "a short password": lambda: self.server.post("/api/v1/users", {"login": "petr", "password": "12345"}),
        }, 422)

    def test_a_record_of_wrong_types_is_rejected_by_itself(self):
        answer = self.server.post(self.RECORDS, {"source": "tests", "records": [
            {"kind": "learners", "externalId": 7}, {"kind": "planets", "externalId": "p"}, "learner", None,
            {"kind": "learners", "externalId": "x", "lastName": {"a": 1}}]})

        self.assertEqual(answer.status, 200, answer)
        self.assertEqual([item["status"] for item in answer.json["items"]], ["rejected"] * 5)
        for item in answer.json["items"]:
            self.assertTrue(item["errors"][0]["fix"], item)

    def test_oversized_bodies(self):
        big = json.dumps({"login": "petr", "password": "x" * 200_000}).encode()
        self.each({"announced": lambda: self.raw("/api/v1/users", big),
                   "chunked": lambda: self.server.request("POST", "/api/v1/users", iter([big]),
                                                            headers={"Content-Type": "application/json"})}, 413)

    def test_unknown_organization(self):
        self.each({
            "read": lambda: self.server.get("/api/v1/organizations/absent"),
            "records": lambda: self.server.get("/api/v1/organizations/absent/records/learners"),
            "import": lambda: self.server.post("/api/v1/organizations/absent/records", {"source": "t", "records": []}),
        }, 404)

    def test_another_organizations_token_sees_nothing(self):
        one = f"{self.RECORDS}/learners/{self.learner['id']}"
        cases = {
            "read": lambda: self.server.get("/api/v1/organizations/demo", token=self.other),
            "list": lambda: self.server.get(self.RECORDS + "/learners", token=self.other),
            "one": lambda: self.server.get(one, token=self.other),
            "import": lambda: self.server.post(self.RECORDS, {"source": "t", "records": []}, token=self.other),
            "delete": lambda: self.server.delete(one, token=self.other, headers={"If-Match": '"1"'}),
        }
        self.each(cases, 404)
        answer = self.server.get("/api/v1/organizations/demo", token=self.other).json
        unknown = self.server.get("/api/v1/organizations/absent", token=self.other).json
        self.assertEqual(answer["code"], unknown["code"], "a foreign organization must look like none")

    def test_a_record_of_one_organization_is_not_found_in_another(self):
        self.assert_problem(self.server.get(f"/api/v1/organizations/other/records/learners/{self.learner['id']}"), 404)

    def test_roles_are_minded(self):
        self.each({
            "a viewer imports": lambda: self.server.post(self.RECORDS, {"source": "t", "records": []}, token=self.viewer),
            "a viewer makes a user": lambda: self.server.post("/api/v1/users", {"login": "p"}, token=self.viewer),
            "a viewer sees modules": lambda: self.server.get("/api/v1/modules", token=self.viewer),
        }, 403)

    def test_nobody_and_false_credentials(self):
        path = "/api/v1/organizations/demo"
        self.each({
            "nobody": lambda: self.server.get(path, token=None),
            "a token that is none": lambda: self.server.get(path, token="0" * 43),
            "an empty token": lambda: self.server.get(path, token=None, headers={"Authorization": "Bearer "}),
            "no scheme we know": lambda: self.server.get(path, token=None, headers={"Authorization": "Basic b2xnYTp4"}),
            "a cookie that is none": lambda: self.server.get(path, token=None, headers={"Cookie": "lmsd_session=abc"}),
        }, 401)

    def test_path_traversal(self):
        for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/api/v1/organizations/..%2f..%2fetc",
                     "/api/v1/organizations/demo/../other", "/docs/..%2f..%2f..%2fetc%2fpasswd", "/api/v1/%00",
                     "/api/v1/organizations/demo/records/learners/..%5c..%5c1", "//etc/passwd", "/api/v1/%zz"):
            with self.subTest(path):
                answer = self.server.get(path)
                self.assertIn(answer.status, (400, 404), answer)
                self.assert_problem(answer, answer.status)
                self.assertNotIn("root:", answer.text)

    def test_wrong_methods_and_addresses(self):
        answer = self.server.delete("/api/v1/organizations")
        self.assert_problem(answer, 405)
        self.assertIn("GET", answer.headers["allow"])
        self.assert_problem(self.server.get("/api/v1/nothing"), 404)
        for wrong in ("x", "-1", "0", "99999999999999999999", "1e3", "1%27%20OR%201=1"):
            with self.subTest(wrong):
                self.assert_problem(self.server.get(f"{self.RECORDS}/learners/{wrong}"), 404)

    def test_wrong_lists(self):
        for query in ("limit=0", "limit=1001", "limit=all", "cursor=garbage", "limit=-1", "planet=mars"):
            with self.subTest(query):
                self.assert_problem(self.server.get(f"{self.RECORDS}/learners?{query}"), 400)

    def test_changes_without_or_with_a_wrong_version(self):
        path = "/api/v1/organizations/demo"
        body = self.server.get(path).json
        body["fullName"] = "Changed"
        self.assert_problem(self.server.put(path, body), 428)
        self.assert_problem(self.server.put(path, body, etag='"999"'), 412)
        self.assert_problem(self.server.put(path, body, etag="seven"), 400)

    def test_what_two_readers_could_read_differently_is_refused(self):
        parts = urllib.parse.urlsplit(self.server.url)
        heads = {
            "length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n",
            "a length that is none": b"Content-Length: five\r\n",
            "a negative length": b"Content-Length: -5\r\n",
            "a folded header": b"X-A: b\r\n c\r\n",
            "a space before the colon": b"Content-Length : 5\r\n",
            "a coding we don't know": b"Transfer-Encoding: gzip\r\n",
        }
        for name, head in heads.items():
            with self.subTest(name), socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
                connection.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n0\r\n\r\n"
                                   b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
                answer = b""
                try:
                    while part := connection.recv(65536):
                        answer += part
                except ConnectionResetError:
                    pass
                self.assertRegex(answer, rb"^HTTP/1\.1 (400|501) ")
                self.assertEqual(answer.count(b"HTTP/1.1 "), 1, "the rest was read as another request")

    def test_a_module_is_guarded_as_well(self):
        self.assert_problem(self.server.post("/api/v1/hello/%ff%fe", token=None), 400)


if __name__ == "__main__":
    unittest.main()
