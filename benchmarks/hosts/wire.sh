#!/usr/bin/env bash
# One real SSH server behind a wire with a round trip of 20 ms: the Weave role by bare ssh, by the whole program, and by
# a program that runs already and has done the same for another host. usage: benchmarks/hosts/wire.sh [ROUNDS]
# (root; after: mvn -B -DskipTests package)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-5}
home=$here/../../distribution/target/horai
horai=$home/bin/horai
# shellcheck source=benchmarks/hosts/common.sh
. "$here/common.sh"
end=127.65.0.1

wire() { # between the second host and an address of its own
  local far
  far=$(sed -n 2p "$hosts/addresses")
  java "$here/Latency.java" "$end" "$far" 22 10 >"$work/wire" &
  wire=$!
  until grep -q ready "$work/wire"; do kill -0 "$wire" && sleep 0.1; done
  echo "$end $(cut -d' ' -f1,2 "$hosts/hostkey.pub")" >>"$hosts/known_hosts"
  echo "$end" >"$hosts/addresses"
  cp "$hosts/h2/role.sh" "$hosts/h1/role.sh"
}

cluster() { # cluster NAME HOST ADDRESS
  sed -e "s/^name: .*/name: $1/" -e '/^  h[0-9]*: /d' "$hosts/cluster.yaml" >"$hosts/$1.yaml"
  echo "  $2: {address: $3, roles: [master, agent]}" >>"$hosts/$1.yaml"
  "$horai" --quiet -c "cluster:use $hosts/$1.yaml" >/dev/null
}

whole() { # whole NAME COMMAND...
  "$here/hosts.sh" fresh "$hosts"
  TIMEFORMAT=%R
  { time "${@:2}" >"$work/out" 2>&1; } 2>>"$work/$1" || { cat "$work/out" >&2; exit 1; }
}

running() {
  local line stamps=()
  "$here/hosts.sh" fresh "$hosts"
  while read -r line; do
    [ "$line" != MARK ] || stamps+=("$EPOCHREALTIME")
  done < <("$horai" --quiet -c 'net:apply --cluster near --yes; echo MARK; net:apply --cluster far --yes; echo MARK')
  awk -v from="${stamps[0]}" -v to="${stamps[1]}" 'BEGIN { print to - from }' >>"$work/running"
}

printf 'machine: %s cores, %s\n' "$(nproc)" "$(java -version 2>&1 | head -n 1)"
"$horai" --warm-up
coordination
prepare 2
cluster near h1 "$(head -n 1 "$hosts/addresses")"
wire
trap 'kill "$wire"; finish' EXIT
cluster far h2 "$end"
for _ in $(seq "$rounds"); do
  whole ssh bare_ssh
  whole cold "$horai" --quiet -c 'net:apply --yes'
  running
done
for name in ssh cold running; do printf '%-8s %.2f s\n' "$name" "$(median "$work/$name")"; done
