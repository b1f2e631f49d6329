"""The Open University's 173,912 results, imported and written as one night's tables: each a row or a reason, in little
memory. The data are read where they are, never copied; skipped where they are not."""
import collections
import csv
import io
import os
import pathlib
import unittest

from lmsd import SOURCE, Lmsd, sanitized
from nights import SETTINGS, Organization

DATA = pathlib.Path(os.environ.get("LMSD_SHARED", SOURCE.parent / "shared")) / "data" / "oulad"
RESULTS = 173_912
MEMORY_KIB = 128 * 1024


@unittest.skipUnless((DATA / "studentAssessment.csv").exists(),
                     "the Open University dataset is not here; set LMSD_SHARED to the folder that holds data/oulad")
class Oulad(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd(SETTINGS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_project()
        cls.server.create_organization("oulad")
        cls.server.lmsctl("import", "oulad", "--manifest", SOURCE / "config/mappings/oulad/import.json", "--data", DATA)
        cls.give_ids()
        cls.oulad = Organization(cls.server, "oulad")
        cls.run_ = cls.oulad.run({"contour": "test", "only": "tables"})
        cls.export = cls.oulad.json("GET", f"/exports/{cls.run_['id']}")
        cls.listed = list(cls.oulad.items("/unsendable?origin=test-tables"))
        cls.production = cls.oulad.run({"only": "tables"})
        cls.memory = cls.server.memory_kib("VmHWM")

    @classmethod
    def give_ids(cls):
        """The dataset knows no ids of University 2035: the organization types its programmes' and flows' in, assumed
        here. Without them every row would be listed with that reason."""
        base = "/api/v1/organizations/oulad/records"
        for kind, first in (("programmes", 50001), ("flows", 70001)):
            cursor, items = None, []
            while True:
                page = cls.server.json("GET", f"{base}/{kind}?limit=1000" + (f"&cursor={cursor}" if cursor else ""))
                items += page["items"]
                cursor = page["next"]
                if not cursor:
                    break
            for number, item in enumerate(items, first):
                path = f"{base}/{kind}/{item['id']}"
                now = cls.server.get(path)
                body = {key: value for key, value in now.json.items() if key not in ("id", "revision", "changedAt", "deleted", "kind")}
                answer = cls.server.put(path, {**body, "u2035Id": number}, etag=now.headers.get("etag"))
                assert answer.status == 200, answer

    def test_every_result_came_in(self):
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM record_results")[0][0], RESULTS)

    def test_rows_written_and_rows_listed_are_the_sources(self):
        with open(DATA / "studentAssessment.csv", newline="", encoding="utf-8") as file:
            source = list(csv.DictReader(file))
        without_mark = sum(1 for row in source if row["score"] in ("", "?"))
        rows = 0
        for one in self.export["files"]:
            if one["element"] == "manifest" or one["format"] != "csv" or one["role"] != "table":
                continue
            body = self.oulad.download(one["url"])
            table = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
            next(table)
            count = sum(1 for _ in table)
            self.assertEqual(count, one["rows"], one["name"])
            self.assertIn("test-contour/", one["path"])
            rows += count

        self.assertEqual(len(source), RESULTS)
        self.assertEqual(rows + len(self.listed), RESULTS)
        self.assertEqual(collections.Counter(one["code"] for one in self.listed), {"no-mark": without_mark})

    def test_each_listed_result_is_one_without_a_mark(self):
        marks = self.server.query("SELECT id FROM record_results WHERE raw IS NULL")

        self.assertEqual({one["record"]["id"] for one in self.listed}, {str(one) for (one,) in marks})

    def test_production_ids_were_never_made_of_test_ones(self):
        self.assertEqual(self.production["counts"]["tableRows"], 0)
        self.assertEqual(self.production["counts"]["unsendable.no-unti-id"], RESULTS)
        self.assertEqual(len(list(self.oulad.items("/unsendable?code=no-unti-id"))), RESULTS)

    @unittest.skipIf(sanitized(), "a sanitizer's memory is its own")
    def test_memory_stayed_within_its_bound(self):
        print(f"lmsd's peak: {self.memory // 1024} MiB; {self.run_['counts']}")
        self.assertLessEqual(self.memory, MEMORY_KIB)


if __name__ == "__main__":
    unittest.main()
