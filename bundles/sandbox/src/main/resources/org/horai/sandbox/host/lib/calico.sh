# What bird tells the other hosts. Needs common.sh, links.sh. Two hosts whose configurations name
# each other have a session while the network below takes packets.
bird_peers() { sed -n 's/.* neighbor \([0-9.]*\) as .*/\1/p' "$1"; }
bird_block() { sed -n 's/.* route \(.*\) blackhole.*/\1/p' "$1"; }

publish_calico() {
  unpublish calico
  [ -e "$RUN/bird" ] || return 0
  conf=$(cat "$RUN/bird")
  network=$(sed -n 's/.*import where net ~ \[ \([^+]*\)+ .*/\1/p' "$conf" | head -n 1)
  {
    echo "part=$(bird_block "$conf")"
    link_value horai-cal0 address | sed "s|/.*|/${network#*/}|; s/^/own=/"
    leased_on horai-cal0 | sed 's/^/container=/'
    bird_peers "$conf" | sed 's/^/peer=/'
  } | publish calico
}

# bird_session PEER: up, cut or refused
bird_session() {
  if is_cut "$1"; then
    echo cut
  elif grep -qsx "peer=$HORAI_ADDRESS" "$HORAI_NET/segments/calico/$1"; then
    echo up
  else
    echo refused
  fi
}
