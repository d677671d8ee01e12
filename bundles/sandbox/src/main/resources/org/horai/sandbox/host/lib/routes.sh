# Routes somebody made on this host, and what of them the other hosts see. Needs common.sh, links.sh.
#
# A route is a line "CIDR via ADDRESS" below /run, so it is gone after a reboot. Hosts that have
# routes to each other's containers meet in the segment "routes". An answer to a host itself takes
# the network below, so whoever has no containers of its own needs no route back to it.
ROUTES=$RUN/routes

route_change() {
  cidr= via=
  while [ $# -gt 0 ]; do
    case "$1" in
      via) via=$2; shift ;;
      dev | proto | metric) shift ;;
      to) ;;
      */*) cidr=$1 ;;
    esac
    shift
  done
  if [ -z "$cidr" ]; then
    echo 'Error: any valid prefix is expected.' >&2
    exit 1
  fi
  if grep -qs "^$cidr " "$ROUTES"; then
    [ "$verb" != add ] || { echo 'RTNETLINK answers: File exists' >&2; exit 2; }
    grep -v "^$cidr " "$ROUTES" >"$ROUTES.new"
    mv "$ROUTES.new" "$ROUTES"
  elif [ "$verb" = del ] || [ "$verb" = delete ]; then
    echo 'RTNETLINK answers: No such process' >&2
    exit 2
  fi
  case "$verb" in del | delete) ;; *) echo "$cidr via $via" >>"$ROUTES" ;; esac
  publish_routes
}

# Networks that Docker made a bridge for, and that nothing else joins to other hosts.
own_networks() {
  for f in "$KEPT"/networks/*; do
    case "$f" in *.leases) ;; *) grep -qs '^bridge=br-' "$f" && echo "$f" ;; esac
  done
}

publish_routes() {
  if [ ! -s "$ROUTES" ] && [ -z "$(own_networks)" ]; then
    unpublish routes
    return 0
  fi
  {
    sed -n 's/ via .*//; s/^/own=/p' "$ROUTES" 2>/dev/null
    for f in $(own_networks); do
      sed -n 's/^subnet=/own=/p; s/^subnet=/part=/p' "$f"
      sed 's/ .*//; s/^/container=/' "$f.leases" 2>/dev/null
    done
    while read -r other; do
      [ "$other" = "$HORAI_ADDRESS" ] || is_peer "$other" && echo "peer=$other"
    done <"$HORAI_NET/hosts"
  } | publish routes
}

is_peer() {
  ! grep -qs '^part=' "$HORAI_NET/segments/routes/$1" || grep -qs " via $1\$" "$ROUTES"
}
