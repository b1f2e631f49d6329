"""A connection of tests/functional/adapter's kind beside the module: for tests that go through every route there is."""
import shutil
import tempfile
import time

from lmsd import BUILD

SETTINGS = {"modules.load": "u2035, adapter", "module.adapter.folder": "/nonexistent"}


def modules(cls):
    """A folder with both modules, removed after the tests of `cls`."""
    folder = tempfile.mkdtemp(prefix="lmsd-modules-")
    cls.addClassCleanup(shutil.rmtree, folder)
    for module in ("modules/u2035.so", "tests/adapter/adapter.so"):
        shutil.copy(BUILD / module, folder)
    return folder


def make_connection(server, organization, token):
    """(connection, route, run) of a terminal that is not there, with its run over."""
    base = f"/api/v1/organizations/{organization}/connections"
    server.json("POST", base, {"name": "secluded", "kind": "card-terminal", "title": "Secluded terminal",
                               "settings": {"terminal": "hall", "pin": "4711-4711"}}, token=token)
    server.json("POST", base + "/secluded/routes",
                {"name": "visitors", "settings": {"file": "none.txt"}, "schedule": {"cron": "0 3 1 1 *"},
                 "watermark": {"column": "changed", "type": "number"},
                 "mapping": {"target": "learners", "externalId": {"column": "id"}, "fields": {}}}, token=token)
    run = server.json("POST", base + "/secluded/routes/visitors/run", {}, token=token)["id"]
    while server.query("SELECT COUNT(*) FROM source_run WHERE finished_at IS NULL") != [(0,)]:
        time.sleep(0.05)
    return "secluded", "visitors", run


def make_arrival(server, organization, token):
    """(connection, route, file) of a connection of files, with one that could not be read."""
    base = f"/api/v1/organizations/{organization}/connections"
    server.json("POST", base, {"name": "shelf", "kind": "files"}, token=token)
    server.json("POST", base + "/shelf/routes",
                {"name": "papers", "prefix": "papers",
                 "mapping": {"target": "learners", "externalId": {"column": "id"}, "fields": {}}}, token=token)
    file = server.post(base + "/shelf/routes/papers/upload?name=paper.csv", b"number\n1\n", token=token,
                       headers={"Content-Type": "application/octet-stream"}).json["id"]
    while server.query("SELECT COUNT(*) FROM source_arrival WHERE state = 'taken'") != [(0,)]:
        time.sleep(0.05)
    return "shelf", "papers", file


def make_listening(server, organization, token):
    """A connection that others send to, with a token."""
    base = f"/api/v1/organizations/{organization}/connections"
    server.json("POST", base, {"name": "eavesdropper", "kind": "listen"}, token=token)
    server.json("POST", base + "/eavesdropper/routes",
                {"name": "heard", "prefix": "heard",
                 "mapping": {"target": "learners", "externalId": {"column": "id"}, "fields": {}}}, token=token)
    server.json("POST", base + "/eavesdropper/token", {}, token=token)
    return "eavesdropper"
