"""Databases as sources of a real lmsd, over REST: a SQLite file, and Moodle's ready-made set on a MariaDB."""
import os
import pathlib
import sqlite3
import subprocess
import sys
import time
import unittest

from lmsd import SOURCE, Lmsd
from peers import MariaDb

BASE = "/api/v1/organizations/demo/connections"
SHARED = pathlib.Path(os.environ.get("LMSD_SHARED", SOURCE.parent / "shared"))
DUMP = SHARED / "data/moodle/moodle-4.1-postgresql.sql.gz"


class Server(unittest.TestCase):
    def start(self, **settings):
        server = Lmsd({key.replace("__", "."): value for key, value in settings.items()})
        self.addCleanup(server.__exit__)
        server.settings["sources.folders"] = server.directory / "files"
        (server.directory / "files").mkdir()
        server.write_config()
        server.start()
        server.create_organization("demo")
        self.server = server

    def finished(self, address):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            run = self.server.json("GET", address)
            if run["state"] not in ("waiting", "running"):
                return run
            time.sleep(0.1)
        self.fail("the run did not end")

    def live(self, table):
        return self.server.query(f"SELECT COUNT(*) FROM record_{table} WHERE deleted_at IS NULL")[0][0]


class Sqlite(Server):
    def setUp(self):
        self.start()
        database = sqlite3.connect(self.server.directory / "files/lms.db")
        database.executescript("CREATE TABLE people (id INTEGER, unti TEXT, name TEXT);"
                               "INSERT INTO people VALUES (1, '501', 'Соколова'), (2, '502', 'Орлов');")
        database.close()
        self.server.json("POST", BASE, {"name": "lms", "kind": "sql", "settings": {"driver": "sqlite", "database": "lms.db"}})

    def route(self, query, **more):
        return {"name": "people", "settings": {"query": query},
                "mapping": {"target": "learners", "externalId": {"column": "id"},
                            "fields": {"untiId": {"column": "unti"}, "lastName": {"column": "name"}}}, **more}

    def test_a_file_is_checked_tried_and_read(self):
        self.assertEqual(self.server.post(BASE + "/lms/check", {}).status, 200)
        self.server.json("POST", BASE + "/lms/routes", self.route("SELECT id, unti, name FROM people"))
        tried = self.server.json("POST", BASE + "/lms/routes/people/try", {})
        self.assertEqual(self.live("learners"), 0, tried)
        run = self.finished(self.server.post(BASE + "/lms/routes/people/run", {}).headers["location"])
        self.assertEqual((run["state"], run["counts"]["created"]), ("done", 2), run)

    def test_a_wrong_column_is_told_with_the_nearest_one_in_both_languages(self):
        self.server.json("POST", BASE + "/lms/routes", self.route("SELECT id, unti, nmae AS name FROM people"))
        for language, words in (("en", "Did you mean 'name'?"), ("ru", "Может быть, 'name'?")):
            answer = self.server.post(BASE + "/lms/routes/people/try", {}, headers={"Accept-Language": language})
            self.assertIn(words, answer.text, answer)

    def test_a_trial_with_a_wrong_column_shows_what_there_is(self):
        route = self.route("SELECT id, unti, name AS familyname FROM people",
                           watermark={"column": "changed", "type": "number"})
        self.server.json("POST", BASE + "/lms/routes", route)
        tried = self.server.json("POST", BASE + "/lms/routes/people/try", {}, headers={"Accept-Language": "en"})
        self.assertEqual(tried["columns"], ["id", "unti", "familyname"])
        self.assertEqual(tried["rows"][0]["source"], {"id": "1", "unti": "501", "familyname": "Соколова"})
        self.assertEqual([row["record"] for row in tried["rows"]], [None, None])
        self.assertEqual([(one["code"], one["detail"]) for one in tried["diagnoses"]],
                         [("source.field-name", "'name' is not a column of the source")])
        self.assertIn("The source has: id, unti, familyname.", tried["diagnoses"][0]["fix"])
        run = self.finished(self.server.post(BASE + "/lms/routes/people/run", {}).headers["location"])
        self.assertEqual((run["state"], run["diagnoses"][0]["code"]), ("failed", "source.field-name"))

    def test_two_connections_never_write_each_others_records(self):
        self.server.json("POST", BASE, {"name": "other", "kind": "sql", "settings": {"driver": "sqlite", "database": "lms.db"}})
        route = self.route("SELECT id, unti, name FROM people")
        route["mapping"]["source"] = "lms"
        self.server.json("POST", BASE + "/lms/routes", {**route, "name": "first"})
        self.server.json("POST", BASE + "/lms/routes", {**route, "name": "second"})  # one system: they may share
        for language, words in (("en", "'first' of the connection 'lms'"), ("ru", "путь 'first' подключения 'lms'")):
            refused = self.server.post(BASE + "/other/routes", route, headers={"Accept-Language": language})
            self.assertEqual((refused.status, refused.json["code"]), (409, "route.records-shared"), refused)
            self.assertIn(words, refused.json["detail"])
        # Switched off it may be kept, and not switched on.
        self.server.json("POST", BASE + "/other/routes", {**route, "enabled": False})
        self.assertEqual(self.server.post(BASE + "/other/routes/people/enable", {}).status, 409)
        self.server.json("POST", BASE + "/lms/disable", {})
        self.server.json("POST", BASE + "/other/routes/people/enable", {})
        self.assertEqual(self.server.post(BASE + "/lms/enable", {}).json["code"], "route.records-shared")

    def test_routes_that_share_records_already_are_told_and_stay_readable(self):
        self.server.json("POST", BASE, {"name": "other", "kind": "sql", "settings": {"driver": "sqlite", "database": "lms.db"}})
        route = self.route("SELECT id, unti, name FROM people")
        for name in ("lms", "other"):
            self.server.json("POST", f"{BASE}/{name}/routes", route)
        self.server.stop()
        with sqlite3.connect(self.server.database) as kept:
            kept.execute("UPDATE source_route SET mapping = json_set(mapping, '$.source', 'moodle')")
        self.server.start()
        self.assertEqual(self.server.json("GET", BASE + "/other/routes/people")["mapping"]["source"], "moodle")
        (told,) = self.server.json("POST", BASE + "/other/check", {})["diagnoses"]
        self.assertEqual(told["code"], "source.shared")
        self.assertIn("the connection 'lms'", told["detail"])
        run = self.finished(self.server.post(BASE + "/other/routes/people/run", {}).headers["location"])
        self.assertEqual([one["code"] for one in run["diagnoses"]], ["source.shared"])

    def test_a_ready_made_set_writes_under_its_connections_own_name(self):
        sources = lambda answer: {route["mapping"]["source"] for route in answer.json["items"]}
        self.server.json("POST", BASE, {"name": "other", "kind": "sql", "settings": {"driver": "sqlite", "database": "lms.db"}})
        asked = {"set": "moodle", "parameters": {"project": "bas"}}
        self.assertEqual(sources(self.server.post(BASE + "/lms/routes/from-set", asked)), {"lms"})
        refused = self.server.post(BASE + "/other/routes/from-set",
                                   {**asked, "parameters": {"project": "bas", "source": "lms"}})
        self.assertEqual((refused.status, refused.json["code"]), (409, "route.records-shared"), refused)
        self.assertEqual(sources(self.server.post(BASE + "/other/routes/from-set",
                                                  {**asked, "parameters": {"project": "bas", "source": "college"}})), {"college"})
        # What is added later refers to what is there.
        more = self.server.post(BASE + "/other/routes/from-set", {"set": "moodle-course-totals", "parameters": {}})
        self.assertEqual((more.status, sources(more)), (201, {"college"}), more)
        self.server.json("POST", BASE, {"name": "third", "kind": "sql", "settings": {"driver": "sqlite", "database": "lms.db"}})
        self.server.json("POST", BASE + "/third/routes", {**self.route("SELECT 1 AS id, 2 AS unti, 3 AS name"),
                                                          "mapping": {"target": "learners", "source": "academy", "externalId": {"column": "id"},
                                                                      "fields": {"untiId": {"column": "unti"}, "lastName": {"column": "name"}}}})
        self.assertEqual(sources(self.server.post(BASE + "/third/routes/from-set", {"set": "moodle-course-totals", "parameters": {}})),
                         {"academy"})

    def test_nothing_but_a_select_and_no_other_file_is_taken(self):
        self.server.json("POST", BASE + "/lms/routes", self.route("DELETE FROM people"))
        self.assertIn("only read", self.server.post(BASE + "/lms/routes/people/try", {}).text)
        self.server.json("POST", BASE, {"name": "own", "kind": "sql",
                                        "settings": {"driver": "sqlite", "database": str(self.server.directory / "data/lmsd.db")}})
        self.assertIn("administrator has named", self.server.post(BASE + "/own/check", {}).text)


