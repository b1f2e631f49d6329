#!/usr/bin/env bash
# Shows that the campaign sees what it is for: each patch of plants/ plants one fault into a copy of the sources, the module
# is built from it, and seeds run until one fails. Not part of the ordinary run: each plant is a build of the module.
#   tests/crash/plants.sh [PLANT…] [--seeds N]     at most N seeds a plant (20)
# Ends with 1 when a plant was not caught. The ordinary build (LMSD_BUILD, else build/dev) gives lmsd itself.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
seeds=20 ; plants=()
while [ $# -gt 0 ]; do
    case $1 in
        --seeds) seeds=$2; shift 2 ;;
        -h|--help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) plants+=("$1"); shift ;;
    esac
done
[ ${#plants[@]} -gt 0 ] || for patch in "$root"/tests/crash/plants/*.patch; do plants+=("$(basename "$patch" .patch)"); done
built=${LMSD_BUILD:-$root/build/dev}
work=$(mktemp -d "${TMPDIR:-/tmp}/lmsd-plants-XXXXXX")
trap 'rm -rf "$work"' EXIT
tree=$work/tree
mkdir "$tree"
git -C "$root" ls-files -z | tar -C "$root" --null -T - -cf - | tar -C "$tree" -xf -
missed=
for plant in "${plants[@]}"; do
    patch -d "$tree" -p1 --quiet <"$root/tests/crash/plants/$plant.patch" ||
        { echo "plants.sh: '$plant' does not fit the sources any more; plant it anew in tests/crash/plants/$plant.patch"; exit 1; }
    cmake -S "$tree" --preset dev >"$work/$plant.log" 2>&1 && cmake --build "$tree/build/dev" --target u2035 >>"$work/$plant.log" 2>&1 ||
        { tail -n 20 "$work/$plant.log"; echo "plants.sh: '$plant' does not build (above)"; exit 1; }
    mkdir -p "$tree/build/dev/host/app" "$tree/build/dev/host/ctl"
    ln -sf "$built/host/app/lmsd" "$tree/build/dev/host/app/lmsd"
    ln -sf "$built/host/ctl/lmsctl" "$tree/build/dev/host/ctl/lmsctl"
    if LMSD_BUILD=$tree/build/dev TMPDIR=$work "$root/tests/crash/run.sh" "$seeds" --until-failure >"$work/$plant.out" 2>&1; then
        echo "$plant: NOT CAUGHT in $seeds seeds"
        missed=1
    else
        echo "$plant: caught by seed $(grep -c '^seed ' "$work/$plant.out"):"
        grep -A 3 '^seed .*FAILED' "$work/$plant.out" | cut -c1-200 || tail -n 20 "$work/$plant.out"
    fi
    patch -d "$tree" -p1 --quiet --reverse <"$root/tests/crash/plants/$plant.patch"
done
[ -z "$missed" ]
