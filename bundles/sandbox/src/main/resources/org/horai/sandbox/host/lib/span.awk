# Prints a range as its first and last address.
BEGIN { a = cidr_start(range); print n2ip(a) "-" n2ip(a + cidr_size(range) - 1) }
