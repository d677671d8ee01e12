# The links somebody made on this host, and what of them the other hosts see. Needs common.sh.
#
# A link is a file of KEY=VALUE lines below /run, so it is gone after a reboot: kind, index, mtu, up,
# mac, master, any number of address and fdb, and what its kind needs.
#
# Overlays meet in segments: for each segment this host is on, one file below segments/ of what all
# hosts share, with the lines own=CIDR, container=ADDRESS and peer=ADDRESS (the hosts it sends to).
# Two hosts of a segment reach each other when each sends to the other. Any overlay may publish one.
LINKS=$RUN/links
. "$LIB/routes.sh"
. "$LIB/flannel.sh"
. "$LIB/calico.sh"
[ -d "$LINKS" ] && [ -d "$KEPT/networks" ] && [ -d "$HORAI_NET/segments" ] && [ -d "$HORAI_NET/gossip" ] ||
  mkdir -p "$LINKS" "$KEPT/networks" "$HORAI_NET/segments" "$HORAI_NET/gossip"

link_value() { sed -n "s|^$2=||p" "$LINKS/$1" 2>/dev/null; }
is_link() { [ -e "$LINKS/$1" ]; }

set_link() {
  { grep -v "^$2=" "$LINKS/$1"; echo "$2=$3"; } >"$LINKS/$1.new"
  mv "$LINKS/$1.new" "$LINKS/$1"
}
add_line() { echo "$2" >>"$LINKS/$1"; }
drop_line() { grep -vxF "$2" "$LINKS/$1" >"$LINKS/$1.new"; mv "$LINKS/$1.new" "$LINKS/$1"; }

# new_link NAME KIND [KEY=VALUE...]
new_link() {
  name=$1 kind=$2
  shift 2
  number=$(($(cat "$RUN/index" 2>/dev/null || echo 9) + 1))
  echo $number >"$RUN/index"
  { printf 'kind=%s\nindex=%s\nmtu=1500\nup=no\n' "$kind" $number; for line in "$@"; do echo "$line"; done; } >"$LINKS/$name"
  grep -q '^mac=' "$LINKS/$name" || add_line "$name" "$(printf 'mac=02:00:00:00:00:%02x' $number)"
}

drop_link() {
  rm -f "$LINKS/$1"
  for f in "$LINKS"/*; do
    [ ! -e "$f" ] || ! grep -qx "master=$1" "$f" || set_link "${f##*/}" master ''
  done
}

# publish SEGMENT: the lines come on stdin.
publish() {
  mkdir -p "$HORAI_NET/segments/$1"
  cat >"$RUN/segment.$$"
  mv "$RUN/segment.$$" "$HORAI_NET/segments/$1/$HORAI_ADDRESS"
}

unpublish() { rm -f "$HORAI_NET/segments/$1/$HORAI_ADDRESS"; }

# Says anew what the kernel's VXLAN devices join.
publish_links() {
  for d in "$HORAI_NET"/segments/vxlan-* "$HORAI_NET"/segments/ovs-*; do
    [ -e "$d/$HORAI_ADDRESS" ] && echo "${d##*/}"
  done >"$RUN/before.$$"
  for f in "$LINKS"/*; do
    link=${f##*/}
    kind=$(link_value "$link" kind)
    case "$kind" in vxlan | ovs) ;; *) continue ;; esac
    [ "$(link_value "$link" up)" = yes ] || continue
    bridge=$(link_value "$link" master)
    [ -n "$bridge" ] && [ "$(link_value "$bridge" up)" = yes ] || continue
    segment=$kind-$(link_value "$link" id)-$(link_value "$link" dstport)
    {
      link_value "$bridge" address | sed 's/^/own=/'
      leased_on "$bridge" | sed 's/^/container=/'
      link_value "$link" fdb | sed -n 's/^00:00:00:00:00:00 /peer=/p'
    } | publish "$segment"
    grep -vx "$segment" "$RUN/before.$$" >"$RUN/rest.$$"
    mv "$RUN/rest.$$" "$RUN/before.$$"
  done
  while read -r gone; do unpublish "$gone"; done <"$RUN/before.$$"
  rm -f "$RUN/before.$$"
  publish_routes
  publish_flannel
  publish_calico
}

# Addresses of the containers that Docker has on a bridge.
leased_on() {
  for f in "$KEPT"/networks/*; do
    case "$f" in *.leases) continue ;; esac
    [ -e "$f" ] && grep -qx "bridge=$1" "$f" && sed 's/ .*//' "$f.leases" 2>/dev/null
  done
}

is_cut() { grep -qxF -e "$HORAI_ADDRESS" -e "$1" -e "$HORAI_ADDRESS $1" -e "$1 $HORAI_ADDRESS" "$HORAI_NET/cuts"; }

# Whether a process of this host gets an answer from an address of an overlay.
reaches() {
  grep -q "^${1%.*}\." "$RUN/exposed" 2>/dev/null && return 0
  for mine in "$HORAI_NET"/segments/*/"$HORAI_ADDRESS"; do
    [ -e "$mine" ] || continue
    sed -n 's/^own=//p' "$mine" | awk -v ip="$1" -f "$LIB/addresses.awk" -f "$LIB/covers.awk" || continue
    there=$(grep -lx -e "own=$1/[0-9]*" -e "container=$1" "${mine%/*}"/* 2>/dev/null | head -n 1)
    other=${there##*/}
    [ "$other" = "$HORAI_ADDRESS" ] && return 0
    [ -n "$other" ] && grep -qx "peer=$other" "$mine" && grep -qx "peer=$HORAI_ADDRESS" "$there" && ! is_cut "$other" && return 0
  done
  return 1
}
