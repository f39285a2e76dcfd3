#!/usr/bin/env python3
"""Make data/actors/codes.tsv: the codes of states in other schemes, with their dates.

    tools/tables/codes.py FACTS_DIR

FACTS_DIR holds country-codes.csv (PDDL) and cow-states.csv (Correlates of War, state system 2016; CC BY 4.0). What Gleditsch and Ward
number otherwise than Correlates of War stands below. The result is committed; the build never runs this.
"""
import csv, os, re, sys

from actors import COW, HERE

# Members of Correlates of War's system whose three letters are not ISO's, beyond those of actors.COW.
LETTERS = dict(COW, GMY="DEU", CZR="CZE", CZE="CSK", YPR="YMD", YAR="YEM", YUG="YUG", RUS="RUS", ZAN=None, TAZ="TZA", DOM="DOM", DMA="DMA", ETM="TLS",
               NAU="NRU", ROM="ROU", STP="STP", SNM="SMR", LIE="LIE", FSM="FSM", TUV="TUV", TON="TON", KIR="KIR", AFG="AFG")
GONE = {  # ISO 3166-3: alpha-2, numeric, FIPS, first and last day, Wikidata
    "SUN": ("SU", 810, "UR", "1922-12-30", "1991-12-25", "Q15180"), "DDR": ("DD", 278, "GC", "1949-10-07", "1990-10-02", "Q16957"),
    "CSK": ("CS", 200, "CZ", "1918-10-28", "1992-12-31", "Q33946"), "YUG": ("YU", 891, "YO", "1918-12-01", "2003-02-03", "Q36704"),
    "SCG": ("CS", 891, "YI", "2003-02-04", "2006-06-02", "Q37024"), "YMD": ("YD", 720, "YS", "1967-11-30", "1990-05-21", "Q199841"),
    "VDR": ("", 0, "VS", "1954-07-21", "1975-04-30", "Q180573"),
}
# Correlates of War's Yugoslavia (345) goes on as Serbia's; its number and the union's day by day.
SPLIT = {345: [("YUG", "", "2003-02-03"), ("SCG", "2003-02-04", "2006-06-02"), ("SRB", "2006-06-03", "")],
         365: [("SUN", "", "1991-12-25"), ("RUS", "1991-12-26", "")]}
# Gleditsch and Ward, where not as Correlates of War: (state, number, from, to). None: no member.
GW = {"DEU": [("260", "1949-09-21", "")], "YEM": [("678", "1918-10-30", "")], "SRB": [("340", "2006-06-05", "")], "SCG": [("345", "2003-02-04", "2006-06-04")],
      "KIR": [("970", "1979-07-12", "")], "NRU": [("971", "1968-01-31", "")], "TON": [("972", "1970-06-04", "")], "TUV": [("973", "1978-10-01", "")],
      "DDR": [("265", "1949-10-05", "1990-10-02")], "JPN": [("740", "1868-01-03", "")]}


def names():
    """Names of states (by the tables of actors) and of territories (by that of places)."""
    rows = lambda path: csv.DictReader((l for l in open(path, encoding="utf8") if not l.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = {}
    for table in ("states.tsv", "names.tsv"):
        for r in rows(os.path.join(HERE, table)):
            if r["what"] == "state" and re.fullmatch("[A-Z]{3}", r["id"] or "") and r["country"] == r["id"]:
                found.setdefault(r["id"], []).append(r["name"])
    for r in rows(os.path.join(HERE, "..", "places", "places.tsv")):
        if r["kind"] == "country" and r["country"] not in found:
            found[r["country"]] = [r["name"].split("|")[0]]
    return {k: next((n for n in v if n in NAMES), v[0]) for k, v in found.items()}


# Of the states that stand for their territories too.
NAMES = {"United States", "United Kingdom", "China", "Democratic Republic of the Congo", "Netherlands", "New Zealand", "Norway", "France", "Australia", "Denmark"}


def main():
    facts, out = sys.argv[1], []
    seen = set()
    for r in csv.DictReader(open(os.path.join(facts, "country-codes.csv"), encoding="utf8")):
        a3 = r["ISO3166-1-Alpha-3"]
        if not re.fullmatch("[A-Z]{3}", a3):
            continue
        seen.add(a3)
        a2, fips = r["ISO3166-1-Alpha-2"] or ("NA" if a3 == "NAM" else ""), re.split(r"[ ,]+", r["FIPS"].strip())[0]
        out += [(a3, "iso2", a2, "", ""), (a3, "isonum", r["ISO3166-1-numeric"], "", "")]
        if re.fullmatch("[A-Z]{2}", fips):
            out.append((a3, "fips", fips, "", ""))
    for a3, (a2, num, fips, a, b, _) in GONE.items():
        out += [(a3, s, str(c), a, b) for s, c in (("iso2", a2), ("isonum", num), ("fips", fips)) if c]
    out += [("XKX", "iso2", "XK", "", ""), ("XKX", "fips", "KV", "", ""), ("SRB", "fips", "RI", "2006-06-03", "")]
    seen |= set(GONE) | {"XKX"}
    day = lambda r, p: "%s-%02d-%02d" % (r[p + "year"], int(r[p + "month"]), int(r[p + "day"]))
    for r in csv.DictReader(open(os.path.join(facts, "cow-states.csv"), encoding="utf8")):
        if int(r["endyear"]) < 1945:
            continue
        a, b, n, letters = day(r, "st"), day(r, "end") if r["endyear"] != "2016" else "", int(r["ccode"]), r["stateabb"]
        spans = SPLIT.get(n) or [(LETTERS.get(letters, letters), "", "")]
        for a3, x, y in spans:
            if not a3:
                continue
            if a3 not in seen:
                raise SystemExit(f"{letters} {r['statenme']}: {a3} is no code")
            x, y = max(a, x), min(b or "9999", y or "9999").replace("9999", "")
            if y and x > y:
                continue
            out += [(a3, "cow", str(n), x, y), (a3, "cowabb", letters, x, y)]
            if a3 not in GW:
                out.append((a3, "gw", str(n), x, y))
    out += [(a3, "gw", n, a, b) for a3, rows in GW.items() for n, a, b in rows]
    out += [(a3, "name", n, "", "") for a3, n in names().items() if a3 in seen]
    order = {s: i for i, s in enumerate(("iso2", "isonum", "fips", "cow", "cowabb", "gw", "name"))}
    out = [r for r in dict.fromkeys(out) if r[2]]
    out.sort(key=lambda r: (r[0], order[r[1]], r[3]))
    with open(os.path.join(HERE, "codes.tsv"), "w", encoding="utf8", newline="\n") as f:
        f.write("# Codes of states and territories in other schemes, with the days from and to on which they hold, empty where open. state: ISO 3166-1\n"
                "# alpha-3, or 3166-3 of states that are no more. scheme: iso2, isonum (ISO 3166-1), fips (FIPS 10-4), cow, cowabb (Correlates of War, state\n"
                "# system 2016), gw (Gleditsch and Ward; days as Correlates of War's, but for a few), name (as in the tables of actors and places). Sources:\n"
                "# country-codes (PDDL), Correlates of War (CC BY 4.0), the numbers of Gleditsch and Ward our own knowledge. Made by tools/tables/codes.py.\n"
                "state\tscheme\tcode\tfrom\tto\n")
        f.writelines("\t".join(r) + "\n" for r in out)


if __name__ == "__main__":
    main()
