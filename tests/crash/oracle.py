"""Judges a seed from outside: what Learning Locker and the storage hold against what is due by the records themselves."""
import collections
import datetime
import hashlib
import json
import os
import sqlite3
import urllib.parse
import urllib.request
import zipfile

from records import METHODIST

class Wrong(Exception):
    """What can't be judged at all."""


def within(ours, theirs):
    """Everything in ours is in theirs with the same value: an LRS adds members and changes none."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(key in theirs and within(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(within, ours, theirs))
    return ours == theirs


def fetch(url, headers=None):
    request = urllib.request.Request(url, headers=headers or {})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
        return answer.read()


def all_statements(lrs, since):
    """Every statement stored since then, whoever sent it."""
    headers = {"Authorization": f"Basic {lrs['production']['basic']}", "X-Experience-API-Version": "1.0.3"}
    moment = datetime.datetime.fromtimestamp(since, datetime.timezone.utc).isoformat()
    query = urllib.parse.urlencode({"since": moment, "ascending": "true", "limit": 500})
    out = []
    while query:
        page = json.loads(fetch(lrs["endpoint"] + "statements?" + query, headers))
        out += page["statements"]
        query = urllib.parse.urlsplit(page.get("more") or "").query
    return out


def raw_statements(body):
    """id → its bytes, of a POST's array."""
    text, decoder, at, out = body.decode(), json.JSONDecoder(), 1, {}
    while at < len(text) and text[at] != "]":
        value, end = decoder.raw_decode(text, at)
        out[value["id"]] = text[at:end]
        at = end + 1
    return out


def judge(seed):
    """Everything that is wrong, in words."""
    return Judge(seed).all()


