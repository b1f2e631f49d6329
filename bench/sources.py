"""Where records come from: databases and web services."""

import json
import os
import shutil
import subprocess
import time

from measure import Skipped, in_turn, run


def bench_items(context):
    program = context.program("bench_items")
    figure = lambda which: json.loads(run(program, which))["value"]
    return *in_turn(context.rounds, lambda: figure("ours"), lambda: figure("anchor")), "items/s", ">=", 0.5


def bench_items_memory(context):
    """What ten times the pages take more."""
    program = context.program("bench_items")
    peak = lambda pages: json.loads(run(program, "memory", str(pages)))["value"]
    return peak(1000) - peak(100), 8.0, "MB", "<=", 1.0


class Database:
    """PostgreSQL with a table of a million results."""

    def __init__(self, context, rows=1_000_000):
        self.script, self.folder, self.rows = os.path.join(os.path.dirname(__file__), "..", "tests", "peers", "postgresql"), context.folder, rows

    def __enter__(self):
        self.answer = json.loads(run(self.script, "start", os.path.join(self.folder, "postgresql")))
        a = self.answer
        run(os.path.join(a["bin"], "psql"), "-q", "-h", "127.0.0.1", "-p", a["port"], "-U", a["user"], "postgres", "-c",
            "CREATE TABLE marks AS SELECT i AS id, 'user-' || i % 5000 AS learner, 'Тема ' || i % 300 AS title, (i % 101)::numeric(10,5) AS raw, "
            "i % 3 = 0 AS passed, timestamptz '2025-09-01 10:00+03' + i * interval '7 seconds' AS at, i / 8.0::float8 AS share, "
            f"CASE WHEN i % 4 > 0 THEN i % 1800 END AS duration FROM generate_series(1, {self.rows}) i",
            env=dict(os.environ, PGPASSWORD=a["password"]))
        return [a["host"], a["port"], a["user"], a["password"], "postgres", a["ca"], "marks", os.path.join(self.folder, "sink.db")]

    def __exit__(self, *_):
        run(self.script, "stop", os.path.join(self.folder, "postgresql"))


def bench_sql(context):
    program = context.program("bench_sql")
    with Database(context) as place:
        figure = lambda which: json.loads(run(program, which, *place))["value"]
        return *in_turn(context.rounds, lambda: figure("ours"), lambda: figure("anchor")), "rows/s", ">=", 0.50


def bench_sql_memory(context):
    program = context.program("bench_sql")
    with Database(context) as place:
        return max(json.loads(run(program, "ours", *place))["grown"] for _ in range(context.rounds)), 16.0, "MB", "<=", 1.0


def bench_xapi(context):
    program = context.program("bench_xapi")
    rate = lambda which: json.loads(run(program, which, os.path.join(context.folder, which), "300"))["value"]
    return *in_turn(context.rounds, lambda: rate("ours"), lambda: rate("anchor")), "statements/s", ">=", 0.5


def bench_xapi_memory(context):
    """What the process grows by from 22,500 statements to 90,000."""
    program = context.program("bench_xapi")
    grown = [json.loads(run(program, "ours", os.path.join(context.folder, "ours"), "600"))["growth"]
             for _ in range(context.rounds)]
    return max(grown), 4.0, "MB", "<=", 1.0


class Oulad:
    """The Open University's dataset: a database with everything but the results, and the results as each side reads them."""

    def __init__(self, context):
        shared = os.environ.get("LMSD_SHARED", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared"))
        self.data, self.folder = os.path.join(shared, "data", "oulad"), context.folder
        results = os.path.join(self.data, "studentAssessment.csv")
        if not os.path.exists(results):
            raise Skipped("the Open University dataset is not here; set LMSD_SHARED to the folder that holds data/oulad")
        self.program = context.program("bench_oulad")
        run(self.program, "prepare", self.data, self.folder)
        self.shell("table.db", f".import --csv '{results}' studentAssessment")
        self.ours("csv")
        self.shell("ours.db", f".mode csv\n.output '{self.folder}/results.csv'\nSELECT * FROM record_results ORDER BY id;")

    def shell(self, database, commands):
        subprocess.run(["sqlite3", "-bail", os.path.join(self.folder, database)], input=commands, text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def ours(self, what):
        return json.loads(run(self.program, what, self.data, self.folder))

    def anchor(self):
        """The finished rows into the same tables, in one transaction as the shell does it."""
        shutil.copy(os.path.join(self.folder, "base.db"), os.path.join(self.folder, "anchor.db"))
        begin = time.perf_counter()
        self.shell("anchor.db", "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n"
                   f".import --csv '{self.folder}/results.csv' record_results")
        return 173_912 / (time.perf_counter() - begin)


def bench_oulad(context):
    oulad = Oulad(context)
    return *in_turn(context.rounds, lambda: oulad.ours("csv")["value"], oulad.anchor), "rows/s", ">=", 0.5


def bench_oulad_route(context):
    oulad = Oulad(context)
    return *in_turn(context.rounds, lambda: oulad.ours("route")["value"], oulad.anchor), "rows/s", ">=", 0.4


def bench_oulad_memory(context):
    oulad = Oulad(context)
    return max(oulad.ours(what)["grown"] for what in ("csv", "route")), 24.0, "MB", "<=", 1.0


BENCHES = {"items": (bench_items, "bare RapidJSON loop, same pages"),
           "items-memory": (bench_items_memory, "allowed growth from 100 to 1,000 pages"),
           "sql": (bench_sql, "bare libpq single-row scan into the same SQLite, 1M rows"),
           "sql-memory": (bench_sql_memory, "allowed growth, 1M rows"),
           "oulad": (bench_oulad, "sqlite3 .import of the finished rows into the same table, 173,912 results"),
           "oulad-route": (bench_oulad_route, "the same; ours from a table of SQLite through a route"),
           "oulad-memory": (bench_oulad_memory, "allowed growth, 173,912 results by file and by route"),
           "xapi-in": (bench_xapi, "RapidJSON and one SQLite transaction a POST, same bodies"),
           "xapi-in-memory": (bench_xapi_memory, "allowed growth from 22,500 to 90,000 statements")}
