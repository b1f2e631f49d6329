"""lmsctl: what administrators do, what it says when it can't."""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import unittest

from lmsd import BUILD, SOURCE, Lmsd


class Lmsctl(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({"modules.load": "hello"}, modules=BUILD / "tests/hello").__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_organization("demo")

    def ctl(self, *arguments, input=None):
        return self.server.lmsctl(*arguments, input=input, check=False)

    def json(self, *arguments):
        result = self.ctl(*arguments, "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def sign_in(self, login, password):
        return self.server.post("/api/v1/session", {"login": login, "password": password}, token=None).status

    def test_a_made_password_is_shown_once_and_works(self):
        shown = self.json("users", "create", "anna", "--name", "Анна", "--role", "demo=methodist")

        self.assertEqual(self.sign_in("anna", shown["password"]), 200)
        self.assertNotIn(shown["password"], self.ctl("users", "list", "--json").stdout)

    def test_a_password_comes_from_standard_input(self):
        self.server.create_user("boris", "a long enough password", roles={"demo": "viewer"})

        self.assertEqual(self.sign_in("boris", "a long enough password"), 200)

    def test_a_password_is_replaced(self):
        self.server.create_user("vera", "a long enough password")

        result = self.ctl("user", "password", "vera", "--password-stdin", input="quite another password\n")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.sign_in("vera", "a long enough password"), 401)
        self.assertEqual(self.sign_in("vera", "quite another password"), 200)

    def test_a_disabled_user_does_not_get_in_until_enabled(self):
        self.server.create_user("gleb", "a long enough password")

        self.ctl("users", "disable", "gleb")
        self.assertEqual(self.sign_in("gleb", "a long enough password"), 401)
        self.ctl("users", "enable", "gleb")
        self.assertEqual(self.sign_in("gleb", "a long enough password"), 200)

    def test_users_are_a_table(self):
        self.server.create_user("zoya", roles={"demo": "organization-admin"})

        lines = self.ctl("users", "list").stdout.splitlines()

        self.assertTrue(lines[0].startswith("LOGIN"))
        line = next(line for line in lines if line.startswith("zoya"))
        self.assertIn("demo", line)
        self.assertIn("organization-admin", line)

    def test_an_organization_is_changed_field_by_field(self):
        self.server.create_organization("second")

        result = self.ctl("organizations", "set", "second", "responsibleName=Анна Смирнова", "tariff=basic")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.json("organizations", "show", "second")["responsibleName"], "Анна Смирнова")
        self.assertIn("second", [item["id"] for item in self.json("organizations", "list")])

    def test_a_project_is_made_and_opened_to_an_organization(self):
        if "bas" not in [item["id"] for item in self.json("projects", "list")]:
            self.server.create_project("bas")

        self.ctl("organizations", "set", "demo", "projects=bas")

        self.assertEqual(self.json("organizations", "show", "demo")["projects"], ["bas"])
        self.assertEqual([item["id"] for item in self.json("projects", "list")], ["bas"])

    def test_a_token_works_until_it_is_revoked(self):
        token = self.server.create_token("short-lived", roles={"demo": "viewer"})
        self.assertEqual(self.server.get("/api/v1/organizations/demo", token=token).status, 200)
        id = next(item["id"] for item in self.json("tokens", "list") if item["name"] == "short-lived")

        self.ctl("tokens", "revoke", id)

        self.assertEqual(self.server.get("/api/v1/organizations/demo", token=token).status, 401)

    def test_a_token_file_is_its_owners_only(self):
        file = self.server.directory / "reader.token"

        self.ctl("tokens", "create", "reader", "--role", "demo=viewer", "--out", file)

        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.server.get("/api/v1/organizations/demo", token=file.read_text().strip()).status, 200)

    def test_modules_and_jobs_are_listed(self):
        self.assertIn("hello.so", self.ctl("modules", "list").stdout)
        self.assertIn("hello.count", self.ctl("jobs", "list").stdout)

    def test_a_job_is_waited_for_and_its_runs_are_listed(self):
        result = self.ctl("jobs", "run", "hello.count")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("succeeded", result.stdout)
        runs = self.json("jobs", "runs", "hello.count")
        self.assertEqual(runs[0]["state"], "succeeded")
        self.assertEqual(self.json("jobs", "runs", "hello.count"), runs, "listing the runs must not start one")
        self.assertTrue(self.ctl("jobs", "runs", "hello.count").stdout.startswith("RUN"))

    def test_an_unknown_job_is_told(self):
        result = self.ctl("jobs", "run", "hello.nothing")

        self.assertEqual(result.returncode, 1)
        self.assertIn("hello.nothing", result.stderr)

    def test_a_batch_of_records_is_posted_and_refusals_are_shown(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"source": "tests", "records": [{"kind": "learners", "externalId": "l7", "lastName": "Орлова"},
                                                      {"kind": "learners", "externalId": ""}]}, file)
            file.flush()
            result = self.ctl("records", "post", "demo", file.name)

        self.assertEqual(result.returncode, 1)
        self.assertIn("created=1", result.stdout.replace(": ", "="))
        self.assertIn("externalId", result.stdout)

    def test_a_demonstration_is_loaded_once(self):
        first = self.json("demo", "load", "show")
        second = self.json("demo", "load", "show")

        self.assertGreater(first["created"], first["learners"])
        self.assertEqual((second["created"], second["updated"]), (0, 0))
        self.assertEqual(self.json("organizations", "show", "show")["projects"], ["bas"])

    def test_a_csv_file_is_imported_by_its_mapping(self):
        self.server.create_organization("imports")
        file = self.server.directory / "courses.csv"
        file.write_text("code_module,code_presentation,module_presentation_length\nAAA,2013J,268\nBBB,2013B,240\n")

        result = self.ctl("import", "imports", "--mapping", "oulad/programmes", file)

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("created=2", result.stdout)
        self.assertEqual(len(self.server.get("/api/v1/organizations/imports/records/programmes").json["items"]), 2)

    def test_an_unknown_mapping_is_told_with_the_nearest(self):
        file = self.server.directory / "empty.csv"
        file.write_text("a,b\n1,2\n")

        result = self.ctl("import", "demo", "--mapping", "oulad/result", file)

        self.assertEqual(result.returncode, 1)
        self.assertIn("oulad/results", result.stderr)

    def test_a_manifest_whose_file_is_missing_brings_nothing_in(self):
        self.server.create_organization("half")
        data = self.server.directory / "half"
        data.mkdir()
        (data / "courses.csv").write_text("code_module,code_presentation,module_presentation_length\nAAA,2013J,268\n")

        result = self.ctl("import", "half", "--manifest", SOURCE / "config/mappings/oulad/import.json", "--data", data)

        self.assertEqual(result.returncode, 64)
        self.assertIn("assessments.csv", result.stderr)
        self.assertEqual(self.server.get("/api/v1/organizations/half/records/programmes").json["items"], [])

    def test_a_refusal_tells_each_field_and_what_to_do(self):
        result = self.ctl("users", "create", "Bad Login!", "--password-stdin", input="short\n")

        self.assertEqual(result.returncode, 1)
        self.assertIn("/login", result.stderr)
        self.assertIn("/password", result.stderr)
        self.assertRegex(result.stderr, r"request \S+")

    def test_nothing_works_directly_while_the_server_runs(self):
        result = self.server.direct("users", "create", "root", "--server-admin", check=False)

        self.assertEqual(result.returncode, 69)
        self.assertIn(str(self.server.process.pid), result.stderr)

    def test_a_wrong_token_is_told_with_what_to_do(self):
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("nonsense\n")
            file.flush()
            result = subprocess.run([BUILD / "host/ctl/lmsctl", "users", "list", "--server", self.server.url,
                                     "--token-file", file.name], capture_output=True, text=True, timeout=60)

        self.assertEqual(result.returncode, 1)
        self.assertIn("--token-file", result.stderr)

    def test_a_server_that_is_not_there_is_told(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            result = subprocess.run([BUILD / "host/ctl/lmsctl", "users", "list", "--server", f"http://127.0.0.1:{port}",
                                     "--token-file", self.server.token_file], capture_output=True, text=True, timeout=60)

        self.assertEqual(result.returncode, 69)
        self.assertIn("is lmsd running?", result.stderr)

    def test_an_xapi_source_is_made_and_its_secret_is_replaced(self):
        file = self.server.directory / "xapi.secret"
        made = self.json("xapi-sources", "create", "demo", "plugin", "--rules", "logstore_xapi", "--references", "moodle",
                         "--origin", "https://lms.example.org")
        self.assertEqual((made["endpoint"], made["origins"]), ("/data/xAPI/", ["https://lms.example.org"]))

        def about(key, secret):
            basic = base64.b64encode(f"{key}:{secret}".encode()).decode()
            return self.server.request("GET", "/data/xAPI/statements", headers={"Authorization": "Basic " + basic,
                                       "X-Experience-API-Version": "1.0.3"}, token=None).status

        self.assertEqual(about(made["key"], made["secret"]), 200)
        told = self.ctl("xapi-source", "rotate", "demo", "plugin", "--out", file)
        self.assertEqual((told.returncode, file.stat().st_mode & 0o777), (0, 0o600), told.stderr)
        self.assertEqual(about(made["key"], made["secret"]), 401, "the old secret is good no more")
        key, secret = file.read_text().strip().split(":")
        self.assertEqual(about(key, secret), 200)
        self.assertIn("plugin", self.ctl("xapi-sources", "list", "demo").stdout)
        self.assertNotIn(secret, self.ctl("xapi-sources", "list", "demo", "--json").stdout)
        for verb in ("remap", "retry", "counts"):
            result = self.ctl("xapi-sources", verb, "demo", "plugin")
            self.assertEqual(result.returncode, 0, result.stderr)
        unknown = self.ctl("xapi-sources", "create", "demo", "other", "--rules", "logstore-xapi")
        self.assertEqual(unknown.returncode, 1)
        self.assertIn("logstore_xapi", unknown.stderr)
        self.assertEqual(self.ctl("xapi-sources", "create", "demo", "other").returncode, 64)

    def test_a_listening_connections_token_is_made_and_withdrawn(self):
        base = "/api/v1/organizations/demo/connections"
        self.server.json("POST", base, {"name": "crm", "kind": "listen", "settings": {}})

        made = self.json("connections", "token", "demo", "crm")
        self.assertTrue(made["token"] and made["address"].endswith("/in/demo/crm"), made)
        self.assertTrue(self.server.json("GET", base + "/crm/listening")["token"]["set"])
        self.assertEqual(self.ctl("connections", "token", "demo", "crm", "--withdraw").returncode, 0)
        self.assertFalse(self.server.json("GET", base + "/crm/listening")["token"]["set"])
        self.assertEqual(self.ctl("connections", "token", "demo", "crm", "--keep-old", "soon").returncode, 64)

    def test_a_file_is_uploaded_to_a_route_and_its_end_is_told(self):
        base = "/api/v1/organizations/demo/connections"
        self.server.json("POST", base, {"name": "files", "kind": "files", "settings": {"folder": "crm"}})
        self.server.json("POST", base + "/files/routes", {
            "name": "people", "settings": {}, "mapping": {"target": "learners", "externalId": {"column": "id"},
                                                          "fields": {"lastName": {"column": "name"}}}})
        file = self.server.directory / "люди и имена.csv"
        file.write_text("id,name\nup-1,Иванова\nup-2,Петров\n")

        result = self.ctl("connections", "upload", "demo", "files", "people", file)

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("created=2", result.stdout)
        arrived = self.server.json("GET", base + "/files/routes/people/files")["items"]
        self.assertEqual(arrived[0]["name"], "люди и имена.csv")
        self.assertEqual(self.ctl("connections", "upload", "demo", "files", "people", "/nowhere.csv").returncode, 64)

    def test_wrong_usage_is_told(self):
        for arguments, expected in ((["user"], "needs a word more"), (["usurper"], "not a command"), (["users", "create"], "needs LOGIN"),
                                    (["usres", "list"], "did you mean 'users list'"), (["import"], "needs ORG"),
                                    (["users", "list", "--jsno"], "'--jsno' is not an option"),
                                    (["users", "list", "all"], "no use for 'all'"),
                                    (["users", "create", "x", "--role", "demo"], "KEY=VALUE"),
                                    (["users", "create", "x", "--role", "demo=king"], "not a role"),
                                    (["organizations", "set", "demo"], "needs KEY=VALUE")):
            with self.subTest(arguments):
                result = self.ctl(*arguments)
                self.assertEqual(result.returncode, 64, result.stderr)
                self.assertIn(expected, result.stderr)

    def test_a_noun_alone_tells_what_it_takes(self):
        def typed(*words):
            return subprocess.run([BUILD / "host/ctl/lmsctl", *words], capture_output=True, text=True, timeout=60)

        told = typed("users", "--help")
        self.assertEqual(told.returncode, 0)
        self.assertIn("users create LOGIN", told.stdout)
        self.assertNotIn("tokens create", told.stdout)
        for words, expected in ((["users"], "'users' needs a word more; it takes create, list, disable, enable, password."),
                                (["users", "crate", "anna"], "Did you mean 'users create'?")):
            with self.subTest(words):
                refused = typed(*words)
                self.assertEqual(refused.returncode, 64)
                self.assertIn(expected, refused.stderr)

    def test_help_lists_every_command(self):
        text = subprocess.run([BUILD / "host/ctl/lmsctl", "help"], capture_output=True, text=True, timeout=60).stdout

        for command in ("users create", "tokens revoke", "organizations set", "jobs run", "modules list",
                        "database migrate", "records post"):
            self.assertIn(command, text)


class Tls(unittest.TestCase):
    def test_the_server_is_spoken_to_over_tls_when_its_authority_is_known(self):
        directory = pathlib.Path(tempfile.mkdtemp(prefix="lmsd-tls-"))
        self.addCleanup(shutil.rmtree, directory)
        certificate, key = directory / "server.pem", directory / "server.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                        "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
                        certificate], check=True, capture_output=True)
        with Lmsd({"http.certificate_file": certificate, "http.private_key_file": key}) as server:
            known = server.lmsctl("modules", "list", "--ca-file", certificate, check=False)
            unknown = server.lmsctl("modules", "list", check=False)

            self.assertTrue(server.url.startswith("https://"))
            self.assertEqual(known.returncode, 0, known.stderr)
            self.assertEqual(unknown.returncode, 69)
            self.assertIn("certificate", unknown.stderr.lower())