class Inside(Server):
    def test_a_database_in_the_own_network_needs_the_administrators_word(self):
        self.start()
        self.server.json("POST", BASE, {"name": "lms", "kind": "sql", "settings": {
            "driver": "postgresql", "host": "127.0.0.1", "database": "lms", "user": "u", "password": "secret-of-the-database"}})
        settings = {"driver": "postgresql", "host": "127.0.0.1", "database": "lms", "user": "u",
                    "password": "secret-of-the-database"}
        for answer in (self.server.post(BASE + "/lms/check", {}),
                       self.server.post(BASE + "/check", {"name": "new", "kind": "sql", "settings": settings})):
            self.assertIn("outbound.allow_private_addresses", answer.text)
            self.assertNotIn("secret-of-the-database", answer.text + self.server.log())


@unittest.skipUnless(DUMP.exists(), f"'{DUMP}' is absent; set LMSD_SHARED")
class Moodle(Server):
    def test_the_ready_made_set_brings_a_moodle_in_and_a_second_run_brings_nothing(self):
        self.start(outbound__allow_private_addresses="true")
        self.server.create_project()
        with MariaDb() as moodle:
            sets = [SOURCE / "config/sources" / name for name in ("moodle", "moodle-course-totals")]
            tables = subprocess.run([sys.executable, SOURCE / "tests/integration/moodle/mariadb_dump.py", DUMP, *sets],
                                    check=True, stdout=subprocess.PIPE, text=True).stdout
            moodle.execute("CREATE DATABASE moodle CHARACTER SET utf8mb4")
            moodle.execute("SET autocommit = 0;" + tables + "COMMIT;", "moodle")
            self.server.json("POST", BASE, {"name": "moodle", "kind": "sql", "settings": {
                "driver": "mysql", "host": "localhost", "port": int(moodle["port"]), "database": "moodle", "user": moodle["user"],
                "password": moodle["password"], "certificate": pathlib.Path(moodle["ca"]).read_text()}})
            answer = self.server.post(BASE + "/moodle/routes/from-set", {"set": "moodle", "parameters": {"project": "bas"}})
            self.assertEqual(answer.status, 201, answer)
            for expected in ("created", "unchanged"):
                names = [route["name"] for route in self.server.json("GET", BASE + "/moodle/routes")["items"]]
                counts = {}
                for name, run in zip(names, self.server.post(BASE + "/moodle/run", {}).json["items"]):
                    run = self.finished(f"{BASE}/moodle/routes/{name}/runs/{run['id']}")
                    counts[name] = run["counts"][expected]
                    if name != "files":  # the dump has no bytes of files
                        self.assertEqual(run["state"], "done", run)
                self.assertEqual((counts["learners"], counts["enrolments"], counts["quiz-attempts"], counts["submissions"]),
                                 (100, 100, 50, 300), counts)
            self.assertEqual((self.live("results"), self.live("elements")), (350, 128))


if __name__ == "__main__":
    unittest.main()
