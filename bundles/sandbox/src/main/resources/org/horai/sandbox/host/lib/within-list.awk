# Prints the addresses (first field, with length) that lie in cidr.
{
  a = ip2n(substr($1, 1, index($1, "/") - 1))
  if (a >= cidr_start(cidr) && a < cidr_start(cidr) + cidr_size(cidr)) print $1
}
