"""Records without University 2035's ids: suggestions with their reason, bulk acceptance, undo, tables there and back."""
import csv
import io
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.parse

import openpyxl

from lmsd import Lmsd, sanitized
from nights import SETTINGS, Organization


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Matching(unittest.TestCase):
    count = 0

    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd(SETTINGS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def setUp(self):
        type(self).count += 1
        self.name = f"school-{self.count}"
        self.server.create_organization(self.name)
        self.school = Organization(self.server, self.name)
        self.put({"kind": "programmes", "externalId": "p1", "project": "bas", "title": "Оператор БПЛА"},
                 {"kind": "flows", "externalId": "f1", "programme": "p1", "key": "f-1", "title": "Осень", "u2035Id": 7001},
                 {"kind": "blocks", "externalId": "b1", "programme": "p1", "type": "theory", "title": "Теория"},
                 {"kind": "modules", "externalId": "m1", "block": "b1", "title": "Введение", "position": 1},
                 {"kind": "modules", "externalId": "m2", "block": "b1", "title": "Полёты", "position": 2},
                 {"kind": "themes", "externalId": "t1", "module": "m1", "title": "Право", "position": 1})

    def put(self, *records):
        answer = self.server.json("POST", f"/api/v1/organizations/{self.name}/records",
                                  {"source": "lms", "records": list(records)}, token=self.school.token)
        self.assertEqual(answer["counts"]["rejected"], 0, answer)

    def learner(self, external_id, **more):
        self.put({"kind": "learners", "externalId": external_id, "lastName": external_id, **more},
                 {"kind": "enrollments", "externalId": "n" + external_id, "learner": external_id, "flow": "f1",
                  "status": "enrolled"})

    def record(self, kind, external_id):
        return self.server.json("GET", f"/api/v1/organizations/{self.name}/records/{kind}?externalId={external_id}",
                                token=self.school.token)["items"][0]

    def tell(self, body, what="elements", status=200):
        answer = self.server.post(f"{self.school.u2035}/{what}/match/table", body, token=self.school.token,
                                  headers={"Content-Type": "application/octet-stream", "Accept-Language": "en"})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def workbook(self, what, query=""):
        answer = self.server.get(f"{self.school.u2035}/{what}/match/table{query}", token=self.school.token)
        self.assertEqual((answer.status, answer.headers["content-type"]),
                         (200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), answer)
        return answer.body

    def csv_rows(self, what):
        text = self.server.get(f"{self.school.u2035}/{what}/match?format=csv", token=self.school.token).body
        return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))

    def accept(self, what, body, status=201):
        answer = self.server.post(f"{self.school.u2035}/{what}/match/accept", body, token=self.school.token)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def accept_all(self, what, expected, status=201, **filter):
        contour = {"contour": filter.pop("contour")} if "contour" in filter else {}
        return self.accept(what, {**contour, "filter": filter, "expected": expected}, status)

    def list_of(self, *rows, contour="production"):
        """Rows (unti_id, Leader-ID) of a list that gives nobody theirs: they suggest."""
        lines = "".join(f"{unti_id},7999,{leader}\n" for unti_id, leader in rows)
        answer = self.server.post(f"{self.school.u2035}/learners/unti-ids?contour={contour}&match=leaderId:Leader",
                                  ("Unti ID,ID потока,Leader\n" + lines).encode(), token=self.school.token,
                                  headers={"Content-Type": "application/octet-stream"})
        self.assertEqual(answer.status, 201, answer)

    def undo(self, match, status=200):
        answer = self.server.post(f"{self.school.u2035}/matches/{match['id']}/undo", {}, token=self.school.token,
                                  headers={"If-Match": f'"{match["revision"]}"'})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def test_a_table_of_university_2035_suggests_and_many_are_accepted_and_taken_back(self):
        told = self.tell(xlsx(["ID курса", "Курс", "ID модуля", "Модуль"], [501, "оператор бпла", 11, "Введение"],
                              [501, "оператор бпла", 12, "Полеты"], [None, None, "x1", "Право"]))
        self.assertEqual(told["read"], 4)
        self.assertEqual([(row["row"], row["column"], row["value"], row["code"]) for row in told["refused"]],
                         [(4, "ID модуля", "x1", "not-an-id")])
        self.assertTrue(told["refused"][0]["reason"] and told["refused"][0]["fix"], told)
        found = {one["externalId"]: [(s["value"], s["reason"], s["unique"]) for s in one["suggestions"]]
                 for one in self.school.items("/elements/match")}
        self.assertEqual(found, {"p1": [("501", "same-title-folded", True)], "m1": [("11", "same-title", True)],
                                 "m2": [("12", "same-title-folded", True)], "t1": []})

        batch = self.accept_all("elements", 3)

        self.assertEqual(batch["counts"], {"applied": 3})
        self.assertEqual(self.record("programmes", "p1")["u2035Id"], 501)
        self.put({"kind": "modules", "externalId": "m1", "block": "b1", "title": "Введение в БПЛА", "position": 1})
        self.assertEqual(self.record("modules", "m1")["u2035Id"], 11)
        self.assertEqual([one["externalId"] for one in self.school.items("/elements/match")], ["t1"])

        undone = self.undo(batch)
        self.assertEqual(undone["counts"], {"undone": 3})
        self.assertNotIn("u2035Id", self.record("modules", "m1"))
        self.undo(undone, 409)
        words = {entry["action"]: entry.get("actionText") for entry in self.server.json(
            "GET", f"/api/v1/organizations/{self.name}/journal", token=self.school.token)["items"]}
        for action in ("match.table-read", "match.accepted", "match.undone"):
            self.assertTrue(words.get(action), f"{action} is told without words: {words}")

    def test_the_exported_table_comes_back_filled_in(self):
        table = self.server.get(self.school.u2035 + "/elements/match", token=self.school.token,
                                headers={"Accept": "text/csv"})
        rows = list(csv.DictReader(io.StringIO(table.body.decode("utf-8-sig"))))
        self.assertEqual([row["externalId"] for row in rows], ["p1", "m1", "m2", "t1"])
        rows[3]["u2035Id"] = "91"
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)

        self.assertEqual(self.tell(out.getvalue().encode()), {"read": 1, "refused": []})

        theme = [one for one in self.school.items("/elements/match") if one["externalId"] == "t1"][0]
        self.assertEqual([(s["value"], s["reason"]) for s in theme["suggestions"]], [("91", "named-in-table")])

    @unittest.skipIf(shutil.which("soffice") is None, "skipped: LibreOffice is not installed (packaging/install-packages test)")
    @unittest.skipIf(sanitized(), "a spreadsheet waits for no sanitizer")
    def test_libreoffice_opens_the_list_with_the_cells_of_the_csv_and_ids_stay_text(self):
        self.learner("012-345-678 90", firstName='Анна "Аня", первая; вторая')
        self.learner("01234567890")
        self.learner("12345678901234567890")
        self.learner("1E5")
        self.learner("2025-01-02")
        with tempfile.TemporaryDirectory(prefix="lmsd-match-") as folder:
            for what in ("learners", "elements"):
                with open(f"{folder}/{what}.xlsx", "wb") as file:
                    file.write(self.workbook(what))
                result = subprocess.run(
                    ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                     "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", folder, f"{folder}/{what}.xlsx"],
                    capture_output=True, text=True, timeout=240)
                with open(f"{folder}/{what}.csv", newline="", encoding="utf-8") as file:
                    self.assertEqual(list(csv.reader(file)), self.csv_rows(what), result)
        cells = list(openpyxl.load_workbook(io.BytesIO(self.workbook("learners"))).active.iter_rows())
        self.assertEqual({cell.data_type for row in cells[1:] for cell in row if cell.value is not None}, {"s"})
        column = openpyxl.load_workbook(io.BytesIO(self.workbook("learners"))).active.column_dimensions
        self.assertTrue(any(one.number_format == "@" for one in column.values()), "an id that is filled in becomes a number")

    def test_the_workbook_comes_back_filled_in_and_each_row_that_cannot_be_taken_says_why(self):
        for name in ("01", "02", "03", "04", "05"):
            self.learner(name)
        self.learner("taken", untiId="900001")
        book = openpyxl.load_workbook(io.BytesIO(self.workbook("learners", "?q=0")))
        sheet = book.active
        columns = {cell.value: cell.column for cell in sheet[1]}
        self.assertEqual([row[columns["externalId"] - 1].value for row in sheet.iter_rows(min_row=2)],
                         ["01", "02", "03", "04", "05"])
        for row, value in zip(range(2, 7), ("5500001", 5500002, "55x", "900001", 1500000000000000000)):
            sheet.cell(row, columns["u2035Id"]).value = value
        sheet.append(["learner", "999999", "", "Никто", "", "5500009"])
        out = io.BytesIO()
        book.save(out)

        told = self.tell(out.getvalue(), "learners")

        self.assertEqual(told["read"], 2)
        self.assertEqual([(row["row"], row["column"], row["code"]) for row in told["refused"]],
                         [(4, "u2035Id", "not-an-id"), (5, "u2035Id", "held"), (6, "u2035Id", "lost-digits"), (7, "u2035Id", "no-record")])
        self.assertIn("(taken)", told["refused"][1]["reason"])
        self.assertNotIn("untiId", self.record("learners", "01"), "nothing is written to records")
        found = {one["externalId"]: [(s["value"], s["reason"], s["unique"]) for s in one["suggestions"]]
                 for one in self.school.items("/learners/match")}
        self.assertEqual((found["01"], found["02"], found["03"]),
                         ([("5500001", "named-in-table", True)], [("5500002", "named-in-table", True)], []))
        self.assertEqual([one["suggestions"] for one in self.school.items("/learners/match?contour=test&q=01")], [[]])

        self.tell(f"id,u2035Id\n{self.record('learners', '01')['id']},5500077\n".encode(), "learners")

        again = [s["value"] for one in self.school.items("/learners/match?q=01") for s in one["suggestions"]]
        self.assertEqual(again, ["5500077"], "a later table wins")

    def test_a_file_that_breaks_off_or_has_no_ids_changes_nothing(self):
        module = self.record("modules", "m1")["id"]
        broken = f'kind,id,title,u2035Id\nmodule,{module},,11\nmodule,"1'.encode()
        self.assertEqual(self.tell(broken, status=422)["code"], "csv.invalid")
        self.assertEqual(self.tell(xlsx(["kind", "id", "u2035Id"], ["module", module, 11])[:-200], status=422)["code"], "xlsx.invalid")
        self.assertEqual(self.tell(b"a,b\n1,2\n", "learners", 422)["code"], "table.no-ids")
        self.assertEqual([one["suggestions"] for one in self.school.items("/elements/match?kind=module")], [[], []])

    def test_an_id_is_never_given_twice_and_one_refusal_stops_no_other(self):
        modules = {name: self.record("modules", name)["id"] for name in ("m1", "m2")}
        batch = self.accept("elements", {"items": [
            {"kind": "module", "id": modules["m1"], "u2035Id": "11"}, {"kind": "module", "id": modules["m2"], "u2035Id": "11"},
            {"kind": "theme", "id": "999999", "u2035Id": "5"}, {"kind": "module", "id": modules["m2"], "u2035Id": "7x"}]})

        self.assertEqual([(row["state"], row["code"]) for row in batch["rows"]],
                         [("applied", ""), ("refused", "taken"), ("refused", "no-record"), ("refused", "not-valid")])
        self.assertEqual([(row["externalId"], row["title"]) for row in batch["rows"]],
                         [("m1", "Введение"), ("m2", "Полёты"), ("", ""), ("m2", "Полёты")])
        self.assertEqual(self.school.json("GET", f"/matches/{batch['id']}")["rows"], batch["rows"])

    def test_learners_are_suggested_by_leader_id_and_hinted_by_email(self):
        self.learner("l1", leaderId="22")
        self.learner("l2", email="b@example.org")
        self.learner("l3", untiId="900003")
        imported = self.server.post(
            self.school.u2035 + "/learners/unti-ids?match=leaderId:Leader&match=email:Mail",
            "Unti ID,ID потока,Leader,Mail\n100,7001,22,other@example.org\n200,7001,33,B@example.org\n".encode(),
            token=self.school.token, headers={"Content-Type": "application/octet-stream"})
        self.assertEqual(imported.json["counts"], {"unmatched": 2}, imported)
        found = {one["externalId"]: [(s["value"], s["reason"]) for s in one["suggestions"]]
                 for one in self.school.items("/learners/match")}
        self.assertEqual(found, {"l1": [("100", "same-leader-id")], "l2": [("200", "same-email")]})

        batch = self.accept_all("learners", 1)

        self.assertEqual(batch["counts"], {"applied": 1})
        self.assertEqual([(row["externalId"], row["title"]) for row in batch["rows"]], [("l1", "l1")])
        self.assertEqual(self.record("learners", "l1")["untiId"], "100")
        self.assertNotIn("untiId", self.record("learners", "l2"))
        self.accept_all("learners", 0, status=422)
        self.accept("learners", {"items": [{"learner": self.record("learners", "l2")["id"], "untiId": "200"}]})
        self.assertEqual(self.record("learners", "l2")["untiId"], "200")
        self.undo(batch)
        self.assertNotIn("untiId", self.record("learners", "l1"))

    def test_the_list_is_searched_and_counted_by_reason(self):
        for i in range(1, 5):
            self.learner(f"l{i}", firstName=f"Семён{i}", **({"leaderId": "22"} if i < 3 else {"leaderId": "33"} if i == 3 else {}))
        self.server.post(self.school.u2035 + "/learners/unti-ids?match=leaderId:Leader",
                         "Unti ID,ID потока,Leader\n100,7999,22\n200,7999,33\n".encode(),
                         token=self.school.token, headers={"Content-Type": "application/octet-stream"})

        def found(query):
            return [one["externalId"] for one in self.school.items("/learners/match?" + urllib.parse.quote(query, "=&"))]

        self.assertEqual(found("q=СЕМЕН2 осень"), ["l2"])
        self.assertEqual(found("q=200"), ["l3"])
        self.assertEqual(found("reason=same-leader-id"), ["l1", "l2", "l3"])
        self.assertEqual(found("reason=none"), ["l4"])
        self.assertEqual(found("reason=none&q=семён1"), [])
        self.assertEqual(self.school.json("GET", "/learners/match/summary"),
                         {"total": 4, "rejected": 0, "byReason": {"none": {"count": 1, "unique": 0},
                                                                  "same-leader-id": {"count": 3, "unique": 1}},
                          "fitting": {"count": 4, "acceptable": 1, "byReason": {"same-leader-id": 1}}})
        self.assertEqual(self.school.json("GET", "/learners/match/summary?q=l1&sureness=check")["fitting"],
                         {"count": 1, "acceptable": 0, "byReason": {}})
        self.assertEqual((found("sureness=sure"), found("sureness=check"), found("sureness=likely")), (["l3"], ["l1", "l2"], []))
        self.assertEqual(self.school.json("GET", "/learners/match/summary?flow=999999")["total"], 0)
        self.assertEqual(self.school.json("GET", "/elements/match/summary?kind=module")["total"], 2)
        for wrong in ("reason=x", "q=" + "x" * 201):
            answer = self.server.get(f"{self.school.u2035}/learners/match?{wrong}", token=self.school.token)
            self.assertEqual(answer.status, 400, answer)

    def say(self, what, word, body, status=200):
        answer = self.server.post(f"{self.school.u2035}/{what}/match/{word}", body, token=self.school.token)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def test_a_rejected_suggestion_stays_away_until_it_is_taken_back(self):
        self.put({"kind": "modules", "externalId": "m3", "block": "b1", "title": "Введение", "position": 3})
        self.tell(xlsx(["ID модуля", "Модуль"], [11, "Введение"]))
        item = {"kind": "module", "id": self.record("modules", "m3")["id"], "value": "11"}

        def suggested():
            return {one["externalId"]: [(s["value"], s["unique"]) for s in one["suggestions"]]
                    for one in self.school.items("/elements/match?kind=module")}

        self.assertEqual(suggested(), {"m1": [("11", False)], "m2": [], "m3": [("11", False)]})

        answer = self.say("elements", "reject", {"items": [item, {**item, "value": "12"}, {**item, "id": "999999"}, item]})

        self.assertEqual(answer["counts"], {"not-suggested": 2, "rejected": 1, "same": 1}, "the same twice is one")
        # Said no to for one, it stands alone for the other.
        self.assertEqual(suggested(), {"m1": [("11", True)], "m2": [], "m3": []})
        self.tell(xlsx(["ID модуля", "Модуль"], [11, "Введение"]))
        self.assertEqual(suggested()["m3"], [], "told again, it isn't suggested again")
        self.assertEqual(self.say("elements", "reject", {"items": [item]})["counts"], {"same": 1})
        (row,) = self.school.items("/elements/match?rejected=true")
        (rejected,) = row["rejected"]
        self.assertEqual((row["externalId"], rejected["value"], rejected["reason"], rejected["from"]),
                         ("m3", "11", "same-title", "Введение"))
        self.assertTrue(rejected["rejectedAt"] and rejected["rejectedBy"], rejected)

        self.assertEqual(self.say("elements", "unreject", {"items": [item]})["counts"], {"restored": 1})

        self.assertEqual(self.say("elements", "unreject", {"items": [item]})["counts"], {"not-rejected": 1})
        self.assertEqual(suggested()["m3"], [("11", False)])
        self.assertEqual(list(self.school.items("/elements/match?rejected=true")), [])
        actions = [entry["action"] for entry in self.server.json(
            "GET", f"/api/v1/organizations/{self.name}/journal", token=self.school.token)["items"]]
        self.assertEqual((actions.count("match.rejected"), actions.count("match.restored")), (1, 1))
        self.say("elements", "reject", {"items": []}, 422)
        self.say("elements", "reject", {"items": [{**item, "kind": "learner"}]}, 422)

    def test_all_that_a_filter_gives_is_accepted_when_it_is_what_was_seen_and_taken_back_as_one(self):
        self.put({"kind": "flows", "externalId": "f2", "programme": "p1", "key": "f-2", "title": "Весна"})
        for i in range(1, 7):
            self.learner(f"l{i}", leaderId=str(20 + i), **({"firstName": "Анна"} if i < 4 else {}))
        self.put({"kind": "learners", "externalId": "l7", "lastName": "l7", "leaderId": "26"},
                 {"kind": "enrollments", "externalId": "nl7", "learner": "l7", "flow": "f2", "status": "enrolled"})
        self.list_of(*[(100 + i, 20 + i) for i in range(1, 7)])
        summary = self.school.json("GET", "/learners/match/summary?q=" + urllib.parse.quote("анна"))
        self.assertEqual(summary["fitting"], {"count": 3, "acceptable": 3, "byReason": {"same-leader-id": 3}})

        refused = self.accept_all("learners", 4, 409, q="анна")

        self.assertEqual((refused["code"], refused["current"]), ("match.changed", {"count": 3}))
        self.assertNotIn("untiId", self.record("learners", "l1"), "nothing was done")
        self.assertEqual(list(self.school.items("/matches")), [])
        # What fits somebody of another flow too stands alone in neither.
        flow = self.record("flows", "f2")["id"]
        self.assertEqual(self.school.json("GET", f"/learners/match/summary?flow={flow}")["fitting"]["acceptable"], 0)

        batch = self.accept_all("learners", 3, q="анна", reason="same-leader-id", sureness="sure")

        self.assertEqual(batch["counts"], {"applied": 3})
        self.assertEqual([self.record("learners", f"l{i}").get("untiId") for i in range(1, 5)], ["101", "102", "103", None])
        self.assertEqual(self.undo(batch)["counts"], {"undone": 3})
        self.assertEqual(self.school.json("GET", "/learners/match/summary")["fitting"]["acceptable"], 5)
        for wrong in ({"filter": {}}, {"filter": {}, "expected": 1, "items": []}, {"filter": {"reason": "x"}, "expected": 1},
                      {"filter": {"nobody": 1}, "expected": 1}, {"filter": {"flow": "x"}, "expected": 1}, {}):
            self.accept("learners", wrong, 422)

    def test_pages_pass_over_nobody_when_one_is_accepted_meanwhile(self):
        for i in range(1, 6):
            self.learner(f"l{i}")
        first = self.school.json("GET", "/learners/match?limit=2")
        self.accept("learners", {"items": [{"learner": first["items"][0]["id"], "untiId": "77"}]})

        rest = self.school.json("GET", f"/learners/match?limit=10&cursor={first['next']}")["items"]

        self.assertEqual([one["externalId"] for one in rest], ["l3", "l4", "l5"])

    def test_ten_thousand_learners_are_listed_accepted_and_taken_back_quickly(self):
        count = 10_000
        for begin in range(0, count, 2_500):
            some = range(begin, begin + 2_500)
            self.put(*[one for i in some for one in (
                {"kind": "learners", "externalId": f"l{i:05}", "lastName": f"Слушатель{i}", "leaderId": str(50_000 + i)},
                {"kind": "enrollments", "externalId": f"n{i:05}", "learner": f"l{i:05}", "flow": "f1", "status": "enrolled"})])
        self.list_of(*[(5_500_000 + i, 50_000 + i) for i in range(count)])
        took = {}

        def timed(name, act):
            began = time.monotonic()
            result = act()
            took[name] = round(time.monotonic() - began, 2)
            return result

        summary = timed("summary", lambda: self.school.json("GET", "/learners/match/summary"))
        timed("page", lambda: self.school.json("GET", "/learners/match?limit=200"))
        self.assertEqual(summary["fitting"]["acceptable"], count)
        batch = timed("accept", lambda: self.accept_all("learners", count))
        self.assertEqual(batch["counts"], {"applied": count})
        timed("read", lambda: self.school.json("GET", f"/matches/{batch['id']}"))
        undone = timed("undo", lambda: self.undo(batch))
        self.assertEqual(undone["counts"], {"undone": count})
        print(f"\n10,000 learners, seconds: {took}", flush=True)
        self.assertTrue(sanitized() or all(seconds < 20 for seconds in took.values()), took)

    def test_an_unti_id_rejected_in_one_contour_is_suggested_in_the_other(self):
        self.learner("l1", leaderId="22")
        for contour in ("production", "test"):
            self.server.post(f"{self.school.u2035}/learners/unti-ids?contour={contour}&match=leaderId:Leader",
                             "Unti ID,ID потока,Leader\n100,7999,22\n".encode(),
                             token=self.school.token, headers={"Content-Type": "application/octet-stream"})
        item = {"kind": "learner", "id": self.record("learners", "l1")["id"], "value": "100"}

        self.assertEqual(self.say("learners", "reject", {"items": [item]})["counts"], {"rejected": 1})

        self.assertEqual([one["suggestions"] for one in self.school.items("/learners/match")], [[]])
        (there,) = self.school.items("/learners/match?contour=test")
        self.assertEqual(([one["value"] for one in there["suggestions"]], there["rejected"]), (["100"], []))
        self.accept_all("learners", 0, status=422)
        self.say("learners", "unreject", {"contour": "test", "items": [item]})
        self.assertEqual(len(list(self.school.items("/learners/match?rejected=true"))), 1)

    def test_the_test_contours_unti_ids_are_accepted_apart(self):
        self.learner("l1")
        self.accept("learners", {"contour": "test",
                                 "items": [{"learner": self.record("learners", "l1")["id"], "untiId": "66"}]})

        record = self.record("learners", "l1")
        self.assertEqual(record["testUntiId"], "66")
        self.assertNotIn("untiId", record)


if __name__ == "__main__":
    unittest.main()
