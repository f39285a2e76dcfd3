# What is asked for comes out, all of it, in the order of days, whichever index leads to it: every expression against a plain reading of the tables.
. "$HERE/lib.sh"

python3 "$ROOT/bench/record/synthesize.py" $((400 / SHORTER)) --years 3 >made.jsonl
python3 "$ROOT/bench/record/synthesize.py" $((400 / SHORTER)) --years 3 | cmp -s - made.jsonl || fail "made-up dispatches are not the same each time"
run 0 add r.db made.jsonl
cat >asked.py <<'P'
import collections, json, re, sqlite3, subprocess, sys, unicodedata
command, base = sys.argv[1:]
db = sqlite3.connect(base)
db.row_factory = sqlite3.Row
events = [dict(r) for r in db.execute("SELECT e.*, d.text AS words, d.title, s.name AS publisher, l.name AS place_name, l.country AS place_country, m.incident, i.contested, i.first_event, i.date_begin AS began "
          "FROM event e JOIN dispatch d ON d.id = e.dispatch LEFT JOIN source s ON s.id = d.publisher LEFT JOIN place l ON l.id = e.place "
          "JOIN incident_event m ON m.event = e.id JOIN incident i ON i.id = m.incident WHERE e.withdrawn_utc IS NULL")]
parts, claims = collections.defaultdict(list), collections.defaultdict(list)
for r in db.execute("SELECT p.*, a.key, a.name FROM participant p JOIN actor a ON a.id = p.actor"): parts[r["event"]].append(r)
for r in db.execute("SELECT c.*, a.key, a.name, s.name AS source_name FROM claim c LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source"): claims[r["event"]].append(r)
is_code = lambda v: len(v) == 3 and v.isalpha() and v.isupper()
words = lambda v: re.findall(r"\w+", unicodedata.normalize("NFKD", v.lower()).encode("ascii", "ignore").decode())
begins = lambda v, name: any(name[i:i + len(v) - 1] == v[:-1] and name[i + len(v) - 1].startswith(v[-1]) for i in range(len(name) - len(v) + 1))
means = lambda v, r: r["country"] == v if is_code(v) else r["key"] == v or begins(words(v), words(r["name"] or ""))
side = lambda e, v, s=None: any(means(v, p) for p in parts[e["id"]] if s in (None, p["side"]))
hold = {
    "actor": lambda e, v: side(e, v), "source": lambda e, v: side(e, v, "source"), "target": lambda e, v: side(e, v, "target"),
    "dyad": lambda e, v: side(e, v.split(">")[0], "source") and side(e, v.split(">")[1], "target") if ">" in v else
            any(side(e, a, "source") and side(e, b, "target") for a, b in (v.split("-"), v.split("-")[::-1])),
    "type": lambda e, v: e["type"] == v, "status": lambda e, v: e["status"] == v, "quad": lambda e, v: e["quad"] == int(v),
    "from": lambda e, v: (e["date_end"] or "") >= (v + "-01-01")[:10] if len(v) == 4 else (e["date_end"] or "") >= (v + "-01")[:10],
    "to": lambda e, v: e["date_begin"] is not None and e["date_begin"] <= (v + "-12-31" if len(v) == 4 else v),
    "place": lambda e, v: v == (e["place_country"] if is_code(v) else e["place_name"]), "publisher": lambda e, v: e["publisher"] == v,
    "voice": lambda e, v: any(c["source_name"] == v or means(v, c) for c in claims[e["id"]]),
    "denier": lambda e, v: any(c["stance"] == "denies" and (c["source_name"] == v or means(v, c)) for c in claims[e["id"]]),
    "contested": lambda e, v: e["contested"] == (v == "yes"), "incident": lambda e, v: e["incident"] == int(v), "dispatch": lambda e, v: e["dispatch"] == int(v),
    "event": lambda e, v: e["key"] == v,
}
def holds(e, term):
    minus = term.startswith("-")
    field, values = term.lstrip("-").split(":", 1)
    return any(hold[field](e, v) for v in values.replace('"', "").split(",")) != minus
