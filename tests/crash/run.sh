#!/usr/bin/env bash
# The crash campaign: a real lmsd is killed again and again while a fault proxy lies between it and the real Learning
# Locker and S3 gateway, and an oracle judges from outside what came of it. README.md says how and with what figures.
#   tests/crash/run.sh N [--seed S] [--kills K] [--keep] [--until-failure]
#   tests/crash/run.sh suite      what the test runner runs: 10 seeds of 8 kills, 100 of 10 with LMSD_FULL=1
# N seeds, from S on (1), with K kills each (10). --keep leaves the folders of seeds that passed too; a failing one always
# stays, with the command that replays it. LMSD_BUILD is the build directory (build/dev of this checkout). As root it also
# fills a small disk and makes it read-only; with Debian's faketime the clock jumps.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
case ${1:-} in
    ''|-h|--help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    suite) shift; if [ -n "${LMSD_FULL:-}" ]; then set -- 100 "$@"; else set -- 10 --kills 8 "$@"; fi ;;
esac
# Memory where there is some: a kill loses nothing that was written, and a disk would only make it slower.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
PYTHONPATH=$here/../support:$here${PYTHONPATH:+:$PYTHONPATH} exec python3 -B "$here/campaign.py" "$@"
