#!/usr/bin/env bash
# Plans and applies for 250, 500 and 1,000 simulated hosts in a heap of 256 MB; prints seconds, the first with the start of Java.
# usage: benchmarks/many.sh
set -eu
cd "$(dirname "$0")/.."
JAVA_TOOL_OPTIONS=-Xmx256m mvn -B -q -pl bundles/core -am test -Dtest=ManyHostsTest \
  -Dsurefire.failIfNoSpecifiedTests=false >&2
printf 'machine: %s cores, heap 256 MB\n' "$(nproc)"
sed -n 's/.*testcase .*\[\([123]\)\]" .*time="\([0-9.]*\)".*/\1 \2/p' bundles/core/target/surefire-reports/TEST-*ManyHostsTest.xml |
  sed 's/^1 /250 /; s/^2 /500 /; s/^3 /1000 /' | sort -n | awk '{ printf "%5s hosts %6.2f s\n", $1, $2 }'
