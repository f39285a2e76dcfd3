# What a person asks of a record: a timeline, a dyad, what is contested, what things rest on. The figures are those of the record.
. "$HERE/lib.sh"

cat >in.jsonl <<'J'
{"id": "1", "published": "2024-08-01", "publisher": "Wire One", "text": "KYIV - Ukraine accused Iran of supplying attack drones to Russia. Iran and Russia held talks in Tehran on Tuesday."}
{"id": "2", "published": "2024-08-03", "publisher": "Wire Two", "text": "TEHRAN - Iran denied that it had supplied attack drones to Russia."}
{"id": "3", "published": "2024-10-02", "publisher": "Wire Two", "text": "MOSCOW - Russia expelled two Iranian diplomats on Tuesday."}
{"id": "4", "published": "2024-10-03", "publisher": "=Wire", "text": "TEHRAN - Russia expelled two Iranian diplomats on Tuesday, and Iran's foreign ministry condemned Russia on Thursday."}
J
run 0 add a.db in.jsonl

run 0 timeline a.db
says out ' incidents, [1-9][0-9]* contested$'
says out '^2024-07-30 … .*AID.*contested'
says out 'voice: Ukraine; denied by Iran'
run 0 timeline a.db --by month type:SANCTION
says out '^2024-10  1 incident$'
says out '2 dispatches, 2 publishers, 2 voices: '
run 0 timeline a.db --by week --format csv type:SANCTION
says out '^period,id,date_begin'
says out '^2024-09-30,.*,2024-10-01,'
run 0 timeline a.db --by quarter --format jsonl --limit 1
lines out 1
says out '"period":"2024-Q3"'
run 0 timeline a.db --as-of 2001-01-01 --format jsonl
empty out
run 2 timeline a.db --by fortnight
run 2 timeline a.db colour:red
says err 'no such field'
run 1 timeline none.db

run 0 dyad a.db IRN RUS --format csv
says out '^period,a,b,ab_quad1'
lines out 5
says out '^2024-09,IRN,RUS,0,0,0,0,0,0,0,0,0,0,0,'
cp out table.csv
for way in 'source:IRN target:RUS' 'source:RUS target:IRN'; do
    # shellcheck disable=SC2086
    run 0 query a.db $way --format jsonl
    cat out >>events.jsonl
done
python3 - <<'P' || fail "the table is not that of the events"
import csv, json
rows = list(csv.DictReader(open("table.csv", newline="")))
months = [json.loads(l)["date_begin"][:7] for l in open("events.jsonl")]
for r in rows:
    assert int(r["events"]) == months.count(r["period"]), r
    assert int(r["cooperation"]) + int(r["conflict"]) == sum(int(v) for k, v in r.items() if "_quad" in k), r
assert sum(int(r["events"]) for r in rows) == len(months) > 3
P
run 0 dyad a.db Iran Russia --by year
says out '^2024 '
says out 'The last incidents'
grep -q '█\|##' out && fail "a plot in a pipe"
LC_ALL=C.UTF-8 COLUMNS=60 run 0 dyad a.db IRN RUS --plot on
says out '█'
LC_ALL=C COLUMNS=60 run 0 dyad a.db IRN RUS --plot on
says out '##'
grep -q '█' out && fail "block elements where the locale has none"
[ "$(awk '{ if (length($0) > n && /#/) n = length($0) } END { print n }' out)" -le 60 ] || fail "the plot is wider than the terminal"
COLUMNS=24 run 0 dyad a.db IRN RUS --by day --plot on
says out 'a column is [0-9]* periods'
run 0 dyad a.db SEN MRT
says out '^nothing between SEN and MRT'
run 2 dyad a.db IRN
run 2 dyad a.db IRN RUS --by month,quad
run 2 dyad a.db IRN RUS --plot maybe
run 2 dyad a.db 'I"' RUS

run 0 claims --contested a.db
says out 'asserted (1 voice): Ukraine; since 2024-08-01, first in Wire One'
says out 'denied (1 voice): Iran; since 2024-08-03, first in Wire Two'
says out '^1 contested'
run 0 claims a.db --contested --format jsonl type:AID
says out '"voices":1,"deniers":1'
run 0 claims --contested a.db type:SANCTION --format csv
lines out 1
run 0 claims --contested a.db --as-of 2001-01-01 --format jsonl
empty out
run 0 claims --contested --help
says out 'usage: chancery claims'
run 2 claims --contested

run 0 corroboration a.db --format jsonl
run 0 query a.db --incidents --format jsonl
n=$(wc -l <out)
run 0 corroboration a.db --format jsonl
lines out "$n"
python3 - <<'P' || fail "the order is another"
import json
rows = [json.loads(l) for l in open("out")]
assert [r["voices"] for r in rows] == sorted(r["voices"] for r in rows)
assert all((r["voices"] == 1) == (r["single_source"] == 1) for r in rows)
assert rows[-1]["type"] == "SANCTION" and rows[-1]["publishers"] == 2, rows[-1]
P
run 0 corroboration a.db --reverse --limit 1
says out SANCTION
says out "^$n incidents: .* % with one voice, .* % with two, 0 % with three or more"
run 0 corroboration a.db --format csv type:ACCUSE source:IRN
says out ",'=Wire,"
finish
