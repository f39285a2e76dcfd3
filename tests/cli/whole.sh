# --whole: a running text is read from its first word to its last, whatever looks like a page's furniture.
. "$HERE/lib.sh"
cat >text.txt <<'T'
LIMA, March 3 (Reuters) - Peru and Chile met on Tuesday. They agreed
on trade.

Read more:

Share this article

They agreed on trade.

They agreed on trade.
T
tr -s ' \n' '\n' <text.txt >want
run 0 parse --whole --input text text.txt
grep -P '^[0-9]' out | awk -F'\t' '{ printf "%s", $2; if ($10 !~ /SpaceAfter=No/) print "" }' | diff -u want - || fail "words are left out"
[ "$(grep -c '^# newpar' out)" = 5 ] || fail "paragraphs are not those between blank lines"
run 0 text --whole --input text --format text text.txt
says out "^LIMA , March 3 ( Reuters ) - Peru"
lines out 6
run 2 code --whole text.txt
says err "unknown option --whole"
finish
