"""The quick start's sandbox: Learning Locker and an S3 gateway on this machine, and the wizard completed over REST.

    sandbox.py start  --home DIR                                  starts both, writes DIR/sandbox/*.json
    sandbox.py wizard --home DIR --server URL --token FILE --org ORG --project bas
    sandbox.py stop   --home DIR

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
    """The wizard as a platform's page would drive it."""

    def __init__(self, server, token, org, project):
        self.base = f"{server}/api/v1/organizations/{org}/u2035/integrations"
        self.project, self.token, self.etag = project, token, None

    def call(self, method, path, body=None, change=False):
        headers = {"Authorization": "Bearer " + self.token, "Accept": "application/json"}
        if change:
            headers["If-Match"] = self.etag
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.base + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                if answer.headers.get("ETag") and path == f"/{self.project}":
                    self.etag = answer.headers["ETag"]
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            fail(f"{method} {path}: {error.code} {error.read().decode(errors='replace')[:1000]}")

    def state(self):
        return self.call("GET", f"/{self.project}")

    def change(self, path, body=None):
        self.state()
        return self.call("POST", f"/{self.project}{path}", body if body is not None else {}, change=True)

    def check(self, stage, fields):
        answer = self.change(f"/stages/{stage}/check", fields)
        end = time.monotonic() + 70
        while True:
            check = self.call("GET", f"/{self.project}/checks/{answer['id']}")
            if check["state"] != "running":
                break
            if time.monotonic() > end:
                fail(f"the check of stage {stage} does not end")
            time.sleep(0.2)
        for step in check["steps"]:
            print(f"    {step['name']:12} {step['state']:8} {step['observed']}", flush=True)
        if check["state"] != "passed":
            fail(f"the check of stage {stage} failed: {json.dumps(check, ensure_ascii=False)[:2000]}")


def wizard(options):
    with open(os.path.join(options.home, "sandbox", "learning-locker.json")) as f:
        lrs = json.load(f)
    with open(os.path.join(options.home, "sandbox", "radosgw.json")) as f:
        s3 = json.load(f)
    with open(options.token) as f:
        api = Api(options.server, f.read().strip(), options.org, options.project)
    state = api.state()
    if state["status"] == "active":
        print("  the integration is active already")
        return
    if state["status"] == "not-done":
        api.change("/open")
    api.change("/stages/1/continue") if api.state()["stage"] == 1 else None
    print("  stage 2: Basic of the test contour")
    api.check(2, {"basic": lrs["test"]["basic"]})
    api.change("/stages/2/continue")
    api.change("/stages/3/continue")
    print("  stage 4: Basic of the production contour and the storage")
    api.check(4, {"basic": lrs["production"]["basic"], "endpoint": lrs["endpoint"], "userId": s3["user"],
                  "accessKeyId": s3["accessKeyId"], "secretKey": s3["secretKey"],
                  "storageUrl": s3["endpoint"] + "/" + s3["bucket"]})
    api.change("/stages/4/continue")
    print("  status:", api.state()["statusText"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["start", "stop", "wizard"])
    parser.add_argument("--home", required=True)
    parser.add_argument("--server")
    parser.add_argument("--token")
    parser.add_argument("--org", default="demo")
    parser.add_argument("--project", default="bas")
    options = parser.parse_args()
    {"start": start, "stop": stop, "wizard": wizard}[options.command](options)


if __name__ == "__main__":
    main()
