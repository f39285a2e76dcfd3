# Verdicts applied in query and in every layout: what is wrong is gone, what was changed is as it should be, in its place by the days, and the
# terms see it; the record stays as it is.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

cat >v.jsonl <<'J'
{"id": "v", "published": "2024-01-10", "publisher": "Post", "text": "Kenya accused Uganda of smuggling on Tuesday.\n\nUganda expelled two Kenyan diplomats on Monday. Rwanda praised Tanzania on Sunday. Senegal condemned Mauritania on Saturday."}
J
run 0 add v.db v.jsonl
[ "$(ask v.db "SELECT group_concat(type) FROM (SELECT type FROM event ORDER BY id)")" = 'ACCUSE,SANCTION,SUPPORT,ACCUSE' ] || fail "the text is coded otherwise"
w=$(ask v.db "SELECT key FROM event ORDER BY id LIMIT 1") c=$(ask v.db "SELECT key FROM event WHERE type = 'SANCTION'") r=$(ask v.db "SELECT key FROM event WHERE type = 'SUPPORT'")
run 0 correct v.db "$w" wrong --by Ada
run 0 correct v.db "$r" right --by Ada
run 0 correct v.db "$c" type=PROTEST --by Ada
sleep 1.1
run 0 correct v.db "$c" type=PROTEST mode=riot 'source="Dockers of Mombasa"' source_country=KEN target_country=TZA date_begin=2023-02-03 date_end=2023-02-04 place=Nowhere status=admitted --by Ben
run 0 query v.db --corrected --format jsonl
lines out 3
head -1 out | grep -q "\"key\":\"$c\"" || fail "the changed event does not stand where its days put it"
says out '"type":"PROTEST","mode":"riot","status":"admitted","source":"Dockers of Mombasa","source_country":"KEN"'
run 0 query v.db --corrected type:PROTEST dyad:KEN-TZA actor:Dockers to:2023-12-31 --format jsonl
lines out 1
run 0 query v.db --corrected type:SANCTION --format jsonl
empty out
run 0 query v.db --corrected --limit 2 --format jsonl
lines out 2
run 0 query v.db type:SANCTION --format jsonl
lines out 1
run 2 query v.db --corrected --incidents
for format in csv jsonl plover gdelt icews polecat phoenix; do
    run 0 export v.db --corrected --format $format --out "v-$format"
    run 0 export v.db --format $format --out "u-$format"
done
python3 - "$w" "$c" "$r" <<'P' || fail "the verdicts are not applied in an export"
import csv, json, sys
w, c, r = sys.argv[1:]
rows = {x["event"]: x for x in csv.DictReader(open("v-csv/events.csv", newline=""))}
lines = {x["event"]: x for x in map(json.loads, open("v-jsonl/events.jsonl"))}
assert len(rows) == len(lines) == 3 and w not in rows and w not in lines and (rows[c]["verdict"], rows[r]["verdict"]) == ("changed", "right")
x, y = rows[c], lines[c]
assert (x["type"], x["mode"], x["cameo"], x["source_name"], x["source_country"], x["target_country"], x["date_begin"], x["place"], x["lat"], x["status"]) == \
    ("PROTEST", "riot", "140", "Dockers of Mombasa", "KEN", "TZA", "2023-02-03", "Nowhere", "", "admitted"), x
assert y["sources"][0]["name"] == "Dockers of Mombasa" and y["targets"][0]["country"] == "TZA" and y["verdict"] == "changed"
plain = {x["event"]: x for x in csv.DictReader(open("u-csv/events.csv", newline=""))}
assert len(plain) == 4 and {x["verdict"] for x in plain.values()} == {""} and plain[c]["type"] == "SANCTION"
assert float(x["intensity"]) != float(plain[c]["intensity"])
p = json.load(open("v-csv/datapackage.json"))
assert p["corrected"] is True and p["verdicts"] == {"right": 1, "wrong": 1, "changed": 1} and json.load(open("u-csv/datapackage.json"))["corrected"] is False
for f, name in (("plover", "plover.jsonl"), ("gdelt", "mentions.CSV"), ("icews", "events.tab"), ("polecat", "polecat.txt"), ("phoenix", "events.full.txt")):
    new, old = open(f"v-{f}/{name}").read(), open(f"u-{f}/{name}").read()
    assert new.count("\n") == old.count("\n") - 1, f
for f, name in (("gdelt", "export.CSV"), ("icews", "events.tab"), ("phoenix", "events.full.txt")): assert "\t140\t" in open(f"v-{f}/{name}").read(), f
P
run 1 import back.db v-csv
says err 'verdict.*without --corrected'
moment=$(ask v.db "SELECT min(judged_utc) FROM verdict")
run 0 query v.db --corrected --as-of "$moment" --format jsonl
says out '"type":"PROTEST","mode":"","status":"reported"'
finish
