# Prints the value at a path such as .Router.Name of JSON that is indented by four; fails when there is none.
BEGIN {
  depth = split(substr(path, 2), name, ".")
  if (path == ".") depth = 0
  at = 0
  if (depth == 0) inside = 1
}
function indent(line) {
  match(line, /^ */)
  return RLENGTH / 4
}
inside && depth == 0 { print; found = 1; next }
inside {
  last = indent($0) == depth
  if (last) sub(/,$/, "")
  print
  if (last) exit
  next
}
at < depth && indent($0) == at + 1 && index($0, "\"" name[at + 1] "\": ") == (at + 1) * 4 + 1 {
  at++
  if (at < depth) next
  found = 1
  value = $0
  sub(/^ *"[^"]*": /, "", value)
  if (value ~ /[{[]$/) {
    print value
    inside = 1
    next
  }
  sub(/,$/, "", value)
  print value
  exit
}
END { exit !found }
