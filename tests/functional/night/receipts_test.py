"""Receipts of real nights: everything read back from Learning Locker, and the chain checked from outside."""
import csv
import hashlib
import io
import json
import time
import unittest

import jsonschema

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def check_chain(organization):
    """What a person outside can do with what is served and nothing else; returns the last hash."""
    previous = "0" * 64
    receipts = sorted(organization.items("/receipts"), key=lambda one: one["receipt"]["number"])
    for number, listed in enumerate(receipts, 1):
        one = organization.json("GET", f"/receipts/{listed['id']}")
        text = json.loads(one["text"])
        assert sha256(one["text"]) == one["hash"] == listed["hash"], one
        assert (text["number"], text["previous"]) == (number, previous), one
        items = list(organization.items(f"/receipts/{listed['id']}/statements"))
        lines = "".join(f"{item['fate']} {item['statementId']} {item['digest']}\n" for item in items)
        assert (len(items), sha256(lines)) == (text["statements"]["count"], text["statements"]["digest"]), one
        previous = one["hash"]
    return previous


class Receipts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lrs = LearningLocker().__enter__()
        cls.addClassCleanup(cls.lrs.__exit__)
        cls.s3 = Radosgw().__enter__()
        cls.addClassCleanup(cls.s3.__exit__)
        cls.server = Lmsd({**SETTINGS, "module.u2035.receipts.read": "whole",
                           "module.u2035.receipts.sample": "500"}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        cls.demo.connect(cls.lrs, cls.s3)
        cls.first = cls.demo.run()
        cls.second, cls.reading = cls.timed_run()

    @classmethod
    def timed_run(cls):
        """A night, and how long its reading back took."""
        run = cls.demo.json("POST", "/runs", {})
        began = ended = None
        while run["state"] in ("queued", "running"):
            if began is None and run["step"] == "confirm":
                began = time.monotonic()
            elif began is not None and ended is None and run["step"] != "confirm":
                ended = time.monotonic()
            time.sleep(0.02)
            run = cls.demo.json("GET", f"/runs/{run['id']}")
        return run, (ended or time.monotonic()) - began if began is not None else None

    def test_everything_that_was_sent_is_confirmed(self):
        counts = self.first["counts"]
        self.assertEqual(self.first["state"], "done", self.first)
        self.assertGreater(counts["delivered"], 500)
        self.assertEqual((counts["confirmed"], counts["missing"], counts["differs"]), (counts["delivered"], 0, 0))
        self.assertEqual({s["state"] for s in self.demo.items("/statements")}, {"confirmed"})
        one = next(self.demo.items("/statements?state=confirmed&kind=learner.grade"))
        way = self.demo.json("GET", f"/statements/{one['statementId']}")
        self.assertEqual((way["readBack"]["verdict"], way["readBack"]["difference"]), ("confirmed", None))

    def test_a_receipt_of_each_flow_adds_up(self):
        receipts = [one["receipt"] for one in self.demo.items(f"/receipts?run={self.first['id']}")]
        self.assertEqual(len({one["flow"] for one in receipts}), len(receipts))
        for name, count in (("sent", "delivered"), ("confirmed", "confirmed"), ("refused", "refused")):
            self.assertEqual(sum(one[name] for one in receipts), self.first["counts"][count], name)
        self.assertEqual({one["read"]["mode"] for one in receipts}, {"whole"})

    def test_a_night_without_news_says_so(self):
        self.assertEqual((self.second["counts"]["delivered"], self.second["counts"]["confirmed"]), (0, 0))
        one, = self.demo.items(f"/receipts?run={self.second['id']}")
        self.assertEqual((one["receipt"]["flow"], one["receipt"]["statements"]["count"]), (None, 0))
        asked = one["receipt"]["read"]["asked"]
        self.assertEqual(asked, 500, "of the only flow that goes by the LRS")
        if self.reading:
            print(f"{asked} confirmed statements were read again in {self.reading:.1f} s")
        self.assertTrue(one["summary"].startswith("Ничего нового"), one)

    def test_the_chain_is_checked_from_outside_and_by_the_server(self):
        last = check_chain(self.demo)
        verdict = self.demo.json("GET", "/receipts/verify")
        self.assertEqual((verdict["intact"], verdict["hash"], verdict["broken"]), (True, last, None), verdict)

    def test_a_digest_is_of_the_bytes_that_were_sent(self):
        receipt = next(iter(self.demo.items(f"/receipts?run={self.first['id']}")))
        for item in self.demo.json("GET", f"/receipts/{receipt['id']}/statements?fate=sent&limit=20")["items"]:
            (sent,), = self.server.query("SELECT s.bytes FROM u2035_statement s JOIN u2035_outbox o ON o.seq = s.seq"
                                         " WHERE o.statement_id = ?", item["statementId"])
            self.assertEqual(sha256(sent), item["digest"])

    def test_answers_are_as_the_document_says(self):
        described = {operation["operationId"]: operation
                     for path in self.server.get("/api/v1/openapi.json").json["paths"].values() for operation in path.values()}
        for name, path in (("listReceipts", "/receipts"), ("getReceipt", "/receipts/1"),
                           ("listReceiptStatements", "/receipts/1/statements"), ("verifyReceipts", "/receipts/verify")):
            schema = described[name]["responses"]["200"]["content"]["application/json"]["schema"]
            jsonschema.Draft202012Validator(schema).validate(self.demo.json("GET", path))
            example = described[name]["responses"]["200"]["content"]["application/json"]["example"]
            self.assertEqual(set(example), set(self.demo.json("GET", path)), name)

    def test_lists_are_csv_as_well(self):
        for path, column in (("/receipts", "summary"), ("/receipts/1/statements", "digest")):
            answer = self.server.get(self.demo.u2035 + path, token=self.demo.token, headers={"Accept": "text/csv"})
            rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
            self.assertTrue(all(row[column] for row in rows), answer)
            self.assertEqual(len(rows), len(self.demo.json("GET", path)["items"]))


if __name__ == "__main__":
    unittest.main()
