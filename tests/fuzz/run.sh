#!/usr/bin/env bash
# Runs the fuzzers, each for some seconds from its corpus, with coverage and the address and undefined-behaviour
# sanitizers. Fails on a finding and says how to replay it.
#   tests/fuzz/run.sh [SECONDS] [TARGET…]     30 seconds and every target of tests/fuzz/corpus by default
# New inputs go to build/fuzz/found/TARGET, never to the corpus: tests/fuzz/README.md says how it grows.
# LMSD_FUZZ_JOBS targets run at a time (default: one for each processor).
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=30
case ${1:-} in
    -h|--help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    [0-9]*) seconds=$1; shift ;;
esac
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=($(ls tests/fuzz/corpus))
for target in "${targets[@]}"; do
    [ -d "tests/fuzz/corpus/$target" ] || { echo "tests/fuzz/run.sh: no target '$target'; there are: $(ls tests/fuzz/corpus | tr '\n' ' ')" >&2; exit 2; }
done

packaging/install-packages build fuzz
mkdir -p build/fuzz
cmake --preset fuzz >build/fuzz/configure.log 2>&1 || { cat build/fuzz/configure.log; exit 1; }
cmake --build build/fuzz --target "${targets[@]/#/fuzz_}" -- -k 0 ||
    { echo "tests/fuzz/run.sh: the build failed (first error above)" >&2; exit 1; }

# A program with its sanitizers takes some 100 MB; what takes more than 2 GB, or 10 seconds for one input, is a finding.
run() {
    local target=$1 program=build/fuzz/tests/fuzz/fuzz_$1 log=build/fuzz/$1.log
    mkdir -p "build/fuzz/found/$target" build/fuzz/findings
    if UBSAN_OPTIONS=print_stacktrace=1 "$program" "build/fuzz/found/$target" "tests/fuzz/corpus/$target" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/findings/$target-" >"$log" 2>&1; then
        printf '%-16s %s\n' "$target" "$(grep -a 'DONE' "$log" | tail -n 1)"
    else
        printf '%-16s FINDING\n' "$target"
        grep -aE 'broken promise|ERROR|runtime error|SUMMARY|what\(\)|Test unit written' "$log" | head -n 8
        printf 'replay: %s FILE   (log: %s)\n' "$program" "$log"
        return 1
    fi
}
export -f run
export seconds
printf '%s\n' "${targets[@]}" | xargs -P "${LMSD_FUZZ_JOBS:-$(nproc)}" -I{} bash -c 'run {}' ||
    { echo "tests/fuzz/run.sh: there are findings (above)" >&2; exit 1; }
