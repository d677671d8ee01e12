#!/bin/sh
# This host's daemon on Docker's overlay: join (repeat it at will), joined, network, has-network,
# leave, remove-network; at boot awake, before it ends asleep. Needs the settings beside it.
home="${HORAI_ROOT:-}/etc/horai-docker"
daemon="${HORAI_ROOT:-}/etc/docker/daemon.json"
. "$home/settings"
keys="\"cluster-store\": \"$STORE\", \"cluster-advertise\": \"$ADVERTISE\""
AWAY="first net:migrate to another network, or take it away by hand"

fail() { echo "$*" >&2; exit 1; }
up() { docker version >/dev/null 2>&1; }

# Clients since 23 leave the store out of what they print, although the daemon still says it.
info() {
  docker info 2>/dev/null
  curl -s -m 5 --unix-socket "${HORAI_ROOT:-}/var/run/docker.sock" http://docker/info 2>/dev/null |
    sed -n 'h; s/.*"ClusterStore":"\([^"]*\)".*/Cluster Store: \1/p; g; s/.*"ClusterAdvertise":"\([^"]*\)".*/Cluster Advertise: \1/p'
}
said() { info | sed -n "s/^ *$1: //p" | head -n 1; }

joined() {
  case "$MODE" in
    kv) [ "$(said 'Cluster Store')" = "$STORE" ] && [ "$(said 'Cluster Advertise')" = "$ADVERTISE" ] ;;
    *) [ "$(said Swarm)" = active ] && docker info 2>/dev/null | grep -q "^ *$MANAGER:2377\$" ;;
  esac
}

restart() {
  if [ -d "${HORAI_ROOT:-}/run/systemd/system" ]; then systemctl restart docker; else service docker restart; fi
  i=0
  until up; do i=$((i + 1)); [ $i -lt 30 ] || return 1; sleep 1; done
}

# A daemon with a store that lost power takes the namespaces of its dead containers for alive, and
# starts none on the network, until it has started once more.
awake() {
  i=0
  until up; do i=$((i + 1)); [ $i -lt 60 ] || fail "Docker does not answer"; sleep 1; done
  [ ! -e "$home/awake" ] || restart || fail "Docker does not come back"
  : >"$home/awake"
}

asleep() { rm -f "$home/awake"; }

# Our two keys become the first of the daemon's settings; nothing else of the file changes.
with_keys() {
  [ -e "$daemon" ] || { echo "{$keys}"; return; }
  more=', '
  [ -n "$(tr -d ' \t\n{}' <"$daemon")" ] || more=
  sed "$(grep -n '{' "$daemon" | head -n 1 | cut -d: -f1)s|{|{$keys$more|" "$daemon"
}

without_keys() { sed 's/"cluster-store": "[^"]*", "cluster-advertise": "[^"]*"\(, \)\{0,1\}//' "$daemon"; }

# Over the old text, so that mode and owner of the file stay.
put() { cat "$home/daemon.new" >"$daemon" && rm -f "$home/daemon.new"; }

join_store() {
  case "$(docker version -f '{{.Server.Version}}' 2>/dev/null)" in
    1.* | 1[0-9].* | 20.*) ;;
    *) fail "only Docker before 23 has key-value stores; set overlay.options.mode to swarm" ;;
  esac
  [ "$(said Swarm)" != active ] || fail "Docker is a node of a swarm, and none of those has a key-value store; $AWAY"
  if [ -e "$home/joined" ]; then
    forget_store
  elif [ -n "$(said 'Cluster Store')" ]; then
    fail "Docker has the cluster store $(said 'Cluster Store') already; take it away, or name it in overlay.options.store"
  fi
  if [ -e "$daemon" ]; then
    grep -q '{' "$daemon" || fail "$daemon is no JSON object"
  else
    : >"$home/made-file"
    [ -d "${daemon%/*}" ] || { mkdir -p "${daemon%/*}" && : >"$home/made-folder"; }
  fi
  : >"$home/joined"
  with_keys >"$home/daemon.new" && put || return 1
  restart && joined && return 0
  forget_store
  restart
  fail "Docker does not start with the store $STORE; its settings are as before"
}

