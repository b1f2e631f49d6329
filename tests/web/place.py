"""Where a test of the pages takes place: a real lmsd with u2035.so, counterparts, an organization of demonstration data and
people who sign in; and the browser's script run on it.

    with Place() as place:            # Place(connected=True): the integration is «Активен»; peers=False: without counterparts
        place.browse("wizard")        # node tests/web/wizard.mjs, given place.given() as JSON on its standard input

WEB_DIST=FOLDER (made by 'node web/build.mjs --out FOLDER') shows the pages of that folder instead of those in the server,
and WEB_SCREENSHOTS says where the pictures go: build/web-screenshots when not set.
"""
import contextlib
import json
import os
import subprocess

from lmsd import SOURCE, Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw


class Place:
    def __init__(self, peers=True, connected=False, settings=None, demo=True):
        self.with_peers, self.with_integration, self.with_demo = peers or connected, connected, demo
        self.settings = {**SETTINGS, **(settings or {})}
        self.lrs = self.s3 = self.server = self.demo = None
        self.people = {}

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            if self.with_peers:
                self.lrs = stack.enter_context(LearningLocker())
                self.s3 = stack.enter_context(Radosgw())
            self.server = stack.enter_context(Lmsd(self.settings))
            if self.with_demo:
                self.server.lmsctl("demo", "load", "demo")
                self.person("admin", "Раиса Павлова", {"demo": "organization-admin"}, server_admin=True)
                self.person("anna", "Анна Смирнова", {"demo": "organization-admin"})
                self.person("mikhail", "Михаил Орлов", {"demo": "methodist"})
                self.person("vera", "Вера Лебедева", {"demo": "viewer"})
                self.demo = Organization(self.server, "demo")
            if self.with_integration:
                self.demo.connect(self.lrs, self.s3)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        return self.stack.__exit__(*error)

    def person(self, login, name, roles, server_admin=False):
        password = self.server.create_user(login, roles=roles, server_admin=server_admin)
        answer = self.server.get(f"/api/v1/users/{login}")
        user = answer.json
        changed = self.server.put(f"/api/v1/users/{login}", {key: user[key] for key in ("serverAdmin", "disabled", "roles")} |
                                  {"name": name}, etag=answer.headers["etag"])
        assert changed.status == 200, changed
        self.people[login] = {"login": login, "password": password, "name": name}

    def given(self, **more):
        return {"url": self.server.url, "people": self.people, "organization": "demo",
                "lrs": self.lrs.answer if self.lrs else None, "s3": self.s3.answer if self.s3 else None, **more}

    def browse(self, name, seconds=600, **more):
        """The script tests/web/NAME.mjs to its end; what it prints is the report of its failure."""
        if not (SOURCE / "node_modules/playwright-core").exists():
            raise AssertionError("the packages of the pages are missing: run web/install")
        done = subprocess.run(["node", SOURCE / f"tests/web/{name}.mjs"], input=json.dumps(self.given(**more)), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds,
                              env={"WEB_SCREENSHOTS": str(SOURCE / "build/web-screenshots"), **os.environ})
        print(done.stdout, flush=True)
        if done.returncode != 0:
            log = "\n".join(line for line in self.server.log().splitlines() if '"error"' in line)[-4000:]
            raise AssertionError(f"tests/web/{name}.mjs failed:\n{done.stdout[-8000:]}\n{log}")
        return done.stdout
