# Service units: finding, reading, starting, stopping. Needs common.sh.
STATES=$RUN/units
WANTS=$HORAI_ROOT/etc/systemd/system/multi-user.target.wants
LOGS=$HORAI_ROOT/var/log/units
mkdir -p "$STATES" "$LOGS"

unit_file() {
  for d in etc/systemd/system lib/systemd/system usr/lib/systemd/system; do
    if [ -e "$HORAI_ROOT/$d/$1" ]; then
      echo "$HORAI_ROOT/$d/$1"
      return 0
    fi
  done
  return 1
}

# All text of a unit: its file, then its drop-ins.
unit_text() {
  file=$(unit_file "$1") || return 1
  cat "$file"
  for d in "$HORAI_ROOT/lib/systemd/system/$1.d" "$HORAI_ROOT/etc/systemd/system/$1.d"; do
    for f in "$d"/*.conf; do
      [ ! -e "$f" ] || { echo; cat "$f"; }
    done
  done
}

# The values of a key, one per line; an empty value forgets those before it.
values() {
  unit_text "$1" | awk -v key="$2" -f "$LIB/values.awk"
}

last_value() { values "$1" "$2" | tail -n 1; }

is_builtin() { [ -n "$(last_value "$1" X-Simulated)" ]; }

not_loaded() {
  echo "Failed to $1 $2: Unit $2 not found." >&2
  return 5
}

# Whether a process runs; one that only waits to be reaped does not.
is_alive() {
  kill -0 "$1" 2>/dev/null && ! grep -q '^[0-9]* ([^)]*) Z' "/proc/$1/stat" 2>/dev/null
}

state_of() {
  pid=$(cat "$STATES/$1.pid" 2>/dev/null)
  if [ -n "$pid" ] && ! is_alive "$pid"; then
    rm -f "$STATES/$1.pid"
    echo failed >"$STATES/$1"
  fi
  cat "$STATES/$1" 2>/dev/null || echo inactive
}

is_active() { [ "$(state_of "$1")" = active ]; }

show_answer() {
  [ -n "$quiet" ] || cat "$RUN/answer.$$"
  rm -f "$RUN/answer.$$"
}

# Sets and exports what Environment= and EnvironmentFile= say.
unit_environment() {
  values "$1" Environment | awk -f "$LIB/words.awk" >"$RUN/env.$$"
  values "$1" EnvironmentFile | while read -r f; do
    optional=${f#-}
    path=$HORAI_ROOT$optional
    if [ -e "$path" ]; then
      grep -v '^[[:space:]]*[#;]' "$path" | awk -v whole=yes -f "$LIB/words.awk"
    elif [ "$optional" = "$f" ]; then
      echo "MISSING=$f"
    fi
  done >>"$RUN/env.$$"
  while IFS= read -r pair; do
    case "$pair" in
      MISSING=*) echo "Failed to load environment files: ${pair#*=}" >>"$LOGS/$1"; rm -f "$RUN/env.$$"; return 1 ;;
      [A-Za-z_]*=*) export "$pair" ;;
    esac
  done <"$RUN/env.$$"
  rm -f "$RUN/env.$$"
}

# Finds the program where the simulated host has it, then among the stand-ins, then for real.
program() {
  if [ -x "$HORAI_ROOT$1" ]; then
    echo "$HORAI_ROOT$1"
  elif [ -x "$HORAI_HOST/bin/${1##*/}" ]; then
    echo "$HORAI_HOST/bin/${1##*/}"
  elif [ -x "$1" ]; then
    echo "$1"
  else
    return 1
  fi
}

