#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A large record out of a small one, for measuring queries: its rows again and again under new ids.

    bench/record/replicate.py COMMAND SMALL.db LARGE.db EVENTS [--seed S]

COMMAND makes the empty record, so that LARGE.db has the layout of today; SMALL.db must have it too. Each round takes all rows of SMALL.db
with their days shifted over nine years, the states exchanged for others, and bodies and persons for one of four sets. Dispatches are
repeated with their texts, but without what copies are found by: the record is for asking, not for adding to.
"""
import argparse, os, random, sqlite3, subprocess, sys, time

SETS = 4 # of bodies and persons; there are not more of them in more news, or not by much
OWN = {"event.id": "E", "event.dispatch": "D", "event.within": "E", "participant.event": "E", "claim.event": "E", "link.event": "E", "link.other": "E",
       "dispatch.id": "D", "dispatch.page": "P", "dispatch_agency.dispatch": "D", "copy.dispatch": "D", "copy.original": "D", "page.id": "P",
       "incident.id": "I", "incident.first_event": "E", "incident_event.event": "E", "incident_event.incident": "I",
       "voice.event": "E", "voice.through": "E"}
DAYS = {"event.date_begin", "event.date_end", "dispatch.published_begin", "dispatch.published_end", "incident.date_begin", "incident.date_end"}
TABLES = ["page", "dispatch", "dispatch_agency", "event", "participant", "claim", "link", "copy", "incident", "incident_event", "voice"]


def columns(db, table):
    return [r[1] for r in db.execute(f"PRAGMA small.table_info({table})")]


def cell(table, name, shift):
    c, full = f't."{name}"', f"{table}.{name}"
    if full in OWN:
        return f"{c} + :{OWN[full]}"
    if full in DAYS:
        return f"date({c}, '{shift} days')"
    if full == "page.hash":
        return f"substr({c}, 1, 26) || printf('%06x', :k)"
    if full == "event.key":
        return f"substr({c}, 1, 12) || printf('%04x', :k)"
    if name == "actor":
        return f"coalesce((SELECT now FROM actors WHERE was = {c}), {c} + :A)"
    if name == "country" and table in ("participant", "claim"):
        return f"coalesce((SELECT now FROM states WHERE was = {c}), {c})"
    if name in ("day", "span") and table in ("participant", "claim", "incident_event"):
        return f"(SELECT {name} FROM main.event e WHERE e.id = t.event + :E)"
    return c


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    a.add_argument("command"), a.add_argument("small"), a.add_argument("large"), a.add_argument("events", type=int)
    a.add_argument("--seed", type=int, default=1)
    a = a.parse_args()
    rng, begin = random.Random(a.seed), time.monotonic()
    if os.path.exists(a.large):
        sys.exit(f"{a.large}: is there already")
    subprocess.run([a.command, "add", "--quiet", a.large, "-"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    db = sqlite3.connect(a.large, isolation_level=None)
    db.execute("ATTACH ? AS small", (a.small,))
    db.execute("PRAGMA main.journal_mode = OFF"), db.execute("PRAGMA main.synchronous = OFF"), db.execute("PRAGMA foreign_keys = OFF"), db.execute("PRAGMA main.cache_size = -400000")
    db.execute("BEGIN")
    later = db.execute("SELECT type, name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND (type = 'trigger' OR type = 'index')").fetchall()
    for kind, name, _ in later:
        db.execute(f"DROP {kind} {name}")
    top = {x: db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM small.{t}").fetchone()[0] for x, t in (("E", "event"), ("D", "dispatch"), ("P", "page"), ("I", "incident"), ("A", "actor"))}
    n = db.execute("SELECT count(*) FROM small.event").fetchone()[0]
    if not n:
        sys.exit(f"{a.small}: holds no events")
    for t in ("run", "source", "place"):
        db.execute(f"DELETE FROM main.{t}")
        names = ", ".join(f'"{c}"' for c in columns(db, t))
        db.execute(f"INSERT INTO main.{t} ({names}) SELECT {names} FROM small.{t}")
    for s in range(SETS):
        db.execute("INSERT INTO main.actor (id, key, name, kind) SELECT id + ?1, key || CASE WHEN ?2 THEN '~' || ?2 ELSE '' END, name, kind FROM small.actor WHERE ?2 = 0 OR kind <> 'state'", (s * top["A"], s))
    states = db.execute("SELECT key, id FROM small.actor WHERE kind = 'state' AND length(key) = 3").fetchall()
    db.execute("CREATE TEMP TABLE states (was TEXT PRIMARY KEY, now TEXT)"), db.execute("CREATE TEMP TABLE actors (was INTEGER PRIMARY KEY, now INTEGER)")
    rounds = -(-a.events // n)
    for k in range(rounds):
        db.execute("DELETE FROM temp.states"), db.execute("DELETE FROM temp.actors")
        to = list(states)
        if k:
            for i in range(0, len(to)): # with a neighbour, so that states much in the news stay so on the whole
                j = min(len(to) - 1, i + rng.randrange(8))
                to[i], to[j] = to[j], to[i]
        db.executemany("INSERT INTO temp.states VALUES (?, ?)", [(w[0], t[0]) for w, t in zip(states, to)])
        db.executemany("INSERT INTO temp.actors VALUES (?, ?)", [(w[1], t[1]) for w, t in zip(states, to)])
        db.execute("INSERT OR IGNORE INTO temp.actors SELECT id, id FROM small.actor WHERE kind = 'state'")
        bind = {"k": k, **{x: top[x] * (k % SETS if x == "A" else k) for x in top}}
        for t in TABLES:
            names = columns(db, t)
            to, shift = ", ".join(f'"{c}"' for c in names), f"{k * 397 % 3400:+d}"
            sql = f"INSERT INTO main.{t} ({to}) SELECT {', '.join(cell(t, c, shift) for c in names)} FROM small.{t} t"
            used = {x: v for x, v in bind.items() if ":" + x in sql}
            db.execute(sql, used)
        print(f"{(k + 1) * n:,} events, {time.monotonic() - begin:,.0f} s", flush=True)
    if db.execute("SELECT count(*) FROM main.sqlite_schema WHERE name = 'dyad'").fetchone()[0]:
        db.execute("INSERT INTO main.dyad SELECT DISTINCT s.country, t.country, s.span, s.day, s.event FROM main.participant s JOIN main.participant t ON t.event = s.event AND t.side = 'target' "
                   "WHERE s.side = 'source' ORDER BY 1, 2, 3, 4, 5")
    db.execute("CREATE TEMP TABLE rounds (k INTEGER)"), db.executemany("INSERT INTO temp.rounds VALUES (?)", [(k,) for k in range(rounds)])
    db.execute("INSERT INTO main.facet (field, value, span, day, event) SELECT f.field, f.value, e.span, e.day, e.id FROM temp.rounds r CROSS JOIN small.facet f CROSS JOIN main.event e "
               "ON e.id = f.event + r.k * ? ORDER BY 1, 2, 3, 4, 5", (top["E"],))
    for kind, name, sql in later:
        db.execute(sql)
    db.execute("COMMIT")
    print(f"indexes, {time.monotonic() - begin:,.0f} s", flush=True)
    for words in ("actor_fts", "dispatch_fts"):
        db.execute(f"INSERT INTO {words} ({words}) VALUES ('rebuild')")
    print(f"words, {time.monotonic() - begin:,.0f} s", flush=True)
    db.execute("DETACH small")
    db.execute("PRAGMA main.journal_mode = WAL")
    db.close()


if __name__ == "__main__":
    main()
