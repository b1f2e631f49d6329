"""A server with the module, an integration completed over REST, and nights run to their end. Standard library only."""
import time

from lmsd import SOURCE

SETTINGS = {
    "modules.load": "u2035",
    "module.u2035.profiles_directory": SOURCE / "config/profiles",
    "module.u2035.letters_directory": SOURCE / "config/letters",
    "records.mappings": SOURCE / "config/mappings",
    # The counterparts stand on loopback without a certificate: only a test allows that.
    "outbound.allow_http": "true",
    "outbound.allow_private_addresses": "true",
}


class Organization:
    """One organization's side of the module, asked with its administrator's token."""

    def __init__(self, server, organization):
        self.server = server
        self.base = f"/api/v1/organizations/{organization}"
        self.u2035 = self.base + "/u2035"
        self.token = server.create_token(f"nights-{organization}", roles={organization: "organization-admin"})

    def json(self, method, path, body=None, **more):
        return self.server.json(method, self.u2035 + path, body, token=self.token, **more)

    def items(self, path):
        """Every item of a list, page by page."""
        cursor = None
        while True:
            page = self.json("GET", path + ("&" if "?" in path else "?") + "limit=1000" + (f"&cursor={cursor}" if cursor else ""))
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def run(self, body=None, seconds=500):
        """Starts a night and waits for its end."""
        return self.wait(self.json("POST", "/runs", body or {}), seconds)

    def wait(self, run, seconds=500):
        """A started night until its end."""
        deadline = time.monotonic() + seconds
        while run["state"] in ("queued", "running"):
            if time.monotonic() > deadline:
                raise AssertionError(f"the night does not end: {run}")
            time.sleep(0.1)
            run = self.json("GET", f"/runs/{run['id']}")
        return run

    def download(self, url):
        answer = self.server.get(url, token=self.token)
        assert answer.status == 200, answer
        return answer.body

    # -- the wizard ---------------------------------------------------------------------------------------------

    def press(self, button, body=None, project="bas", status=200):
        """A button of the wizard; gives the answer's JSON. `status` is what is expected."""
        path = f"{self.u2035}/integrations/{project}"
        etag = self.server.get(path, token=self.token).headers["etag"]
        answer = self.server.post(path + button, body or {}, token=self.token, headers={"If-Match": etag})
        assert answer.status == status, answer
        return answer.json

    def check(self, stage, body, project="bas"):
        """The check of a stage, which must pass."""
        started = self.press(f"/stages/{stage}/check", body, project, 202)
        while True:
            state = self.json("GET", f"/integrations/{project}/checks/{started['id']}")
            if state["state"] != "running":
                assert state["state"] == "passed", state
                return state
            time.sleep(0.05)

    def to_stage_4(self, lrs, project="bas"):
        endpoints = f"{self.u2035}/integrations/{project}/endpoints"
        answer = self.server.put(endpoints, {"test": lrs["testEndpoint"]}, etag=self.server.get(endpoints).headers["etag"])
        assert answer.status == 200, answer
        self.press("/open", None, project)
        self.press("/stages/1/continue", None, project)
        self.check(2, {"basic": lrs["basic"]}, project)
        self.press("/stages/2/continue", None, project)
        self.press("/stages/3/continue", None, project)

    @staticmethod
    def production(lrs, s3, **changes):
        """The fields of stage 4."""
        return {"key": lrs["production"]["key"], "secret": lrs["production"]["secret"], "endpoint": lrs["endpoint"],
                "userId": s3["userId"], "accessKeyId": s3["accessKeyId"], "secretKey": s3["secretKey"],
                "storageUrl": s3["storageUrl"], **changes}

    def connect(self, lrs, s3, project="bas"):
        """From «Не выполнен» to «Активен», as a person would press the buttons."""
        self.to_stage_4(lrs, project)
        self.check(4, self.production(lrs, s3), project)
        return self.press("/stages/4/continue", None, project)
