"""The wizard over REST: from «Не выполнен» to «Активен» against the real Learning Locker and RADOS Gateway, and every row
of the table of causes provoked for real."""
import base64
import email
import email.policy
import functools
import json
import time
import unittest

from lmsd import SOURCE, Lmsd
from peers import (CatchAllServer, HtmlServer, LearningLocker, Radosgw, SlowServer, StatusServer, TlsFront, closed_port)

MODULE = {
    "modules.load": "u2035",
    "module.u2035.profiles_directory": SOURCE / "config/profiles",
    "module.u2035.letters_directory": SOURCE / "config/letters",
}
ALLOWED = {"outbound.allow_http": "true", "outbound.allow_private_addresses": "true"}


class Wizard:
    """One organisation's integration with БАС, as its administrator's page would drive it."""

    def __init__(self, server, organization, project="bas"):
        self.server = server
        self.base = f"/api/v1/organizations/{organization}/u2035/integrations"
        self.path = f"{self.base}/{project}"
        server.json("POST", "/api/v1/organizations", {
            "id": organization, "legalName": f"АНО ДПО «{organization}»", "fullName": f"Организация {organization}",
            "tariff": "professional", "participation": ["bas"], "projects": [project],
            "activityBase": f"https://{organization}.example.org", "corporateEmail": "lms@example.org"})
        self.token = server.create_token(f"page-{organization}", roles={organization: "organization-admin"})

    def get(self, rest="", **more):
        more.setdefault("headers", {"Accept-Language": "ru"})
        return self.server.get(self.path + rest, token=self.token, **more)

    def etag(self):
        return self.get().headers["etag"]

    def post(self, rest, body=None, etag=None, **headers):
        return self.server.post(self.path + rest, {} if body is None else body, token=self.token,
                                headers={"If-Match": etag or self.etag(), "Accept-Language": "ru", **headers})

    def state(self):
        return self.get().json

    def override_test_endpoint(self, address):
        answer = self.server.put(self.path + "/endpoints", {"test": address},
                                 etag=self.server.get(self.path + "/endpoints").headers["etag"])
        assert answer.status == 200, answer

    def start_check(self, stage, body):
        answer = self.post(f"/stages/{stage}/check", body)
        assert answer.status == 202, answer
        return answer.headers["location"]

    def finished(self, location, seconds=75):
        deadline = time.monotonic() + seconds
        while True:
            check = self.server.json("GET", location, token=self.token, headers={"Accept-Language": "ru"})
            if check["state"] != "running":
                return check
            if time.monotonic() > deadline:
                raise AssertionError(f"the check is still running: {check}")
            time.sleep(0.05)

    def check(self, stage, body):
        return self.finished(self.start_check(stage, body))

    def to_stage_2(self, endpoint):
        self.override_test_endpoint(endpoint)
        assert self.post("/open").status == 200
        assert self.post("/stages/1/continue").status == 200
        return self

    def to_stage_4(self, lrs):
        self.to_stage_2(lrs["testEndpoint"])
        check = self.check(2, {"basic": lrs["basic"]})
        assert check["state"] == "passed", check
        assert self.post("/stages/2/continue").status == 200
        assert self.post("/stages/3/continue").status == 200
        return self


@functools.cache
def peers():
    """Both counterparts take a while to start: once for all classes."""
    started = LearningLocker().__enter__(), Radosgw().__enter__()
    for peer in started:
        unittest.addModuleCleanup(peer.__exit__, None, None, None)
    return started


class WithPeers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lrs, cls.s3 = peers()
        cls.server = Lmsd({**MODULE, **ALLOWED}).__enter__()
        cls.addClassCleanup(cls.server.__exit__, None, None, None)
        cls.server.json("POST", "/api/v1/projects", {"id": "bas", "title": "Кадры для БАС", "profile": "bas"})
        cls.count = 0

    def wizard(self):
        type(self).count += 1
        return Wizard(self.server, f"org{self.count}")

    def production(self, **changes):
        body = {"key": self.lrs["production"]["key"], "secret": self.lrs["production"]["secret"],
                "endpoint": self.lrs["endpoint"], "userId": self.s3["userId"], "accessKeyId": self.s3["accessKeyId"],
                "secretKey": self.s3["secretKey"], "storageUrl": self.s3["storageUrl"]}
        return {**body, **changes}


