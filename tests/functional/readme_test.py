"""What the pages for newcomers show is true: the table of keys, the example of a mapping."""
import subprocess
import unittest

from lmsd import BUILD, SOURCE, Lmsd


class Readme(unittest.TestCase):
    def test_its_table_of_keys_is_that_of_the_program(self):
        printed = subprocess.run([BUILD / "host/app/lmsd", "--describe-keys"], capture_output=True, text=True, check=True).stdout
        text = (SOURCE / "docs/configuration.md").read_text()
        shown = text.split("<!-- lmsd --describe-keys -->\n")[1].split("<!-- end -->")[0]
        self.assertEqual(shown, printed, "paste the output of 'lmsd --describe-keys' into docs/configuration.md")

    def test_the_example_of_a_mapping_is_one(self):
        text = (SOURCE / "config/mappings/README.md").read_text()
        server = Lmsd({"records.mappings": "mappings"})
        self.addCleanup(server.clean)
        folder = server.directory / "mappings/college"
        folder.mkdir(parents=True)
        (folder / "learners.json").write_text(text.split("```json\n")[1].split("```")[0])
        checked = server.run("--check")
        self.assertEqual(checked.returncode, 0, checked.stderr)


if __name__ == "__main__":
    unittest.main()
