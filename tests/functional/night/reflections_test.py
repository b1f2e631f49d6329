"""Reflections on a real lmsd: loaded over REST, checked by a night, judged by a methodist, judged anew once changed."""
import csv
import io
import unittest

from lmsd import Lmsd
from nights import SETTINGS, Organization

HONEST = ("Наконец-то понял, зачем перед вылетом смотреть на влажность, а не только на ветер. Раньше про обледенение "
          "винтов вообще не думал, а преподаватель показал фото с реального падения.")
OTHER = ("Матрица рисков теперь висит у меня над столом, а планёрки стали вдвое короче. Научился отказывать заказчику, "
         "и проект впервые сдан без ночных авралов и ругани.")
DISGUISED = HONEST.replace("о", "o").replace("а", "a").upper() + "\u200b"
TEXTS = {"honest": HONEST, "other": OTHER, "copy": DISGUISED, "mashed": "1111 1111 fgfgfg fgfgfg 1111 йцукен йцукен 1111"}


def learner(name):
    return f"l-{name}"


class Reflections(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Without dictionaries, so that the test is the same wherever it runs; the missing one is to be told.
        settings = {**SETTINGS, "module.u2035.reflections.dictionary": "/nowhere/ru_RU",
                    "module.u2035.reflections.english_dictionary": ""}
        cls.server = Lmsd(settings).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_project()
        cls.server.create_organization("demo")
        cls.methodist = cls.server.create_token("methodist", roles={"demo": "methodist"})
        cls.demo = Organization(cls.server, "demo")
        cls.load([{"kind": "programmes", "externalId": "p", "project": "bas", "title": "Полёты"},
                  {"kind": "flows", "externalId": "f", "programme": "p", "title": "Осень", "key": "osen"}])
        cls.load([record for name in TEXTS for record in (
            {"kind": "learners", "externalId": learner(name), "lastName": name},
            {"kind": "enrollments", "externalId": f"e-{name}", "learner": learner(name), "flow": "f",
             "status": "enrolled"})])
        for minute, name in enumerate(TEXTS):
            cls.reflect(name, TEXTS[name], minute)
        cls.run_of_night = cls.demo.run({"only": "statements"})

    @classmethod
    def load(cls, records):
        answer = cls.server.json("POST", cls.demo.base + "/records", {"source": "test", "records": records},
                                 token=cls.demo.token)
        assert not answer["counts"].get("rejected"), answer

    @classmethod
    def reflect(cls, name, text, minute):
        cls.load([{"kind": "reflections", "externalId": f"x-{name}", "learner": learner(name), "flow": "f", "text": text,
                   "at": f"2025-12-02T12:{minute:02}:00Z"}])

    def row(self, name):
        rows = [row for row in self.demo.items("/reflections") if row["learnerExternalId"] == learner(name)]
        self.assertEqual(len(rows), 1, rows)
        return rows[0]

    def judge(self, row, body, etag):
        return self.server.post(f"{self.demo.u2035}/reflections/{row['id']}/judgement", body, token=self.methodist,
                                headers={"If-Match": etag})

    def test_a_night_finds_the_disguised_copy_and_the_mashing(self):
        self.assertEqual(self.run_of_night["state"], "done", self.run_of_night)
        self.assertEqual(self.run_of_night["counts"]["reflections.checked"], 4)
        self.assertEqual({name: self.row(name)["verdict"] for name in ("honest", "other", "copy")},
                         {"honest": "fine", "other": "fine", "copy": "flagged"})
        self.assertEqual([check["code"] for check in self.row("copy")["checks"]], ["copied-from-learner"])

    def test_both_texts_are_shown_and_no_list_has_them(self):
        path = f"{self.demo.u2035}/reflections/{self.row('copy')['id']}"
        one = self.server.json("GET", path, token=self.methodist)
        found = one["findings"][0]["resembles"][0]
        self.assertEqual(found["reflection"], self.row("honest")["id"])
        self.assertEqual("".join(piece["text"] for piece in found["other"]), HONEST)
        self.assertEqual("".join(piece["text"] for piece in found["this"]), DISGUISED)
        self.assertNotIn("обледенение", self.server.get(self.demo.u2035 + "/reflections", token=self.methodist).text)

    def test_a_list_as_csv_is_read_by_others(self):
        answer = self.server.get(self.demo.u2035 + "/reflections?code=copied-from-learner", token=self.methodist,
                                 headers={"Accept": "text/csv"})
        rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))
        self.assertEqual([row["codes"] for row in rows], ["copied-from-learner"])

    def test_a_judgement_holds_for_its_text_only(self):
        path = f"{self.demo.u2035}/reflections/{self.row('mashed')['id']}"
        etag = self.server.get(path, token=self.methodist).headers["etag"]
        accept = {"decision": "accept", "comment": "Так записан код упражнения."}
        self.assertEqual(self.judge(self.row("mashed"), accept, '"99"').status, 412)
        self.assertEqual(self.judge(self.row("mashed"), accept, etag).status, 200)
        self.assertEqual(self.row("mashed")["judgement"]["decision"], "accept")

        self.reflect("mashed", "2222 2222 fgfgfg fgfgfg 2222 йцукен йцукен 2222", 30)
        self.demo.run({"only": "statements"})

        self.assertIsNone(self.row("mashed")["judgement"])
        self.assertEqual(self.judge(self.row("mashed"), accept, etag).status, 412)

    def test_a_missing_dictionary_is_told_and_stops_nothing(self):
        self.assertEqual(self.run_of_night["counts"]["reflections.dictionariesMissing"], 1)
        health = self.server.health()
        self.assertEqual(health.status, 200)
        self.assertIn("/nowhere/ru_RU", health.text)


if __name__ == "__main__":
    unittest.main()
