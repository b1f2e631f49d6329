#!/usr/bin/env bash
# From a clone to a night's files: installs what is missing from Debian, builds a release, creates an SQLite database,
# loads a demonstration organization, starts lmsd with u2035.so on 127.0.0.1:8080 and runs the nightly job once.
#   packaging/quickstart.sh             tables only: they need no integration
#   packaging/quickstart.sh --sandbox   also starts Learning Locker and an S3 gateway here, completes the set-up wizard
#                                       over REST and delivers the statements for real
#   packaging/quickstart.sh --stop      ends what it started; the data stay in var/quickstart
# A second run is quick and keeps the data. LMSD_PORT chooses another port, LMSD_HOME another folder.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
home=${LMSD_HOME:-$root/var/quickstart}
port=${LMSD_PORT:-8080}
org=demo
build=$root/build/release
lmsd=$build/host/app/lmsd
lmsctl=$build/host/ctl/lmsctl

sandbox= ; stop=
for argument in "$@"; do
    case $argument in
        --sandbox) sandbox=1 ;;
        --stop) stop=1 ;;
        -h|--help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) echo "quickstart: unknown option '$argument'; see --help" >&2; exit 2 ;;
    esac
done

begun=$SECONDS
step() { printf '\n[%3d s] %s\n' $((SECONDS - begun)) "$*"; }
fail() { printf '\nquickstart: %s\n' "$*" >&2; exit 1; }
running() { [ -f "$home/lmsd.pid" ] && kill -0 "$(cat "$home/lmsd.pid")" 2>/dev/null &&
            grep -qa lmsd "/proc/$(cat "$home/lmsd.pid")/cmdline"; }

end_server() {
    running || { rm -f "$home/lmsd.pid"; return 0; }
    local pid; pid=$(cat "$home/lmsd.pid")
    kill -TERM "$pid"
    for _ in $(seq 300); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -0 "$pid" 2>/dev/null && fail "lmsd (process $pid) does not end; look at $home/lmsd.log"
    rm -f "$home/lmsd.pid"
}

if [ -n "$stop" ]; then
    end_server
    [ ! -d "$home/sandbox" ] || python3 packaging/quickstart.py stop --home "$home"
    echo "Stopped. The data stay in $home; the same command without --stop starts again."
    exit 0
fi

step "Packages"
packaging/install-packages build quickstart ${sandbox:+peers}

step "Build (release; the first one compiles everything and takes long, later ones only what changed; half a GB)"
mkdir -p "$home"
cmake --preset release >"$home/build.log" 2>&1 || { tail -n 20 "$home/build.log"; fail "CMake could not configure the build; the whole log: $home/build.log"; }
cmake --build build/release || fail "the build failed (the error is above)"

if [ -n "$sandbox" ]; then
    step "Counterparts: Learning Locker and the S3 gateway"
    tests/peers/install
    python3 packaging/quickstart.py start --home "$home"
fi

step "Server"
umask 077
cat >"$home/lmsd.conf" <<CONF
# written by packaging/quickstart.sh
http.address = 127.0.0.1
http.port = $port
health.port = 0
database.path = $home/lmsd.db
records.mappings = $root/config/mappings
sources.sets = $root/config/sources
sources.xapi_rules = $root/config/xapi
modules.directory = $build/modules
modules.load = u2035
modules.required = u2035
log.format = json
log.output = $home/lmsd.log
module.u2035.profiles_directory = $root/config/profiles
module.u2035.letters_directory = $root/config/letters
CONF
if [ -n "$sandbox" ]; then
    # The counterparts stand on loopback without a certificate: only a sandbox allows that.
    printf 'outbound.allow_http = true\noutbound.allow_private_addresses = true\n' >>"$home/lmsd.conf"
fi
"$lmsd" --config "$home/lmsd.conf" --check || fail "the configuration is wrong (above)"
end_server
"$lmsctl" database migrate --config "$home/lmsd.conf"
[ -s "$home/admin.token" ] ||
    "$lmsctl" tokens create quickstart --direct --server-admin \
        --out "$home/admin.token" --config "$home/lmsd.conf"
rm -f "$home/ready.json"
setsid "$lmsd" --config "$home/lmsd.conf" --ready-file "$home/ready.json" >"$home/lmsd.out" 2>&1 </dev/null &
echo $! >"$home/lmsd.pid"
for _ in $(seq 300); do
    [ -s "$home/ready.json" ] && break
    running || { tail -n 20 "$home/lmsd.out"; fail "lmsd ended at once (above, and $home/lmsd.log). Is port $port free? LMSD_PORT=8090 chooses another."; }
    sleep 0.1
done
[ -s "$home/ready.json" ] || fail "lmsd is not ready after 30 s; look at $home/lmsd.log"
url=http://127.0.0.1:$port
export LMSCTL_SERVER=$url LMSCTL_TOKEN_FILE=$home/admin.token
"$lmsctl" modules list

if ! "$lmsctl" organizations show $org >/dev/null 2>&1; then
    step "Demonstration organization '$org': about 200 made-up learners"
    "$lmsctl" demo load $org
fi
# The server's administrator sees no organization's data: what follows is done as the organization's own.
[ -s "$home/$org.token" ] ||
    "$lmsctl" tokens create quickstart-$org --role $org=organization-admin --out "$home/$org.token"
if [ ! -s "$home/password" ]; then
    head -c 12 /dev/urandom | base64 | tr '+/' '-_' >"$home/password.new"
    "$lmsctl" users create admin --name "Quick start" --server-admin --role $org=organization-admin --password-stdin \
        <"$home/password.new"
    mv "$home/password.new" "$home/password"
fi

if [ -n "$sandbox" ]; then
    step "Wizard over REST"
    python3 packaging/quickstart.py wizard --home "$home" --server "$url" --admin-token "$home/admin.token" --token "$home/$org.token" --org $org
fi

step "Nightly job"
"$lmsctl" jobs run u2035.nightly >"$home/night.out" || { cat "$home/night.out"; fail "the night did not end well (above, and $home/lmsd.log)"; }
python3 packaging/quickstart.py report --home "$home" --server "$url" --token "$home/$org.token" --org $org

again=packaging/quickstart.sh
[ -z "${LMSD_HOME:-}" ] || again="LMSD_HOME=$home $again"
[ -z "${LMSD_PORT:-}" ] || again="LMSD_PORT=$port $again"
cat <<END

Done in $((SECONDS - begun)) s.
  Open      $url/         the organization, its integrations, the night and the lists
            $url/docs     every operation, with the curl command to copy
  Sign in   admin, password $(cat "$home/password")
  Tokens    $home/admin.token     the server's administrator (for lmsctl: --token-file)
            $home/$org.token      the organization's, for REST: Authorization: Bearer …
  Log       $home/lmsd.log
  Stop      $again --stop
END
