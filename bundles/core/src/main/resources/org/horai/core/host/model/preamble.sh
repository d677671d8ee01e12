# What a script begins with; H_N, H_RUN and HORAI_CHECK are its own.
h_begin() {
  PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  R=${HORAI_ROOT:-}
  H_NL='
'
  H_LIB=$R/var/lib/horai
  H_UNDO=$H_LIB/undo/$H_RUN
  H_STOP=
  H_INIT=
  H_DOG=
  H_LOCK=
  H_UPDATED=
  H_TMP=
  H_OWED=
  H_SUMS=
  H_STATS=
  H_UNITS=
  H_STATES=
  H_BOOTS=
  H_NOTED=
  H_LAST=
}
# The time becomes H_AT.
h_ms() {
  if read -r H_UP H_IDLE </proc/uptime; then
    H_AT=$((${H_UP%.*} * 1000 + 1${H_UP#*.} * 10 - 1000))
  else
    H_AT=$(date +%s)000
  fi 2>/dev/null
}
# Milliseconds since H_T0; a clock that was set back shows none.
h_took() {
  h_ms
  H_MS=$((H_AT - H_T0))
  [ "$H_MS" -ge 0 ] || H_MS=0
}
# The words in a file become H_W: up to 20 plain lines as they are, which costs no process, else as
# base64 of at most that many bytes.
h_words_of() {
  H_W=
  [ -s "$1" ] || return 0
  H_LEFT=20
  while [ "$H_LEFT" -gt 0 ] && IFS= read -r H_X; do
    case $H_X in *[![:print:]]*) break ;; esac
    H_W=$H_W$H_X$H_LF
    H_X= H_LEFT=$((H_LEFT - 1))
  done <"$1"
  if [ -n "$H_X" ] || [ "$H_LEFT" = 0 ]; then h_glue $(head -c "$2" "$1" | base64)
  else H_W==$H_W; fi
}
h_glue() { IFS=; H_W="$*"; unset IFS; }
h_say() { printf '%s\n' "$*" >>"$T/d"; }
# Empties files that are written by appending: what is written to a file just cut off goes to the disk
# at once on ext4.
h_clear() {
  for H_X in "$@"; do
    [ ! -s "$T/$H_X" ] || : >"$T/$H_X"
  done
}
# What programs said since the last time.
h_tail() { [ ! -s "$T/o" ] || { tail -n 40 "$T/o" | head -c 8192 >>"$T/d"; : >"$T/o"; }; }
h_fail() { H_S=failed; h_say "$*"; return 1; }
# Notes the change to be made; false in check mode, where it must not be made.
h_will() {
  H_S=changed
  [ -z "$*" ] || h_say "$*"
  H_CHANGED=$H_CHANGED$H_ID$H_NL
  [ "$HORAI_CHECK" = 0 ] || return 1
  # from now on services are asked one by one
  H_UNITS= H_STATES= H_BOOTS=
  # Written before the change, so that whoever must follow it still does after a crash.
  if [ -n "$H_DUE" ]; then
    h_notes && h_add "$H_DUE" "$H_OWED" || { h_tail; h_fail "cannot write $H_OWED"; }
  fi
}
# Makes the folders for what is noted: for undo, and of those who must follow a change.
h_notes() {
  if [ -d "$H_UNDO" ] && [ -d "$H_LIB/owed" ]; then return 0; fi
  umask 077
  mkdir -p "$H_UNDO" "$H_LIB/owed"
  H_X=$?
  umask "$H_MASK"
  return $H_X
}
# Adds a line to a file, or makes it the file. cat says why it cannot write, the printf of dash does not.
h_add() { printf '%s\n' "$1" 2>/dev/null >>"$2" || printf '%s\n' "$1" | cat >>"$2"; }
h_write() { printf '%s\n' "$1" 2>/dev/null >"$2" || printf '%s\n' "$1" | cat >"$2"; }
h_owed() {
  [ -s "$H_OWED" ] || return 1
  while IFS= read -r H_Y; do
    [ "$H_Y" != "$H_ID" ] || return 0
  done <"$H_OWED"
  return 1
}
h_paid() {
  H_X=
  while IFS= read -r H_Y; do
    [ "$H_Y" = "$H_ID" ] || H_X=$H_X$H_Y$H_NL
  done <"$H_OWED"
  # h_end takes an empty one away
  printf '%s' "$H_X" >"$H_OWED"
}
# True when one of these resources changed, now or before a crash.
h_triggered() {
  for H_X in "$@"; do
    case $H_CHANGED in *"$H_NL$H_X$H_NL"*) return 0 ;; esac
  done
  h_owed
}
# The ids of what changed stand between line ends.
h_stage() {
  H_OWED=$H_LIB/owed/$1 H_CHANGED=$H_NL
}
# index id, and the ids of those that must follow a change
h_res() {
  H_I=$1 H_ID=$2 H_DUE=$3 H_S=ok
  # the work before it has just ended, and a clock costs many calls of the kernel
  H_T0=$H_AT
  h_clear d o
  if [ -n "$H_STOP" ]; then
    H_S=skipped; h_say "an earlier resource failed"
  else
    printf 'HORAI %s B %s\n' "$H_N" "$H_I"
    "r_$1" </dev/null >>"$T/o" 2>&1
    if [ "$HORAI_CHECK" = 0 ]; then
      if [ "$H_S" = failed ]; then H_STOP=1; elif h_owed; then h_paid; fi
    fi
  fi
  h_took
  h_words_of "$T/d" 32768
  printf 'HORAI %s R %s %s %s %s\n' "$H_N" "$H_I" "$H_S" "$H_MS" "$H_W"
}
# index seconds program...
h_probe() {
  H_I=$1 H_SECS=$2
  shift 2
  H_T0=$H_AT
  h_clear o e
  h_limit "$H_SECS" "$@" </dev/null >>"$T/o" 2>>"$T/e"
  H_X=$?
  h_took
  H_Y="$H_I $H_X $H_MS"
  h_words_of "$T/e" 1048576; H_E=$H_W
  h_words_of "$T/o" 1048576
  printf 'HORAI %s P %s %s%s%s\n' "$H_N" "$H_Y" "$H_W" "$H_US" "$H_E"
}
# Runs a text as sh -c does, but in the subshell that h_limit made, which saves a process.
h_sh() {
  H_X=$1
  shift
  unset R T
  eval "$H_X"
}
# Runs a program for at most that many seconds; 124 when it took longer.
h_limit() {
  h_dog
  h_ms
  H_LATE=$((H_AT + $1 * 1000))
  shift
  "$@" &
  H_CHILD=$!
  echo "$H_CHILD $H_LATE" >>"$T/job"
  wait "$H_CHILD"
  H_X=$?
  : >"$T/job"
  [ ! -f "$T/late" ] || ! read -r H_Y <"$T/late" || [ "$H_Y" != "$H_CHILD" ] || return 124
  return "$H_X"
}
# One watchdog for the whole script: a program called timeout would cost two processes for each.
h_dog() {
  [ -z "$H_DOG" ] || return 0
  (
    trap - EXIT HUP INT PIPE TERM
    while sleep 1 && [ -d "$T" ] && kill -0 $$; do
      [ -s "$T/job" ] && read -r H_CHILD H_LATE <"$T/job" && h_ms && [ "$H_AT" -gt "$H_LATE" ] || continue
      echo "$H_CHILD" >"$T/late"
      h_family "$H_CHILD"
      kill -TERM $H_ALL
      sleep 5
      kill -KILL $H_ALL
    done
  ) </dev/null >/dev/null 2>&1 &
  H_DOG=$!
}
# A process and all that came of it become H_ALL. What stat says of a name may hold anything.
h_family() {
  H_ALL=$1 H_X=
  while [ "$H_X" != "$H_ALL" ]; do
    H_X=$H_ALL
    for H_Y in /proc/[0-9]*; do
      read -r H_V <"$H_Y/stat" || continue
      H_V=${H_V##*) ? }
      case " $H_ALL " in
        *" ${H_Y#/proc/} "*) ;;
        *" ${H_V%% *} "*) H_ALL="$H_ALL ${H_Y#/proc/}" ;;
      esac
    done
  done
}
# The one line that a program says becomes H_FOUND. Unlike $(...) it costs no process of the shell.
h_hear() {
  h_clear a
  "$@" >>"$T/a"
  H_X=$?
  H_FOUND=
  read -r H_FOUND <"$T/a"
  return $H_X
}
# The digest of a file becomes H_SUM, empty where nothing can make one.
h_sha() {
  H_FOUND=
  if command -v sha256sum; then h_hear sha256sum <"$1"
  elif command -v openssl; then h_hear openssl dgst -sha256 -r <"$1"; fi >/dev/null
  H_SUM=${H_FOUND%% *}
}
# What stands before a key at the end of a line becomes H_FOUND; false when no line ends so: lines key
h_find() {
  H_FOUND=${1%%"$2$H_NL"*}
  [ "$H_FOUND" != "$1" ] || return 1
  H_FOUND=${H_FOUND##*"$H_NL"}
}
# Opens the note about a thing: 0 when it is new, 1 when this run has one, for the first state counts.
h_open() {
  h_notes || return 2
  [ -n "$H_LAST" ] || h_recall
  if h_find "$H_NOTED" "$H_US$1"; then H_NR=$H_FOUND; return 1; fi
  H_NR=$((H_LAST + 1))
}
# The numbers and things of the notes become H_NOTED, for a shell reads a file byte by byte.
h_recall() {
  H_LAST=0
  [ -f "$H_UNDO/paths" ] || return 0
  while IFS= read -r H_Y; do
    H_LAST=$((H_LAST + 1))
    H_NOTED=$H_NOTED$H_LAST$H_US$H_Y$H_NL
  done <"$H_UNDO/paths"
}
h_closed() { h_add "$1" "$H_UNDO/paths" && H_LAST=$H_NR && H_NOTED=$H_NOTED$H_NR$H_US$1$H_NL; }
# Notes for undo how a thing was before it is changed: thing state
h_note() {
  h_open "$1"
  case $? in
    0) { [ -z "$2" ] || h_write "$2" "$H_UNDO/$H_NR.was"; } && h_closed "$1" ;;
    1) return 0 ;;
    *) false ;;
  esac || { h_tail; h_fail "cannot note $1 for undo"; return 1; }
}
# Keeps what is at a path for undo; once per run. Secrets are kept nowhere: path show
h_keep() {
  h_open "$1"
  case $? in 1) return 0 ;; 2) return 1 ;; esac
  if [ -d "$R$1" ] && [ ! -L "$R$1" ]; then
    rm -rf "$H_UNDO/$H_NR.old"
    H_X=$(du -sk "$R$1" | cut -f 1)
    if [ "${H_X:-65537}" -gt 65536 ]; then : >"$H_UNDO/$H_NR.directory"
    else cp -R -P -p "$R$1" "$H_UNDO/$H_NR.old"; fi || return 1
  elif [ "${2:-}" = no ] && [ -e "$R$1" ]; then : >"$H_UNDO/$H_NR.secret" || return 1
  elif [ -e "$R$1" ] || [ -L "$R$1" ]; then
    cp -p -P "$R$1" "$H_UNDO/$H_NR.old" || return 1
  fi
  h_closed "$1"
}
h_end() {
  # Not TERM: busybox loses it when it comes right after the fork.
  if [ -n "$H_DOG" ]; then { kill -9 "$H_DOG"; wait "$H_DOG"; } 2>/dev/null; fi
  if [ "$HORAI_CHECK" != 0 ] || [ -s "$H_OWED" ]; then H_OWED=; fi
  set -- ${H_TMP:+"$H_TMP"} ${H_LOCK:+"$H_LOCK"} ${H_OWED:+"$H_OWED"}
  if [ "$T" != "$H_HOME" ] || ! kill -0 $$ 2>/dev/null; then set -- "$@" "$T"
  # a program that a change left behind may still write to these files
  elif [ "$HORAI_CHECK" = 0 ]; then set -- "$@" "$T"/*
  else h_empty; fi
  [ $# = 0 ] || rm -rf "$@"
}
# A process and when it started become H_LIFE: a number alone comes again.
h_life() {
  read -r H_LIFE <"/proc/$1/stat" || return 1
  H_V=${H_LIFE%% *}
  set -- ${H_LIFE##*) }
  shift 19
  H_LIFE="$H_V $1"
} 2>/dev/null
# One script at a time changes a host: one whose connection was lost may still be at work. The note about
# it is gone after a reboot; where there is no place for such notes, nobody waits.
h_lock() {
  [ "$HORAI_CHECK" = 0 ] && h_life self || return 0
  H_ME=$H_LIFE H_LEFT=30 H_NOTE=$R/run/horai.working
  while :; do
    set -C
    { true >"$H_NOTE"; } 2>/dev/null
    H_X=$?
    set +C
    if [ $H_X = 0 ]; then
      H_LOCK=$H_NOTE
      echo "$H_ME" 2>/dev/null >>"$H_NOTE"
      return 0
    fi
    [ -f "$H_NOTE" ] || return 0
    H_Y=
    read -r H_Y <"$H_NOTE"
    if [ $H_LEFT = 30 ] || { h_life "${H_Y%% *}" && [ "$H_LIFE" = "$H_Y" ]; }; then
      [ $H_LEFT -gt 0 ] || return 1
      H_LEFT=$((H_LEFT - 1))
      sleep 1
    else rm -f "$H_NOTE"; fi
  done
}
h_mktemp() { exec mktemp -d "${TMPDIR:-/tmp}/horai.XXXXXX"; }
# A shell that stands runs one script after another, each in a subshell, and has one folder for them.
h_stand() {
  [ "${H_SHELL:-}" != $$ ] || return 0
  H_SHELL=$$
  H_HOME=$(h_mktemp 2>/dev/null)
  trap 'rm -rf "$H_HOME"' EXIT
  trap 'exit 143' HUP INT PIPE TERM
}
# The folder for what programs say becomes T, without what an earlier script may have left there. It may
# have been cleaned away meanwhile.
h_folder() {
  [ "${H_SHELL:-}" = $$ ] || H_HOME=
  T=$H_HOME
  if [ -d "$T" ] && [ -O "$T" ] && [ ! -L "$T" ] && [ -w "$T" ]; then h_empty
  else T=$(h_mktemp); fi
}
h_empty() {
  for H_X in "$T"/*; do
    [ ! -s "$H_X" ] || : >"$H_X"
  done
}
h_main() {
  command -v base64 >/dev/null || { printf 'HORAI %s X base64 is not installed\n' "$H_N"; exit 70; }
  h_folder || { printf 'HORAI %s X cannot make a temporary folder\n' "$H_N"; exit 70; }
  trap 'h_end' EXIT
  trap 'exit 143' HUP INT PIPE TERM
  # not $(umask), which costs a process
  umask >>"$T/o"
  read -r H_MASK <"$T/o"
  # what a probe says may have no end
  [ "$HORAI_CHECK" = 0 ] || ulimit -f 8192
  h_lock || { printf 'HORAI %s X another script of Horai is still at work there, process %s\n' "$H_N" "${H_Y%% *}"; exit 70; }
  h_ms
  h_work
  printf 'HORAI %s E\n' "$H_N"
}
