# A person's verdicts are kept beside what the engine said, over recodings, and can be applied.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

cp "$ROOT"/samples/*.txt .
run 0 add a.db -- *.txt
ask a.db 'SELECT * FROM event ORDER BY id' >before
read -r k1 k2 k3 < <(ask a.db 'SELECT key FROM event GROUP BY key HAVING count(*) = 1 ORDER BY min(id) LIMIT 3' | tr '\n' ' ')

run 0 correct a.db "$k1" right --by Ada
says out '1 verdict kept'
run 0 correct a.db "$k2" wrong --by Ada --note 'a "mere" plan, nothing else'
run 0 correct a.db "$k3" type=PROTEST 'source=Dockers of Dakar' date_begin=2021-05-06
ask a.db 'SELECT * FROM event ORDER BY id' >after
cmp -s before after || fail "a verdict has touched what the engine said"
[ "$(ask a.db "SELECT verdict, judge, note, current FROM verdicts WHERE key = '$k2'")" = 'wrong|Ada|a "mere" plan, nothing else|1' ] || fail "the verdict is not kept as given"
[ "$(ask a.db "SELECT type, source, date_begin FROM corrected WHERE key = '$k3'")" = 'PROTEST|Dockers of Dakar|2021-05-06' ] || fail "what was changed is not applied"
[ "$(ask a.db "SELECT count(*) FROM corrected WHERE key = '$k2'")" = 0 ] || fail "a wrong event is among the corrected ones"
[ "$(ask a.db 'SELECT (SELECT count(*) FROM corrected) - (SELECT count(*) FROM events)')" = -1 ] || fail "the corrected events are not all others"

# A later verdict of the same judge takes the place of the earlier one.
run 0 correct a.db "$k1@$(ask a.db "SELECT dispatch FROM event WHERE key = '$k1'")" wrong --by Ada
[ "$(ask a.db "SELECT verdict FROM verdicts WHERE key = '$k1'")" = wrong ] || fail "a judge cannot change a verdict"

# Nothing is kept of what is not in order.
ask a.db 'SELECT * FROM verdict' >before
run 2 correct a.db "$k1"
run 2 correct a.db 0000 right
says err 'no such event'
run 2 correct a.db "$k1" perhaps
says err 'neither right nor wrong'
run 2 correct a.db "$k1" colour=red
says err 'no such field'
run 2 correct a.db "$k1" type=QUARREL
says err 'is no type'
run 2 correct a.db "$k1" date_end=2021-02-30
says err 'is no day'
run 2 correct a.db "$k1@x" right
printf 'id,key,dispatch,verdict\r\n,%s,,right\r\n,0000,,wrong\r\n' "$k1" >bad.csv
run 2 correct a.db --from bad.csv
printf 'a,b\n1,2\n' >bad.csv
run 2 correct a.db --from bad.csv
says err 'bad.csv: has no row of names'
run 1 correct none.db "$k1" right
ask a.db 'SELECT * FROM verdict' >after
cmp -s before after || fail "a verdict that was refused has left something"

# Coded again: the verdict stays with what was judged, and no longer speaks of a row that reads otherwise.
printf 'names\twhat\tcountry\tsectors\tname\tid\nSenegal\tstate\tAUT\tGOV\tSenegal\tSEN\n' >own.tsv
while read -r key dispatch; do run 0 correct a.db "$key@$dispatch" right --by Ben; done < <(ask a.db "SELECT DISTINCT e.key, e.dispatch FROM dyads d JOIN events e ON e.id = d.event WHERE d.source = 'SEN'" | tr '|' ' ')
n=$(ask a.db 'SELECT count(*) FROM verdicts')
run 0 recode a.db --actors own.tsv
[ "$(ask a.db 'SELECT count(*) FROM verdicts')" = "$n" ] || fail "verdicts are lost by coding again"
[ "$(ask a.db "SELECT count(*) > 0 FROM verdicts WHERE judge = 'Ben' AND NOT current")" = 1 ] || fail "a verdict speaks of a row that it was not about"

# Drawn by lot: the same again for the same seed, each stratum with its share; what is filled in is read back and added up.
all=$(ask a.db 'SELECT count(*) FROM events')
run 0 precision a.db
says out 'no event that was drawn'
run 0 sample a.db --n 20 --seed 7
cp out first.csv
run 0 sample a.db --n 20 --seed 7
cmp -s out first.csv || fail "the same seed draws otherwise"
run 0 sample a.db --n 20 --seed 8
cmp -s out first.csv && fail "another seed draws the same"
run 0 sample a.db --n 100000
python3 -c 'import csv, sys; print(len(list(csv.DictReader(open("out", newline="")))))' >n
[ "$(cat n)" = "$all" ] || fail "a draw of all is not all"
run 0 sample a.db status:claimed --n 5
python3 - "$all" <<'P' || fail "the draw is not in proportion, or not in order"
import collections, csv, sqlite3, sys
drawn = list(csv.DictReader(open("first.csv", newline="")))
assert len(drawn) == 20 and len({r["id"] for r in drawn}) == 20
assert {r["status"] for r in csv.DictReader(open("out", newline=""))} == {"claimed"}
strata = collections.Counter(tuple(r) for r in sqlite3.connect("a.db").execute("SELECT type, status FROM events"))
got = collections.Counter((r["type"], r["status"]) for r in drawn)
assert all(abs(got[s] - 20 * n / int(sys.argv[1])) < 1 for s, n in strata.items())
for i, r in enumerate(drawn): r["verdict"], r["note"] = ("wrong" if i % 4 == 0 else "right", 'said "so", twice\nand more') if i < 16 else ("", "")
w = csv.DictWriter(open("judged.csv", "w", newline=""), drawn[0])
w.writeheader()
w.writerows(drawn)
P
run 0 correct a.db --from judged.csv --by Cy
says out '16 verdicts kept'
[ "$(ask a.db "SELECT count(DISTINCT note), max(length(note)) FROM verdicts WHERE judge = 'Cy'")" = '1|25' ] || fail "notes are not read back"
run 0 precision a.db --format csv
says out '^all,16,12,0.7500,0.5050,0.8982,0'
run 0 precision a.db --by type,status --format jsonl
python3 -c 'import json; v = [json.loads(l) for l in open("out")]; assert sum(r["n"] for r in v[:-1]) == v[-1]["n"] == 16; assert all(0 <= r["low"] <= r["share"] <= r["high"] <= 1 for r in v)' || fail "the strata do not add up"
run 2 sample a.db --by colour
says err 'colour: no such column'
run 2 precision a.db --by colour
finish
