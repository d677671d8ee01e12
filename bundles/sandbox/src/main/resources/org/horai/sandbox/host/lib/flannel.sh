# What flanneld's device joins. Needs common.sh, links.sh. A host forwards to whoever has a part, so
# two hosts with a device each send to one another.
flannel_devices() { grep -lx kind=flannel "$LINKS"/* 2>/dev/null; }

publish_flannel() {
  unpublish flannel
  for f in $(flannel_devices); do
    {
      echo "own=$(sed -n 's|^address=\(.*\)/.*|\1|p' "$f")/$(sed -n 's|^network=.*/||p' "$f")"
      leased_on horai-fl0 | sed 's/^/container=/'
      link_value horai-fl0 address | sed 's|/.*|/32|; s/^/own=/'
      sed 's/^/peer=/' "$HORAI_NET/hosts"
    } | publish flannel
  done
}

# The routes that flanneld made to the parts of the others.
flannel_routes() {
  for f in $(flannel_devices); do
    device=${f##*/}
    own=$(link_value "$device" address)
    [ "$device" != flannel0 ] || continue # it has a route to the whole network
    for part in "$HORAI_NET/etcd/v$(link_value "$device" api)$(link_value "$device" prefix)/subnets"/*; do
      part=${part##*/}
      [ "${part%-*}" = "${own%/*}" ] || [ "$part" = '*' ] || echo "$(echo "$part" | tr - /) via ${part%-*} dev $device onlink "
    done
  done
}
