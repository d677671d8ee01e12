#!/bin/sh
# This host's part of the BGP mesh: join (check), up, run; pings to look at it; on agents also
# network, has-network; and remove. Needs the settings and bird.conf.in beside it. The block is kept
# beside it too, so etcd is needed only by a host that joins.
home="${HORAI_ROOT:-}/etc/horai-calico"
. "$home/settings"
socket="${HORAI_ROOT:-}/run/horai-calico.ctl"
block=$(cat "$home/block" 2>/dev/null)
ruled=$(cat "$home/ruled" 2>/dev/null) # the subnet that has rules here
BLOCKS=$PREFIX/ipam/v2/assignment/ipv4/block

keys() {
  if [ "$API" = 2 ]; then
    ETCDCTL_API=2 etcdctl --endpoints "$ETCD" ${CA:+--ca-file "$CA"} ${CERT:+--cert-file "$CERT"} ${KEY:+--key-file "$KEY"} "$@"
  else
    ETCDCTL_API=3 etcdctl --endpoints "$ETCD" ${CA:+--cacert "$CA"} ${CERT:+--cert "$CERT"} ${KEY:+--key "$KEY"} "$@"
  fi
}

get() { if [ "$API" = 2 ]; then keys get "$1"; else keys get --print-value-only "$1"; fi; }

# Makes a key, unless somebody else was faster.
make() {
  if [ "$API" = 2 ]; then
    keys mk "$1" "$2" >/dev/null 2>&1
  else
    printf 'create("%s") = "0"\n\nput %s %s\n\n\n' "$1" "$1" "$2" | keys txn 2>/dev/null | grep -q SUCCESS
  fi
}

