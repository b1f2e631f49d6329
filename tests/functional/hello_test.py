"""The host runs a module that has nothing to do with University 2035: a route, a job, a table, a key, a health check."""
import os
import signal
import unittest

from lmsd import BUILD, Lmsd


def with_hello(**settings):
    return Lmsd({"modules.load": "hello", "modules.required": "hello",
                 **{key.replace("__", "."): value for key, value in settings.items()}}, modules=BUILD / "tests/hello")


class Hello(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_hello(module__hello__greeting="Добрый день").__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def test_its_route_answers_and_its_table_counts(self):
        self.server.post("/api/v1/hello/anna", token=None)
        answer = self.server.post("/api/v1/hello/anna", token=None)

        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json, {"text": "Добрый день, anna", "visits": 2})
        self.assertEqual(self.server.query("SELECT visits FROM hello_guest WHERE name = 'anna'"), [(2,)])

    def test_its_job_runs_and_its_counts_are_in_the_history(self):
        self.server.post("/api/v1/hello/boris", token=None)

        result = self.server.lmsctl("jobs", "run", "hello.count")

        self.assertIn("guests=", result.stdout)
        run = self.server.get("/api/v1/jobs/hello.count/runs").json["items"][0]
        self.assertEqual(run["state"], "succeeded")
        self.assertGreaterEqual(run["counts"]["guests"], 1)

    def test_its_state_is_listed(self):
        module = self.server.get("/api/v1/modules").json["items"][0]

        self.assertEqual({key: module[key] for key in ("name", "version", "state", "reason", "abi", "file", "required")},
                         {"name": "hello", "version": "0.3.0", "state": "started", "reason": "", "abi": "1.4",
                          "file": "hello.so", "required": True})

    def test_its_health_check_is_shown(self):
        checks = {check["name"]: check for check in self.server.health().json["checks"]}

        self.assertTrue(checks["hello.book"]["ok"])
        self.assertTrue(checks["module.hello"]["ok"])

    def test_its_route_stands_in_openapi(self):
        self.assertIn("/api/v1/hello/{name}", self.server.get("/api/v1/openapi.json", token=None).json["paths"])

    def test_its_schema_steps_have_its_name(self):
        self.assertEqual(self.server.query("SELECT version FROM schema_migration WHERE owner = 'hello' ORDER BY version"),
                         [(1,), (2,)])


class OtherFates(unittest.TestCase):
    def test_its_data_outlive_a_crash(self):
        with with_hello() as server:
            server.post("/api/v1/hello/vera", token=None)
            server.kill()
            server.start()

            self.assertEqual(server.post("/api/v1/hello/vera", token=None).json["visits"], 2)

    def test_a_wrong_key_of_a_module_refuses_the_start(self):
        server = with_hello(module__hello__gretting="hi")
        self.addCleanup(server.clean)
        with self.assertRaisesRegex(Exception, "ended with 78.*\n(.*\n)*.*module.hello.gretting.*not a key of this module"):
            server.start()

    def test_a_required_module_that_is_not_there_refuses_the_start(self):
        server = Lmsd({"modules.load": "absent", "modules.required": "absent"}, modules=BUILD / "tests/hello")
        self.addCleanup(server.clean)
        with self.assertRaisesRegex(Exception, "ended with 78.*\n(.*\n)*.*'absent.so' refused: it is not in the module directory"):
            server.start()

    def test_an_optional_module_that_is_refused_leaves_the_server_running(self):
        with Lmsd({"modules.load": "absent, hello"}, modules=BUILD / "tests/hello") as server:
            states = {module["name"]: module for module in server.get("/api/v1/modules").json["items"]}
            health = server.health()

            self.assertEqual(states["absent"]["state"], "refused")
            self.assertIn("not in the module directory", states["absent"]["reason"])
            self.assertEqual(states["hello"]["state"], "started")
            self.assertEqual(health.status, 503)
            self.assertNotIn(str(BUILD), health.text)

    def test_a_module_that_fails_in_start_leaves_nothing_behind(self):
        with Lmsd({"modules.load": "throws-in-start, good"}, modules=BUILD / "tests/modules") as server:
            states = {module["name"]: module["state"] for module in server.get("/api/v1/modules").json["items"]}
            jobs = [job["name"] for job in server.get("/api/v1/jobs").json["items"]]

            self.assertEqual(states, {"throws-in-start": "failed", "good": "started"})
            self.assertIn("good.tick", jobs)
            self.assertNotIn("throws-in-start.tick", jobs)

    def test_a_required_module_that_fails_in_start_keeps_the_server_from_being_ready(self):
        with Lmsd({"modules.load": "throws-in-start", "modules.required": "throws-in-start"},
                  modules=BUILD / "tests/modules") as server:
            self.assertEqual(server.health("/health/ready").status, 503)
            self.assertEqual(server.get("/api/v1/modules").status, 200)

    def test_a_module_that_hangs_in_stop_does_not_keep_the_process(self):
        with Lmsd({"modules.load": "hangs-in-stop", "modules.stop_timeout": "200ms"},
                  modules=BUILD / "tests/modules") as server:
            self.assertEqual(server.stop(timeout=20), 70)
            self.assertIn("did not return within 200 ms", server.log())


if __name__ == "__main__":
    unittest.main()
