"""lmsd killed, and its disk full, while a person's press is under way: a letter of the wizard, and «загружено» at a file. What
was answered stands, nothing is there by halves, and the next start goes on."""
import http.client
import itertools
import pathlib
import random
import shutil
import tempfile
import threading
import unittest

from disk import Disk
from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import Certificates
from smtp import MailServer

GONE = (OSError, http.client.HTTPException)  # what a request to a server that is killed gives
LETTER = "/integrations/bas/letters/test-access"


class HeldMail(MailServer):
    """Waits at one step, until it is let go on."""

    def __init__(self, *pair):
        super().__init__(*pair)
        self.hold, self.held, self.on = None, threading.Event(), threading.Event()

    def hold_at(self, step):
        self.held.clear()
        self.on.clear()
        self.hold = step

    def go_on(self):
        self.hold = None
        self.on.set()

    def before(self, step):
        if step == self.hold:
            self.held.set()
            self.on.wait(60)


def whole(test, server):
    """The database and the journal's chain are sound."""
    test.assertEqual(server.query("PRAGMA integrity_check"), [("ok",)])
    server.lmsctl("journal", "verify")


def small_disk(test, server, megabytes=24):
    """The server's data on a small disk of their own from now on; the test is left out where that isn't allowed."""
    server.stop()
    disk = Disk(server.directory / "data", megabytes)
    test.addCleanup(disk.unmount)
    test.addCleanup(server.kill)
    if not disk.mount():
        test.skipTest("a small disk can be mounted by root only")
    server.start()
    return disk


class Letter(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="letters-"))
        self.addCleanup(shutil.rmtree, folder)
        authority = Certificates(folder)
        self.mail = HeldMail(*authority.issue("server", "DNS:localhost")).__enter__()
        self.addCleanup(self.mail.__exit__, None, None, None)
        self.addCleanup(self.mail.go_on)
        (folder / "mail.password").write_text(MailServer.password)
        self.server = Lmsd({**SETTINGS, "outbound.ca_file": authority.ca, "alarms.mail.server": "localhost",
                            "alarms.mail.port": self.mail.port, "alarms.mail.user": self.mail.user,
                            "alarms.mail.password": f"file:{folder / 'mail.password'}", "alarms.mail.from": "lmsd@example.org",
                            "mail.organization_senders": "demo:@college.example"})
        self.addCleanup(self.server.clean)
        self.server.start()
        self.server.create_project()
        self.server.create_organization("demo", projects="bas", participation="bas", corporateEmail="office@college.example")
        self.demo = Organization(self.server, "demo")
        self.demo.press("/open")

    def send(self, key):
        return self.server.post(self.demo.u2035 + LETTER + "/send", {}, token=self.demo.token, headers={"Idempotency-Key": key})

    def press_until(self, step, key):
        """The letter is sent until the mail server holds it up at that step; gives what waits for the answer."""
        self.mail.hold_at(step)
        answers = []

        def press():
            try:
                answers.append(self.send(key))
            except GONE:
                answers.append(None)

        thread = threading.Thread(target=press)
        thread.start()
        self.assertTrue(self.mail.held.wait(30), "the letter did not come as far as that")

        def answer():
            thread.join(60)
            return answers[0]
        return answer

    def sent_in_all(self):
        """How many letters the journal and the set-up know of."""
        actions = [row["action"] for row in self.server.json("GET", "/api/v1/journal?limit=200")["items"]]
        return actions.count("integration.letter-sent"), "reminder" in self.demo.json("GET", "/integrations/bas")["stages"][0]

    def killed_at(self, step):
        answer = self.press_until(step, "press-1")
        self.server.kill()
        self.mail.go_on()
        self.assertIsNone(answer())
        self.server.start()
        whole(self, self.server)
        self.assertEqual(self.sent_in_all(), (0, False), "nothing is told that nobody knows")

    def test_killed_before_the_mail_server_took_it_the_letter_goes_at_the_next_press(self):
        self.killed_at("DATA")
        self.assertEqual(self.mail.wait(0), [])

        self.assertEqual(self.send("press-1").status, 202)

        self.assertEqual(len(self.mail.wait(1)), 1)
        self.assertEqual(self.sent_in_all(), (1, True))

    def test_killed_before_its_answer_the_next_press_sends_the_same_letter(self):
        self.killed_at("taken")
        self.assertEqual(len(self.mail.wait(1)), 1)

        again = self.send("press-2")

        self.assertEqual(again.status, 202, again)
        first, second = self.mail.wait(2)
        self.assertEqual(first["Message-ID"], second["Message-ID"], "one letter to whoever gets both")
        self.assertEqual(first.get_content(), second.get_content())
        self.assertEqual(self.sent_in_all(), (1, True))
        self.assertEqual(self.send("press-2").json, again.json)
        self.assertEqual(len(self.mail.wait(2)), 2, "answered again, not sent again")

    def test_on_a_full_disk_no_letter_leaves_and_with_room_again_it_does(self):
        disk = small_disk(self, self.server)
        disk.fill(0)
        self.exhaust()

        refused = self.send("press-1")

        self.assertGreaterEqual(refused.status, 500, refused)
        self.assertIn("full", refused.json["detail"])
        self.assertEqual(self.mail.wait(0), [], "a letter left that nobody could have put down")
        disk.free()
        self.assertEqual(self.send("press-1").status, 202)
        self.assertEqual(len(self.mail.wait(1)), 1)
        self.assertEqual(self.sent_in_all(), (1, True))
        whole(self, self.server)

    def test_a_disk_that_fills_while_the_letter_is_under_way_makes_no_second_letter(self):
        disk = small_disk(self, self.server)
        answer = self.press_until("taken", "press-1")
        disk.fill(0)
        self.exhaust()
        self.mail.go_on()
        refused = answer()

        self.assertGreaterEqual(refused.status, 500, refused)
        self.server.kill()
        disk.free()
        self.server.start()
        whole(self, self.server)
        self.assertEqual(self.send("press-1").status, 202)
        first, second = self.mail.wait(2)
        self.assertEqual(first["Message-ID"], second["Message-ID"])
        self.assertEqual(self.sent_in_all(), (1, True))

    def exhaust(self):
        """What room SQLite has of its own is written full as well."""
        for i in range(20000):
            answer = self.server.post("/api/v1/projects", {"id": f"p{i}", "title": "Проект" * 20, "profile": "bas"}, timeout=60)
            if answer.status >= 500:
                return
        self.fail(f"the disk does not fill: {answer}")


