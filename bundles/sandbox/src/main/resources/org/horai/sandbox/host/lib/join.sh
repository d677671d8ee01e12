# join.sh allocate NETWORK CONTAINER | release CONTAINER: what the daemon does for a container that
# is started on one of Docker's networks.
. "$HORAI_HOST/lib/common.sh"
. "$LIB/links.sh"
. "$LIB/networks.sh"
. "$LIB/swarm.sh"
. "$LIB/format.sh"
[ -e "$RUN/docker" ] || { echo "Cannot connect to the Docker daemon" >&2; exit 1; }
case "$1" in
  allocate)
    network=$2 container=$3 attaching=yes
    if [ ! -e "$(network_file "$network")" ]; then
      echo "Error response from daemon: network $network not found" >&2
      exit 1
    fi
    if [ "$(network_scope "$network")" = swarm ] && ! is_attachable "$network"; then
      daemon_says "Could not attach to network $network: rpc error: code = PermissionDenied desc = network $network not manually attachable"
      exit 1
    fi
    lock
    leases=$(network_file "$network").leases
    ! is_shared "$network" || container=$container@$HORAI_ADDRESS
    ip=$(sed -n "s/ $container\$//p" "$leases")
    if [ -z "$ip" ]; then
      range=$(network_value "$network" range)
      ip=$(awk -v range="${range:-$(network_value "$network" subnet)}" -v subnet="$(network_value "$network" subnet)" \
        -v gateway="$(network_value "$network" gateway)" -f "$LIB/addresses.awk" -f "$LIB/free.awk" "$leases")
      [ -z "$ip" ] || echo "$ip $container" >>"$leases"
    fi
    unlock
    [ -n "$ip" ] || { echo "Error response from daemon: no available IPv4 addresses on this network's address pools: $network" >&2; exit 1; }
    publish_links
    publish_overlays
    echo "$ip"
    ;;
  release)
    lock
    find_shared
    for leases in "$NETWORKS"/*.leases "$shared"/*.leases; do
      [ -e "$leases" ] || continue
      grep -v -e " $2\$" -e " $2@$HORAI_ADDRESS\$" "$leases" >"$leases.new"
      mv "$leases.new" "$leases"
    done
    unlock
    publish_links
    publish_overlays
    ;;
esac