class Journey(WithPeers):
    def test_from_not_done_to_active_and_back(self):
        wizard = self.wizard()
        self.assertEqual(self.card(wizard)["statusText"], "Не выполнен")

        wizard.override_test_endpoint(self.lrs["testEndpoint"])
        self.assertEqual(wizard.post("/open").json["statusText"], "В процессе 1/4")
        letter = wizard.get("/letters/test-access").json
        self.assertEqual(letter["to"], "apps@2035.university")
        self.assertEqual(letter["missing"], [])
        self.assertEqual(wizard.post("/stages/2/select").status, 409)

        state = wizard.post("/stages/1/continue").json
        self.assertEqual([s["statusText"] for s in state["stages"][:2]], ["выполнено", "в процессе"])
        self.assertEqual(wizard.post("/stages/2/continue").json["code"], "integration.not-checked")

        check = wizard.check(2, {"basic": f"  Basic {self.lrs['basic']}\n"})
        self.assertEqual([(s["name"], s["state"]) for s in check["steps"]], [("lrs.get", "passed"), ("lrs.post", "passed")], check)
        guid = wizard.state()["guid"]
        self.assertRegex(guid, r"^[0-9a-f]{8}-[0-9a-f]{4}-")
        self.assertEqual(check["steps"][1]["errorId"], guid)

        self.assertEqual(wizard.post("/stages/2/continue").status, 200)
        self.assertIn(f"guid: {guid}", wizard.get("/letters/production-access").json["body"])
        self.assertEqual(wizard.post("/stages/3/continue").status, 200)
        check = wizard.check(4, self.production())
        self.assertEqual(check["state"], "passed", check)
        self.assertEqual([s["name"] for s in check["steps"]],
                         ["lrs.get", "lrs.post", "s3.put", "s3.read", "s3.delete"])
        self.assertTrue(wizard.state()["stages"][3]["canContinue"])

        active = wizard.post("/stages/4/continue").json
        self.assertEqual((active["status"], active["statusText"]), ("active", "Активен"))
        self.assertEqual(wizard.post("/stages/2/select").json["code"], "integration.active")

        gone = wizard.post("/disconnect", {"confirm": True}).json
        self.assertEqual(gone["statusText"], "Не выполнен")
        self.assertIsNone(gone["guid"])
        self.assertEqual(len(gone["earlierStores"]), 1)
        self.no_secret_left(wizard)

    def card(self, wizard):
        return self.server.json("GET", wizard.base, token=wizard.token, headers={"Accept-Language": "ru"})["items"][0]

    def no_secret_left(self, wizard):
        """Not in any table, and not in the log."""
        everything = json.dumps(self.server.dump(), ensure_ascii=False, default=lambda v: v.decode("latin-1"))
        for secret in (self.lrs["basic"], self.lrs["production"]["secret"], self.s3["secretKey"]):
            self.assertNotIn(secret, everything)
            self.assertNotIn(secret, self.server.log())

    def test_the_only_bucket_is_used_where_none_is_named(self):
        wizard = self.wizard().to_stage_4(self.lrs)

        check = wizard.check(4, self.production(storageUrl=self.s3["endpoint"]))

        self.assertEqual(check["state"], "passed", check)
        self.assertEqual(wizard.state()["credentials"]["storage"]["bucket"], self.s3["bucket"])

    def test_a_letter_opens_as_a_message(self):
        wizard = self.wizard().to_stage_2(self.lrs["endpoint"])

        answer = wizard.get("/letters/test-access", headers={"Accept": "message/rfc822"})

        message = email.message_from_bytes(answer.body, policy=email.policy.default)
        self.assertEqual(message["To"], "apps@2035.university")
        self.assertTrue(message["Subject"].startswith("Доступ к тестовому External LRS, АНО ДПО «org"), message["Subject"])
        self.assertIn("Для какого контура: Тестовый", message.get_content())

    def test_two_people_at_once(self):
        wizard = self.wizard()
        first = wizard.etag()
        wizard.post("/open")

        late = wizard.post("/open", etag=first)

        self.assertEqual(late.status, 412)
        self.assertEqual(late.json["current"]["status"], "in-progress")

    def test_the_same_idempotency_key_is_the_same_check(self):
        wizard = self.wizard().to_stage_2(self.lrs["endpoint"])
        etag = wizard.etag()
        headers = {"Idempotency-Key": "press-1"}

        answers = [wizard.post("/stages/2/check", {"basic": self.lrs["basic"]}, etag=etag, **headers) for _ in range(2)]

        self.assertEqual([a.status for a in answers], [202, 202])
        self.assertEqual(answers[0].headers["location"], answers[1].headers["location"])
        wizard.finished(answers[0].headers["location"])

    def test_a_key_is_replaced_without_leaving_the_store(self):
        wizard = self.wizard().to_stage_4(self.lrs)
        wizard.check(4, self.production())
        store = wizard.post("/stages/4/continue").json["storeId"]

        wrong = base64.b64encode(b"nobody:knows-this").decode()
        refused = wizard.post("/credentials/replace", {"credential": "basic", "basic": wrong})
        self.assertEqual(wizard.finished(refused.headers["location"])["state"], "failed")
        self.assertEqual(wizard.state()["status"], "active")
        same = wizard.post("/credentials/replace", {"credential": "s3", "accessKeyId": self.s3["accessKeyId"],
                                                    "secretKey": self.s3["secretKey"]})
        self.assertEqual(wizard.finished(same.headers["location"])["state"], "passed")
        self.assertEqual(wizard.state()["storeId"], store)

    def test_the_other_contours_basic_is_told_before_anything_is_sent(self):
        wizard = self.wizard().to_stage_4(self.lrs)

        answer = wizard.post("/stages/4/check", self.production(key=self.lrs["key"], secret=self.lrs["secret"]))

        self.assertEqual(answer.json["code"], "integration.same-basic")

    def test_others_see_nothing(self):
        wizard = self.wizard()
        organization = wizard.base.split("/")[4]
        methodist = self.server.create_token(f"methodist-{organization}", roles={organization: "methodist"})

        self.assertEqual(self.server.get(wizard.path, token=methodist).status, 403)
        self.assertEqual(self.server.get(wizard.path, token=self.wizard().token).status, 404)
        self.assertEqual(self.server.get(wizard.path, token=None).status, 401)

    def test_progress_survives_a_restart(self):
        wizard = self.wizard().to_stage_2(self.lrs["endpoint"])
        wizard.check(2, {"basic": self.lrs["basic"]})
        before = wizard.state()

        self.server.kill()
        self.server.start()

        after = wizard.state()
        self.assertEqual(after["stages"], before["stages"])
        self.assertTrue(after["stages"][1]["canContinue"])


