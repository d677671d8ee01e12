# The Docker client's answers. Needs common.sh.
DOCKER_VERSION=20.10.24+dfsg1
DOCKER_API=1.41

cannot_connect() {
  echo "Cannot connect to the Docker daemon at ${DOCKER_HOST:-unix:///var/run/docker.sock}. Is the docker daemon running?" >&2
  exit 1
}

docker_version() {
  format=$(format_of "$@")
  if [ -n "$format" ]; then
    case "$format" in *Server*) docker_up || cannot_connect ;; esac
    filled "$format" .Server.Version "$DOCKER_VERSION" .Client.Version "$DOCKER_VERSION" \
      .Server.APIVersion "$DOCKER_API" .Client.APIVersion "$DOCKER_API"
    return
  fi
  printf 'Client:\n Version:           %s\n API version:       %s\n OS/Arch:           linux/amd64\n' "$DOCKER_VERSION" "$DOCKER_API"
  docker_up || cannot_connect
  printf '\nServer:\n Engine:\n  Version:          %s\n  API version:      %s\n  OS/Arch:          linux/amd64\n' "$DOCKER_VERSION" "$DOCKER_API"
}

# How many containers are in a state, or in any.
how_many() { grep -l "^status=$1" "$KEPT"/containers/* 2>/dev/null | grep -vc '[.]new$'; }

docker_info() {
  format=$(format_of "$@")
  if [ -n "$format" ]; then
    filled "$format" .ServerVersion "$DOCKER_VERSION" .Name "$HORAI_NAME" .Driver overlay2 \
      .ClusterStore "$(cat "$RUN/store" 2>/dev/null)" .ClusterAdvertise "$(cat "$RUN/advertise" 2>/dev/null)" \
      .Swarm.LocalNodeState "$(in_swarm && echo active || echo inactive)" \
      .Swarm.ControlAvailable "$(is_manager && echo true || echo false)" .Swarm.NodeID "$(swarm_value node)" \
      .Swarm.NodeAddr "$(! in_swarm || echo "$HORAI_ADDRESS")" .Containers "$(how_many '')"
    return
  fi
  printf 'Client:\n Context:    default\n Debug Mode: false\n\nServer:\n'
  printf ' Containers: %s\n  Running: %s\n  Paused: 0\n  Stopped: %s\n Server Version: %s\n Storage Driver: overlay2\n' \
    "$(how_many '')" "$(how_many running)" "$(($(how_many '') - $(how_many running)))" "$DOCKER_VERSION"
  swarm_info
  printf ' Name: %s\n' "$HORAI_NAME"
  if [ -s "$RUN/store" ]; then
    printf ' Cluster Store: %s\n Cluster Advertise: %s\n\n' "$(cat "$RUN/store")" "$(cat "$RUN/advertise")"
    printf 'WARNING: node discovery and overlay networks with an external k/v store (cluster-advertise,\n         cluster-store, cluster-store-opt) are deprecated and will be removed in a future release.\n' >&2
  fi
}

# A number of seconds in Docker's words.
duration() {
  if [ "$1" -lt 1 ]; then echo 'Less than a second'
  elif [ "$1" -eq 1 ]; then echo '1 second'
  elif [ "$1" -lt 60 ]; then echo "$1 seconds"
  elif [ "$1" -lt 120 ]; then echo 'About a minute'
  elif [ "$1" -lt 3600 ]; then echo "$(($1 / 60)) minutes"
  elif [ "$1" -lt 7200 ]; then echo 'About an hour'
  else echo "$(($1 / 3600)) hours"
  fi
}

shown_status() {
  case "$1" in
    running) echo "Up $(duration "$2")" ;;
    exited) echo "Exited (0) $(duration "$2") ago" ;;
    restarting) echo "Restarting (1) $(duration "$2") ago" ;;
    *) echo Created ;;
  esac
}

docker_ps() {
  every= quiet= filter=
  format=$(format_of "$@")
  while [ $# -gt 0 ]; do
    case "$1" in
      -a | --all) every=yes ;;
      -q | --quiet) quiet=yes ;;
      -aq | -qa) every=yes quiet=yes ;;
      --filter=name=*) filter=${1##*=} ;;
      --filter | -f) case "$2" in name=*) filter=${2#name=} ;; esac ;;
    esac
    shift
  done
  table 'CONTAINER ID\tIMAGE\tCOMMAND\tCREATED\tSTATUS\tPORTS\tNAMES' ps_rows
}

ps_rows() {
  now=$(date +%s)
  for f in "$KEPT"/containers/*; do
    [ -e "$f" ] || continue
    n=${f##*/}
    case "$n" in *.new) continue ;; *"$filter"*) ;; *) continue ;; esac
    state=$(container "$n" status)
    [ -n "$every" ] || [ "$state" = running ] || continue
    id=$(container "$n" id | cut -c1-12) image=$(container "$n" image) command=$(container "$n" command)
    [ ${#command} -le 20 ] || command=$(printf '%s' "$command" | cut -c1-19)…
    made=$(container "$n" created)
    text=$(shown_status "$state" $((now - $(container "$n" since))))
    if [ -n "$quiet" ]; then
      echo "$id"
    elif [ -n "$format" ]; then
      filled "$format" .ID "$id" .Names "$n" .Image "$image" .Status "$text" .State "$state" .Command "\"$command\"" || return 1
    else
      printf '%s\t%s\t"%s"\t%s\t%s\t\t%s\n' "$id" "$image" "$command" "$(duration $((now - ${made:-$now}))) ago" "$text" "$n"
    fi
  done
}

docker_inspect() {
  format=$(format_of "$@")
  code=0
  while [ $# -gt 0 ]; do
    case "$1" in
      -f | --format | --type) shift ;;
      -*) ;;
      *)
        if is_present "$1"; then
          state=$(container "$1" status)
          running=$([ "$state" = running ] && echo true || echo false)
          restarting=$([ "$state" = restarting ] && echo true || echo false)
          if [ -n "$format" ]; then
            filled "$format" .State.Running "$running" .State.Restarting "$restarting" .State.Status "$state" \
              .Id "$(container "$1" id)" .Config.Image "$(container "$1" image)" .Name "/$1" \
              .HostConfig.RestartPolicy.Name "$(container "$1" restart)" || code=1
          else
            printf '[\n    {\n        "Id": "%s",\n        "Name": "/%s",\n        "State": {\n            "Status": "%s",\n            "Running": %s\n        },\n        "Config": {\n            "Image": "%s"\n        }\n    }\n]\n' \
              "$(container "$1" id)" "$1" "$state" "$running" "$(container "$1" image)"
          fi
        else
          [ -n "$format" ] && echo || echo '[]'
          echo "Error: No such object: $1" >&2
          code=1
        fi
        ;;
    esac
    shift
  done
  return $code
}

