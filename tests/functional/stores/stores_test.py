"""Contours and stores against real Learning Lockers: a "production" contour that turns out to be the test one, everything
sent again to another store exactly once; and the same store gone on with after «Отключить», in doubt included."""
import http.client
import json
import time
import unittest
import urllib.parse

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import HttpPeer, LearningLocker, Radosgw, TlsFront


def stored(lrs, ids):
    """id → statement as the LRS has it, None where it hasn't."""
    address = urllib.parse.urlsplit(lrs["endpoint"].rstrip("/") + "/statements")
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    headers = {"Authorization": f"Basic {lrs['production']['basic']}", "X-Experience-API-Version": "1.0.3"}
    found = {}
    for one in ids:
        connection.request("GET", f"{address.path}?statementId={one}", headers=headers)
        response = connection.getresponse()
        body = response.read()
        found[one] = json.loads(body) if response.status == 200 else None
    connection.close()
    return found


def how_many(lrs):
    """Statements in the LRS."""
    address = urllib.parse.urlsplit(lrs["endpoint"].rstrip("/") + "/statements?limit=500")
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    headers = {"Authorization": f"Basic {lrs['production']['basic']}", "X-Experience-API-Version": "1.0.3"}
    count, query = 0, f"{address.path}?{address.query}"
    while query:
        connection.request("GET", query, headers=headers)
        page = json.loads(connection.getresponse().read())
        count += len(page["statements"])
        more = urllib.parse.urlsplit(page.get("more") or "")
        query = f"{address.path}?{more.query}" if more.query else ""
    connection.close()
    return count


def told_of(counts):
    """Accepted by the store, those that were read back since included."""
    return counts["accepted"] + counts["confirmed"]


