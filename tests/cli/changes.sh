# What coding again changed is told field by field; what was folded can be looked at and undone.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

cp "$ROOT"/samples/*.txt .
run 0 add a.db -- *.txt
run 2 diff a.db
says err 'has not been coded again'
run 0 diff a.db 1
says out "^$(ask a.db 'SELECT count(*) FROM event') events added, 0 withdrawn, 0 changed"
run 0 recode a.db
run 0 diff a.db
says out '^0 events added, 0 withdrawn, 0 changed'
lines out 1
printf 'names\twhat\tcountry\tsectors\tname\tid\nSenegal\tstate\tAUT\tGOV\tSenegal\tSEN\n' >own.tsv
run 0 recode a.db --actors own.tsv
read -r added withdrawn < <(sed -n 's/.* \([0-9]*\) events added, \([0-9]*\) withdrawn.*/\1 \2/p' out)
run 0 diff a.db
says out 'source_codes: SEN .* → AUT'
tail -1 out | python3 -c '
import re, sys
n = [int(x) for x in re.findall(r"\d+", sys.stdin.read())]
assert n[2] > 0 and [n[0] + n[2], n[1] + n[2]] == [int(x) for x in sys.argv[1:]], (n, sys.argv)' "$added" "$withdrawn" || fail "the changes are not those of the run"
run 0 diff a.db --format csv
says out '^key,dispatch,field,was,is'
run 0 diff a.db --format jsonl
python3 -c 'import json
for l in open("out"):
    r = json.loads(l)
    assert r["was"] != r["is"] or r["field"] == "other", r'  || fail "a change changes nothing"
run 2 diff a.db 99
says err 'there is no run 99'
run 2 diff a.db one

# Two papers of one thing.
python3 - <<'P'
import json
story = "DAKAR, 5 May 2021 - Police in Dakar arrested twelve fishermen on Tuesday after a protest in the port."
with open("two.jsonl", "w") as f:
    for i, more in enumerate(("", " The weather was fine, and boats went out to sea in the evening.")):
        print(json.dumps({"id": str(i), "publisher": f"Paper {i}", "published": "2021-05-05", "text": story + more}), file=f)
P
run 0 add b.db two.jsonl
n=$(ask b.db 'SELECT incident FROM incident_event GROUP BY 1 HAVING count(*) = 2 LIMIT 1')
run 0 incident b.db "$n"
says out 'Paper 0'
says out 'Paper 1'
key=$(ask b.db "SELECT key || '@' || dispatch FROM event e JOIN incident_event m ON m.event = e.id WHERE m.incident = $n ORDER BY e.id DESC LIMIT 1")
run 2 incident b.db "$n" --split 0000
says err 'no event of that incident'
run 0 incident b.db "$n" --split "$key"
says out '^incident [0-9]* now'
[ "$(ask b.db "SELECT n_events, n_publishers FROM incident WHERE id = $n")$(ask b.db "SELECT count(*), min(how) FROM incident_event WHERE incident = $(sed 's/[^0-9]//g' out)")" = '1|11|split' ] || fail "the event is not apart"
run 2 incident b.db "$n" --split "$(ask b.db "SELECT key FROM event e JOIN incident_event m ON m.event = e.id WHERE m.incident = $n")"
says err 'only event'
run 0 recode b.db
[ "$(ask b.db "SELECT n_events FROM incident WHERE id = $n")" = 1 ] || fail "coding again folds again"
run 1 incident b.db 999999
says err 'there is no incident 999999'
run 2 incident b.db
finish
