#!/usr/bin/env bash
# Replaces every provider TIMES times while chronos:status runs all the time; prints the median gap of each.
# usage: benchmarks/swap.sh [TIMES]     (after: mvn -B -DskipTests package)
set -eu
cd "$(dirname "$0")/.."
times=${1:-100}
horai=$PWD/distribution/target/horai/bin/horai
HORAI_HOME=$(mktemp -d)
export HORAI_HOME
trap 'rm -rf "$HORAI_HOME"' EXIT

providers=$("$horai" -c 'platform:list -o name' |
  grep -E '^(networking-.*|ingress-.*|chronos-.x|marathon|zookeeper|host-ssh|mesos-.*)$' | tr '\n' ' ')
swaps=$(for name in $providers; do for _ in $(seq "$times"); do printf '%s ' "$name"; done; done)
cat >"$HORAI_HOME/swap.gogo" <<SCRIPT
sandbox:up
chronos:apply --yes
look = { while { chronos:status -o json } { sleep 0 } }
look &
each [$swaps] { platform:swap \$it -o json }
chronos:status -o json
jobs
SCRIPT
"$horai" run "$HORAI_HOME/swap.gogo" >"$HORAI_HOME/out" 2>"$HORAI_HOME/err" ||
  { tail -n 20 "$HORAI_HOME/err" >&2; exit 1; }

median() {
  sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
looks=$(grep -c '"leader" : {' "$HORAI_HOME/out")
grep -q '] background look$' "$HORAI_HOME/out" || { echo "the loop of looks ended early" >&2; exit 1; }
printf 'machine: %s cores; %s looks while providers were replaced, none failed\n' "$(nproc)" "$looks"
for name in $providers; do
  printf '%-20s gap of %s swaps: median %s ms (goal < 100), longest %s ms\n' "$name" "$times" \
    "$(sed -n "/\"name\" : \"$name\"/,/gapMillis/s/.*\"gapMillis\" : \([0-9.]*\).*/\1/p" "$HORAI_HOME/out" | median)" \
    "$(sed -n "/\"name\" : \"$name\"/,/gapMillis/s/.*\"gapMillis\" : \([0-9.]*\).*/\1/p" "$HORAI_HOME/out" | sort -n | tail -n 1)"
done
