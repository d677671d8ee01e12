# bird.sh [-f] -c FILE -s SOCKET: a routing daemon, as far as others see it. It stays until it is killed.
. "$HORAI_HOST/lib/common.sh"
. "$LIB/links.sh"
socket=$HORAI_ROOT/run/bird/bird.ctl conf=$HORAI_ROOT/etc/bird/bird.conf
while [ $# -gt 0 ]; do
  case "$1" in
    -c) conf=$2; shift ;;
    -s) socket=$2; shift ;;
  esac
  shift
done
if [ ! -r "$conf" ]; then
  echo "bird: Unable to open configuration file $conf: No such file or directory" >&2
  exit 1
fi
mkdir -p "${socket%/*}"
echo $$ >"$RUN/bird.pid"
echo "$conf" >"$RUN/bird"
: >"$socket"
publish_calico
trap 'kill $!; rm -f "$socket" "$RUN/bird"; publish_calico; exit 0' TERM INT
sleep 2147483647 &
wait
