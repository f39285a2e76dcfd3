#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long `chancery query` takes: wall time of the whole command, the file in the cache, the median of five runs; and CPU time, which other
work on the machine does not lengthen.

    bench/record/ask.py COMMAND RECORD.db [--limit 50] [--runs 5] [--same OTHER_COMMAND]

What is asked for is drawn from the record: what is in it most often, seldom, and in between. With --limit 0 everything is asked for. With --same the
output is compared with that of another build.
"""
import argparse, resource, sqlite3, statistics, subprocess, sys, time

a = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
a.add_argument("command"), a.add_argument("record"), a.add_argument("--limit", type=int, default=50), a.add_argument("--runs", type=int, default=5)
a.add_argument("--same")
a = a.parse_args()
db = sqlite3.connect(f"file:{a.record}?mode=ro", uri=True)


def ranked(sql):
    """The most frequent, one in the middle, a rare one."""
    v = [r[0] for r in db.execute(sql)]
    return [v[0], v[len(v) // 8], v[len(v) // 2]] if v else []


some = "(SELECT * FROM {} WHERE event > (SELECT max(id) / 2 FROM event) LIMIT 40000)"
country = ranked(f"SELECT country FROM {some.format('participant')} WHERE length(country) = 3 AND country NOT IN ('UNK', 'IGO', 'NGO', 'MNC', 'ISM') GROUP BY 1 ORDER BY count(*) DESC, 1")
dyad = ranked(f"SELECT s.country || '>' || t.country FROM {some.format('participant')} s JOIN participant t ON t.event = s.event AND t.side = 'target' AND s.side = 'source' "
              "WHERE s.country <> t.country AND s.country <> 'UNK' AND t.country <> 'UNK' GROUP BY 1 ORDER BY count(*) DESC, 1")
types = ranked("SELECT type FROM (SELECT type FROM event WHERE id > (SELECT max(id) / 2 FROM event) LIMIT 40000) GROUP BY 1 ORDER BY count(*) DESC, 1")
person = ranked(f"SELECT a.name FROM {some.format('participant')} p JOIN actor a ON a.id = p.actor WHERE a.kind = 'person' GROUP BY 1 ORDER BY count(*) DESC, 1")
place = ranked("SELECT l.name FROM (SELECT place FROM event WHERE place IS NOT NULL LIMIT 20000) e JOIN place l ON l.id = e.place GROUP BY 1 ORDER BY count(*) DESC, 1")
publisher = ranked("SELECT s.name FROM (SELECT publisher FROM dispatch LIMIT 40000) d JOIN source s ON s.id = d.publisher GROUP BY 1 ORDER BY count(*) DESC, 1")
agency = ranked("SELECT s.name FROM (SELECT agency FROM dispatch_agency LIMIT 40000) d JOIN source s ON s.id = d.agency GROUP BY 1 ORDER BY count(*) DESC, 1")
mode = ranked("SELECT mode FROM (SELECT mode FROM event WHERE id > (SELECT max(id) / 2 FROM event) LIMIT 40000) WHERE mode <> '' AND mode NOT LIKE '%,%' GROUP BY 1 ORDER BY count(*) DESC, 1")
context = ranked("SELECT context FROM (SELECT context FROM event WHERE id > (SELECT max(id) / 2 FROM event) LIMIT 40000) WHERE context <> '' AND context NOT LIKE '%,%' GROUP BY 1 ORDER BY count(*) DESC, 1")
sector = ranked(f"SELECT sector FROM {some.format('participant')} WHERE sector <> '' AND sector NOT LIKE '%,%' GROUP BY 1 ORDER BY count(*) DESC, 1")
denier = ranked("SELECT country FROM (SELECT country FROM claim WHERE stance = 'denies' AND length(country) = 3 AND country <> 'UNK' LIMIT 5000) GROUP BY 1 ORDER BY count(*) DESC, 1")
day = db.execute("SELECT date_begin FROM event WHERE id = (SELECT max(id) / 2 FROM event)").fetchone()[0] or "2018"
q = lambda v: f'"{v}"'
asked = [("everything", [])]
asked += [("actor", [f"actor:{c}"]) for c in country] + [("source", [f"source:{country[0]}"])] + [("a person", ["actor:" + q(p)]) for p in person] + [("a piece of a name", ["actor:min"])]
asked += [("dyad", ["dyad:" + d.replace(">", "-")]) for d in dyad] + [("dyad, one way", ["dyad:" + dyad[0]])]
asked += [("dyad and days", ["dyad:" + d.replace(">", "-"), f"from:{day[:4]}", f"to:{int(day[:4]) + 1}"]) for d in dyad[:2]]
asked += [("days", [f"from:{day[:7]}", f"to:{day[:7]}"]), ("from a day on", [f"from:{day}"])]
asked += [("type", [f"type:{t}"]) for t in types] + [("types", ["type:" + ",".join(types)])]
asked += [("quad", ["quad:4"]), ("quad and status", ["quad:4", "status:claimed,disputed"]), ("status", ["status:denied"])]
asked += [("place", ["place:" + q(p)]) for p in place] + [("place, a country", [f"place:{c}"]) for c in country[:2]]
asked += [("publisher", ["publisher:" + q(p)]) for p in publisher] + [("publisher and actor", ["publisher:" + q(publisher[0]), f"actor:{country[1]}"])]
asked += [("agency", ["agency:" + q(v)]) for v in agency] + [("mode", [f"mode:{v}"]) for v in mode] + [("context", [f"context:{v}"]) for v in context] + [("sector", [f"sector:{v}"]) for v in sector]
asked += [("not", [f"-actor:{country[0]}", f"-type:{types[0]}"])]
asked += [("text", [f"text:{w}"]) for w in ("ceasefire", "border", "minister", "soldiers")] + [("phrase", ['text:"prime minister"']), ("words and dyad", ["border", "dyad:" + dyad[0].replace(">", "-")])]
asked += [("voice", [f"voice:{c}"]) for c in country[:2]] + [("denier", [f"denier:{d}"]) for d in denier] + [("actor and type", [f"actor:{country[1]}", f"type:{types[2]}"])]
asked += [("contested", ["contested:yes"]), ("contested and dyad", ["contested:yes", "dyad:" + dyad[0].replace(">", "-")])]
asked += [("incidents", ["--incidents"]), ("incidents, dyad", ["--incidents", "dyad:" + dyad[0].replace(">", "-")]), ("incidents, actor", ["--incidents", f"actor:{country[0]}"]),
          ("incidents, publisher", ["--incidents", "publisher:" + q(publisher[1])]), ("incidents, words", ["--incidents", "ceasefire"]),
          ("incidents, type and days", ["--incidents", f"type:{types[1]}", f"from:{day[:4]}"]), ("incidents, contested", ["--incidents", "contested:yes"])]
worst = 0
for name, terms in asked:
    rest = ["--limit", str(a.limit)] if a.limit else []
    def run(command):
        return subprocess.run([command, "query", a.record, *terms, *rest, "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    took, used = [], []
    for _ in range(a.runs):
        t0, c0 = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        out = run(a.command)
        c1 = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append((time.perf_counter() - t0) * 1000)
        used.append((c1.ru_utime + c1.ru_stime - c0.ru_utime - c0.ru_stime) * 1000)
    if out.returncode:
        sys.exit(f"{terms}: {out.stderr.decode()}")
    note = ""
    if a.same:
        note = "  same" if run(a.same).stdout == out.stdout else "  OTHER OUTPUT"
    worst = max(worst, statistics.median(took))
    print(f"{statistics.median(took):8.1f} ms  {statistics.median(used):7.1f} CPU  {out.stdout.count(10):7} rows  {name}: {' '.join(terms)}{note}", flush=True)
print(f"{worst:8.1f} ms  the slowest")
