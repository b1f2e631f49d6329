"""The pages' sources: they give the very files that are committed, and types, rules and unit tests hold."""
import pathlib
import subprocess
import tempfile
import unittest

from lmsd import SOURCE

DIST = {"host": SOURCE / "host/web/dist", "plugin": SOURCE / "plugin/web/dist"}


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Build(unittest.TestCase):
    def node(self, *command):
        if not (SOURCE / "node_modules").exists():
            self.fail("the packages of the pages are missing: run web/install")
        done = subprocess.run(["node", *command], cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_committed_files_are_what_the_sources_give(self):
        with tempfile.TemporaryDirectory(prefix="pages-") as out:
            self.node("web/build.mjs", "--out", out)
            for name, folder in DIST.items():
                with self.subTest(name):
                    built, committed = files(pathlib.Path(out, name)), files(folder)
                    self.assertEqual(sorted(built), sorted(committed), "run 'node web/build.mjs' and commit its files")
                    for file in built:
                        self.assertTrue(built[file] == committed[file],
                                        f"{folder.relative_to(SOURCE)}/{file} is older than its sources: run 'node web/build.mjs'")

    def test_types(self):
        self.node("node_modules/typescript/bin/tsc", "--noEmit")

    def test_rules(self):
        self.node("node_modules/eslint/bin/eslint.js", ".")

    def test_units(self):
        self.node("node_modules/vitest/vitest.mjs", "run")


if __name__ == "__main__":
    unittest.main()
