"""Nights over the demonstration's data to the real Learning Locker: accepted, read back, equal, and never twice."""
import csv
import datetime
import hashlib
import http.client
import io
import json
import math
import re
import ssl
import unittest
import urllib.parse
import urllib.request

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw, TlsFront


def within(ours, theirs):
    """Everything in ours is in theirs with the same value: an LRS adds members and changes none."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(key in theirs and within(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(within, ours, theirs))
    return ours == theirs


def seconds(duration):
    """Of PT1H2M3S."""
    hours, minutes, rest = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", duration).groups(default="0")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


class Night(unittest.TestCase):
    asked = {}

    @classmethod
    def setUpClass(cls):
        cls.lrs = LearningLocker().__enter__()
        cls.addClassCleanup(cls.lrs.__exit__)
        cls.s3 = Radosgw().__enter__()
        cls.addClassCleanup(cls.s3.__exit__)
        # Files are opened at an https address, as University 2035 wants it in a statement.
        cls.front = TlsFront(cls.s3.port).__enter__()
        cls.addClassCleanup(cls.front.__exit__)
        cls.server = Lmsd({**SETTINGS, "outbound.ca_file": cls.front.ca,
                           "module.u2035.storage.public_base":
                               f"https://127.0.0.1:{cls.front.port}/{{bucket}}/"}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        cls.before = cls.demo.run()
        cls.demo.connect(cls.lrs, cls.s3)
        cls.planned = cls.demo.run({"dryRun": True})
        cls.first = cls.demo.run()
        cls.second = cls.demo.run()

    def read_back(self, ids):
        """id → statement as the LRS has it; each is asked for once."""
        self.asked.update(self.ask([one for one in ids if one not in self.asked]))
        return [(one, self.asked[one]) for one in ids]

    def ask(self, ids):
        """The same, with the production contour's credential."""
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
        self.assertEqual({f["element"] for f in files if f["element"] != "manifest"},
                         {"final-work-results", "assessment-results", "activity-results", "entry-diagnostics", "video-views"})

    def test_a_dry_run_counts_what_the_night_then_sends(self):
        self.assertEqual(self.planned["counts"]["planned"], self.first["counts"]["queued"])
        self.assertNotIn("posts", self.planned["counts"])

    def test_every_statement_is_accepted(self):
        counts = self.first["counts"]
        self.assertEqual(self.first["state"], "done", self.first)
        self.assertGreater(counts["delivered"], 500)
        self.assertEqual(counts["delivered"], counts["queued"])
        self.assertEqual((counts["refused"], counts["waiting"], counts["inDoubt"], counts["blocked"]), (0, 0, 0, 0))
        self.assertEqual({s["state"] for s in self.demo.items("/statements")}, {"accepted", "confirmed"})

    def test_every_record_was_sent_or_has_a_reason(self):
        kinds = ("result", "view", "opening")
        records = sum(self.server.query(f"SELECT COUNT(*) FROM record_{kind}s")[0][0] for kind in kinds)
        learners = [s for s in self.demo.items("/statements") if s["learner"]]
        listed = [u for u in self.demo.items("/unsendable") if u["record"]["kind"] in kinds]
        sent = {(s["record"]["kind"], s["record"]["id"]) for s in learners}
        refused = {(u["record"]["kind"], u["record"]["id"]) for u in listed}

        self.assertEqual(sent & refused, set())
        self.assertEqual(len(sent) + len(refused) + self.first["counts"]["notFinal"], records)
        self.assertIn("no-unti-id", {u["code"] for u in listed})
        # БАС asks for no reflections: they are counted, so that nobody takes them for delivered.
        self.assertEqual(self.first["counts"]["notAsked.reflection"],
                         self.server.query("SELECT COUNT(*) FROM record_reflections")[0][0])
        for one in listed:
            self.assertTrue(one["reason"] and one["fix"], one)

    def test_what_the_lrs_has_is_equal_in_meaning(self):
        ours = {json.loads(text)["id"]: json.loads(text) for (text,) in self.server.query("SELECT bytes FROM u2035_statement")}
        self.assertEqual(len(ours), self.first["counts"]["delivered"])
        for one, stored in self.read_back(ours):
            self.assertIsNotNone(stored, one)
            self.assertTrue(within(ours[one], stored), (ours[one], stored))

    def rows(self, table):
        """id → record as it lies in the database."""
        names = [row[1] for row in self.server.query(f"PRAGMA table_info(record_{table})")]
        return {row[names.index("id")]: dict(zip(names, row)) for row in self.server.query(f"SELECT * FROM record_{table}")}

    def test_what_the_lrs_has_says_what_the_records_say(self):
        """Made anew here from the records and the wire's description, without a look at the profile."""
        records = {kind: self.rows(kind) for kind in ("programmes", "flows", "blocks", "modules", "themes", "elements",
                                                       "learners", "results", "views", "openings", "files")}
        planned = {s["statementId"]: s for s in self.demo.items("/statements")}
        element_statement = {s["record"]["id"]: one for one, s in planned.items() if s["record"]["kind"] == "element"}
        practice = next(one for one, s in planned.items() if s["record"]["kind"] == "block" and
                        records["blocks"][int(s["record"]["id"])]["type"] == "practice")
        works = {}
        for file in records["files"].values():
            owner = ("result", file["result_id"]) if file["result_id"] else ("element", file["element_id"])
            works.setdefault(owner, []).append(file)
        api, ext = "https://api.2035.university/", "https://id.2035.university/xapi/extension/"
        levels = {"grade": 0, "final": 0, "video": 0, "structure": 0, "opening": 0, "diary": 0, "fact": 0}
        attached = 0
        for one, stored in self.read_back(planned):
            said = planned[one]
            record = records[said["record"]["kind"] + "s"][int(said["record"]["id"])]
            context = stored["context"]["extensions"]
            flow = records["flows"][int(said["flow"])]
            programme = records["programmes"][flow["programme_id"]]
            self.assertEqual(context[api + "project"], "БАС")
            self.assertEqual(context[api + "parent_course_id"], programme["u2035_id"])
            self.assertEqual(stored["actor"]["account"]["homePage"], "https://my.2035.university")
            self.assertEqual(context.get(api + "flow_id"),
                             None if said["record"]["kind"] == "flow" else flow["u2035_id"])
            files = works.get((said["record"]["kind"], int(said["record"]["id"])), [])
            self.assertEqual([(a["sha2"], a["length"], a["contentType"]) for a in stored.get("attachments", [])],
                             [(f["sha256"], f["size"], f["content_type"]) for f in files])
            attached += len(files)
            if not said["learner"]:
                self.assertEqual(stored["actor"]["account"]["name"], flow["methodist_unti_id"])
                if said["kind"] == "methodist.fact.activity":
                    self.assertNotIn("name", stored["object"]["definition"])
                    self.assertIs(context[api + "FD"], True)
                    self.assertEqual(context[ext + "id_of_responsible_for_fixation"],
                                     record["fixation_unti_ids"].split("\n"))
                    levels["structure"] += 1
                    continue
                title = programme["title"] if said["record"]["kind"] == "flow" else record["title"]
                self.assertEqual(stored["object"]["definition"]["name"], {"ru-RU": title})
                self.assertTrue(stored["object"]["id"].startswith("https://"), stored["object"])
                self.assertIn(f"/courses/{flow['flow_key']}", stored["object"]["id"])
                levels["structure"] += 1
                continue
            element = records["elements"][record["element_id"]]
            module = records["modules"].get(element["module_id"] or
                                            records["themes"].get(element["theme_id"], {}).get("module_id"))
            self.assertEqual(stored["actor"]["account"]["name"], records["learners"][record["learner_id"]]["unti_id"])
            self.assertEqual(stored["object"], {"objectType": "StatementRef", "id": practice if element["kind"] == "practice-diary"
                                                else element_statement[str(element["id"])]})
            self.assertEqual(datetime.datetime.fromisoformat(stored["timestamp"]).timestamp(), record["at"] // 10**6)
            self.assertTrue(stored["timestamp"].endswith("+03:00"), stored["timestamp"])
            if element["kind"] == "practice-diary":
                levels["diary"] += 1
                self.assertNotIn("result", stored)
                self.assertEqual(stored["verb"]["id"], "http://adlnet.gov/expapi/verbs/passed")
                continue
            self.assertEqual(context.get(api + "module_num"), module and module["position"])
            if said["record"]["kind"] == "opening":
                levels["opening"] += 1
                self.assertEqual(stored["verb"]["id"].rsplit("/", 1)[1], "downloaded" if record["downloaded"] else "viewed")
                self.assertNotIn("result", stored)
                continue
            result = stored["result"]
            if said["record"]["kind"] == "view":
                levels["video"] += 1
                self.assertEqual(stored["verb"]["id"], "http://activitystrea.ms/schema/1.0/watch")
                self.assertEqual(result["extensions"], {ext + "view-percentage": math.floor(record["percent"])})
                self.assertEqual(seconds(result["duration"]), record["watched_seconds"])
                continue
            levels["fact" if element["kind"] == "fact" else "final" if module is None else "grade"] += 1
            least, most, mark = element["min_score"], element["max_score"], record["raw"]
            self.assertEqual(stored["verb"]["id"], "http://adlnet.gov/expapi/verbs/passed")
            self.assertEqual({k: result["score"][k] for k in ("raw", "min", "max")}, {"raw": mark, "min": least, "max": most})
            self.assertAlmostEqual(result["score"]["scaled"], (mark - least) / (most - least))
            if record["success"] is not None:
                self.assertIs(result["success"], bool(record["success"]))
            self.assertEqual(seconds(result["duration"]), record["duration_seconds"])
            self.assertEqual(result["extensions"][api + "attempts_index"], record["attempt"])
            if element["pass_score"]:
                self.assertAlmostEqual(result["extensions"][api + "score_threshold"],
                                       100 * (element["pass_score"] - least) / (most - least))
        self.assertTrue(all(levels.values()), levels)
        self.assertEqual(len(planned), sum(levels.values()))
        self.assertGreater(attached, 200)

    def test_an_expelled_learners_results_stay_facts_and_were_sent(self):
        expelled = {row[0] for row in self.server.query("SELECT learner_id FROM record_enrollments WHERE status = 'expelled'")}
        sent = {int(s["learner"]) for s in self.demo.items("/statements") if s["learner"]}
        self.assertTrue(expelled & sent)

    def test_a_work_that_is_here_is_never_asked_for_again(self):
        with_file = {row[0] for row in self.server.query("SELECT result_id FROM record_files")}
        codes = {int(u["record"]["id"]): u["code"] for u in self.demo.items("/unsendable")
                 if u["code"] in ("no-file", "file-not-in-storage")}
        self.assertEqual({"no-file"}, set(codes.values()))
        self.assertEqual(with_file & set(codes), set())

    def test_every_file_that_a_statement_names_opens_without_a_key_and_is_the_one(self):
        proven = {a["url"]: a for a in self.demo.items("/artifacts?state=proven")}
        counts = self.first["counts"]
        self.assertGreater(len(proven), 0)
        self.assertEqual((counts["files.wanted"], counts["files.placed"]), (len(proven), len(proven)))
        self.assertEqual((counts["files.failed"], counts["files.waiting"], self.second["counts"]["files.wanted"]), (0, 0, 0))
        named, trusting = set(), ssl.create_default_context(cafile=self.front.ca)
        for (text,) in self.server.query("SELECT bytes FROM u2035_statement"):
            for attachment in json.loads(text).get("attachments", []):
                named.add(attachment["fileUrl"])
                with urllib.request.urlopen(attachment["fileUrl"], context=trusting) as answer:
                    body = answer.read()
                self.assertEqual(answer.headers["Content-Type"], attachment["contentType"])
                self.assertEqual(hashlib.sha256(body).hexdigest(), attachment["sha2"])
                self.assertEqual(len(body), attachment["length"])
        self.assertEqual(named, set(proven))
        one = next(iter(proven.values()))
        self.assertIsNone(self.demo.json("GET", f"/artifacts/{one['id']}")["upload"])
        ours = {a["id"] for a in proven.values() if a["learner"] == one["learner"]}
        self.assertEqual({a["id"] for a in self.demo.items(f"/artifacts?learner={one['learner']}")}, ours)

    def test_a_second_night_sends_nothing_new(self):
        counts = self.second["counts"]
        self.assertEqual(self.second["state"], "done", self.second)
        self.assertEqual((counts["queued"], counts["posts"], counts["delivered"]), (0, 0, 0))
        unsendable = [{k: v for k, v in c.items() if k.startswith("unsendable")} for c in (self.first["counts"], counts)]
        self.assertEqual(unsendable[1], unsendable[0], "what did not change is no change")

    def test_one_records_whole_way_is_shown(self):
        one = next(s for s in self.demo.items("/statements?kind=learner.grade"))
        way = self.demo.json("GET", f"/statements/{one['statementId']}")

        self.assertEqual(way["lastPost"]["status"], 200)
        self.assertEqual(way["lastPost"]["run"], self.first["id"])
        self.assertIn(way["dependsOn"]["state"], ("accepted", "confirmed"))
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
            if one["format"] != "csv" or one["role"] != "table":
                continue
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
        for path in ("/runs", "/statements", "/unsendable", "/exports", "/artifacts"):
            self.assertEqual(self.server.get(self.demo.u2035 + path, token=stranger).status, 404)
            self.assertEqual(self.server.get(self.demo.u2035 + path, token=None).status, 401)

    def test_the_administrator_runs_the_job_by_its_name(self):
        done = self.server.lmsctl("jobs", "run", "u2035.nightly", "--arguments", '{"organization":"demo"}')

        self.assertIn("queued", done.stdout)
        self.assertEqual(self.demo.json("GET", "/runs?limit=1")["items"][0]["counts"]["queued"], 0)


if __name__ == "__main__":
    unittest.main()
