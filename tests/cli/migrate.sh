# A record of every earlier layout is brought up to this one when it is opened: what it holds is there, and it goes on as one made today.
. "$HERE/lib.sh"

cat >small.py <<'P'
import json, sys
for i, f in enumerate(sys.argv[2:]):
    if int(sys.argv[1]) == i % 2:
        print(json.dumps({"id": str(i), "publisher": f"Paper {i % 3}", "agency": "Wire", "text": open(f).read()}))
P
python3 small.py 0 "$ROOT"/samples/*.txt >first.jsonl
python3 small.py 1 "$ROOT"/samples/*.txt >second.jsonl
cat >>first.jsonl <<'J'
{"id": "a", "published": "2024-08-01", "publisher": "Wire One", "text": "KYIV - Ukraine accused Iran of supplying attack drones to Russia. Iran and Russia held talks in Tehran on Tuesday."}
{"id": "b", "published": "2024-08-03", "publisher": "Wire Two", "text": "TEHRAN - Iran denied that it had supplied attack drones to Russia."}
J
run 0 add one.db first.jsonl
run 0 query one.db --format jsonl
cp out one.events
cat >old.py <<'P'
"""The rows of a record into the tables of an earlier layout."""
import sqlite3, sys
new, old, layout, version = sys.argv[1:]
db = sqlite3.connect(old)
db.executescript(open(layout).read())
db.execute("PRAGMA foreign_keys = OFF"), db.execute("ATTACH ? AS new", (new,))
for (t,) in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'").fetchall():
    had = {r[1] for r in db.execute(f"PRAGMA new.table_info({t})")}
    names = ", ".join(f'"{r[1]}"' for r in db.execute(f"PRAGMA main.table_info({t})") if r[1] in had)
    db.execute(f"INSERT INTO main.{t} ({names}) SELECT {names} FROM new.{t} ORDER BY rowid" if t not in ("participant", "claim", "dyad", "link", "denial", "dispatch_agency", "sketch_key", "verdict")
               else f"INSERT INTO main.{t} ({names}) SELECT {names} FROM new.{t}")
db.commit()
db.execute(f"PRAGMA user_version = {version}"), db.execute("PRAGMA application_id = %d" % db.execute("PRAGMA new.application_id").fetchone()[0])
P
cat >alike.py <<'P'
"""Two records have the same tables, indexes, triggers, views and rows."""
import sqlite3, sys
a, b = (sqlite3.connect(f) for f in sys.argv[1:])
made = lambda db: sorted(db.execute("SELECT type, name, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL"))
tables = lambda db: {t: sorted(r[1:] for r in db.execute(f"PRAGMA table_xinfo({t})")) for (t,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")}
assert made(a) == made(b), set(made(a)) ^ set(made(b))
ta, tb = tables(a), tables(b)
assert ta == tb, [(t, ta.get(t), tb.get(t)) for t in {*ta, *tb} if ta.get(t) != tb.get(t)]
stat = lambda db: sorted(db.execute("SELECT tbl, idx FROM sqlite_stat1"))
assert stat(a) == stat(b), set(stat(a)) ^ set(stat(b))
for t in ta:
    if "_fts" in t or t == "run": continue
    names = ", ".join(f'"{c[0]}"' for c in ta[t] if not c[0].endswith("_utc"))
    rows = lambda db: sorted(map(repr, db.execute(f"SELECT {names} FROM {t}")))
    assert rows(a) == rows(b), (t, [r for r in rows(a) if r not in rows(b)][:2], [r for r in rows(b) if r not in rows(a)][:2])
for db in (a, b):
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not db.execute("PRAGMA foreign_key_check").fetchall()
    for t in ("dispatch_fts", "actor_fts"): db.execute(f"INSERT INTO {t} ({t}) VALUES ('integrity-check')")
for word in ("talks", "nobodysword"):
    f = lambda db: db.execute("SELECT count(*) FROM dispatch_fts WHERE dispatch_fts MATCH ?", (word,)).fetchone()
    assert f(a) == f(b)
assert [db.execute("SELECT count(*) FROM actor_fts WHERE actor_fts MATCH 'ir*'").fetchone()[0] > 0 for db in (a, b)] == [True, True]
P
current=$(python3 -c 'import sqlite3; print(sqlite3.connect("one.db").execute("PRAGMA user_version").fetchone()[0])')
for version in $(seq 1 $((current - 1))); do
    layout=$HERE/layouts/$version.sql
    [ -e "$layout" ] || { fail "no tables of layout $version"; continue; }
    python3 old.py one.db "old$version.db" "$layout" "$version" || fail "cannot make a record of layout $version"
    cp "old$version.db" read.db

    # Opened to be read: the same events are found.
    run 0 query read.db --format jsonl
    cmp -s out one.events || fail "layout $version: other events are found"
    python3 alike.py one.db read.db || fail "layout $version: another record came out"

    # Opened to be written: it goes on as the other does.
    cp one.db two.db
    run 0 add two.db second.jsonl
    run 0 add "old$version.db" second.jsonl
    python3 alike.py two.db "old$version.db" || fail "layout $version: it does not go on as one made today"

    # Only to be read: said, and nothing is done.
    if python3 old.py one.db "shut$version.db" "$layout" "$version" && chmod a-w "shut$version.db" && [ ! -w "shut$version.db" ]; then
        run 1 query "shut$version.db"
        says err "shut$version.db: .*it may only be read"
    fi
done
finish
