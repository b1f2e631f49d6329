"""The configuration as people meet it: --check, --print-config, layers, suggestions."""
import re
import sqlite3
import unittest

from lmsd import BUILD, SOURCE, Lmsd


class Settings(unittest.TestCase):
    def server(self, settings=None, **more):
        server = Lmsd(settings, **more)
        self.addCleanup(server.clean)
        return server

    def test_all_errors_are_reported_together(self):
        server = self.server({"htp.port": 1, "http.port": 70000, "http.body_timeout": "soon", "http.address": "0.0.0.0",
                              "modules.load": "hello, absent", "modules.required": "absent", "modules.sha256": "hello:12",
                              "module.hello.gretting": "hi"}, modules=BUILD / "tests/hello")

        result = server.run("--check")

        self.assertEqual(result.returncode, 78)
        for expected in ("'htp.port' is not a known key; did you mean 'http.port'?", "'http.port'", "'http.body_timeout'",
                         "'http.address'", "'absent.so' refused", "'modules.sha256'", "'module.hello.gretting'"):
            with self.subTest(expected):
                self.assertIn(expected, result.stderr)

    def test_a_wrong_mapping_is_told_with_the_rest_and_nothing_starts(self):
        server = self.server({"records.mappings": "mappings", "http.port": 70000})
        folder = server.directory / "mappings/college"
        folder.mkdir(parents=True)
        (folder / "learners.json").write_text('{"title": "x", "target": "learner", "source": "college", "delimeter": ";", '
                                              '"externalId": {"colum": "N"}, "fields": {"untiid": {"column": "UNTI"}}}')

        for arguments in (["--check"], []):
            with self.subTest(arguments):
                result = server.run(*arguments)
                self.assertEqual(result.returncode, 78)
                self.assertIn("'http.port'", result.stderr)
                self.assertIn("'records.mappings' college/learners.json#", result.stderr)
                self.assertIn("delimeter", result.stderr)
        self.assertFalse(server.database.exists())

    def test_a_folder_of_mappings_that_is_not_there_is_told(self):
        result = self.server({"records.mappings": "/nowhere/mappings"}).run("--check")

        self.assertEqual(result.returncode, 78)
        self.assertIn("'records.mappings' '/nowhere/mappings' is no folder", result.stderr)

    def test_the_nights_schedule_and_folders_are_checked_before_the_start(self):
        result = self.server({"modules.load": "u2035", "module.u2035.schedule": "0 26 * * *",
                              "module.u2035.profiles_directory": SOURCE / "config/profiles",
                              "module.u2035.letters_directory": "/nowhere/letters"}).run("--check")

        self.assertEqual(result.returncode, 78)
        self.assertIn("its hour holds '26', which is no number from 0 to 23", result.stderr)
        self.assertEqual(result.stderr.count("letters_directory"), 1, result.stderr)

    def test_keys_of_a_module_that_is_not_loaded_are_refused(self):
        result = self.server({"module.hello.greeting": "hi"}).run("--check")

        self.assertEqual(result.returncode, 78)
        self.assertIn("'module.hello.greeting' is a key of a module that 'modules.load' does not list", result.stderr)

    def test_the_shipped_configuration_is_valid_commented_keys_included(self):
        server = self.server(modules=BUILD / "tests/hello")
        for name in ("lmsd.conf", "conf.d/u2035.conf"):
            text = (SOURCE / "config" / name).read_text()
            file = server.directory / "shipped" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(re.sub(r"^#(?=[a-z_.0-9]+ = )", "", text, flags=re.M))

        report = server.run("--check", "--set", f"modules.directory={BUILD / 'tests/hello'}",
                            config=server.directory / "shipped/lmsd.conf").stderr

        # No module and no certificate is installed here; the keys themselves must all be good.
        wrong = [line for line in report.splitlines()
                 if re.match(r"\S+:\d+: ", line) and "u2035.so" not in line and "can't be read" not in line]
        self.assertEqual(wrong, [])
        self.assertIn("'http.certificate_file'", report)

    def test_where_an_error_comes_from_is_told(self):
        server = self.server({"http.prot": 1})

        result = server.run("--check", "--set", "log.levl=debug")

        self.assertRegex(result.stderr, r"lmsd\.conf:\d+: 'http\.prot'")
        self.assertRegex(result.stderr, r"--set: 'log\.levl'")

    def test_a_valid_configuration_passes_and_nothing_is_made(self):
        server = self.server({"modules.load": "hello"}, modules=BUILD / "tests/hello")

        result = server.run("--check")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(list((server.directory / "data").iterdir()), [])

    def test_the_server_refuses_to_start_with_the_same_report(self):
        server = self.server({"http.port": 70000, "http.prot": 1})

        result = server.run()

        self.assertEqual(result.returncode, 78)
        self.assertIn("'http.port'", result.stderr)
        self.assertIn("'http.prot'", result.stderr)

    def test_later_layers_win(self):
        server = self.server({"http.threads": 3}, environment={"LMSD_HTTP__MAX_STREAMS": "1"})
        (server.directory / "conf.d").mkdir()
        (server.directory / "conf.d" / "10-mine.conf").write_text("http.threads = 5\n")

        lines = server.run("--print-config", "--set", "log.level=debug").stdout.splitlines()

        found = {line.split(" = ")[0]: line.split(" = ")[1].split()[0] for line in lines if " = " in line}
        self.assertEqual(found["http.threads"], "5")
        self.assertEqual(found["http.max_streams"], "1")
        self.assertEqual(found["log.level"], "debug")

    def test_secrets_are_masked(self):
        server = self.server({"modules.load": "hello", "module.hello.api_token": "0123456789abcdef"},
                             modules=BUILD / "tests/hello")

        result = server.run("--print-config")

        self.assertIn("module.hello.api_token", result.stdout)
        self.assertNotIn("0123456789abcdef", result.stdout + result.stderr)

    def test_a_missing_file_is_told(self):
        server = self.server()
        result = server.run(config=server.directory / "absent.conf")

        self.assertEqual(result.returncode, 78)
        self.assertIn("absent.conf", result.stderr)

    def test_an_unknown_option_ends_with_usage(self):
        result = self.server().run("--chekc")

        self.assertNotEqual(result.returncode, 0)
        self.assertIn("chekc", result.stderr)

    def test_the_version_names_the_module_contract(self):
        result = self.server().run("--version")

        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stdout, r"^lmsd \d+\.\d+\.\d+, module contract 1\.\d+, gxx")

    def test_every_key_is_described(self):
        server = self.server()
        table = server.run("--describe-keys").stdout

        for line in server.run("--print-config").stdout.splitlines():
            self.assertIn(f"`{line.split(' = ')[0]}`", table)

    def test_a_database_of_a_newer_version_is_refused(self):
        server = self.server()
        server.direct("database", "migrate")
        connection = sqlite3.connect(server.database)
        with connection:
            connection.execute("INSERT INTO schema_migration (owner, version, name, checksum, applied_at) "
                               "VALUES ('host.base', 99, 'from the future', 'x', 0)")
        connection.close()

        result = server.run()

        self.assertEqual(result.returncode, 70)
        self.assertIn("host.base", result.stderr)


if __name__ == "__main__":
    unittest.main()
