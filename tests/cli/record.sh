# A record keeps what was coded: the same pages twice are one, a run that was killed goes on to the same content, reading again with other
# tables withdraws what it no longer tells, and every fault of the file is named.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }
# All that a record tells, without the moments and the numbers of runs.
content() {
    python3 - "$1" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for table in ("source", "page", "dispatch", "dispatch_agency", "actor", "place", "event", "participant", "claim", "link", "reject", "copy", "incident", "incident_event"):
    names = [r[1] for r in db.execute(f"PRAGMA table_info({table})")]
    keep = [n for n in names if not n.endswith("_utc") and n not in ("run", "withdrawn_run")]
    order = ", ".join(f'"{n}"' for n in keep)
    for row in db.execute(f"SELECT {order} FROM {table} ORDER BY {order}"): print(table, *row, sep="|")
assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
assert not db.execute("PRAGMA foreign_key_check").fetchall()
P
}

cp "$ROOT"/samples/*.txt "$ROOT"/samples/*.html .
run 0 add a.db -- *.txt *.html
says out 'pages read, 0 refused; [1-9][0-9]* events added'
content a.db >first
run 0 add a.db -- *.txt *.html
says out ' 0 events added'
content a.db >second
cmp -s first second || fail "the same pages twice are not one"
[ "$(ask a.db 'SELECT count(*) FROM event')" = "$("$CHANCERY" code -q -- *.txt *.html | wc -l)" ] || fail "the record has not the events that code prints"

# The words of a row stand where its offsets say.
ask a.db "SELECT e.key FROM event e JOIN participant p ON p.event = e.id JOIN dispatch d ON d.id = e.dispatch
          WHERE p.text <> CAST(substr(CAST(d.text AS BLOB), p.begin - d.begin + 1, p.\"end\" - p.begin) AS TEXT)" >wrong
empty wrong
# What indexes hold of an event is what the event says.
for t in participant claim incident_event dyad; do
    ask a.db "SELECT e.id FROM $t x JOIN event e ON e.id = x.event WHERE x.day <> e.day OR x.span <> e.span" >wrong
    empty wrong
done
ask a.db "SELECT event, source, target FROM dyad EXCEPT SELECT event, source, target FROM dyads UNION ALL SELECT event, source, target FROM dyads EXCEPT SELECT event, source, target FROM dyad" >wrong
empty wrong
[ "$(ask a.db "SELECT count(*) > 0 FROM dispatch_fts WHERE dispatch_fts MATCH 'fisheries'")" = 1 ] || fail "nothing is found by its words"

# Asking: each term narrows, a minus turns round, what is asked of one side is not told of the other.
run 0 query a.db --format jsonl
lines out "$(ask a.db 'SELECT count(*) FROM event')"
run 0 query a.db dyad:SEN-MRT --format jsonl
[ -s out ] || fail "nothing between Senegal and Mauritania"
cp out both
run 0 query a.db 'dyad:SEN>MRT' --format jsonl
cp out there
run 0 query a.db source:MRT target:SEN --format jsonl
cat there out | sort -u >sum
sort -u both | cmp -s - sum || fail "the two ways do not make the dyad"
run 0 query a.db type:ACCUSE,REJECT --format csv
says out '^id,key,date_begin'
run 0 query a.db dyad:SEN-MRT -status:planned -type:AGREE --format jsonl
grep -Eq '"(planned|AGREE)"' out && fail "what was turned round is there"
run 0 query a.db from:2030 --format jsonl
empty out
run 0 query a.db fisheries --incidents --limit 2
says out '^2 incidents'
run 2 query a.db colour:red
says err 'no such field: colour'
run 2 query a.db from:yesterday
says err 'is no day'
run 0 query a.db "text:\"' OR 1=1 --\"" --format jsonl
empty out
run 0 query a.db --as-of 2001-01-01 --format jsonl
empty out

# Threads do not matter, nor does being killed, however often.
python3 - $((60 / SHORTER)) *.txt >many.jsonl <<'P'
import json, sys
for i in range(int(sys.argv[1])):
    for name in sys.argv[2:]:
        print(json.dumps({"id": f"{i}-{name}", "publisher": f"Paper {i % 7}", "text": open(name).read()}))
P
run 0 add one.db --threads 1 many.jsonl
run 0 add two.db --threads 3 many.jsonl
content one.db >first
content two.db >second
cmp -s first second || fail "the content depends on the threads"
for i in 1 2 3 4 5 6; do
    "$CHANCERY" add -q killed.db many.jsonl >/dev/null 2>&1 &
    sleep "0.$((i * 7 % 10))"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
done
run 0 add killed.db many.jsonl
content killed.db >second
cmp -s first second || fail "a run that was killed does not come to the same content"
[ "$(ask killed.db 'SELECT count(*) FROM run WHERE finished_utc IS NULL')" = 0 ] || fail "a run that was killed is not gone on with"

# Read again: nothing changes with the same tables; with others what differs is withdrawn, and stays to be asked for.
run 0 recode a.db
says out ' 0 events added, 0 withdrawn'
printf 'names\twhat\tcountry\tsectors\tname\tid\nSenegal\tstate\tAUT\tGOV\tSenegal\tSEN\n' >own.tsv
run 0 recode a.db --actors own.tsv
says out '[1-9][0-9]* events added, [1-9][0-9]* withdrawn'
[ "$(ask a.db "SELECT count(*) > 0 FROM dyads WHERE source = 'AUT'")" = 1 ] || fail "events of the later tables are not there"
[ "$(ask a.db "SELECT count(*) > 0 FROM event e JOIN participant p ON p.event = e.id WHERE p.country = 'SEN' AND withdrawn_utc IS NOT NULL")" = 1 ] || fail "events of the earlier tables are lost"

# What cannot be taken is noted with the reason.
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0' >picture.txt
run 1 add a.db picture.txt
[ "$(ask a.db "SELECT name || ' ' || (reason <> '') FROM reject")" = "picture.txt 1" ] || fail "no row tells of the page that was refused"

# Faults of the file.
run 2 add
says err 'name the record'
run 1 recode none.db
says err 'none.db: there is no such record'
echo 'no database' >text.db
run 1 add text.db picture.txt
says err 'text.db: .*no record'
ask other.db 'CREATE TABLE t (x)' >/dev/null
run 1 add other.db picture.txt
says err 'other.db: is an SQLite database, but no record'
python3 -c 'import sqlite3; sqlite3.connect("two.db").execute("PRAGMA user_version = 999")'
run 1 add two.db picture.txt
says err 'two.db: was written by a newer Chancery'
python3 - <<'P' &
import sqlite3, time
db = sqlite3.connect("one.db", isolation_level=None); db.execute("BEGIN IMMEDIATE"); open("locked", "w"); time.sleep(30)
P
while [ ! -e locked ]; do sleep 0.1; done
run 1 add one.db picture.txt
says err 'one.db: .*another process'
kill $!
wait $! 2>/dev/null
finish
