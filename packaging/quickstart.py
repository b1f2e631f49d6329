"""What the quick start does over REST, and its sandbox: Learning Locker and an S3 gateway on this machine.

    quickstart.py start  --home DIR                                  starts both, writes DIR/sandbox/*.json
    quickstart.py wizard --home DIR --server URL --token FILE        completes the set-up wizard
    quickstart.py report --home DIR --server URL --token FILE        says what the last night did and which files it wrote
    quickstart.py stop   --home DIR

Standard library only.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PEERS = {"learning-locker": "Learning Locker", "radosgw": "the S3 gateway"}


def fail(text):
    sys.exit(f"quickstart: {text}")


def alive(home, peer):
    try:
        with open(os.path.join(home, "sandbox", peer + ".json")) as f:
            pids = json.load(f)["pids"]
        return all(os.path.exists(f"/proc/{pid}") for pid in pids)
    except (OSError, ValueError, KeyError):
        return False


def start(options):
    os.makedirs(os.path.join(options.home, "sandbox"), exist_ok=True)
    for peer, title in PEERS.items():
        if alive(options.home, peer):
            print(f"  {title}: runs already")
            continue
        begin = time.monotonic()
        done = subprocess.run([os.path.join(ROOT, "tests", "peers", peer), "start", os.path.join(options.home, "sandbox", peer)],
                              stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            fail(f"{title} did not start (its words are above)")
        with open(os.path.join(options.home, "sandbox", peer + ".json"), "w") as f:
            f.write(done.stdout)
        print(f"  {title}: started in {time.monotonic() - begin:.0f} s", flush=True)


def stop(options):
    for peer in PEERS:
        subprocess.run([os.path.join(ROOT, "tests", "peers", peer), "stop", os.path.join(options.home, "sandbox", peer)],
                       stdout=subprocess.DEVNULL)
        for left in (peer + ".json",):
            path = os.path.join(options.home, "sandbox", left)
            if os.path.exists(path):
                os.unlink(path)


class Api:
    """REST as a platform's page would call it."""

    def __init__(self, options, token):
        with open(token) as f:
            self.token = f.read().strip()
        self.server = options.server
        self.base = f"{options.server}/api/v1/organizations/{options.org}/u2035"

    def call(self, method, path, body=None, etag=None, question=None):
        """The answer's JSON and its headers; anything but success, and a refusal of the status `question`, ends the quick
        start with the server's words."""
        headers = {"Authorization": "Bearer " + self.token, "Accept": "application/json", "Accept-Language": "ru"}
        if etag:
            headers["If-Match"] = etag
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        url = path if path.startswith("http") else self.base + path
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=90) as answer:
                return json.loads(answer.read() or b"{}"), answer.headers
        except urllib.error.HTTPError as error:
            if error.code == question:
                return json.loads(error.read()), error.headers
            fail(f"{method} {url}: {error.code} {error.read().decode(errors='replace')[:1000]}")
        except urllib.error.URLError as error:
            fail(f"{method} {url}: {error.reason}")


class Wizard:
    def __init__(self, api, admin, project):
        self.api, self.admin, self.path = api, admin, f"/integrations/{project}"

    def state(self):
        return self.api.call("GET", self.path)[0]

    def change(self, path, body=None, question=None):
        etag = self.api.call("GET", self.path)[1]["ETag"]
        return self.api.call("POST", self.path + path, body or {}, etag, question)

    def test_endpoint(self, address):
        """Only the server's administrator may override an endpoint."""
        etag = self.admin.call("GET", self.path + "/endpoints")[1]["ETag"]
        self.admin.call("PUT", self.path + "/endpoints", {"test": address}, etag)

    def finish_with_another_store(self):
        """The counterparts of today are empty: everything is due again, as much as the server counts."""
        answer = self.change("/stages/4/continue", {"sameStore": False}, question=409)[0]
        if answer.get("code") == "integration.store-evidence":
            self.change("/stages/4/continue", {"sameStore": True})  # the same ones after all
        elif answer.get("code") == "integration.confirm-counts":
            self.change("/stages/4/continue", {"sameStore": False, "expected": answer["current"]["dueAgain"]})
        elif "code" in answer:
            fail(f"stage 4 can't be finished: {json.dumps(answer, ensure_ascii=False)[:2000]}")

    def check(self, stage, fields):
        where = self.change(f"/stages/{stage}/check", fields)[1]["Location"]
        end = time.monotonic() + 70
        while True:
            check = self.api.call("GET", self.api.server + where)[0]
            if check["state"] != "running":
                break
            if time.monotonic() > end:
                fail(f"the check of stage {stage} does not end")
            time.sleep(0.2)
        for step in check["steps"]:
            why = f": {step['cause']}" if step["state"] == "warning" and step.get("cause") else ""
            print(f"    {step['name']:16} {step['state']:8} {step['observed']}{why}", flush=True)
        if check["state"] != "passed":
            fail(f"the check of stage {stage} failed: {json.dumps(check, ensure_ascii=False)[:2000]}")


