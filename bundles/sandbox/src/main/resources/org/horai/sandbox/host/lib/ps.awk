# Lists owners with their addresses; the host itself comes first even without one.
function mac(owner,    i, sum) {
  if (owner == "weave:expose") return me
  for (i = 1; i <= length(owner); i++) sum = (sum * 33 + index("0123456789abcdefghijklmnopqrstuvwxyz-_.:", substr(owner, i, 1))) % 16777213
  return sprintf("46:c9:b8:%02x:%02x:%02x", sum / 65536, (sum / 256) % 256, sum % 256)
}
BEGIN { order[++n] = "weave:expose" }
$3 == me {
  if (!($4 in list) && $4 != "weave:expose") order[++n] = $4
  list[$4] = list[$4] " " n2ip($1) "/" $2
}
END {
  for (i = 1; i <= n; i++) if (only == "" || (" " only " ") ~ (" " order[i] " ")) print order[i] " " mac(order[i]) list[order[i]]
}
