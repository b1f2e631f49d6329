"""Starts and stops a real lmsd in a directory of its own, and speaks JSON to it. Standard library only.

    with Lmsd() as server:                      # port 0, an administrator's token made by 'lmsctl --direct'
        server.create_organization("demo")
        answer = server.get("/api/v1/organizations/demo")
        answer.status, answer.json, answer.headers

Where the programs are: $LMSD_BUILD (the build directory), else build/dev of this checkout.
"""
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("LMSD_BUILD", SOURCE / "build/dev"))


def sanitized():
    """Whether the programs carry a sanitizer: what they take of memory is then its own."""
    cache = BUILD / "CMakeCache.txt"
    return cache.is_file() and "-fsanitize=" in cache.read_text()


class Failed(Exception):
    """The server, or a command, did not do what a test needs before it can begin."""


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = [value for name, value in response.getheaders() if name.lower() == "set-cookie"]
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:2000]!r}"


class Lmsd:
    """One server. `settings`: configuration keys beside those every test needs. `modules`: a directory of modules."""

    def __init__(self, settings=None, modules=None, directory=None, admin=True, environment=None):
        self.own_directory = directory is None
        self.directory = pathlib.Path(directory or tempfile.mkdtemp(prefix="lmsd-test-"))
        self.admin = admin
        self.environment = {**os.environ, **(environment or {})}
        self.process = None
        self.launcher = []  # what starts lmsd: a program that drops rights
        self.url = self.health_url = self.token = None
        self.settings = {
            "database.path": self.directory / "data/lmsd.db",
            "secrets.key_file": self.directory / "secret.key",
            "http.address": "127.0.0.1",
            "http.port": 0,
            "health.address": "127.0.0.1",
            "health.port": 0,
            "log.format": "json",
            "records.mappings": SOURCE / "config/mappings",
            "sources.sets": SOURCE / "config/sources",
            "sources.xapi_rules": SOURCE / "config/xapi",
            "modules.directory": modules or BUILD / "modules",
        }
        self.settings.update(settings or {})
        self.config = self.directory / "lmsd.conf"
        self.ready_file = self.directory / "ready.json"
        self.token_file = self.directory / "admin.token"
        self.log_file = self.directory / "lmsd.log"

    # -- life ---------------------------------------------------------------------------------------------------

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.clean()
            raise

    def __exit__(self, *_):
        self.kill()
        self.clean()

    def write_config(self):
        (self.directory / "data").mkdir(exist_ok=True)
        self.config.write_text("".join(f"{key} = {value}\n" for key, value in self.settings.items()))

    def start(self, timeout=30):
        self.write_config()
        if self.admin and not self.token_file.exists():
            self.direct("tokens", "create", "tests", "--server-admin", "--out", self.token_file)
        self.ready_file.unlink(missing_ok=True)
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [*self.launcher, BUILD / "host/app/lmsd", "--config", self.config, "--ready-file", self.ready_file],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.directory,
                env=self.environment)
        deadline = time.monotonic() + timeout
        while not self.ready_file.exists():
            if self.process.poll() is not None:
                raise Failed(f"lmsd ended with {self.process.returncode} before it was ready:\n{self.log()}")
            if time.monotonic() > deadline:
                raise Failed(f"lmsd was not ready in {timeout} s:\n{self.log()}")
            time.sleep(0.01)
        ready = json.loads(self.ready_file.read_text())
        self.url, self.health_url = ready["url"], ready["healthUrl"]
        if self.token_file.exists():
            self.token = self.token_file.read_text().strip()
        return self

    def stop(self, timeout=60):
        """SIGTERM; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout)
        self.process = None
        return code

    def kill(self):
        """SIGKILL, as a crash would be."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def clean(self):
        self.kill()
        if self.own_directory and not os.environ.get("LMSD_KEEP"):
            shutil.rmtree(self.directory, ignore_errors=True)

    def log(self):
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def log_lines(self):
        """The log as objects; what is no JSON (a sanitizer's report) as {"raw": line}."""
        lines = []
        for line in self.log().splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                lines.append({"raw": line})
        return lines

    def memory_kib(self, field="VmHWM"):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1])
        raise Failed(f"no {field}")

    def run(self, *arguments, timeout=60, config=None):
        """lmsd with this server's configuration and other options, to its end: its exit code and output."""
        self.write_config()
        return subprocess.run([BUILD / "host/app/lmsd", "--config", config or self.config, *map(str, arguments)], text=True,
                              capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL, cwd=self.directory,
                              env=self.environment)

    # -- commands -----------------------------------------------------------------------------------------------

    def lmsctl(self, *arguments, input=None, check=True):
        """lmsctl against this server, with its administrator's token."""
        return self._run([*arguments, "--server", self.url, "--token-file", self.token_file], input, check)

    def direct(self, *arguments, input=None, check=True):
        """lmsctl on the database itself, while lmsd does not run."""
        self.write_config()
        return self._run([*arguments, "--direct", "--config", self.config], input, check)

    def _run(self, arguments, input, check):
        result = subprocess.run([BUILD / "host/ctl/lmsctl", *map(str, arguments)], input=input, capture_output=True,
                                text=True, timeout=600, stdin=None if input is not None else subprocess.DEVNULL)
        if check and result.returncode != 0:
            raise Failed(f"lmsctl {' '.join(map(str, arguments))} ended with {result.returncode}:\n"
                         f"{result.stdout}{result.stderr}")
        return result

    # -- requests -----------------------------------------------------------------------------------------------

    def request(self, method, path, body=None, headers=None, token=True, url=None, timeout=120):
        """`body`: bytes, files and iterators as they are, anything else as JSON. `token`: True for the administrator's, None for nobody's."""
        headers = dict(headers or {})
        if body is not None and not isinstance(body, (bytes, bytearray)) and not hasattr(body, "read") \
                and not hasattr(body, "__next__"):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        if token:
            headers.setdefault("Authorization", f"Bearer {self.token if token is True else token}")
        headers.setdefault("Accept-Language", "en")
        parts = urllib.parse.urlsplit(url or self.url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.request("POST", path, body, **more)

    def put(self, path, body=None, etag=None, **more):
        headers = dict(more.pop("headers", None) or {})
        if etag:
            headers["If-Match"] = etag
        return self.request("PUT", path, body, headers=headers, **more)

    def patch(self, path, body=None, **more):
        return self.request("PATCH", path, body, **more)

    def delete(self, path, **more):
        return self.request("DELETE", path, **more)

    def health(self, path="/health"):
        return self.request("GET", path, token=None, url=self.health_url)

    def json(self, method, path, body=None, **more):
        """The answer's JSON; a refusal is a Failed that shows it."""
        answer = self.request(method, path, body, **more)
        if answer.status >= 400:
            raise Failed(f"{method} {path}: {answer!r}")
        return answer.json if answer.body else None

    # -- what most tests need first -----------------------------------------------------------------------------

    def create_organization(self, organization="demo", **fields):
        self.lmsctl("organizations", "create", organization,
                    *(f"--set={key}={value}" for key, value in {
                        "legalName": f"АНО «{organization}»", "fullName": f"Автономная организация {organization}",
                        "tariff": "professional", "activityBase": f"https://{organization}.example.org",
                        **fields}.items()))
        return organization

    def create_project(self, project="bas", title="Кадры для БАС", profile="bas"):
        self.lmsctl("projects", "create", project, "--title", title, "--profile", profile)
        return project

    def create_user(self, login, password=None, roles=None, server_admin=False):
        """`roles`: {"demo": "organization-admin"}. Returns the password."""
        password = password or secrets.token_urlsafe(18)
        self.lmsctl("users", "create", login, "--password-stdin", *(["--server-admin"] if server_admin else []),
                    *(f"--role={organization}={role}" for organization, role in (roles or {}).items()),
                    input=password + "\n")
        return password

    def create_token(self, name, roles=None, server_admin=False, scopes=()):
        """Returns the token's text. `scopes`: ("read",); none is all that the roles allow."""
        result = self.lmsctl("tokens", "create", name, "--json", *(["--server-admin"] if server_admin else []),
                             *(f"--scope={scope}" for scope in scopes),
                             *(f"--role={organization}={role}" for organization, role in (roles or {}).items()))
        return json.loads(result.stdout)["token"]

    # -- the database, read beside the server -------------------------------------------------------------------

    @property
    def database(self):
        return self.directory / "data" / "lmsd.db"

    def query(self, sql, *parameters):
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def dump(self, without=()):
        """Every row of every table but those named, to be compared with a later one."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            tables = [name for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
            return {table: connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2'
                                              if len(connection.execute(f'PRAGMA table_info("{table}")').fetchall()) > 1
                                              else f'SELECT * FROM "{table}" ORDER BY 1').fetchall()
                    for table in tables if table not in without}
        finally:
            connection.close()
