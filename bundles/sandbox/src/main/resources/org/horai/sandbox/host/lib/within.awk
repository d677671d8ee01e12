# Exits with 0 when cidr lies inside range.
BEGIN {
  a = cidr_start(cidr); b = cidr_start(range)
  exit !(a >= b && a + cidr_size(cidr) <= b + cidr_size(range))
}
