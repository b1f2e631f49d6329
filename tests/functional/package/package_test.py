"""The full package of one learner to the real Learning Locker's test contour, prepared xAPI files byte for byte what is then
sent there, the preview, and files posted as they stand."""
import hashlib
import http.client
import json
import ssl
import subprocess
import time
import unittest
import urllib.parse

from lmsd import BUILD, SOURCE, Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw, TlsFront

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lrs = LearningLocker().__enter__()
        cls.addClassCleanup(cls.lrs.__exit__)
        cls.s3 = Radosgw().__enter__()
        cls.addClassCleanup(cls.s3.__exit__)
        # University 2035 wants https links to files.
        cls.front = TlsFront(cls.s3.port).__enter__()
        cls.addClassCleanup(cls.front.__exit__)
        cls.server = Lmsd({**SETTINGS, "outbound.ca_file": cls.front.ca}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        # One who has a final work with a file, results and a unti_id of the test contour.
        cls.learner, cls.flow = cls.server.query(
            "SELECT r.learner_id, r.flow_id FROM record_results r JOIN record_files f ON f.result_id = r.id"
            " JOIN record_learners l ON l.id = r.learner_id WHERE l.test_unti_id <> '' AND l.unti_id <> ''"
            " ORDER BY r.id LIMIT 1")[0]
        cls.unti, cls.test_unti = cls.server.query("SELECT unti_id, test_unti_id FROM record_learners WHERE id = ?",
                                                   cls.learner)[0]

    # -- the LRS itself -----------------------------------------------------------------------------------------

    def ask(self, method, query="", body=None, contour=None):
        address = urllib.parse.urlsplit(self.lrs["endpoint"].rstrip("/") + "/statements")
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        basic = self.lrs[contour]["basic"] if contour else self.lrs["basic"]
        connection.request(method, address.path + query, body,
                           {"Authorization": f"Basic {basic}", "X-Experience-API-Version": "1.0.3",
                            "Content-Type": "application/json"})
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, json.loads(text) if text else None

    # -- steps --------------------------------------------------------------------------------------------------

    def finished(self, package, project="bas"):
        deadline = time.monotonic() + 120
        while package["state"] in ("running", "voiding"):
            if time.monotonic() > deadline:
                raise AssertionError(f"the package does not end: {package}")
            time.sleep(0.05)
            package = self.demo.json("GET", f"/integrations/{project}/full-packages/{package['id']}")
        return package

    def send(self, **more):
        return self.finished(self.demo.json("POST", "/integrations/bas/stages/2/full-package",
                                            {"flow": self.flow, "learner": self.learner,
                                             "methodistTestUntiId": "990777", **more}))

    def files(self, run):
        """(manifest, name → bytes) of a run's xAPI files."""
        found = {f["path"]: self.demo.download(f["url"])
                 for f in self.demo.json("GET", f"/exports/{run['id']}")["files"] if f["path"].startswith("xapi/")}
        return json.loads(found.pop("xapi/manifest.json")), found

    # -- in the order of the wizard -----------------------------------------------------------------------------

    def test_1_before_any_integration_files_hold_what_would_be_told_and_the_preview_shows_it(self):
        refused = self.server.post(f"{self.demo.u2035}/integrations/bas/stages/2/full-package",
                                   {"flow": self.flow, "learner": self.learner}, token=self.demo.token)
        self.assertEqual((refused.status, refused.json["code"]), (409, "package.no-test-access"))

        run = self.demo.run({"only": "xapi-files", "fileStatements": 100})
        self.assertEqual(run["state"], "done", run)
        manifest, files = self.files(run)
        self.assertGreater(manifest["statements"], 500)
        self.assertEqual(manifest["statements"], run["counts"]["xapiStatements"])
        frozen = {json.loads(text)["id"]: text for (text,) in self.server.query("SELECT bytes FROM u2035_statement")}
        seen = {}
        for listed in manifest["files"]:
            body = files["xapi/" + listed["path"]]
            self.assertEqual(hashlib.sha256(body).hexdigest(), listed["sha256"])
            self.assertEqual(len(body), listed["bytes"])
            body.decode("ascii")
            statements = json.loads(body)
            self.assertEqual(len(statements), listed["statements"])
            self.assertEqual((statements[0]["id"], statements[-1]["id"]), (listed["firstId"], listed["lastId"]))
            for line in body.decode().splitlines()[1:-1]:
                text = line.removesuffix(",")
                seen[json.loads(text)["id"]] = text
        self.assertEqual(seen, frozen)
        parts = [listed["part"] for listed in manifest["files"]]
        self.assertEqual(parts, sorted(parts, reverse=True))  # the methodist's, then the learners'
        # The real LRS takes each file as it stands, in their order.
        for listed in manifest["files"][:3]:
            status, answer = self.ask("POST", body=files["xapi/" + listed["path"]], contour="production")
            self.assertEqual((status, len(answer)), (200, listed["statements"]))

        again, repeated = self.files(self.demo.run({"only": "xapi-files", "fileStatements": 100}))
        self.assertEqual(repeated, files)
        type(self).told = again["statements"]

        shown = self.demo.json("POST", "/preview", {"flow": self.flow, "learner": self.learner, "all": True})
        for one in shown["statements"]:
            self.assertEqual(one["statement"], json.loads(frozen[one["statementId"]]))
            self.assertEqual(one["state"], "in_doubt")
        self.assertTrue(shown["statements"])

    def test_2_said_to_be_handed_over_nothing_of_it_is_due_any_more(self):
        export = self.demo.json("GET", "/exports?limit=1")["items"][0]["id"]
        said = self.demo.json("POST", f"/exports/{export}/handed-over", {"handedOver": True})
        self.assertEqual(said["projects"], [{"project": "bas", "statements": self.told, "undecided": 0,
                                             "handedOver": self.told, "accepted": 0}])
        run = self.demo.run({"only": "xapi-files"})
        self.assertEqual(run["counts"]["xapiStatements"], 0, run)
        tables = self.demo.run({"only": "tables"})
        self.assertGreater(tables["counts"]["tableRows"], 0)
        listed = self.demo.json("GET", f"/exports/{tables['id']}")["files"]
        # What has files could not be told as statements without a storage: only that may tables still tell.
        told = sum(f["rows"] for f in listed if f["path"].startswith("already-sent/") and f["path"].endswith(".csv"))
        learners = self.server.query("SELECT COUNT(*) FROM u2035_outbox WHERE learner_id <> 0 AND state = 'accepted'"
                                     " AND record_kind IN ('result', 'view')")[0][0]
        self.assertGreater(told, 500)
        self.assertLessEqual(told, learners)  # facts have no table

    def test_3_the_integration_set_up_later_sends_nothing_of_it_again(self):
        self.demo.connect(self.lrs, self.s3)

        night = self.demo.run()

        self.assertEqual((night["state"], night["counts"]["blocked"]), ("done", 0), night)
        self.assertEqual(night["counts"]["known.fromElsewhere"], self.told)
        by_word = self.server.query("SELECT o.store_id, COUNT(*) FROM u2035_outbox o JOIN u2035_batch b ON b.id = o.batch_id"
                                    " WHERE b.outcome = 'handed-over' AND o.state = 'accepted' GROUP BY o.store_id")
        self.assertEqual([count for _, count in by_word], [self.told, self.told])
        # What went now needed the storage; none of it stood in a file.
        sent = {i for (i,) in self.server.query("SELECT o.statement_id FROM u2035_outbox o JOIN u2035_batch b"
                                                " ON b.id = o.batch_id WHERE b.outcome = 'accepted'")}
        filed = {i for (i,) in self.server.query("SELECT o.statement_id FROM u2035_outbox o JOIN u2035_xapi_row x"
                                                 " ON x.seq = o.seq")}
        self.assertFalse(sent & filed)

    def test_4_the_package_is_accepted_whole_and_names_what_has_no_storage(self):
        package = self.send()

        self.assertEqual(package["state"], "incomplete", package["text"])
        self.assertEqual({s["state"] for s in package["statements"]}, {"accepted"}, package["text"])
        self.assertEqual({u["code"] for u in package["unsent"]} & {"no-test-storage"}, {"no-test-storage"})
        kinds = {k["kind"] for k in package["kinds"]}
        self.assertLessEqual({"methodist.course", "learner.grade", "learner.video"}, kinds)
        for one in package["statements"]:
            status, stored = self.ask("GET", f"?statementId={one['statementId']}")
            self.assertEqual(status, 200)
            self.assertIn(stored["actor"]["account"]["name"], ("990777", self.test_unti))
            self.assertNotIn(f'"{self.unti}"', json.dumps(stored))
        for line in ("Контур: тестовый", f"unti_id тестового контура: {self.test_unti}", "learner.grade: фактов",
                     "нет S3 тестового контура"):
            self.assertIn(line, package["text"])
        text = self.server.get(f"{self.demo.u2035}/integrations/bas/full-packages/{package['id']}",
                               token=self.demo.token, headers={"Accept": "text/plain"})
        self.assertEqual(text.body.decode(), package["text"])

    def test_5_repeated_it_is_the_same_and_with_a_storage_the_files_go_too(self):
        first = self.send()
        again = self.send()
        self.assertEqual([s["statement"] for s in again["statements"]], [s["statement"] for s in first["statements"]])
        self.assertEqual({s["state"] for s in again["statements"]}, {"accepted"}, again["text"])

        whole = self.send(storage={"storageUrl": f"https://127.0.0.1:{self.front.port}/{self.s3['bucket']}", "accessKeyId": self.s3["accessKeyId"],
                                   "secretKey": self.s3["secretKey"]})
        # Who fixes a fact has no id of the test contour in the records.
        self.assertLessEqual({u["code"] for u in whole["unsent"]}, {"production-id"}, whole["text"])
        self.assertNotIn("no-test-storage", {u["code"] for u in whole["unsent"]}, whole["text"])
        works = [s for s in whole["statements"] if "attachments" in s["statement"]]
        self.assertTrue(works, whole["text"])
        self.assertEqual({s["state"] for s in works}, {"accepted"})
        for attachment in works[0]["statement"]["attachments"]:
            address = urllib.parse.urlsplit(attachment["fileUrl"])
            connection = http.client.HTTPSConnection(address.hostname, address.port, timeout=60,
                                                     context=ssl.create_default_context(cafile=self.front.ca))
            connection.request("GET", address.path)
            body = connection.getresponse().read()
            connection.close()
            self.assertEqual(hashlib.sha256(body).hexdigest(), attachment["sha2"])
            self.assertEqual(len(body), attachment["length"])
        everything = json.dumps(self.server.dump(), ensure_ascii=False, default=lambda v: v.decode("latin-1"))
        self.assertNotIn(self.s3["secretKey"], everything)

    def test_6_voided_it_is_gone_from_the_test_contour_and_may_be_sent_anew(self):
        package = self.send()
        ids = [s["statementId"] for s in package["statements"]]

        voided = self.finished(self.demo.json("POST", f"/integrations/bas/full-packages/{package['id']}/void"))

        self.assertEqual(voided["state"], "voided", voided["text"])
        for one in voided["statements"]:
            self.assertTrue(one["voided"])
            self.assertEqual(self.ask("GET", f"?statementId={one['statementId']}")[0], 404)
            self.assertEqual(self.ask("GET", f"?voidedStatementId={one['statementId']}")[0], 200)
        status, voiding = self.ask("GET", f"?statementId={voided['statements'][0]['voidedBy']}")
        self.assertEqual((status, voiding["verb"]), (200, {"id": VOIDED, "display": {"ru-RU": "Аннулировано"}}))

        anew = self.send()
        self.assertEqual({s["state"] for s in anew["statements"]}, {"accepted"}, anew["text"])
        self.assertFalse(set(ids) & {s["statementId"] for s in anew["statements"]})

    def test_7_nothing_of_a_package_counts_as_delivered(self):
        counted = self.server.query("SELECT COUNT(*) FROM u2035_outbox WHERE statement_id IN"
                                    " (SELECT statement_id FROM u2035_test_statement)")
        self.assertEqual(counted[0][0], 0)
        self.assertGreater(len(list(self.demo.items("/integrations/bas/full-packages"))), 4)
        self.assertEqual(self.demo.run()["counts"]["posts"], 0)

    def test_8_a_pasted_example_becomes_a_kind_that_is_tried_on_a_real_flow_before_it_serves(self):
        example = self.demo.json("POST", "/preview", {"flow": self.flow, "learner": self.learner, "kind": "learner.grade",
                                                      "all": True})["statements"][0]["statement"]
        example["verb"] = {"id": "http://adlnet.gov/expapi/verbs/scored", "display": {"ru-RU": "Оценён"}}
        example["context"]["extensions"]["https://api.2035.university/prof_tasks"] = ["a"]
        pasted = self.server.directory / "pasted.json"
        pasted.write_text(json.dumps(example))

        made = subprocess.run([BUILD / "plugin/footprint/u2035-profile", "suggest", pasted, SOURCE / "config/profiles"],
                              capture_output=True, text=True, check=True)

        kind = json.loads(made.stdout)
        self.assertEqual(kind["template"]["actor"]["account"]["name"], "{learner.untiId}")
        self.assertIn("unknown  /verb/id", made.stderr)
        self.assertIn("prof_tasks/0", made.stderr)
        check = f"{self.demo.u2035}/profiles/bas/check"
        self.assertEqual(self.server.post(check, {"statement": kind}, token=self.demo.token).status, 403)
        del kind["template"]["context"]["extensions"]["https://api.2035.university/prof_tasks"]
        kind["name"] = "learner.grade"
        tried = self.server.json("POST", check, {"statement": kind, "flow": self.flow, "learner": self.learner, "limit": 3})
        self.assertEqual((tried["valid"], tried["errors"]), (True, []))
        for part in ("sample", "flow"):
            self.assertEqual({s["statement"]["verb"]["id"] for s in tried[part]["statements"]}, {example["verb"]["id"]})
        kind["template"]["result"]["score"]["raw"] = "{result.rawest}"
        wrong = self.server.json("POST", check, {"statement": kind})
        self.assertFalse(wrong["valid"])
        self.assertTrue(any(e["pointer"].endswith("/template/result/score/raw") for e in wrong["errors"]), wrong)


if __name__ == "__main__":
    unittest.main()
