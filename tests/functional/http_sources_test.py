"""Connections of the kind "http" of a real lmsd against a service of ours."""
import http.server
import json
import threading
import time
import unittest

from lmsd import Lmsd

BASE = "/api/v1/organizations/demo/connections"
MAPPING = {"target": "learners", "externalId": {"column": "id"},
           "fields": {"untiId": {"column": "unti"}, "lastName": {"column": "name"}}}


class Service(http.server.BaseHTTPRequestHandler):
    """Answers with `body` whatever is asked; of /cut only the half of it. Keeps what was asked."""
    protocol_version = "HTTP/1.1"
    body: object = []
    asked: list = []

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        Service.asked.append((self.command, self.path))
        body = json.dumps(Service.body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:len(body) // 2] if self.path == "/cut" else body)
        self.close_connection = self.path == "/cut"

    do_POST = do_DELETE = do_GET


class HttpSources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=cls.service.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.service.server_close)
        cls.addClassCleanup(cls.service.shutdown)
        cls.server = Lmsd({"outbound.allow_http": "true", "outbound.allow_private_addresses": "true"}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_organization("demo")
        url = f"http://127.0.0.1:{cls.service.server_address[1]}"
        cls.server.json("POST", BASE, {"name": "web", "kind": "http", "settings": {"url": url, "timeoutSeconds": 10}})

    def setUp(self):
        Service.asked.clear()
        Service.body = [{"id": "1", "unti": 501, "name": "Ivanova"}]

    def route(self, name, **settings):
        self.server.json("POST", BASE + "/web/routes", {"name": name, "settings": {"path": "/" + name, **settings}, "mapping": MAPPING})
        return f"{BASE}/web/routes/{name}"

    def run_route(self, route):
        started = self.server.post(route + "/run", {})
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            run = self.server.json("GET", started.headers["location"])
            if run["state"] not in ("waiting", "running"):
                return run
            time.sleep(0.05)
        self.fail("the run did not end")

    def codes(self, answer):
        return [one["code"] for one in answer["diagnoses"]]

    def test_a_trial_sends_what_may_change_the_source_on_a_persons_word_only(self):
        for method in ("POST", "DELETE"):
            Service.asked.clear()
            route = self.route("m" + method.lower(), method=method)
            refused = self.server.request("POST", route + "/try", {}, {"Accept-Language": "ru"})
            self.assertEqual((refused.status, refused.json["errors"][0]["pointer"]), (422, "/sends"), refused)
            self.assertIn("может изменить", refused.json["detail"])
            self.assertTrue(self.server.json("POST", BASE + "/web/check")["ok"])
            self.assertEqual([one for one in Service.asked if one[0] != "GET"], [])
            self.assertEqual(len(self.server.json("POST", route + "/try", {"sends": True})["rows"]), 1)
            self.assertEqual(Service.asked[-1], (method, "/m" + method.lower()))
        route = self.route("search", method="POST", repeatable=True)
        self.assertEqual(len(self.server.json("POST", route + "/try", {})["rows"]), 1)

    def test_a_post_whose_answer_breaks_off_is_sent_once(self):
        run = self.run_route(self.route("cut", method="POST"))
        self.assertEqual((run["state"], self.codes(run)), ("failed", ["source.interrupted"]), run)
        self.assertEqual(Service.asked, [("POST", "/cut")])

    def test_a_renamed_field_a_wrong_path_and_an_error_with_200_are_failures(self):
        route = self.route("people")
        self.assertEqual(self.run_route(route)["state"], "done")
        Service.body = [{"id": "1", "unti": 501, "fullname": "Ivanova"}]
        renamed = self.run_route(route)
        self.assertEqual((renamed["state"], self.codes(renamed)), ("failed", ["source.field-name"]), renamed)
        self.assertEqual(self.codes(self.server.json("POST", route + "/try", {})), ["source.field-name"])
        Service.body = {"data": [{"id": "1", "unti": 501, "name": "Ivanova"}]}
        self.assertIn("data", self.run_route(route)["diagnoses"][0]["fix"])
        Service.body = [{"id": "1", "unti": "05", "name": "Ivanova"}]
        refused = self.run_route(route)
        self.assertEqual((refused["state"], self.codes(refused)), ("failed", ["source.all-refused"]), refused)
        Service.body = {"error": {"message": "token expired"}, "data": []}
        route = self.route("wrapped", items="data")
        expired = self.run_route(route)
        self.assertEqual(expired["state"], "failed", expired)
        self.assertIn("token expired", expired["diagnoses"][0]["detail"])
        self.assertEqual(self.server.query("SELECT last_name FROM record_learners"), [("Ivanova",)])


if __name__ == "__main__":
    unittest.main()
