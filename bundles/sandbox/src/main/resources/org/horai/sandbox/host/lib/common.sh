# What every stand-in tool of a simulated host shares.
# HORAI_HOST: the host's directory; HORAI_ROOT: its file system; HORAI_NET: what all hosts share.

: "${HORAI_HOST:?not on a simulated host}" "${HORAI_ROOT:?}" "${HORAI_NET:?}"
LIB=$HORAI_HOST/lib
RUN=$HORAI_ROOT/run/horai
KEPT=$HORAI_ROOT/var/lib/horai
[ -d "$RUN" ] && [ -d "$KEPT/containers" ] || mkdir -p "$RUN" "$KEPT/containers"

fault() { [ -e "$HORAI_HOST/faults/$1" ]; }

# Asks the machine outside and waits for its exit code; nobody there means yes.
host_call() {
  echo "$*" >>"$HORAI_HOST/events"
  [ -p "$HORAI_HOST/calls" ] || return 0
  reply=$HORAI_HOST/reply.$$
  rm -f "$reply"
  echo "$$ $*" >"$HORAI_HOST/calls"
  tries=0
  while [ ! -e "$reply" ] && [ $tries -lt 1500 ]; do
    sleep 0.02
    tries=$((tries + 1))
  done
  code=$(cat "$reply" 2>/dev/null || echo 1)
  rm -f "$reply"
  return "$code"
}

lock() {
  tries=0
  until mkdir "$HORAI_NET/lock" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 500 ] || rmdir "$HORAI_NET/lock" 2>/dev/null
    sleep 0.01
  done
}

unlock() { rmdir "$HORAI_NET/lock" 2>/dev/null || :; }

# Whether a Docker daemon answers where the client looks for it.
docker_up() {
  socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
  socket=${socket#unix://}
  case "${socket#"$HORAI_ROOT"}" in
    /var/run/docker.sock | /run/docker.sock) [ -e "$RUN/docker" ] ;;
    /var/run/weave/weave.sock | /run/weave/weave.sock)
      [ -e "$RUN/docker" ] && [ "$(cat "$RUN/proxy" 2>/dev/null)" = up ] ;;
    *) return 1 ;;
  esac
}

# A container is a file with status, id, image, command, restart, since and arguments.
container() { sed -n "s/^$2=//p" "$KEPT/containers/$1" 2>/dev/null; }
is_running() { [ "$(container "$1" status)" = running ] && [ -e "$RUN/docker" ]; }
is_present() { [ -e "$KEPT/containers/$1" ]; }

set_status() {
  f=$KEPT/containers/$1
  sed "s/^status=.*/status=$2/; s/^since=.*/since=$(date +%s)/" "$f" >"$f.new" && mv "$f.new" "$f"
}

new_id() {
  printf '%s' "$HORAI_NAME $$ $(date) $1 $(cat /proc/uptime 2>/dev/null)" | sha256sum | cut -c1-64
}

# new_container NAME IMAGE COMMAND STATUS RESTART ARGUMENTS
new_container() {
  {
    echo "id=$(new_id "$1")"
    echo "image=$2"
    echo "command=$3"
    echo "status=$4"
    echo "restart=$5"
    echo "created=$(date +%s)"
    echo "since=$(date +%s)"
    echo "arguments=$6"
  } >"$KEPT/containers/$1"
}
