#!/usr/bin/env bash
# Measures ours and its anchor in turn in one run, median of five, and prints a table.
#   bench/run.sh [NAME…] [--json FILE] [--rounds N]
# Names: csv csv-memory xlsx xlsx-memory xlsx-read zip statement items items-memory oulad oulad-memory
# oulad-route push rest reflections reflections-linear search search-groups s3put sql sql-memory upload upload-memory
# xapi-in xapi-in-memory. The JSON is [{"name","ours","anchor","unit","ratio","goal","holds"}].
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/install-packages build bench peers
cmake --preset bench >/tmp/lmsd-bench-configure.$$ 2>&1 || { cat /tmp/lmsd-bench-configure.$$; exit 1; }
rm -f /tmp/lmsd-bench-configure.$$
cmake --build build/bench
exec /usr/bin/python3 bench/run.py --build build/bench "$@"
