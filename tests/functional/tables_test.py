"""Tables of a real lmsd read by programs that know nothing of it: openpyxl, xlsx2csv, LibreOffice, zipfile, unzip.
XLSX and CSV say the same, and what the records say; every file that a row names is in its pair's archive.
"""
import csv
import datetime
import hashlib
import io
import itertools
import pathlib
import subprocess
import tempfile
import unittest
import zipfile

import openpyxl
from openpyxl.utils.escape import unescape

from lmsd import Lmsd
from nights import SETTINGS, Organization

RECORDS = "/api/v1/organizations/demo/records"
HOSTILE = ["=1+2", "=cmd|' /C calc'!A0", "+7 (999) 000-00-00", "-1", "@SUM(A1:A9)", "_x000D_ и _x005F_", "😀 🇷🇺 Ёж",
           "<&>\"'", "00012", "12345678901234567890", "1e5", "TRUE", "2025-10-02", "x" * 400, "' апостроф", "a,b;c"]


def plain(field):
    """A CSV field with its documented apostrophe taken off."""
    return field[1:] if len(field) > 1 and field[0] == "'" and field[1] in "=+-@\t\r" else field


def rows_of(body):
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    return rows[0], [[plain(field) for field in row] for row in rows[1:]]


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd(SETTINGS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        for element, title in zip(cls.all_of("elements"), itertools.cycle(HOSTILE)):
            cls.change("elements", element, title=title)
        cls.run_ = cls.demo.run({"only": "tables", "maxRows": 40, "archiveBytes": 200_000})
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="lmsd-tables-"))
        cls.addClassCleanup(subprocess.run, ["rm", "-rf", str(cls.folder)])

    @classmethod
    def all_of(cls, kind):
        cursor, items = None, []
        while True:
            page = cls.server.json("GET", f"{RECORDS}/{kind}?limit=1000" + (f"&cursor={cursor}" if cursor else ""))
            items += page["items"]
            cursor = page["next"]
            if not cursor:
                return items

    @classmethod
    def change(cls, kind, item, **fields):
        path = f"{RECORDS}/{kind}/{item['id']}"
        now = cls.server.get(path)
        body = {key: value for key, value in now.json.items() if key not in ("id", "revision", "changedAt", "deleted", "kind")}
        answer = cls.server.put(path, {**body, **fields}, etag=now.headers.get("etag"))
        assert answer.status == 200, answer

    def pairs(self, run):
        """pair → {(role, format): file with its bytes}, of what is to be uploaded."""
        pairs = {}
        for one in self.demo.json("GET", f"/exports/{run['id']}")["files"]:
            if one["element"] == "manifest":
                continue
            one["body"] = self.demo.download(one["url"])
            self.assertEqual(hashlib.sha256(one["body"]).hexdigest(), one["sha256"], one["name"])
            pairs.setdefault(one["pair"], {})[one["role"], one["format"]] = one
        return pairs

    def check_pair(self, files):
        titles, rows = rows_of(files["table", "csv"]["body"])
        self.assertEqual(len(rows), files["table", "csv"]["rows"])
        self.check_workbook(files["table", "xlsx"]["body"], titles, rows)
        if "Файл(ы) артефактов" in titles:
            column = titles.index("Файл(ы) артефактов")
            named = {name for row in rows for name in row[column].split(";") if name}
            self.assertEqual(("archive", "zip") in files, bool(named))
            if named:
                self.check_archive(files, named)
        return titles, rows

    def check_workbook(self, body, titles, rows):
        sheet = openpyxl.load_workbook(io.BytesIO(body)).active
        read = list(sheet.iter_rows(values_only=True))
        self.assertEqual(list(read[0]), titles)
        self.assertEqual(len(read) - 1, len(rows))
        for theirs, ours in zip(read[1:], rows):
            for title, value, field in itertools.zip_longest(titles, theirs, ours):
                with self.subTest(title):
                    self.check_cell(value, field or "")

    def check_cell(self, value, field):
        if isinstance(value, datetime.datetime):
            wanted = datetime.datetime.fromisoformat(field).replace(tzinfo=None)
            self.assertLess(abs(value - wanted), datetime.timedelta(milliseconds=2))
        elif isinstance(value, (int, float)):
            self.assertEqual(float(value), float(field))
        else:
            self.assertEqual(unescape(value or ""), field)

    def check_archive(self, files, named):
        body = files["archive", "zip"]["body"]
        path = self.folder / "archive.zip"
        path.write_bytes(body)
        self.assertEqual(subprocess.run(["unzip", "-tqq", path]).returncode, 0)
        _, mapping = rows_of(files["mapping", "csv"]["body"])
        self.check_workbook(files["mapping", "xlsx"]["body"], *rows_of(files["mapping", "csv"]["body"]))
        sums = {row[1]: row[5] for row in mapping}
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            self.assertEqual(set(archive.namelist()), named)
            self.assertEqual(len(archive.namelist()), len({name.casefold() for name in named}))
            for info in archive.infolist():
                self.assertRegex(info.filename, r"^[A-Za-z0-9._-]+$")
                self.assertEqual(hashlib.sha256(archive.read(info)).hexdigest(), sums[info.filename])

    def test_every_pair_says_what_its_records_say(self):
        pairs = self.pairs(self.run_)
        self.assertGreater(len(pairs), 5)
        seen, with_archive = 0, 0
        titles_seen = set()
        for files in pairs.values():
            titles, rows = self.check_pair(files)
            self.assertLessEqual(len(rows), 40)
            seen += len(rows)
            with_archive += ("archive", "zip") in files
            titles_seen |= {row[titles.index("Название элемента")] for row in rows}
        self.assertEqual(seen, self.run_["counts"]["tableRows"])
        self.assertGreater(with_archive, 0)
        # Every title is one that was typed in, formulas and all.
        self.assertLessEqual(titles_seen, set(HOSTILE))
        self.assertGreater(len(titles_seen), 8)

    def test_identifiers_are_text_and_numbers_are_numbers(self):
        files = next(f for name, f in self.pairs(self.run_).items() if name.startswith("assessment-results"))
        sheet = openpyxl.load_workbook(io.BytesIO(files["table", "xlsx"]["body"])).active
        titles = [cell.value for cell in sheet[1]]
        row = dict(zip(titles, sheet[2]))
        for title in ("UNTI ID", "ID курса", "ID потока"):
            self.assertIn(row[title].data_type, ("s", "inlineStr"), title)
            self.assertIsInstance(row[title].value, str)
        self.assertEqual(row["Балл"].data_type, "n")
        self.assertTrue(row["Дата и время"].is_date)

    def test_libreoffice_and_xlsx2csv_read_the_same_texts(self):
        name, files = next((n, f) for n, f in self.pairs(self.run_).items() if n.startswith("assessment-results"))
        titles, rows = rows_of(files["table", "csv"]["body"])
        book = self.folder / "book.xlsx"
        book.write_bytes(files["table", "xlsx"]["body"])
        subprocess.run(["soffice", f"-env:UserInstallation=file://{self.folder}/profile", "--headless", "--convert-to",
                        "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", self.folder, book],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=200)
        with open(self.folder / "book.csv", encoding="utf-8", newline="") as file:
            office = list(csv.reader(file))
        other = list(csv.reader(io.StringIO(subprocess.run(
            ["xlsx2csv", book], check=True, capture_output=True).stdout.decode())))
        for read, change in ((office, str), (other, unescape)):
            self.assertEqual(read[0], titles)
            self.assertEqual(len(read) - 1, len(rows))
            for theirs, ours in zip(read[1:], rows):
                for title in ("UNTI ID", "ID курса", "ID потока", "Название элемента", "Успешность (да/нет)", "Длительность"):
                    column = titles.index(title)
                    self.assertEqual(change(theirs[column]), ours[column], title)

    def test_a_part_is_split_until_single_rows_are_left(self):
        run = self.demo.run({"only": "tables"})
        start = self.pairs(run)
        name = next(n for n, f in start.items() if ("archive", "zip") in f and f["table", "csv"]["rows"] > 3)
        wanted = sorted(rows_of(start[name]["table", "csv"]["body"])[1])
        for _ in range(3):
            now = self.pairs(run)
            part = max((f for n, f in now.items() if n.startswith(name)), key=lambda f: f["table", "csv"]["rows"])
            self.demo.json("POST", f"/exports/{run['id']}/files/{part['table', 'xlsx']['name']}/split")
        now = {n: f for n, f in self.pairs(run).items() if n.startswith(name)}
        self.assertEqual(len(now), 4)
        rows = [row for files in now.values() for row in self.check_pair(files)[1]]
        self.assertEqual(sorted(rows), wanted)
        counted = self.demo.json("GET", f"/exports/{run['id']}")
        self.assertEqual(counted["fileCount"], len(counted["files"]) - 1)

    def test_files_follow_a_downloaded_template_once_it_is_mapped(self):
        path = "/tables/bas/video-views"
        book = openpyxl.Workbook()
        book.active.title = "Инструкция"
        book.active["A1"] = "Заполните лист «Данные»"
        sheet = book.create_sheet("Данные")
        sheet.append(["Данные о просмотре"])
        sheet.append(["Примечание", "unti_id", "Процент просмотра", "Название видео"])
        out = io.BytesIO()
        book.save(out)
        answer = self.server.post(self.demo.u2035 + path + "/template", out.getvalue(), token=self.demo.token,
                                  headers={"Content-Type": "application/octet-stream"})
        self.assertEqual(answer.status, 200, answer)
        self.addCleanup(self.server.delete, self.demo.u2035 + path + "/template", token=self.demo.token)
        self.assertEqual((answer.json["sheet"], answer.json["headerRow"]), ("Данные", 2))
        self.assertFalse(answer.json["complete"])

        refused = self.demo.run({"only": "tables"})
        self.assertGreater(refused["counts"]["unsendable.template-not-mapped"], 0)
        self.assertFalse([n for n in self.pairs(refused) if n.startswith("video-views")])

        columns = [{"title": c["title"], "field": c["field"]} for c in answer.json["columns"]]
        left_out = [one["field"] for one in answer.json["missing"]]
        mapped = self.server.put(self.demo.u2035 + path + "/mapping", {"columns": columns, "leftOut": left_out},
                                 etag=answer.headers["etag"], token=self.demo.token)
        self.assertTrue(mapped.json["complete"], mapped)
        files = next(f for n, f in self.pairs(self.demo.run({"only": "tables"})).items() if n.startswith("video-views"))
        titles, rows = self.check_pair(files)
        self.assertEqual(titles, ["Примечание", "unti_id", "Процент просмотра", "Название видео"])
        self.assertTrue(rows and all(row[0] == "" and row[1].isdigit() for row in rows))


if __name__ == "__main__":
    unittest.main()
