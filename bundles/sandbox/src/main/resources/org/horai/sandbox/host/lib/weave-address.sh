# Addresses: exposing the host, attaching containers.

# Waits until this router has its share of the ring, as the allocator does: without end, until killed.
until_ring() {
  tries=0
  while :; do
    lock
    if join_ring; then
      unlock
      rm -f "$RUN/pending"
      return 0
    fi
    unlock
    touch "$RUN/pending"
    tries=$((tries + 1))
    [ $tries -lt 3000 ] || exit 1
    sleep 0.2
  done
}

within_range() {
  awk -v range="$(peer_value range)" -v cidr="$1" -f "$LIB/addresses.awk" -f "$LIB/within.awk" </dev/null
}

shown_range() {
  if is_two; then
    peer_value range
  else
    awk -v range="$(peer_value range)" -f "$LIB/addresses.awk" -f "$LIB/span.awk" </dev/null
  fi
}

# lease OWNER FORM: allocates or claims; prints the address, sets LENGTH to its prefix length.
lease() {
  CONTAINER=$1
  case "$2" in
    net:default) CIDR=$(peer_value subnet) kind=take ;;
    net:*) CIDR=${2#net:} kind=take ;;
    ip:*) CIDR=${2#ip:} kind=claim ;;
    *) CIDR=$2 kind=claim ;;
  esac
  printf '%s\n' "$CIDR" | grep -Eq '^[0-9]+(\.[0-9]+){3}/[0-9]+$' || usage
  LENGTH=${CIDR#*/}
  if ! within_range "$CIDR"; then
    if [ $kind = take ]; then
      echo "range $CIDR out of bounds: $(shown_range)" >&2
      return 1
    fi
    echo "${CIDR%/*}"
    return 0
  fi
  until_ring
  lock
  held=$(awk -v o="$(peer_value name)" -v c="$CONTAINER" '$3 == o && $4 == c { print $1 }' "$(ring_dir)/ips" 2>/dev/null |
    awk -v cidr="$CIDR" -f "$LIB/addresses.awk" -f "$LIB/held.awk")
  if [ $kind = take ] && [ -n "$held" ]; then
    unlock
    echo "$held"
    return 0
  fi
  ring $kind
  code=$?
  unlock
  [ $code -ne 3 ] || { echo "No free addresses in $CIDR" >&2; code=1; }
  return $code
}

expose() {
  forms=
  while [ $# -gt 0 ]; do
    case "$1" in
      -h) shift ;;
      --without-masquerade) ;;
      *) forms="$forms $1" ;;
    esac
    shift
  done
  [ -n "$forms" ] || forms=net:default
  for form in $forms; do
    ip=$(lease weave:expose "$form") || exit 1
    length=${form##*/}
    case "$form" in net:default) length=$(peer_value subnet) length=${length#*/} ;; esac
    grep -qx "$ip/$length" "$RUN/exposed" 2>/dev/null || echo "$ip/$length" >>"$RUN/exposed"
    echo "$ip"
  done
}

hide() {
  [ $# -gt 0 ] || set -- $(cat "$RUN/exposed" 2>/dev/null)
  for form in "$@"; do
    for shown in $(matching "$form"); do
      grep -vx "$shown" "$RUN/exposed" >"$RUN/exposed.new" 2>/dev/null || :
      mv "$RUN/exposed.new" "$RUN/exposed"
      release weave:expose "${shown%/*}"
      echo "${shown%/*}"
    done
  done
}

# The exposed addresses that a form means; a given address stands for itself.
matching() {
  case "$1" in
    net:default) set -- "net:$(peer_value subnet)" ;;
  esac
  case "$1" in
    net:*) awk -v cidr="${1#net:}" -f "$LIB/addresses.awk" -f "$LIB/within-list.awk" "$RUN/exposed" 2>/dev/null ;;
    *) echo "${1#ip:}" ;;
  esac
}

# release OWNER [ADDRESS]
release() {
  [ -n "$(peer_value ring)" ] || return 0
  lock
  dir=$(ring_dir)
  awk -v me="$(peer_value name)" -v c="$1" -v ip="$2" -f "$LIB/addresses.awk" -f "$LIB/release.awk" \
    "$dir/ips" >"$dir/ips.new" 2>/dev/null && mv "$dir/ips.new" "$dir/ips"
  unlock
}

# One line per owner: name, MAC, addresses.
list_addresses() {
  ring=$(peer_value ring)
  {
    [ -z "$ring" ] || cat "$HORAI_NET/rings/$ring/ips" 2>/dev/null
  } | awk -v me="$(peer_value name)" -v only="$*" -f "$LIB/addresses.awk" -f "$LIB/ps.awk"
}

attach_detach() {
  verb=$1
  shift
  forms=
  while [ $# -gt 1 ]; do
    case "$1" in -*) ;; *) forms="$forms $1" ;; esac
    shift
  done
  if ! is_present "$1"; then
    echo "Error: No such container: $1" >&2
    exit 1
  fi
  for form in ${forms:-net:default}; do
    if [ "$verb" = attach ]; then
      lease "$1" "$form" || exit 1
    else
      address=${form#ip:}
      release "$1" "${address%/*}"
      echo "${address%/*}"
    fi
  done
}
