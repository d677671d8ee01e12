# A table as Docker prints it: each column as wide as its widest field and three more, ten at least.
function chars(text) {
  gsub(/[\200-\277]/, "", text)
  return length(text)
}
BEGIN { FS = "\t" }
{
  for (i = 1; i <= NF; i++) {
    field[NR, i] = $i
    if (chars($i) + 3 > width[i]) width[i] = chars($i) + 3
  }
  if (NF > columns) columns = NF
}
END {
  for (r = 1; r <= NR; r++) {
    line = ""
    for (i = 1; i < columns; i++) {
      line = line field[r, i]
      for (n = chars(field[r, i]); n < (width[i] < 10 ? 10 : width[i]); n++) line = line " "
    }
    print line field[r, columns]
  }
}
