"""The README's table of configuration is the one that lmsd itself prints."""
import subprocess
import unittest

from lmsd import BUILD, SOURCE


class Readme(unittest.TestCase):
    def test_its_table_of_keys_is_that_of_the_program(self):
        printed = subprocess.run([BUILD / "host/app/lmsd", "--describe-keys"], capture_output=True, text=True, check=True).stdout
        text = (SOURCE / "README.md").read_text()
        shown = text.split("<!-- lmsd --describe-keys -->\n")[1].split("<!-- end -->")[0]
        self.assertEqual(shown, printed, "paste the output of 'lmsd --describe-keys' into README.md")


if __name__ == "__main__":
    unittest.main()
