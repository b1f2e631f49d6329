"""The pages of connections in a browser: made, diagnosed, run, with a ready-made set, changed by two, and deleted."""
import pathlib
import sqlite3
import tempfile
import unittest

from place import Place


class Connections(unittest.TestCase):
    def test_what_people_do_in_them(self):
        with tempfile.TemporaryDirectory(prefix="lmsd-sources-") as folder:
            database = sqlite3.connect(pathlib.Path(folder) / "lms.db")
            database.executescript("CREATE TABLE people (id INTEGER, unti TEXT, name TEXT);"
                                   "INSERT INTO people VALUES (1, '501', 'Соколова'), (2, '502', 'Орлов');")
            database.close()
            with Place(peers=False, settings={"sources.folders": folder}) as place:
                brought = "SELECT last_name FROM record_learners WHERE source = 'nasha-sdo' ORDER BY external_id"
                place.browse("connections")
                self.assertEqual(place.server.query(brought), [("Соколова",), ("Орлов",)], "what it has brought stays")
                actions = [row["action"] for row in place.server.json("GET", "/api/v1/organizations/demo/journal?limit=200")["items"]]
                for action in ("connection.created", "connection.changed", "connection.disabled", "connection.run-requested",
                               "route.created-from-set", "connection.routes-ordered", "connection.deleted"):
                    self.assertIn(action, actions)


if __name__ == "__main__":
    unittest.main()
