"""Alarms of a real lmsd: mail over TLS and a webhook, one message for each cause until it is over, whatever dies."""
import contextlib
import hashlib
import hmac
import json
import pathlib
import shutil
import sqlite3
import tempfile
import threading
import time
import unittest

from lmsd import BUILD, Lmsd
from peers import CatchAllServer, Certificates, HttpPeer
from smtp import MailServer


class Hook(HttpPeer):
    """A webhook that keeps what it was sent."""

    def __init__(self):
        super().__init__()
        self.calls = []
        self.arrived = threading.Condition()

    def answer(self, request):
        with self.arrived:
            self.calls.append((dict(request.headers), request.body))
            self.arrived.notify_all()
        request.reply(204, "text/plain", b"")

    def wait(self, count, timeout=30):
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.calls) >= count, timeout)
            return [(headers, json.loads(body)) for headers, body in self.calls]


class Alarms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="alarms-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        (cls.folder / "own").mkdir()
        (cls.folder / "other").mkdir()
        cls.authority = Certificates(cls.folder / "own")
        cls.good = cls.authority.issue("server", "DNS:localhost")
        cls.strange = Certificates(cls.folder / "other").issue("server", "DNS:localhost")
        (cls.folder / "mail.password").write_text(MailServer.password + "\n")
        (cls.folder / "hook.secret").write_text("of the server\n")

    def start(self, mail, hook, **settings):
        server = Lmsd({"modules.load": "hello", "outbound.ca_file": self.authority.ca, "outbound.allow_http": "true",
                       "outbound.allow_private_addresses": "true", "alarms.mail.server": "localhost",
                       "alarms.mail.port": mail.port, "alarms.mail.user": mail.user,
                       "alarms.mail.password": f"file:{self.folder / 'mail.password'}",
                       "alarms.mail.from": "lmsd@example.org", "alarms.mail.to": "ops@example.org",
                       "alarms.webhook.url": hook.url("/alarms"),
                       "alarms.webhook.secret": f"file:{self.folder / 'hook.secret'}", **settings},
                      modules=BUILD / "tests/hello")
        self.addCleanup(server.clean)
        return server.start()

    def enter(self, context):
        self.addCleanup(context.__exit__, None, None, None)
        return context.__enter__()

    def complain(self, server, guest="anna", organization=""):
        self.assertEqual(server.post(f"/api/v1/hello/{guest}/complaint?organization={organization}", token=None,
                                     body={"why": "шумно"}).status, 204)

    def wait_for(self, server, states, timeout=30):
        """Until the messages of all alarms are as given: (channel, kind, state)."""
        deadline = time.monotonic() + timeout
        while True:
            now = sorted((message["channel"], message["kind"], message["state"])
                         for item in server.get("/api/v1/alarms?state=all").json["items"] for message in item["messages"])
            if now == states or time.monotonic() > deadline:
                return self.assertEqual(now, states)
            time.sleep(0.05)

    def test_one_cause_is_told_once_whatever_restarts_and_once_more_when_it_is_over(self):
        mail, hook = self.enter(MailServer(*self.good)), self.enter(Hook())
        server = self.start(mail, hook)

        self.complain(server)
        opened, = mail.wait(1)
        self.assertEqual(opened.recipient, "ops@example.org")
        self.assertEqual(str(opened["Subject"]), "[lmsd] Тревога: Гость недоволен")
        self.assertIn("Что сделать: Поговорите с ним.", opened.get_content())
        (headers, call), = hook.wait(1)
        self.assertEqual((call["event"], call["alarm"]["key"]), ("alarm.opened", "hello/complaint/anna"))
        self.assertEqual(headers["X-Lmsd-Signature"],
                         "sha256=" + hmac.new(b"of the server", hook.calls[0][1], hashlib.sha256).hexdigest())

        # Killed between the answer and its record it would send the same id again.
        self.wait_for(server, [("mail", "opened", "sent"), ("webhook", "opened", "sent")])
        server.kill()
        server.start()
        self.complain(server)
        self.assertEqual(server.stop(), 0)
        server.start()
        # What the restarts might send again comes before this one.
        self.complain(server, "boris")
        self.assertEqual([str(message["Subject"]) for message in mail.wait(2)], [str(opened["Subject"])] * 2)
        self.assertEqual([body["alarm"]["key"] for _, body in hook.wait(2)],
                         ["hello/complaint/anna", "hello/complaint/boris"])

        self.assertEqual(server.delete("/api/v1/hello/anna/complaint", token=None).status, 204)
        closed = mail.wait(3)[2]
        self.assertEqual(str(closed["Subject"]), "[lmsd] Закончилось: Гость недоволен")
        self.assertEqual(closed["In-Reply-To"], opened["Message-ID"])
        self.assertEqual(hook.wait(3)[2][1]["event"], "alarm.closed")
        self.assertEqual(len(mail.taken), 3)
        self.assertEqual(len({body["id"] for _, body in hook.wait(3)}), 3)
        items = server.get("/api/v1/alarms?state=all").json["items"]
        self.assertEqual([(item["key"], item["state"]) for item in items],
                         [("hello/complaint/boris", "open"), ("hello/complaint/anna", "closed")])
        self.assertIn('lmsd_alarms_open{code="guest-complains"} 1', server.health("/metrics").text)
        check, = [c for c in server.health().json["checks"] if c["name"] == "alarms"]
        self.assertEqual((check["ok"], check["detail"]), (True, "open: 1"))

    def test_a_certificate_that_is_not_trusted_leaves_the_message_waiting_and_says_why(self):
        mail, hook = self.enter(MailServer(*self.strange)), self.enter(CatchAllServer())
        server = self.start(mail, hook)

        test = server.post("/api/v1/alarms/test").json["items"][0]
        self.assertEqual((test["channel"], test["outcome"]), ("mail", "failed"))
        self.assertIn("not trusted", test["problem"])
        self.assertIn("outbound.ca_file", test["fix"])
        self.complain(server)
        self.wait_for(server, [("mail", "opened", "pending"), ("webhook", "opened", "sent")])
        waiting = next(m for m in server.get("/api/v1/alarms").json["items"][0]["messages"] if m["channel"] == "mail")
        self.assertIn("not trusted", waiting["problem"])
        self.assertEqual(mail.taken, [])

        # The other side sets it right, and the server is started anew: what waits goes at once, and once.
        mail.use(*self.good)
        server.kill()
        server.start()
        message, = mail.wait(1)
        self.assertEqual(str(message["Subject"]), "[lmsd] Тревога: Гость недоволен")

    def test_an_organization_tells_its_own_people(self):
        mail, hook = self.enter(MailServer(*self.good)), self.enter(Hook())
        server = self.start(mail, hook, **{"alarms.mail.to": "", "alarms.webhook.url": ""})
        for organization in ("demo", "other"):
            server.create_organization(organization)
        path = "/api/v1/organizations/demo/alarms"

        etag = server.get(f"{path}/recipients").headers["etag"]
        put = server.put(f"{path}/recipients", {"mails": ["anna@example.org"],
                                                "webhook": {"url": hook.url("/demo"), "secret": "of the organization"}},
                         etag=etag)
        self.assertEqual(put.status, 200, put)
        self.assertNotIn("of the organization", put.text)
        self.complain(server, "vera", "other")
        self.complain(server, "anna", "demo")
        message, = mail.wait(1)
        self.assertEqual(message.recipient, "anna@example.org")
        self.assertIn("Организация: demo", message.get_content())
        (headers, call), = hook.wait(1)
        self.assertEqual(headers["X-Lmsd-Signature"],
                         "sha256=" + hmac.new(b"of the organization", hook.calls[0][1], hashlib.sha256).hexdigest())
        self.assertEqual([item["key"] for item in server.get(path).json["items"]], ["hello/complaint/anna"])
        csv = server.get(path, headers={"Accept": "text/csv"}).text
        self.assertIn("guest-complains", csv)
        self.assertNotIn("of the organization", server.log() + json.dumps(server.get("/api/v1/journal").json))

    def test_an_address_inside_the_network_is_not_called_for_an_organization(self):
        mail, hook = self.enter(MailServer(*self.good)), self.enter(Hook())
        server = self.start(mail, hook, **{"outbound.allow_private_addresses": "false", "alarms.mail.to": "",
                                           "alarms.webhook.url": ""})
        server.create_organization("demo")
        path = "/api/v1/organizations/demo/alarms"
        server.put(f"{path}/recipients", {"webhook": {"url": hook.url("/inside")}}, etag='"0"')

        answer, = server.post(f"{path}/test").json["items"]
        self.assertEqual(answer["outcome"], "failed")
        self.assertTrue(answer["problem"])
        self.assertEqual(hook.calls, [])

    def test_a_night_that_was_missed_while_the_server_was_down_is_told_at_the_start(self):
        mail, hook = self.enter(MailServer(*self.good)), self.enter(Hook())
        server = self.start(mail, hook, **{"schedule.misfire_grace": "1s", "alarms.webhook.url": ""})
        self.assertEqual(server.stop(), 0)
        with contextlib.closing(sqlite3.connect(server.database)) as database, database:
            database.execute("UPDATE job SET known_since = known_since - 3 * 86400 * 1000000 WHERE name = 'hello.count'")
        server.start()

        message, = mail.wait(1)
        self.assertEqual(str(message["Subject"]), "[lmsd] Тревога: Задание hello.count не началось вовремя")
        self.assertIn("T04:00:00+03:00", message.get_content())
        server.lmsctl("jobs", "run", "hello.count")
        server.kill()
        server.start()
        self.assertEqual(str(mail.wait(2)[1]["Subject"]), "[lmsd] Закончилось: Задание hello.count не началось вовремя")

    def test_a_service_outside_hears_of_a_good_run(self):
        mail, pings = self.enter(MailServer(*self.good)), self.enter(Hook())
        server = self.start(mail, pings, **{"alarms.heartbeat.job": "hello.count", "alarms.webhook.url": "",
                                            "alarms.heartbeat.url": pings.url("/ping/of-the-night")})
        server.lmsctl("jobs", "run", "hello.count")
        server.kill()
        server.start()
        with pings.arrived:
            self.assertTrue(pings.arrived.wait_for(lambda: pings.calls, 30))
        self.assertNotIn("of-the-night", server.log())

    def test_a_module_that_does_not_run_is_an_alarm(self):
        mail, hook = self.enter(MailServer(*self.good)), self.enter(Hook())
        self.start(mail, hook, **{"modules.load": "hello, absent"})

        message, = mail.wait(1)
        self.assertEqual(str(message["Subject"]), "[lmsd] Тревога: Модуль absent не работает")


if __name__ == "__main__":
    unittest.main()
