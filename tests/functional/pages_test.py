"""What pages live on, of a real lmsd: the menu and the files of modules, event streams of runs and checks, ticks of
uploaded tables, letters that the server sends."""
import base64
import http.client
import json
import pathlib
import shutil
import tempfile
import threading
import time
import unittest
import urllib.parse

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import Certificates, SlowServer
from smtp import MailServer


class Stream:
    """One client of an event stream, as a page would be."""

    def __init__(self, server, path, token, headers=None):
        parts = urllib.parse.urlsplit(server.url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        self.connection.request("GET", path, headers={"Authorization": f"Bearer {token}", **(headers or {})})
        self.response = self.connection.getresponse()
        self.status = self.response.status

    def event(self):
        """The next event's fields; None at the end."""
        fields = {}
        while True:
            line = self.response.readline().decode()
            if not line:
                return None
            if line == "\n":
                if fields:
                    return fields
            elif not line.startswith(":"):
                name, value = line.rstrip("\n").split(": ", 1)
                fields[name] = json.loads(value) if name == "data" else value

    def close(self):
        self.connection.close()
        self.response.close()


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd(SETTINGS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")

    def test_the_menu_has_the_modules_pages_in_order_and_in_the_language_asked_for(self):
        russian, english = (self.server.json("GET", "/api/v1/pages", token=self.demo.token,
                                             headers={"Accept-Language": language})["items"] for language in ("ru", "en"))

        self.assertEqual([page["id"] for page in russian],
                         [f"u2035-{name}" for name in ("integrations", "sso", "morning", "quarantine", "reflections", "readiness",
                                                       "unsendable", "matching", "exports", "statements")])
        self.assertEqual([page["order"] for page in russian], [30, 35, 110, 120, 130, 140, 150, 155, 160, 170])
        self.assertEqual((russian[0]["section"], russian[0]["title"]), ("Организация", "Интеграции с У2035"))
        self.assertEqual((english[0]["section"], english[0]["title"]), ("Organization", "U2035 integrations"))
        self.assertEqual({page["scope"] for page in russian}, {"organization"})
        self.assertEqual(self.server.get("/api/v1/pages", token=None).status, 401)

    def test_every_script_of_the_menu_is_there_for_anybody_and_told_apart_by_its_tag(self):
        for page in self.server.json("GET", "/api/v1/pages", token=self.demo.token)["items"]:
            with self.subTest(page["id"]):
                script = self.server.get(page["script"], token=None)
                self.assertEqual(script.status, 200)
                self.assertEqual(script.headers["content-type"], "text/javascript; charset=utf-8")
                self.assertEqual(script.headers["cache-control"], "no-cache")
                again = self.server.get(page["script"], token=None, headers={"If-None-Match": script.headers["etag"]})
                self.assertEqual(again.status, 304)
        self.assertEqual(self.server.get("/assets/u2035/none.js", token=None).status, 404)
        self.assertEqual(self.server.get("/assets/u2035/..%2Findex.js", token=None).status, 400)

    def test_the_page_may_do_what_the_elements_need_and_no_more(self):
        policy = self.server.get("/", token=None).headers["content-security-policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

        self.assertEqual(rules["default-src"], "'none'")
        for kind in ("script-src", "style-src", "connect-src"):
            self.assertEqual(rules[kind], "'self'")
        self.assertEqual(rules["img-src"], "'self' data:")

    def test_a_night_is_followed_to_its_end(self):
        run = self.demo.json("POST", "/runs", {})
        stream = Stream(self.server, f"{self.demo.u2035}/runs/{run['id']}/events", self.demo.token)
        self.addCleanup(stream.close)

        self.assertEqual(stream.status, 200)
        self.assertTrue(stream.response.headers["content-type"].startswith("text/event-stream"))
        events = list(iter(stream.event, None))

        self.assertEqual({event["event"] for event in events}, {"state"})
        self.assertEqual(events[-1]["data"], self.demo.json("GET", f"/runs/{run['id']}"))
        self.assertEqual((events[-1]["data"]["state"], events[-1]["id"]), ("done", "final"))
        self.assertNotIn("progress", events[-1]["data"])
        for event in events[:-1]:
            self.assertIn(event["data"]["state"], ("queued", "running"))
            self.assertEqual("progress" in event["data"], event["data"]["state"] == "running")
        self.assertEqual(Stream(self.server, f"{self.demo.u2035}/runs/{run['id']}/events", self.demo.token,
                                {"Last-Event-ID": "final"}).status, 204)
        self.assertEqual(self.server.get(f"{self.demo.u2035}/runs/999999/events", token=self.demo.token).status, 404)

    def test_a_table_is_ticked_when_it_is_uploaded(self):
        night = self.demo.run({"only": "tables"})
        export = self.demo.json("GET", f"/exports/{night['id']}")
        by_hand = [file for file in export["files"] if file.get("upload")]
        self.assertTrue(by_hand)
        self.assertEqual([file["uploaded"] for file in by_hand], [None] * len(by_hand))
        self.assertEqual([file["name"] for file in export["files"] if not file.get("upload") and "uploaded" in file], [])

        ticked = self.demo.json("POST", f"/exports/{night['id']}/files/{by_hand[0]['name']}/uploaded", {"uploaded": True})
        self.assertEqual(ticked["uploaded"]["by"], "token:nights-demo")
        shown = self.demo.json("GET", f"/exports/{night['id']}")["files"]
        self.assertIn(ticked, shown)

        other = next(file for file in export["files"] if not file.get("upload"))
        refused = self.server.post(f"{self.demo.u2035}/exports/{night['id']}/files/{other['name']}/uploaded",
                                   {"uploaded": True}, token=self.demo.token)
        self.assertEqual((refused.status, refused.json["code"]), (409, "export.not-for-upload"))


class Streams(unittest.TestCase):
    """Checks of an LRS that says nothing go on for a minute: time enough to look at their streams."""

    def start(self, **settings):
        server = Lmsd({**SETTINGS, **settings})
        self.addCleanup(server.clean)
        server.start()
        slow = SlowServer()
        slow.__enter__()
        self.addCleanup(slow.__exit__, None, None, None)
        server.create_project()
        server.create_organization("demo", projects="bas", participation="bas")
        demo = Organization(server, "demo")
        endpoints = f"{demo.u2035}/integrations/bas/endpoints"
        server.put(endpoints, {"test": slow.url("/xAPI")}, etag=server.get(endpoints).headers["etag"])
        demo.press("/open")
        demo.press("/stages/1/continue")
        check = demo.press("/stages/2/check", {"basic": base64.b64encode(b"key:secret").decode()}, status=202)
        return server, demo, f"{demo.u2035}/integrations/bas/checks/{check['id']}/events"

    def test_beyond_the_pool_pages_are_told_to_poll_and_a_place_is_free_when_one_leaves(self):
        server, demo, path = self.start(**{"http.max_streams": 2})
        streams = [Stream(server, path, demo.token) for _ in range(2)]
        for stream in streams:
            self.addCleanup(stream.close)
            self.assertEqual(stream.event()["data"]["state"], "running")

        refused = server.get(path, token=demo.token)
        self.assertEqual((refused.status, refused.json["code"]), (503, "too-many-streams"))
        self.assertGreater(int(refused.headers["retry-after"]), 0)
        self.assertEqual(demo.json("GET", path.removeprefix(demo.u2035).removesuffix("/events"))["state"], "running")

        streams[0].close()
        deadline = time.monotonic() + 10
        while True:  # the server sees within a second or so that a client has left
            again = Stream(server, path, demo.token)
            self.addCleanup(again.close)
            if again.status == 200 or time.monotonic() > deadline:
                break
            time.sleep(0.05)
        self.assertEqual(again.status, 200)

    def test_the_servers_stop_ends_streams_and_is_not_kept_waiting(self):
        server, demo, path = self.start()
        stream = Stream(server, path, demo.token)
        self.addCleanup(stream.close)
        self.assertEqual(stream.event()["data"]["state"], "running")
        ended = threading.Event()

        def read_on():
            try:
                while stream.event():
                    pass
            except (http.client.HTTPException, OSError):
                pass
            ended.set()

        reader = threading.Thread(target=read_on)
        reader.start()
        began = time.monotonic()
        self.assertEqual(server.stop(), 0)
        self.assertLess(time.monotonic() - began, 15)
        self.assertTrue(ended.wait(10))
        reader.join()

    def test_what_the_check_found_is_the_last_event(self):
        server, demo, path = self.start()
        stream = Stream(server, path, demo.token)
        self.addCleanup(stream.close)
        self.assertEqual(stream.event()["data"]["state"], "running")

        demo.press("/disconnect", {"confirm": True})
        events = list(iter(stream.event, None))

        self.assertEqual(events[-1]["data"]["state"], "failed")
        self.assertEqual(events[-1]["id"], "final")


class Letters(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="letters-"))
        self.addCleanup(shutil.rmtree, self.folder)
        authority = Certificates(self.folder)
        self.mail = MailServer(*authority.issue("server", "DNS:localhost")).__enter__()
        self.addCleanup(self.mail.__exit__, None, None, None)
        (self.folder / "mail.password").write_text(MailServer.password)
        self.settings = {**SETTINGS, "outbound.ca_file": authority.ca, "alarms.mail.server": "localhost",
                         "alarms.mail.port": self.mail.port, "alarms.mail.user": self.mail.user,
                         "alarms.mail.password": f"file:{self.folder / 'mail.password'}",
                         "alarms.mail.from": "lmsd@example.org"}

    def start(self, senders):
        server = Lmsd({**self.settings, **({"mail.organization_senders": senders} if senders else {})})
        self.addCleanup(server.clean)
        server.start()
        server.create_project()
        server.create_organization("demo", projects="bas", participation="bas", corporateEmail="office@college.example")
        demo = Organization(server, "demo")
        demo.press("/open")
        return server, demo

    def test_a_letter_goes_once_from_the_corporate_address(self):
        server, demo = self.start("demo:@college.example")
        path = "/integrations/bas/letters/test-access"
        letter = demo.json("GET", path)
        self.assertTrue(letter["canSend"], letter)

        sent = [demo.json("POST", path + "/send", {}, headers={"Idempotency-Key": "press-1"}) for _ in range(2)]

        self.assertEqual(sent[0], sent[1])
        self.assertEqual((sent[0]["sent"], sent[0]["to"], sent[0]["from"]),
                         (True, letter["to"], "office@college.example"))
        message, = self.mail.wait(1)
        self.assertEqual(message["from"].addresses[0].addr_spec, "office@college.example")
        self.assertEqual(message["to"].addresses[0].addr_spec, letter["to"])
        self.assertEqual(message["subject"], letter["subject"])
        self.assertEqual(message.get_content().replace("\r\n", "\n"), letter["body"])
        stage = demo.json("GET", "/integrations/bas")["stages"][0]
        self.assertEqual(stage["reminder"]["copiedAt"], sent[0]["at"])

    def test_without_the_administrators_leave_the_reason_is_told_and_nothing_goes(self):
        for senders, words in (("", "administrator"), ("other:@college.example", "mail.organization_senders")):
            with self.subTest(senders):
                server, demo = self.start(senders)
                letter = demo.json("GET", "/integrations/bas/letters/test-access", headers={"Accept-Language": "en"})
                self.assertFalse(letter["canSend"])
                self.assertIn(words, letter["cannotSend"])
                refused = server.post(demo.u2035 + "/integrations/bas/letters/test-access/send", {}, token=demo.token)
                self.assertEqual((refused.status, refused.json["detail"]), (409, letter["cannotSend"]))
        self.assertEqual(self.mail.wait(0), [])


if __name__ == "__main__":
    unittest.main()
