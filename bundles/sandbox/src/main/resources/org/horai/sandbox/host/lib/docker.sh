# The Docker client's answers. Needs common.sh.
DOCKER_VERSION=$(cat "$HORAI_HOST/docker-version" 2>/dev/null || echo 1.10.3)

cannot_connect() {
  echo "Cannot connect to the Docker daemon at ${DOCKER_HOST:-unix:///var/run/docker.sock}. Is the docker daemon running?" >&2
  exit 1
}

format_of() {
  while [ $# -gt 0 ]; do
    case "$1" in
      -f | --format) echo "$2"; return ;;
      -f=* | --format=*) echo "${1#*=}"; return ;;
    esac
    shift
  done
}

docker_version() {
  format=$(format_of "$@")
  if [ -n "$format" ]; then
    case "$format" in *Server*) docker_up || cannot_connect ;; esac
    printf '%s\n' "$format" | sed "s/{{\.Server\.Version}}/$DOCKER_VERSION/g; s/{{\.Client\.Version}}/$DOCKER_VERSION/g"
    return
  fi
  printf 'Client:\n Version:           %s\n API version:       1.22\n OS/Arch:           linux/amd64\n' "$DOCKER_VERSION"
  docker_up || cannot_connect
  printf '\nServer:\n Version:           %s\n API version:       1.22\n OS/Arch:           linux/amd64\n' "$DOCKER_VERSION"
}

docker_info() {
  format=$(format_of "$@")
  if [ -n "$format" ]; then
    printf '%s\n' "$format" | sed "s/{{\.ServerVersion}}/$DOCKER_VERSION/g; s/{{\.Name}}/$HORAI_NAME/g; s/{{\.Driver}}/overlay/g"
    return
  fi
  [ ! -s "$RUN/store" ] || printf ' Cluster Store: %s\n Cluster Advertise: %s\n' "$(cat "$RUN/store")" "$(cat "$RUN/advertise")"
  printf 'Containers: %s\nServer Version: %s\nStorage Driver: overlay\nName: %s\n' \
    "$(ls "$KEPT/containers" | wc -l | tr -d ' ')" "$DOCKER_VERSION" "$HORAI_NAME"
}

shown_status() {
  case "$1" in
    running) echo "Up $2 seconds" ;;
    exited) echo "Exited (0) $2 seconds ago" ;;
    restarting) echo "Restarting (1) $2 seconds ago" ;;
    *) echo Created ;;
  esac
}

docker_ps() {
  every= quiet= filter=
  format=$(format_of "$@")
  while [ $# -gt 0 ]; do
    case "$1" in
      -a | --all) every=yes ;;
      -q) quiet=yes ;;
      -aq | -qa) every=yes quiet=yes ;;
      --filter=name=*) filter=${1##*=} ;;
      --filter | -f) case "$2" in name=*) filter=${2#name=} ;; esac ;;
    esac
    shift
  done
  [ -n "$quiet$format" ] || printf '%-14s %-28s %-26s %-18s %-28s %-9s %s\n' 'CONTAINER ID' IMAGE COMMAND CREATED STATUS PORTS NAMES
  for f in "$KEPT"/containers/*; do
    [ -e "$f" ] || continue
    n=${f##*/}
    case "$n" in *.new) continue ;; *"$filter"*) ;; *) continue ;; esac
    state=$(container "$n" status)
    [ -n "$every" ] || [ "$state" = running ] || continue
    id=$(container "$n" id | cut -c1-12) image=$(container "$n" image)
    age=$(($(date +%s) - $(container "$n" since)))
    text=$(shown_status "$state" $age)
    if [ -n "$quiet" ]; then
      echo "$id"
    elif [ -n "$format" ]; then
      printf '%s\n' "$format" | sed "s|{{\.ID}}|$id|g; s|{{\.Names}}|$n|g; s|{{\.Image}}|$image|g; s|{{\.Status}}|$text|g; s|{{\.State}}|$state|g; s|\\\\t|	|g"
    else
      printf '%-14s %-28s %-26s %-18s %-28s %-9s %s\n' "$id" "$image" "\"$(container "$n" command)\"" "$age seconds ago" "$text" '' "$n"
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
            printf '%s\n' "$format" | sed "s|{{\.State\.Running}}|$running|g; s|{{\.State\.Restarting}}|$restarting|g; s|{{\.State\.Status}}|$state|g; s|{{\.Id}}|$(container "$1" id)|g; s|{{\.Config\.Image}}|$(container "$1" image)|g; s|{{\.Name}}|/$1|g; s|{{\.HostConfig\.RestartPolicy\.Name}}|$(container "$1" restart)|g"
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
