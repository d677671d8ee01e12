#!/bin/sh
# This host's end of the overlay: up (repeat it at will), check, down, remove, alive, revive; on agents
# also network, has-network. Needs the settings and the peers beside it.
home="${HORAI_ROOT:-}/etc/horai-openvswitch"
. "$home/settings"

vsctl() { ovs-vsctl --timeout=10 "$@"; }
alive() { ovs-vsctl --timeout=5 show >/dev/null 2>&1; }
there() { ip link show dev "$1" >/dev/null 2>&1; }

# What fits into the network below: the VXLAN header takes 50 bytes.
mtu() {
  if [ -n "$MTU" ]; then echo "$MTU"; return; fi
  set -- $(ip -4 -o addr show to "$LOCAL/32")
  ip -o link show dev "${2:?no interface has the address $LOCAL}" |
    while read -r line; do
      line=${line##* mtu }
      echo $((${line%% *} - 50))
    done
}

addresses() { ip -4 -o addr show dev "$BRIDGE" 2>/dev/null | sed 's/.* inet \([^ ]*\) .*/\1/'; }

# A tunnel's name is the peer's address in hexadecimal: names of devices are short.
tunnels() { while IFS=. read -r a b c d; do printf 'hv%02x%02x%02x%02x\n' "$a" "$b" "$c" "$d"; done <"$home/peers"; }
settings() { echo "$VNI $PORT $LOCAL $DATAPATH $LOOPS"; }

up() {
  size=$(mtu) || return 1
  stp=false protect=true
  [ "$LOOPS" != stp ] || stp=true protect=false
  vsctl --may-exist add-br "$SWITCH" -- set bridge "$SWITCH" datapath_type="$DATAPATH" stp_enable=$stp || return 1
  there "$SWITCH" || { echo "Open vSwitch cannot make $SWITCH with the datapath $DATAPATH" >&2; return 1; }
  vsctl set interface "$SWITCH" mtu_request="$size" || return 1
  for port in $(vsctl list-ports "$SWITCH"); do
    tunnels | grep -qx "$port" || vsctl del-port "$SWITCH" "$port"
  done
  while read -r peer; do
    port=$(echo "$peer" | { IFS=. read -r a b c d; printf 'hv%02x%02x%02x%02x' "$a" "$b" "$c" "$d"; })
    vsctl --may-exist add-port "$SWITCH" "$port" -- set interface "$port" type=vxlan \
      options:remote_ip="$peer" options:local_ip="$LOCAL" options:key="$VNI" options:dst_port="$PORT" || return 1
    if ! vsctl set port "$port" protected=$protect && [ $protect = true ]; then
      echo "this Open vSwitch is older than 2.9; set overlay.options.loops to stp" >&2
      return 1
    fi
  done <"$home/peers"
  there "$BRIDGE" || ip link add "$BRIDGE" address "$MAC" type bridge || return 1
  ip link set "$SWITCH" mtu "$size" master "$BRIDGE" up && ip link set "$BRIDGE" mtu "$size" up || return 1
  for a in $(addresses); do [ "$a" = "$ADDRESS" ] || ip addr del "$a" dev "$BRIDGE"; done
  addresses | grep -qxF "$ADDRESS" || ip addr add "$ADDRESS" dev "$BRIDGE" || return 1
  vsctl br-set-external-id "$SWITCH" horai "$(settings)"
}

check() {
  [ "$(vsctl br-get-external-id "$SWITCH" horai 2>/dev/null)" = "$(settings)" ] || return 1
  [ "$(vsctl list-ports "$SWITCH" | sort)" = "$(tunnels | sort)" ] || return 1
  case "$(ip -o link show dev "$SWITCH")" in *",UP"*" mtu $(mtu) "*" master $BRIDGE "*) ;; *) return 1 ;; esac
  case "$(ip -o link show dev "$BRIDGE")" in *",UP"*) ;; *) return 1 ;; esac
  [ "$(addresses)" = "$ADDRESS" ]
}

# At boot the switch's daemon may come later than we do.
await() {
  i=0
  until alive; do i=$((i + 1)); [ $i -lt 15 ] || return 1; sleep 1; done
}

revive() {
  if [ -d "${HORAI_ROOT:-}/run/systemd/system" ]; then systemctl start "$PACKAGE"; else service "$PACKAGE" start; fi
  await
}

# The bridge stays when the overlay goes down: containers hang on it.
down() { ! alive || vsctl --if-exists del-br "$SWITCH"; }

# Docker gives containers of this host addresses out of this host's part of the subnet only.
has_network() {
  [ "$(docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{.IPRange}} {{.Gateway}}{{end}} {{index .Options "com.docker.network.bridge.name"}}' "$NETWORK" 2>/dev/null)" = \
    "$SUBNET $PART ${ADDRESS%/*} $BRIDGE" ]
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
  up) await && up ;;
  check) check ;;
  down) down ;;
  alive) alive ;;
  revive) revive ;;
  network) network ;;
  has-network) [ "$2 $3" = "$SUBNET $PART" ] && has_network ;;
  remove) remove ;;
  *) echo "usage: $0 up|check|down|alive|revive|network|has-network|remove" >&2; exit 2 ;;
esac
