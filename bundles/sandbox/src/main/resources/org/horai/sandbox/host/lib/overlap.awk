# Prints the first route (CIDR in the first field) that overlaps the range.
is_cidr($1) && !found {
  a = cidr_start($1); b = cidr_start(range)
  if (a < b + cidr_size(range) && b < a + cidr_size($1)) { print $1; found = 1 }
}
