# Makes a folder and those above it.
h_mkdir() {
  H_X=$1
  set --
  while [ -n "$H_X" ] && [ ! -d "$R$H_X/" ]; do
    set -- "$R$H_X" "$@"
    H_X=${H_X%/*}
  done
  [ $# != 0 ] || return 0
  for H_DIR in "$@"; do h_note "directory ${H_DIR#"$R"}" "" || return; done
  mkdir -m 755 "$@"
}
# In check mode nothing changes in between, so all that may be there is looked at in one go: paths...
h_glance() {
  for H_X in "$@"; do
    shift
    [ ! -e "$R$H_X" ] || set -- "$@" "$R$H_X"
  done
  [ $# -gt 1 ] || return 0
  H_STATS=$(stat -L -c '%a %u:%g %U:%G  %n' "$@")$H_NL
  for H_X in "$@"; do
    shift
    [ ! -f "$H_X" ] || set -- "$@" "$H_X"
  done
  [ $# = 0 ] || ! command -v sha256sum >/dev/null || H_SUMS=$(sha256sum "$@")$H_NL
} 2>/dev/null
# Mode, owner in numbers and owner of a path become H_FOUND.
h_stat() {
  h_find "$H_STATS" "  $R$1" || h_hear stat -L -c '%a %u:%g %U:%G' "$R$1"
}
# Remembers what was written, so that undo leaves alone what others changed later.
h_kept() { h_write "$1" "$H_UNDO/$H_NR.sha"; }
h_digest() {
  if h_find "$H_SUMS" "  $R$1"; then H_SUM=$H_FOUND; else h_sha "$R$1"; fi
}
h_same() {
  [ -f "$R$1" ] || return 1
  h_digest "$1"
  if [ -n "$H_SUM" ]; then [ "$H_SUM" = "$2" ]; else "$3" | cmp -s - "$R$1"; fi
}
# path sha256 mode owner content-function show: no | diff
h_file() {
  if [ -d "$R$1" ]; then h_fail "$1 is a directory"; return; fi
  if h_same "$1" "$2" "$5"; then h_access "$1" "$3" "$4"; return; fi
  if [ ! -e "$R$1" ] && [ ! -L "$R$1" ]; then h_say "absent"
  elif [ ! -e "$R$1" ]; then h_say "a symbolic link that leads nowhere"
  elif [ "$6" = diff ]; then
    "$5" | diff -u "$R$1" - | tail -n +3 | head -n 200 | head -c 16384 >>"$T/d"
  else h_say "content differs (not shown)"; fi
  h_will "" || return 0
  h_place "$1" "$2" "$3" "$4" "$5" "$6"
}
h_place() {
  h_mkdir "${1%/*}" || { h_tail; h_fail "cannot make ${1%/*}"; return; }
  H_DIR=$R${1%/*}
  H_TMP=$H_DIR/.horai.$$.tmp
  # of a script that a power cut ended
  for H_Y in "$H_DIR"/.horai.[0-9]*.tmp; do
    if [ -e "$H_Y" ] || [ -L "$H_Y" ]; then rm -f "$H_Y"; fi
  done
  h_keep "$1" "${6:-}" || { h_tail; h_fail "cannot keep the old $1 for undo"; return; }
  # what the script itself brought needs no second look
  if h_new "$3" "$5" "${6:-}" && { [ -n "${6:-}" ] || h_whole "$H_TMP" "$2"; } &&
    h_heir "$H_TMP" "$1" "$4" && h_exact "$3" "${6:-}" && mv -f "$H_TMP" "$R$1"; then
    H_TMP=
    h_kept "$2"
  else
    rm -f "$H_TMP"
    h_tail
    h_fail "cannot write $1"
  fi
}
# Whether a new file can have a mode by the umask alone, which costs no process: mode show
# Not a secret, for the folder may have an access list that overrules the umask.
h_plain() { case $1-$2 in *[1357]*-* | ????-* | *-no) return 1 ;; esac; }
# Writes the new content: mode content-function show
h_new() {
  # no digit is above 7, so nothing is borrowed
  if h_plain "$1" "$3"; then umask $((777 - $1)); else umask 077; fi
  # cat says why it cannot write, the printf of dash does not
  if [ -n "$3" ]; then "$2" 2>/dev/null >"$H_TMP" || { rm -f "$H_TMP"; "$2" | cat >"$H_TMP"; }
  else "$2" >"$H_TMP"; fi
  H_X=$?
  umask "$H_MASK"
  return $H_X
}
h_exact() { h_plain "$@" || chmod "$1" "$H_TMP"; }
h_whole() {
  h_sha "$1"
  [ -z "$H_SUM" ] || [ "$H_SUM" = "$2" ] || { echo "SHA-256 is $H_SUM, not $2"; return 1; }
}
# The owner of a new file: the wanted one, else that of the file it replaces.
h_heir() {
  if [ -z "$3" ] && [ -f "$R$2" ]; then h_hear stat -L -c %u:%g "$R$2"
  else H_FOUND=$3; fi
  h_chown "$1" "$H_FOUND"
}
h_chown() { [ -n "$R" ] || [ -z "$2" ] || chown "$2" "$1"; }
# The owner first, because a new one takes the set-user bit away. A relocated root belongs to whoever
# made it, so owners are left alone there.
h_access() {
  h_stat "$1"
  H_OLD=${H_FOUND#* * }
  H_WAS=${H_FOUND%" $H_OLD"}
  if [ -z "$R" ] && [ -n "$3" ] && [ "$3" != "$H_OLD" ] && [ "$3" != "${H_WAS#* }" ]; then
    h_will "owner $H_OLD -> $3" || return 0
    h_note "mode $1" "$H_WAS" || return
    chown "$3" "$R$1" || { h_tail; h_fail "cannot change the owner of $1"; return; }
  fi
  # a new owner may have taken the set-user bit away
  if [ "$H_S" = changed ]; then H_X=$(stat -L -c %a "$R$1"); else H_X=${H_WAS%% *}; fi
  if [ "$H_X" != "$2" ]; then
    h_will "mode $H_X -> $2" || return 0
    h_note "mode $1" "$H_WAS" || return
    chmod "$2" "$R$1" || { h_tail; h_fail "cannot change the mode of $1"; }
  fi
}
h_directory() {
  if [ -d "$R$1" ]; then h_access "$1" "$2" "$3"; return; fi
  if [ -e "$R$1" ] || [ -L "$R$1" ]; then h_fail "$1 exists and is no directory"; return; fi
  h_will "absent" || return 0
  h_mkdir "${1%/*}" && h_note "directory $1" "" && mkdir -m "$2" "$R$1" && h_chown "$R$1" "$3" &&
    # mkdir may leave the set-user and set-group bits out
    case $2 in ????) chmod "$2" "$R$1" ;; esac ||
    { h_tail; h_fail "cannot make $1"; }
}
h_absent() {
  [ -e "$R$1" ] || [ -L "$R$1" ] || return 0
  h_will "present" || return 0
  h_keep "$1" && rm -rf "$R$1" || { h_tail; h_fail "cannot remove $1"; }
}
h_words() { set -f; set -- $1; set +f; H_V=$*; }
# key proc-path
h_get() {
  h_clear a
  # not read: the kernel answers one read only, and dash asks for a byte
  if [ -r "$R$2" ]; then cat "$R$2"; else sysctl -n "$1" 2>/dev/null; fi >>"$T/a" || return 1
  H_V=
  while read -r H_X || [ -n "$H_X" ]; do H_V="$H_V $H_X"; done <"$T/a"
  h_words "$H_V"
}
h_set() { if [ -r "$R$2" ]; then printf '%s\n' "$3" >"$R$2"; else sysctl -w "$1=$3"; fi; }
# Whether a file other than this one keeps a kernel parameter: key file
h_held() {
  for H_X in "$R"/etc/sysctl.d/90-horai*-"$1".conf; do
    [ "$H_X" = "$R$2" ] || [ ! -e "$H_X" ] || return 0
  done
  return 1
}
h_sysctl_now() {
  h_note "sysctl $1 $2" "$H_V$H_NL$3" || return
  h_set "$1" "$2" "$3" || { h_tail; h_fail "cannot set $1"; }
}
# key proc-path value file sha256 content-function; what was there before the first holder is kept
h_sysctl() {
  h_get "$1" "$2" || { h_fail "no kernel parameter $1 (is its module loaded?)"; return; }
  if [ "$H_V" != "$3" ] && h_will "$H_V -> $3"; then
    [ -e "$R$4" ] || h_held "$1" "$4" ||
      { h_keep "/var/lib/horai/sysctl-$1" && h_write "$H_V" "$H_LIB/sysctl-$1"; } ||
      { h_tail; h_fail "cannot note $1"; return; }
    h_sysctl_now "$1" "$2" "$3" || return
  fi
  [ "$H_S" = failed ] || h_file "$4" "$5" 644 "" "$6" diff
}
# key proc-path value file
h_release() {
  h_absent "$4"
  [ "$H_S" != failed ] && [ -s "$H_LIB/sysctl-$1" ] && ! h_held "$1" "$4" || return 0
  read -r H_OLD <"$H_LIB/sysctl-$1"
  if h_get "$1" "$2" && [ "$H_V" = "$3" ] && h_will "$H_V -> $H_OLD"; then
    h_sysctl_now "$1" "$2" "$H_OLD" || return
  fi
  h_absent "/var/lib/horai/sysctl-$1"
}
h_init() {
  [ -z "$H_INIT" ] || return 0
  if [ -d "$R/run/systemd/system" ]; then H_INIT=systemd
  elif command -v initctl >/dev/null && initctl version 2>/dev/null | grep -q upstart; then H_INIT=upstart
  elif [ -d "$R/etc/init.d" ] && command -v service >/dev/null; then H_INIT=sysv
  elif command -v systemctl >/dev/null; then H_INIT=systemd
  else h_fail "no systemd, upstart or SysV init here"; return 1; fi
}
# An upstart host runs SysV scripts too.
h_kind() {
  h_init || return 1
  H_K=$H_INIT
  [ $H_K != upstart ] || [ -f "$R/etc/init/$1.conf" ] || H_K=sysv
}
# Until the script changes something, its services are asked about in one go.
h_ask() {
  set -- $H_UNITS
  H_UNITS=
  [ $# != 0 ] || return 0
  h_answers is-active "$@"
  H_STATES=$H_W
  for H_X in "$@"; do
    shift
    # is-enabled speaks of those first that are scripts of SysV
    if [ -e "$R/etc/init.d/$H_X" ]; then continue; fi
    if h_known "$H_X"; then set -- "$@" "$H_X"
    else H_BOOTS=${H_BOOTS}absent$H_US$H_X$H_NL; fi
  done
  [ $# = 0 ] || { h_answers is-enabled "$@"; H_BOOTS=$H_BOOTS$H_W; }
}
# What systemctl says of each unit becomes H_W; a number of lines that is not that of the units means nothing.
h_answers() {
  h_clear a
  systemctl "$@" >>"$T/a" 2>/dev/null
  H_W=
  shift
  while IFS= read -r H_X; do
    [ $# != 0 ] || { H_W=; return; }
    H_W=$H_W$H_X$H_US$1$H_NL
    shift
  done <"$T/a"
  [ $# = 0 ] || H_W=
}
# Whether there is a file of a service where systemd looks for one, see systemd.unit(5).
h_known() {
  for H_Y in "$R"/etc/systemd/system*/"$1.service" "$R"/run/systemd/*/"$1.service" \
    "$R"/usr/local/lib/systemd/system/"$1.service" "$R"/usr/lib/systemd/system/"$1.service" \
    "$R"/lib/systemd/system/"$1.service"; do
    [ ! -e "$H_Y" ] && [ ! -L "$H_Y" ] || return 0
  done
  return 1
}
# What a service does now becomes H_STATE.
h_state() {
  H_STATE=
  case $H_K in
    systemd) h_find "$H_STATES" "$H_US$1" || h_hear systemctl is-active "$1" 2>/dev/null
      H_STATE=$H_FOUND ;;
    upstart) ! initctl status "$1" 2>/dev/null | grep -q start/running || H_STATE=active ;;
    *) ! service "$1" status </dev/null >/dev/null 2>&1 || H_STATE=active ;;
  esac
}
# Whether it starts at boot becomes H_STARTS, yes or empty.
h_starts() {
  H_STARTS=
  case $H_K in
    systemd) h_ask
      h_find "$H_BOOTS" "$H_US$1" || h_hear systemctl is-enabled "$1" 2>/dev/null
      case $H_FOUND in enabled* | static | indirect | generated | alias) H_STARTS=yes ;; esac ;;
    upstart) grep -qs '^manual' "$R/etc/init/$1.override" || H_STARTS=yes ;;
    *) for H_X in "$R"/etc/rc[2-5].d/S[0-9][0-9]"$1" "$R"/etc/rc.d/rc[2-5].d/S[0-9][0-9]"$1"; do
      [ ! -e "$H_X" ] && [ ! -L "$H_X" ] || { H_STARTS=yes; break; }
    done ;;
  esac
}
h_ctl() {
  case $H_K in
    systemd) h_limit 300 systemctl "$2" "$1" ;;
    upstart) h_limit 300 initctl "$2" "$1" ;;
    *) h_limit 300 service "$1" "$2" ;;
  esac
}
h_boot() {
  case $H_K-$2 in
    systemd-yes) systemctl enable "$1" ;;
    systemd-*) systemctl disable "$1" ;;
    upstart-yes) rm -f "$R/etc/init/$1.override" ;;
    upstart-*) echo manual >"$R/etc/init/$1.override" ;;
    *) if command -v update-rc.d >/dev/null; then
        if [ "$2" = yes ]; then update-rc.d "$1" defaults && update-rc.d "$1" enable
        elif [ "$2" = none ]; then update-rc.d -f "$1" remove
        else update-rc.d "$1" disable; fi
      elif [ "$2" = none ]; then chkconfig --del "$1"
      elif [ "$2" = yes ]; then chkconfig --add "$1" && chkconfig "$1" on
      else chkconfig "$1" off; fi ;;
  esac
}
# How a service is: boot and running, each yes or no; boot is none when init does not know it at all.
h_now() {
  H_NOW=$H_STARTS
  if [ $H_K = sysv ] && [ -z "$H_NOW" ]; then
    H_NOW=none
    for H_Y in "$R"/etc/rc[2-5].d/K[0-9][0-9]"$1" "$R"/etc/rc.d/rc[2-5].d/K[0-9][0-9]"$1"; do
      [ ! -e "$H_Y" ] && [ ! -L "$H_Y" ] || H_NOW=no
    done
  fi
  case $H_STATE in
    active | activating | reloading) H_NOW="${H_NOW:-no} yes" ;;
    *) H_NOW="${H_NOW:-no} no" ;;
  esac
}
# name running enabled trigger-ids...
h_service() {
  H_NAME=$1 H_RUNS=$2 H_BOOT=$3
  shift 3
  h_kind "$H_NAME" || return 1
  h_starts "$H_NAME"
  # to be started at boot or not changes nothing of it
  h_state "$H_NAME"
  H_X=${H_STARTS:-no}
  if [ "$H_BOOT" != "$H_X" ]; then
    if [ "$H_BOOT" = yes ]; then H_X="enable at boot"; else H_X="disable at boot"; fi
    if h_will "$H_X"; then
      h_now "$H_NAME"
      h_note "service $H_NAME" "$H_NOW" || return
      h_boot "$H_NAME" "$H_BOOT" || { h_tail; h_fail "cannot $H_X: $H_NAME"; return; }
    elif [ "$H_S" = failed ]; then return; fi
  fi
  H_ACT=
  case $H_STATE-$H_RUNS in
    active-yes | activating-yes | reloading-yes)
      if h_triggered "$@"; then H_ACT=restart; fi ;;
    *-yes) H_ACT=start ;;
    active-no | activating-no | reloading-no) H_ACT=stop ;;
  esac
  [ -n "$H_ACT" ] || return 0
  h_will "$H_ACT" || return 0
  h_now "$H_NAME"
  [ $H_ACT = restart ] || h_note "service $H_NAME" "$H_NOW" || return
  h_ctl "$H_NAME" "$H_ACT" || { h_tail; h_fail "cannot $H_ACT $H_NAME"; return; }
  h_settled || { h_why "$H_NAME"; h_fail "$H_NAME is \"$H_STATE\" after $H_ACT"; }
}
h_settled() {
  H_LEFT=30
  while [ $H_LEFT -gt 0 ]; do
    h_state "$H_NAME"
    case $H_STATE-$H_RUNS in
      active-yes) return 0 ;;
      activating-yes | reloading-yes | active-no | deactivating-no) sleep 1 ;;
      *-no) return 0 ;;
      *) return 1 ;;
    esac
    H_LEFT=$((H_LEFT - 1))
  done
  return 1
}
h_why() { [ $H_K != systemd ] || systemctl status "$1" 2>&1 | tail -n 12 | head -c 4096 >>"$T/d"; }
# name (sha256 of: systemd sysv upstart)
h_unit() {
  h_init || return 1
  case $H_INIT in
    systemd) h_file "/etc/systemd/system/$1.service" "$2" 644 "" "c_$H_I" diff
      [ "$H_S" != failed ] && [ "$HORAI_CHECK" = 0 ] || return 0
      if [ "$H_S" = changed ] || h_owed; then
        H_S=changed
        systemctl daemon-reload || { h_tail; h_fail "systemctl daemon-reload failed"; }
      fi ;;
    sysv) h_file "/etc/init.d/$1" "$3" 755 "" "c_${H_I}_sysv" diff ;;
    upstart) h_file "/etc/init/$1.conf" "$4" 644 "" "c_${H_I}_upstart" diff ;;
  esac
}
h_package() {
  if command -v dpkg-query >/dev/null; then
    h_hear dpkg-query -W -f='${Status}' "$1" 2>/dev/null
    [ "$H_FOUND" != "install ok installed" ] || return 0
  elif command -v rpm >/dev/null; then
    ! rpm -q "$1" >/dev/null 2>&1 || return 0
  else h_fail "neither dpkg nor rpm is here"; return; fi
  h_will "absent" || return 0
  h_note "package $1" absent || return
  if command -v apt-get >/dev/null; then
    [ -n "$H_UPDATED" ] || { h_limit 300 apt-get -q update; H_UPDATED=1; }
    DEBIAN_FRONTEND=noninteractive h_limit 900 apt-get -q -y -o DPkg::Lock::Timeout=120 install "$1"
  elif command -v dnf >/dev/null; then h_limit 900 dnf -q -y install "$1"
  else h_limit 900 yum -q -y install "$1"; fi || { h_tail; h_fail "cannot install $1"; }
}
h_fetch() {
  if command -v curl >/dev/null; then curl -fsSL --connect-timeout 20 --max-time 900 "$1"
  elif command -v wget >/dev/null; then wget -q -T 60 -O - "$1"
  else echo "neither curl nor wget is here" >&2; return 1; fi
}
# path sha256 mode content-function
h_download() {
  if [ -d "$R$1" ]; then h_fail "$1 is a directory"; return; fi
  if [ -f "$R$1" ]; then
    h_digest "$1"
    [ -n "$H_SUM" ] || { h_fail "no sha256sum or openssl to check $1"; return; }
    if [ "$H_SUM" = "$2" ]; then h_access "$1" "$3" ""; return; fi
    h_say "SHA-256 $H_SUM -> $2"
  else h_say "absent"; fi
  h_will "" || return 0
  h_place "$1" "$2" "$3" "" "$4"
}
h_guard() { "$1" </dev/null >/dev/null 2>&1; }
# timeout unless-function onlyif-function exit-codes triggered: yes | no, trigger-ids...
h_command() {
  H_SECS=$1 H_UNLESS=$2 H_ONLYIF=$3 H_CODES=$4 H_TRIG=$5
  shift 5
  if [ "$H_TRIG" = yes ]; then h_triggered "$@" || return 0; fi
  [ -z "$H_UNLESS" ] || ! h_guard "$H_UNLESS" || return 0
  [ -z "$H_ONLYIF" ] || h_guard "$H_ONLYIF" || return 0
  h_will "" || return 0
  h_note "command $H_ID" "" || return
  h_dog
  "x_$H_I"
  H_X=$?
  h_tail
  case " $H_CODES " in *" $H_X "*) return 0 ;; esac
  if [ $H_X = 124 ]; then h_fail "took longer than $H_SECS s"; else h_fail "ended with exit code $H_X"; fi
}
