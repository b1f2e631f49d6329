"""What makes a real LRS refuse: a broken template, and an id that it has already."""
import contextlib
import json
import pathlib
import shutil
import tempfile
import urllib.request

from nights import SETTINGS


@contextlib.contextmanager
def broken_profiles():
    """The profiles with a language tag that our own check lets through and the LRS refuses, in the template of one kind."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="profiles-"))
    for profile in pathlib.Path(SETTINGS["module.u2035.profiles_directory"]).glob("*.json"):
        content = json.loads(profile.read_text())
        if profile.name == "bas.json":
            for kind in content["statements"]:
                if kind["name"] == "learner.viewed":
                    display = kind["template"]["verb"]["display"]
                    display["ru RU"] = display.pop("ru-RU")
        (folder / profile.name).write_text(json.dumps(content, ensure_ascii=False))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def occupy(place):
    """One statement's id is in the LRS already, with other content: a conflict."""
    flow = place.server.query("SELECT id FROM record_flows WHERE external_id = 'uav-2025-1'")[0][0]
    planned = place.demo.json("POST", "/preview", {"flow": flow, "kind": "learner.grade", "limit": 1})["statements"][0]
    other = {**planned["statement"], "timestamp": "2025-09-01T10:00:00+03:00"}
    request = urllib.request.Request(
        place.lrs["endpoint"].rstrip("/") + "/statements", data=json.dumps([other]).encode(),
        headers={"Authorization": f"Basic {place.lrs['production']['basic']}", "X-Experience-API-Version": "1.0.3",
                 "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert json.load(answer) == [planned["statementId"]]
    return planned["statementId"]
