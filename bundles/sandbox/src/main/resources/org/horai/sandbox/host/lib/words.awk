# Splits lines into words as systemd does: quotes group, there is no shell. With `variables`,
# ${NAME} is replaced, a word that is just $NAME becomes several words, $$ is a dollar sign. With
# `whole`, a line is one NAME=VALUE assignment.
{
  if (whole) { assignment($0); next }
  word = ""; open = ""; any = 0
  for (i = 1; i <= length($0); i++) {
    c = substr($0, i, 1)
    if (open != "") {
      if (c == open) open = ""
      else if (c == "\\" && open == "\"") word = word substr($0, ++i, 1)
      else word = word c
    } else if (c == "\"" || c == "'") { open = c; any = 1 }
    else if (c == " " || c == "\t") finish()
    else if (c == "\\") { word = word substr($0, ++i, 1); any = 1 }
    else { word = word c; any = 1 }
  }
  finish()
}

function finish(    part, n, k) {
  if (!any) return
  any = 0
  if (variables && word ~ /^\$[A-Za-z_][A-Za-z0-9_]*$/) {
    n = split(ENVIRON[substr(word, 2)], part, " ")
    for (k = 1; k <= n; k++) print part[k]
  } else print variables ? expanded(word) : word
  word = ""
}

function expanded(text,    out, at) {
  out = ""
  while ((at = index(text, "$")) > 0) {
    out = out substr(text, 1, at - 1)
    text = substr(text, at)
    if (substr(text, 2, 1) == "$") { out = out "$"; text = substr(text, 3) }
    else if (match(text, /^\$\{[A-Za-z_][A-Za-z0-9_]*\}/)) {
      out = out ENVIRON[substr(text, 3, RLENGTH - 3)]
      text = substr(text, RLENGTH + 1)
    } else { out = out "$"; text = substr(text, 2) }
  }
  return out text
}

function assignment(text,    at, value) {
  sub(/^[ \t]+/, "", text); sub(/[ \t\r]+$/, "", text)
  at = index(text, "=")
  if (!at) return
  value = substr(text, at + 1)
  if (value ~ /^".*"$/ || value ~ /^'.*'$/) value = substr(value, 2, length(value) - 2)
  print substr(text, 1, at) value
}
