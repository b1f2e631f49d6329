"""University 2035's «ЛК2035.xlsx» given to a real lmsd: preview, apply, what did not match, a later upsert, undo."""
import csv
import io
import unittest
import urllib.parse

import openpyxl

from lmsd import Lmsd
from nights import SETTINGS, Organization

LISTS = "/learners/unti-ids"
TITLES = ["Unti ID", "ID курса", "ID потока", "Номер потока", "Курс", "Статус", "Фамилия", "Имя", "E-mail"]


def xlsx(*rows, titles=TITLES, heading=()):
    """The bytes of a workbook; `heading`: rows above the titles."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Слушатели"
    for row in (*heading, titles, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(unti_id, last, first, flow=7001, status="Одобрена", email=None):
    return [unti_id, 501, flow, 1, "БПЛА", status, last, first, email]


def query(*match, **more):
    return "?" + urllib.parse.urlencode([("match", pair) for pair in match or ("lastName:Фамилия", "firstName:Имя")] +
                                        list(more.items()))


class Identities(unittest.TestCase):
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
        self.put({"kind": "programmes", "externalId": "p1", "project": "bas", "title": "БПЛА", "u2035Id": 501},
                 {"kind": "flows", "externalId": "f1", "programme": "p1", "key": "f-1", "u2035Id": 7001},
                 {"kind": "flows", "externalId": "f2", "programme": "p1", "key": "f-2", "u2035Id": 7002})
        self.learner("l1", "Семёнов", "Пётр")
        self.learner("l2", "Римская-Корсакова", "Анна", untiId="900002")
        self.learner("l3", "Тёзка", "Иван")
        self.learner("l4", "Тезка", "ИВАН")

    def put(self, *records):
        answer = self.server.json("POST", f"/api/v1/organizations/{self.name}/records",
                                  {"source": "lms", "records": list(records)}, token=self.school.token)
        self.assertEqual(answer["counts"]["rejected"], 0, answer)
        return [item["status"] for item in answer["items"]]

    def learner(self, external_id, last, first, **more):
        return self.put({"kind": "learners", "externalId": external_id, "lastName": last, "firstName": first, **more},
                        {"kind": "enrollments", "externalId": "n" + external_id, "learner": external_id, "flow": "f1",
                         "status": "enrolled"})[0]

    def record(self, external_id):
        items = self.server.json("GET", f"/api/v1/organizations/{self.name}/records/learners?externalId={external_id}",
                                 token=self.school.token)["items"]
        return items[0]

    def post(self, path, body, etag=None):
        return self.server.post(self.school.u2035 + LISTS + path, body, token=self.school.token,
                                headers={"If-Match": etag} if etag else {"Content-Type": "application/octet-stream"})

    def preview(self, body, parameters=None):
        answer = self.post(parameters or query(), body)
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.headers["location"], self.school.u2035 + LISTS + "/" + answer.json["id"])
        return answer

    def apply(self, previewed, body):
        return self.post(f"/{previewed.json['id']}/apply", body, etag=previewed.headers["etag"])

    def test_the_columns_are_told_before_anything_is_kept(self):
        answer = self.post("/columns", xlsx(row(1, "a", "b"), heading=[["Заявки на 01.09.2025"], []]))

        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.json["sheet"], answer.json["titleRow"], answer.json["rows"]), ("Слушатели", 3, 1))
        fields = {column["column"]: (column["field"], column["namesALearner"]) for column in answer.json["columns"]}
        self.assertEqual(fields["Unti ID"], ("untiId", False))
        self.assertEqual(fields["Номер потока"], (None, False))
        self.assertEqual(fields["Фамилия"], ("lastName", True))
        self.assertEqual(list(self.school.items(LISTS)), [])

    def test_from_a_list_to_records_that_an_upsert_keeps_and_an_undo_takes_back(self):
        previewed = self.preview(xlsx(
            row(100001, "СЕМЕНОВ", "Петр"),
            row("100002", "Римская Корсакова", "Анна"),
            row(100003, "Тёзка", "Иван"),
            row(100004, "Никто", "Нигде"),
            row(100005, "Семёнов", "Пётр", flow=7002),
            row(100006, "Семёнов", "Пётр", flow=7009),
            row(100007, "Семёнов", "Пётр", status="На рассмотрении"),
            row("0100008", "Семёнов", "Пётр"),
            row(12345678901234567890, "Семёнов", "Пётр")))
        self.assertEqual(previewed.json["counts"],
                         {"matched": 1, "conflicting": 1, "ambiguous": 1, "unmatched": 3, "left-out": 1, "bad-unti-id": 2})
        self.assertNotIn("untiId", self.record("l1"))

        applied = self.apply(previewed, {"rows": "all-matched", "overwrite": [3]})
        self.assertEqual(applied.status, 200, applied)
        self.assertEqual(applied.json["outcome"], {"applied": 2})
        self.assertEqual((self.record("l1")["untiId"], self.record("l1")["revision"]), ("100001", 2))
        self.assertEqual(self.record("l2")["untiId"], "100002")

        left = list(self.school.items(f"{LISTS}/{previewed.json['id']}/rows?state=unmatched"))
        self.assertEqual([(one["row"], one["code"]) for one in left],
                         [(5, "no-learner"), (6, "no-learner"), (7, "unknown-flow")])
        for one in left:
            self.assertTrue(one["reason"] and one["fix"], one)
        table = self.server.get(f"{self.school.u2035}{LISTS}/{previewed.json['id']}/rows?state=bad-unti-id",
                                headers={"Accept": "text/csv"}, token=self.school.token)
        self.assertEqual([line["code"] for line in csv.DictReader(io.StringIO(table.body.decode("utf-8-sig")))],
                         ["bad-unti-id", "lost-digits"])

        self.assertEqual(self.learner("l1", "Семёнов", "Пётр"), "unchanged")
        self.assertEqual(self.learner("l1", "Семёнов", "Пётр", middleName="Ильич"), "updated")
        self.assertEqual(self.learner("l2", "Римская-Корсакова", "Анна", untiId="900002", leaderId="5"), "updated")
        self.assertEqual((self.record("l1")["untiId"], self.record("l1")["middleName"]), ("100001", "Ильич"))
        self.assertEqual(self.record("l2")["untiId"], "100002")

        undone = self.post(f"/{previewed.json['id']}/undo", {}, etag=applied.headers["etag"])
        self.assertEqual(undone.json["outcome"], {"undone": 2}, undone)
        self.assertNotIn("untiId", self.record("l1"))
        self.assertEqual(self.record("l2")["untiId"], "900002")
        actions = [entry["action"] for entry in self.server.json(
            "GET", f"/api/v1/organizations/{self.name}/journal", token=self.school.token)["items"]]
        self.assertLessEqual({"unti-ids.previewed", "unti-ids.applied", "unti-ids.undone"}, set(actions))

    def test_what_the_source_says_later_wins_and_is_listed(self):
        previewed = self.preview(xlsx(row(100001, "Семёнов", "Пётр")))
        self.apply(previewed, {"rows": [2]})

        self.learner("l1", "Семёнов", "Пётр", untiId="100009")

        self.assertEqual(self.record("l1")["untiId"], "100009")
        found = list(self.school.items(LISTS + "/contradictions"))
        self.assertEqual([(one["learnerExternalId"], one["confirmed"], one["record"]) for one in found],
                         [("l1", "100001", "100009")])

    def test_nobody_is_matched_by_email_alone(self):
        body = xlsx(row(100001, "Семёнов", "Пётр", email="p@example.org"))

        refused = self.post(query("email:E-mail"), body)

        self.assertEqual((refused.status, refused.json["code"]), (422, "validation"))
        self.assertIn("does not verify", refused.json["errors"][0]["reason"])
        self.assertEqual(list(self.school.items(LISTS)), [])

    def test_an_unti_id_of_another_learner_is_never_given_twice(self):
        previewed = self.preview(xlsx(row(900002, "Семёнов", "Пётр")))

        self.assertEqual(previewed.json["counts"], {"taken": 1})
        self.assertEqual(self.apply(previewed, {"rows": [2]}).status, 422)
        self.assertEqual(self.apply(previewed, {"rows": "all-matched"}).json["code"], "unti-ids.nothing-to-apply")

    def test_an_import_that_somebody_changed_is_not_applied(self):
        previewed = self.preview(xlsx(row(100001, "Семёнов", "Пётр")))
        first = self.apply(previewed, {"rows": "all-matched"})
        again = self.apply(previewed, {"rows": "all-matched"})

        self.assertEqual((first.status, again.status), (200, 412), again)
        self.assertEqual(again.json["current"]["counts"], {"applied": 1})

    def test_files_that_are_no_list_are_named(self):
        for body, code in ((b"", "table.empty"), (b"PK\x03\x04nothing", "xlsx.invalid"),
                           (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xlsx.invalid"),
                           (xlsx(row(1, "a", "b"))[:-500], "xlsx.invalid"),
                           (xlsx(titles=["Фамилия", "Имя"]), "validation"), (xlsx(), "table.empty")):
            with self.subTest(code=code, size=len(body)):
                refused = self.post(query(), body)
                self.assertEqual((refused.status, refused.json["code"]), (422, code), refused)
                self.assertTrue(refused.json["detail"])


if __name__ == "__main__":
    unittest.main()
