#!/bin/sh
# This host's end of the overlay: up (repeat it at will), check, down, remove; on agents also
# network, has-network. Needs the settings and the peers beside it.
home="${HORAI_ROOT:-}/etc/horai-static"
. "$home/settings"

# What fits into the network below: the VXLAN header takes 50 bytes.
mtu() {
  if [ -n "$MTU" ]; then echo "$MTU"; return; fi
  set -- $(ip -4 -o addr show | grep -F " inet $LOCAL/")
  ip -o link show dev "${2:?no interface has the address $LOCAL}" |
    while read -r line; do
      line=${line##* mtu }
      echo $((${line%% *} - 50))
    done
}

there() { ip link show dev "$1" >/dev/null 2>&1; }

# The device exists and is the wanted one; its endpoints cannot be changed later.
is_ours() {
  case "$(ip -d -o link show dev "$DEVICE" 2>/dev/null)" in
    *"vxlan id $VNI "*"local $LOCAL "*"dstport $PORT "*) return 0 ;;
    *) return 1 ;;
  esac
}

addresses() { ip -4 -o addr show dev "$BRIDGE" 2>/dev/null | sed 's/.* inet \([^ ]*\) .*/\1/'; }

# Hosts that get a copy of what nobody else is known to want.
flooded() {
  bridge fdb show dev "$DEVICE" 2>/dev/null | sed -n 's/^00:00:00:00:00:00 .*dst \([^ ]*\).*/\1/p' | sort
}

up() {
  size=$(mtu) || return 1
  there "$BRIDGE" || ip link add "$BRIDGE" address "$MAC" type bridge || return 1
  if ! is_ours; then
    ! there "$DEVICE" || ip link del "$DEVICE"
    ip link add "$DEVICE" type vxlan id "$VNI" local "$LOCAL" dstport "$PORT" || return 1
  fi
  ip link set "$DEVICE" mtu "$size" master "$BRIDGE" up &&
    ip link set "$BRIDGE" mtu "$size" up || return 1
  for a in $(addresses); do [ "$a" = "$ADDRESS" ] || ip addr del "$a" dev "$BRIDGE"; done
  addresses | grep -qxF "$ADDRESS" || ip addr add "$ADDRESS" dev "$BRIDGE" || return 1
  now=$(flooded)
  for peer in $now; do
    grep -qxF "$peer" "$home/peers" || bridge fdb del 00:00:00:00:00:00 dev "$DEVICE" dst "$peer"
  done
  while read -r peer; do
    echo "$now" | grep -qxF "$peer" || bridge fdb append 00:00:00:00:00:00 dev "$DEVICE" dst "$peer" || return 1
  done <"$home/peers"
}

check() {
  is_ours || return 1
  case "$(ip -o link show dev "$DEVICE")" in *",UP"*" mtu $(mtu)"*" master $BRIDGE "*) ;; *) return 1 ;; esac
  [ "$(addresses)" = "$ADDRESS" ] && [ "$(flooded)" = "$(sort "$home/peers")" ]
}

# The bridge stays when the overlay goes down: containers hang on it.
down() { ! there "$DEVICE" || ip link del "$DEVICE"; }

# Docker gives containers of this host addresses out of this host's part of the subnet only.
has_network() {
  seen=$(docker network inspect "$NETWORK" 2>/dev/null | tr -d ' ')
  for wanted in "Subnet\":\"$SUBNET" "IPRange\":\"$PART" "Gateway\":\"${ADDRESS%/*}" "bridge.name\":\"$BRIDGE"; do
    case $seen in *"$wanted\""*) ;; *) return 1 ;; esac
  done
}

network() {
  ! docker network inspect "$NETWORK" >/dev/null 2>&1 || docker network rm "$NETWORK" || return 1
  docker network create -d bridge --subnet "$SUBNET" --ip-range "$PART" --gateway "${ADDRESS%/*}" \
    -o com.docker.network.bridge.name="$BRIDGE" -o com.docker.network.driver.mtu="$(mtu)" "$NETWORK"
}

remove() {
  if docker network inspect "$NETWORK" >/dev/null 2>&1; then docker network rm "$NETWORK" || return 1; fi
  down && { ! there "$BRIDGE" || ip link del "$BRIDGE"; }
}

case "$1" in
  up) up ;;
  check) check ;;
  down) down ;;
  network) network ;;
  has-network) [ "$2 $3" = "$SUBNET $PART" ] && has_network ;;
  remove) remove ;;
  *) echo "usage: $0 up|check|down|network|has-network|remove" >&2; exit 2 ;;
esac
