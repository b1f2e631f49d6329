"""One seed: an organization of its own, and the lives of one lmsd between kills."""
import http.client
import os
import pathlib
import random
import signal
import subprocess
import time
import urllib.parse

import faults
import moments
from disk import Disk
from lmsd import BUILD, Failed
from records import Records

MODES = ["start", "time", "time", "lrs", "lrs", "lrs", "s3", "tables", "step", "after"]
FOLLOW_UP = "/api/v1/jobs/u2035.delivery/runs"
GONE = (OSError, http.client.HTTPException)  # what a request to a server that is killed gives
FAKETIME = next((p for p in ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
                             "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1") if os.path.exists(p)), None)


class Seed:
    def __init__(self, campaign, number, folder, kills, figures):
        self.campaign, self.number, self.folder, self.wanted, self.figures = campaign, number, folder, kills, figures
        self.random = random.Random(number)
        self.kills = self.lives = self.nights = self.stored = 0
        self.flavours, self.runs, self.findings = [], {}, []
        self.disk = None
        self.lrs_from = len(campaign.lrs_proxy.log())
        self.letters = 0
        self.kept = {}  # record → as it was when a person kept what had been told
        self.began = time.time()

    # -- the whole ----------------------------------------------------------------------------------------------

    def run(self):
        self.campaign.lrs_proxy.clear()
        self.campaign.s3_proxy.clear()
        for flavour, chance in (("migration", 0.2), ("changes", 0.6), ("corrections", 0.4), ("disk", 0.3), ("read-only", 0.2),
                                ("clock", 0.25), ("outage", 0.3)):
            if self.random.random() < chance:
                self.flavours.append(flavour)
        if "migration" in self.flavours:
            self.kill_migrations()
        self.campaign.copy_template(self.folder)
        self.server, self.demo = self.campaign.server(self.folder)
        if "disk" in self.flavours or "read-only" in self.flavours:
            self.disk = Disk(self.folder / "data")
            if not self.disk.mount():
                self.flavours = [one for one in self.flavours if one not in ("disk", "read-only")] + ["no mount allowed here"]
                self.disk = None
        if "clock" in self.flavours and FAKETIME is None:
            self.flavours[self.flavours.index("clock")] = "no faketime here"
        self.records = Records(random.Random(f"{self.number} records"))
        self.server.start()
        self.post(self.records.posted())
        for external in self.records.files:
            self.upload(external)
        self.kill()
        while self.kills < self.wanted:
            self.life()
        self.calm()

    def end(self):
        server = getattr(self, "server", None)
        if server:
            self.kill()
        if self.disk:
            if self.disk.mounted:
                subprocess.run(["cp", "-a", f"{self.folder}/data/.", f"{self.folder}/data.kept"], check=False)
            self.disk.unmount()
            kept = self.folder / "data.kept"
            if kept.exists():
                subprocess.run(["rm", "-rf", self.folder / "data"], check=False)
                kept.rename(self.folder / "data")
        self.campaign.lrs_proxy.clear()
        self.campaign.s3_proxy.clear()
        self.campaign.lrs_proxy.listen(True)
        self.campaign.s3_proxy.listen(True)

    def kill(self):
        """SIGKILL, and what libfaketime leaves behind in memory then."""
        pid = self.server.process.pid if self.server.process else None
        self.server.kill()
        for name in (f"faketime_shm_{pid}", f"sem.faketime_sem_{pid}"):
            pathlib.Path("/dev/shm", name).unlink(missing_ok=True)

    def killed(self, what):
        self.kills += 1
        self.figures["kills"] += 1
        self.figures[f"kills {what}"] += 1

    # -- requests -----------------------------------------------------------------------------------------------

    def post(self, records):
        answer = self.server.json("POST", self.demo.base + "/records", {"source": "lms", "records": records},
                                  token=self.demo.token)
        if answer["counts"]["rejected"]:
            raise Failed(f"records were rejected: {[one for one in answer['items'] if one['status'] == 'rejected'][:3]}")

    def upload(self, external):
        query, name, data = self.records.files[external]
        answer = self.server.post(f"{self.demo.base}/records/files?source=lms&externalId={external}&{query}"
                                  f"&name={urllib.parse.quote(name)}", data, token=self.demo.token)
        if answer.status not in (200, 201):
            raise Failed(f"file {external}: {answer}")

    def id_of(self, kind, external):
        return self.server.query(f"SELECT id FROM record_{kind} WHERE external_id = ?", external)[0][0]

    def key_of(self, record):
        """(kind, external id) of {"kind", "id"} as the lists have it; None of what is no learner's record."""
        kind = record["kind"] + "s"
        if kind not in ("results", "views", "openings", "reflections"):
            return None
        found = self.server.query(f"SELECT external_id FROM record_{kind} WHERE id = ?", int(record["id"]))
        return (kind, found[0][0]) if found else None

    def state_of(self, key):
        return None if key in self.records.deleted else dict(self.records.by_key[key])

    def in_doubt(self):
        """Marked results that may have arrived: what changes just then is what a repetition could get wrong."""
        rows = self.server.query("SELECT r.external_id FROM u2035_outbox o JOIN record_results r ON r.id = o.record_id"
                                 " WHERE o.record_kind = 'result' AND o.state IN ('sending', 'in_doubt') ORDER BY o.seq")
        keys = [("results", external) for (external,) in rows]
        return [key for key in keys if key not in self.records.deleted and "raw" in self.records.by_key[key]]

    def change_records(self):
        for _ in range(self.random.randint(1, 3)):
            known = set(self.records.files)
            open_keys = self.in_doubt()
            if open_keys and self.random.random() < 0.7:
                keys, deleted = self.records.remark(self.random.choice(open_keys)), None
            else:
                keys, deleted = self.records.change()
            if keys:
                self.post(self.records.posted(keys))
            for external in sorted(set(self.records.files) - known):
                self.upload(external)
            if deleted:
                path = f"{self.demo.base}/records/{deleted[0]}/{self.id_of(*deleted)}"
                etag = self.server.get(path, token=self.demo.token).headers["etag"]
                answer = self.server.delete(path, token=self.demo.token, headers={"If-Match": etag})
                if answer.status not in (200, 204):
                    raise Failed(f"deleting {deleted}: {answer}")
            self.figures["changes of records"] += 1

    def more_to_tell(self):
        """Another learner, when hardly anything waits: a night with nothing to send has few moments to die in."""
        if self.server.query("SELECT COUNT(*) FROM u2035_outbox WHERE state IN ('waiting', 'sending', 'in_doubt')")[0][0] > 4:
            return
        known, files = set(self.records.by_key), set(self.records.files)
        self.records.add_learner()
        self.post(self.records.posted(set(self.records.by_key) - known))
        for external in sorted(set(self.records.files) - files):
            self.upload(external)

    def decide(self):
        """Some of what changed after it was sent is kept as it was told, some is cancelled with a letter, the rest waits."""
        for one in [*self.demo.items("/unsendable?code=changed-after-sending"),
                    *self.demo.items("/unsendable?code=deleted-after-sending")]:
            what = self.random.choice(["keep", "cancel", "cancel", None])
            if what is None:
                continue
            body = {"decision": what, "comment": "апелляция", "unsendable": [one["id"]]}
            if what == "cancel":
                self.letters += 1
                letter = self.server.post(f"{self.demo.base}/records/files?source=lms&externalId=letter-{self.letters}&name=letter.pdf",
                                          b"%%PDF-1.4 letter %d of seed %d" % (self.letters, self.number), token=self.demo.token)
                body["letter"] = letter.json["id"]
            answer = self.server.post(self.demo.u2035 + "/corrections", body, token=self.demo.token)
            if answer.status >= 500:
                raise Failed(f"a decision: {answer}")
            if answer.status < 300:
                key = self.key_of(one["record"])
                if what == "keep":
                    self.kept[key] = self.state_of(key)
                else:
                    self.kept.pop(key, None)
                self.figures[f"decisions to {what}"] += 1

    # -- one life -----------------------------------------------------------------------------------------------

    def life(self):
        # Of its own, so that what an earlier life came to does not change what this one does.
        self.lives += 1
        self.random = random.Random(f"{self.number} life {self.lives}")
        mode = self.random.choice(MODES)
        full = self.disk and "disk" in self.flavours and self.random.random() < 0.4
        if self.disk and "read-only" in self.flavours and self.random.random() < 0.25:
            self.start_read_only()
        faults.play(self)
        self.set_clock()
        if full and self.random.random() < 0.3:
            self.disk.fill(self.random.randint(0, 200_000))  # full at the start already
        try:
            if mode == "start":
                self.kill_at_start()
                return
            try:
                self.server.start()
            except Failed:
                if not full:
                    raise
                self.figures["starts refused on a full disk"] += 1
                self.kill()
                return
            if full and self.server.get(self.demo.u2035 + "/runs", token=self.demo.token).status == 404:
                self.figures["starts without the module on a full disk"] += 1
                self.killed("on a full disk")
                return
            if not full:
                self.look_at_exports()
                if mode in ("lrs", "s3") or self.random.random() < 0.3:
                    self.more_to_tell()
                if "changes" in self.flavours and self.random.random() < 0.6:
                    self.change_records()
                if "corrections" in self.flavours and self.random.random() < 0.6:
                    self.decide()
            else:
                self.disk.fill(self.random.randint(0, 400_000))
            self.kill_in_a_night(mode, full)
        finally:
            self.kill()
            if self.disk:
                self.disk.free()

    def set_clock(self):
        self.server.environment.pop("LD_PRELOAD", None)
        self.jump = None
        if "clock" not in self.flavours or self.random.random() < 0.4:
            return
        self.jump = self.random.choice(["-2h", "-3d", "+1h", "+3d", "+40d"])
        self.clock_file = self.folder / "clock"
        # From the start of this life, or in the middle of its night.
        now = self.random.random() < 0.5
        self.clock_file.write_text(self.jump if now else "+0")
        if now:
            if self.jump.startswith("+") and self.random.random() < 0.5:
                # What is to be tried again "later" by this clock is to be tried again by the right one too.
                self.campaign.lrs_proxy.rule(self.random.choice(["lose-answer", "status"]), method="POST")
            self.jump = None
        self.server.environment.update(LD_PRELOAD=FAKETIME, FAKETIME_TIMESTAMP_FILE=str(self.clock_file), FAKETIME_NO_CACHE="1",
                                       FAKETIME_DONT_FAKE_MONOTONIC="1")
        self.figures["clock jumps"] += 1

    def start_read_only(self):
        """It says what is wrong, or serves; the data stay whole either way."""
        self.disk.read_only(True)
        try:
            self.server.start()
            self.server.get("/api/v1/organizations/demo")
            self.figures["starts on a read-only disk"] += 1
        except Failed as error:
            self.figures["starts refused on a read-only disk"] += 1
            if "read" not in str(error).lower():
                self.findings.append(f"the refusal to start on a read-only disk does not say so: {str(error)[-500:]}")
        except GONE:
            pass
        finally:
            self.kill()
            self.disk.read_only(False)

    def spawn(self):
        """lmsd, not waited for."""
        self.server.write_config()
        self.server.ready_file.unlink(missing_ok=True)
        with open(self.server.log_file, "ab") as log:
            self.server.process = subprocess.Popen(
                [BUILD / "host/app/lmsd", "--config", self.server.config, "--ready-file", self.server.ready_file],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.server.directory, env=self.server.environment)

    def kill_at_start(self):
        self.spawn()
        deadline = time.monotonic() + self.random.uniform(0, 0.5)
        while time.monotonic() < deadline and self.server.process.poll() is None:
            time.sleep(0.002)
        self.kill()
        self.killed("at start")

    def kill_in_a_night(self, mode, full):
        due = moments.arm(self, mode)
        jump_at = self.random.uniform(0, 0.5)
        begun = time.monotonic()
        try:
            if self.random.random() < 0.25:
                self.server.post(FOLLOW_UP, {})  # beside the night; in whose turn is the server's affair
            answer = self.server.post(self.demo.u2035 + "/runs", {}, token=self.demo.token)
            while answer.status == 409 and time.monotonic() - begun < 30:  # the follow-up's night waits for its turn
                answer = self.server.post(self.demo.u2035 + "/runs", {}, token=self.demo.token)
            if answer.status >= 400:
                if not full:
                    raise Failed(f"a night could not be started: {answer}")
                self.figures["nights refused on a full disk"] += 1
                self.kill()
                self.killed("on a full disk")
                return
            run = answer.json
            self.nights += 1
            self.figures["nights begun"] += 1
            asked = begun
            while run["state"] in ("queued", "running"):
                passed = time.monotonic() - begun
                if self.jump and passed > jump_at:
                    self.clock_file.write_text(self.jump)
                    self.jump = None
                if self.server.process.poll() is not None:
                    break
                if due(passed):
                    break
                if passed > (5 if full else 60):
                    if full:  # its end could not be written
                        self.figures["nights without an end on a full disk"] += 1
                        break
                    raise Failed(f"the night does not end: {run}")
                if time.monotonic() - asked > 0.05:
                    asked = time.monotonic()
                    run = self.demo.json("GET", f"/runs/{run['id']}")
                time.sleep(0.003)
            self.runs[run["id"]] = run["state"]
            if run["state"] == "failed" and not full:
                self.findings.append(f"night {run['id']} failed: {run['message']}")
        except GONE:
            self.server.process.wait(10)
        died = self.server.process.poll()
        if died is not None and died != -signal.SIGKILL:
            raise Failed(f"lmsd ended by itself with {died}:\n{self.server.log()[-3000:]}")
        over = died is None and run["state"] not in ("queued", "running")
        if over:
            time.sleep(self.random.uniform(0, 0.2))  # what goes on after a night dies too
        self.kill()
        self.killed("after a night" if over else f"by {mode}")
        if full:
            self.figures["kills on a full disk"] += 1

    # -- a first start ------------------------------------------------------------------------------------------

    def kill_migrations(self):
        """A server that has no database yet dies while it makes one; in the end it has the same tables as any other."""
        from campaign import schema
        folder = self.folder.with_name(self.folder.name + "-new")
        folder.mkdir()
        self.server, _ = self.campaign.server(folder)
        for _ in range(self.random.randint(2, 4)):
            self.spawn()
            time.sleep(self.random.uniform(0.02, 0.6))
            self.kill()
            self.killed("in migration")
        self.server.start()
        self.server.stop()
        if schema(self.server.database) != self.campaign.schema:
            raise Failed("a database whose migrations were interrupted has other tables than one made at once")
        subprocess.run(["rm", "-rf", folder], check=True)

    # -- between and after --------------------------------------------------------------------------------------

    def look_at_exports(self):
        """Whatever is listed is whole."""
        for export in list(self.demo.items("/exports"))[:2]:
            for file in self.demo.json("GET", f"/exports/{export['id']}")["files"]:
                path = self.server.directory / "data/modules/u2035/exports/demo" / str(export["id"]) / file["project"] / file["path"]
                if not path.exists() or path.stat().st_size != file["bytes"]:
                    raise Failed(f"export {export['id']} lists '{file['path']}' of {file['bytes']} bytes, which is not there whole")

    def calm(self):
        """No fault any more: nights until nothing changes."""
        self.campaign.lrs_proxy.clear()
        self.campaign.s3_proxy.clear()
        self.campaign.lrs_proxy.listen(True)
        self.campaign.s3_proxy.listen(True)
        self.server.environment.pop("LD_PRELOAD", None)
        self.server.start()
        self.settle()
        if "corrections" in self.flavours:
            self.decide()
            self.settle()

    def night(self, body=None):
        """A night without faults, to its end. The job of the one before may still be ending: then once more."""
        deadline = time.monotonic() + 30
        while True:
            try:
                return self.demo.run(body, seconds=60)
            except Failed as error:
                if "409" not in str(error) or time.monotonic() > deadline:
                    raise

    def settle(self, most=6):
        for _ in range(most):
            run = self.night()
            self.nights += 1
            self.figures["nights in the end"] += 1
            counts = run["counts"]
            if run["state"] == "done" and not any(counts.get(name) for name in (
                    "queued", "posts", "withdrawn", "cancellations", "files.waiting", "waiting", "inDoubt", "recovered")):
                return
        raise Failed(f"{most} nights without a fault do not come to an end: {run}")
