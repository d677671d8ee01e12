# What the Docker daemon answers on its socket: its info, and a request to join a swarm. Needs common.sh
# and links.sh.
. "$LIB/format.sh"
. "$LIB/docker.sh"
. "$LIB/networks.sh"
. "$LIB/swarm.sh"

api_info() {
  printf '{"ID":"%s","Name":"%s","ServerVersion":"%s","ClusterStore":"%s","ClusterAdvertise":"%s","Swarm":{"NodeID":"%s","LocalNodeState":"%s","ControlAvailable":%s}}\n' \
    "$(printf '%s' "$HORAI_NAME" | sha256sum | cut -c1-12)" "$HORAI_NAME" "$DOCKER_VERSION" "$(cat "$RUN/store" 2>/dev/null)" \
    "$(cat "$RUN/advertise" 2>/dev/null)" "$(swarm_value node)" "$(in_swarm && echo active || echo inactive)" \
    "$(is_manager && echo true || echo false)"
}

# The fields of the body as Docker reads them, from one line of JSON.
api_join() {
  body=$(case "$1" in @*) cat "${1#@}" ;; *) printf '%s' "$1" ;; esac | tr -d '\n')
  token=$(printf '%s' "$body" | sed -n 's/.*"JoinToken": *"\([^"]*\)".*/\1/p')
  remote=$(printf '%s' "$body" | sed -n 's/.*"RemoteAddrs": *\[ *"\([^"]*\)".*/\1/p')
  said=$(admit "$token" "$remote" 2>&1) && return 0
  message=$(printf '%s' "${said#Error response from daemon: }" | sed 's/\\/\\\\/g; s/"/\\"/g')
  printf '{"message":"%s"}\n' "$message"
  return 1
}

# docker_api URL CURL-ARGUMENT...
docker_api() {
  path=/${1#http://*/}
  shift
  data= write=
  while [ $# -gt 0 ]; do
    case "$1" in
      -d | --data | --data-binary) data=$2; shift ;;
      -w) write=$2; shift ;;
    esac
    shift
  done
  if ! docker_up; then
    echo "curl: (7) Couldn't connect to server" >&2
    return 7
  fi
  status=200
  case "$path" in
    */_ping) printf OK ;;
    */info) api_info ;;
    */swarm/join) api_join "$data" || status=503 ;;
    *)
      echo '{"message":"page not found"}'
      status=404
      ;;
  esac
  [ -z "$write" ] || printf '%s' "$write" | sed "s/%{http_code}/$status/g"
}
