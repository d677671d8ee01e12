# Prints the first of the addresses (as numbers) that lies in cidr.
$1 >= cidr_start(cidr) && $1 < cidr_start(cidr) + cidr_size(cidr) && !found { print n2ip($1); found = 1 }
