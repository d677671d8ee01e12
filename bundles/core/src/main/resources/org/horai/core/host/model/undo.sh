h_back() {
  H_I=$1 H_PATH=$2 H_S=changed
  : >"$T/d"
  H_SUM=
  [ ! -s "$H_UNDO/$1.sha" ] || read -r H_SUM <"$H_UNDO/$1.sha"
  if [ -f "$H_UNDO/$1.directory" ]; then
    H_S=skipped; h_say "$H_PATH: was a directory, its content was not kept"
  elif [ -n "$H_SUM" ] && [ -f "$R$H_PATH" ] && [ "$(h_sha "$R$H_PATH")" != "$H_SUM" ]; then
    H_S=skipped; h_say "$H_PATH: changed since by someone else, left as it is"
  elif [ -f "$H_UNDO/$1.old" ] || [ -L "$H_UNDO/$1.old" ]; then
    H_TMP=$(dirname "$R$H_PATH")/.horai.$$.tmp
    if cp -p -P "$H_UNDO/$1.old" "$H_TMP" && mv -f "$H_TMP" "$R$H_PATH"; then
      h_say "$H_PATH: old content restored"
    else
      H_S=failed; h_say "$H_PATH: cannot be restored"
    fi
  elif [ -e "$R$H_PATH" ] || [ -L "$R$H_PATH" ]; then
    if rm -f "$R$H_PATH"; then h_say "$H_PATH: removed, it was not there before"
    else H_S=failed; h_say "$H_PATH: cannot be removed"; fi
  else
    H_S=ok; h_say "$H_PATH: not there, as before"
  fi
  printf 'HORAI %s R %s %s 0 %s\n' "$H_N" "$1" "$H_S" "$(h_64 "$T/d" 8192)"
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
    h_back "$H_NR" "$H_LINE"
    [ "$H_S" != failed ] || H_BAD=1
  done <"$T/order"
  if [ -d "$R/run/systemd/system" ]; then systemctl daemon-reload >/dev/null 2>&1; fi
  [ -n "$H_BAD" ] || rm -rf "$H_UNDO.undone"
  [ -n "$H_BAD" ] || mv "$H_UNDO" "$H_UNDO.undone"
}
