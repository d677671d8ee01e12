# etcdctl.sh: answers as etcdctl does, by the API that ETCDCTL_API names; keys of the one are not
# seen by the other. A key is a file below etcd/ of what all hosts share, a directory one of keys.
. "$HORAI_HOST/lib/common.sh"
. "$LIB/links.sh"
api=${ETCDCTL_API:-3} endpoints=http://127.0.0.1:2379
while :; do
  case "$1" in
    --endpoints | --endpoint) endpoints=$2; shift 2 ;;
    --endpoints=* | --endpoint=*) endpoints=${1#*=}; shift ;;
    --ca-file | --cert-file | --key-file | --cacert | --cert | --key) shift 2 ;;
    *) break ;;
  esac
done
STORE=$HORAI_NET/etcd/v$api
mkdir -p "$STORE"

# A member that is a host of the sandbox, up and not cut off.
answers=
for url in $(echo "$endpoints" | tr , ' '); do
  member=${url#*://}
  member=${member%%:*}
  case "$member" in 127.0.0.1 | localhost) member=$HORAI_ADDRESS ;; esac
  grep -qxF "$member" "$HORAI_NET/hosts" && ! fault no-etcd && { [ "$member" = "$HORAI_ADDRESS" ] || ! is_cut "$member"; } && answers=yes
done
if [ -z "$answers" ]; then
  if [ "$api" = 2 ]; then
    echo "Error:  client: etcd cluster is unavailable or misconfigured; error #0: dial tcp $member:2379: i/o timeout" >&2
    exit 4
  fi
  echo "Error: context deadline exceeded" >&2
  exit 1
fi

missing() {
  echo "Error:  100: Key not found ($1) [59]" >&2
  exit 4
}
write() {
  mkdir -p "$STORE${1%/*}"
  printf '%s\n' "$2" >"$STORE$1.$$"
  mv "$STORE$1.$$" "$STORE$1"
}
below() { find "$STORE${1%/}" -type f 2>/dev/null | sed "s|^$STORE||" | sort; }
verb=$1
[ $# -eq 0 ] || shift
case "$api-$verb" in
  2-get) [ -f "$STORE$1" ] || missing "$1"; cat "$STORE$1" ;;
  2-set) write "$1" "$2"; echo "$2" ;;
  2-mk)
    lock
    if [ -e "$STORE$1" ]; then
      unlock
      echo "Error:  105: Key already exists ($1) [59]" >&2
      exit 4
    fi
    write "$1" "$2"
    unlock
    echo "$2"
    ;;
  2-ls)
    if [ "$1" = -r ]; then
      [ -d "$STORE$2" ] || missing "$2"
      find "$STORE$2" -mindepth 1 | sed "s|^$STORE||"
    else
      [ -d "$STORE$1" ] || missing "$1"
      for f in "$STORE${1%/}"/*; do [ ! -e "$f" ] || echo "${f#"$STORE"}"; done
    fi
    ;;
  2-rm)
    if [ "$1" = -r ]; then shift; fi
    [ -e "$STORE$1" ] || missing "$1"
    rm -r "$STORE$1"
    ;;
  3-txn)
    # Puts keys on the one condition that they do not exist.
    lock
    said=SUCCESS
    while read -r word key value; do
      case "$word" in
        create*) key=${word#*\"}; [ ! -e "$STORE${key%%\"*}" ] || said=FAILURE ;;
        put) [ $said = FAILURE ] || write "$key" "$value" ;;
      esac
    done
    unlock
    printf '%s\n\n' $said
    [ $said = FAILURE ] || echo OK
    ;;
  3-put) write "$1" "$2"; echo OK ;;
  3-get)
    plain= prefix=
    while :; do
      case "$1" in --print-value-only) plain=yes ;; --prefix) prefix=yes ;; *) break ;; esac
      shift
    done
    if [ -n "$prefix" ]; then below "$1"; elif [ -f "$STORE$1" ]; then echo "$1"; fi | while read -r key; do
      [ -n "$plain" ] || echo "$key"
      cat "$STORE$key"
    done
    ;;
  3-del)
    prefix=
    if [ "$1" = --prefix ]; then prefix=yes; shift; fi
    n=0
    for key in $(if [ -n "$prefix" ]; then below "$1"; elif [ -f "$STORE$1" ]; then echo "$1"; fi); do
      rm "$STORE$key"
      n=$((n + 1))
    done
    echo $n
    ;;
  *) echo "No help topic for '$verb'" >&2; exit 3 ;;
esac
