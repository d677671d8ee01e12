#!/bin/bash
# Real hosts on one machine: each has its own network, UTS, mount, PID and IPC namespace, an overlay over
# the machine's root, and an OpenSSH server. Everything lives in namespaces of this very process and in
# memory, so when it ends, however it ends, the kernel removes all of it.
#
#   unshare --net --mount --pid --fork --kill-child=KILL --mount-proc bash hosts.sh FOLDER NET
#
# FOLDER holds the key pair "id", is given "known_hosts", and is removed at the end. NET is three numbers,
# 10.1.2; host hN has address NET.N. Commands come as lines on stdin; each is answered by lines that begin
# with "| " and a last one, "ok" or "failed". The end of stdin ends everything.
set -u
folder=$1 net=$2
disk=1g

start() {
  mount --make-rprivate /
  ip link set lo up
  ip link add lan type bridge
  ip addr add "$net.253/24" dev lan
  ip link set lan up
  # frames that cross the bridge are nobody's business but ours
  sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || :
}

# the first process of a host: folder name address public-key
init='
set -e
d=$1 h=$2 address=$3
hostname "$h"
until ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip link set lo up
ip addr add "$address/24" dev eth0
ip link set eth0 up
ip route add default via "${address%.*}.254"
mount -t overlay overlay -o "lowerdir=/,upperdir=$d/upper,workdir=$d/work" "$d/root"
cd "$d/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mkdir -p run/sshd run/lock var/lib/docker
# an overlay cannot be the upper part of another one
mount --bind "$d/docker" var/lib/docker
mkdir .machine
pivot_root . .machine
umount -l /.machine
rmdir /.machine
if [ ! -f /etc/ssh/hostkey ]; then
  # who names itself after the machine must not find two of a name
  od -An -N16 -tx1 /dev/urandom | tr -d " \n" >/etc/machine-id
  echo >>/etc/machine-id
  echo "$h" >/etc/hostname
  echo "nameserver 127.0.0.1" >/etc/resolv.conf
  printf "127.0.0.1 localhost\n%s %s\n" "$address" "$h" >/etc/hosts
  rm -f /root/.bashrc /root/.profile
  mkdir -p /etc/ssh/keys
  printf "%s\n" "$4" >/etc/ssh/keys/root
  ssh-keygen -q -t ed25519 -N "" -C "$h" -f /etc/ssh/hostkey
fi
/usr/sbin/sshd -f /dev/null -o HostKey=/etc/ssh/hostkey -o PermitRootLogin=prohibit-password \
  -o PidFile=/run/sshd.pid -o ListenAddress=0.0.0.0 -o UsePAM=no -o MaxStartups=100 -o UseDNS=no \
  -o AuthorizedKeysFile=/etc/ssh/keys/%u \
  -o "Subsystem=sftp internal-sftp" -o LogLevel=VERBOSE -E /run/sshd.log
touch /run/booted
while :; do sleep 3600 & wait $! || :; done
'

