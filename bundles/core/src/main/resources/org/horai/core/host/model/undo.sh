h_moved() { H_S=skipped; h_say "$1: changed since by someone else, left as it is"; }
# path
h_back_file() {
  H_KEPT=
  [ ! -s "$H_UNDO/$H_I.sha" ] || read -r H_KEPT <"$H_UNDO/$H_I.sha"
  H_TMP=$R${1%/*}/.horai.$$.tmp
  if [ -f "$H_UNDO/$H_I.directory" ]; then
    H_S=skipped; h_say "$1: was a directory of more than 64 MiB, its content was not kept"
  elif [ -f "$H_UNDO/$H_I.secret" ]; then
    H_S=skipped; h_say "$1: holds secrets, so its old content was not kept"
  elif [ -n "$H_KEPT" ] && [ -f "$R$1" ] && h_sha "$R$1" && [ "$H_SUM" != "$H_KEPT" ]; then h_moved "$1"
  elif [ -d "$H_UNDO/$H_I.old" ] && [ ! -L "$H_UNDO/$H_I.old" ]; then
    if [ -e "$R$1" ] || [ -L "$R$1" ]; then h_moved "$1"
    elif cp -R -P -p "$H_UNDO/$H_I.old" "$H_TMP" && mv -f "$H_TMP" "$R$1"; then
      H_S=changed; h_say "$1: directory restored"
    else h_fail "$1: cannot be restored"; fi
  elif [ -f "$H_UNDO/$H_I.old" ] || [ -L "$H_UNDO/$H_I.old" ]; then
    if cp -p -P "$H_UNDO/$H_I.old" "$H_TMP" && mv -f "$H_TMP" "$R$1"; then
      H_S=changed; h_say "$1: old content restored"
    else h_fail "$1: cannot be restored"; fi
  elif [ -e "$R$1" ] || [ -L "$R$1" ]; then
    if rm -f "$R$1"; then H_S=changed; h_say "$1: removed, it was not there before"
    else h_fail "$1: cannot be removed"; fi
  else h_say "$1: not there, as before"; fi
}
h_back_directory() {
  if [ ! -d "$R$1" ]; then h_say "$1: not there, as before"
  elif rmdir "$R$1" 2>/dev/null; then H_S=changed; h_say "$1: removed, it was not there before"
  else H_S=skipped; h_say "$1: not empty, left as it is"; fi
}
# path mode owner
h_back_mode() {
  if [ ! -e "$R$1" ]; then h_say "$1: not there"
  elif chmod "$2" "$R$1" && h_chown "$1" "$3"; then H_S=changed; h_say "$1: mode $2 and owner $3 restored"
  else h_fail "$1: mode and owner cannot be restored"; fi
}
# key proc-path old new
h_back_sysctl() {
  if ! h_get "$1" "$2"; then h_fail "sysctl $1: cannot be read"
  elif [ "$H_V" = "$3" ]; then h_say "sysctl $1: $3, as before"
  elif [ "$H_V" != "$4" ]; then h_moved "sysctl $1"
  elif h_set "$1" "$2" "$3" 2>/dev/null; then H_S=changed; h_say "sysctl $1: $4 -> $3"
  else h_fail "sysctl $1: cannot be set"; fi
}
# name boot running
h_back_service() {
  h_kind "$1" || return
  h_starts "$1"
  h_state "$1"
  h_now "$1"
  if [ "${H_NOW#* }" != "$3" ]; then
    if [ "$3" = yes ]; then H_ACT=start; else H_ACT=stop; fi
    h_ctl "$1" $H_ACT >/dev/null 2>&1 || { h_fail "service $1: cannot $H_ACT"; return; }
    H_S=changed; h_say "service $1: $H_ACT"
  fi
  if [ "${H_NOW% *}" != "$2" ]; then
    h_boot "$1" "$2" >/dev/null 2>&1 || { h_fail "service $1: start at boot cannot be set"; return; }
    H_S=changed; h_say "service $1: start at boot: $2"
  fi
  [ $H_S != ok ] || h_say "service $1: as before"
}
# number thing
h_back() {
  H_I=$1 H_S=ok H_X= H_Y=
  : >"$T/d"
  [ ! -f "$H_UNDO/$1.was" ] || { read -r H_X; read -r H_Y; } <"$H_UNDO/$1.was"
  case $2 in
    /*) h_back_file "$2" ;;
    "directory "*) h_back_directory "${2#* }" ;;
    "mode "*) h_back_mode "${2#* }" "${H_X% *}" "${H_X#* }" ;;
    "sysctl "*) H_V=${2#* }; h_back_sysctl "${H_V% *}" "${H_V#* }" "$H_X" "$H_Y" ;;
    "service "*) h_back_service "${2#* }" "${H_X% *}" "${H_X#* }" ;;
    "package "*) H_S=skipped; h_say "$2: stays installed" ;;
    *) H_S=skipped; h_say "$2: what it did is not undone" ;;
  esac
  h_words_of "$T/d" 8192
  printf 'HORAI %s R %s %s 0 %s\n' "$H_N" "$1" "$H_S" "$H_W"
}
h_work() {
  [ -f "$H_UNDO/paths" ] || return 0
  H_NR=0
  H_BAD=
  # Last change first.
  while IFS= read -r H_LINE; do
    H_NR=$((H_NR + 1))
    printf '%s %s\n' "$H_NR" "$H_LINE"
  done <"$H_UNDO/paths" | sort -rn >"$T/order"
  while read -r H_NR H_LINE; do
    h_back "$H_NR" "$H_LINE" </dev/null
    [ "$H_S" != failed ] || H_BAD=1
  done <"$T/order"
  if [ -d "$R/run/systemd/system" ]; then systemctl daemon-reload >/dev/null 2>&1; fi
  [ -n "$H_BAD" ] || rm -rf "$H_UNDO.undone"
  [ -n "$H_BAD" ] || mv "$H_UNDO" "$H_UNDO.undone"
}
