#!/usr/bin/env python3
"""Make data/actors/wikidata.tsv: the Wikidata item of states and of people in the tables of office holders.

    tools/tables/wikidata.py FACTS_DIR

FACTS_DIR holds country-codes.csv (PDDL) and office-holders.tsv (Wikidata facts by way of government sites' data, CC0). A person is
matched by state and name; two items for one name of a state give none. Organisations are in wikidata-orgs.tsv, by hand. The result
is committed; the build never runs this.
"""
import collections, csv, glob, os, re, sys

from actors import HERE, REPO, fold
from codes import GONE


def slug(name):
    """As chy_actors_slug makes ids of names."""
    return re.sub(r"[^a-z0-9\x80-\U0010ffff]+", "-", re.sub(r"['.]", "", fold(name))).strip("-")


def main():
    facts, rows = sys.argv[1], {}
    for r in csv.DictReader(open(os.path.join(facts, "country-codes.csv"), encoding="utf8")):
        m = re.search(r"Q\d+", r["wikidata_id"])
        if m and re.fullmatch("[A-Z]{3}", r["ISO3166-1-Alpha-3"]):
            rows[r["ISO3166-1-Alpha-3"]] = m.group()
    rows.update({c: v[-1] for c, v in GONE.items()}, XKX="Q1246", TWN="Q865", PSE="Q219060", HKG="Q8646", VAT="Q237")
    items = collections.defaultdict(set)
    for r in csv.DictReader(open(os.path.join(facts, "office-holders.tsv"), encoding="utf8"), delimiter="\t"):
        if r["repo"] in REPO and re.fullmatch(r"Q\d+", r["wikidata"]):
            items[REPO[r["repo"]], fold(r["person"])].add(r["wikidata"])
    people, spelt = 0, collections.defaultdict(set)
    for path in [os.path.join(HERE, "leaders.tsv"), os.path.join(HERE, "holders.tsv")] + sorted(glob.glob(os.path.join(HERE, "offices", "*.tsv"))):
        for line in open(path, encoding="utf8"):
            if line.startswith(("#", "names\t")):
                continue
            c = line.rstrip("\n").split("\t")
            for name in [c[6]] + [n for n in c[0].split("|") if " " in n]:
                found = items.get((c[1], fold(name)), ()) or (items.get(("IGO", fold(name)), ()) if c[1] == "IGO" else ())
                if len(found) == 1:
                    spelt[c[1] + "." + slug(c[6])] |= found
    for i, found in spelt.items():
        if len(found) == 1:
            rows[i] = next(iter(found))
            people += 1
    of = collections.defaultdict(list)
    for i, q in rows.items():
        of[q].append(i)
    for q, ids in sorted(of.items()):
        if len(ids) > 1 and "--twice" in sys.argv:
            print(q, *ids)
    with open(os.path.join(HERE, "wikidata.tsv"), "w", encoding="utf8", newline="\n") as f:
        f.write("# The Wikidata item of an actor's id: states, and people in the tables of office holders. Sources: country-codes (PDDL), Wikidata by way of\n"
                "# government sites' data of office holders (CC0). Made by tools/tables/wikidata.py; organisations are in wikidata-orgs.tsv.\n"
                "id\twikidata\n")
        f.writelines(f"{i}\t{q}\n" for i, q in sorted(rows.items()))
    print(f"{len(rows) - people} states, {people} people")


if __name__ == "__main__":
    main()
