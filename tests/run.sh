#!/usr/bin/env bash
# Everything the project proves, on a clean Debian 12: installs what is missing, builds with warnings as errors, runs
# all tests and ends with the test runner's closing line.
#   tests/run.sh [--full | --asan | --tsan] [--unit] [ctest options, e.g. -R wizard]
# --full adds larger uploads, ten times the seeds of the simulation and the crash campaign, a minute of load (LMSD_FULL=1),
# the suite under the address and undefined-behaviour sanitizers, the threads of delivery, jobs and HTTP under the thread
# sanitizer, and half a minute of each fuzzer: some hours on two cores;
# --asan adds the unit tests under the address and undefined-behaviour sanitizers: a second build of everything;
# --tsan adds the threads of delivery, jobs and HTTP under the thread sanitizer: a second build of those tests alone;
# --unit leaves out whatever needs a counterpart (no Learning Locker, no S3, no browser).
set -euo pipefail
cd "$(dirname "$0")/.."
full= ; asan= ; tsan= ; lists=(build test peers web) ; select=()
while [ $# -gt 0 ]; do
    case $1 in
        --full) full=1; export LMSD_FULL=1; shift ;;
        --asan) asan=1; shift ;;
        --tsan) tsan=1; shift ;;
        --unit) lists=(build test); select+=(-L unit); shift ;;
        -h|--help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) break ;;
    esac
done
start=$SECONDS
step() { printf '\n== %s (%d s)\n' "$*" $((SECONDS - start)); }

step "packages"
packaging/install-packages "${lists[@]}"
if [ ${#select[@]} = 0 ]; then
    step "counterparts"
    tests/peers/install
    step "what tests the pages"
    web/install
fi
step "build"
cmake --preset dev >build-configure.log 2>&1 || { cat build-configure.log; echo "tests/run.sh: CMake could not configure the build (above)"; exit 1; }
rm -f build-configure.log
cmake --build build/dev -- -k 0 || { echo "tests/run.sh: the build failed (first error above)"; exit 1; }
# One more build with a sanitizer, of some targets or all, and what of the suite it is for.
sanitized() {
    local preset=$1 name=$2 targets=$3
    shift 3
    step "build with the $name sanitizer"
    cmake --preset "$preset" >build-configure.log 2>&1 || { cat build-configure.log; exit 1; }
    rm -f build-configure.log
    # shellcheck disable=SC2086 — several words are meant
    cmake --build "build/$preset" --target $targets -- -k 0 || { echo "tests/run.sh: the build with the $name sanitizer failed (first error above)"; exit 1; }
    step "tests under the $name sanitizer"
    LMSD_FULL= ctest --test-dir "build/$preset" --output-on-failure -j "$(nproc)" "$@"
}

if [ -n "$asan$full" ]; then
    # The campaigns of kills and of load measure time that a sanitizer stretches; --full has the whole suite otherwise.
    if [ -n "$full" ]; then sanitized asan "address and undefined-behaviour" all -E 'crash_campaign|functional_load|quickstart'
    else sanitized asan "address and undefined-behaviour" all -L unit; fi
fi
if [ -n "$tsan$full" ]; then
    threads=$(paste -sd'|' tests/threads.list)
    sanitized tsan thread "${threads//|/ }" -R "^($threads)\$"
fi
if [ -n "$full" ]; then
    step "fuzzers"
    tests/fuzz/run.sh 30
fi
step "tests"
# Last, so that their closing line is the script's. With half a core a test each, the slow counterparts and the quick tests
# share the machine.
ctest --test-dir build/dev --output-on-failure -j "$(nproc)" "${select[@]}" "$@"
