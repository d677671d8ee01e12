# Exit code 0 when one of the networks has the address.
BEGIN { n = ip2n(ip); code = 1 }
is_cidr($1) { s = cidr_start($1); if (n >= s && n < s + cidr_size($1)) code = 0 }
END { exit code }
