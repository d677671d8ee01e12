# Drops the addresses of container c of ours; only this one when ip is given.
{ if (!($3 == me && $4 == c && (ip == "" || n2ip($1) == ip))) print }
