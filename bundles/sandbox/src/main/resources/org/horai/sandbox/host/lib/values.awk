# The values of one key of a unit file, continuation lines joined.
{
  line = held $0
  if (line ~ /\\$/) { held = substr(line, 1, length(line) - 1) " "; next }
  held = ""
  if (line ~ /^[ \t]*[#;]/) next
  at = index(line, "=")
  if (!at) next
  name = substr(line, 1, at - 1)
  gsub(/[ \t]/, "", name)
  if (name != key) next
  value = substr(line, at + 1)
  sub(/^[ \t]+/, "", value); sub(/[ \t]+$/, "", value)
  if (value == "") n = 0
  else all[++n] = value
}
END { for (i = 1; i <= n; i++) print all[i] }
