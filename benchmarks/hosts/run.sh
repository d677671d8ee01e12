#!/usr/bin/env bash
# The Weave role on N real SSH servers: Horai against bare ssh, SSHJ alone, Ansible and mitogen, run in turns.
# usage: benchmarks/hosts/run.sh [-q] [-r ROUNDS] [N...]        (root; after: mvn -B -DskipTests package)
#
# Prints medians in seconds and ratios to bare ssh. Ansible and mitogen run where they are installed, unless
# -q is given; once only, and with 30 hosts or more only the run that changes, for they take minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rounds=5
slow=1
[ "${1:-}" = -q ] && slow= && shift
[ "${1:-}" = -r ] && rounds=$2 && shift 2
[ $# -gt 0 ] || set -- 3 10 30 100
home=$here/../../distribution/target/horai
horai=$home/bin/horai
# shellcheck source=benchmarks/hosts/common.sh
. "$here/common.sh"

with_horai() { "$horai" --quiet -c 'net:apply --yes' >"$work/out"; }
with_sshj() { "${floor[@]}" "-XX:SharedArchiveFile=$work/floor.jsa" Floor "$hosts"; }
make_floor() { # with the SSHJ of the distribution, as quick a start, and no log
  local jars="$home/bundles/20/org.horai.host-ssh.jar:$home/lib/slf4j-api.jar"
  javac -cp "$jars" -d "$work/floor" "$here/Floor.java"
  jar cf "$work/floor.jar" -C "$work/floor" .
  floor=(java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -cp "$jars:$work/floor.jar")
  prepare 2
  "${floor[@]}" "-XX:ArchiveClassesAtExit=$work/floor.jsa" Floor "$hosts" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
  "$here/hosts.sh" down "$hosts"
}
with_ansible() {
  # its connections outlive it, and the next hosts have the same addresses
  ANSIBLE_SSH_CONTROL_PATH_DIR=$hosts/connections ANSIBLE_SSH_PIPELINING=1 ANSIBLE_HOST_KEY_CHECKING=0 \
    ANSIBLE_FORKS=50 ANSIBLE_STRATEGY_PLUGINS=${2:-} \
    ANSIBLE_STRATEGY=${1:-linear} ANSIBLE_DEPRECATION_WARNINGS=0 ANSIBLE_LOCALHOST_WARNING=0 \
    ansible-playbook -i "$hosts/inventory" "$here/role.yml" >"$work/out"
}
strategies=$(find /usr/lib/python3*/dist-packages/ansible_mitogen/plugins -name strategy 2>/dev/null | head -n 1)
with_mitogen() { with_ansible mitogen_linear "$strategies"; }

measure() { # measure NAME CASE COMMAND: adds wall and CPU seconds of the client to the figures
  local wall user system
  TIMEFORMAT='%R %U %S'
  { time "$3" 2>"$work/err"; } 2>"$work/time" || { cat "$work/err" "$work/out" >&2; exit 1; }
  read -r wall user system <"$work/time"
  echo "$wall" >>"$work/figures-$1-$2"
  awk -v u="$user" -v s="$system" 'BEGIN { print u + s }' >>"$work/cpu-$1-$2"
}

compare() { # compare N
  local round tool tools="bare_ssh with_sshj with_horai"
  rm -f "$work"/figures-* "$work"/cpu-*
  prepare "$1"
  [ -n "$slow" ] && command -v ansible-playbook >/dev/null && tools="$tools with_ansible"
  [ -n "$slow" ] && [ -n "$strategies" ] && tools="$tools with_mitogen"
  for round in $(seq "$rounds"); do
    for tool in $tools; do
      case $tool in with_ansible | with_mitogen) [ "$round" -gt 1 ] && continue ;; esac
      "$here/hosts.sh" fresh "$hosts"
      measure "$tool" change "$tool"
      case $tool in with_ansible | with_mitogen) [ "$1" -ge 30 ] && continue ;; esac
      measure "$tool" same "$tool"
    done
    measure start cold cold_start
  done
  report "$1" $tools
  "$here/hosts.sh" down "$hosts"
}
cold_start() { "$horai" --quiet -c cluster:list >/dev/null; }

report() { # report N TOOL...
  local count=$1 tool base cold
  shift
  base=$(median "$work/figures-bare_ssh-change")
  cold=$(median "$work/cpu-start-cold")
  printf '\n%s hosts, %s rounds\n%-14s %10s %10s %8s %14s\n' "$count" "$rounds" tool change 'no change' ratio 'CPU ms/host'
  for tool; do
    awk -v tool="${tool#with_}" -v change="$(median "$work/figures-$tool-change")" \
      -v same="$([ ! -f "$work/figures-$tool-same" ] || median "$work/figures-$tool-same")" -v base="$base" -v n="$count" \
      -v cpu="$(median "$work/cpu-$tool-change")" -v cold="$([ "$tool" = with_horai ] && echo "$cold" || echo 0)" \
      'BEGIN { printf "%-14s %8.2f s %10s %7.2fx %14.1f\n", tool, change, same == "" ? "-" : sprintf("%.2f s", same), change / base, (cpu - cold) * 1000 / n }'
  done
}

printf 'machine: %s cores, %s; start-up is not counted in the CPU of Horai\n' "$(nproc)" "$(java -version 2>&1 | head -n 1)"
"$horai" --warm-up
coordination
make_floor
for count; do compare "$count"; done
