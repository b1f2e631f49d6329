"""Readiness on the demonstration's data as a project with rules: counted here anew from the records, by tables and by the
real Learning Locker; and what is missing, once it is added, makes a learner ready."""
import collections
import csv
import io
import json
import pathlib
import shutil
import tempfile
import unittest

from lmsd import SOURCE, Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw

FINAL_WORK = {"final-work-file", "final-work-raw", "final-work-success"}
# What the records alone decide; the rest depends on checks of reflections and on the way they are told.
OF_RECORDS = {"no-unti-id", "expelled", "no-mark", "no-success", "no-file", "no-final-work", "final-work-under-review",
              "reflection-module-missing", "reflection-programme-missing", "no-reflections"}


class Demo:
    """The demonstration's organization in a project of its own profile."""

    def __init__(self, settings):
        self.server = Lmsd(settings).__enter__()
        self.server.create_project("bas", "Цифровые профессии 2025", "digital-professions")
        self.server.lmsctl("demo", "load", "demo")
        self.organization = Organization(self.server, "demo")
        self.flow = str(self.server.query("SELECT id FROM record_flows")[0][0])

    def learners(self, query=""):
        return list(self.organization.items(f"/readiness/flows/{self.flow}{query}"))

    def one(self, learner):
        return self.organization.json("GET", f"/readiness/flows/{self.flow}/learners/{learner}")

    def lacking(self):
        """learner → codes, from the records alone, without a look at the module's own tables."""
        query = self.server.query
        modules = {row[0] for row in query("SELECT id FROM record_modules WHERE deleted_at IS NULL")}
        status = dict(query("SELECT learner_id, status FROM record_enrollments WHERE deleted_at IS NULL"))
        with_file = {row[0] for row in query("SELECT result_id FROM record_files WHERE deleted_at IS NULL")}
        works = {row[1]: row for row in query(
            "SELECT r.id, r.learner_id, r.raw, r.success, r.graded FROM record_results r JOIN record_elements e ON e.id = r.element_id"
            " WHERE e.kind = 'final-work' AND r.deleted_at IS NULL")}
        reflections = collections.defaultdict(set)
        for learner, module in query("SELECT learner_id, module_id FROM record_reflections WHERE deleted_at IS NULL"):
            reflections[learner].add(module)
        codes = {}
        for learner, unti_id in query("SELECT id, unti_id FROM record_learners WHERE deleted_at IS NULL"):
            if learner not in status:
                continue
            found = codes[str(learner)] = set()
            if not unti_id:
                found.add("no-unti-id")
            if status[learner] == "expelled":
                found.add("expelled")
            if learner not in works:
                found.add("no-final-work")
            elif not works[learner][4]:
                found.add("final-work-under-review")
            else:
                result, _, raw, success, _ = works[learner]
                found |= {code for code, missing in (("no-mark", raw is None), ("no-success", success is None),
                                                     ("no-file", result not in with_file)) if missing}
            if not modules <= reflections[learner]:
                found.add("reflection-module-missing")
            if None not in reflections[learner]:
                found.add("reflection-programme-missing")
            if not reflections[learner]:
                found.add("no-reflections")
        return codes


