#!/usr/bin/env bash
# Prints medians of: a cold command, sandbox to verified deployment, the gap of a swapped provider.
# usage: benchmarks/run.sh [RUNS]     (after: mvn -B -DskipTests package)
set -eu
cd "$(dirname "$0")/.."
runs=${1:-5}
horai=$PWD/distribution/target/horai/bin/horai
HORAI_HOME=$(mktemp -d)
export HORAI_HOME
trap 'rm -rf "$HORAI_HOME"' EXIT

median() {
  sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
seconds() { # seconds COMMAND...: wall time of a command that must succeed
  local start end
  start=$(date +%s.%N)
  "$@" >"$HORAI_HOME/out" 2>"$HORAI_HOME/err" || { cat "$HORAI_HOME/err" >&2; exit 1; }
  end=$(date +%s.%N)
  awk -v a="$start" -v b="$end" 'BEGIN { printf "%.2f\n", b - a }'
}

"$horai" --warm-up >/dev/null
printf 'machine: %s cores, %s\n' "$(nproc)" "$(java -version 2>&1 | head -n 1)"
printf 'horai -c cluster:list, after the first run   %s s (goal < 1)\n' \
  "$(for _ in $(seq "$runs"); do seconds "$horai" -c cluster:list; done | median)"
printf 'sandbox:up to verified HA deployment          %s s (goal < 30)\n' \
  "$(for _ in $(seq "$runs"); do seconds "$horai" -c 'sandbox:up; chronos:apply --yes'; done | median)"
jar=$(ls "$PWD"/bundles/networking-weave/target/networking-weave-*.jar | grep -v -e sources -e javadoc | head -n 1)
printf 'gap of a swapped provider                     %s ms (goal < 100)\n' \
  "$(for _ in $(seq "$runs"); do
    "$horai" -c "platform:swap networking-weave --file $jar -o json" 2>/dev/null |
      sed -n 's/.*"gapMillis" *: *\([0-9.]*\).*/\1/p'
  done | median)"
