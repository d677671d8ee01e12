# Prints the network that an address with a length lies in.
BEGIN { print n2ip(cidr_start(a)) substr(a, index(a, "/")) }
