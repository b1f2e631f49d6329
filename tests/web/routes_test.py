"""Routes of a connection in a browser: a database file, its mapping, ten rows, runs, and what was refused."""
import contextlib
import sqlite3
import tempfile
import unittest

from place import Place


class Routes(unittest.TestCase):
    def test_from_a_column_to_a_record_and_a_row_that_is_refused(self):
        with tempfile.TemporaryDirectory() as folder, Place(peers=False, settings={"sources.folders": folder}) as place:
            server = place.server
            with contextlib.closing(sqlite3.connect(f"{folder}/lms.db")) as database:
                database.executescript(
                    "CREATE TABLE people (id INTEGER, unti TEXT, name TEXT, changed TEXT, state TEXT);"
                    "INSERT INTO people VALUES (1, '7700001', 'Соколова', '2026-03-01 10:00:00', 'done'),"
                    "(2, '7700002', 'Орлов', '2026-03-02 10:00:00', 'done'), (3, '05', 'Ким', '2026-03-03 10:00:00', 'draft'),"
                    "(4, '7700004', 'Петрова', '2026-03-04 10:00:00', 'done'), (5, '7700005', 'Ли', '2026-03-05 10:00:00', 'done');")
            server.json("POST", "/api/v1/organizations/demo/connections",
                        {"name": "lms", "kind": "sql", "title": "Наша СДО",
                         "settings": {"driver": "sqlite", "database": "lms.db"}})
            place.browse("routes")
            brought = server.query("SELECT external_id, last_name FROM record_learners WHERE source = 'lms' AND external_id LIKE 'user-%'")
            self.assertEqual(dict(brought), {"user-1": "Соколова", "user-2": "Орлов", "user-4": "Петрова", "user-5": "Ли"})
            actions = [row["action"] for row in server.json("GET", "/api/v1/journal?limit=500")["items"]]
            for action in ("route.created", "route.changed", "route.run-requested", "route.run-cancelled", "route.disabled", "route.deleted"):
                self.assertIn(action, actions)


if __name__ == "__main__":
    unittest.main()
