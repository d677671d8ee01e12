# Prints the first address of the range that is neither taken nor special.
{ taken[$1] = 1 }
END {
  taken[gateway] = 1
  first = cidr_start(subnet)
  last = first + cidr_size(subnet) - 1
  end = cidr_start(range) + cidr_size(range)
  for (n = cidr_start(range); n < end; n++) {
    if (n != first && n != last && !(n2ip(n) in taken)) { print n2ip(n); exit }
  }
}