class AnswerLoser(HttpPeer):
    """In front of an LRS: everything passes, until the answer to one batch is lost and nobody answers any more."""

    def __init__(self, lrs):
        super().__init__()
        self.target = urllib.parse.urlsplit(lrs["endpoint"])
        self.batches = None  # of statements that still get their answer

    def answer(self, request):
        batch = request.command == "POST" and request.body.startswith(b"[")
        if batch and self.batches is not None and self.batches < 0:
            return request.reply(503, "text/plain", b"closed for today")
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=60)
        headers = {name: request.headers[name] for name in ("Authorization", "X-Experience-API-Version", "Content-Type")
                   if request.headers[name]}
        connection.request(request.command, request.path, request.body or None, headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        if batch and self.batches is not None:
            self.batches -= 1
            if self.batches < 0:
                request.close_connection = True
                return None
        return request.reply(response.status, response.headers["Content-Type"] or "application/json", body)


class Stores(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.s3 = cls.enter(Radosgw())
        cls.front = cls.enter(TlsFront(cls.s3.port))

    @classmethod
    def enter(cls, peer):
        peer.__enter__()
        cls.addClassCleanup(peer.__exit__, None, None, None)
        return peer

    def organization(self, **settings):
        server = Lmsd({**SETTINGS, "outbound.ca_file": self.front.ca,
                       "module.u2035.storage.public_base": f"https://127.0.0.1:{self.front.port}/{{bucket}}/", **settings})
        server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)
        server.lmsctl("demo", "load", "demo")
        return Organization(server, "demo")

    def rows(self, demo, store, states=("accepted", "confirmed")):
        marks = ",".join("?" * len(states))
        return dict(demo.server.query(
            f"SELECT o.statement_id, s.bytes FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq"
            f" WHERE o.store_id = ? AND o.state IN ({marks})", store, *states))

    def test_what_went_to_test_is_sent_again_exactly_once(self):
        mistaken, production = self.enter(LearningLocker()), self.enter(LearningLocker())
        demo = self.organization()
        demo.to_stage_4(mistaken)

        refused = demo.press("/stages/4/check", demo.production(mistaken, self.s3, endpoint=mistaken["testEndpoint"]),
                             status=422)
        self.assertEqual([e["pointer"] for e in refused["errors"]], ["/endpoint"])

        # An address that nobody knows as the test one: the night believes it.
        demo.check(4, demo.production(mistaken, self.s3))
        first = demo.press("/stages/4/continue")["storeId"]
        night = demo.run({"only": "statements"})
        self.assertEqual(night["state"], "done", night)
        sent = self.rows(demo, first)
        self.assertGreater(len(sent), 500)
        self.assertEqual(how_many(mistaken), len(sent))

        # University 2035 says that it was the test contour.
        path = f"{demo.u2035}/stores/{first}"
        before = demo.server.get(path, token=demo.token)
        self.assertEqual((before.json["contour"], told_of(before.json["counts"])), ("production", len(sent)))
        declared = demo.server.post(path + "/contour", {"contour": "test", "comment": "Письмо: это тестовый LRS"},
                                    token=demo.token, headers={"If-Match": before.headers["etag"]})
        self.assertEqual((declared.status, declared.json["contour"]), (200, "test"), declared)
        self.assertEqual(demo.json("GET", "/integrations/bas")["status"], "not-done")
        tables = demo.run({"only": "tables"})
        paths = [f["path"] for f in demo.json("GET", f"/exports/{tables['id']}")["files"]]
        self.assertTrue(paths)
        self.assertFalse([p for p in paths if "already-sent" in p], "nothing counts as sent")
        refused = demo.server.post(demo.u2035 + "/resend", {"project": "bas", "dryRun": True}, token=demo.token)
        self.assertEqual((refused.status, refused.json["code"]), (409, "resend.no-production"), refused)

        # Set up anew: the mistaken door is closed, another store asks with its counts.
        demo.to_stage_4(production)
        refused = demo.press("/stages/4/check", demo.production(mistaken, self.s3), status=422)
        self.assertEqual(refused["code"], "integration.declared-test")
        check = demo.check(4, demo.production(production, self.s3))
        known = next(s for s in check["steps"] if s["name"] == "lrs.known")
        self.assertEqual(known["observed"], "Asked 5, found 0, missing 5")
        asked = demo.press("/stages/4/continue", status=409)
        self.assertEqual(asked["code"], "integration.same-store-required")
        self.assertEqual(asked["current"]["dueAgain"], len(sent))
        self.assertEqual(demo.press("/stages/4/continue", {"sameStore": False, "expected": 1}, status=409)["code"],
                         "integration.confirm-counts")
        second = demo.press("/stages/4/continue", {"sameStore": False, "expected": len(sent)})["storeId"]
        self.assertNotEqual(second, first)

        counted = demo.json("POST", "/resend", {"project": "bas", "dryRun": True})
        self.assertEqual((counted["expected"], counted["total"]["testOnly"], counted["complete"]),
                         (len(sent), len(sent), True), counted)
        self.assertEqual(counted["total"]["canGo"], len(sent), counted["total"])
        self.assertEqual(sum(one["testOnly"] for one in counted["byLearner"]), len(sent))
        changed = demo.server.post(demo.u2035 + "/resend", {"project": "bas", "expected": len(sent) + 1}, token=demo.token)
        self.assertEqual((changed.status, changed.json["code"]), (409, "resend.counts-changed"))
        started = demo.json("POST", "/resend", {"project": "bas", "expected": len(sent)})
        run = demo.wait(demo.server.json("GET", started["run"], token=demo.token))
        self.assertEqual((run["state"], run["arguments"]), ("done", {"only": "statements", "resend": "bas"}), run)

        again = self.rows(demo, second)
        self.assertEqual(set(again), set(sent), "the same records, under the same ids")
        self.assertEqual(how_many(production), len(sent), "each once")
        self.assertEqual(how_many(mistaken), len(sent), "and none more there")
        self.assertNotIn(None, stored(production, list(sent)[:40]).values())
        counted = demo.json("POST", "/resend", {"project": "bas", "dryRun": True})
        self.assertEqual((counted["expected"], counted["byKind"]), (0, []))
        nothing = demo.server.post(demo.u2035 + "/resend", {"project": "bas", "expected": 0}, token=demo.token)
        self.assertEqual((nothing.status, nothing.json["code"]), (409, "resend.nothing"), nothing)
        self.assertEqual({s["id"]: s["contour"] for s in demo.items("/stores")}, {first: "test", second: "production"})

    def test_the_same_store_goes_on_with_the_same_bytes(self):
        lrs = self.enter(LearningLocker())
        demo = self.organization(**{"module.u2035.retry.patience": "2s", "module.u2035.batch.sessions": "1"})
        with AnswerLoser(lrs) as door:
            demo.to_stage_4(lrs)
            demo.check(4, demo.production(lrs, self.s3, endpoint=door.url("/xAPI/")))
            first = demo.press("/stages/4/continue")["storeId"]
            door.batches = 3
            demo.run({"only": "statements"})
        told = self.rows(demo, first)
        doubtful = self.rows(demo, first, ("in_doubt",))
        waiting = self.rows(demo, first, ("waiting",))
        self.assertTrue(told and doubtful and waiting, (len(told), len(doubtful), len(waiting)))
        self.assertEqual(how_many(lrs), len(told) + len(doubtful), "what is in doubt had arrived")

        demo.press("/disconnect", {"confirm": True})
        demo.to_stage_4(lrs)
        check = demo.check(4, demo.production(lrs, self.s3))
        known = next(s for s in check["steps"] if s["name"] == "lrs.known")
        self.assertEqual(known["observed"], "Asked 5, found 5, missing 0")
        store = demo.press("/stages/4/continue", status=409)["current"]["earlierStores"][0]
        self.assertEqual((store["id"], told_of(store["counts"]), store["counts"]["inDoubt"], store["counts"]["waiting"]),
                         (first, len(told), len(doubtful), len(waiting)))
        against = demo.press("/stages/4/continue", {"sameStore": False, "expected": len(told) + len(doubtful)}, status=409)
        self.assertEqual(against["code"], "integration.store-evidence")
        self.assertEqual(demo.press("/stages/4/continue", {"sameStore": True})["storeId"], first)

        # What is in doubt has a time before which it isn't sent: a night may leave it to the next one.
        nights = [demo.run({"only": "statements"})]
        deadline = time.monotonic() + 120
        while nights[-1]["state"] != "done" and time.monotonic() < deadline:
            nights.append(demo.run({"only": "statements"}))

        self.assertEqual(nights[-1]["state"], "done", nights)
        self.assertEqual(sum(night["counts"]["delivered"] for night in nights), len(doubtful) + len(waiting),
                         "nothing accepted is sent again")
        self.assertEqual(sum(night["counts"]["refused"] for night in nights), 0, "the same bytes: no conflict")
        now = self.rows(demo, first)
        self.assertEqual(now, {**told, **doubtful, **waiting})
        self.assertEqual(how_many(lrs), len(now))


if __name__ == "__main__":
    unittest.main(verbosity=2)
