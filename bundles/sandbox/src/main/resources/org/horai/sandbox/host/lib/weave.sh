# weave.sh VERSION COMMAND...: the weave script of both generations.
WEAVE_VERSION=$1
shift
. "$HORAI_HOST/lib/common.sh"
. "$LIB/mesh.sh"
. "$LIB/weave-router.sh"
. "$LIB/weave-proxy.sh"
. "$LIB/weave-address.sh"
. "$LIB/weave-status.sh"

is_two() { case "$WEAVE_VERSION" in 2.*) return 0 ;; *) return 1 ;; esac }

usage() {
  cat "$LIB/usage-${WEAVE_VERSION}.txt" >&2
  exit 1
}

removed() {
  echo "The 'weave $1' command has been removed as of Weave Net version 2.0" >&2
  echo "Please see release notes for further information" >&2
  exit 1
}

# What the script knows and the stand-in does not.
unplayed() {
  echo "This simulated host does not know $1; a real one may." >&2
  exit 1
}

# Says on stderr why the named container does not run.
not_running() {
  if is_present "$1"; then
    echo "$1 container is not running." >&2
  else
    echo "$1 container is not present. Have you launched it?" >&2
  fi
}

need_docker() {
  docker_up && return 0
  echo "docker: Cannot connect to the Docker daemon at ${DOCKER_HOST:-unix:///var/run/docker.sock}. Is the docker daemon running?." >&2
  echo "See 'docker run --help'." >&2
  exit 125
}

need_router() {
  is_running weave && return 0
  not_running weave
  exit "$1"
}

COMMAND=${1:-help}
[ $# -eq 0 ] || shift
case "$COMMAND" in help | --help) usage ;; version) version; exit 0 ;; esac
need_docker
case "$COMMAND" in
  setup) exit 0 ;;
  launch) launch "$@" ;;
  launch-router) if is_two; then removed launch-router; fi; launch_router "$@" ;;
  launch-proxy) if is_two; then removed launch-proxy; fi; launch_proxy "$@" ;;
  launch-plugin) if is_two; then removed launch-plugin; fi; launch_plugin ;;
  stop) stop_all ;;
  stop-router) if is_two; then removed stop-router; fi; stop_router ;;
  stop-proxy) if is_two; then removed stop-proxy; fi; stop_proxy ;;
  stop-plugin) if is_two; then removed stop-plugin; fi; stop_plugin ;;
  status) status "$@" ;;
  report) need_router 7; report "$@" ;;
  connect) [ $# -gt 0 ] || usage; need_router 7; connect "$@" ;;
  forget) [ $# -gt 0 ] || usage; need_router 7; forget "$@" ;;
  expose) need_router 1; expose "$@" ;;
  hide) need_router 1; hide "$@" ;;
  ps) need_router 1; list_addresses "$@" ;;
  attach | detach) need_router 1; attach_detach "$COMMAND" "$@" ;;
  prime) need_router 1; until_ring ;;
  env) proxy_env "$@" ;;
  config) proxy_config ;;
  reset) reset "$@" ;;
  rmpeer) [ $# -gt 0 ] || usage; need_router 1; remove_peers "$@" ;;
  run | start | restart) if is_two; then removed "$COMMAND"; fi; unplayed "'weave $COMMAND'" ;;
  dns-add | dns-remove | dns-lookup | dns-args) need_router 1; unplayed "'weave $COMMAND'" ;;
  *)
    echo "Unknown weave command '$COMMAND'" >&2
    usage
    ;;
esac
