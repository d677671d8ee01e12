# Docker's networks of its own. Needs common.sh, links.sh, swarm.sh and format.sh.
#
# A network is a file of KEY=VALUE lines, and beside it one with a line "ADDRESS CONTAINER" for each
# container on it.
NETWORKS=$KEPT/networks

# Networks of a swarm, or of a key-value store, are everybody's who has the same one; there a
# container's name has "@HOST" behind it. Sets shared, or nothing.
find_shared() {
  shared=
  if in_swarm; then
    shared=$(swarm_dir)/networks
  elif [ -s "$RUN/store" ]; then
    shared=$HORAI_NET/stores/$(sed 's|.*://||; s|/|_|g' "$RUN/store")
  fi
}
# A worker of a swarm knows those only that its containers are on; attaching=yes asks the manager.
is_known() {
  [ -n "$shared" ] && [ -e "$shared/$1" ] || return 1
  [ "$1" = ingress ] || [ -n "$attaching" ] || ! in_swarm || is_manager || grep -q "@$HORAI_ADDRESS\$" "$shared/$1.leases"
}
network_file() {
  find_shared
  if [ ! -e "$NETWORKS/$1" ] && is_known "$1"; then echo "$shared/$1"; else echo "$NETWORKS/$1"; fi
}
is_shared() { [ "$(network_value "$1" driver)" = overlay ]; }
network_value() { sed -n "s|^$2=||p" "$(network_file "$1")" 2>/dev/null; }

# Says anew which containers of this host are on the overlays.
publish_overlays() {
  find_shared
  [ -n "$shared" ] || return 0
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
    ls | list) network_ls "$@" ;;
    *) unplayed "'network $verb'"; return 1 ;;
  esac
}

network_create() {
  driver=bridge subnet= range= gateway= bridge= options= attachable=false
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
      --attachable) attachable=yes used=1 ;;
      *) used=1 ;;
    esac
    shift $used
  done
  if is_network "$1"; then
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
  if in_swarm || [ ! -s "$RUN/store" ]; then need_manager || return 1; fi
  find_shared
  mkdir -p "$shared"
  if in_swarm; then id=$(swarm_id "$1"); else id=$(new_id "$1"); fi
  printf 'id=%s\ndriver=overlay\nsubnet=%s\ngateway=%s\nattachable=%s\n' "$id" "$subnet" \
    "$(awk -v subnet="$subnet" -f "$LIB/addresses.awk" -f "$LIB/gateway.awk")" "$attachable" >"$shared/$1"
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

# What Docker has by itself.
predefined() {
  case "$1" in
    bridge | host) echo "$1" ;;
    none) echo null ;;
    *) return 1 ;;
  esac
}
network_id() {
  if predefined "$1" >/dev/null; then printf '%s' "$1 of $HORAI_NAME" | sha256sum | cut -c1-64; else network_value "$1" id; fi
}
network_driver() { predefined "$1" || network_value "$1" driver; }
network_scope() {
  case "$(network_file "$1")" in
    "$NETWORKS"/*) echo local ;;
    *) if in_swarm; then echo swarm; else echo global; fi ;;
  esac
}
is_network() { predefined "$1" >/dev/null || [ -e "$(network_file "$1")" ]; }
no_network() {
  echo "Error: No such network: $1" >&2
  return 1
}

network_inspect() {
  format=$(format_of "$@")
  code=0 shown=
  while [ $# -gt 0 ]; do
    case "$1" in
      -f | --format) shift ;;
      -*) ;;
      *)
        if ! is_network "$1"; then
          [ -n "$format" ] || echo '[]'
          no_network "$1" || code=1
        elif [ -n "$format" ]; then
          plain=$(printf '%s' "$format" | sed 's|{{range .IPAM.Config}}||; s|{{end}}||')
          filled "$plain" .Subnet "$(network_value "$1" subnet)" .IPRange "$(network_value "$1" range)" \
            .Gateway "$(network_value "$1" gateway)" .Driver "$(network_driver "$1")" .Id "$(network_id "$1")" \
            .ID "$(network_id "$1")" .Name "$1" .Scope "$(network_scope "$1")" \
            .Attachable "$(is_attachable "$1" && echo true || echo false)" \
            'index .Options "com.docker.network.bridge.name"' \
            "$(network_value "$1" option | sed -n 's/^com.docker.network.bridge.name=//p')" || code=1
        else
          network_json "$1"
        fi
        ;;
    esac
    shift
  done
  return $code
}

is_attachable() { [ "$(network_value "$1" attachable)" = yes ]; }

# The lines with commas between them.
commas() { sed '$!s/$/,/'; }

network_config() {
  network_value "$1" subnet | sed 's/.*/                    "Subnet": "&"/'
  network_value "$1" range | sed -n 's/..*/                    "IPRange": "&"/p'
  case "$(network_scope "$1")" in
    global) ;;
    *) network_value "$1" gateway | sed -n 's/..*/                    "Gateway": "&"/p' ;;
  esac
}

