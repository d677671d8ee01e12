# boot.sh: what a host does when it comes up: /run is empty, kernel settings come from files, the
# enabled units start in their order.
rm -rf "${HORAI_ROOT:?}/run"
mkdir -p "$HORAI_ROOT/run/systemd/system"
. "$HORAI_HOST/lib/common.sh"
. "$LIB/units.sh"
rm -f "$HORAI_NET/peers/$HORAI_ADDRESS" "$HORAI_NET/gossip/$HORAI_ADDRESS" "$HORAI_NET"/segments/*/"$HORAI_ADDRESS"
for f in "$KEPT"/containers/*; do
  [ -e "$f" ] && [ "$(container "${f##*/}" status)" = running ] && set_status "${f##*/}" exited
done
mkdir -p "$HORAI_ROOT/proc/sys/net/ipv4"
echo 0 >"$HORAI_ROOT/proc/sys/net/ipv4/ip_forward"
sysctl -q --system

left=$(ls "$WANTS" 2>/dev/null)
while [ -n "$left" ]; do
  later= started=
  for u in $left; do
    blocked=
    for before in $(values "$u" After); do
      case " $(echo $left) " in *" $before "*) [ "$before" = "$u" ] || blocked=yes ;; esac
    done
    if [ -n "$blocked" ]; then
      later="$later $u"
    else
      (start_unit "$u") || :
      started=yes
      left=$(echo $left | tr ' ' '\n' | grep -vx "$u")
    fi
  done
  # A cycle: systemd breaks it, and so do we.
  if [ -z "$started" ]; then
    for u in $later; do (start_unit "$u") || :; done
    break
  fi
done
exit 0