top = lambda v: [x for x, _ in collections.Counter(v).most_common()]
country = [c for c in top(p["country"] for v in parts.values() for p in v) if is_code(c) and c != "UNK"]
pairs = top((p["country"], q["country"]) for v in parts.values() for p in v for q in v if p["side"] == "source" and q["side"] == "target" and is_code(p["country"]) and is_code(q["country"]))
names = top(p["name"] for v in parts.values() for p in v if "," not in p["name"] and '"' not in p["name"])
types, places, publishers = top(e["type"] for e in events), top(e["place_name"] for e in events if e["place_name"]), top(e["publisher"] for e in events)
year = top(e["date_begin"][:4] for e in events if e["date_begin"])[0]
q = lambda v: f'"{v}"'
a, b = pairs[0]
asked = [[f"actor:{country[0]}"], [f"actor:{country[0]},{country[1]}"], [f"source:{country[2]}"], [f"-target:{country[0]}", f"type:{types[0]}"], [f"actor:{q(names[0])}"], [f"actor:{q(names[-1])}"],
         ["actor:an"], ["actor:min"], [f"actor:{q(names[1][:-2])}"], [f"actor:{q(names[2].split()[-1].upper())}"], ["actor:nobody at all".replace(" ", "")], [f"dyad:{a}-{b}"], [f"dyad:{a}>{b}"], [f"dyad:{a}-{b},{pairs[1][0]}>{pairs[1][1]}", f"from:{year}"], [f"dyad:{country[0]}-{q(names[3])}"],
         [f"type:{types[1]}"], [f"type:{types[0]},{types[2]},{types[-1]}", f"to:{year}"], ["quad:4"], ["quad:3,4", "status:claimed,disputed"], ["status:denied"], [f"from:{year}-06", f"to:{year}-08-31"],
         [f"from:{year}", f"to:{year}"], [f"to:{year}"], [f"place:{q(places[0])}"], [f"place:{country[0]},{q(places[1])}"], [f"publisher:{q(publishers[0])}"], [f"publisher:{q(publishers[-1])}"],
         [f"voice:{country[0]}"], [f"voice:{country[1]}", f"from:{year}"], ["denier:" + ",".join(country[:20])], ["contested:yes"], ["contested:no", f"type:{types[0]}"], ["incident:3"], ["dispatch:7,2"],
         [f"event:{events[5]['key']}"], ["-contested:yes", f"-from:{year}"], []]
wrong = 0
for terms in asked:
    want = [e for e in events if all(holds(e, t) for t in terms)]
    for kind in ("events", "incidents"):
        if kind == "events": rows = [e["id"] for e in sorted(want, key=lambda e: (e["date_begin"] is None, e["date_begin"] or "", e["id"]))]
        else: rows = [e["incident"] for e in sorted((e for e in want if e["first_event"] == e["id"]), key=lambda e: (e["began"] is None, e["began"] or "", e["incident"]))]
        for limit in (0, 4, 50):
            out = subprocess.run([command, "query", base, *terms, "--format", "jsonl", *(["--limit", str(limit)] if limit else []), *(["--incidents"] if kind == "incidents" else [])], stdout=subprocess.PIPE).stdout
            got = [int(json.loads(l)["id"]) for l in out.splitlines()]
            if got != (rows[:limit] if limit else rows): print(terms, kind, limit, "want", len(rows), rows[:6], "got", len(got), got[:6]); wrong += 1
        if not wrong and not rows and kind == "events" and terms not in ([f"-target:{country[0]}", f"type:{types[0]}"], asked[7]): print(terms, "nothing to find")
sys.exit(wrong > 0)
P
python3 asked.py "$CHANCERY" r.db >said || { cat said >&2; fail "a query leaves out or adds rows"; }
cat said

# Words: the stories that have them, however many they are.
for w in border minister '"prime minister"'; do
    run 0 query r.db "text:$w" --format jsonl
    n=$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM event WHERE dispatch IN (SELECT rowid FROM dispatch_fts WHERE dispatch_fts MATCH ?)", (sys.argv[2],)).fetchone()[0])' r.db "$w")
    lines out "$n"
    cut -d, -f1 out | head -5 >first
    run 0 query r.db "text:$w" --format jsonl --limit 5
    cut -d, -f1 out | cmp -s - first || fail "the first five with $w are others"
done
finish
