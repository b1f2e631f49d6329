"""Files that arrive at a real lmsd: uploaded, or put into a watched folder, with crashes and folders that lie."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest
import zipfile

from lmsd import Lmsd

BASE = "/api/v1/organizations/demo/connections"
FILES = BASE + "/files"
MAPPING = {"target": "learners", "externalId": {"column": "id"},
           "fields": {"untiId": {"column": "unti"}, "lastName": {"column": "name"}}}
ROUTE = {"name": "people", "prefix": "people", "settings": {"pattern": "*.csv"}, "mapping": MAPPING}


def csv(*rows):
    return "".join(",".join(map(str, row)) + "\n" for row in (("id", "unti", "name"), *rows)).encode()


def many(start, count):
    return csv(*((f"{start}{i}", 100000 + i, "Name") for i in range(count)))


class Watched(unittest.TestCase):
    """A server with a watched folder, and what is asked of both."""
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="lmsd-watched-"))
        self.addCleanup(shutil.rmtree, self.root)
        self.folder = self.root / "demo/crm/people"
        self.folder.mkdir(parents=True)
        self.server = Lmsd({"connections.folders": self.root, "connections.folder_interval": "1s"})
        self.addCleanup(self.server.__exit__)
        self.server.start()
        self.server.create_organization("demo")

    def make(self, route=None, **settings):
        self.server.json("POST", BASE, {"name": "files", "kind": "files",
                                        "settings": {"folder": "crm", "settleSeconds": 1, **settings}})
        return self.server.json("POST", FILES + "/routes", {**ROUTE, **(route or {})})

    def put(self, name, content):
        half = self.folder / (name + ".tmp")
        half.write_bytes(content)
        half.rename(self.folder / name)

    def until(self, what, told="it did not come"):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if found := what():
                return found
            time.sleep(0.05)
        self.fail(f"{told}: {self.arrivals()}\n{self.server.log()[-3000:]}")

    def arrivals(self):
        return self.server.json("GET", FILES + "/routes/people/files")["items"]

    def ended(self, count):
        return self.until(lambda: (all_ := self.arrivals()) and len(all_) >= count and
                          all(one["state"] != "taken" for one in all_) and self.names("work") == [] and all_)

    def names(self, place="."):
        folder = self.folder / place
        return sorted(p.name for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []

    def learners(self):
        return self.server.query("SELECT COUNT(*), COALESCE(MAX(revision), 0) FROM record_learners WHERE deleted_at IS NULL")[0]

    def uploaded(self, body, route="people", query=""):
        answer = self.server.post(f"{FILES}/routes/{route}/upload?name=f{query}", body,
                                  headers={"Content-Type": "application/octet-stream"})
        self.assertEqual(answer.status, 202, answer)
        return self.until(lambda: (run := self.server.json("GET", answer.headers["location"]))["state"]
                          not in ("waiting", "running") and run)

    def alarms(self):
        return [one["code"] for one in self.server.json("GET", "/api/v1/organizations/demo/alarms")["items"]]


class Arrivals(Watched):
    # -- uploads ------------------------------------------------------------------------------------------------

    def test_uploads_of_every_format_become_records(self):
        self.make()
        run = self.uploaded(csv(("1", 501, "Ivanov"), ("2", "05", "Petrov")))
        self.assertEqual((run["state"], run["trigger"], run["counts"]["created"], run["counts"]["rejected"]),
                         ("done", "upload", 1, 1))
        sheets = {"xl/worksheets/sheet1.xml":
                  "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
                  "<row r='1'>%s</row><row r='2'>%s</row></sheetData></worksheet>" % tuple(
                      "".join(f"<c r='{c}{n}' t='inlineStr'><is><t>{v}</t></is></c>" for c, v in zip("ABC", row))
                      for n, row in ((1, ("id", "unti", "name")), (2, ("3", "503", "Сидоров"))))}
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        rels = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='%s' Target='%s'/></Relationships>"
        sheets["_rels/.rels"] = rels % (office + "/officeDocument", "xl/workbook.xml")
        sheets["xl/_rels/workbook.xml.rels"] = rels % (office + "/worksheet", "worksheets/sheet1.xml")
        sheets["xl/workbook.xml"] = ("<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
                                     f"xmlns:r='{office}'><sheets><sheet name='A' sheetId='1' r:id='rId1'/></sheets></workbook>")
        book = self.root / "book.xlsx"
        with zipfile.ZipFile(book, "w") as out:
            for name, text in sheets.items():
                out.writestr(name, text)
        documents = {"xlsx": book.read_bytes(),
                     "json": json.dumps([{"id": 4, "unti": 504, "name": "Орлов"}]).encode(),
                     "xml": b"<l><p><id>5</id><unti>505</unti><name>x</name></p></l>",
                     "csv": "id;unti;name\n6;506;Жуков\n".encode("cp1251")}
        for kind, body in documents.items():
            more = {"items": "//p"} if kind == "xml" else {"delimiter": ";", "encoding": "windows-1251"} if kind == "csv" else {}
            self.server.json("POST", FILES + "/routes", {**ROUTE, "name": kind, "prefix": kind, "settings": {"format": kind, **more}})
            run = self.uploaded(body, kind)
            self.assertEqual((run["state"], run["counts"]["created"]), ("done", 1), (kind, run))
        self.assertEqual(self.learners(), (5, 1))
        self.assertEqual(self.server.query("SELECT last_name FROM record_learners WHERE external_id = '6'"), [("Жуков",)])
        # What was taken in whole is not kept; the first was not.
        self.assertEqual([one.parent.name for one in (self.server.directory / "data/uploads").rglob("*~*")], ["kept"])

    def test_a_file_is_the_whole_list_when_the_route_follows_deletions(self):
        self.make({"deletions": "follow"})
        self.uploaded(csv(("1", 501, "a"), ("2", 502, "b")))
        run = self.uploaded(csv(("1", 501, "a")))
        self.assertEqual((run["state"], run["diagnoses"][0]["code"]), ("failed", "source.deletions"))
        self.assertEqual(self.uploaded(csv(("1", 501, "a")), query="&confirmDeletions=true")["counts"]["deleted"], 1)

    def test_an_empty_file_and_a_broken_one_are_told(self):
        self.make()
        self.assertEqual(self.server.post(FILES + "/routes/people/upload", b"").status, 422)
        self.server.json("POST", FILES + "/routes", {**ROUTE, "name": "book", "prefix": "book", "settings": {"format": "xlsx"}})
        run = self.uploaded(b"no zip at all", "book")
        self.assertEqual((run["state"], run["diagnoses"][0]["code"]), ("failed", "source.format"))

    # -- again --------------------------------------------------------------------------------------------------

    def repeat(self, arrival, status=202):
        answer = self.server.post(f"{FILES}/routes/people/files/{arrival['id']}/repeat", headers={"Accept-Language": "ru"})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def change_route(self, **changes):
        now = self.server.get(FILES + "/routes/people")
        answer = self.server.put(FILES + "/routes/people", {**now.json, **changes}, etag=now.headers["etag"])
        self.assertEqual(answer.status, 200, answer)

    def test_an_upload_that_was_taken_in_part_is_read_again_and_brings_nothing_twice(self):
        self.make()
        self.uploaded(csv(("1", 501, "Ivanov"), ("2", "05", "Petrov")))
        first, = self.ended(1)
        self.assertEqual((first["state"], first["rejected"], first["repeat"]["possible"]), ("done", 1, True))
        # The sender's fault is mended on our side: what was refused is not asked for any more.
        self.change_route(mapping={**MAPPING, "fields": {"lastName": {"column": "name"}}})
        again = self.repeat(first)
        self.assertEqual((again["repeatOf"], again["name"], again["sha256"]), (first["id"], first["name"], first["sha256"]))
        second, first = self.ended(2)
        self.assertEqual((second["id"], second["state"], second["rejected"]), (again["id"], "done", 0))
        run = self.server.json("GET", f"{FILES}/routes/people/runs/{second['run']}")
        self.assertEqual((run["counts"]["created"], self.learners()[0]), (1, 2), run)
        # Whole now: nothing is kept, and asking for the first again answers with what it became.
        self.assertEqual((second["repeat"]["code"], first["repeat"]["code"], first["repeatedBy"]),
                         ("file.whole", "file.repeated", second["id"]))
        self.assertEqual(self.repeat(first)["id"], second["id"])
        self.repeat(second, status=409)
        self.assertEqual(len(self.arrivals()), 2)
        self.assertEqual(list((self.server.directory / "data/uploads").rglob("*~*")), [])
        rows = self.server.json("GET", "/api/v1/organizations/demo/journal")["items"]
        self.assertEqual([row["details"]["as"] for row in rows if row["action"] == "route.file-repeated"], [second["id"]])

    def test_a_file_that_failed_in_the_folder_is_read_again_while_it_lies_there(self):
        self.make(arrival="renamed")
        self.put("bad.csv", b"id,number,name\n1,501,Ivanov\n")
        first, = self.ended(1)
        self.assertEqual((first["state"], first["repeat"]["possible"]), ("failed", True), first)
        second = self.repeat(first)
        second = self.ended(2)[0]
        self.assertEqual((second["state"], second["repeat"]["possible"]), ("failed", True))
        self.change_route(mapping={**MAPPING, "fields": {"untiId": {"column": "number"}, "lastName": {"column": "name"}}})
        self.server.post(FILES + "/disable", {})
        self.repeat(second, status=409)
        self.server.post(FILES + "/enable", {})
        self.assertTrue(self.arrivals()[0]["repeat"]["possible"])
        self.repeat(second)
        third = self.ended(3)[0]
        self.assertEqual((third["state"], self.learners()), ("done", (1, 1)), third)
        self.assertEqual(len([n for n in self.names("done") if n.endswith("bad.csv")]), 1)
        self.assertEqual([n for n in self.names("failed") if n.endswith("bad.csv")], [])

    def test_what_is_gone_says_so_and_is_not_repeated(self):
        self.make(arrival="renamed")
        self.put("bad.csv", b"id,number\n1,501\n")
        first, = self.ended(1)
        gone, = [n for n in self.names("failed") if n.endswith("bad.csv")]
        (self.folder / "failed" / gone).unlink()
        self.assertEqual(self.arrivals()[0]["repeat"]["code"], "file.gone")
        refused = self.repeat(first, status=409)
        self.assertEqual(refused["code"], "file.gone")
        self.assertIn("'failed'", refused["detail"])
        self.assertNotIn("watched", refused["detail"])
        answer = self.server.post(f"{FILES}/routes/people/files/5c7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10/repeat")
        self.assertEqual(answer.status, 404)
        self.assertEqual(len(self.arrivals()), 1)

    def test_of_uploads_no_more_is_kept_than_one_may_be_large(self):
        self.server.stop()
        self.server.settings["connections.max_upload"] = "1KB"
        self.server.write_config()
        self.server.start()
        self.make()
        for n in range(3):
            self.uploaded(csv(("1", "05", f"{n}" * 500)))
        self.assertEqual([one["repeat"]["code"] for one in self.ended(3)], [None, "file.gone", "file.gone"])

    def test_two_routes_of_one_folder_never_want_the_same_file(self):
        self.make()
        for number, (pattern, status) in enumerate((("grades-*.csv", 422), ("*", 422), ("gr?des.*", 422), ("*.xml", 201), ("*.json", 201), ("g*.xm", 201))):
            answer = self.server.post(FILES + "/routes", {**ROUTE, "name": f"r{number}", "settings": {"pattern": pattern}})
            self.assertEqual(answer.status, status, (pattern, answer.text))
            if status == 422:
                self.assertEqual(answer.json["errors"][0]["pointer"], "/settings/pattern")
                self.assertIn("'people'", answer.text)

    def test_who_sees_that_a_run_is_over_may_send_the_next_file(self):
        self.make()
        for i in range(15):
            self.assertEqual(self.uploaded(csv((str(i), 501 + i, "x")))["state"], "done")

    def test_a_file_in_another_encoding_is_stopped_and_never_taken_as_other_letters(self):
        self.make()
        for name, settings in {"ansi": {"encoding": "windows-1251"}, "utf": {}}.items():
            self.server.json("POST", FILES + "/routes", {**ROUTE, "name": name, "prefix": name, "settings": settings})
        text = "id,unti,name\n1,501,Жуков\n"
        wrong = {"ansi": ["\ufeff" + text, text, "id,unti,name\n" + "".join(f"a{i},{9000 + i},x\n" for i in range(20000)) + "2,502,Ёж\n"],
                 "utf": ["id,unti,имя\n1,501,x\n".encode("cp1251"), text.encode("utf-16")]}
        for route, bodies in wrong.items():
            for body in bodies:
                run = self.uploaded(body if isinstance(body, bytes) else body.encode(), route)
                self.assertEqual((run["state"], [one["code"] for one in run["diagnoses"]]), ("failed", ["source.encoding"]), run)
                self.assertIn("ncoding" if "names" in run["diagnoses"][0]["detail"] else "UTF-", json.dumps(run["diagnoses"][0]))
        self.assertEqual(self.learners(), (0, 0))
        for body in (text.encode("cp1251"), b"id,unti,name\n2,502,Ivanov\n", "id,unti,name\n3,503,Ё\n".encode("cp1251")):
            self.assertEqual(self.uploaded(body, "ansi")["counts"]["created"], 1)
        self.assertEqual(self.server.query("SELECT last_name FROM record_learners ORDER BY external_id"), [("Жуков",), ("Ivanov",), ("Ё",)])

    def test_two_columns_of_one_name_and_ragged_rows_are_told_with_their_names_and_counts(self):
        self.make()
        run = self.uploaded(b"id,unti,name,name\n1,501,x,y\n")
        self.assertEqual((run["state"], run["diagnoses"][0]["code"]), ("failed", "source.field-name"))
        self.assertIn("'name' names 2 columns", run["diagnoses"][0]["detail"])
        self.assertEqual(self.uploaded(b"id,unti,name,note,note\n1,501,x,y,z\n")["counts"]["created"], 1, "nobody takes them")
        run = self.uploaded(b"id,unti,name\n2,502\n3,503,z,extra\n")
        self.assertEqual(run["diagnoses"][0]["detail"],
                         "2 of 2 rows can't be read as rows. The first: row 2: The row has 2 values, the header 3.")

    # -- the watched folder -------------------------------------------------------------------------------------

    def test_files_go_through_the_folder_once_with_a_report_beside(self):
        self.make()
        self.put("a.csv", csv(("1", 501, "Ivanov"), ("2", "05", "Petrov")))
        self.put("bad.csv", b"no,such,columns\n1,2,3\n")
        (self.folder / "other.txt").write_text("not mine")
        (self.folder / ".hidden.csv").write_bytes(csv(("9", 509, "x")))
        self.ended(2)
        done, failed = self.names("done"), self.names("failed")
        self.assertEqual([name.split("-", 1)[1] for name in done], ["a.csv", "a.csv.log.csv", "a.csv.report.json"])
        self.assertIn("bad.csv", [name.split("-", 1)[1] for name in failed])
        self.assertEqual(self.names(), [".hidden.csv", "other.txt"])
        report = json.loads((self.folder / "done" / done[2]).read_text())
        self.assertEqual((report["file"]["state"], report["counts"]["created"], report["counts"]["rejected"]), ("done", 1, 1))
        self.assertIn("row 3", (self.folder / "done" / done[1]).read_text())
        alarm = self.server.json("GET", "/api/v1/organizations/demo/alarms")["items"]
        self.assertEqual([one["code"] for one in alarm], ["source.field-name"])

    def test_a_half_written_file_is_left_alone_until_it_is_whole(self):
        self.make(settleSeconds=3)
        whole = csv(("1", 501, "Ivanov"), ("2", 502, "Petrov"))
        with open(self.folder / "slow.csv", "wb", buffering=0) as out:
            for at in range(0, len(whole), 8):
                out.write(whole[at:at + 8])
                time.sleep(1)
                self.assertEqual(self.arrivals(), [])
        self.assertEqual(self.ended(1)[0]["state"], "done")
        self.assertEqual(self.learners(), (2, 1))

    def test_a_writer_that_pauses_longer_than_we_wait_loses_nothing(self):
        self.make()
        rows = csv(*((str(i), 501 + i, "x") for i in range(20))).splitlines(keepends=True)
        with open(self.folder / "a.csv", "wb") as slow:
            slow.writelines(rows[:11])
            slow.flush()
            self.until(lambda: self.names("work") == [] and (self.folder / "done").is_dir())
            (self.folder / "b.csv").write_bytes(csv(("b", 601, "later")))
            # The later one is taken when it has kept still: so had the first, which is open.
            self.until(lambda: [one["name"] for one in self.arrivals() if one["state"] == "done"] == ["b.csv"])
            slow.writelines(rows[11:])
        self.ended(2)
        self.assertEqual(self.learners()[0], 21)

    def test_a_file_that_grows_after_it_was_read_is_taken_again(self):
        self.make()
        self.put("a.csv", csv(("1", 501, "x")))
        self.ended(1)
        done, = [name for name in self.names("done") if name.endswith("a.csv")]
        with open(self.folder / "done" / done, "ab") as late:
            late.write(b"2,502,y\n")
        self.ended(2)
        self.assertEqual((self.learners(), self.names()), ((2, 1), []))

    def test_a_file_that_changes_while_it_is_read_fails_with_its_run_and_an_alarm(self):
        self.make({"deletions": "follow"}, arrival="renamed")
        self.put("old.csv", csv(("old", 7, "x")))
        self.ended(1)
        self.put("a.csv", many("k", 60000))
        self.until(lambda: self.names("work"))
        work, = self.names("work")
        with open(self.folder / "work" / work, "ab") as late:
            late.write(b"9,502,y\n")
        self.ended(2)
        run = self.server.json("GET", FILES + "/routes/people/runs")["items"][0]
        self.assertEqual((run["state"], run["diagnoses"][0]["code"], run["counts"]["deleted"]), ("failed", "source.interrupted", 0), run)
        self.assertIn("changed while it was read", run["diagnoses"][0]["detail"])
        self.assertTrue([name for name in self.names("failed") if name.endswith("a.csv")])
        self.assertEqual([one["code"] for one in self.server.json("GET", "/api/v1/organizations/demo/alarms")["items"]],
                         ["source.interrupted"])

    def test_the_same_content_is_told_and_not_read_again(self):
        self.make(arrival="renamed")
        self.put("a.csv", csv(("1", 501, "Ivanov")))
        first, = self.ended(1)
        self.put("b.csv", csv(("1", 501, "Ivanov")))
        second = self.ended(2)[0]
        self.assertEqual((second["state"], second["duplicateOf"], second["run"]), ("duplicate", first["id"], None))
        self.put("c.csv", csv(("1", 501, "Petrov")))
        self.ended(3)
        self.put("d.csv", csv(("1", 501, "Ivanov")))
        fourth = self.ended(4)[0]
        self.assertEqual((fourth["state"], bool(fourth["duplicateOf"])), ("done", True))
        self.assertEqual(self.server.query("SELECT last_name FROM record_learners"), [("Ivanov",)])

    def test_a_server_killed_between_taking_and_done_loses_and_repeats_nothing(self):
        self.make(arrival="renamed")
        self.put("big.csv", many("k", 30000))
        self.until(lambda: self.names("work"))
        self.until(lambda: self.learners()[0] > 0 or self.names("work") == [])
        self.server.kill()
        self.assertEqual(len(self.names("work") + [n for n in self.names("done") if n.endswith("big.csv")]), 1)
        self.server.start()
        self.ended(1)
        self.assertEqual(self.learners(), (30000, 1))
        self.assertEqual(len([n for n in self.names("done") if n.endswith("big.csv")]), 1)
        self.assertEqual(self.names("work") + self.names(), [])

    def test_what_lies_in_work_is_gone_on_with_wherever_the_server_ended(self):
        self.make(arrival="renamed")
        self.put("a.csv", csv(("1", 501, "Ivanov")))
        arrival, = self.ended(1)
        self.server.kill()
        # Its record says done, the move did not come to it.
        done, = [n for n in self.names("done") if n.endswith("a.csv")]
        (self.folder / "done" / done).rename(self.folder / "work" / f"{arrival['id']}~a.csv")
        # Moved, and nothing else.
        (self.folder / "work/5c7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10~b.csv").write_bytes(csv(("2", 502, "Petrov")))
        self.server.start()
        self.ended(2)
        self.assertEqual(self.learners(), (2, 1))
        runs = self.server.json("GET", FILES + "/routes/people/runs")["items"]
        self.assertEqual(len(runs), 2)
        self.assertEqual(sorted(n.split("-", 1)[1] for n in self.names("done") if n.endswith("a.csv") or n.endswith("b.csv")),
                         ["a.csv", "b.csv"])

    def test_two_routes_with_one_folder_take_each_file_once(self):
        self.make(arrival="renamed")
        self.server.json("POST", BASE, {"name": "twin", "kind": "files", "settings": {"folder": "crm", "arrival": "renamed"}})
        self.server.json("POST", BASE + "/twin/routes", ROUTE)
        for i in range(4):
            self.put(f"{i}.csv", csv(*((f"t{i}-{n}", 200000 + i * 1000 + n, "Name") for n in range(900))))
        self.until(lambda: len([n for n in self.names("done") if n.endswith(("0.csv", "1.csv", "2.csv", "3.csv"))]) == 4)
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM source_arrival WHERE state = 'done'"), [(4,)])
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM source_run WHERE state = 'done'"), [(4,)])

    def test_links_and_foreign_folders_are_never_read(self):
        outside = self.root / "secret.csv"
        outside.write_bytes(csv(("9", 509, "secret")))
        (self.root / "other/crm/people").mkdir(parents=True)
        (self.root / "demo/link").symlink_to(self.root / "other/crm")
        self.make(arrival="renamed")
        (self.folder / "link.csv").symlink_to(outside)
        os.mkfifo(self.folder / "pipe.csv")
        self.put("a.csv", csv(("1", 501, "Ivanov")))
        self.ended(1)
        self.assertEqual(self.learners(), (1, 1))
        self.assertTrue(outside.exists())
        for folder in ("../other/crm", "/etc", "link", "crm/../../other/crm", "none"):
            current = self.server.get(FILES)
            self.server.put(FILES, {"settings": {"folder": folder}}, etag=current.headers["etag"])
            check = self.server.json("POST", FILES + "/check")
            self.assertFalse(check["ok"], folder)

    def test_a_folder_that_cant_be_written_is_an_alarm_and_the_files_stay(self):
        self.make(arrival="renamed")
        self.until(lambda: (self.folder / "work").is_dir())
        shutil.rmtree(self.folder / "work")
        (self.folder / "work").write_text("in the way")
        (self.folder / "a.csv").write_bytes(csv(("1", 501, "Ivanov")))
        self.until(lambda: "source.folder" in self.alarms())
        self.assertTrue((self.folder / "a.csv").exists())
        (self.folder / "work").unlink()
        self.ended(1)
        self.assertEqual(self.learners(), (1, 1))


NOBODY = 65534


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "needs root and setpriv to be somebody else")
class ForeignFolders(Watched):
    """The server is a user of its own, and folders or files belong to root."""
    def setUp(self):
        super().setUp()
        self.make(arrival="renamed")
        self.server.stop()
        for place in (self.server.directory, self.root):
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", place], check=True)
        self.server.launcher = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]

    def own(self, path, owner=NOBODY):
        os.chown(path, owner, owner)

    def told(self, *words):
        """The reason stands in the history, its log, the check and an alarm."""
        self.until(lambda: "source.folder" in self.alarms(), "no alarm")
        run = self.until(lambda: (all_ := self.server.json("GET", FILES + "/routes/people/runs")["items"]) and
                         all_[0]["state"] == "failed" and all_[0], "no run in the history")
        self.assertEqual([one["code"] for one in run["diagnoses"]], ["source.rights"], run)
        log = self.server.get(f"{FILES}/routes/people/runs/{run['id']}/log").text
        for word in (*words, "Permission denied"):
            self.assertIn(word, run["diagnoses"][0]["detail"])
            self.assertIn(word, log)
        self.assertEqual(self.alarms(), ["source.folder"], "one alarm for one reason")

    def mended(self):
        self.ended(1)
        self.until(lambda: self.alarms() == [], "the alarm stays")
        self.assertEqual(self.learners(), (1, 1))
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM source_run WHERE state = 'done'"), [(1,)], "read twice")
        self.assertTrue(self.server.json("POST", FILES + "/check")["ok"])

    def test_a_folder_of_somebody_else_is_told_and_its_file_taken_once_it_may_be(self):
        self.own(self.folder, 0)
        self.put("a.csv", csv(("1", 501, "Ivanov")))
        self.server.start()
        self.told("'work'")
        check = self.server.json("POST", FILES + "/check")
        self.assertEqual([(one["code"], "crm/people'" in one["detail"]) for one in check["diagnoses"]], [("source.rights", True)])
        self.assertEqual((self.names(), self.arrivals(), self.learners()[0]), (["a.csv"], [], 0))
        self.own(self.folder)
        self.mended()

    def test_where_done_cant_be_written_the_file_is_read_once_and_moved_when_it_can(self):
        (self.folder / "done").mkdir(exist_ok=True)
        self.own(self.folder / "done", 0)
        self.put("a.csv", csv(("1", 501, "Ivanov")))
        self.server.start()
        self.told("report")
        self.assertIn("crm/people/done", self.server.json("POST", FILES + "/check")["diagnoses"][0]["detail"])
        self.server.kill()
        self.server.start()
        self.told("report")
        self.put("b.csv", csv(("2", 502, "Petrov")))
        self.assertEqual((len(self.names("work")), self.learners()), (1, (1, 1)), "taken once, and nothing after it")
        (self.folder / "b.csv").unlink()
        self.own(self.folder / "done")
        self.mended()
        self.assertEqual(len([name for name in self.names("done") if name.endswith("a.csv")]), 1)

    def test_a_file_that_cant_be_read_stays_where_it_lies_until_it_can(self):
        self.put("a.csv", csv(("1", 501, "Ivanov")))
        (self.folder / "a.csv").chmod(0o600)
        self.server.start()
        self.told("a.csv")
        self.assertEqual((self.names(), self.names("work"), self.arrivals()), (["a.csv"], [], []))
        self.own(self.folder / "a.csv")
        self.mended()

    def test_a_folder_that_nobody_may_change_is_told_even_to_a_server_of_root(self):
        for name in ("work", "done", "failed"):
            (self.folder / name).mkdir(exist_ok=True)
        self.put("a.csv", csv(("1", 501, "Ivanov")))
        if not shutil.which("chattr") or subprocess.run(["chattr", "+i", self.folder], stderr=subprocess.DEVNULL).returncode:
            self.skipTest("this disk knows no immutable folders")
        self.addCleanup(subprocess.run, ["chattr", "-i", self.folder])
        self.server.launcher = []
        self.server.start()
        self.until(lambda: "source.folder" in self.alarms(), "no alarm")
        self.assertEqual((self.names(), self.names("work"), self.arrivals()), (["a.csv"], [], []))
        self.assertFalse(self.server.json("POST", FILES + "/check")["ok"])
        subprocess.run(["chattr", "-i", self.folder], check=True)
        self.mended()


if __name__ == "__main__":
    unittest.main()
