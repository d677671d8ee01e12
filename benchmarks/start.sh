#!/usr/bin/env bash
# Times the start: the caches made, and a cold command with them. usage: benchmarks/start.sh [RUNS]
# (after: mvn -B -DskipTests package) With KARAF=FOLDER, an unpacked Karaf that runs and has a user karaf (bin/start;
# etc/users.properties), in turns with its client listing bundles.
set -eu
cd "$(dirname "$0")/.."
runs=${1:-9}
horai=$PWD/distribution/target/horai/bin/horai
HORAI_HOME=$(mktemp -d)
export HORAI_HOME
trap 'rm -rf "$HORAI_HOME"' EXIT

median() {
  sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
seconds() {
  TIMEFORMAT=%R
  { time "$@" >"$HORAI_HOME/out" 2>&1; } 2>&1 || { cat "$HORAI_HOME/out" >&2; exit 1; }
}
printf 'machine: %s cores, %s\n' "$(nproc)" "$(java -version 2>&1 | head -n 1)"
printf 'horai --warm-up, once         %s s\n' "$(seconds "$horai" --warm-up)"
# Karaf's client ends without an answer when its stdin does.
karaf() { sleep 3 | seconds "$KARAF/bin/client" -u karaf -p karaf bundle:list; }
for _ in $(seq "$runs"); do
  seconds "$horai" -c cluster:list >>"$HORAI_HOME/cold"
  [ -z "${KARAF:-}" ] || karaf >>"$HORAI_HOME/karaf"
done
printf 'horai -c cluster:list, cold   %s s (median of %s; goal < 0.7)\n' "$(median <"$HORAI_HOME/cold")" "$runs"
[ -z "${KARAF:-}" ] || printf 'client of Karaf, bundle:list  %s s\n' "$(median <"$HORAI_HOME/karaf")"