# run_line UNIT LINE [background]: runs one Exec line as systemd splits it, without a shell.
run_line() (
  unit=$1 text=$2 mode=$3 lenient=
  while :; do
    case "$text" in
      -*) lenient=yes text=${text#-} ;;
      [@:+!]*) text=${text#?} ;;
      *) break ;;
    esac
  done
  unit_environment "$unit" || exit 1
  text=$(printf '%s\n' "$text" | sed "s/%n/$unit/g; s/%H/$HORAI_NAME/g; s/%%/%/g")
  printf '%s\n' "$text" | awk -v variables=yes -f "$LIB/words.awk" >"$RUN/words.$$.$unit"
  set --
  while IFS= read -r word; do set -- "$@" "$word"; done <"$RUN/words.$$.$unit"
  rm -f "$RUN/words.$$.$unit"
  if ! path=$(program "$1"); then
    echo "Failed at step EXEC spawning $1: No such file or directory" >>"$LOGS/$unit"
    exit 203
  fi
  shift
  if [ "$mode" = background ]; then
    "$path" "$@" </dev/null >>"$LOGS/$unit" 2>&1 &
    echo $! >"$STATES/$unit.pid"
    exit 0
  fi
  "$path" "$@" </dev/null >>"$LOGS/$unit" 2>&1
  code=$?
  [ -z "$lenient" ] || code=0
  exit $code
)

run_lines() {
  values "$1" "$2" >"$RUN/lines.$$.$1.$2"
  result=0
  while IFS= read -r line; do
    run_line "$1" "$line" || { result=$?; break; }
  done <"$RUN/lines.$$.$1.$2"
  rm -f "$RUN/lines.$$.$1.$2"
  return $result
}

start_unit() {
  unit_file "$1" >/dev/null || { not_loaded start "$1"; return 5; }
  ! is_active "$1" || return 0
  for needed in $(values "$1" Requires) $(values "$1" BindsTo); do
    (start_unit "$needed") || {
      echo "A dependency job for $1 failed. See 'journalctl -xe' for details." >&2
      return 1
    }
  done
  for wanted in $(values "$1" Wants); do
    case "$wanted" in *.service) (start_unit "$wanted" >/dev/null 2>&1) ;; esac
  done
  if begin "$1"; then
    return 0
  fi
  echo failed >"$STATES/$1"
  echo "Job for $1 failed because the control process exited with error code." >&2
  echo "See \"systemctl status $1\" and \"journalctl -xeu $1\" for details." >&2
  return 1
}

begin() {
  if is_builtin "$1"; then
    case "$1" in docker.service) sh "$LIB/dockerd.sh" start ;; esac
    host_call unit start "${1%.service}" || return 1
    echo active >"$STATES/$1"
    return 0
  fi
  run_lines "$1" ExecStartPre || return 1
  case "$(last_value "$1" Type)" in
    oneshot)
      run_lines "$1" ExecStart || return 1
      state=inactive
      case "$(last_value "$1" RemainAfterExit)" in yes | true | 1 | on) state=active ;; esac
      ;;
    forking)
      run_lines "$1" ExecStart || return 1
      state=active
      ;;
    *)
      run_line "$1" "$(last_value "$1" ExecStart)" background || return 1
      state=active
      ;;
  esac
  echo $state >"$STATES/$1"
  run_lines "$1" ExecStartPost || return 1
  host_call unit start "${1%.service}" || return 1
}

# The active units that need this one by Requires, BindsTo or PartOf, and those that need them.
dependents() (
  for f in "$STATES"/*.service; do
    [ -e "$f" ] || continue
    other=${f##*/}
    [ "$other" != "$1" ] && is_active "$other" || continue
    case " $(echo $(values "$other" Requires) $(values "$other" BindsTo) $(values "$other" PartOf)) " in
      *" $1 "*)
        echo "$other"
        dependents "$other"
        ;;
    esac
  done
)

stop_unit() {
  if ! unit_file "$1" >/dev/null; then
    echo "Failed to stop $1: Unit $1 not loaded." >&2
    return 5
  fi
  for other in $(dependents "$1"); do (stop_unit "$other"); done
  state=$(state_of "$1")
  if is_builtin "$1"; then
    case "$1" in docker.service) sh "$LIB/dockerd.sh" stop ;; esac
    host_call unit stop "${1%.service}" || return 1
  elif [ "$state" = active ]; then
    run_lines "$1" ExecStop
    pid=$(cat "$STATES/$1.pid" 2>/dev/null)
    [ -z "$pid" ] || kill "$pid" 2>/dev/null
    rm -f "$STATES/$1.pid"
    run_lines "$1" ExecStopPost
    host_call unit stop "${1%.service}"
  fi
  echo inactive >"$STATES/$1"
  return 0
}

