# Docker's swarms. Needs common.sh, links.sh, networks.sh and format.sh.
#
# A swarm is a folder below swarms/ of what all hosts share: its tokens, its networks, and nodes with
# a line "NODE NAME ADDRESS ROLE" for each. What a host keeps of it is the file swarm.
SWARM=$KEPT/swarm
NOT_A_NODE='This node is not part of a swarm'

swarm_value() { sed -n "s/^$1=//p" "$SWARM" 2>/dev/null; }
swarm_dir() { echo "$HORAI_NET/swarms/$(swarm_value swarm)"; }
in_swarm() { [ -e "$SWARM" ]; }
is_manager() { [ "$(swarm_value role)" = manager ]; }

# A name as the swarm gives to nodes and networks: 25 letters and digits.
swarm_id() { new_id "$1" | tr 'a-f' 'u-z' | cut -c1-25; }

daemon_says() {
  echo "Error response from daemon: $1" >&2
  return 1
}

need_manager() {
  is_manager && return 0
  if in_swarm; then
    daemon_says "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager."
  else
    daemon_says 'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'
  fi
}

docker_swarm() {
  verb=$1
  [ $# -eq 0 ] || shift
  case "$verb" in
    init) swarm_init "$@" ;;
    join) swarm_join "$@" ;;
    join-token) swarm_token "$@" ;;
    leave) swarm_leave "$@" ;;
    *) unplayed "'swarm $verb'"; return 1 ;;
  esac
}

already() {
  ! in_swarm || daemon_says 'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.'
}

# become ROLE SWARM MANAGER-ADDRESS
become() {
  node=$(swarm_id "$1 of $2")
  printf 'swarm=%s\nnode=%s\nrole=%s\nmanager=%s\n' "$2" "$node" "$1" "$3" >"$SWARM"
  echo "$node $HORAI_NAME $HORAI_ADDRESS $1" >>"$(swarm_dir)/nodes"
  swarm_up
  make_gateway_bridge
}

# The daemon is up: others hear it.
swarm_up() {
  ! in_swarm || swarm_value node >"$HORAI_NET/gossip/$HORAI_ADDRESS"
}

# The bridge by which containers of an overlay leave it.
make_gateway_bridge() {
  [ ! -e "$NETWORKS/docker_gwbridge" ] || return 0
  printf 'id=%s\ndriver=bridge\nsubnet=172.18.0.0/16\nrange=\ngateway=172.18.0.1\nbridge=docker_gwbridge\n' \
    "$(new_id docker_gwbridge)" >"$NETWORKS/docker_gwbridge"
  : >"$NETWORKS/docker_gwbridge.leases"
  bridge_of docker_gwbridge
}

token() { echo "SWMTKN-1-$(new_id "token of $1" | cut -c1-50)-$(new_id "$1" | cut -c1-25)"; }

swarm_init() {
  already || return 1
  swarm=$(swarm_id swarm)
  mkdir -p "$HORAI_NET/swarms/$swarm/networks"
  token "worker of $swarm" >"$HORAI_NET/swarms/$swarm/worker"
  token "manager of $swarm" >"$HORAI_NET/swarms/$swarm/manager"
  become manager "$swarm" "$HORAI_ADDRESS"
  printf 'id=%s\ndriver=overlay\nsubnet=10.0.0.0/24\ngateway=10.0.0.1\nattachable=false\n' \
    "$(swarm_id ingress)" >"$(swarm_dir)/networks/ingress"
  : >"$(swarm_dir)/networks/ingress.leases"
  printf 'Swarm initialized: current node (%s) is now a manager.\n\nTo add a worker to this swarm, run the following command:\n\n' "$(swarm_value node)"
  printf '    docker swarm join --token %s %s:2377\n\n' "$(cat "$(swarm_dir)/worker")" "$HORAI_ADDRESS"
  printf "To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.\n\n"
}

swarm_join() {
  token= remote=
  while [ $# -gt 0 ]; do
    case "$1" in
      --token) token=$2; shift ;;
      --token=*) token=${1#*=} ;;
      --advertise-addr | --listen-addr | --data-path-addr | --availability) shift ;;
      -*) ;;
      *) remote=$1 ;;
    esac
    shift
  done
  if [ -z "$remote" ]; then
    printf '"docker swarm join" requires exactly 1 argument.\nSee '"'docker swarm join --help'"'.\n' >&2
    return 1
  fi
  admit "$token" "$remote" || return 1
  echo "This node joined a swarm as a $(swarm_value role)."
}

# admit TOKEN HOST:PORT: joins, or says why not.
admit() {
  already || return 1
  there=${2%:*}
  node=$(cat "$HORAI_NET/gossip/$there" 2>/dev/null)
  swarm=$(grep -l "^$node [^ ]* $there manager\$" "$HORAI_NET"/swarms/*/nodes 2>/dev/null | head -n 1)
  if [ -z "$node" ] || [ -z "$swarm" ] || is_cut "$there"; then
    daemon_says "rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing dial tcp $2: connect: connection refused\""
    return 1
  fi
  swarm=${swarm%/nodes}
  role=
  for kind in worker manager; do
    [ "$1" != "$(cat "$swarm/$kind")" ] || role=$kind
  done
  case "$1" in
    SWMTKN-1-*) ;;
    *) daemon_says 'invalid join token'; return 1 ;;
  esac
  if [ -z "$role" ]; then
    daemon_says 'rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster'
    return 1
  fi
  lock
  become "$role" "${swarm##*/}" "$there"
  unlock
}

