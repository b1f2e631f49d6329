"""Runs seeds of the crash campaign one after another over shared counterparts: see run.sh and README.md."""
import argparse
import collections
import contextlib
import datetime
import os
import pathlib
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
import uuid

import oracle
from fault_proxy import FaultProxy
from lives import Seed
from lmsd import BUILD, Failed, Lmsd
from nights import SETTINGS, Organization
from peers import LearningLocker, Radosgw
from records import BAS, DP, MIDDLE

# Learning Locker in memory is worse than linear: a fresh one every so many statements.
STATEMENTS_OF_ONE_LOCKER = 700

QUICK = {
    **SETTINGS,
    "database.readers": 2,
    "modules.required": "u2035",
    "module.u2035.schedule": "0 0 29 2 *",  # nights are started here
    "module.u2035.batch.statements": 4,
    "module.u2035.retry.first": "10ms",
    "module.u2035.retry.longest": "60ms",
    "module.u2035.retry.patience": "1s",
    "module.u2035.retry.probe_first": "20ms",
    "module.u2035.retry.probe_longest": "100ms",
    "module.u2035.follow_up": "0 0 29 2 *",
    # Half of the records are old: they have a lane of their own.
    "module.u2035.old_records.after_days": max(1, (datetime.date.today() - MIDDLE).days),
    "module.u2035.exports.keep": 3,
    # Words are another test's: reading a dictionary would be most of a night here.
    "module.u2035.reflections.dictionary": "/nowhere/ru_RU",
    "module.u2035.reflections.english_dictionary": "",
}


class Demo(Organization):
    """The organization, asked with a token made before."""

    def __init__(self, server, token):
        self.server, self.token = server, token
        self.base = "/api/v1/organizations/demo"
        self.u2035 = self.base + "/u2035"


class Campaign:
    """The counterparts, the proxies before them, and a server with its integrations completed that every seed copies."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.stack = contextlib.ExitStack()
        self.locker = contextlib.ExitStack()
        self.stored = 0

    def __enter__(self):
        with self.stack:
            self.s3 = self.stack.enter_context(Radosgw())
            bodies = self.folder / "bodies"
            bodies.mkdir()
            self.bodies = bodies
            self.fresh_locker()
            self.lrs_proxy = self.stack.enter_context(FaultProxy(self.lrs["endpoint"], bodies=bodies))
            self.s3_proxy = self.stack.enter_context(FaultProxy(self.s3["endpoint"]))
            self.make_template()
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *_):
        self.locker.close()
        self.stack.close()

    def fresh_locker(self):
        self.locker.close()
        self.lrs = self.locker.enter_context(LearningLocker())
        self.stored = 0

    def make_template(self):
        self.template = self.folder / "template"
        self.template.mkdir()
        with Lmsd(QUICK, directory=self.template) as server:
            server.create_project(BAS, "Кадры для БАС", "bas")
            server.create_project(DP, "Цифровые профессии", "digital-professions")
            server.create_organization("demo", projects=f"{BAS},{DP}", participation="bas")
            organization = Organization(server, "demo")
            self.token = organization.token
            lrs = dict(self.lrs.answer, endpoint=self.lrs_proxy.url("/xAPI/"))
            bucket = self.s3["storageUrl"].rsplit("/", 1)[1]
            s3 = dict(self.s3.answer, storageUrl=self.s3_proxy.url("/" + bucket))
            for project in (BAS, DP):
                organization.connect(lrs, s3, project)
            server.stop()
        self.schema = schema(self.template / "data/lmsd.db")

    def copy_template(self, folder):
        """Another installation: its statements have ids of their own."""
        shutil.copytree(self.template, folder)
        connection = sqlite3.connect(folder / "data/lmsd.db")
        with connection:
            connection.execute("UPDATE installation SET uuid = ?", (str(uuid.uuid4()),))
        connection.close()
        return folder

    def server(self, folder):
        server = Lmsd(QUICK, directory=folder)
        return server, Demo(server, self.token)


def schema(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return sorted(row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    finally:
        connection.close()


def run_seed(campaign, number, options, figures):
    """True when nothing is wrong."""
    if campaign.stored > STATEMENTS_OF_ONE_LOCKER:
        campaign.fresh_locker()
        campaign.lrs_proxy.forward_to(campaign.lrs["endpoint"])
    folder = campaign.folder / f"seed-{number}"
    begun = time.monotonic()
    seed = Seed(campaign, number, folder, options.kills, figures)
    wrong = []
    try:
        seed.run()
        wrong = oracle.judge(seed)
    except (oracle.Wrong, Failed) as error:
        wrong = [str(error)]
    except Exception:  # noqa: BLE001 - whatever it is, the seed has failed and the others go on
        wrong = [traceback.format_exc()]
    finally:
        seed.end()
    campaign.stored += seed.stored
    figures["statements"] += seed.stored
    print(f"seed {number}: {'FAILED' if wrong else 'ok'}, {seed.kills} kills, {seed.nights} nights, {seed.stored} statements, "
          f"{time.monotonic() - begun:.1f} s; {', '.join(seed.flavours) or 'plain'}", flush=True)
    if not wrong:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
        return True
    for one in wrong[:20]:
        print(f"  - {one}", flush=True)
    print(f"  replay: tests/crash/run.sh 1 --seed {number} --kills {options.kills}   (its folder: {folder})", flush=True)
    return False


def main():
    parser = argparse.ArgumentParser(prog="tests/crash/run.sh")
    parser.add_argument("seeds", type=int)
    parser.add_argument("--seed", type=int, default=1, help="the first one")
    parser.add_argument("--kills", type=int, default=10, help="of each seed")
    parser.add_argument("--until-failure", action="store_true", help="no seed after one that failed")
    parser.add_argument("--keep", action="store_true", help="the folders of all seeds")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the counterparts are ended
    if not (BUILD / "host/app/lmsd").exists():
        sys.exit(f"run.sh: there is no lmsd in {BUILD}; build it, or set LMSD_BUILD")
    folder = tempfile.mkdtemp(prefix="lmsd-crash-", dir=os.environ.get("TMPDIR"))
    figures, failed, begun = collections.Counter(), [], time.monotonic()
    with Campaign(folder) as campaign:
        started = time.monotonic() - begun
        for number in range(options.seed, options.seed + options.seeds):
            if not run_seed(campaign, number, options, figures):
                failed.append(number)
                if options.until_failure:
                    break
        for name, proxy in (("lrs", campaign.lrs_proxy), ("s3", campaign.s3_proxy)):
            for entry in proxy.log():
                figures[f"{name} requests"] += 1
                if entry["fault"] != "pass":
                    figures[f"{name} fault {entry['fault']}"] += 1
    seconds = time.monotonic() - begun
    print("\nfigures:")
    for name in sorted(figures):
        print(f"  {name}: {figures[name]}")
    print(f"{options.seeds} seeds, {figures['kills']} kills in {seconds:.0f} s (of these {started:.0f} s to start the counterparts): "
          + (f"{len(failed)} FAILED: {', '.join(map(str, failed))}" if failed else "all as it must be"))
    if not failed and not options.keep:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
