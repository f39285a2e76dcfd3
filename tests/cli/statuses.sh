# Every example of the table of rules in docs/codebook/status.md: the event on the word in bold has the row's status, by the
# row's rule, or by what the example names in parentheses before it: "(rule)" or "(rule: status)".
. "$HERE/lib.sh"

awk -F' *[|] *' '/^\| [0-9]+ \|/ {
    gsub(/`/, "", $3)
    n = split($6, x, " · ")
    for (i = 1; i <= n; i++) {
        s = x[i]; rule = $3; status = $4
        if (s == "") continue
        if (match(s, /^\([^)]*\) /)) {
            rule = substr(s, 2, RLENGTH - 3); s = substr(s, RLENGTH + 1)
            if (k = index(rule, ": ")) { status = substr(rule, k + 2); rule = substr(rule, 1, k - 1) }
        }
        split(s, w, "[*][*]")
        gsub(/[*][*]/, "", s)
        printf "%s\t%s\t%s\t%s\n", rule, status, w[2], s
    }
}' "$ROOT/docs/codebook/status.md" >examples
[ "$(wc -l <examples)" -ge 80 ] || fail "only $(wc -l <examples) examples were found"
awk -F'\t' '{ gsub(/"/, "\\\"", $4); printf "{\"id\":%d,\"published\":\"2022-11-09\",\"text\":\"%s\"}\n", NR, $4 }' examples >in.jsonl
run 0 code --input jsonl in.jsonl

bad=0 n=0
while IFS=$'\t' read -r rule status word text; do
    n=$((n + 1))
    grep "\"dispatch\":{\"id\":$n," out | grep "\"trigger\":{\"text\":\"\([^\"]* \)\?$word[\" ]" >events || true
    grep "\"status\":\"$status\"" events | grep -q "status: $rule\([ \"][^;]*\)\?\"" || {
        echo "$rule: $status: $text"
        sed 's/.*"status":"\([a-z]*\)".*"rule":"\([^"]*\)".*/    is \1: \2/' events
        bad=$((bad + 1))
    }
done <examples
[ $bad = 0 ] || fail "$bad examples of $n are otherwise"

# Each row names its tests.
awk -F' *[|] *' '/^\| [0-9]+ \|/ { gsub(/[`,]/, "", $7); print $7 }' "$ROOT/docs/codebook/status.md" | tr ' ' '\n' | sort -u >tests
while read -r name; do
    grep -q "^static void $name(void" "$ROOT/tests/unit/test_claims_status.c" || fail "no test '$name'"
done <tests
finish
