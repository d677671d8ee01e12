# Addresses as numbers; shared by the other programs.

function ip2n(text,    part) {
  split(text, part, ".")
  return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4]
}

function n2ip(n) {
  return int(n / 16777216) "." int(n / 65536) % 256 "." int(n / 256) % 256 "." n % 256
}

function is_cidr(text) {
  return text ~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\/[0-9]+$/
}

function cidr_size(text) {
  return 2 ^ (32 - substr(text, index(text, "/") + 1))
}

function cidr_start(text,    n) {
  n = ip2n(substr(text, 1, index(text, "/") - 1))
  return n - n % cidr_size(text)
}