forget_store() {
  if [ -e "$home/made-file" ]; then rm -f "$daemon"; else without_keys >"$home/daemon.new" && put; fi
  [ ! -e "$home/made-folder" ] || rmdir "${daemon%/*}"
  rm -f "$home/made-file" "$home/made-folder" "$home/joined"
}

# The token is in the request's body only, for arguments can be read by everybody on the host, and
# it is kept on no disk.
join_swarm() {
  [ "$(said Swarm)" != active ] || fail "Docker is a node of another swarm; docker swarm leave"
  [ -z "$(said 'Cluster Store')" ] || fail "Docker has a cluster store, and none of those joins a swarm; $AWAY"
  if [ "$MANAGER" = "$ADDRESS" ]; then
    docker swarm init --advertise-addr "$ADDRESS" >/dev/null || return 1
  else
    answer=$(curl -s -S -m 50 --unix-socket "${HORAI_ROOT:-}/var/run/docker.sock" -X POST \
      -H 'Content-Type: application/json' --data @- -w '%{http_code}' http://docker/swarm/join <<REQUEST
{"ListenAddr": "0.0.0.0:2377", "AdvertiseAddr": "$ADDRESS", "RemoteAddrs": ["$MANAGER:2377"], "JoinToken": "$JOIN_TOKEN"}
REQUEST
    ) || return 1
    case "$answer" in *200) ;; *) fail "the swarm of $MANAGER refuses: $answer" ;; esac
  fi
  : >"$home/joined"
}

join() {
  up || fail "Docker does not answer"
  joined && return 0
  [ -e "$home/bridged" ] || docker network inspect docker_gwbridge >/dev/null 2>&1 || : >"$home/bridged"
  case "$MODE" in kv) join_store ;; *) join_swarm ;; esac
}

has_network() {
  [ "$(docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}}{{end}} {{.Driver}}' "$NETWORK" 2>/dev/null)" = "$SUBNET overlay" ]
}

network() {
  ! docker network inspect "$NETWORK" >/dev/null 2>&1 || docker network rm "$NETWORK" || return 1
  case "$MODE" in
    kv) docker network create -d overlay --subnet "$SUBNET" "$NETWORK" ;;
    *) docker network create -d overlay --attachable --subnet "$SUBNET" "$NETWORK" ;;
  esac
}

await_network() {
  i=0
  until has_network; do
    i=$((i + 1))
    [ $i -lt 30 ] || fail "the network $NETWORK with $SUBNET has not come from the store $STORE"
    sleep 1
  done
}

remove_network() {
  ! docker network inspect "$NETWORK" >/dev/null 2>&1 || docker network rm "$NETWORK"
}

# Docker gives up waiting for its last tasks with an error, and has left a moment later.
leave_swarm() {
  for try in 1 2 3; do
    docker swarm leave $([ "$MANAGER" != "$ADDRESS" ] || echo --force) >/dev/null && return 0
    [ "$(said Swarm)" = active ] || return 0
  done
  return 1
}

leave() {
  [ -e "$home/joined" ] || return 0
  case "$MODE" in
    kv) forget_store; restart || fail "Docker does not come back" ;;
    *) leave_swarm || return 1 ;;
  esac
  [ ! -e "$home/bridged" ] || docker network rm docker_gwbridge >/dev/null 2>&1 || :
}

case "$1" in
  join) join ;;
  joined) joined ;;
  network) network ;;
  has-network) [ "$2" = "$SUBNET" ] && has_network ;;
  await-network) await_network ;;
  remove-network) remove_network ;;
  leave) leave ;;
  awake) awake ;;
  asleep) asleep ;;
  *) echo "usage: $0 join|joined|network|has-network|await-network|remove-network|leave|awake|asleep" >&2; exit 2 ;;
esac
