"""A connection of tests/functional/adapter's kind, a terminal in a hall, on a real lmsd that has no other module."""
import time
import unittest

from lmsd import BUILD, Lmsd

BASE = "/api/v1/organizations/demo/connections"
HALL = BASE + "/hall"
MAPPING = {"target": "learners", "externalId": {"column": "id"},
           "fields": {"untiId": {"column": "unti"}, "lastName": {"column": "name"}}}
ROUTE = {"name": "people", "settings": {"file": "people.txt"}, "mapping": MAPPING,
         "watermark": {"column": "changed", "type": "number"}}
PIN = "4711-4711"


class Hall(unittest.TestCase):
    def setUp(self):
        self.server = Lmsd({"modules.load": "adapter", "modules.required": "adapter"}, modules=BUILD / "tests/adapter")
        self.folder = self.server.directory / "terminals"
        (self.folder / "hall").mkdir(parents=True)
        self.server.settings["module.adapter.folder"] = self.folder
        self.server.write_config()
        self.addCleanup(self.server.__exit__)
        self.server.start()
        self.server.create_organization("demo")
        self.write("1|501|Ivanov|10", "2|502|Petrov|20")

    def write(self, *lines, file="people.txt", header="id|unti|name|changed"):
        (self.folder / "hall" / file).write_text("\n".join([header, *lines]) + "\n")

    def make(self, **route):
        self.server.json("POST", BASE, {"name": "hall", "kind": "card-terminal", "title": "Зал",
                                        "settings": {"terminal": "hall", "pin": PIN}})
        return self.server.json("POST", HALL + "/routes", {**ROUTE, **route})

    def run_route(self, order=None, route="people"):
        started = self.server.post(f"{HALL}/routes/{route}/run", order or {})
        self.assertEqual(started.status, 202, started)
        return self.finished(started.headers["location"])

    def finished(self, address):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            run = self.server.json("GET", address)
            if run["state"] not in ("waiting", "running"):
                return run
            time.sleep(0.05)
        self.fail("the run did not end")

    def learners(self):
        return dict(self.server.query("SELECT external_id, last_name FROM record_learners WHERE deleted_at IS NULL"))

    def codes(self, answer):
        return [one["code"] for one in answer["diagnoses"]]
