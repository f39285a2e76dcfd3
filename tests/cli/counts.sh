# Counts: they agree with the record, every pair has a row in every period, and the publishers' dispatches stand beside them.
. "$HERE/lib.sh"

cat >in.jsonl <<'J'
{"id": "a", "published": "2024-01-10", "publisher": "=Post", "text": "Kenya's foreign minister met his counterpart from Uganda on Tuesday.\n\nUganda expelled two Kenyan diplomats on Monday."}
{"id": "b", "published": "2024-04-20", "publisher": "Herald", "text": "Senegal and Mauritania signed an agreement on fisheries on Friday."}
{"id": "c", "published": "2024-04-21", "publisher": "Herald", "text": "Uganda condemned Kenya on Saturday."}
J
run 0 add a.db in.jsonl
run 0 counts a.db
says out '^month,source,target,quad,events,incidents'
cp out counts.csv
run 0 query a.db --format jsonl
cp out events.jsonl
python3 - counts.csv events.jsonl <<'P' || fail "the counts are not those of the record"
import csv, json, sys
from collections import Counter
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
want = Counter()
for e in map(json.loads, open(sys.argv[2])):
    for s in set((e["source_country"] or "").split("; ")):
        for t in set((e["target_country"] or "").split("; ")): want[e["date_begin"][:7], s, t] += 1
got = Counter()
for r in rows: got[r["month"], r["source"], r["target"]] += int(r["events"])
assert +got == want, (got, want)
months, pairs = {r["month"] for r in rows}, {(r["source"], r["target"]) for r in rows}
assert months == {"2024-01", "2024-02", "2024-03", "2024-04"}, months
assert len(rows) == len({(r["month"], r["source"], r["target"], r["quad"]) for r in rows}) == len(months) * len(pairs) * 4
assert len(pairs) > 2
P
total=$(wc -l <events.jsonl)
for period in day week month quarter year; do
    run 0 counts a.db --by $period --format jsonl
    [ "$(python3 -c 'import json, sys; print(sum(json.loads(l)["events"] for l in open("out")))')" = "$total" ] || fail "by $period not all are counted"
done
run 0 counts a.db --by quarter
says out '^2024-Q1,'
says out '^2024-Q2,'
lines out 3
run 0 counts a.db --by week
says out '^2024-01-08,'
run 0 counts a.db --by type
says out '^CONSULT,'
run 0 counts a.db --by month dyad:SEN-MRT
lines out 2
run 0 counts a.db from:2030
lines out 1

# Dispatches, with no formula for a spreadsheet.
run 0 counts a.db type:AGREE --denominators d.csv
tr -d '\r' <d.csv >plain
printf '%s\n' month,publisher,dispatches "2024-01,'=Post,1" 2024-01,Herald,0 "2024-02,'=Post,0" 2024-02,Herald,0 "2024-03,'=Post,0" 2024-03,Herald,0 \
    "2024-04,'=Post,0" 2024-04,Herald,2 | cmp -s - plain || fail "publishers: $(cat plain)"
run 0 counts a.db --by month,publisher
cmp -s out d.csv || fail "the same table is another"

run 2 counts a.db --by month,year
says err 'cannot count by year'
run 2 counts a.db --by colour
run 2 counts a.db --by dyad --denominators d.csv
run 2 counts a.db colour:red
run 1 counts a.db --denominators /nowhere/d.csv
run 1 counts none.db
finish
