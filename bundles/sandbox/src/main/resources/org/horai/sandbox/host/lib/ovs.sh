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

bad() { echo "ovs-vsctl: $*" >&2; return 1; }
# The program knows more than the stand-in.
unplayed() { bad "this simulated host does not know $1; a real one may"; }
has_port() { switch_value "$1" port | grep -q "^$2\( \|$\)"; }
switches() { ls "$SWITCHES" 2>/dev/null; }
# The switch that a port is on.
switch_of() {
  for s in $(switches); do
    if has_port "$s" "$1"; then echo "$s"; return 0; fi
  done
  return 1
}

# The commands of one call, parted by --. What they added and is no device is told at the end.
ovs_commands() {
  added=
  while :; do
    count=0
    for w in "$@"; do
      [ "$w" != -- ] || break
      count=$((count + 1))
    done
    ovs_take "$count" "$@" || return
    [ $# -gt "$count" ] || break
    shift "$count"
    shift
  done
  for port in $added; do
    if ! is_link "$port" && [ -z "$(port_word "$port" 2)" ]; then
      echo "ovs-vsctl: Error detected while setting up '$port': could not open network device $port (No such device).  See ovs-vswitchd log for details." >&2
      echo 'ovs-vsctl: The default log directory is "/var/log/openvswitch".' >&2
    fi
  done
  return 0
}

# ovs_take COUNT WORD...: runs the command that the first COUNT words are.
ovs_take() {
  count=$1 i=0
  shift
  all=$#
  while [ $i -lt "$all" ]; do
    w=$1
    shift
    [ $i -ge "$count" ] || set -- "$@" "$w"
    i=$((i + 1))
  done
  exists=
  while :; do
    case "$1" in
      --may-exist | --if-exists) exists=yes; shift ;;
      *) break ;;
    esac
  done
  ovs_command "$@"
}

# need COUNT COMMAND WORD...: whether a command has its arguments.
need() {
  [ $(($# - 2)) -ge "$1" ] || bad "'$2' command requires at least $1 arguments"
}

ovs_command() {
  verb=$1
  [ $# -gt 0 ] || { bad 'missing command name (use --help for help)'; return; }
  shift
  case "$verb" in
    show) show_switches ;;
    list-br) switches ;;
    br-exists) need 1 "$verb" "$@" || return; [ -e "$SWITCHES/$1" ] || return 2 ;;
    add-br) need 1 "$verb" "$@" && add_switch "$1" ;;
    del-br) need 1 "$verb" "$@" && del_switch "$1" ;;
    port-to-br | iface-to-br)
      need 1 "$verb" "$@" || return
      kind=port
      [ "$verb" = port-to-br ] || kind=interface
      switch_of "$1" || bad "no $kind named $1"
      ;;
    set) need 3 "$verb" "$@" && set_columns "$@" ;;
    get) need 2 "$verb" "$@" && get_columns "$@" ;;
    del-port)
      need 1 "$verb" "$@" || return
      [ $# -gt 1 ] || set -- "$(switch_of "$1")" "$1"
      [ -n "$1" ] || { [ -n "$exists" ] || bad "no port named $2"; return; }
      on_switch "$@"
      ;;
    list-ports | list-ifaces | br-get-external-id) need 1 "$verb" "$@" && on_switch "$@" ;;
    add-port) need 2 "$verb" "$@" && on_switch "$@" ;;
    br-set-external-id) need 2 "$verb" "$@" && on_switch "$@" ;;
    list | find | create | destroy | add | remove | clear | add-bond | get-controller | set-controller | \
      del-controller | get-fail-mode | set-fail-mode | del-fail-mode | init | wait-until | comment | \
      br-to-vlan | br-to-parent | get-manager | set-manager | emer-reset) unplayed "'$verb'" ;;
    *) bad "unknown command '$verb'; use --help for help" ;;
  esac
}

add_switch() {
  if [ -e "$SWITCHES/$1" ] && [ -z "$exists" ]; then
    bad "cannot create a bridge named $1 because a bridge named $1 already exists"
    return
  fi
  touch "$SWITCHES/$1"
  switches_up
}

del_switch() {
  [ -e "$SWITCHES/$1" ] || { [ -n "$exists" ] || no_bridge "$1"; return; }
  rm -f "$SWITCHES/$1"
  drop_link "$1"
}

