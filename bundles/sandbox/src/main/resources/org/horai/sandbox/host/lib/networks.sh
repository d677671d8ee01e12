# Docker's networks of its own. Needs common.sh and links.sh.
#
# A network is a file of KEY=VALUE lines, and beside it one with a line "ADDRESS CONTAINER" for each
# container on it.
NETWORKS=$KEPT/networks

# Networks of the key-value store are everybody's who has the same one; there a container's name has
# "@HOST" behind it.
network_file() {
  shared=$HORAI_NET/stores/$(sed 's|.*://||; s|/|_|g' "$RUN/store" 2>/dev/null)
  if [ -e "$NETWORKS/$1" ] || [ ! -s "$RUN/store" ] || [ ! -e "$shared/$1" ]; then echo "$NETWORKS/$1"; else echo "$shared/$1"; fi
}
is_shared() { [ "$(network_value "$1" driver)" = overlay ]; }
network_value() { sed -n "s|^$2=||p" "$(network_file "$1")" 2>/dev/null; }

# Says anew which containers of this host are on the overlays.
publish_overlays() {
  [ -s "$RUN/store" ] || return 0
  network_file - >/dev/null
  for f in "$shared"/*.leases; do
    [ -e "$f" ] || continue
    name=${f##*/}
    {
      sed -n "s/ [^ ]*@$HORAI_ADDRESS\$//p" "$f" | sed 's/^/container=/'
      sed 's/^/peer=/' "$HORAI_NET/hosts"
    } | publish "docker-${name%.leases}"
  done
}

docker_network() {
  verb=$1
  [ $# -eq 0 ] || shift
  case "$verb" in
    create) network_create "$@" ;;
    inspect) network_inspect "$@" ;;
    rm | remove) network_rm "$@" ;;
    ls | list) network_ls ;;
    *) echo "docker: 'network $verb' is not a docker command." >&2; return 1 ;;
  esac
}

network_create() {
  driver=bridge subnet= range= gateway= bridge= options=
  while [ $# -gt 1 ]; do
    case "$1" in --*=*) key=${1%%=*} value=${1#*=} used=1 ;; *) key=$1 value=$2 used=2 ;; esac
    case "$key" in
      -d | --driver) driver=$value ;;
      --subnet) subnet=$value ;;
      --ip-range) range=$value ;;
      --gateway) gateway=$value ;;
      -o | --opt)
        case "$value" in com.docker.network.bridge.name=*) bridge=${value#*=} ;; esac
        options="$options $value"
        ;;
      *) used=1 ;;
    esac
    shift $used
  done
  if [ -e "$(network_file "$1")" ]; then
    echo "Error response from daemon: network with name $1 already exists" >&2
    return 1
  fi
  if [ "$driver" = overlay ]; then
    overlay_create "$1"
    return
  fi
  if [ "$driver" != bridge ]; then
    echo "Error response from daemon: plugin \"$driver\" not found" >&2
    return 1
  fi
  id=$(new_id "$1")
  bridge=${bridge:-br-$(echo "$id" | cut -c1-12)}
  {
    printf 'id=%s\ndriver=%s\nsubnet=%s\nrange=%s\ngateway=%s\nbridge=%s\n' "$id" "$driver" "$subnet" "$range" "$gateway" "$bridge"
    for option in $options; do echo "option=$option"; done
  } >"$NETWORKS/$1"
  : >"$NETWORKS/$1.leases"
  bridge_of "$1"
  echo "$id"
}

overlay_create() {
  if [ ! -s "$RUN/store" ]; then
    echo 'Error response from daemon: This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.' >&2
    return 1
  fi
  network_file - >/dev/null
  mkdir -p "$shared"
  printf 'id=%s\ndriver=overlay\nsubnet=%s\ngateway=%s\n' "$(new_id "$1")" "$subnet" \
    "$(awk -v subnet="$subnet" -f "$LIB/addresses.awk" -f "$LIB/gateway.awk")" >"$shared/$1"
  : >"$shared/$1.leases"
  publish_overlays
  network_value "$1" id
}

# The daemon makes the bridge of a network that has none, at its creation and at each start.
bridge_of() {
  b=$(network_value "$1" bridge)
  if ! is_link "$b"; then
    new_link "$b" bridge
    set_link "$b" up yes
    subnet=$(network_value "$1" subnet)
    add_line "$b" "address=$(network_value "$1" gateway)/${subnet#*/}"
    publish_links
  fi
}

network_inspect() {
  format=$(format_of "$@")
  code=0
  while [ $# -gt 0 ]; do
    case "$1" in
      -f | --format) shift ;;
      -*) ;;
      *)
        if [ ! -e "$(network_file "$1")" ]; then
          echo "Error: No such network: $1" >&2
          code=1
        elif [ -n "$format" ]; then
          printf '%s\n' "$format" | sed "s|{{range .IPAM.Config}}||; s|{{end}}||; s|{{\.Subnet}}|$(network_value "$1" subnet)|; s|{{\.IPRange}}|$(network_value "$1" range)|; s|{{\.Gateway}}|$(network_value "$1" gateway)|; s|{{\.Driver}}|$(network_value "$1" driver)|; s|{{\.Id}}|$(network_value "$1" id)|; s|{{index .Options \"com.docker.network.bridge.name\"}}|$(network_value "$1" option | sed -n 's/^com.docker.network.bridge.name=//p')|"
        else
          printf '[\n    {\n        "Name": "%s",\n        "Id": "%s",\n        "Driver": "%s",\n        "IPAM": {\n            "Config": [\n                {\n                    "Subnet": "%s",\n                    "IPRange": "%s",\n                    "Gateway": "%s"\n                }\n            ]\n        },\n        "Options": {\n            "com.docker.network.bridge.name": "%s"\n        }\n    }\n]\n' \
            "$1" "$(network_value "$1" id)" "$(network_value "$1" driver)" "$(network_value "$1" subnet)" \
            "$(network_value "$1" range)" "$(network_value "$1" gateway)" "$(network_value "$1" bridge)"
        fi
        ;;
    esac
    shift
  done
  return $code
}

network_rm() {
  for n in "$@"; do
    file=$(network_file "$n")
    if [ ! -e "$file" ]; then
      echo "Error: No such network: $n" >&2
      return 1
    fi
    if [ -s "$file.leases" ]; then
      echo "Error response from daemon: error while removing network: network $n id $(network_value "$n" id) has active endpoints" >&2
      return 1
    fi
    case "$(network_value "$n" bridge)" in br-*) drop_link "$(network_value "$n" bridge)" ;; esac
    rm -f "$file" "$file.leases"
    case "$file" in "$NETWORKS"/*) ;; *) rm -rf "$HORAI_NET/segments/docker-$n" ;; esac
    echo "$n"
  done
}

network_ls() {
  echo 'NETWORK ID     NAME      DRIVER    SCOPE'
  echo '0000000b1d9e   bridge    bridge    local'
  for f in "$NETWORKS"/*; do
    case "$f" in *.leases) continue ;; esac
    [ ! -e "$f" ] || echo "$(network_value "${f##*/}" id | cut -c1-12)   ${f##*/}    $(network_value "${f##*/}" driver)    local"
  done
  network_file - >/dev/null
  [ -s "$RUN/store" ] || return 0
  for f in "$shared"/*; do
    case "$f" in *.leases) continue ;; esac
    [ ! -e "$f" ] || echo "$(network_value "${f##*/}" id | cut -c1-12)   ${f##*/}    overlay    global"
  done
}