restart_unit() {
  unit_file "$1" >/dev/null || { not_loaded restart "$1"; return 5; }
  again=$(dependents "$1")
  stop_unit "$1"
  start_unit "$1" || return $?
  for other in $again; do (start_unit "$other"); done
  return 0
}

enable_unit() {
  if ! unit_file "$1" >/dev/null; then
    echo "Failed to enable unit: Unit file $1 does not exist." >&2
    return 1
  fi
  mkdir -p "$WANTS"
  [ -e "$WANTS/$1" ] || [ -n "$quiet" ] ||
    echo "Created symlink /etc/systemd/system/multi-user.target.wants/$1 -> /etc/systemd/system/$1." >&2
  touch "$WANTS/$1"
}

disable_unit() {
  if ! unit_file "$1" >/dev/null && [ ! -e "$WANTS/$1" ]; then
    echo "Failed to disable unit: Unit file $1 does not exist." >&2
    return 1
  fi
  rm -f "$WANTS/$1"
}

enabled_state() {
  if [ -e "$WANTS/$1" ]; then
    echo enabled
  elif unit_file "$1" >/dev/null; then
    unit_text "$1" | grep -q '^\[Install\]' && echo disabled || echo static
  fi
}

is_enabled() {
  answer=$(enabled_state "$1")
  if [ -z "$answer" ]; then
    echo "Failed to get unit file state for $1: No such file or directory" >&2
    return 1
  fi
  [ -n "$quiet" ] || echo "$answer"
  [ "$answer" = enabled ] || [ "$answer" = static ]
}

cat_unit() {
  file=$(unit_file "$1") || {
    echo "No files found for $1." >&2
    return 1
  }
  echo "# ${file#"$HORAI_ROOT"}"
  unit_text "$1"
}

property() {
  case "$1" in
    ActiveState) state_of "$2" ;;
    SubState)
      case "$(state_of "$2")" in
        active) [ -e "$STATES/$2.pid" ] && echo running || echo exited ;;
        failed) echo failed ;;
        *) echo dead ;;
      esac
      ;;
    LoadState) unit_file "$2" >/dev/null && echo loaded || echo not-found ;;
    UnitFileState) enabled_state "$2" ;;
    MainPID) cat "$STATES/$2.pid" 2>/dev/null || echo 0 ;;
    FragmentPath) file=$(unit_file "$2") && echo "${file#"$HORAI_ROOT"}" ;;
    Result) [ "$(state_of "$2")" = failed ] && echo exit-code || echo success ;;
    Id) echo "$2" ;;
    *) values "$2" "$1" | tr '\n' ' ' | sed 's/ $//' ;;
  esac
}

show_unit() {
  for p in ${props:-Id LoadState ActiveState SubState UnitFileState MainPID FragmentPath Result}; do
    if [ -n "$value" ]; then property "$p" "$1"; else echo "$p=$(property "$p" "$1")"; fi
  done
}

status_unit() {
  file=$(unit_file "$1") || {
    echo "Unit $1 could not be found." >&2
    return 4
  }
  printf '* %s - %s\n     Loaded: loaded (%s; %s)\n     Active: %s\n' "$1" "$(last_value "$1" Description)" \
    "${file#"$HORAI_ROOT"}" "$(enabled_state "$1")" "$(state_of "$1")"
  is_active "$1" || return 3
}

list_units() {
  for d in etc lib; do
    for f in "$HORAI_ROOT/$d/systemd/system"/*.service; do
      [ ! -e "$f" ] || echo "${f##*/} $(enabled_state "${f##*/}")"
    done
  done | sort -u | { [ $# -eq 0 ] && cat || grep -F "$1"; }
}
