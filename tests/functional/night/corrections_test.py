"""What changed after it was sent: held, then cancelled with the official letter and told anew, in the real LRS and S3."""
import unittest

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw

ACCEPTED = ("accepted", "confirmed")  # what was read back is accepted as well


class Corrections(unittest.TestCase):
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
        cls.records = cls.server.create_token("records", roles={"demo": "methodist"})
        cls.demo.connect(cls.lrs, cls.s3)
        cls.first = cls.demo.run()

    def change(self, record):
        answer = self.server.json("POST", self.demo.base + "/records", {"source": "demo", "records": [record]}, token=self.records)
        self.assertEqual([item["status"] for item in answer["items"]], ["updated"], answer)

    def letter(self):
        answer = self.server.post(self.demo.base + "/records/files?source=demo&externalId=letter-1&name=letter.pdf",
                                  b"%PDF-1.4 an official letter", token=self.records)
        self.assertIn(answer.status, (200, 201), answer)
        return answer.json["id"]

    def source_of(self, table, record):
        """External ids of a record, its element and its learner."""
        return self.server.query(f"SELECT r.external_id, e.external_id, l.external_id FROM record_{table} r "
                                 "JOIN record_elements e ON e.id = r.element_id JOIN record_learners l ON l.id = r.learner_id "
                                 f"WHERE r.id = {int(record)}")[0]

    def test_a_corrected_mark_is_cancelled_and_told_anew_exactly_once(self):
        sent = next(s for s in self.demo.items("/statements?kind=learner.grade") if s["state"] in ACCEPTED)
        external, element, learner = self.source_of("results", sent["record"]["id"])
        self.change({"kind": "results", "externalId": external, "learner": learner, "element": element, "flow": "uav-2025-1",
                     "attempt": 1, "raw": 99, "success": True, "durationSeconds": 60, "at": "2025-10-01T12:00:00+03:00"})

        held = self.demo.run()
        listed = list(self.demo.items("/unsendable?code=changed-after-sending"))
        self.assertEqual([(u["record"]["kind"], u["record"]["id"]) for u in listed], [("result", sent["record"]["id"])])
        self.assertEqual(held["counts"]["posts"], 0)

        without = self.server.post(self.demo.u2035 + "/corrections", {"decision": "cancel", "comment": "апелляция"},
                                   token=self.demo.token)
        self.assertEqual((without.status, without.json["errors"][0]["pointer"]), (422, "/letter"), without)
        for selection, pointer in (({"unsendable": []}, "/unsendable"), ({}, "/unsendable")):
            empty = self.server.post(self.demo.u2035 + "/corrections",
                                     {"decision": "cancel", "comment": "апелляция", "letter": self.letter(), **selection},
                                     token=self.demo.token)
            self.assertEqual((empty.status, empty.json["errors"][0]["pointer"]), (422, pointer), empty)
        decided = self.demo.json("POST", "/corrections", {"decision": "cancel", "comment": "апелляция",
                                                          "letter": self.letter(), "unsendable": [listed[0]["id"]]})
        self.assertEqual(decided, {"decided": 1})

        night = self.demo.run()
        self.assertEqual(night["state"], "done", night)
        self.assertEqual((night["counts"]["cancellations"], night["counts"]["delivered"]), (1, 2), night["counts"])
        cancel = next(s for s in self.demo.items("/statements?kind=methodist.cancel"))
        self.assertIn(cancel["state"], ACCEPTED)
        way = self.demo.json("GET", f"/statements/{cancel['statementId']}")["statement"]
        self.assertEqual(way["object"], {"id": sent["statementId"], "objectType": "StatementRef"})
        self.assertEqual(way["attachments"][0]["contentType"], "application/pdf")
        told = [s for s in self.demo.items(f"/statements?kind=learner.grade&learner={sent['learner']}")
                if s["record"]["id"] == sent["record"]["id"]]
        self.assertEqual(len({s["statementId"] for s in told}), 2)
        self.assertLessEqual({s["state"] for s in told}, set(ACCEPTED))
        marks = {self.demo.json("GET", f"/statements/{s['statementId']}")["statement"]["result"]["score"]["raw"] for s in told}
        self.assertIn(99, marks)
        row = self.demo.json("GET", "/corrections?limit=5")["items"][0]
        self.assertEqual((row["statement"], row["decision"]), (sent["statementId"], "cancel"))
        self.assertIn(row["cancellation"], ACCEPTED)

        again = self.demo.run()
        self.assertEqual((again["counts"]["queued"], again["counts"]["posts"]), (0, 0), again["counts"])
        self.assertEqual(list(self.demo.items("/unsendable?code=changed-after-sending")), [])

    def test_what_is_kept_as_it_was_sent_leaves_the_list(self):
        sent = next(s for s in self.demo.items("/statements?kind=learner.viewed"))
        external, element, learner = self.source_of("openings", sent["record"]["id"])
        self.change({"kind": "openings", "externalId": external, "element": element, "learner": learner,
                     "flow": "uav-2025-1", "downloaded": True, "at": "2025-10-02T12:00:00+03:00"})
        self.demo.run()
        self.demo.json("POST", "/corrections", {"decision": "keep", "comment": "файл открывали", "code": "changed-after-sending"})
        night = self.demo.run()
        self.assertEqual(night["counts"]["keptAsSent"], 1, night["counts"])
        self.assertEqual(list(self.demo.items("/unsendable?code=changed-after-sending")), [])

    def test_only_an_administrator_decides(self):
        answer = self.server.post(self.demo.u2035 + "/corrections", {"decision": "keep", "comment": "x"}, token=self.records)
        self.assertEqual(answer.status, 403)


if __name__ == "__main__":
    unittest.main()
