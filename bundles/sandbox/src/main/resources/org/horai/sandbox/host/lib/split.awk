# Prints the first entries of a ring: the range in equal parts. Input: name and nickname per line.
{ owner[++n] = $1; nick[n] = $2 }
END {
  start = cidr_start(range); total = cidr_size(range); from = start
  for (i = 1; i <= n; i++) {
    to = start + int(total * i / n)
    printf "%.0f %.0f %s %s 0\n", from, to - from, owner[i], nick[i]
    from = to
  }
}
