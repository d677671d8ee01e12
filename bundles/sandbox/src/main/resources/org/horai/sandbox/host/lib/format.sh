# Docker's output templates, as far as the stand-ins know them.

format_of() {
  while [ $# -gt 0 ]; do
    case "$1" in
      -f | --format) echo "$2"; return ;;
      -f=* | --format=*) echo "${1#*=}"; return ;;
    esac
    shift
  done
}

# filled FORMAT KEY VALUE...: the format with the value for each {{KEY}}. Nothing is made up: a
# template that is left over is refused.
filled() {
  text=$1
  shift
  while [ $# -gt 0 ]; do
    key=$(printf '%s' "$1" | sed 's/[].[*^$|\\]/\\&/g')
    value=$(printf '%s' "$2" | sed 's/[&|\\]/\\&/g')
    text=$(printf '%s' "$text" | sed "s|{{ *$key *}}|$value|g; s|{{json $key}}|\"$value\"|g")
    shift 2
  done
  case "$text" in
    *'{{'*)
      unplayed "the format '$text'"
      return 1
      ;;
  esac
  printf '%b\n' "$text"
}

# table HEADER COMMAND...: its lines, as Docker's table unless a format or quiet is set.
table() {
  if [ -n "$format$quiet" ]; then
    shift
    "$@"
  else
    header=$1
    shift
    { printf "$header\n"; "$@"; } | LC_ALL=C awk -f "$LIB/table.awk"
  fi
}

# What the real program knows and the stand-in does not.
unplayed() { echo "This simulated host does not know $1 of docker; a real one may." >&2; }
