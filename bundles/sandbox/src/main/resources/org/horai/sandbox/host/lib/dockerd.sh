# dockerd.sh start | stop | start-one NAME: the daemon's own life, and what it starts.
. "$HORAI_HOST/lib/common.sh"
WEAVE_VERSION=$(sed -n 's|^image=weaveworks/weave:||p' "$KEPT/containers/weave" 2>/dev/null)
. "$LIB/mesh.sh"
. "$LIB/weave-router.sh"
. "$LIB/weave-proxy.sh"
. "$LIB/links.sh"
. "$LIB/networks.sh"
. "$LIB/swarm.sh"
. "$LIB/format.sh"
is_two() { case "$WEAVE_VERSION" in 2.*) return 0 ;; *) return 1 ;; esac }

start_one() {
  case "$1" in
    weave) restart_router ;;
    weaveproxy) restart_proxy ;;
    *) set_status "$1" running ;;
  esac
}

case "$1" in
  start)
    sed -n 's/.*"cluster-store": "\([^"]*\)".*/\1/p' "$HORAI_ROOT/etc/docker/daemon.json" >"$RUN/store" 2>/dev/null
    sed -n 's/.*"cluster-advertise": "\([^"]*\)".*/\1/p' "$HORAI_ROOT/etc/docker/daemon.json" >"$RUN/advertise" 2>/dev/null
    [ ! -s "$RUN/store" ] || : >"$HORAI_NET/gossip/$HORAI_ADDRESS"
    swarm_up
    touch "$RUN/docker" "$HORAI_ROOT/run/docker.sock"
    publish_overlays
    for f in "$KEPT"/networks/*; do
      case "$f" in *.leases) continue ;; esac
      [ ! -e "$f" ] || bridge_of "${f##*/}"
    done
    for f in "$KEPT"/containers/*; do
      [ -e "$f" ] && [ "$(container "${f##*/}" restart)" = always ] && start_one "${f##*/}"
    done
    exit 0
    ;;
  stop)
    for f in "$KEPT"/containers/*; do
      [ -e "$f" ] && [ "$(container "${f##*/}" status)" = running ] && set_status "${f##*/}" exited
    done
    rm -f "$HORAI_NET/peers/$HORAI_ADDRESS" "$HORAI_NET/gossip/$HORAI_ADDRESS" "$RUN/docker" "$HORAI_ROOT/run/docker.sock"
    close_proxy
    exit 0
    ;;
  start-one) start_one "$2" ;;
esac