dotted() { echo "$(($1 >> 24 & 255)).$(($1 >> 16 & 255)).$(($1 >> 8 & 255)).$(($1 & 255))"; }
number() { echo "$1" | { IFS=. read -r a b c d; echo $((((a * 256 + b) * 256 + c) * 256 + d)); }; }
first_address() { base=${block%/*}; echo "${base%.*}.$((${base##*.} + 1))"; }

# The block that etcd says is this host's.
mine() {
  if [ "$API" = 2 ]; then
    for key in $(keys ls "$BLOCKS" 2>/dev/null); do keys get "$key"; done
  else
    keys get --prefix --print-value-only "$BLOCKS/"
  fi | sed -n 's|.*"cidr":"\([^"]*\)","affinity":"host:'"$HOST"'".*|\1|p' | head -n 1
}

# That one, or the first free one, counted from where this host's address points.
allocate() {
  block=$(mine)
  if is_ours; then echo "$block"; return; fi
  base=$(number "${SUBNET%/*}") size=$((1 << (32 - LENGTH))) i=0
  while [ $i -lt "$COUNT" ]; do
    candidate=$(dotted $((base + (FIRST + i) % COUNT * size)))
    if make "$BLOCKS/$candidate-$LENGTH" '{"cidr":"'$candidate/$LENGTH'","affinity":"host:'$HOST'"}'; then
      echo "$candidate/$LENGTH"
      return
    fi
    get "$BLOCKS/$candidate-$LENGTH" >/dev/null 2>&1 || break
    i=$((i + 1))
  done
  echo "etcd at $ETCD gives no block of $SUBNET" >&2
  return 1
}

is_ours() {
  case $block in */"$LENGTH") ;; *) return 1 ;; esac
  [ $(($(number "${block%/*}") >> (32 - ${SUBNET#*/}))) -eq $(($(number "${SUBNET%/*}") >> (32 - ${SUBNET#*/}))) ]
}

wanted() { sed "s|@BLOCK@|$block|" "$home/bird.conf.in"; }
has_address() { ip -4 -o addr show dev "$BRIDGE" 2>/dev/null | grep -qF " inet $(first_address)/$LENGTH "; }

check() { is_ours && [ "$(wanted)" = "$(cat "$home/bird.conf" 2>/dev/null)" ] && has_address; }

give_back() { # BLOCK
  if [ "$API" = 2 ]; then verb=rm; else verb=del; fi
  keys $verb "$BLOCKS/${1%/*}-${1#*/}" >/dev/null 2>&1
}

join() {
  if ! is_ours; then
    before=$block
    block=$(allocate) || return 1
    echo "$block" >"$home/block"
    [ -z "$before" ] || give_back "$before"
  fi
  wanted >"$home/bird.conf" && up || return 1
  [ ! -e "$socket" ] || birdc -s "$socket" configure >/dev/null
}

rule() { # TABLE RULE
  table=$1
  shift
  iptables -w -t "$table" -C "$@" 2>/dev/null || iptables -w -t "$table" -A "$@"
}

unrule() { # SUBNET
  iptables -w -D FORWARD -s "$1" -j ACCEPT 2>/dev/null
  iptables -w -D FORWARD -d "$1" -j ACCEPT 2>/dev/null
  iptables -w -t nat -D POSTROUTING -s "$1" ! -d "$1" -j MASQUERADE 2>/dev/null
}

up() {
  ip link show dev "$BRIDGE" >/dev/null 2>&1 || ip link add "$BRIDGE" type bridge || return 1
  ip link set "$BRIDGE" up || return 1
  for a in $(ip -4 -o addr show dev "$BRIDGE" | sed 's/.* inet \([^ ]*\) .*/\1/'); do
    [ "$a" = "$(first_address)/$LENGTH" ] || ip addr del "$a" dev "$BRIDGE"
  done
  has_address || ip addr add "$(first_address)/$LENGTH" dev "$BRIDGE" || return 1
  command -v iptables >/dev/null || return 0
  if [ "$ruled" != "$SUBNET" ]; then
    [ -z "$ruled" ] || unrule "$ruled"
    echo "$SUBNET" >"$home/ruled"
  fi
  rule filter FORWARD -s "$SUBNET" -j ACCEPT
  rule filter FORWARD -d "$SUBNET" -j ACCEPT
  rule nat POSTROUTING -s "$SUBNET" ! -d "$SUBNET" -j MASQUERADE
}

run() { exec bird -f -c "$home/bird.conf" -s "$socket"; }

# Asks the hosts of all learned blocks at the same time; prints the blocks of those that answer.
pings() {
  command -v ping >/dev/null || return 3
  for other in $(birdc -s "$socket" show route 2>/dev/null | sed -n 's|^\([0-9.]*/[0-9]*\) *unicast \[Mesh_.*|\1|p'); do
    base=${other%/*}
    { ping -c 1 -W 2 "${base%.*}.$((${base##*.} + 1))" >/dev/null 2>&1 && echo "$other"; } &
  done
  wait
}

has_network() {
  [ "$(docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}} {{index .Options "com.docker.network.bridge.name"}}' "$NAME" 2>/dev/null)" = \
    "$block $(first_address) $BRIDGE" ]
}

network() {
  ! docker network inspect "$NAME" >/dev/null 2>&1 || docker network rm "$NAME" || return 1
  docker network create -d bridge --subnet "$block" --gateway "$(first_address)" \
    -o com.docker.network.bridge.name="$BRIDGE" -o com.docker.network.bridge.enable_ip_masquerade=false "$NAME"
}

remove() {
  if docker network inspect "$NAME" >/dev/null 2>&1; then docker network rm "$NAME" || return 1; fi
  [ -z "$block" ] || give_back "$block"
  ! command -v iptables >/dev/null || unrule "${ruled:-$SUBNET}"
  ! ip link show dev "$BRIDGE" >/dev/null 2>&1 || ip link del "$BRIDGE"
}

case "$1" in
  check | join | up | run | pings | network | remove) "$1" ;;
  has-network) [ "$2" = "$SUBNET" ] && has_network ;;
  *) echo "usage: $0 check|join|up|run|pings|network|has-network|remove" >&2; exit 2 ;;
esac
