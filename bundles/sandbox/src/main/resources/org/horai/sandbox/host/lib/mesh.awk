# What a router sees of its mesh. Input: the published files of all running routers.
# Variables: self (address), cuts and hosts (files), what, now, release.

FNR == 1 { address = "" }
{
  at = index($0, "=")
  key = substr($0, 1, at - 1)
  value = substr($0, at + 1)
  if (key == "address") { address = value; all[++count] = value }
  P[address, key] = value
}

END {
  load_faults()
  components()
  collect()
  if (what == "connections") for (i = 1; i <= conns; i++) print shown(i)
  if (what == "targets") { n = split(P[self, "targets"], t, " "); for (i = 1; i <= n; i++) print t[i] }
  if (what == "peers") peers()
  if (what == "counts") counts()
  if (what == "known") for (i = 1; i <= count; i++) if (C[all[i]] == C[self]) print name(all[i])
  if (what == "linked") for (i = 1; i <= count; i++) if (C[all[i]] == C[self]) print all[i]
  if (what == "router") router()
}

function name(a) { return P[a, "name"] }
function label(a) { return P[a, "name"] "(" P[a, "nick"] ")" }

function load_faults(    line, part) {
  while ((getline line < cuts) > 0) {
    if (split(line, part, " ") == 1) down[part[1]] = 1
    else { apart[part[1], part[2]] = 1; apart[part[2], part[1]] = 1 }
  }
  while ((getline line < hosts) > 0) exists[line] = 1
}

function is_cut(a, b) { return (a in down) || (b in down) || ((a, b) in apart) }

# Why two routers do not connect; empty when they do.
function clash(a, b) {
  if (a == b) return "self"
  if (is_cut(a, b)) return "cut"
  if (name(a) == name(b)) return "collision"
  if (P[a, "password"] != P[b, "password"]) return "password"
  if (P[a, "range"] != P[b, "range"]) return "range"
  if (P[a, "ring"] != "" && P[b, "ring"] != "" && P[a, "ring"] != P[b, "ring"]) return "seed"
  return ""
}

function is_target(a, b,    t, n, i) {
  n = split(P[a, "targets"], t, " ")
  for (i = 1; i <= n; i++) if (bare(t[i]) == b) return 1
  return 0
}

function bare(target) { sub(/:[0-9]+$/, "", target); return target }

# Peers tell each other of their peers: whoever is joined by a chain of connections is connected.
function components(    i, j, again, a, b) {
  for (i = 1; i <= count; i++) C[all[i]] = all[i]
  do {
    again = 0
    for (i = 1; i <= count; i++) for (j = 1; j <= count; j++) {
      a = all[i]; b = all[j]
      if (C[a] > C[b] && (is_target(a, b) || is_target(b, a)) && clash(a, b) == "") {
        merge(C[a], C[b]); again = 1
      } else if (C[a] < C[b] && (is_target(a, b) || is_target(b, a)) && clash(a, b) == "") {
        merge(C[b], C[a]); again = 1
      }
    }
  } while (again)
}

function merge(from, to,    i) { for (i = 1; i <= count; i++) if (C[all[i]] == from) C[all[i]] = to }

function linked(a, b) { return C[a] == C[b] && clash(a, b) == "" }
function dials(a, b) { return P[a, "seq"] + 0 > P[b, "seq"] + 0 }

# The port that the dialling side was given; any fixed number will do.
function port(a, b,    text, i, sum) {
  text = name(a) name(b)
  for (i = 1; i <= length(text); i++)
    sum = (sum * 31 + index("0123456789abcdef:", substr(text, i, 1))) % 28000
  return 32768 + sum
}

function seen_at(a, b) { return dials(a, b) ? b ":6783" : b ":" port(b, a) }

function add(out, where, state, info, to) {
  conns++
  outbound[conns] = out; remote[conns] = where; states[conns] = state; infos[conns] = info
  peer[conns] = to
  tally[state]++
}

function collect(    i, b, n, t) {
  for (i = 1; i <= count; i++) {
    b = all[i]
    if (b != self && linked(self, b))
      add(dials(self, b), seen_at(self, b), "established", "sleeve " label(b), b)
  }
  n = split(P[self, "targets"], t, " ")
  for (i = 1; i <= n; i++) failing(bare(t[i]))
}

function failing(b,    why, dial, later) {
  if ((b SUBSEP "name") in P ? linked(self, b) : 0) return
  dial = (release == "2" ? "tcp" : "tcp4")
  later = ", retry: " now " +0000 UTC m=+6.466324757"
  if (b == self) return add(1, b ":6783", "failed", "cannot connect to ourself, retry: never", "")
  if (!(b in exists) || (b in down))
    return add(1, b ":6783", "retrying", "dial " dial " :0->" b ":6783: connect: no route to host", "")
  if (is_cut(self, b))
    return add(1, b ":6783", "failed", "dial " dial " :0->" b ":6783: connect: no route to host" later, "")
  if (!((b SUBSEP "name") in P))
    return add(1, b ":6783", "failed", "dial " dial " :0->" b ":6783: connect: connection refused" later, "")
  why = clash(self, b)
  if (why == "collision")
    return add(1, b ":6783", "failed", "local \"" label(self) "\" and remote \"" label(b) "\" peer names collision, retry: never", "")
  if (why == "range")
    return add(1, b ":6783", "failed", "Incompatible IP allocation ranges (received: " P[b, "range"] ", ours: " P[self, "range"] ")" later, "")
  if (why == "seed")
    return add(1, b ":6783", "failed", "IP allocation was seeded by different peers (received: [" P[b, "seeds"] "], ours: [" P[self, "seeds"] "])" later, "")
  return add(1, b ":6783", "failed", "read " dial " " self ":" port(self, b) "->" b ":6783: read: connection reset by peer" later, "")
}