class ErrorTable(WithPeers):
    """Each row: what goes wrong, and the step's code with a cause and a fix in Russian."""

    def failed_step(self, check, code):
        self.assertEqual(check["state"], "failed", check)
        step = next(s for s in check["steps"] if s["state"] == "failed")
        self.assertEqual(step["code"], code, step)
        self.assertRegex(step["cause"], "[а-я]")
        self.assertRegex(step["fix"], "[а-я]")
        return step

    def on_test_contour(self, endpoint, code, basic=None):
        wizard = self.wizard().to_stage_2(endpoint)
        check = wizard.check(2, {"basic": basic or self.lrs["basic"]})
        self.assertEqual(wizard.state()["statusText"], "Ошибка данных")
        return self.failed_step(check, code)

    def test_wrong_basic(self):
        step = self.on_test_contour(self.lrs["endpoint"], "unauthorized", base64.b64encode(b"nobody:knows-this").decode())

        self.assertIn("401", step["observed"])

    def test_wrong_path(self):
        self.on_test_contour(self.lrs["endpoint"].replace("xAPI", "nowhere"), "wrong-path")

    def test_closed_port(self):
        self.on_test_contour(f"http://127.0.0.1:{closed_port()}/data/xAPI", "refused")

    def test_unknown_name(self):
        self.on_test_contour("https://lrs.invalid/data/xAPI", "dns")

    def test_untrusted_certificate(self):
        with TlsFront(self.lrs.port) as front:
            step = self.on_test_contour(front.url("/xAPI/"), "tls")
        self.assertIn("доверия", step["cause"])

    def test_html_answer(self):
        with HtmlServer() as site:
            self.on_test_contour(site.url("/data/xAPI"), "wrong-path")

    def test_html_instead_of_an_lrs_answer(self):
        with HtmlServer(status=400) as site:
            step = self.on_test_contour(site.url("/data/xAPI"), "unexpected-answer")
        self.assertIn("Страница сайта", step["cause"])

    def test_a_server_that_accepts_everything(self):
        with CatchAllServer() as server:
            self.on_test_contour(server.url("/data/xAPI"), "not-validating")

    def test_trouble_on_their_side(self):
        with StatusServer(503) as server:
            self.on_test_contour(server.url("/data/xAPI"), "server-trouble")

    def test_a_store_that_is_disabled(self):
        self.on_test_contour(self.lrs["endpoint"], "forbidden", self.lrs["forbidden"]["basic"])

    def test_slow_server_ends_within_the_minute_and_the_next_check_may_start(self):
        with SlowServer() as server:
            wizard = self.wizard().to_stage_2(server.url("/data/xAPI"))
            began = time.monotonic()
            location = wizard.start_check(2, {"basic": self.lrs["basic"]})
            self.assertEqual(wizard.post("/stages/2/check", {"basic": self.lrs["basic"]}).json["code"],
                             "integration.check-running")
            check = wizard.finished(location)
            self.assertLess(time.monotonic() - began, 65)
        self.failed_step(check, "timeout")
        wizard.override_test_endpoint(self.lrs["endpoint"])
        self.assertEqual(wizard.check(2, {"basic": self.lrs["basic"]})["state"], "passed")

    def test_wrong_s3_secret(self):
        wizard = self.wizard().to_stage_4(self.lrs)

        check = wizard.check(4, self.production(secretKey="another-secret-altogether"))

        self.failed_step(check, "wrong-secret")
        self.assertFalse(wizard.state()["stages"][3]["canContinue"])
        self.assertEqual(wizard.post("/stages/4/continue").json["code"], "integration.not-checked")

    def test_a_bucket_that_is_not_there(self):
        wizard = self.wizard().to_stage_4(self.lrs)

        self.failed_step(wizard.check(4, self.production(storageUrl=self.s3["endpoint"] + "/no-such-bucket")), "no-bucket")

    def test_support_is_told_of_the_failed_step(self):
        wizard = self.wizard().to_stage_2(self.lrs["endpoint"])
        wizard.check(2, {"basic": base64.b64encode(b"nobody:knows-this").decode()})

        body = wizard.get("/letters/support", headers={"User-Agent": "Firefox/140", "Accept-Language": "ru"}).json["body"]

        self.assertIn(self.lrs["endpoint"] + "statements", body)
        self.assertIn("Браузер: Firefox/140", body)
        self.assertNotIn("knows-this", body)


