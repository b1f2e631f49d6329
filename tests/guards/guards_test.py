"""The guards find what they are there for."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]


class Layers(unittest.TestCase):
    def found(self, name, include):
        with tempfile.TemporaryDirectory() as root:
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True)
            path.write_text(f"// a file\n#include {include}\n")
            return subprocess.run([SOURCE / ".ci/check-layers", root], capture_output=True, text=True)

    def test_each_rule_finds_its_breach(self):
        for name, include in [
            ("plugin/lrs/A.h", '"host/base/Config.h"'),
            ("host/app/A.cpp", '"plugin/U2035Module.h"'),
            ("host/sdk/A.h", '"host/base/Config.h"'),
            ("common/A.h", '"host/sdk/Http.h"'),
            ("plugin/footprint/A.cpp", "<Poco/Net/HTTPRequest.h>"),
            ("plugin/integration/A.cpp", "<Poco/Data/Session.h>"),
            ("plugin/integration/A.cpp", '"plugin/lrs/LrsClient.h"'),
            ("plugin/s3/A.cpp", '"plugin/lrs/LrsClient.h"'),
            ("plugin/sso/A.cpp", '"plugin/s3/S3Client.h"'),
        ]:
            with self.subTest(name=name, include=include):
                result = self.found(name, include)
                self.assertEqual(result.returncode, 1, result.stdout)
                self.assertIn(f"{name}:2: includes {include[1:-1]}", result.stdout)

    def test_what_is_allowed_passes(self):
        for name, include in [
            ("plugin/lrs/A.h", '"host/sdk/OutboundHttp.h"'),
            ("plugin/delivery/A.h", '"plugin/lrs/LrsClient.h"'),
            ("host/app/A.cpp", '"host/base/Config.h"'),
            ("common/A.h", '"host/sdk/Error.h"'),
        ]:
            with self.subTest(name=name, include=include):
                self.assertEqual(self.found(name, include).returncode, 0)


class SdkChecksum(unittest.TestCase):
    def test_a_changed_header_is_refused_with_what_to_do(self):
        with tempfile.TemporaryDirectory() as root:
            copy = pathlib.Path(root, "sdk")
            shutil.copytree(SOURCE / "host/sdk", copy)
            with open(copy / "Clock.h", "a") as header:
                header.write("// one more line\n")
            result = subprocess.run([SOURCE / ".ci/sdk-checksum", "--check", copy], capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertIn("raise HOST_SDK_ABI_MAJOR", result.stderr)
        self.assertIn("Clock.h", result.stderr)

    def test_a_changed_version_is_refused_too(self):
        with tempfile.TemporaryDirectory() as root:
            copy = pathlib.Path(root, "sdk")
            shutil.copytree(SOURCE / "host/sdk", copy)
            recorded = (copy / "abi.sha256").read_text()
            (copy / "abi.sha256").write_text(recorded.replace("abi 1.", "abi 7.", 1))
            result = subprocess.run([SOURCE / ".ci/sdk-checksum", "--check", copy], capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)


if __name__ == "__main__":
    unittest.main()