function shown(i,    tail) {
  tail = (release == "2" ? (states[i] == "established" ? " mtu=1438" : (infos[i] ~ /never$/ ? " " : "")) : "")
  return sprintf("%s %-21s %-11s %s%s", outbound[i] ? "->" : "<-", remote[i], states[i], infos[i], tail)
}

function peers(    i, j, a, b) {
  for (i = 1; i <= count; i++) {
    a = all[i]
    if (C[a] != C[self]) continue
    print label(a)
    for (j = 1; j <= count; j++) {
      b = all[j]
      if (a != b && linked(a, b))
        printf "   %s %-21s %-37s %s\n", dials(a, b) ? "->" : "<-", seen_at(a, b), label(b), "established"
    }
  }
}

function counts(    s, text, known, links, i, j) {
  split("established retrying failed", s, " ")
  for (i = 1; i <= 3; i++) if (tally[s[i]])
    text = text (text == "" ? "" : ", ") tally[s[i]] " " s[i]
  printf "    Connections: %d%s\n", conns, (text == "" ? "" : " (" text ")")
  for (i = 1; i <= count; i++) if (C[all[i]] == C[self]) {
    known++
    for (j = 1; j <= count; j++) if (i != j && linked(all[i], all[j])) links++
  }
  printf "          Peers: %d%s\n", known, (links ? " (with " links " established connections)" : "")
}

function q(text) { gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); return "\"" text "\"" }
function bool(b) { return b ? "true" : "false" }

# The names of the peers we are connected with, as a list.
function direct(    i, text) {
  for (i = 1; i <= count; i++) if (all[i] != self && linked(self, all[i]))
    text = text (text == "" ? "" : ",") "\n                    " q(name(all[i]))
  return text == "" ? "null" : "[" text "\n                ]"
}

function router(    i, j, a, b, n, t, sep, inner) {
  print "        \"Protocol\": \"weave\",\n        \"ProtocolMinVersion\": 1,\n        \"ProtocolMaxVersion\": 2,"
  print "        \"Encryption\": " bool(P[self, "password"] != "") ",\n        \"PeerDiscovery\": true,"
  print "        \"Name\": " q(name(self)) ",\n        \"NickName\": " q(P[self, "nick"]) ",\n        \"Port\": 6783,"
  printf "        \"Peers\": ["
  for (i = 1; i <= count; i++) {
    a = all[i]
    if (C[a] != C[self]) continue
    printf "%s\n            {\n                \"Name\": %s,\n                \"NickName\": %s,\n", sep, q(name(a)), q(P[a, "nick"])
    printf "                \"UID\": %s,\n                \"ShortID\": %s,\n                \"Version\": 4,\n", P[a, "uid"], P[a, "uid"] % 4096
    inner = ""
    for (j = 1; j <= count; j++) {
      b = all[j]
      if (a == b || !linked(a, b)) continue
      inner = inner (inner == "" ? "" : ",") "\n                    {\n                        \"Name\": " q(name(b)) ",\n                        \"NickName\": " q(P[b, "nick"]) ",\n                        \"Address\": " q(seen_at(a, b)) ",\n                        \"Outbound\": " bool(dials(a, b)) ",\n                        \"Established\": true\n                    }"
    }
    printf "                \"Connections\": %s\n            }", inner == "" ? "null" : "[" inner "\n                ]"
    sep = ","
  }
  printf "\n        ],\n        \"UnicastRoutes\": ["
  sep = ""
  for (i = 1; i <= count; i++) {
    a = all[i]
    if (C[a] != C[self]) continue
    printf "%s\n            {\n                \"Dest\": %s,\n                \"Via\": %s\n            }", sep, q(name(a)), q(a == self ? "00:00:00:00:00:00" : name(a))
    sep = ","
  }
  printf "\n        ],\n        \"BroadcastRoutes\": [\n            {\n                \"Source\": %s,\n                \"Via\": %s\n            }\n        ],\n        \"Connections\": ", q(name(self)), direct()
  if (!conns) printf "null"
  else {
    sep = "["
    for (i = 1; i <= conns; i++) {
      printf "%s\n            {\n                \"Address\": %s,\n                \"Outbound\": %s,\n                \"State\": %s,\n                \"Info\": %s", sep, q(remote[i]), bool(outbound[i]), q(states[i]), q(infos[i])
      if (release == "2")
        printf ",\n                \"Attrs\": %s", states[i] == "established" ? "{\n                    \"mtu\": 1438,\n                    \"name\": \"sleeve\"\n                }" : "null"
      printf "\n            }"
      sep = ","
    }
    printf "\n        ]"
  }
  if (release == "2") printf ",\n        \"TerminationCount\": 0"
  n = split(P[self, "targets"], t, " ")
  printf ",\n        \"Targets\": %s", n ? "[" : "null"
  for (i = 1; i <= n; i++) printf "%s\n            %s", (i > 1 ? "," : ""), q(t[i])
  sep = (n ? "\n        ]" : "")
  print sep ",\n        \"OverlayDiagnostics\": {\n            \"sleeve\": null\n        },"
  print "        \"TrustedSubnets\": [],\n        \"Interface\": \"vethwe-pcap (via pcap)\""
}