class Guarded(unittest.TestCase):
    """Without the configuration's leave, an address inside is never reached."""

    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd(MODULE).__enter__()
        cls.addClassCleanup(cls.server.__exit__, None, None, None)
        cls.server.json("POST", "/api/v1/projects", {"id": "bas", "title": "Кадры для БАС", "profile": "bas"})

    def refused(self, organization, address):
        wizard = Wizard(self.server, organization).to_stage_2(address)
        return wizard.check(2, {"basic": base64.b64encode(b"key:secret").decode()})["steps"][0]["code"]

    def test_loopback_is_refused(self):
        with TlsFront(closed_port()) as front:
            self.assertEqual(self.refused("loopback", front.url("/xAPI")), "forbidden-address")
            self.assertEqual(front.requests, 0)

    def test_plain_http_is_refused(self):
        with CatchAllServer() as server:
            self.assertEqual(self.refused("plain", server.url("/xAPI")), "forbidden-address")
            self.assertEqual(server.requests, 0)

    def test_a_restart_ends_a_check_that_was_running(self):
        directory_server = Lmsd({**MODULE, **ALLOWED})
        with directory_server as server, SlowServer() as slow:
            server.json("POST", "/api/v1/projects", {"id": "bas", "title": "Кадры для БАС", "profile": "bas"})
            wizard = Wizard(server, "restarted").to_stage_2(slow.url("/xAPI"))
            location = wizard.start_check(2, {"basic": base64.b64encode(b"key:secret").decode()})

            server.kill()
            server.start()

            check = server.json("GET", location, token=wizard.token)
            self.assertEqual((check["state"], check["steps"][-1]["code"]), ("failed", "server-restarted"))
            self.assertEqual(wizard.state()["statusText"], "Ошибка данных")


if __name__ == "__main__":
    unittest.main(verbosity=2)