class Tick(unittest.TestCase):
    def setUp(self):
        self.server = Lmsd(SETTINGS)
        self.addCleanup(self.server.clean)
        self.server.start()
        self.server.lmsctl("demo", "load", "demo")
        self.demo = Organization(self.server, "demo")
        self.run_id = self.demo.run({"only": "tables"})["id"]
        self.names = [name for name, row in self.files().items() if row.get("upload")]
        self.assertGreater(len(self.names), 3)

    def files(self):
        return {row["name"]: row for row in self.demo.json("GET", f"/exports/{self.run_id}")["files"]}

    def ticked(self):
        return {name for name, row in self.files().items() if row.get("uploaded")}

    def tick(self, name, on=True):
        return self.server.post(f"{self.demo.u2035}/exports/{self.run_id}/files/{name}/uploaded", {"uploaded": on}, token=self.demo.token)

    def test_killed_while_people_tick_what_was_answered_stands(self):
        chance = random.Random(2035)
        for life in range(8):
            answered, asked = {}, {}  # file → as it was last answered, asked
            over = threading.Event()

            def person(names):
                for on, name in itertools.cycle((on, name) for on in (True, False) for name in names):
                    asked[name] = on
                    try:
                        if self.tick(name, on).status != 200:
                            return
                    except GONE:
                        return
                    answered[name] = on
                    if over.is_set():
                        return

            people = [threading.Thread(target=person, args=(self.names[i::3],)) for i in range(3)]
            for one in people:
                one.start()
            threading.Event().wait(chance.uniform(0.05, 0.6))
            self.server.kill()
            over.set()
            for one in people:
                one.join()

            self.server.start()
            whole(self, self.server)
            ticked = self.ticked()
            for name, on in answered.items():
                if asked[name] == on:
                    self.assertEqual(name in ticked, on, f"life {life}: {name}")
            for name in self.names:
                self.assertEqual(self.tick(name, False).status, 200)
            self.assertEqual(self.ticked(), set())

    def test_on_a_full_disk_a_tick_is_refused_or_stands_and_is_taken_once_there_is_room(self):
        disk = small_disk(self, self.server, 64)
        disk.fill(0)
        name = self.names[0]
        state, refused = False, None
        for i in range(20000):
            wanted = i % 2 == 0
            answer = self.tick(name, wanted)
            if answer.status != 200:
                refused = answer
                break
            state = wanted
        self.assertIsNotNone(refused, "the disk does not fill")
        self.assertGreaterEqual(refused.status, 500, refused)
        self.assertIn("full", refused.json["detail"])

        self.server.kill()
        disk.free()
        self.server.start()
        whole(self, self.server)
        self.assertIn(name in self.ticked(), (state, not state))
        self.assertEqual(self.tick(name).status, 200)
        self.assertEqual(self.ticked(), {name})
        rows = [row for row in self.server.json("GET", "/api/v1/journal?limit=5")["items"] if row["action"] == "export.file-uploaded"]
        self.assertTrue(rows, "the tick is not in the journal")


if __name__ == "__main__":
    unittest.main(verbosity=2)
