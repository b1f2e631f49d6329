#!/usr/bin/env bash
# Everything the project proves, on a clean Debian 12: installs what is missing, builds with warnings as errors, runs
# all tests and ends with the test runner's closing line.
#   tests/run.sh [--full] [--unit] [ctest options, e.g. -R wizard]
# --full adds larger uploads and more kills (LMSD_FULL=1), the unit tests under the address and undefined-behaviour
# sanitizers (a second build, some ten minutes), and every fuzzer for half a minute (a third, with clang);
# --unit leaves out whatever needs a counterpart (no Learning Locker, no S3).
set -euo pipefail
cd "$(dirname "$0")/.."
full= ; lists=(build test peers) ; select=()
while [ $# -gt 0 ]; do
    case $1 in
        --full) full=1; export LMSD_FULL=1; shift ;;
        --unit) lists=(build test); select+=(-L unit); shift ;;
        -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
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
fi
step "build"
cmake --preset dev >build-configure.log 2>&1 || { cat build-configure.log; echo "tests/run.sh: CMake could not configure the build (above)"; exit 1; }
rm -f build-configure.log
cmake --build build/dev -- -k 0 || { echo "tests/run.sh: the build failed (first error above)"; exit 1; }
step "tests"
# With half a core a test each, the slow counterparts and the quick tests share the machine.
ctest --test-dir build/dev --output-on-failure -j "$(nproc)" "${select[@]}" "$@"

if [ -n "$full" ]; then
    step "build with sanitizers"
    cmake --preset asan >build-configure.log 2>&1 || { cat build-configure.log; exit 1; }
    rm -f build-configure.log
    cmake --build build/asan -- -k 0 || { echo "tests/run.sh: the build with sanitizers failed (first error above)"; exit 1; }
    step "unit tests under sanitizers"
    ctest --test-dir build/asan --output-on-failure -j "$(nproc)" -L unit "$@"
    step "fuzzers"
    tests/fuzz/run.sh 30
fi
