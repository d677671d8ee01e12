#!/bin/sh
# This host's end of the Flannel network: configure, configured, run, ready, wait; leases and pings
# to look at it; on agents also network, has-network; and remove. Needs the settings beside it.
home="${HORAI_ROOT:-}/etc/horai-flannel"
. "$home/settings"
env="${HORAI_ROOT:-}/run/flannel/subnet.env"

# What is configured in etcd is seen by its own API only: flanneld changed from 2 to 3 with 0.19.
keys() {
  if [ "$API" = 2 ]; then
    ETCDCTL_API=2 etcdctl --endpoints "$ETCD" ${CA:+--ca-file "$CA"} ${CERT:+--cert-file "$CERT"} ${KEY:+--key-file "$KEY"} "$@"
  else
    ETCDCTL_API=3 etcdctl --endpoints "$ETCD" ${CA:+--cacert "$CA"} ${CERT:+--cert "$CERT"} ${KEY:+--key "$KEY"} "$@"
  fi
}

configured() {
  if [ "$API" = 2 ]; then now=$(keys get "$PREFIX/config"); else now=$(keys get --print-value-only "$PREFIX/config"); fi
  [ "$now" = "$(cat "$home/network.json")" ]
}

configure() {
  if [ "$API" = 2 ]; then set -- set; else set -- put; fi
  keys "$@" "$PREFIX/config" "$(cat "$home/network.json")" >/dev/null && return
  echo "etcd does not take the configuration at $ETCD" >&2
  return 1
}

# One line for each host that has a part of the network: its part, and what it says of itself.
leases() {
  if [ "$API" = 2 ]; then
    keys ls "$PREFIX/subnets" | while read -r key; do echo "${key##*/} $(keys get "$key")"; done
  else
    keys get --prefix "$PREFIX/subnets/" | while read -r key && read -r value; do echo "${key##*/} $value"; done
  fi
}

own_part() {
  address=${FLANNEL_SUBNET%/*}
  echo "${address%.*}.$((${address##*.} - 1))-${FLANNEL_SUBNET#*/}"
}

# Asks all other hosts at the same time; prints the parts of those that answer.
pings() {
  command -v ping >/dev/null || return 3
  own=
  if [ -e "$env" ]; then . "$env"; own=$(own_part); fi
  for part in $(leases 2>/dev/null | sed 's/ .*//'); do
    [ "$part" = "$own" ] || { ping -c 1 -W 2 "${part%-*}" >/dev/null 2>&1 && echo "$part"; } &
  done
  wait
}

run() {
  exec flanneld -etcd-endpoints="$ETCD" -etcd-prefix="$PREFIX" ${CA:+-etcd-cafile="$CA"} \
    ${CERT:+-etcd-certfile="$CERT"} ${KEY:+-etcd-keyfile="$KEY"} -iface="$LOCAL" \
    -public-ip="$LOCAL" -subnet-file="$env" -ip-masq
}

# flanneld has a part of the wanted network, and a device on it.
ready() {
  [ -e "$env" ] || return 1
  . "$env"
  [ "$FLANNEL_NETWORK" = "$NETWORK" ] && ip link show dev "$DEVICE" >/dev/null 2>&1
}

# After a stop an old subnet.env remains, which must not be taken for that of the new start.
wait_ready() {
  left=30
  until ready; do
    left=$((left - 1))
    [ $left -gt 0 ] || { echo "flanneld has got no part of $NETWORK within 30 s" >&2; return 1; }
    sleep 1
  done
}

# Docker gives containers of this host addresses out of this host's part; flanneld masquerades.
has_network() {
  ready && [ "$(docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}} {{index .Options "com.docker.network.bridge.name"}}' "$NAME" 2>/dev/null)" = \
    "$(own_part | tr - /) ${FLANNEL_SUBNET%/*} $BRIDGE" ]
}

network() {
  wait_ready || return 1
  ! docker network inspect "$NAME" >/dev/null 2>&1 || docker network rm "$NAME" || return 1
  docker network create -d bridge --subnet "$(own_part | tr - /)" --gateway "${FLANNEL_SUBNET%/*}" \
    -o com.docker.network.bridge.name="$BRIDGE" -o com.docker.network.driver.mtu="$FLANNEL_MTU" \
    -o com.docker.network.bridge.enable_ip_masquerade=false "$NAME"
}

# flanneld leaves its rules, device and file behind when it ends.
rules() { # TABLE CHAIN
  command -v iptables >/dev/null || return 0
  iptables -w -t "$1" -S "$2" 2>/dev/null | grep -F -e " $NETWORK " | sed 's/^-A/-D/' |
    while read -r rule; do iptables -w -t "$1" $rule; done
}

remove() {
  if docker network inspect "$NAME" >/dev/null 2>&1; then docker network rm "$NAME" || return 1; fi
  if [ -e "$env" ]; then
    . "$env"
    if [ "$API" = 2 ]; then set -- rm; else set -- del; fi
    for key in "subnets/$(own_part)" config; do keys "$@" "$PREFIX/$key" >/dev/null 2>&1; done
  fi
  ! ip link show dev "$DEVICE" >/dev/null 2>&1 || ip link del "$DEVICE" || return 1
  rules nat POSTROUTING
  rules filter FORWARD
  rm -f "$env" && { rmdir "${env%/*}" 2>/dev/null; :; }
}

case "$1" in
  configure | configured | leases | pings | run | ready | network | remove) "$1" ;;
  wait) wait_ready ;;
  has-network) [ "$2" = "$NETWORK" ] && has_network ;;
  *) echo "usage: $0 configure|configured|leases|pings|run|ready|wait|network|has-network|remove" >&2; exit 2 ;;
esac
