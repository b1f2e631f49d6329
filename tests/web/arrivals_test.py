"""The pages of what is brought in a browser: files by upload and from a watched folder, requests with a listening token."""
import pathlib
import tempfile
import unittest

from place import Place


class Arrivals(unittest.TestCase):
    def test_what_people_do_in_them(self):
        with tempfile.TemporaryDirectory(prefix="lmsd-watched-") as folder:
            (pathlib.Path(folder) / "demo/crm/people").mkdir(parents=True)
            (pathlib.Path(folder) / "demo/crm/whole").mkdir()
            with Place(peers=False, settings={"connections.folders": folder, "connections.folder_interval": "1s", "connections.max_upload": "64KB"}) as place:
                place.browse("arrivals", folder=folder)
                names = "SELECT external_id, last_name FROM record_learners WHERE deleted_at IS NULL AND source IN ('dean', 'crm')"
                self.assertEqual(dict(place.server.query(names)), {
                    "1": "Иванова", "2": "Орлов", "3": "Жуков", "5": "Сидоров", "6": "Лебедева", "w-1": "a", "crm-1": "Павлова"})
                actions = [row["action"] for row in place.server.json("GET", "/api/v1/organizations/demo/journal?limit=200")["items"]]
                for action in ("route.file-uploaded", "route.file-repeated", "connection.token-made", "connection.token-withdrawn"):
                    self.assertIn(action, actions)


if __name__ == "__main__":
    unittest.main()
