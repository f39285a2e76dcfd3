#!/usr/bin/env python3
"""Check the tables of office holders: tools/tables/check_offices.py [--gaps] [TABLE …] (default: all under data/actors).

Errors, by file and line (exit 1): a wrong number of cells, an unknown country or sector, dates that are none or in the wrong order, an office
that lasted over 70 years, one tenure told twice in the tables written by hand. Warnings: two persons in one single office of a state
on the same day for over 60 days. --gaps lists, for every member of the United Nations, the days since 2000 without a head of
state or government. The last line counts tenures, and those begun in 2023 or later.
"""
import calendar, collections, datetime, glob, os, re, sys, unicodedata

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "actors")
COLUMNS = ["names", "country", "sectors", "role", "from", "to", "person", "source"]
SECTORS = set("GOV MIL COP JUD LEG SPY PTY OPP REB PRM UAF CRM CVL ELI REF LAB BUS JRN EDU MED REL SOC AGR".split())
OTHER = {"IGO", "NGO", "MNC", "ISM", "UNK", "SUN", "CSK", "YUG", "DDR", "SCG", "YMD", "VDR", "XKX", "PSE", "HKG", "TWN", "VAT"}
NOT_MEMBERS = {"XKX", "PSE", "TWN", "VAT", "HKG", "COK", "NIU", "ESH"}
HEAD = re.compile(r"^(acting |interim |transitional |caretaker |provisional |de facto |co-)*(president|prime minister|premier|chancellor|king|queen|emir|sultan|emperor|grand duke|prince|sovereign|leader|supreme leader|"
                  r"head of state|head of government|taoiseach|chairman of the .*|captain regent|head of the .*|chief executive|governor-general|governor general|president .*|prime minister .*|"
                  r"monarch|king .*|junta leader|military ruler|transitional .*|leader of .*|yang di-pertuan agong|ruler|chairman of .*|chair of the .*|federal councillor|.*regent|general secretary.*|taliban leader|"
                  r"amir|bundeskanzler|o le ao o le malo|malietoa|member of the presidency|minister-president|state counsellor|chairman|paramount ruler|crown prince)$", re.I)
SINGLE = re.compile(r"^(president|prime minister|chancellor|foreign minister|defence minister|interior minister)$")


def fold(s):
    return "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)).casefold()


def day(text, last):
    """First or last day of "2023", "2023-05" or "2023-05-17"; None where it is none."""
    m = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    if not m:
        return None
    y, mo, d = (int(g) if g else None for g in m.groups())
    try:
        if mo is None:
            return datetime.date(y, 12, 31) if last else datetime.date(y, 1, 1)
        return datetime.date(y, mo, d or (calendar.monthrange(y, mo)[1] if last else 1))
    except ValueError:
        return None


def main():
    args = [a for a in sys.argv[1:] if a != "--gaps"]
    paths = args or [os.path.join(HERE, "leaders.tsv")] + sorted(glob.glob(os.path.join(HERE, "offices", "*.tsv"))) + [os.path.join(HERE, "holders.tsv")]
    states, errors, rows, seen = {}, 0, [], {}
    for line in open(os.path.join(HERE, "states.tsv"), encoding="utf8"):
        c = line.rstrip("\n").split("\t")
        if not line.startswith("#") and len(c) > 5 and c[1] == "state":
            states.setdefault(c[2], c[5] == c[2])
            if c[5] == c[2]:
                states[c[2]] = True

    def error(path, no, what):
        nonlocal errors
        errors += 1
        print(f"{os.path.relpath(path)}:{no}: {what}")
    for path in paths:
        made = os.path.basename(path) == "holders.tsv"
        for no, line in enumerate(open(path, encoding="utf8"), 1):
            if line.startswith("#") or not line.strip():
                continue
            c = line.rstrip("\n").split("\t")
            if c[0] == "names":
                if c != COLUMNS:
                    error(path, no, "columns are not " + " ".join(COLUMNS))
                continue
            if len(c) != len(COLUMNS):
                error(path, no, f"{len(c)} cells instead of {len(COLUMNS)}")
                continue
            r = dict(zip(COLUMNS, c))
            if r["country"] not in states and r["country"] not in OTHER:
                error(path, no, f"{r['country']}: no country")
            for s in r["sectors"].split(","):
                if s not in SECTORS:
                    error(path, no, f"{s}: no sector")
            if not all(k.strip() for k in r["names"].split("|")) or not r["person"] or not r["role"]:
                error(path, no, "an empty name, role or person")
            a, b = day(r["from"], False), day(r["to"], True) if r["to"] else datetime.date.max
            if a is None or b is None:
                error(path, no, f"{r['from']}..{r['to']}: no dates")
                continue
            if a > b:
                error(path, no, f"{r['from']}..{r['to']}: ends before it begins")
            if r["to"] and (b - a).days > 71 * 366:
                error(path, no, f"{r['from']}..{r['to']}: over 70 years")
            key = (fold(r["person"]), r["country"], r["role"].lower(), r["from"][:7])
            if not made and key in seen:
                error(path, no, f"told already: {seen[key]}")
            seen.setdefault(key, f"{os.path.relpath(path)}:{no}")
            rows.append((r, a, b, path, no))
    by = collections.defaultdict(list)
    for x in rows:
        role = x[0]["role"].lower().replace("defense", "defence")
        if SINGLE.match(role):
            by[x[0]["country"], role].append(x)
    both = 0
    for (country, role), xs in sorted(by.items()):
        xs.sort(key=lambda x: x[1])
        for i, x in enumerate(xs):
            for y in xs[i + 1:]:
                if y[1] >= x[2]:
                    break
                if fold(y[0]["person"]) != fold(x[0]["person"]) and (min(x[2], y[2]) - y[1]).days > 60:
                    both += 1
                    if not args or x[3] in args or y[3] in args:
                        print(f"{os.path.relpath(y[3])}:{y[4]}: warning: {country} {role}: {x[0]['person']} ({x[0]['from']}..{x[0]['to']}) and {y[0]['person']} ({y[0]['from']}..{y[0]['to']})")
    if "--gaps" in sys.argv:
        first, today = datetime.date(2000, 1, 1), datetime.date(2026, 5, 1)
        short = 0
        for country in sorted(c for c, own in states.items() if own and c not in NOT_MEMBERS):
            spans = sorted((a, b) for r, a, b, _, _ in rows if r["country"] == country and HEAD.match(r["role"]))
            at, gaps = first, []
            if country in ("TLS", "MNE", "SSD"):
                at = {"TLS": datetime.date(2002, 5, 20), "MNE": datetime.date(2006, 6, 3), "SSD": datetime.date(2011, 7, 9)}[country]
            for a, b in spans:
                if a > at and (a - at).days > 31 and at < today:
                    gaps.append((at, min(a, today)))
                at = max(at, b if b == datetime.date.max else b + datetime.timedelta(1))
                if at >= today:
                    break
            if at < today:
                gaps.append((at, today))
            if gaps:
                short += 1
                print(f"{country}: " + ", ".join(f"{a}..{b}" for a, b in gaps))
        print(f"{short} states with gaps")
    print(f"{len(rows)} tenures, {sum(a.year >= 2023 for _, a, _, _, _ in rows)} begun in 2023 or later; {errors} errors, {both} pairs at once in one office")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
