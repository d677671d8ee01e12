# lease.sh allocate OWNER FORM | release OWNER: what the proxy does for a container.
. "$HORAI_HOST/lib/common.sh"
WEAVE_VERSION=$(sed -n 's|^image=weaveworks/weave:||p' "$KEPT/containers/weave" 2>/dev/null)
. "$LIB/mesh.sh"
. "$LIB/weave-address.sh"
is_two() { case "$WEAVE_VERSION" in 2.*) return 0 ;; *) return 1 ;; esac }
usage() { echo "not an address: $CIDR" >&2; exit 1; }
is_running weave || { echo "weave is not running on $HORAI_NAME" >&2; exit 1; }
case "$1" in
  allocate) lease "$2" "$3" ;;
  release) release "$2" ;;
esac