class Direct(unittest.TestCase):
    def test_the_first_administrator_is_made_without_a_server(self):
        server = Lmsd(admin=False)
        self.addCleanup(server.clean)
        server.direct("users", "create", "root", "--server-admin", "--password-stdin", input="a long enough password\n")
        server.start()

        answer = server.post("/api/v1/session", {"login": "root", "password": "a long enough password"}, token=None)

        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.json["serverAdmin"])

    @unittest.skipUnless(os.geteuid() == 0, "only root can work as somebody else")
    def test_root_works_as_the_owner_of_the_databases_folder(self):
        server = Lmsd(admin=False)
        self.addCleanup(server.clean)
        server.directory.chmod(0o755)
        server.write_config()
        nobody = 65534
        os.chown(server.directory / "data", nobody, nobody)

        server.direct("tokens", "create", "first", "--server-admin", "--out", server.directory / "first.token")

        self.assertEqual({path.stat().st_uid for path in (server.directory / "data").iterdir()}, {nobody})
        self.assertEqual((server.directory / "first.token").stat().st_uid, 0)

    def test_the_database_is_migrated_without_a_server(self):
        server = Lmsd(admin=False)
        self.addCleanup(server.clean)

        result = server.direct("database", "migrate")

        self.assertIn("up to date", result.stdout)
        self.assertTrue(server.query("SELECT COUNT(*) FROM schema_migration")[0][0] >= 4)


if __name__ == "__main__":
    unittest.main()