def wizard(options):
    def known(peer):
        with open(os.path.join(options.home, "sandbox", peer + ".json")) as f:
            return json.load(f)

    lrs, s3 = known("learning-locker"), known("radosgw")
    steps = Wizard(Api(options, options.token), Api(options, options.admin_token), options.project)
    state = steps.state()
    if state["status"] == "active":
        if state["endpoints"]["production"]["address"].rstrip("/") == lrs["endpoint"].rstrip("/"):
            print("  «Активен» already")
            return
        # The counterparts keep nothing when they end: those of today are other ones, and empty.
        print("  other counterparts than last time: set up anew, everything is sent again")
        steps.change("/disconnect", {"confirm": True})
    stores = os.path.join(options.home, "sandbox", "connected")  # there once an integration was completed here
    steps.test_endpoint(lrs["testEndpoint"])
    if steps.state()["status"] == "not-done":
        steps.change("/open")
    while (state := steps.state())["status"] != "active":
        stage = max(s["number"] for s in state["stages"] if s["state"] != "locked")
        print(f"  stage {stage}", flush=True)
        if stage == 2:
            steps.check(2, {"basic": lrs["basic"]})
        elif stage == 4:
            steps.check(4, {"key": lrs["production"]["key"], "secret": lrs["production"]["secret"],
                            "endpoint": lrs["endpoint"], "userId": s3["userId"], "accessKeyId": s3["accessKeyId"],
                            "secretKey": s3["secretKey"], "storageUrl": s3["storageUrl"]})
        if stage == 4 and os.path.exists(stores):
            steps.finish_with_another_store()
        else:
            steps.change(f"/stages/{stage}/continue")
    with open(stores, "w") as f:
        f.write(lrs["endpoint"] + "\n")
    print(f"  {steps.state()['statusText']}")


def report(options):
    api = Api(options, options.token)
    night = api.call("GET", "/runs?limit=1")[0]["items"][0]
    print(f"\n  night {night['id']}: {night['state']}")
    for name, value in night["counts"].items():
        if value:
            print(f"    {name:28} {value}")
    exports = api.call("GET", "/exports?limit=1")[0]["items"]
    if exports:
        export = api.call("GET", f"/exports/{exports[0]['id']}")[0]
        folder = os.path.join(options.home, "modules", "u2035", "exports", options.org, export["id"])
        print(f"\n  files in {folder}")
        width = max((len(f"{file['project']}/{file['path']}") for file in export["files"]), default=0)
        for file in export["files"]:
            rows = next((f"{file[unit]:>7} {unit:5}" for unit in ("rows", "files") if unit in file), " " * 13)
            print(f"    {rows}  {file['project'] + '/' + file['path']:{width}}  {file['title']}")
    reasons = {}
    for item in api.call("GET", "/unsendable?limit=1000")[0]["items"]:
        reasons[item["reason"]] = reasons.get(item["reason"], 0) + 1
    if reasons:
        print("\n  what can't go, and why:")
        for reason, count in sorted(reasons.items(), key=lambda row: -row[1]):
            print(f"    {count:>7}  {reason}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["start", "stop", "wizard", "report"])
    parser.add_argument("--home", required=True)
    parser.add_argument("--server")
    parser.add_argument("--token")
    parser.add_argument("--admin-token")
    parser.add_argument("--org", default="demo")
    parser.add_argument("--project", default="bas")
    options = parser.parse_args()
    {"start": start, "stop": stop, "wizard": wizard, "report": report}[options.command](options)


if __name__ == "__main__":
    main()
