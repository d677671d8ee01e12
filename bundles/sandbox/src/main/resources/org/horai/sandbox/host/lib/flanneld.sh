# flanneld.sh VERSION ...: what flanneld does and logs. It stays until it is killed; its device and
# its file stay longer.
. "$HORAI_HOST/lib/common.sh"
. "$LIB/links.sh"
version=$1
shift
prefix=/coreos.com/network ip=$HORAI_ADDRESS file=$HORAI_ROOT/run/flannel/subnet.env masq=false endpoints=
for a in "$@"; do
  case "$a" in
    -version | --version) echo "v$version" >&2; exit 0 ;;
    -etcd-endpoints=* | --etcd-endpoints=*) endpoints=${a#*=} ;;
    -etcd-prefix=* | --etcd-prefix=*) prefix=${a#*=} ;;
    -public-ip=* | --public-ip=*) ip=${a#*=} ;;
    -subnet-file=* | --subnet-file=*) file=${a#*=} ;;
    -ip-masq | --ip-masq) masq=true ;;
  esac
done
minor=${version#0.}
api=3
case "$version" in 0.*) [ "${minor%%.*}" -ge 19 ] || api=2 ;; esac
say() { echo "$1$(date +%m%d\ %H:%M:%S).000000   $$ $2" >&2; }
etcd() { ETCDCTL_API=$api sh "$LIB/etcdctl.sh" --endpoints "$endpoints" "$@"; }
value() { if [ $api = 2 ]; then etcd get "$1"; else etcd get --print-value-only "$1"; fi; }
config=
while [ -z "$config" ]; do
  config=$(value "$prefix/config" 2>"$RUN/flanneld.err")
  if [ -z "$config" ]; then
    say E "main.go:348] Couldn't fetch network config: $(sed 's/^Error: *//' "$RUN/flanneld.err")"
    sleep 1
  fi
done
member() { printf '%s' "$config" | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
network=$(member Network) length=$(member SubnetLen) type=$(member Type)
say I "main.go:352] Found network config - Backend type: $type"
case "$type" in
  vxlan) device=flannel.$(member VNI) mtu=1450 covers=32 ;;
  *) device=flannel0 mtu=1472 covers=${network#*/} ;;
esac

# The part it had before, or the first that nobody has.
parts() { if [ $api = 2 ]; then etcd ls "$prefix/subnets" 2>/dev/null; else etcd get --prefix "$prefix/subnets/" | grep "^/"; fi; }
lock
part=
for key in $(parts); do
  case "$(value "$key")" in *"\"PublicIP\":\"$ip\""*) part=${key##*/} ;; esac
done
if [ -z "$part" ]; then
  part=$(parts | sed 's|.*/||' | awk -v network="$network" -v length_of="${length:-24}" -f "$LIB/addresses.awk" -f "$LIB/part.awk")
fi
lease='{"PublicIP":"'$ip'","BackendType":"'$type'"}'
if [ $api = 2 ]; then etcd set "$prefix/subnets/$part" "$lease"; else etcd put "$prefix/subnets/$part" "$lease"; fi >/dev/null
unlock
say I "local_manager.go:220] Allocated lease ($(echo "$part" | tr - /)) to current node ($ip)"
first=${part%-*}
mkdir -p "${file%/*}"
printf 'FLANNEL_NETWORK=%s\nFLANNEL_SUBNET=%s\nFLANNEL_MTU=%s\nFLANNEL_IPMASQ=%s\n' \
  "$network" "${first%.*}.$((${first##*.} + 1))/${part#*-}" $mtu $masq >"$file"
say I "main.go:299] Wrote subnet file to ${file#"$HORAI_ROOT"}"
is_link "$device" && drop_link "$device"
new_link "$device" flannel "address=$first/$covers" "network=$network" "prefix=$prefix" "api=$api"
[ "$device" = flannel0 ] || { add_line "$device" "id=$(member VNI)"; add_line "$device" "local=$ip"; add_line "$device" "dstport=$(member Port | grep . || echo 8472)"; }
set_link "$device" mtu $mtu
set_link "$device" up yes
publish_links
exec sleep 2147483647