docker_images() {
  case " $* " in *" -q "*) return 0 ;; esac
  echo 'REPOSITORY               TAG       IMAGE ID       CREATED       SIZE'
  for f in "$KEPT"/containers/*; do
    [ ! -e "$f" ] || sed -n 's/^image=\([^:]*\):*\(.*\)/\1 \2/p' "$f"
  done | sort -u | while read -r name tag; do
    printf '%-24s %-9s %s   2 years ago   70MB\n' "$name" "${tag:-latest}" "$(printf '%s' "$name$tag" | sha256sum | cut -c1-12)"
  done
}

docker_logs() {
  for n in "$@"; do
    case "$n" in -*) continue ;; esac
    is_present "$n" || { echo "Error: No such container: $n" >&2; return 1; }
    cat "$KEPT/$n.log" 2>/dev/null
  done
  return 0
}

docker_rm() {
  code=0 force=
  for n in "$@"; do
    case "$n" in
      -f) force=yes ;;
      -*) ;;
      *)
        if ! is_present "$n"; then
          echo "Error: No such container: $n" >&2
          code=1
        elif is_running "$n" && [ -z "$force" ]; then
          echo "Error response from daemon: You cannot remove a running container $(container "$n" id). Stop the container before attempting removal or force remove" >&2
          code=1
        else
          gone "$n"
          rm -f "$KEPT/containers/$n"
          echo "$n"
        fi
        ;;
    esac
  done
  return $code
}

# What ends with a container's process.
gone() {
  case "$1" in
    weave)
      rm -f "$HORAI_NET/peers/$HORAI_ADDRESS"
      case "$WEAVE_VERSION" in 2.*) rm -f "$RUN/proxy"; host_call proxy down ;; esac
      ;;
    weaveproxy) rm -f "$RUN/proxy"; host_call proxy down ;;
  esac
}

docker_cycle() {
  verb=$1
  shift
  for n in "$@"; do
    case "$n" in -*) continue ;; esac
    is_present "$n" || { echo "Error: No such container: $n" >&2; return 1; }
    [ "$verb" = start ] || { gone "$n"; set_status "$n" exited; }
    [ "$verb" = stop ] || sh "$LIB/dockerd.sh" start-one "$n"
    echo "$n"
  done
}
