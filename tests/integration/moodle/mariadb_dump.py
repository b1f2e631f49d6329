#!/usr/bin/env python3
"""The tables of a PostgreSQL dump of Moodle that a set of routes reads, as SQL for MariaDB, on standard output.

    mariadb_dump.py DUMP.sql.gz SET_FOLDER…

The tables are those that the queries of the sets name. Types become what Moodle's own installer takes on MariaDB.
"""

import gzip
import json
import pathlib
import re
import sys

TYPES = [(r"bigint", "bigint"), (r"integer", "int"), (r"smallint", "smallint"), (r"numeric(\(\d+,\d+\))?", r"decimal\1"),
         (r"character varying(\(\d+\))", r"varchar\1"), (r"text", "longtext"), (r"double precision", "double")]


def tables_of(folders):
    names = set()
    for folder in folders:
        for path in pathlib.Path(folder).glob("*.json"):
            names |= set(re.findall(r"\{prefix\}(\w+)", json.loads(path.read_text()).get("settings", {}).get("query", "")))
    return {"mdl_" + name for name in names}


def mysql_type(text):
    for pattern, wanted in TYPES:
        match = re.match(pattern, text)
        if match:
            return match.expand(wanted)
    raise SystemExit(f"mariadb_dump: no type for '{text}'")


def value(cell):
    if cell == "\\N":
        return "NULL"
    return "'" + cell.replace("'", "''") + "'"  # COPY's backslash escapes are MariaDB's as well


def main():
    wanted = tables_of(sys.argv[2:])
    print("SET NAMES utf8mb4; SET foreign_key_checks = 0; SET sql_mode = '';")
    lines = iter(gzip.open(sys.argv[1], "rt", encoding="utf-8"))
    for line in lines:
        created = re.match(r"CREATE TABLE public\.(\w+) \(", line)
        if created and created[1] in wanted:
            columns = []
            for inner in lines:
                if inner.startswith(");"):
                    break
                name, rest = inner.strip().rstrip(",").split(" ", 1)
                columns.append(f"`{name}` {mysql_type(rest)}" + (" NOT NULL" if "NOT NULL" in rest else " NULL") +
                               (" PRIMARY KEY" if name == "id" else ""))
            print(f"CREATE TABLE {created[1]} ({', '.join(columns)}) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_unicode_ci;")
        copied = re.match(r"COPY public\.(\w+) \((.*)\) FROM stdin;", line)
        if copied:
            for row in lines:
                if row == "\\.\n":
                    break
                if copied[1] in wanted:
                    cells = ", ".join(value(cell) for cell in row.rstrip("\n").split("\t"))
                    print(f"INSERT INTO {copied[1]} VALUES ({cells});")


main()
