#!/usr/bin/env python3
"""Check the tables of actors (not those of office holders: check_offices.py): tools/tables/check_actors.py [--count]

Errors, by file and line (exit 1): a wrong number of cells, an unknown kind, country, sector or case, dates that are none or in the wrong
order; a name told twice for the same days with other codes; an organisation without id, ids of several countries or names; groups
without members, members of no group, a state twice in a group on one day; codes told twice for one day; items of no actor, or two of one.
--count prints rows, actors and names a file.
"""
import collections, glob, os, re, sys

from actors import HERE, NAMES, fold
from check_offices import OTHER, SECTORS, day

COLUMNS = "names what country sectors name id case from to members".split()
WHATS = set("state capital seat city region kingdom demonym ethnic continent continental people org group armed party force service legislature agency company mnc ngo".split())
ORGS = set("org group armed party force service legislature agency company mnc ngo".split())
errors = 0


def error(path, no, what):
    global errors
    errors += 1
    print(f"data/actors/{path}:{no}: {what}")


def table(path, columns):
    """(line number, row as dict) of each row with the right number of cells."""
    head = None
    for no, line in enumerate(open(os.path.join(HERE, path), encoding="utf8"), 1):
        line = line.rstrip("\n")
        if line.startswith("#") or not line:
            continue
        c = line.split("\t")
        if head is None:
            head = c
            if c != columns:
                error(path, no, f"columns are {' '.join(c)}, not {' '.join(columns)}")
        elif len(c) != len(columns):
            error(path, no, f"{len(c)} cells, not {len(columns)}")
        else:
            yield no, dict(zip(columns, c))


def span(path, no, r):
    """First and last day as ordinals; None where they are none."""
    a, b = day(r["from"], False) if r["from"] else 0, day(r["to"], True) if r["to"] else 10 ** 7
    if a is None or b is None:
        error(path, no, f"{r['from']}..{r['to']}: no dates")
        return None
    a, b = a and a.toordinal(), b if b == 10 ** 7 else b.toordinal()
    if a > b:
        error(path, no, f"{r['from']}..{r['to']}: ends before it begins")
        return None
    return a, b


def main():
    states = {r["country"] for _, r in table("states.tsv", COLUMNS)} | OTHER
    names, ids, groups, counts = collections.defaultdict(list), {}, set(), {}
    for path in NAMES:
        n_names, of = 0, set()
        for no, r in table(path, COLUMNS):
            if r["what"] not in WHATS:
                error(path, no, f"{r['what']}: no kind")
            if r["country"] not in states:
                error(path, no, f"{r['country']}: no country")
            for s in filter(None, r["sectors"].split(",")):
                if s not in SECTORS:
                    error(path, no, f"{s}: no sector")
            if r["case"] not in ("", "caps", "any", "shared"):
                error(path, no, f"{r['case']}: no case")
            for s in r["members"].split():
                if s not in states:
                    error(path, no, f"{s}: no country")
            if r["what"] in ORGS and not r["id"]:
                error(path, no, "no id")
            if r["id"]:
                if r["what"] == "group":
                    groups.add(r["id"])
                if r["id"] != r["country"] and ids.setdefault(r["id"], (r["country"], r["name"], path, no))[:2] != (r["country"], r["name"]):
                    error(path, no, f"{r['id']} is {ids[r['id']][0]} {ids[r['id']][1]} in {ids[r['id']][2]}:{ids[r['id']][3]}, here {r['country']} {r['name']}")
            of.add(r["id"] or (r["country"], r["name"]))
            days = span(path, no, r)
            for n in r["names"].split("|"):
                n_names += 1
                if not re.search(r"\w", n):
                    error(path, no, "an empty name")
                names[fold(n)].append((days or (0, 0), bool(r["from"] or r["to"]), r, path, no))
        counts[path] = (sum(1 for _ in table(path, COLUMNS)), len(of), n_names)
    for k, rows in names.items():
        for i, (d, dated, r, path, no) in enumerate(rows):
            for e, other, q, path2, no2 in rows[:i]:
                who = [(x["country"], x["sectors"], x["id"] if x["what"] in ORGS else "") for x in (r, q)]
                same = who[0] == who[1]
                if other != dated or r["case"] == "caps" or q["case"] == "caps":
                    continue  # the dated row goes before the other; letters tell them apart
                if max(d[0], e[0]) <= min(d[1], e[1]) and not same and not (dated and other and (d[0] == e[1] or e[0] == d[1])):
                    error(path, no, f"'{k}' is {q['country']} {q['sectors']} {q['id'] or q['name']} in {path2}:{no2}, here {r['country']} {r['sectors']} {r['id'] or r['name']}")
                elif same and d == e and r["case"] == q["case"] and r["what"] == q["what"]:
                    error(path, no, f"'{k}' is told already in {path2}:{no2}")
    members, told = set(), collections.defaultdict(list)
    for no, r in table("members.tsv", "group states from to".split()):
        members.add(r["group"])
        d = span("members.tsv", no, r)
        if r["group"] not in ids:
            error("members.tsv", no, f"{r['group']}: no such id")
        for s in r["states"].split("|"):
            if s not in states:
                error("members.tsv", no, f"{s}: no country")
            if d and any(max(d[0], e[0]) <= min(d[1], e[1]) for e in told[r["group"], s]):
                error("members.tsv", no, f"{s} is in {r['group']} already on these days")
            told[r["group"], s].append(d or (0, 0))
    for g in sorted(groups - members):
        error("members.tsv", 0, f"{g} has no members")
    told.clear()
    for no, r in table("codes.tsv", "state scheme code from to".split()):
        d = span("codes.tsv", no, r)
        if d and any(max(d[0], e[0]) <= min(d[1], e[1]) for e in told[r["state"], r["scheme"]]):
            error("codes.tsv", no, f"{r['state']} has a code of {r['scheme']} already on these days")
        told[r["state"], r["scheme"]].append(d or (0, 0))
    for no, r in table("epithets.tsv", "words states from to".split()):
        span("epithets.tsv", no, r)
        for s in r["states"].split():
            if s not in states:
                error("epithets.tsv", no, f"{s}: no country")
    seen = {}
    for path in ("wikidata.tsv", "wikidata-orgs.tsv"):
        for no, r in table(path, ["id", "wikidata"]):
            if not re.fullmatch(r"Q[1-9]\d*", r["wikidata"]):
                error(path, no, f"{r['wikidata']}: no item")
            if r["id"] in seen:
                error(path, no, f"{r['id']} has {seen[r['id']]} already")
            seen[r["id"]] = r["wikidata"]
            if path == "wikidata-orgs.tsv" and r["id"] not in ids and r["id"] not in members:
                error(path, no, f"{r['id']}: no such actor")
    if "--count" in sys.argv:
        for path, (rows, actors, n) in counts.items():
            print(f"{path:15} {rows:5} rows {actors:5} actors {n:5} names")
    print(f"{sum(c[0] for c in counts.values())} rows, {len(ids)} ids, {len(seen)} items, {errors} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
