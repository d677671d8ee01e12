# Starting and stopping the router.

version() {
  echo "weave script $WEAVE_VERSION"
  if is_two; then
    echo "weave $WEAVE_VERSION"
  else
    printf 'weave router %s\nweave proxy  %s\nweave plugin %s\n' "$WEAVE_VERSION" "$WEAVE_VERSION" "$WEAVE_VERSION"
  fi
}

# A peer name in the form of a MAC address, the same for the same text.
mac_of() {
  a=$(printf '%s' "$1" | cksum | cut -d' ' -f1)
  b=$(printf '%s-' "$1" | cksum | cut -d' ' -f1)
  printf '%02x:%02x:%02x:%02x:%02x:%02x' $((a % 64 * 4 + 2)) $((a / 64 % 256)) \
    $((a / 16384 % 256)) $((b % 256)) $((b / 256 % 256)) $((b / 65536 % 256))
}

own_name() {
  if is_two; then
    mac_of "$(cat "$HORAI_ROOT/etc/machine-id" 2>/dev/null || echo "$HORAI_NAME")"
  else
    mac_of "bridge of $HORAI_NAME"
  fi
}

# Reads the router's flags into variables; the rest into PEER_LIST. The words go to WORDS.
router_flags() {
  PASSWORD=$WEAVE_PASSWORD RANGE=10.32.0.0/12 GIVEN_RANGE= SUBNET= NAME= INIT= RESTART=always
  PEER_LIST= BAD= PROXY=yes RESUME= WORDS="$*"
  while [ $# -gt 0 ]; do
    case "$1" in
      --password | --ipalloc-range | --ipalloc-default-subnet | --name | --nickname | --ipalloc-init | \
        --log-level | --trusted-subnets | --init-peer-count | --host | -H | --token | \
        --hostname-from-label | --hostname-match | --hostname-replacement | --dns-listen-address)
        joined="$1=$2"
        shift 2
        set -- "$joined" "$@"
        ;;
    esac
    case "$1" in
      --password=*) PASSWORD=${1#*=} ;;
      --ipalloc-range=*) RANGE=${1#*=} GIVEN_RANGE=yes ;;
      --ipalloc-default-subnet=*) SUBNET=${1#*=} ;;
      --name=*) NAME=${1#*=} ;;
      --ipalloc-init=*) INIT=${1#*=} ;;
      --init-peer-count=*) INIT=consensus=${1#*=} ;;
      --no-restart) RESTART=no ;;
      --resume) RESUME=yes ;;
      --proxy=false) PROXY=no ;;
      --nickname=* | --log-level=* | --trusted-subnets=* | --no-discovery | --no-dns | --host=* | \
        --plugin=false | -H=* | --without-dns | --no-multicast-route | --no-rewrite-hosts | \
        --no-default-ipalloc | --hostname-*=* | --rewrite-inspect | --token=* | --dns-listen-address=*) ;;
      -*) BAD=$1 ;;
      *) PEER_LIST="$PEER_LIST${PEER_LIST:+ }$1" ;;
    esac
    shift
  done
}

# The same words in another environment count as other arguments.
signature() { printf '%s|%s|%s' "$1" "$CHECKPOINT_DISABLE" "$(printf '%s' "$WEAVE_PASSWORD" | cksum)"; }

launch() {
  if is_two; then
    if is_running weave; then
      echo "weave is already running; you can stop it with 'weave stop'." >&2
      exit 3
    fi
    launch_router "$@"
  else
    (launch_router "$@") >/dev/null || exit $?
    launch_proxy
    launch_plugin
  fi
}