boot() {
  local h=$1 d=$folder/$1 key parent pid
  # before the fork: what it ran would be taken for the first process of the host
  key=$(cat "$folder/id.pub")
  if [ ! -d "$d" ]; then
    mkdir "$d"
    mount -t tmpfs -o "size=$disk" tmpfs "$d"
    mkdir "$d"/{upper,work,root,docker}
  fi
  setsid unshare --net --uts --mount --pid --ipc --fork --kill-child=KILL \
    bash -c "$init" "$h" "$d" "$h" "$net.${h#h}" "$key" \
    </dev/null >"$folder/$h.log" 2>&1 &
  parent=$!
  pid=
  for _ in $(seq 200); do
    pid=$(cat "/proc/$parent/task/$parent/children" 2>/dev/null)
    pid=${pid%% *}
    [ -z "$pid" ] || break
    sleep 0.02
  done
  [ -n "$pid" ] || { cat "$folder/$h.log"; return 1; }
  # the same card after each boot, as its neighbours remember it
  ip link add "$h" type veth peer name eth0 address "$(printf '02:68:6f:73:74:%02x' "${h#h}")" netns "$pid"
  ip link set "$h" master lan up
  for _ in $(seq 500); do
    if [ -e "/proc/$pid/root/run/booted" ]; then
      echo "$pid" >"$folder/$h.pid"
      grep -qs "^$net.${h#h} " "$folder/known_hosts" ||
        echo "$net.${h#h} $(cat "$d/upper/etc/ssh/hostkey.pub")" >>"$folder/known_hosts"
      echo "$pid"
      return 0
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.02
  done
  cat "$folder/$h.log"
  return 1
}

pid() { cat "$folder/$1.pid"; }

# Power off: the cable is dark first, so no FIN or RST leaves the host.
power_off() {
  ip link set "$1" down
  kill -9 "$(pid "$1")"
  while kill -0 "$(pid "$1")" 2>/dev/null; do sleep 0.02; done
  ip link del "$1" 2>/dev/null || :
}

# What the host has on its disk beyond this machine's: a line for each path, and one with the hash of each
# file. Folders that only hold such things are left out.
tree() {
  local same=$folder/$1.same
  cd "$folder/$1/upper" || return
  find . -mindepth 1 -type d -print0 |
    (cd / && xargs -0r sh -c 'find "$@" -maxdepth 0 -type d -printf "%p %y %m %U:%G %l\0"' sh 2>/dev/null) |
    LC_ALL=C sort -z >"$same"
  find . -mindepth 1 -printf '%p %y %m %U:%G %l\0' | LC_ALL=C sort -z | LC_ALL=C comm -z -23 - "$same" |
    tr '\n\0' '?\n'
  find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum --
}

times() {
  (cd "$folder/$1/upper" && LC_ALL=C find . -printf '%P %T@ %C@\0' | LC_ALL=C sort -z | tr '\n\0' '?\n')
}

partition() {
  nft -f - <<N
add table bridge cut_$1_$2
add chain bridge cut_$1_$2 forward { type filter hook forward priority 0; }
add rule bridge cut_$1_$2 forward iifname "$1" oifname "$2" drop
add rule bridge cut_$1_$2 forward iifname "$2" oifname "$1" drop
N
}

# leaves that many KiB free
fill() {
  local used
  used=$(df -k --output=used "$folder/$1" | tail -n 1)
  mount -o "remount,size=$((used + $2))k" "$folder/$1"
}

# both ways; a rate such as 1mbit
slow() {
  tc qdisc replace dev "$1" root tbf rate "$2" burst 32kb limit 256kb &&
    nsenter -t "$(pid "$1")" -n tc qdisc replace dev eth0 root tbf rate "$2" burst 32kb limit 256kb
}

act() {
  case $1 in
    boot) boot "$2" ;;
    kill) power_off "$2" ;;
    cut) ip link set "$2" down ;;
    heal) ip link set "$2" up ;;
    partition) partition "$2" "$3" ;;
    unpartition) nft delete table bridge "cut_$2_$3" ;;
    slow) slow "$2" "$3" ;;
    fast) tc qdisc del dev "$2" root && nsenter -t "$(pid "$2")" -n tc qdisc del dev eth0 root ;;
    fill) fill "$2" "$3" ;;
    drain) mount -o "remount,size=$disk" "$folder/$2" ;;
    tree) (tree "$2") ;;
    times) times "$2" ;;
    uplink) ip link set uplink master lan up ;;
    *) echo "unknown: $1"; return 64 ;;
  esac
}

start >"$folder/start.log" 2>&1 || { cat "$folder/start.log" >&2; exit 1; }
echo ok
while read -r -a words; do
  if answer=$(act "${words[@]}" 2>&1); then end=ok; else end=failed; fi
  [ -z "$answer" ] || printf '%s\n' "$answer" | sed 's/^/| /'
  echo "$end"
done
for file in "$folder"/*.pid; do
  [ ! -f "$file" ] || kill -9 "$(cat "$file")" 2>/dev/null || :
done
umount -l "$folder"/h* 2>/dev/null || :
rm -rf --one-file-system "$folder"