class Readiness(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lrs = LearningLocker().__enter__()
        cls.addClassCleanup(lrs.__exit__)
        s3 = Radosgw().__enter__()
        cls.addClassCleanup(s3.__exit__)
        cls.demo = Demo(SETTINGS)
        cls.addClassCleanup(cls.demo.server.__exit__)
        cls.demo.organization.run()
        cls.by_tables = cls.demo.learners()
        cls.tables_flow = cls.demo.organization.json("GET", "/readiness")["items"][0]
        cls.demo.organization.connect(lrs, s3)
        cls.night = cls.demo.organization.run()
        cls.by_lrs = cls.demo.learners()
        cls.flow = cls.demo.organization.json("GET", "/readiness")["items"][0]

    def codes(self, learners):
        return {one["learner"]: {lack["code"] for lack in one["lacks"]} & OF_RECORDS for one in learners}

    def test_what_the_records_lack_is_named_for_everybody_and_nothing_else(self):
        expected = self.demo.lacking()
        self.assertEqual(len(expected), 200)
        self.assertTrue({code for codes in expected.values() for code in codes} >=
                        {"no-unti-id", "expelled", "no-file", "reflection-module-missing"})
        self.assertEqual(self.codes(self.by_tables), expected)
        self.assertEqual(self.codes(self.by_lrs), expected)

    def test_every_lack_has_a_reason_and_a_remedy_and_nobody_with_one_is_ready(self):
        for one in self.by_tables + self.by_lrs:
            self.assertEqual(one["verdict"] == "ready", not one["lacks"], one)
            for lack in one["lacks"]:
                self.assertTrue(lack["code"] and lack["reason"] and lack["fix"], lack)

    def test_a_flows_counts_are_those_of_its_learners(self):
        for flow, learners in ((self.tables_flow, self.by_tables), (self.flow, self.by_lrs)):
            verdicts = collections.Counter(one["verdict"] for one in learners)
            self.assertEqual((flow["ready"], flow["notReady"], flow["unknown"]),
                             (verdicts["ready"], verdicts["not-ready"], verdicts["unknown"]))
            by_code = collections.Counter(code for one in learners for code in {lack["code"] for lack in one["lacks"]})
            self.assertEqual(flow["byCode"], dict(by_code))
        self.assertEqual((self.tables_flow["channel"], self.flow["channel"]), ("tables", "lrs"))
        self.assertIn("таблицами", self.tables_flow["note"])

    def test_statements_are_counted_as_the_outbox_has_them(self):
        accepted = dict(self.demo.server.query("SELECT CAST(learner_id AS TEXT), COUNT(*) FROM u2035_outbox"
                                               " WHERE state IN ('accepted', 'confirmed') AND learner_id <> 0 GROUP BY learner_id"))
        self.assertGreater(sum(accepted.values()), 500)
        for one in self.by_lrs:
            self.assertEqual(one["facts"]["statements"]["delivered"], accepted.get(one["learner"], 0), one)

    def test_a_work_is_met_through_the_lrs_only_once_it_is_accepted(self):
        accepted = {row[0] for row in self.demo.server.query(
            "SELECT CAST(learner_id AS TEXT) FROM u2035_outbox WHERE kind = 'learner.final-work'"
            " AND state IN ('accepted', 'confirmed')")}
        for one in self.by_lrs[::10]:
            states = {rule["check"]: rule["state"] for rule in self.demo.one(one["learner"])["rules"]}
            if one["learner"] not in accepted:
                self.assertFalse([check for check in FINAL_WORK if states[check] == "met"], one)

    def test_viewing_is_shown_as_recorded(self):
        mean = dict(self.demo.server.query("SELECT CAST(learner_id AS TEXT), AVG(percent) FROM record_views"
                                           " WHERE deleted_at IS NULL GROUP BY learner_id"))
        for one in self.by_lrs:
            shown = one["facts"]["viewing"]["meanPercent"]
            self.assertEqual(shown is None, one["learner"] not in mean)
            if shown is not None:
                self.assertAlmostEqual(shown, mean[one["learner"]], places=3)

    def test_the_list_is_filtered_by_what_is_lacking_and_by_name(self):
        lacking = {one["learner"] for one in self.by_lrs if "no-unti-id" in {lack["code"] for lack in one["lacks"]}}
        self.assertEqual({one["learner"] for one in self.demo.learners("?code=no-unti-id")}, lacking)
        self.assertTrue(all(one["lacks"] for one in self.demo.learners("?verdict=not-ready")))
        name = self.by_lrs[0]["lastName"]
        found = self.demo.learners("?q=" + "".join(f"%{byte:02X}" for byte in name.upper().encode()))
        self.assertIn(self.by_lrs[0]["learner"], {one["learner"] for one in found})

    def test_the_table_has_every_learner_and_what_to_do(self):
        answer = self.demo.server.get(f"{self.demo.organization.u2035}/readiness/flows/{self.demo.flow}?limit=1000",
                                      headers={"Accept": "text/csv"}, token=self.demo.organization.token)
        rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
        self.assertEqual([row["learner"] for row in rows], [one["learner"] for one in self.by_lrs])
        for row, one in zip(rows, self.by_lrs):
            self.assertEqual(set(row["codes"].split()), {lack["code"] for lack in one["lacks"]})
            self.assertEqual(bool(row["fixes"]), bool(one["lacks"]))

    def test_a_night_says_how_many_are_ready(self):
        counts = self.night["counts"]
        self.assertEqual((counts["readiness.ready"], counts["readiness.notReady"]), (self.flow["ready"], self.flow["notReady"]))


class Mended(unittest.TestCase):
    """With the rules of the final work only: then the demonstration has people who are ready."""

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="profiles-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        shutil.copytree(SOURCE / "config/profiles", folder, dirs_exist_ok=True)
        path = folder / "digital-professions.json"
        profile = json.loads(path.read_text())
        profile["readiness"] = [rule for rule in profile["readiness"] if rule["check"] in FINAL_WORK]
        path.write_text(json.dumps(profile, ensure_ascii=False))
        cls.demo = Demo({**SETTINGS, "module.u2035.profiles_directory": folder})
        cls.addClassCleanup(cls.demo.server.__exit__)
        cls.run_ = cls.demo.organization.run({"only": "readiness"})

    def test_who_lacks_nothing_of_the_final_work_is_ready_before_any_table_is_written(self):
        about_reflections = {code for code in OF_RECORDS if "reflection" in code}
        expected = {learner for learner, codes in self.demo.lacking().items() if not codes - about_reflections}
        self.assertGreater(len(expected), 100)
        self.assertEqual(self.run_["state"], "done")
        self.assertEqual({one["learner"] for one in self.demo.learners("?verdict=ready")}, expected)
        self.assertEqual(list(self.demo.organization.items("/exports")), [])

    def test_an_unti_id_that_is_added_makes_ready(self):
        learner = next(one["learner"] for one in self.demo.learners("?code=no-unti-id")
                       if {lack["code"] for lack in one["lacks"]} == {"no-unti-id"})
        path = f"/api/v1/organizations/demo/records/learners/{learner}"
        now = self.demo.server.get(path)
        body = {key: value for key, value in now.json.items()
                if key not in ("id", "revision", "changedAt", "deleted", "kind")}
        changed = self.demo.server.put(path, {**body, "untiId": "9900777001"}, etag=now.headers["etag"])
        self.assertEqual(changed.status, 200, changed)
        self.assertEqual(self.demo.one(learner)["verdict"], "not-ready", "the last night's word stands until the next")

        self.demo.organization.run({"only": "readiness", "flow": int(self.demo.flow)})

        self.assertEqual(self.demo.one(learner)["verdict"], "ready")
        again = self.demo.server.get(path)
        self.demo.server.put(path, body, etag=again.headers["etag"])
        self.demo.organization.run({"only": "readiness"})
        self.assertEqual(self.demo.one(learner)["verdict"], "not-ready")


if __name__ == "__main__":
    unittest.main()