class Judge:
    def __init__(self, seed):
        self.seed, self.server, self.demo = seed, seed.server, seed.demo
        self.wrong = list(seed.findings)
        self.stored = all_statements(seed.campaign.lrs, seed.began)
        seed.stored = len(self.stored)
        self.by_id = {one["id"]: one for one in self.stored}
        self.cancellations = [one for one in self.stored if one["actor"]["account"]["name"] == METHODIST
                              and one["object"].get("objectType") == "StatementRef"]
        self.cancelled = collections.Counter(one["object"]["id"] for one in self.cancellations)

    def check(self, fine, words):
        if not fine:
            self.wrong.append(words)

    def all(self):
        self.read_lists()
        self.outbox_and_lrs_agree()
        self.attempts_were_the_same_bytes()
        self.structure_is_told_once()
        self.learners_are_told_once()
        self.cancellations_are_consistent()
        self.files_open()
        self.nothing_more_is_planned()
        self.exports_are_whole()
        self.runs_are_over()
        self.database_is_sound()
        return self.wrong

    def read_lists(self):
        self.listed = collections.defaultdict(set)
        for one in self.demo.items("/unsendable"):
            self.listed[self.seed.key_of(one["record"])].add(one["code"])
            self.check(one["reason"] and one["fix"], f"a line of the list says no reason or remedy: {one}")

    def held(self, key):
        """A person is to decide, or has decided to leave it as it was told."""
        listed = self.listed[key] & {"changed-after-sending", "deleted-after-sending"}
        return bool(listed) or (key in self.seed.kept and self.seed.kept[key] == self.seed.state_of(key))

    # -- integrity ----------------------------------------------------------------------------------------------

    def outbox_and_lrs_agree(self):
        rows = {one: (state, text) for one, state, text in self.server.query(
            "SELECT o.statement_id, o.state, s.bytes FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq")}
        self.frozen = {one: text for one, (_, text) in rows.items()}
        for one, (state, text) in rows.items():
            there = self.by_id.get(one)
            if state in ("accepted", "confirmed"):
                self.check(there is not None, f"LOST: {one} counts as accepted, and the LRS does not have it")
            else:
                self.check(there is None, f"{one} is in the LRS, and the outbox says '{state}'")
                self.check(state == "withdrawn", f"{one} ends as '{state}'")
            if there is not None:
                self.check(within(json.loads(text), there), f"CHANGED: {one} is not what was frozen")
        for one in self.by_id:
            self.check(one in rows, f"{one} is in the LRS, and the outbox does not know it")
        self.check(len(self.by_id) == len(self.stored), "an id is in the LRS twice")

    def attempts_were_the_same_bytes(self):
        taken = {}
        for entry in self.seed.campaign.lrs_proxy.log(self.seed.lrs_from):
            body = self.seed.campaign.bodies / str(entry["n"])
            if entry.get("method") != "POST" or not body.exists():
                continue
            for one, text in raw_statements(body.read_bytes()).items():
                if one in taken:
                    self.check(text == taken[one], f"other bytes of {one} were sent after the LRS had taken it")
                elif entry["upstream"] == 200:
                    taken[one] = text
            body.unlink()
        for one, text in taken.items():
            self.check(self.frozen.get(one) == text, f"the LRS took other bytes of {one} than are frozen")
            self.check(text.isascii(), f"{one} went out with characters beyond ASCII")

    # -- conservation and duplicates ----------------------------------------------------------------------------

    def live(self, statements):
        return [one for one in statements if one["id"] not in self.cancelled]

    def structure_is_told_once(self):
        told = collections.defaultdict(list)
        for one in self.stored:
            if one["actor"]["account"]["name"] == METHODIST and one["object"].get("objectType") != "StatementRef":
                # A fact's statement has no title; there is one fact.
                told[one["object"].get("definition", {}).get("name", {}).get("ru-RU", "Элемент f1")].append(one)
        for title in self.seed.records.titles() | set(told):
            count = len(self.live(told[title]))
            self.check(count == (title in self.seed.records.titles()), f"'{title}' is told {count} times")

    def learners_are_told_once(self):
        told = collections.defaultdict(list)
        for one in self.stored:
            if one["actor"]["account"]["name"] != METHODIST:
                told[int(datetime.datetime.fromisoformat(one["timestamp"].replace("Z", "+00:00")).timestamp())].append(one)
        expected = self.seed.records.told()
        for moment in set(told) - set(expected):
            self.wrong.append(f"a statement of no record: {told[moment][0]['id']}")
        for moment, record in expected.items():
            key = (record.kind, record.external)
            live, codes = self.live(told[moment]), self.listed[key]
            held = self.held(key)
            self.check(len(live) <= 1, f"TWICE: {key} is told {len(live)} times: {[one['id'] for one in live]}")
            if record.due:
                self.check(live, f"LOST: {key} is due and not told; the list says {sorted(codes) or 'nothing'}")
                for one in live:
                    self.check(self.says(one, record) or held, f"{key} is told as it is not: {json.dumps(one, ensure_ascii=False)[:1500]} for {record.fields}")
                self.check(held or not codes, f"{key} is told, and listed as {sorted(codes)}")
            elif live:
                self.check(held, f"{key} is not to be told any more, is in the LRS and on no list")
            else:
                self.check(codes or record.silent, f"{key} is not told, and no list says why")

    def says(self, statement, record):
        fields = record.fields
        learner = self.seed.records.by_key["learners", fields["learner"]]
        result = statement.get("result", {})
        if statement["actor"]["account"]["name"] != learner["untiId"]:
            return False
        if record.kind == "results":
            return result.get("score", {}).get("raw") == fields.get("raw")
        if record.kind == "views":
            return result.get("extensions", {}).get("https://id.2035.university/xapi/extension/view-percentage") == fields["percent"]
        return True

    def cancellations_are_consistent(self):
        for one, count in self.cancelled.items():
            self.check(count == 1, f"{one} is cancelled {count} times")
            self.check(one in self.by_id, f"{one} is cancelled, and the LRS does not have it")

    # -- files, exports, the rest -------------------------------------------------------------------------------

    def files_open(self):
        works = {hashlib.sha256(data).hexdigest() for _, _, data in self.seed.records.files.values()}
        for one in self.stored:
            for attachment in one.get("attachments", []):
                body = fetch(attachment["fileUrl"])
                digest = hashlib.sha256(body).hexdigest()
                self.check(digest == attachment["sha2"] and len(body) == attachment["length"],
                           f"the file of {one['id']} is not the one that the statement names")
                self.check(digest in works or attachment["usageType"].endswith("official-letter"),
                           f"the file of {one['id']} is nobody's work")

    def nothing_more_is_planned(self):
        dry = self.seed.night({"dryRun": True})
        self.check(dry["counts"].get("planned") == 0, f"a dry run would still plan: {dry['counts']}")

    def exports_are_whole(self):
        root = self.server.directory / "data/modules/u2035/exports/demo"
        listed = {str(export["id"]): self.demo.json("GET", f"/exports/{export['id']}")["files"]
                  for export in self.demo.items("/exports")}
        there = {one.name for one in root.iterdir()} if root.exists() else set()
        self.check(there == set(listed), f"folders of exports {sorted(there)}, listed {sorted(listed)}")
        for run, files in listed.items():
            names = {f"{file['project']}/{file['path']}" for file in files}
            disk = {os.path.relpath(os.path.join(at, name), root / run) for at, _, inside in os.walk(root / run) for name in inside}
            disk = {name for name in disk if not name.endswith("/README.txt")}
            self.check(names == disk, f"export {run} lists {sorted(names - disk)} and hides {sorted(disk - names)}")
            for file in files:
                path = root / run / file["project"] / file["path"]
                if path.suffix in (".xlsx", ".zip") and path.exists():
                    self.check(zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None, f"{path} is broken")

    def runs_are_over(self):
        states = {run["id"]: run["state"] for run in self.demo.items("/runs")}
        for run, state in states.items():
            self.check(state not in ("queued", "running"), f"run {run} is '{state}' for ever")
        for run, seen in self.seed.runs.items():
            if seen in ("queued", "running"):
                self.check(states.get(run) in ("interrupted", "done", "incomplete", "failed"),
                           f"run {run} was killed and says '{states.get(run)}'")
        self.seed.figures["nights told as interrupted"] += sum(state == "interrupted" for state in states.values())

    def database_is_sound(self):
        for line in self.server.log().splitlines():
            self.check(line.startswith("{") or not any(word in line for word in ("terminate called", "Sanitizer", "Assertion")),
                       f"the log says: {line}")
        self.server.stop()
        connection = sqlite3.connect(f"file:{self.server.database}?mode=ro", uri=True)
        try:
            for what in ("integrity_check", "foreign_key_check"):
                rows = connection.execute(f"PRAGMA {what}").fetchall()
                self.check(rows in ([("ok",)], []), f"PRAGMA {what}: {rows[:5]}")
        finally:
            connection.close()
