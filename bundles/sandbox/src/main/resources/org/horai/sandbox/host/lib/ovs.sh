# The switches of Open vSwitch. Needs common.sh and links.sh.
#
# Its database outlives a reboot: a switch is a file with lines KEY=VALUE and, for each port,
# "port=NAME REMOTE KEY DSTPORT". The daemon makes the switch's own port, a link of kind ovs.
SWITCHES=$KEPT/ovs
mkdir -p "$SWITCHES"

no_bridge() { echo "ovs-vsctl: no bridge named $1" >&2; return 1; }
switch_value() { sed -n "s|^$2=||p" "$SWITCHES/$1" 2>/dev/null; }
set_switch() {
  { grep -v "^$2=" "$SWITCHES/$1"; echo "$2=$3"; } >"$SWITCHES/.new"
  mv "$SWITCHES/.new" "$SWITCHES/$1"
}
# word KEY WORDS...: the value of KEY=VALUE
word() { key=$1; shift; for w in "$@"; do case "$w" in "$key"=*) echo "${w#*=}" ;; esac; done; }

# What the daemon does at its start, and after each change.
switches_up() {
  for f in "$SWITCHES"/*; do
    [ ! -e "$f" ] || is_link "${f##*/}" || { new_link "${f##*/}" ovs; tunnels_of "${f##*/}"; }
  done
}

# The tunnels as everybody's links are told: what is sent to whom.
tunnels_of() {
  grep -v -e '^fdb=' -e '^id=' -e '^dstport=' "$LINKS/$1" >"$LINKS/.new"
  switch_value "$1" port | while read -r _ remote key number; do
    [ -z "$remote" ] || printf 'id=%s\ndstport=%s\nfdb=00:00:00:00:00:00 %s\n' "$key" "${number:-4789}" "$remote"
  done | sort -u >>"$LINKS/.new"
  mv "$LINKS/.new" "$LINKS/$1"
}

show_switches() {
  echo bf735a8c-e981-4954-bb84-c6fc401813b8
  for f in "$SWITCHES"/*; do
    [ -e "$f" ] || continue
    b=${f##*/}
    echo "    Bridge $b"
    [ -z "$(switch_value "$b" datapath_type)" ] || echo "        datapath_type: $(switch_value "$b" datapath_type)"
    printf '        Port %s\n            Interface %s\n                type: internal\n' "$b" "$b"
    switch_value "$b" port | while read -r port remote key _; do
      printf '        Port %s\n            Interface %s\n' "$port" "$port"
      if [ -n "$remote" ]; then
        printf '                type: vxlan\n                options: {key="%s", remote_ip="%s"}\n' "$key" "$remote"
      elif ! is_link "$port"; then
        printf '                error: "could not open network device %s (No such device)"\n' "$port"
      fi
    done
  done
}

ovs_command() {
  verb=$1 b=$2
  case "$verb" in
    --version) echo 'ovs-vsctl (Open vSwitch) 3.1.0'; return 0 ;;
    show) show_switches; return 0 ;;
    add-br)
      if [ -e "$SWITCHES/$b" ] && [ -z "$exists" ]; then
        echo "ovs-vsctl: cannot create a bridge named $b because a bridge named $b already exists" >&2
        return 1
      fi
      touch "$SWITCHES/$b"
      for w in "$@"; do case "$w" in datapath_type=* | stp_enable=*) set_switch "$b" "${w%%=*}" "${w#*=}" ;; esac; done
      switches_up
      return 0
      ;;
    del-br)
      [ -e "$SWITCHES/$b" ] || { [ -n "$exists" ] || no_bridge "$b"; return; }
      rm -f "$SWITCHES/$b"
      drop_link "$b"
      return 0
      ;;
    set) return 0 ;;
    list-ports | add-port | del-port | br-set-external-id | br-get-external-id) [ -e "$SWITCHES/$b" ] || { no_bridge "$b"; return; } ;;
    *) echo "ovs-vsctl: unknown command '$verb'; use --help for help" >&2; return 1 ;;
  esac
  case "$verb" in
    list-ports) switch_value "$b" port | sed 's/ .*//' ;;
    br-set-external-id) set_switch "$b" "id-$3" "$4" ;;
    br-get-external-id) switch_value "$b" "id-$3" ;;
    *) change_port "$@" ;;
  esac
}

change_port() {
  port=$3
  if [ "$verb" = del-port ] && ! switch_value "$b" port | grep -q "^$port\( \|$\)"; then
    echo "ovs-vsctl: no port named $port" >&2
    return 1
  fi
  grep -v -e "^port=$port " -e "^port=$port\$" "$SWITCHES/$b" >"$SWITCHES/.new"
  [ "$verb" = del-port ] ||
    echo "port=$port $(word options:remote_ip "$@") $(word options:key "$@") $(word options:dst_port "$@")" | sed 's/ *$//' >>"$SWITCHES/.new"
  mv "$SWITCHES/.new" "$SWITCHES/$b"
  tunnels_of "$b"
}
