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

# waits JOURNAL: seconds in which hosts, agents or Marathon worked, by the journal of a run
waits() {
  awk '
    function value(key,   text) {
      if (!match($0, "\"" key "\":\"[^\"]*\"")) return ""
      text = substr($0, RSTART, RLENGTH)
      gsub("\"" key "\":|\"", "", text)
      return text
    }
    {
      split(value("time"), clock, /[T:Z]/)
      now = clock[2] * 3600 + clock[3] * 60 + clock[4]
      step = value("step")
    }
    step == "" || step == "chronos.verify" { next }
    /"STEP_STARTED"/ && running++ == 0 { since = now }
    /"STEP_ENDED"/ && --running == 0 { sum += now - since }
    END { print sum + 0 }' "$1"
}
# deployment: seconds from the start of the program to the proof, and the part of it that is our own:
# without the start of the simulated systems and without the waits
deployment() {
  local start end journal
  start=$(date +%s.%N)
  "$horai" -c 'sandbox:up; chronos:apply --yes' >"$HORAI_HOME/out" 2>"$HORAI_HOME/err" ||
    { cat "$HORAI_HOME/err" >&2; exit 1; }
  journal=$(ls -td "$HORAI_HOME"/runs/r-* | head -n 1)/journal.jsonl
  end=$(date -d "$(tail -n 1 "$journal" | sed 's/.*"time":"\([^"]*\)".*/\1/')" +%s.%N)
  sed -n 's/.*\(zookeeper\|hosts\|mesos\|marathon\) .*  \([0-9.]*\) s$/\2/p' "$HORAI_HOME/err" |
    head -n 4 |
    awk -v a="$start" -v b="$end" -v waits="$(waits "$journal")" \
      '{ sandbox += $1 } END { printf "%.2f %.2f\n", b - a, b - a - sandbox - waits }'
}

"$horai" --warm-up >/dev/null
printf 'machine: %s cores, %s\n' "$(nproc)" "$(java -version 2>&1 | head -n 1)"
printf 'horai -c cluster:list, after the first run   %s s (goal < 1)\n' \
  "$(for _ in $(seq "$runs"); do seconds "$horai" -c cluster:list; done | median)"
for _ in $(seq "$runs"); do deployment; done >"$HORAI_HOME/deployments"
printf 'sandbox:up to verified HA deployment          %s s (goal < 30)\n' \
  "$(cut -d' ' -f1 "$HORAI_HOME/deployments" | median)"
printf '  of which our own work                       %s s (goal < 5)\n' \
  "$(cut -d' ' -f2 "$HORAI_HOME/deployments" | median)"
jar=$(ls "$PWD"/bundles/networking-weave/target/networking-weave-*.jar | grep -v -e sources -e javadoc | head -n 1)
printf 'gap of a swapped provider                     %s ms (goal < 100)\n' \
  "$(for _ in $(seq "$runs"); do
    "$horai" -c "platform:swap networking-weave --file $jar -o json" 2>/dev/null |
      sed -n 's/.*"gapMillis" *: *\([0-9.]*\).*/\1/p'
  done | median)"
