# Prints the address that Docker takes for itself when none is given.
BEGIN { print n2ip(cidr_start(subnet) + 1) }
