#!/usr/bin/env bash
# Real OpenSSH servers on loopback addresses, each with a file tree of its own.
# usage: hosts.sh up N FOLDER | fresh FOLDER | down FOLDER          (root; Debian: openssh-server)
#
# FOLDER gets: key, known_hosts, addresses, cluster.yaml, hN/root (what host N sees below HORAI_ROOT).
# `fresh` empties every host's tree. The tools of the hosts (weave, systemctl, ...) are those of tools/. A login finds no
# profile in its home, unless PROFILE is set: then it reads the one of this machine's root, as all other hosts do.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
action=$1
case $action in
  up) count=$2 folder=$3 ;;
  *) folder=$2 ;;
esac

address() { echo "127.64.$(($1 / 250)).$(($1 % 250 + 1))"; }

fresh_host() {
  # put aside, for ext4 looks at each inode deleted in the last seconds before it makes another file
  if [ -d "$folder/h$1/root" ]; then
    mkdir -p "$folder/h$1/old"
    mv "$folder/h$1/root" "$(mktemp -d "$folder/h$1/old/XXXXXX")"
  fi
  mkdir -p "$folder/h$1/root/etc" "$folder/h$1/root/proc/sys/net/ipv4" "$folder/h$1/root/run"
  echo 0 >"$folder/h$1/root/proc/sys/net/ipv4/ip_forward"
}

start_host() {
  local host=$folder/h$1 home=
  [ -n "${PROFILE:-}" ] || home=" HOME=$host/root"
  fresh_host "$1"
  cat >"$host/sshd_config" <<EOF
ListenAddress $(address "$1")
Port 22
HostKey $folder/hostkey
PidFile $host/sshd.pid
AuthorizedKeysFile $folder/key.pub
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
MaxStartups 100
LogLevel VERBOSE
SetEnv HORAI_ROOT=$host/root${home} PATH=$here/tools:/usr/sbin:/usr/bin:/sbin:/bin
Subsystem sftp internal-sftp
EOF
  /usr/sbin/sshd -f "$host/sshd_config" -E "$host/sshd.log"
  echo "$(address "$1") $(cut -d' ' -f1,2 "$folder/hostkey.pub")" >>"$folder/known_hosts"
  address "$1" >>"$folder/addresses"
}

cluster_file() {
  printf 'name: bench\nssh:\n  user: root\n  identityFile: %s\n  hostKeys: strict\n  knownHosts: %s\n' \
    "$folder/key" "$folder/known_hosts"
  printf 'zookeeper:\n  servers: ["127.64.255.1:2181"]\nhosts:\n'
  local number=0 roles=master
  while read -r address; do
    number=$((number + 1))
    printf '  h%d: {address: %s, roles: [%s]}\n' "$number" "$address" "$roles"
    roles=agent
  done <"$folder/addresses"
}

case $action in
  up)
    mkdir -p "$folder" /run/sshd
    ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
    ssh-keygen -q -t ed25519 -N '' -f "$folder/hostkey"
    for number in $(seq "$count"); do start_host "$number"; done
    cluster_file >"$folder/cluster.yaml"
    ;;
  fresh) for host in "$folder"/h*/; do host=${host%/} && fresh_host "${host##*/h}"; done ;;
  down)
    for pid in "$folder"/h*/sshd.pid; do
      [ -f "$pid" ] && kill "$(cat "$pid")"
    done
    rm -rf "$folder"
    ;;
  *) sed -n 2,6p "$0" && exit 64 ;;
esac