launch_router() {
  router_flags "$@"
  if is_running weave; then
    if [ "$(container weave arguments)" = "$(signature "$WORDS")" ]; then
      container weave id
      exit 0
    fi
    echo "weave is already running with different arguments; you can stop it with 'weave stop-router'." >&2
    exit 1
  fi
  check_routes
  is_present weavedb || new_container weavedb weaveworks/weavedb data-only created no ''
  if is_two && ! is_present "weavevolumes-$WEAVE_VERSION"; then
    new_container "weavevolumes-$WEAVE_VERSION" "weaveworks/weaveexec:$WEAVE_VERSION" data-only created no ''
  fi
  new_container weave "weaveworks/weave:$WEAVE_VERSION" '/home/weave/weaver ...' running "$RESTART" "$(signature "$WORDS")"
  touch "$RUN/bridge"
  id=$(container weave id)
  printf '%s\n' "$WORDS" >"$KEPT/launched"
  (umask 077; printf '%s' "$WEAVE_PASSWORD" >"$KEPT/password")
  dies || start_router
  echo "$id"
  is_running weave || {
    echo "The weave container has died. Consult the container logs for further details." >&2
    exit 1
  }
  exit 0
}

# What makes the router exit after its container was started; the reason is only in its log.
dies() {
  log=$KEPT/weave.log
  if [ -n "$BAD" ]; then
    printf "flag provided but not defined: %s\nSee 'weave --help'.\n" "$BAD" >"$log"
  elif ! printf '%s\n' "$RANGE" | grep -Eq '^[0-9]+(\.[0-9]+){3}/[0-9]+$'; then
    echo "FATA: invalid CIDR address: $RANGE" >"$log"
  elif fault port-in-use; then
    echo "FATA: listen tcp4 0.0.0.0:6783: bind: address already in use" >"$log"
  else
    for p in $PEER_LIST; do
      case "$p" in
        *[!0-9.:]*) grep -q "^$p " "$HORAI_NET/names" 2>/dev/null || {
          echo "FATA: lookup $p on 127.0.0.1:53: no such host" >"$log"
          set_status weave exited
          return 0
        } ;;
      esac
    done
    echo "INFO: Our name is $(own_name)($HORAI_NAME)" >"$log"
    return 1
  fi
  set_status weave exited
}

# The default range may not overlap a route of the host; a range asked for may, with a warning.
check_routes() {
  if ! printf '%s\n' "$RANGE" | grep -Eq '^[0-9]+(\.[0-9]+){3}/[0-9]+$'; then
    echo "invalid CIDR address: $RANGE" >&2
    warn_overlap
    return 0
  fi
  route=$(awk -v range="$RANGE" -f "$LIB/addresses.awk" -f "$LIB/overlap.awk" "$HORAI_ROOT/var/lib/horai/routes" 2>/dev/null)
  [ -n "$route" ] || return 0
  echo "Network $RANGE overlaps with existing route $route on host." >&2
  if [ -n "$GIVEN_RANGE" ]; then
    warn_overlap
  else
    echo "ERROR: Default --ipalloc-range $RANGE overlaps with existing route on host." >&2
    echo "You must pick another range and set it on all hosts." >&2
    exit 1
  fi
}

warn_overlap() {
  echo "WARNING: Specified --ipalloc-range $RANGE overlaps with existing route on host." >&2
  echo "Unless this is deliberate, you must pick another range and set it on all hosts." >&2
}