# Its containers here; with a key-value store those of the other hosts too, by their end points.
network_containers() {
  length=$(network_value "$1" subnet)
  length=${length#*/}
  while read -r ip owner; do
    name=${owner%@*} end=$(printf '%s' "end of $owner" | sha256sum | cut -c1-64)
    mac=$(echo "$ip" | tr . ' ' | { read -r a b c d; printf '02:42:%02x:%02x:%02x:%02x' "$a" "$b" "$c" "$d"; })
    case "$owner" in
      *@"$HORAI_ADDRESS") key=$(printf '%s' "$name" | sha256sum | cut -c1-64) ;;
      *@*) key=ep-$end ;;
      *) key=$(printf '%s' "$name" | sha256sum | cut -c1-64) ;;
    esac
    case "$key" in ep-*) [ "$(network_scope "$1")" = global ] || continue ;; esac
    printf '            "%s": {\n                "Name": "%s",\n                "EndpointID": "%s",\n                "MacAddress": "%s",\n                "IPv4Address": "%s/%s",\n                "IPv6Address": ""\n            }\n' \
      "$key" "$name" "$end" "$mac" "$ip" "$length"
  done <"$(network_file "$1").leases"
}

network_json() {
  printf '[\n    {\n        "Name": "%s",\n        "Id": "%s",\n        "Created": "%s",\n        "Scope": "%s",\n        "Driver": "%s",\n        "EnableIPv6": false,\n' \
    "$1" "$(network_id "$1")" "$(date -u -r "$(network_file "$1")" '+%Y-%m-%dT%H:%M:%S.000000000Z' 2>/dev/null)" "$(network_scope "$1")" "$(network_driver "$1")"
  printf '        "IPAM": {\n            "Driver": "default",\n            "Options": {},\n            "Config": ['
  if predefined "$1" >/dev/null; then
    printf ']\n'
  else
    printf '\n                {\n%s\n                }\n            ]\n' "$(network_config "$1" | commas)"
  fi
  printf '        },\n        "Internal": false,\n        "Attachable": %s,\n        "Ingress": %s,\n' \
    "$(is_attachable "$1" && echo true || echo false)" "$([ "$1" = ingress ] && echo true || echo false)"
  printf '        "ConfigFrom": {\n            "Network": ""\n        },\n        "ConfigOnly": false,\n'
  containers=$(network_containers "$1" 2>/dev/null | sed 's/^            }$/&,/' | sed '$s/,$//')
  if [ -n "$containers" ]; then printf '        "Containers": {\n%s\n        },\n' "$containers"; else printf '        "Containers": {},\n'; fi
  options=$(network_value "$1" option | sed 's/\(.*\)=\(.*\)/            "\1": "\2"/' | commas)
  if [ -n "$options" ]; then printf '        "Options": {\n%s\n        },\n' "$options"; else printf '        "Options": {},\n'; fi
  printf '        "Labels": {}\n    }\n]\n'
}

network_rm() {
  code=0
  for n in "$@"; do
    case "$n" in -f | --force) continue ;; esac
    network_rm_one "$n" || code=1
  done
  return $code
}

network_rm_one() {
  if predefined "$1" >/dev/null; then
    daemon_says "$1 is a pre-defined network and cannot be removed"
    return 1
  fi
  file=$(network_file "$1")
  [ -e "$file" ] || { no_network "$1"; return; }
  if [ "$(network_scope "$1")" = swarm ]; then need_manager || return 1; fi
  if [ -s "$file.leases" ]; then
    case "$(network_scope "$1")" in
      swarm) daemon_says "rpc error: code = FailedPrecondition desc = network $(network_value "$1" id) is in use by task $(swarm_id "task of $1")" ;;
      *) daemon_says "error while removing network: network $1 id $(network_value "$1" id) has active endpoints" ;;
    esac
    return 1
  fi
  case "$(network_value "$1" bridge)" in br-* | docker_gwbridge) drop_link "$(network_value "$1" bridge)" ;; esac
  case "$file" in "$NETWORKS"/*) ;; *) rm -rf "$HORAI_NET/segments/docker-$1" ;; esac
  rm -f "$file" "$file.leases"
  echo "$1"
}

network_names() {
  printf 'bridge\nhost\nnone\n'
  ls "$NETWORKS" 2>/dev/null | grep -v '[.]leases$'
  find_shared
  [ -z "$shared" ] || ls "$shared" 2>/dev/null | grep -v '[.]leases$'
}

network_ls() {
  format=$(format_of "$@") quiet= long= filter=
  while [ $# -gt 0 ]; do
    case "$1" in
      -q | --quiet) quiet=yes ;;
      --no-trunc) long=yes ;;
      -f | --filter) filter=$2; shift ;;
      --filter=*) filter=${1#*=} ;;
      --format) shift ;;
    esac
    shift
  done
  table 'NETWORK ID\tNAME\tDRIVER\tSCOPE' network_rows
}

network_rows() {
  for n in $(network_names | LC_ALL=C sort -u); do
    is_network "$n" || continue
    case "$filter" in
      name=*) case "$n" in *"${filter#name=}"*) ;; *) continue ;; esac ;;
      driver=*) [ "$(network_driver "$n")" = "${filter#driver=}" ] || continue ;;
      scope=*) [ "$(network_scope "$n")" = "${filter#scope=}" ] || continue ;;
      '') ;;
      *) unplayed "the filter '$filter'"; return 1 ;;
    esac
    id=$(network_id "$n")
    [ -n "$long" ] || id=$(printf '%s' "$id" | cut -c1-12)
    if [ -n "$quiet" ]; then
      echo "$id"
    elif [ -n "$format" ]; then
      filled "$format" .ID "$id" .Name "$n" .Driver "$(network_driver "$n")" .Scope "$(network_scope "$n")" || return 1
    else
      printf '%s\t%s\t%s\t%s\n' "$id" "$n" "$(network_driver "$n")" "$(network_scope "$n")"
    fi
  done
}
