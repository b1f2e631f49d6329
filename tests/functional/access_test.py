"""Who may call what, asked of every route that the server describes, those of University 2035's module included."""
import re
import unittest

from lmsd import Lmsd
from nights import SETTINGS

LEVELS = ("viewer", "methodist", "organization-admin")
MOVING = ("person_session", "journal", "journal_head", "api_token")
SCOPES = ("full", "read", "records", "runs")
ORIGIN = "https://app.example.org"


class Route:
    def __init__(self, method, path, operation):
        self.method = method.upper()
        self.template = path
        self.who = operation["x-who"]
        self.scopes = operation.get("x-scopes", [])

    def path(self, organization="demo"):
        return re.sub(r"\{(\w+)\}", lambda part: {"org": organization, "n": "2", "project": "bas"}.get(part[1], "1"),
                      self.template)

    @property
    def of_organization(self):
        """What is sent to a listening connection shows a token of its own: listening_test asks for it."""
        return "{org}" in self.template and not self.public

    @property
    def public(self):
        return self.who == "anybody"

    @property
    def least(self):
        """The least role of the organization that may, or None where none may."""
        found = re.match(r"([\w-]+) of the organization", self.who)
        return found and found[1]

    def __str__(self):
        return f"{self.method} {self.template}"


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({**SETTINGS, "http.cors_origins": ORIGIN}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        for organization in ("demo", "other"):
            cls.server.create_organization(organization)
        cls.tokens = {role: cls.server.create_token(role, roles={"demo": role}) for role in LEVELS}
        cls.scoped = {scope: cls.server.create_token(f"scope-{scope}", roles={"demo": "organization-admin"},
                                                     server_admin=True, scopes=[scope]) for scope in SCOPES}
        cls.foreign = cls.server.create_token("foreign", roles={"other": "organization-admin"})
        described = cls.server.get("/api/v1/openapi.json", token=None).json["paths"]
        cls.routes = [Route(method, path, operation)
                      for path, operations in described.items() for method, operation in operations.items()]

    def setUp(self):
        self.before = self.server.dump(without=MOVING)

    def tearDown(self):
        self.assertEqual(self.server.dump(without=MOVING), self.before, "something was changed")

    def ask(self, route, token, organization="demo", **more):
        return self.server.request(route.method, route.path(organization), token=token, **more)

    def each(self, routes, status, token, organization="demo", **more):
        routes = list(routes)
        self.assertTrue(routes)
        for route in routes:
            with self.subTest(str(route)):
                answer = self.ask(route, token, organization, **more)
                self.assertEqual(answer.status, status, answer)
                self.assertEqual(answer.headers["content-type"], "application/problem+json")
                self.assertTrue(answer.json["requestId"])

    def test_what_anybody_may_is_this_and_nothing_else(self):
        self.assertEqual({str(route) for route in self.routes if route.public},
                         {"GET /api/v1/openapi.json", "GET /api/v1/server", "POST /api/v1/session",
                          "GET /health/ready", "GET /assets/u2035/{name}",
                          "POST /in/{org}/{connection}/{prefix}", "PUT /in/{org}/{connection}/{prefix}",
                          # Learners have no account here: a link of their own is what they show.
                          "GET /u2035/sso/join", "GET /u2035/sso/start", "GET /u2035/sso/sso.css",
                          "GET /u2035/sso/{organization}/{contour}/callback",
                          "GET /u2035/sso/confirm/{attempt}", "POST /u2035/sso/confirm/{attempt}",
                          "POST /u2035/sso/state", "POST /u2035/sso/unlink"})

    def test_the_modules_routes_are_among_those_asked(self):
        self.assertGreater(sum("/u2035/" in route.template for route in self.routes), 20)

    def test_nobody_is_asked_to_sign_in_by_every_route(self):
        self.each((route for route in self.routes if not route.public), 401, None)

    def test_a_token_that_is_none_opens_no_route(self):
        self.each((route for route in self.routes if not route.public), 401, "lmsd_" + "A" * 43)

    def test_a_foreign_token_finds_no_route_of_the_organization(self):
        self.each((route for route in self.routes if route.of_organization), 404, self.foreign)

    def test_a_foreign_organization_looks_like_none_at_every_route(self):
        for route in self.routes:
            if not route.of_organization:
                continue
            with self.subTest(str(route)):
                there, absent = (self.ask(route, self.foreign, organization) for organization in ("demo", "absent"))
                self.assertEqual((there.status, there.json["code"], there.json["detail"].replace("demo", "absent")),
                                 (absent.status, absent.json["code"], absent.json["detail"]))

    def test_a_lesser_role_is_refused_by_every_route_that_needs_more(self):
        for role in LEVELS[:-1]:
            self.each((route for route in self.routes
                       if route.least and LEVELS.index(route.least) > LEVELS.index(role)), 403, self.tokens[role])

    def test_an_organizations_administrator_is_refused_by_every_route_of_the_server(self):
        self.each((route for route in self.routes if route.who == "server-admin"), 403,
                  self.tokens["organization-admin"])

    def test_who_may_read_is_not_refused(self):
        for route in self.routes:
            if route.method != "GET" or not route.least:
                continue
            with self.subTest(str(route)):
                self.assertNotIn(self.ask(route, self.tokens[route.least]).status, (401, 403))

    def test_a_cookie_without_its_csrf_token_changes_nothing_at_any_route(self):
        password = self.server.create_user("administrator", server_admin=True, roles={"demo": "organization-admin"})
        signed_in = self.server.post("/api/v1/session", {"login": "administrator", "password": password}, token=None)
        cookie = signed_in.cookies[0].split(";")[0]
        self.before = self.server.dump(without=MOVING)
        changing = [route for route in self.routes if route.method != "GET" and not route.public]
        for csrf in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": ""}):
            self.each(changing, 403, None, headers={"Cookie": cookie, **csrf})
        self.assertEqual(self.server.get("/api/v1/session", token=None, headers={"Cookie": cookie}).status, 200)

    def test_a_tokens_scope_opens_what_it_is_for_and_nothing_else(self):
        brings_in = re.compile(r"/api/v1/organizations/\{org\}/(records|imports)(/|$)")
        works = re.compile(r"/runs(/|$)|/connections/.+/run$")
        for route in self.routes:
            if route.public:
                continue
            opened_by = {"full"} | {scope for scope, opens in {
                "read": route.method == "GET",
                "records": brings_in.match(route.template) or str(route) == "GET /api/v1/session",
                "runs": works.search(route.template) or str(route) == "GET /api/v1/session"}.items() if opens}
            with self.subTest(str(route)):
                self.assertEqual(set(route.scopes), opened_by)
                for scope in SCOPES:
                    if scope not in opened_by:
                        answer = self.ask(route, self.scoped[scope])
                        self.assertEqual((answer.status, answer.json["code"]), (403, "token-scope"), scope)
                    elif route.method == "GET":
                        self.assertNotIn(self.ask(route, self.scoped[scope]).status, (401, 403), scope)

    def test_a_reading_token_changes_nothing_whatever_it_sends(self):
        described = self.server.get("/api/v1/openapi.json", token=None).json["paths"]
        for route in self.routes:
            if route.public or route.method == "GET":
                continue
            body = described[route.template][route.method.lower()].get("requestBody", {}).get("content", {})
            example = body.get("application/json", {}).get("example", {})
            with self.subTest(str(route)):
                answer = self.ask(route, self.scoped["read"], body=example, headers={"If-Match": "*"})
                self.assertEqual((answer.status, answer.json["code"]), (403, "token-scope"))

    def test_a_page_of_a_listed_origin_may_ask_every_route_with_a_token(self):
        for route in self.routes:
            with self.subTest(str(route)):
                asked = self.server.request("OPTIONS", route.path(), token=None, headers={
                    "Origin": ORIGIN, "Access-Control-Request-Method": route.method,
                    "Access-Control-Request-Headers": "authorization,content-type"})
                self.assertEqual(asked.status, 204, asked)
                self.assertEqual(asked.headers["access-control-allow-origin"], ORIGIN)
                self.assertIn(route.method, asked.headers["access-control-allow-methods"].split(", "))
                if route.method == "GET":
                    answer = self.ask(route, self.scoped["read"], headers={"Origin": ORIGIN})
                    self.assertEqual(answer.headers["access-control-allow-origin"], ORIGIN)
                    self.assertNotIn("access-control-allow-credentials", answer.headers)

    def test_a_page_of_another_origin_is_told_nothing_by_any_route(self):
        for route in self.routes:
            with self.subTest(str(route)):
                for origin in ("https://evil.example.com", "null", ORIGIN + ".evil.com", ORIGIN.upper()):
                    headers = {"Origin": origin, "Access-Control-Request-Method": route.method}
                    asked = self.server.request("OPTIONS", route.path(), token=None, headers=headers)
                    answers = [asked] + ([self.ask(route, self.scoped["read"], headers=headers)]
                                         if route.method == "GET" else [])
                    for answer in answers:
                        self.assertEqual([name for name in answer.headers if name.startswith("access-control")], [])
                        self.assertEqual(answer.headers["vary"], "Origin")

    def test_the_cookie_is_of_no_use_to_a_page_of_another_origin(self):
        password = self.server.create_user("visitor", server_admin=True, roles={"demo": "organization-admin"})
        signed_in = self.server.post("/api/v1/session", {"login": "visitor", "password": password}, token=None)
        session = {"Cookie": signed_in.cookies[0].split(";")[0], "X-CSRF-Token": signed_in.json["csrfToken"]}
        self.before = self.server.dump(without=MOVING)
        for page in ({"Origin": ORIGIN}, {"Origin": "https://evil.example.com"}, {"Sec-Fetch-Site": "cross-site"}):
            self.each((route for route in self.routes if not route.public), 401, None, headers={**session, **page})

    def test_the_methods_that_are_not_described_do_nothing(self):
        for path in {route.template for route in self.routes}:
            known = {route.method for route in self.routes if route.template == path}
            for method in {"POST", "PUT", "PATCH", "DELETE"} - known:
                with self.subTest(f"{method} {path}"):
                    answer = self.server.request(method, Route(method, path, {"x-who": ""}).path())
                    self.assertEqual(answer.status, 405, answer)


if __name__ == "__main__":
    unittest.main()
