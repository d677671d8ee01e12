# What the Weave role does to a host, as one plain script; @PEERS@ are the other hosts, one a line.
set -eu
changed=0
put() { # put MODE PATH: standard input becomes the file, unless it is so already
  cat >"$2.new"
  if cmp -s "$2.new" "$2"; then rm "$2.new"; else
    chmod "$1" "$2.new"
    mv "$2.new" "$2"
    changed=1
  fi
}
unit() { # unit NAME AFTER COMMAND
  put 0644 "$HORAI_ROOT/etc/systemd/system/$1.service" <<EOF
[Unit]
Description=$1
After=$2
[Service]
Type=oneshot
RemainAfterExit=yes
EnvironmentFile=/etc/weave/weave.env
ExecStart=/bin/sh -c "$3"
[Install]
WantedBy=multi-user.target
EOF
  systemctl daemon-reload
  systemctl is-enabled --quiet "$1" || systemctl enable "$1"
  systemctl is-active --quiet "$1" || systemctl start "$1"
}
[ "$(cat "$HORAI_ROOT/proc/sys/net/ipv4/ip_forward")" = 1 ] || sysctl -w net.ipv4.ip_forward=1
mkdir -p "$HORAI_ROOT/etc/weave" "$HORAI_ROOT/etc/sysctl.d" "$HORAI_ROOT/etc/systemd/system"
echo 'net.ipv4.ip_forward = 1' | put 0644 "$HORAI_ROOT/etc/sysctl.d/90-horai.conf"
weave version | grep -q 1.5.2
echo CHECKPOINT_DISABLE=1 | put 0600 "$HORAI_ROOT/etc/weave/weave.env"
put 0644 "$HORAI_ROOT/etc/weave/peers" <<'EOF'
@PEERS@
EOF
unit weave docker.service 'weave launch-router --no-dns --ipalloc-range 10.32.0.0/12 $$(cat \"$${HORAI_ROOT:-}/etc/weave/peers\")'
unit weaveproxy weave.service 'weave launch-proxy --rewrite-inspect --no-default-ipalloc'
weave connect --replace $(cat "$HORAI_ROOT/etc/weave/peers")
unit weave-expose weaveproxy.service 'weave expose net:10.32.1.0/24'
weave ps weave:expose | grep -q 10.32.1
