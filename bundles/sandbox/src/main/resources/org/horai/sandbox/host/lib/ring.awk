# The address ring. Input: the ring's entries (token size name nick version). Files: ips (address
# length owner container, one per line), known (names of reachable peers).
# Variables: me, nick, what (take, claim, show, json, give), cidr, container, heir, heirnick.
# Prints the answer; with take and claim the new entries go to the file `out`, the address to `ips`.

{ n++; tok[n] = $1 + 0; size[n] = $2 + 0; own[n] = $3; nic[n] = $4; ver[n] = $5 + 0 }

END {
  while ((getline line < ips) > 0) { split(line, f, " "); taken[f[1]] = f[3] " " f[4]; len[f[1]] = f[2] }
  while ((getline line < known) > 0) reachable[line] = 1
  if (what == "take") take()
  if (what == "claim") claim()
  if (what == "show") show()
  if (what == "json") json()
  if (what == "give") give()
}

function low(a, b) { return a < b ? a : b }
function high(a, b) { return a > b ? a : b }

function keep(address) {
  printf "%.0f %s %s %s\n", address, substr(cidr, index(cidr, "/") + 1), me, container >> ips
  print n2ip(address)
}

function write(    i) {
  for (i = 1; i <= n; i++) if (size[i] > 0) printf "%.0f %.0f %s %s %d\n", tok[i], size[i], own[i], nic[i], ver[i] > out
  if (out != "") close(out)
}

# The first free address of the subnet in the ranges we own; -1 when there is none.
function free_of_ours(from, to,    i, a) {
  for (i = 1; i <= n; i++) if (own[i] == me)
    for (a = high(tok[i], from); a <= low(tok[i] + size[i] - 1, to); a++) if (!(a in taken)) return a
  return -1
}

# Makes [from, to] of entry i ours: the piece before and the piece behind stay with the owner.
function carve(i, from, to,    end) {
  end = tok[i] + size[i] - 1
  if (to < end) { n++; tok[n] = to + 1; size[n] = end - to; own[n] = own[i]; nic[n] = nic[i]; ver[n] = 0 }
  n++; tok[n] = from; size[n] = to - from + 1; own[n] = me; nic[n] = nick; ver[n] = 0
  size[i] = from - tok[i]; ver[i]++
  sort_entries()
}

function sort_entries(    i, j, s) {
  for (i = 2; i <= n; i++) for (j = i; j > 1 && tok[j] < tok[j - 1]; j--) {
    s = tok[j]; tok[j] = tok[j - 1]; tok[j - 1] = s
    s = size[j]; size[j] = size[j - 1]; size[j - 1] = s
    s = own[j]; own[j] = own[j - 1]; own[j - 1] = s
    s = nic[j]; nic[j] = nic[j - 1]; nic[j - 1] = s
    s = ver[j]; ver[j] = ver[j - 1]; ver[j - 1] = s
  }
}

# Allocates in the subnet; an owner that is reachable gives away the upper half of what is free.
function take(    from, to, a, i, x, y, u) {
  from = cidr_start(cidr) + 1; to = cidr_start(cidr) + cidr_size(cidr) - 2
  a = free_of_ours(from, to)
  for (i = n; a < 0 && i >= 1; i--) {
    if (own[i] == me || !(own[i] in reachable)) continue
    x = high(tok[i], cidr_start(cidr)); y = low(tok[i] + size[i] - 1, cidr_start(cidr) + cidr_size(cidr) - 1)
    if (x > y) continue
    x += int((y - x + 1) / 2)
    for (u = x; u <= y; u++) if (u in taken) x = u + 1
    if (x > y) continue
    carve(i, x, y)
    a = free_of_ours(from, to)
    i = n + 1
  }
  write()
  if (a < 0) exit 3
  keep(a)
}

# Takes one given address, when nobody has it and its owner is there to give it away.
function claim(    a, i, f) {
  a = ip2n(substr(cidr, 1, index(cidr, "/") - 1))
  if (a in taken) {
    split(taken[a], f, " ")
    if (f[1] == me && f[2] == container) { print n2ip(a); write(); return }
    if (f[1] == me) return refuse("address " cidr " is already owned by " f[2])
  }
  for (i = 1; i <= n; i++) if (tok[i] <= a && a < tok[i] + size[i] && own[i] != me) {
    if ((a in taken) || !(own[i] in reachable))
      return refuse("address " cidr " is owned by other peer " own[i] " (" nic[i] ")")
    carve(i, a, a)
    break
  }
  write()
  keep(a)
}

function refuse(why) { print "Unable to claim: " why > "/dev/stderr"; exit 1 }

function show(    i, sum, total, k, names, label, active) {
  for (i = 1; i <= n; i++) {
    if (!(own[i] in sum)) names[++k] = own[i]
    sum[own[i]] += size[i]; total += size[i]; label[own[i]] = own[i] "(" nic[i] ")"
  }
  for (i in taken) { split(taken[i], f, " "); if (f[1] == me) active++ }
  for (i = 1; i <= k; i++)
    printf "%-37s %8.0f IPs (%04.1f%% of total) %s\n", label[names[i]], sum[names[i]], 100 * sum[names[i]] / total, (!(names[i] in reachable) ? "- unreachable!" : (release == "2" && names[i] == me && active ? "(" active " active)" : ""))
}

function json(    i) {
  for (i = 1; i <= n; i++)
    printf "%s            {\n                \"Token\": \"%s\",\n                \"Size\": %.0f,\n                \"Peer\": \"%s\",\n                \"Nickname\": \"%s\",\n                \"IsKnownPeer\": %s,\n                \"Version\": %d\n            }", (i > 1 ? ",\n" : ""), n2ip(tok[i]), size[i], own[i], nic[i], (own[i] in reachable) ? "true" : "false", ver[i]
  print ""
}

# Hands everything of `container` (a peer's name or nickname) over to the heir.
function give(    i, sum) {
  for (i = 1; i <= n; i++) if (own[i] == container || nic[i] == container) {
    sum += size[i]; own[i] = heir; nic[i] = heirnick; ver[i]++
  }
  write()
  printf "%.0f\n", sum
}
