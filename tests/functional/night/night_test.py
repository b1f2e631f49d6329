"""Nights over the demonstration's data to the real Learning Locker: accepted, read back, equal, and never twice."""
import csv
import http.client
import io
import json
import unittest
import urllib.parse

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw


def within(ours, theirs):
    """Everything in ours is in theirs with the same value: an LRS adds members and changes none."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(key in theirs and within(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(within, ours, theirs))
    return ours == theirs


class Night(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lrs = LearningLocker().__enter__()
        cls.addClassCleanup(cls.lrs.__exit__)
        cls.s3 = Radosgw().__enter__()
        cls.addClassCleanup(cls.s3.__exit__)
        cls.server = Lmsd(SETTINGS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        cls.before = cls.demo.run()
        cls.demo.connect(cls.lrs, cls.s3)
        cls.planned = cls.demo.run({"dryRun": True})
        cls.first = cls.demo.run()
        cls.second = cls.demo.run()

    def read_back(self, ids):
        """id → statement as the LRS has it, with the production contour's credential."""
        address = urllib.parse.urlsplit(self.lrs["endpoint"].rstrip("/") + "/statements")
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        headers = {"Authorization": f"Basic {self.lrs['production']['basic']}", "X-Experience-API-Version": "1.0.3"}
        for one in ids:
            connection.request("GET", f"{address.path}?statementId={one}", headers=headers)
            response = connection.getresponse()
            body = response.read()
            yield one, json.loads(body) if response.status == 200 else None
        connection.close()

    def test_before_the_integration_tables_are_written_and_nothing_is_sent(self):
        self.assertEqual(self.before["state"], "done", self.before)
        self.assertNotIn("delivered", self.before["counts"])
        self.assertGreater(self.before["counts"]["tableRows"], 500)
        files = self.demo.json("GET", f"/exports/{self.before['id']}")["files"]
        self.assertEqual({f["channel"] for f in files if f["element"] != "manifest"}, {"tables"})

    def test_a_dry_run_counts_what_the_night_then_sends(self):
        self.assertEqual(self.planned["counts"]["planned"], self.first["counts"]["queued"])
        self.assertNotIn("posts", self.planned["counts"])

    def test_every_statement_is_accepted(self):
        counts = self.first["counts"]
        self.assertEqual(self.first["state"], "done", self.first)
        self.assertGreater(counts["delivered"], 500)
        self.assertEqual(counts["delivered"], counts["queued"])
        self.assertEqual((counts["refused"], counts["waiting"], counts["inDoubt"], counts["blocked"]), (0, 0, 0, 0))
        self.assertEqual({s["state"] for s in self.demo.items("/statements")}, {"accepted"})

    def test_every_record_was_sent_or_has_a_reason(self):
        records = sum(self.server.query(f"SELECT COUNT(*) FROM record_{kind}")[0][0] for kind in ("results", "views"))
        learners = [s for s in self.demo.items("/statements") if s["learner"]]
        listed = [u for u in self.demo.items("/unsendable") if u["record"]["kind"] in ("result", "view")]
        sent = {(s["record"]["kind"], s["record"]["id"]) for s in learners}
        refused = {(u["record"]["kind"], u["record"]["id"]) for u in listed}

        self.assertEqual(sent & refused, set())
        self.assertEqual(len(sent) + len(refused) + self.first["counts"]["notFinal"], records)
        self.assertIn("no-unti-id", {u["code"] for u in listed})
        for one in listed:
            self.assertTrue(one["reason"] and one["fix"], one)

    def test_what_the_lrs_has_is_equal_in_meaning(self):
        ours = {json.loads(text)["id"]: json.loads(text) for (text,) in self.server.query("SELECT bytes FROM u2035_statement")}
        self.assertEqual(len(ours), self.first["counts"]["delivered"])
        for one, stored in self.read_back(ours):
            self.assertIsNotNone(stored, one)
            self.assertTrue(within(ours[one], stored), (ours[one], stored))

    def test_a_second_night_sends_nothing_new(self):
        counts = self.second["counts"]
        self.assertEqual(self.second["state"], "done", self.second)
        self.assertEqual((counts["queued"], counts["posts"], counts["delivered"]), (0, 0, 0))

    def test_one_records_whole_way_is_shown(self):
        one = next(s for s in self.demo.items("/statements?kind=learner.grade"))
        way = self.demo.json("GET", f"/statements/{one['statementId']}")

        self.assertEqual(way["lastPost"]["status"], 200)
        self.assertEqual(way["lastPost"]["run"], self.first["id"])
        self.assertEqual(way["dependsOn"]["state"], "accepted")
        self.assertEqual(way["statement"]["object"]["id"], way["dependsOn"]["statementId"])

    def test_tables_of_what_was_sent_are_marked_not_to_be_uploaded(self):
        export = self.demo.json("GET", f"/exports/{self.first['id']}")
        files = [f for f in export["files"] if f["element"] != "manifest"]
        self.assertEqual({f["channel"] for f in files}, {"lrs"})
        self.assertTrue(all("already-sent/" in f["path"] for f in files), files)
        rows = 0
        for one in files:
            body = self.demo.download(one["url"])
            self.assertEqual(len(body), one["bytes"])
            rows += len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))) - 1
        self.assertEqual(rows, self.first["counts"]["tableRows"])
        manifest = next(f for f in export["files"] if f["element"] == "manifest")
        self.assertIn("уже отправлено через LRS, загружать не нужно", self.demo.download(manifest["url"]).decode())

    def test_others_may_not_run_a_night_and_see_nothing(self):
        viewer = self.server.create_token("looks", roles={"demo": "viewer"})
        self.server.create_organization("other")
        stranger = self.server.create_token("stranger", roles={"other": "organization-admin"})

        self.assertEqual(self.server.post(f"{self.demo.u2035}/runs", {}, token=viewer).status, 403)
        self.assertEqual(self.server.get(f"{self.demo.u2035}/runs", token=viewer).status, 200)
        for path in ("/runs", "/statements", "/unsendable", "/exports"):
            self.assertEqual(self.server.get(self.demo.u2035 + path, token=stranger).status, 404)
            self.assertEqual(self.server.get(self.demo.u2035 + path, token=None).status, 401)

    def test_the_administrator_runs_the_job_by_its_name(self):
        done = self.server.lmsctl("jobs", "run", "u2035.nightly", "--arguments", '{"organization":"demo"}')

        self.assertIn("queued", done.stdout)
        self.assertEqual(self.demo.json("GET", "/runs?limit=1")["items"][0]["counts"]["queued"], 0)


if __name__ == "__main__":
    unittest.main()
