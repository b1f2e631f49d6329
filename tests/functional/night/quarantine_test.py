"""The quarantine as a place to work, with a real LRS that really refuses: a conflict, a broken template, a person's words."""
import json
import pathlib
import shutil
import tempfile
import unittest
import urllib.error
import urllib.request

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw


class Quarantine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lrs = LearningLocker().__enter__()
        cls.addClassCleanup(cls.lrs.__exit__)
        cls.s3 = Radosgw().__enter__()
        cls.addClassCleanup(cls.s3.__exit__)
        # A language tag that our own check lets through and the LRS refuses, in the template of one kind.
        cls.broken = pathlib.Path(tempfile.mkdtemp(prefix="profiles-"))
        cls.addClassCleanup(shutil.rmtree, cls.broken, ignore_errors=True)
        for profile in pathlib.Path(SETTINGS["module.u2035.profiles_directory"]).glob("*.json"):
            content = json.loads(profile.read_text())
            if profile.name == "bas.json":
                for kind in content["statements"]:
                    if kind["name"] == "learner.viewed":
                        display = kind["template"]["verb"]["display"]
                        display["ru RU"] = display.pop("ru-RU")
            (cls.broken / profile.name).write_text(json.dumps(content, ensure_ascii=False))
        cls.server = Lmsd({**SETTINGS, "module.u2035.profiles_directory": cls.broken}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        cls.records = cls.server.create_token("records", roles={"demo": "methodist"})
        cls.demo.connect(cls.lrs, cls.s3)

    def lrs_request(self, query, statements=None):
        request = urllib.request.Request(
            self.lrs["endpoint"].rstrip("/") + "/statements" + query,
            data=None if statements is None else json.dumps(statements).encode(),
            headers={"Authorization": f"Basic {self.lrs['production']['basic']}", "X-Experience-API-Version": "1.0.3",
                     "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            refused.close()
            return None

    def stored(self, statement):
        return self.lrs_request(f"?statementId={statement}")

    def quarantine(self, query=""):
        return list(self.demo.items("/quarantine" + query))

    def act(self, action, **body):
        return self.demo.json("POST", f"/quarantine/{action}", body)

    def verdicts(self, action, **body):
        return [item["verdict"] for item in self.act(action, **body)["items"]]

    def restart(self, profiles):
        self.server.stop()
        self.server.settings["module.u2035.profiles_directory"] = profiles
        self.server.start()

    def correct(self, record):
        """The mark put right in the organization's own records."""
        external, element, learner = self.server.query(
            "SELECT r.external_id, e.external_id, l.external_id FROM record_results r "
            "JOIN record_elements e ON e.id = r.element_id JOIN record_learners l ON l.id = r.learner_id "
            f"WHERE r.id = {int(record)}")[0]
        answer = self.server.json("POST", self.demo.base + "/records", {"source": "demo", "records": [
            {"kind": "results", "externalId": external, "learner": learner, "element": element, "flow": "uav-2025-1",
             "attempt": 1, "raw": 98, "success": True, "durationSeconds": 60, "at": "2025-10-01T12:00:00+03:00"}]},
            token=self.records)
        self.assertEqual([item["status"] for item in answer["items"]], ["updated"], answer)

    def test_a_persons_whole_path(self):
        # Something of that id is in the LRS already, with other content.
        flow = self.server.query("SELECT id FROM record_flows WHERE external_id = 'uav-2025-1'")[0][0]
        planned = self.demo.json("POST", "/preview", {"flow": flow, "kind": "learner.grade", "limit": 1})["statements"][0]
        other = {**planned["statement"], "timestamp": "2025-09-01T10:00:00+03:00"}
        self.assertEqual(self.lrs_request("", [other]), [planned["statementId"]])

        night = first = self.demo.run()
        refused = night["counts"]["refused"]
        self.assertEqual(night["counts"]["quarantined"], refused, night["counts"])
        self.assertGreater(night["counts"]["delivered"], 300, night["counts"])

        # Two causes, each one group, whatever place a statement had in its batch.
        groups = self.demo.json("GET", "/quarantine/groups")
        self.assertEqual(groups["total"], refused)
        by_cause = {one["cause"]: one for one in groups["groups"]}
        self.assertEqual(sorted(by_cause), ["conflict", "wrong-value"], groups)
        self.assertEqual(by_cause["conflict"]["count"], 1)
        self.assertGreater(by_cause["wrong-value"]["count"], 5)
        self.assertNotRegex(by_cause["wrong-value"]["group"], r"statements\.\d")
        broken = by_cause["wrong-value"]["count"]

        # The conflict: nobody repeats it blindly, forced it is refused again, and the corrected mark goes.
        conflict = self.quarantine("?conflict=true")[0]
        self.assertEqual((conflict["statementId"], conflict["status"]), (planned["statementId"], 409))
        self.assertEqual(self.verdicts("replay", statements=[conflict["id"]]), ["conflict"])
        self.assertEqual(self.verdicts("replay", statements=[conflict["statementId"]], force=True), ["queued"])
        night = self.demo.run()
        self.assertEqual((night["counts"]["refused"], night["counts"]["delivered"]), (1, 0), night["counts"])
        self.assertEqual(self.stored(conflict["statementId"])["timestamp"][:10], "2025-09-01")

        # Each night has what it put aside itself: the conflict is the second's now.
        self.assertEqual([row["id"] for row in self.quarantine(f"?run={night['id']}")], [conflict["id"]])
        self.assertNotIn(conflict["id"], [row["id"] for row in self.quarantine(f"?run={first['id']}&state=any")])
        of_first = self.demo.json("GET", f"/quarantine/groups?run={first['id']}")
        self.assertEqual((of_first["total"], list(of_first["byCause"])[0]["cause"]), (broken, "wrong-value"), of_first)
        table = self.server.get(self.demo.u2035 + f"/quarantine?run={night['id']}", token=self.demo.token,
                                headers={"Accept": "text/csv"})
        self.assertEqual(len(table.text.strip().splitlines()), 2, table.text)
        self.correct(conflict["record"]["id"])
        self.assertEqual(self.quarantine("?conflict=true")[0]["source"], {"state": "changed", "revision": 2})
        self.assertEqual(self.verdicts("replay", statements=[conflict["id"]], force=True), ["source-changed"])
        night = self.demo.run()
        self.assertEqual((night["counts"]["refused"], night["counts"]["delivered"]), (0, 1), night["counts"])
        self.assertEqual(self.quarantine("?conflict=true"), [])
        self.assertEqual([row["id"] for row in self.quarantine("?state=superseded")], [conflict["id"]])

        # The whole way of that record, on one page: three POSTs of the first statement, one of the second.
        way = self.demo.json("GET", f"/records/result/{conflict['record']['id']}/way")
        self.assertEqual(way["source"]["raw"], 98)
        self.assertEqual([(s["state"], s["revision"], s["superseded"]) for s in way["statements"]],
                         [("quarantined", 1, True), ("confirmed", 2, False)])
        self.assertEqual([s["readBack"] and s["readBack"]["verdict"] for s in way["statements"]], [None, "confirmed"])
        self.assertEqual([post["status"] for post in way["statements"][0]["posts"]], [409, 409])
        self.assertEqual([post["status"] for post in way["statements"][1]["posts"]], [200])
        self.assertEqual([(d["action"], d["refusal"]["status"]) for d in way["statements"][0]["decisions"]], [("replay", 409)])
        self.assertEqual(self.stored(way["statements"][1]["statementId"])["result"]["score"]["raw"], 98)

        # One of the others is discarded; the rest go once the template is mended, without a word.
        rows = self.quarantine()
        self.assertEqual(len(rows), broken)
        gone = rows[0]
        one = self.demo.json("GET", f"/quarantine/{gone['id']}")
        self.assertEqual(one["statement"]["id"], gone["statementId"])
        self.assertIn("ru RU", json.dumps(one["statement"]))
        self.assertEqual(one["sourceRecord"]["id"], gone["record"]["id"])
        self.assertEqual((one["answer"]["status"], one["answer"]["errorId"]), (400, gone["errorId"]))
        self.assertEqual(self.verdicts("discard", statements=[gone["id"]], comment="открыто по ошибке"), ["discarded"])
        wide = self.server.post(self.demo.u2035 + "/quarantine/replay", {"filter": {"cause": "wrong-value"}, "expected": broken},
                                token=self.demo.token)
        self.assertEqual((wide.status, wide.json["code"]), (409, "quarantine.changed"), wide)
        self.restart(SETTINGS["module.u2035.profiles_directory"])
        night = self.demo.run()
        self.assertEqual((night["counts"]["delivered"], night["counts"]["refused"]), (broken - 1, 0), night["counts"])
        self.assertEqual(self.quarantine(), [])
        named = list(self.demo.items("/unsendable?code=discarded-by-person"))
        self.assertEqual([u["record"]["id"] for u in named], [gone["record"]["id"]])
        self.assertIn("открыто по ошибке", named[0]["reason"])
        self.assertIsNone(self.stored(gone["statementId"]))
        self.assertEqual(self.demo.run()["counts"]["posts"], 0)

        # Restored, it goes as well; then a night has nothing to do.
        self.assertEqual(self.verdicts("restore", filter={}, expected=1), ["restored"])
        night = self.demo.run()
        self.assertEqual((night["counts"]["delivered"], night["counts"]["refused"]), (1, 0), night["counts"])
        self.assertEqual(list(self.stored(gone["statementId"])["verb"]["display"]), ["ru-RU"])
        self.assertEqual(list(self.demo.items("/unsendable?code=discarded-by-person")), [])
        self.assertEqual(self.demo.run()["counts"]["posts"], 0)
        history = self.demo.json("GET", f"/quarantine/{gone['id']}")["history"]
        self.assertEqual([h["action"] for h in history], ["discard", "restore", "renewed"])

        # Nobody else sees or changes it.
        self.server.create_organization("other")
        other = Organization(self.server, "other")
        self.assertEqual(list(other.items("/quarantine?state=any")), [])
        for path in (f"/quarantine/{gone['id']}", f"/records/result/{conflict['record']['id']}/way?flow={flow}"):
            self.assertEqual(self.server.get(other.u2035 + path, token=other.token).status, 404)
            self.assertEqual(self.server.get(self.demo.u2035 + path, token=other.token).status, 404)
        denied = self.server.post(self.demo.u2035 + "/quarantine/replay", {"statements": [gone["id"]]}, token=self.records)
        self.assertEqual(denied.status, 403)


if __name__ == "__main__":
    unittest.main()
