# The routers' view of each other. Needs common.sh.

PEERS=$HORAI_NET/peers
ME=$PEERS/$HORAI_ADDRESS

peer_value() { sed -n "s/^$1=//p" "$ME" 2>/dev/null; }

set_peer_value() {
  sed "s|^$1=.*|$1=$2|" "$ME" >"$HORAI_NET/new.$$" && mv "$HORAI_NET/new.$$" "$ME"
}

mesh() {
  what=$1
  awk -v self="$HORAI_ADDRESS" -v cuts="$HORAI_NET/cuts" -v hosts="$HORAI_NET/hosts" \
    -v what="$what" -v release="${WEAVE_VERSION%%.*}" -v now="$(date -u '+%Y-%m-%d %H:%M:%S.000000000')" \
    -f "$LIB/mesh.awk" "$PEERS"/*
}

ring_dir() { echo "$HORAI_NET/rings/$(peer_value ring)"; }

# ring WHAT: runs the ring program with the variables CIDR, CONTAINER, HEIR and HEIR_NICK.
ring() {
  dir=$(ring_dir)
  mesh known >"$RUN/known"
  : >>"$dir/ips"
  awk -v what="$1" -v cidr="$CIDR" -v container="$CONTAINER" -v me="$(peer_value name)" \
    -v nick="$HORAI_NAME" -v heir="$HEIR" -v heirnick="$HEIR_NICK" -v ips="$dir/ips" \
    -v known="$RUN/known" -v out="$dir/entries.new" -v release="${WEAVE_VERSION%%.*}" \
    -f "$LIB/addresses.awk" -f "$LIB/ring.awk" "$dir/entries"
  code=$?
  [ ! -e "$dir/entries.new" ] || mv "$dir/entries.new" "$dir/entries"
  return $code
}

# Takes part in the ring of a connected peer, or makes one when enough of the first peers are there.
join_ring() {
  [ -z "$(peer_value ring)" ] || return 0
  linked=$(mesh linked)
  for other in $linked; do
    theirs=$(sed -n 's/^ring=//p' "$PEERS/$other")
    if [ -n "$theirs" ]; then
      adopt_ring "$theirs" "$HORAI_ADDRESS"
      return 0
    fi
  done
  set -- $linked
  case "$(peer_value init)" in
    observer) return 1 ;;
    seed=*) ;;
    *) [ $# -ge $(($(peer_value init) / 2 + 1)) ] || return 1 ;;
  esac
  names=$(mesh known | sort | tr '\n' ' ')
  new=$(printf '%s' "$names" | cksum | cut -d' ' -f1)
  mkdir -p "$HORAI_NET/rings/$new"
  [ -e "$HORAI_NET/rings/$new/entries" ] || split_range "$@" >"$HORAI_NET/rings/$new/entries"
  for member in "$@"; do
    adopt_ring "$new" "$member" "$names"
  done
}

adopt_ring() {
  for file in "$PEERS/$2"; do
    sed "s|^ring=.*|ring=$1|; s|^seeds=.*|seeds=${3:-$(peer_value seeds)}|" "$file" >"$HORAI_NET/new.$$"
    mv "$HORAI_NET/new.$$" "$file"
  done
  mkdir -p "$HORAI_NET/members"
  echo "$1" >"$HORAI_NET/members/$2"
}

# The range in equal parts, one for each address given.
split_range() {
  for member in "$@"; do
    echo "$(sed -n 's/^name=//p' "$PEERS/$member") $(sed -n 's/^nick=//p' "$PEERS/$member")"
  done | awk -v range="$(peer_value range)" -f "$LIB/addresses.awk" -f "$LIB/split.awk"
}