swarm_token() {
  quiet= rotate= role=
  for word in "$@"; do
    case "$word" in
      -q | --quiet) quiet=yes ;;
      --rotate) rotate=yes ;;
      *) role=$word ;;
    esac
  done
  need_manager || return 1
  case "$role" in
    worker | manager) ;;
    *) echo "unknown role $role" >&2; return 1 ;;
  esac
  if [ -n "$rotate" ]; then
    token "$role of $(swarm_value swarm) $$" >"$(swarm_dir)/$role"
    [ -n "$quiet" ] || printf 'Successfully rotated %s join token.\n\n' "$role"
  fi
  if [ -n "$quiet" ]; then
    cat "$(swarm_dir)/$role"
  else
    printf 'To add a %s to this swarm, run the following command:\n\n    docker swarm join --token %s %s:2377\n\n' \
      "$role" "$(cat "$(swarm_dir)/$role")" "$HORAI_ADDRESS"
  fi
}

swarm_leave() {
  force=
  case "$1" in -f | --force) force=yes ;; esac
  in_swarm || { daemon_says "$NOT_A_NODE"; return 1; }
  if is_manager && [ -z "$force" ]; then
    if [ "$(grep -c ' manager$' "$(swarm_dir)/nodes")" -eq 1 ]; then
      daemon_says 'You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message.'
    else
      unplayed 'how a manager that is not the last one leaves'
    fi
    return 1
  fi
  lock
  dir=$(swarm_dir)
  for leases in "$dir"/networks/*.leases; do
    [ ! -e "$leases" ] || { grep -v "@$HORAI_ADDRESS\$" "$leases" >"$leases.new"; mv "$leases.new" "$leases"; }
  done
  if is_manager; then
    grep -v "^$(swarm_value node) " "$dir/nodes" >"$dir/nodes.new"
    mv "$dir/nodes.new" "$dir/nodes"
    for network in "$dir"/networks/*; do rm -rf "$HORAI_NET/segments/docker-${network##*/}"; done
    rm -f "$dir"/networks/*
  else
    rm -f "$HORAI_NET"/segments/docker-*/"$HORAI_ADDRESS"
  fi
  rm -f "$SWARM"
  [ -s "$RUN/store" ] || rm -f "$HORAI_NET/gossip/$HORAI_ADDRESS"
  unlock
  echo 'Node left the swarm.'
}

docker_node() {
  need_manager || return 1
  case "$1" in
    ls | list) shift; node_ls "$@" ;;
    *) unplayed "'node $1'"; return 1 ;;
  esac
}

# Whether a node's daemon is heard here: NODE ADDRESS.
is_ready() { [ "$(cat "$HORAI_NET/gossip/$2" 2>/dev/null)" = "$1" ] && ! { [ "$2" != "$HORAI_ADDRESS" ] && is_cut "$2"; }; }

node_ls() {
  format=$(format_of "$@") quiet=
  case " $* " in *' -q '* | *' --quiet '*) quiet=yes ;; esac
  table 'ID\tHOSTNAME\tSTATUS\tAVAILABILITY\tMANAGER STATUS\tENGINE VERSION' node_rows
}

node_rows() {
  while read -r node name address role; do
    status=Down leader= self=
    ! is_ready "$node" "$address" || status=Ready
    [ "$role" != manager ] || leader=Leader
    [ "$address" != "$HORAI_ADDRESS" ] || self=' *'
    if [ -n "$quiet" ]; then
      echo "$node"
    elif [ -n "$format" ]; then
      filled "$format" .ID "$node" .Hostname "$name" .Status "$status" .Availability Active \
        .ManagerStatus "$leader" .EngineVersion "$DOCKER_VERSION" || return 1
    else
      printf '%s\t%s\t%s\tActive\t%s\t%s\n' "$node$self" "$name" "$status" "$leader" "$DOCKER_VERSION"
    fi
  done <"$(swarm_dir)/nodes"
}

# What docker info says of it.
swarm_info() {
  if ! in_swarm; then
    echo ' Swarm: inactive'
    return
  fi
  printf ' Swarm: active\n  NodeID: %s\n' "$(swarm_value node)"
  if is_manager; then
    printf '  Is Manager: true\n  ClusterID: %s\n  Managers: %s\n  Nodes: %s\n' "$(swarm_value swarm)" \
      "$(grep -c ' manager$' "$(swarm_dir)/nodes")" "$(grep -c . "$(swarm_dir)/nodes")"
  else
    echo '  Is Manager: false'
  fi
  printf '  Node Address: %s\n  Manager Addresses:\n   %s:2377\n' "$HORAI_ADDRESS" "$(swarm_value manager)"
}