# on_switch SWITCH WORD...: the commands about a switch that has to be there.
on_switch() {
  b=$1
  [ -e "$SWITCHES/$b" ] || { no_bridge "$b"; return; }
  case "$verb" in
    list-ports | list-ifaces) switch_value "$b" port | sed 's/ .*//' ;;
    br-set-external-id) set_switch "$b" "id-$2" "$3" ;;
    br-get-external-id) switch_value "$b" "id-$2" ;;
    add-port)
      there=$(switch_of "$2")
      if [ -n "$there" ] && { [ -z "$exists" ] || [ "$there" != "$b" ]; }; then
        bad "cannot create a port named $2 because a port named $2 already exists on bridge $there"
        return
      fi
      port=$2
      shift 2
      [ -n "$there" ] || { change_port "$port" "$port"; added="$added $port"; }
      [ $# -eq 0 ] || set_columns port "$port" "$@"
      ;;
    del-port)
      has_port "$b" "$2" || { [ -n "$exists" ] || bad "no port named $2"; return; }
      change_port "$2" ''
      ;;
  esac
}

# change_port PORT LINE: what is known of a port from now on.
change_port() {
  grep -v -e "^port=$1 " -e "^port=$1\$" "$SWITCHES/$b" >"$SWITCHES/.new"
  [ -z "$2" ] || echo "port=$2" | sed 's/ *$//' >>"$SWITCHES/.new"
  mv "$SWITCHES/.new" "$SWITCHES/$b"
  tunnels_of "$b"
}

# The second, third or fourth word known of a port: remote address, key, UDP port.
port_word() {
  there=$(switch_of "$1") || return 0
  switch_value "$there" port | awk -v port="$1" -v n="$2" '$1 == port { print $n }'
}

# The table as Open vSwitch writes it, and whether it has the row.
find_row() {
  case "$1" in
    [Bb]ridge | br) table=Bridge ;;
    [Pp]ort) table=Port ;;
    [Ii]nterface | iface) table=Interface ;;
    *) unplayed "the table \"$1\""; return ;;
  esac
  case "$table" in
    Bridge) [ -e "$SWITCHES/$2" ] ;;
    *) [ -e "$SWITCHES/$2" ] || switch_of "$2" >/dev/null ;;
  esac || { [ -n "$exists" ] && return 2; bad "no row \"$2\" in table $table"; }
}

set_columns() {
  find_row "$1" "$2" || return $(($? % 2))
  row=$2
  shift 2
  for w in "$@"; do
    case "$table ${w%%=*}" in
      'Bridge datapath_type' | 'Bridge stp_enable' | 'Bridge rstp_enable' | 'Bridge fail_mode') set_switch "$row" "${w%%=*}" "${w#*=}" ;;
      'Interface type' | 'Interface options:'* | 'Interface mtu_request' | 'Interface external_ids:'* | \
        'Bridge other_config:'* | 'Bridge external_ids:'* | \
        'Port protected' | 'Port tag' | 'Port trunks' | 'Port external_ids:'* | 'Port other_config:'*) ;;
      *) bad "$table does not contain a column whose name matches \"${w%%[:=]*}\""; return ;;
    esac
  done
  [ "$table" = Interface ] && b=$(switch_of "$row") || return 0
  remote=$(word options:remote_ip "$@") key=$(word options:key "$@") number=$(word options:dst_port "$@")
  change_port "$row" "$row ${remote:-$(port_word "$row" 2)} ${key:-$(port_word "$row" 3)} ${number:-$(port_word "$row" 4)}"
}

get_columns() {
  find_row "$1" "$2" || return $(($? % 2))
  row=$2
  shift 2
  for w in "$@"; do
    case "$table $w" in
      'Bridge datapath_type' | 'Bridge fail_mode')
        value=$(switch_value "$row" "$w")
        echo "${value:-[]}"
        ;;
      'Bridge stp_enable' | 'Bridge rstp_enable')
        value=$(switch_value "$row" "$w")
        echo "${value:-false}"
        ;;
      'Bridge name' | 'Port name' | 'Interface name') echo "$row" ;;
      'Interface type') if [ -n "$(port_word "$row" 2)" ]; then echo vxlan; elif [ -e "$SWITCHES/$row" ]; then echo internal; else echo '""'; fi ;;
      'Interface options:remote_ip') echo "\"$(port_word "$row" 2)\"" ;;
      'Interface options:key') echo "\"$(port_word "$row" 3)\"" ;;
      'Interface error')
        if is_link "$row" || [ -n "$(port_word "$row" 2)" ]; then echo '[]'; else echo "\"could not open network device $row (No such device)\""; fi
        ;;
      *) unplayed "the column $w of $table"; return ;;
    esac
  done
}
