"""What the quick start prints of a night: its counts, its files where they lie, and what can't go."""
import os
import pathlib
import re
import subprocess
import unittest

from lmsd import SOURCE, Lmsd
from nights import SETTINGS, Organization


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd(SETTINGS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        cls.night = cls.demo.run()
        token = cls.server.directory / "demo.token"
        token.write_text(cls.demo.token)
        # The quick start keeps the database in its folder, so its modules' folders lie there too.
        done = subprocess.run(
            ["python3", SOURCE / "packaging/quickstart.py", "report", "--home", cls.server.directory / "data",
             "--server", cls.server.url, "--token", token], capture_output=True, text=True)
        cls.code, cls.printed, cls.errors = done.returncode, done.stdout, done.stderr

    def test_it_ends_well_and_names_the_night(self):
        self.assertEqual(self.code, 0, self.errors)
        self.assertIn(f"night {self.night['id']}: done", self.printed)

    def test_every_file_it_names_is_there_with_as_many_rows(self):
        folder = pathlib.Path(re.search(r"files in (/.*)", self.printed)[1])
        named = re.findall(r"^ +(\d+) (?:rows|files) +(\S+)", self.printed, re.MULTILINE)
        self.assertEqual(len(named), self.night["counts"]["tableFiles"])
        for rows, path in named:
            if not path.endswith(".csv"):
                self.assertGreater((folder / path).stat().st_size, 0)
                continue
            lines = (folder / path).read_bytes().count(b"\r\n")
            self.assertGreater(lines, int(rows), f"{path}: a header and {rows} rows at least")
        self.assertTrue(os.access(folder / "bas/manifest.json", os.R_OK))

    def test_it_tells_what_can_not_go(self):
        self.assertIn("what can't go, and why:", self.printed)


if __name__ == "__main__":
    unittest.main()
