# Reads the parts that are taken (10.60.94.0-24), prints the first free one; the very first is left out.
{ taken[$1] = 1 }
END {
  size = 2 ^ (32 - length_of)
  for (at = cidr_start(network) + size; at < cidr_start(network) + 2 ^ (32 - substr(network, index(network, "/") + 1)); at += size) {
    name = n2ip(at) "-" length_of
    if (!(name in taken)) { print name; exit }
  }
}