# Publishes the router to its peers. Needs the variables of router_flags.
start_router() {
  mkdir -p "$PEERS"
  lock
  seq=$(($(cat "$HORAI_NET/seq" 2>/dev/null || echo 0) + 1))
  echo $seq >"$HORAI_NET/seq"
  set -- $PEER_LIST
  count=$(($# + 1))
  for p in $PEER_LIST; do
    [ "${p%%:*}" != "$HORAI_ADDRESS" ] || count=$#
  done
  case "$INIT" in consensus=*) count=${INIT#*=} ;; seed=* | observer) count=$INIT ;; esac
  name=${NAME:-$(own_name)}
  {
    echo "address=$HORAI_ADDRESS"
    echo "name=$name"
    echo "nick=$HORAI_NAME"
    echo "version=$WEAVE_VERSION"
    echo "range=$RANGE"
    echo "subnet=${SUBNET:-$RANGE}"
    echo "password=$([ -z "$PASSWORD" ] || printf '%s' "$PASSWORD" | cksum)"
    echo "ring=$(cat "$HORAI_NET/members/$HORAI_ADDRESS" 2>/dev/null)"
    echo "seeds="
    echo "seq=$seq"
    echo "uid=$(printf '%s' "$name" | cksum | cut -d' ' -f1)$seq"
    echo "init=$count"
    echo "targets=$PEER_LIST"
  } >"$HORAI_NET/new.$$"
  mv "$HORAI_NET/new.$$" "$ME"
  unlock
  if is_two && [ "$PROXY" = yes ]; then open_proxy; fi
  return 0
}

# After dockerd came up: 1.x needs the bridge that its script makes, 2.x makes its own.
restart_router() {
  is_present weave && [ "$(container weave restart)" = always ] || return 0
  if ! is_two && [ ! -e "$RUN/bridge" ]; then
    set_status weave restarting
    return 0
  fi
  touch "$RUN/bridge"
  WEAVE_PASSWORD=$(cat "$KEPT/password" 2>/dev/null)
  router_flags $(cat "$KEPT/launched")
  set_status weave running
  start_router
}

stop_router() {
  if is_running weave; then
    set_status weave exited
    rm -f "$ME"
    return 0
  fi
  is_present weave || echo "Weave is not running." >&2
  return 0
}

stop_all() {
  if is_two; then
    if is_running weave; then
      close_proxy
      stop_router
    else
      echo "Weave is not running (ignore on Kubernetes)." >&2
    fi
    return 0
  fi
  if is_running weaveplugin; then stop_plugin; else echo "Plugin is not running." >&2; fi
  if is_running weave; then stop_router; else echo "Weave is not running." >&2; fi
  if is_running weaveproxy; then stop_proxy; else echo "Proxy is not running." >&2; fi
}

connect() {
  replace=
  if [ "$1" = --replace ]; then
    replace=yes
    shift
  fi
  for p in "$@"; do
    case "$p" in *[!0-9.:]*) echo "lookup $p on 127.0.0.1:53: no such host" >&2; exit 1 ;; esac
  done
  lock
  if [ -n "$replace" ]; then targets=; else targets=$(peer_value targets); fi
  for p in "$@"; do
    case " $targets " in *" $p "*) ;; *) targets="$targets${targets:+ }$p" ;; esac
  done
  set_peer_value targets "$targets"
  unlock
}

forget() {
  lock
  kept=
  for t in $(peer_value targets); do
    case " $* " in *" $t "*) ;; *) kept="$kept${kept:+ }$t" ;; esac
  done
  set_peer_value targets "$kept"
  unlock
}

reset() {
  if ! is_running weave && is_two && [ "$1" != --force ]; then
    echo "ERROR: weave is not running; unable to remove from cluster." >&2
    echo "Re-launch weave before reset or use --force to override." >&2
    exit 1
  fi
  if is_running weave; then
    lock
    hand_over "$(peer_value name)" >/dev/null
    unlock
    close_proxy
    stop_router quiet
  fi
  rm -f "$HORAI_NET/members/$HORAI_ADDRESS" "$RUN/bridge" "$RUN/exposed" "$KEPT/launched"
  rm -f "$KEPT/containers/weave" "$KEPT/containers/weaveproxy" "$KEPT/containers/weavedb"
  return 0
}

# Gives the ranges of a peer to a neighbour when it is our own, else to ourselves.
hand_over() {
  [ -n "$(peer_value ring)" ] || { echo 0; return 0; }
  CONTAINER=$1 HEIR=$(peer_value name) HEIR_NICK=$HORAI_NAME
  if [ "$1" = "$HEIR" ]; then
    for other in $(mesh linked); do
      [ "$other" = "$HORAI_ADDRESS" ] || {
        HEIR=$(sed -n 's/^name=//p' "$PEERS/$other")
        HEIR_NICK=$(sed -n 's/^nick=//p' "$PEERS/$other")
        break
      }
    done
    dir=$(ring_dir)
    awk -v me="$CONTAINER" '$3 != me' "$dir/ips" >"$dir/ips.new" 2>/dev/null && mv "$dir/ips.new" "$dir/ips"
  fi
  ring give
}

remove_peers() {
  lock
  for p in "$@"; do
    echo "$(hand_over "$p") IPs taken over from $p"
  done
  unlock
}
