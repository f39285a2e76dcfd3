# Exports come back: the same rows byte for byte in an empty record, once however often, with or without the publishers' words; a file that is
# not in order leaves nothing, and the message says where.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }
# A record as it is but for the moments of its runs.
content() {
    python3 - "$1" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for table in ("source", "page", "dispatch", "dispatch_agency", "actor", "place", "event", "participant", "claim", "link", "copy", "incident", "incident_event"):
    for row in db.execute(f"SELECT * FROM {table} ORDER BY 1, 2"): print(table, *row, sep="|")
assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",) and not db.execute("PRAGMA foreign_key_check").fetchall()
P
}

cp "$ROOT"/samples/*.txt "$ROOT"/samples/*.html .
cat >in.jsonl <<'J'
{"id": "a", "published": "2024-01-10", "publisher": "=Post", "url": "https://example.org/a", "title": "'=1+1 in \"Nairobi\", again", "text": "NAIROBI, Jan 10 (Reuters) - Kenya, Tanzania and Rwanda accused Uganda of smuggling on Tuesday, the Kenyan foreign minister said. Uganda denied it.\n\nUganda expelled two Kenyan diplomats in Kampala on Monday."}
{"id": "b", "published": "2024-01-10", "publisher": "Herald", "text": "Kenya, Tanzania and Rwanda accused Uganda of smuggling on Tuesday, the Kenyan foreign minister said. Uganda denied it.\n\nUganda expelled two Kenyan diplomats in Kampala on Monday."}
{"id": "c", "text": "Senegal and Mauritania signed an agreement."}
J
run 0 add a.db in.jsonl -- *.txt *.html
[ "$(ask a.db "SELECT (SELECT count(*) FROM link) > 0, (SELECT count(*) FROM event WHERE within IS NOT NULL) > 0, (SELECT count(*) FROM copy) > 0, (SELECT count(*) FROM incident WHERE n_events > 1) > 0")" = '1|1|1|1' ] ||
    fail "the record lacks what is to be brought back"
n=$(ask a.db 'SELECT count(*) FROM event')
for format in csv jsonl; do
    for text in '' --no-text; do
        rm -rf out1 out2 b.db*
        run 0 export a.db --format $format $text --out out1
        run 0 import b.db out1
        says out "^$n rows read, 0 files refused; $n events added, 0 withdrawn, 0 as before"
        run 0 export b.db --format $format $text --out out2
        cmp out1/events.$format out2/events.$format || fail "$format $text: the rows do not come back"
        content b.db >first
        run 0 import b.db out1/events.$format
        says out " 0 events added, 0 withdrawn, $n as before"
        content b.db >second
        cmp -s first second || fail "$format $text: the same file twice is not one"
    done
done
# JSON Lines brings back what the other layouts ask for, voices and copies with it.
run 0 export a.db --format jsonl --out all
rm -f b.db*
run 0 import b.db all/events.jsonl
for format in csv plover icews polecat phoenix; do
    rm -rf out1 out2
    run 0 export a.db --format $format --out out1
    run 0 export b.db --format $format --out out2
    [ $format = icews ] && for f in out1 out2; do cut -f1-11,13- $f/events.tab >cut && mv cut $f/events.tab; done # less the numbers of the stories
    diff -r out1 out2 >diff || fail "$format is other out of the record that was brought back: $(head -c 300 diff)"
done
run 0 query a.db contested:yes --format jsonl
cp out want
run 0 query b.db contested:yes --format jsonl
cmp -s <(grep -o '"key":"[^"]*"' want) <(grep -o '"key":"[^"]*"' out) || fail "what is contested does not come back"
run 0 query b.db voice:KEN --format jsonl
[ -s out ] || fail "no voice is brought back"
gzip -k all/events.jsonl
run 0 import b.db all/events.jsonl.gz
says out "$n as before"

# In parts, in any order, into a record with other things: the same events; what the record has read itself stays as it read it.
head -20 all/events.jsonl >one.jsonl
tail -n +21 all/events.jsonl >two.jsonl
rm -f c.db*
run 0 import c.db two.jsonl one.jsonl
[ "$(ask c.db 'SELECT count(*), count(DISTINCT key) FROM event')" = "$(ask a.db 'SELECT count(*), count(DISTINCT key) FROM event')" ] || fail "events are lost by parts"
rm -f d.db*
run 0 add d.db in.jsonl
content d.db >first
run 0 import d.db all
says err 'passed over, of pages that the record has read itself'
run 0 add d.db -- *.txt *.html
says out ' 0 events added' # what others have read is there too, by its hash
run 0 recode d.db
says out ' 0 withdrawn'

# Another engine's export of the same stories takes the place of the first, which stays to be asked for.
python3 - <<'P'
import json
rows = [json.loads(l) for l in open("all/events.jsonl", encoding="utf-8")]
for r in rows[:3]: r["status"], r["revision"], r["engine"] = "possible", "changed", "9.9.9"
open("other.jsonl", "w", encoding="utf-8").writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
P
run 0 import b.db other.jsonl
says out " 3 events added, 3 withdrawn, $((n - 3)) as before"
run 0 query b.db --format jsonl
lines out "$n"

# Coding again needs the texts: without them nothing is withdrawn, nothing refused.
run 0 recode c.db
says out '^0 pages read, 0 refused; 0 events added, 0 withdrawn'

# What is not in order: the place and the reason, and nothing of the file is put.
rm -f e.db*
run 0 import e.db one.jsonl
content e.db >first
run 0 export a.db --out good
cat >spoil.py <<'P'
import csv, io, json, sys
rows = list(csv.reader(open("good/events.csv", newline="", encoding="utf-8")))
head = rows[0]
def table(*cells, line=7):
    copy = [list(r) for r in rows]
    for name, value in cells: copy[line][head.index(name)] = value
    out = io.StringIO()
    csv.writer(out).writerows(copy)
    return out.getvalue().encode("utf-8", "surrogateescape")
good = table()
lines = [json.loads(l) for l in open("all/events.jsonl", encoding="utf-8")]
def objects(change):
    copy = json.loads(json.dumps(lines))
    change(copy)
    return "".join(json.dumps(r) + "\n" for r in copy).encode()
def at(i, **what): return objects(lambda v: v[i].update(what))
def drop(i, name): return objects(lambda v: v[i].pop(name))
plain = good.decode("utf-8").split("\r\n")
cases = {
    "date_begin): 'yesterday'": table(("date_begin", "yesterday")), "date_end): .*before date_begin": table(("date_begin", "2024-03-02"), ("date_end", "2024-03-01")),
    "type): 'QUARREL'": table(("type", "QUARREL")), "quad): .*class of the type": table(("quad", "0")), "status): 'said'": table(("status", "said")),
    "dispatch_hash): 'zz'": table(("dispatch_hash", "zz")), "dispatch_hash): is empty": table(("dispatch_hash", "")), "article): '-1'": table(("article", "-1")),
    "evidence_end): .*before evidence_begin": table(("evidence_begin", "90"), ("evidence_end", "80"), ("dispatch_begin", "0")), "evidence_begin): '99999999999999999999'": table(("evidence_begin", "9" * 20)),
    "intensity): 'nan'": table(("intensity", "nan")), "lat): '1e9'": table(("lat", "1e9")), "mode): 'x'": table(("mode", "x")), "source_country): 'Kenya'": table(("source_country", "Kenya")),
    "recorded_utc): '2024-01-01'": table(("recorded_utc", "2024-01-01")), "id): '0'": table(("id", "0")), "title): .*UTF-8": table(("title", "a\udcffb")), "evidence): .*UTF-8": table(("evidence", "a\0b")),
    "source): is empty, but": table(("source", "")), "verdict): 'perhaps'": table(("verdict", "perhaps")), "verdict): 'changed'": table(("verdict", "changed")),
    "event): .*earlier row has this event": good + plain[7].encode() + b"\r\n", "dispatch_hash): .*earlier row says otherwise": table(("published", "1999-01-01")),
    "column 3 (colour): .*no column": good.replace(b"revision", b"colour", 1), "column 3 (event): .*there twice": good.replace(b"revision", b"event", 1),
    ":8: column 5 .*ends before": "\r\n".join(plain[:7] + ["a,b,c,d"] + plain[8:]).encode(), "more cells than": "\r\n".join(plain[:7] + [plain[7] + ",x"] + plain[8:]).encode(),
    "never closed": "\r\n".join(plain[:7] + ['"' + plain[7]]).encode(), "behind a closing": "\r\n".join(plain[:7] + ['"a"b' + plain[7]] + plain[8:]).encode(),
    "does not begin with one": "\r\n".join(plain[:7] + ['a"b"' + plain[7]] + plain[8:]).encode(), "is no column|there twice|never closed": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "is empty; nothing": b"  ", "is empty": b"",
    ":5: .*is no JSON object": b"\n".join([json.dumps(r).encode() for r in lines[:4]] + [b'{"event": "x", }']), ":1: .*no JSON object": b'{"event": ' + b"[" * 5000, ":2: colour: is no field": at(1, colour=1),
    ":2: event: is neither": at(1, event=True), ":2: event: is empty": drop(1, "event"), ":2: sources: .*no list": at(1, sources="x"), ":2: sources: has an actor": at(1, sources=[{"id": "KEN"}], source="KEN"),
    ":2: source: .*first of sources": at(1, sources=[]), ":2: claims: has a voice by way": at(1, claims=[dict(stance="asserts", text="x", cue="", cue_begin=0, cue_end=0, quote=0, via=3)]),
    ":2: claims: has a voice without stance": at(1, claims=[{}]), ":2: story: has no kind": at(1, story={}), ":2: links: has a link": at(1, links=[{"kind": "denies"}]),
    ":1: .*duplicate": b'{"event": "a", "event": "b"}\n', ":3: column 4: .*no JSON": json.dumps(lines[0]).encode() + b"\n\n   ]\n",
}
for i, (want, data) in enumerate(cases.items()):
    open(f"bad{i}", "wb").write(data)
    print(f"bad{i}\t{want}")
P
python3 spoil.py >cases || fail "the cases cannot be made"
while IFS=$'\t' read -r file want; do
    ends 1 20 "$CHANCERY" import e.db "$file"
    grep -Eq "^chancery: $file(:[0-9]+)?: " err || fail "$file ($want): the message does not say where: $(cat err)"
    want=${want//(/\\(} want=${want//)/\\)}
    grep -Eq "$want" err || fail "$file: not '$want' but $(cat err)"
done <cases
content e.db >second
cmp -s first second || fail "a file that was refused has left something"
# The others of a command are taken.
run 1 import e.db bad0 two.jsonl bad1
says out "2 files refused; $((n - 20)) events added"

run 2 import
run 2 import e.db
run 1 import e.db none.csv
says err 'none.csv'
echo no >text.csv
run 1 import text.csv all
mkdir folder
run 1 import e.db folder
finish
