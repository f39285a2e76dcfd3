#!/usr/bin/env python3
"""Make the generated tables under data/actors/ from corpora of facts.

    tools/tables/actors.py FACTS_DIR [states|parties|cities|holders …]

FACTS_DIR holds factbook-2026-05.jsonl (CIA World Factbook, public domain), country-codes.csv (PDDL), geonames-places.tsv
(GeoNames, CC BY 4.0), office-holders.tsv (Wikidata, CC0), archigos-4.1.csv (CC BY 4.0), reign-leaders-2021-03.csv and
cow-states.csv (CC BY 4.0). The results are committed; the build never runs this.
"""
import collections, csv, json, os, re, sys, unicodedata

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "actors")
HEAD = ["names", "what", "country", "sectors", "name", "id", "case", "members"]


def fold(s):
    s = unicodedata.normalize("NFKD", s.replace("’", "'"))
    return re.sub(r"\s+", " ", "".join(c for c in s if not unicodedata.combining(c))).casefold().strip()


def write(name, head, columns, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf8", newline="\n") as f:
        for line in head:
            f.write("# " + line + "\n")
        f.write("\t".join(columns) + "\n")
        for r in rows:
            f.write("\t".join(r) + "\n")


def codes(facts):
    """GEC code of the Factbook to (alpha-3, alpha-3 of the state it belongs to)."""
    rows = list(csv.DictReader(open(os.path.join(facts, "country-codes.csv"), encoding="utf8")))
    by2 = {r["ISO3166-1-Alpha-2"]: r["ISO3166-1-Alpha-3"] for r in rows}
    out = {}
    for r in rows:
        a3, fips, ind = r["ISO3166-1-Alpha-3"], r["FIPS"].lower(), r["is_independent"]
        own = a3
        m = re.search(r"(?:Territory|Part|Territories|Commonwealth|Crown dependency|Associated with) (?:of |with )?([A-Z]{2})", ind)
        if m and a3 not in ("HKG", "TWN", "PSE", "ESH", "COK", "NIU"):
            own = by2.get(m.group(1), a3)
        for f in re.split(r"[ ,]+", fips):
            out.setdefault(f, (a3, own))
    out.update({"kv": ("XKX", "XKX"), "gz": ("PSE", "PSE"), "we": ("PSE", "PSE"), "tw": ("TWN", "TWN"), "hk": ("HKG", "HKG"),
                "rq": ("PRI", "USA"), "gq": ("GUM", "USA"), "vq": ("VIR", "USA"), "cq": ("MNP", "USA"), "aq": ("ASM", "USA"),
                "wi": ("ESH", "MAR"), "mc": ("MAC", "CHN"), "od": ("SSD", "SSD"), "ri": ("SRB", "SRB"), "mj": ("MNE", "MNE"),
                "uc": ("CUW", "NLD"), "nn": ("SXM", "NLD"), "aa": ("ABW", "NLD"), "gl": ("GRL", "DNK"), "fo": ("FRO", "DNK")})
    return out


SKIP_NAMES = {"none", "na", "gibraltar (noun)", "western sahara (former)", "the dominican", "congo (brazzaville)", "holy see (vatican city)",
              "gaza, gaza strip", "falkland islands (islas malvinas)", "quito", "jersey"}
SKIP_DEMONYM = {"na", "none", "korean", "congolese", "dominican", "chinese", "chinese/hong konger", "chinese/hong kong", "guinean", "dutch",
                "frenchman", "frenchwoman", "french", "channel islander", "taiwan", "kiribati", "new zealand", "liechtenstein", "luxembourg",
                "singapore", "gibraltar", "christmas island", "falkland island", "motswana", "batswana", "congo"}


def split_demonym(s):
    """Yield (singular, plural) of the Factbook's "Dane(s)", "Briton(s), British (collective plural)"."""
    s = re.sub(r";.*", "", s)
    s = s.replace("Taiwan (or Taiwanese)", "Taiwanese")
    for p in re.split(r",| or ", s):
        p = re.sub(r"\((US .*?|colloquial|singular.*?|plural|collective plural|US nationals)\)", "", p).strip()
        m = re.match(r"^(.*?)\s*\((s|men|women)\)$", p)
        if m and m.group(2) == "s":
            yield m.group(1), m.group(1) + "s"
        elif m:
            yield m.group(1), re.sub("man$", "men", m.group(1))
        elif p:
            yield p, ""


def states(facts):
    code, rows, done = codes(facts), [], set()

    def row(names, what, country, name, sectors="", case=""):
        names = [n.strip() for n in names if n and n.strip()]
        names = [n for n in dict.fromkeys(names) if (fold(n), what) not in done and fold(n) not in SKIP_NAMES]
        if not names:
            return
        done.update((fold(n), what) for n in names)
        rows.append(["|".join(names), what, country, sectors, name, country if what == "state" else "", case, ""])

    for line in open(os.path.join(facts, "factbook-2026-05.jsonl"), encoding="utf8"):
        r = json.loads(line)
        if r["file"] not in code:
            continue
        a3, own = code[r["file"]]
        n = {k: (None if v in ("none", "NA") else v) for k, v in (r.get("names") or {}).items()}
        short = n.get("conventional short form") or n.get("conventional long form")
        if not short or a3 in ("ATA",) or "," in short and a3 != "PSE":
            continue
        short = re.sub(r"^The ", "", re.sub(r"\s*\(.*?\)", "", short)).strip()
        longs = re.sub(r";.*|\s*\(.*?\)", "", n.get("conventional long form") or "")
        longs = re.sub(r"^The ", "", longs)
        if a3 == "PSE":
            row(["Gaza", "Gaza Strip"] if r["file"] == "gz" else ["West Bank"], "state", "PSE", "Palestine")
            continue
        if a3 == "DOM":
            short = "Dominican Republic"
        if a3 == "COG":
            short = "Congo-Brazzaville"
        if a3 == "COD":
            short = "Democratic Republic of the Congo"
        name = {"Turkey": "Turkey"}.get(short, short)
        variants = [short, longs]
        if short.startswith("Saint "):
            variants += ["St. " + short[6:], "St " + short[6:]]
        if " and " in short:
            variants += [short.replace(" and ", " & ")]
        if "ô" in short or "é" in short or "ã" in short:
            variants += [fold(short).title()]
        row(variants, "state", own, name)
        q = r.get("nationality") or {}
        adj, plural = [], []
        for s, p in list(split_demonym(q.get("adjective") or "")) + list(split_demonym(q.get("noun") or "")):
            if fold(s) in SKIP_DEMONYM or s == short:
                continue
            adj.append(s)
            if p:
                plural.append(p)
        row(adj, "demonym", own, name)
        row(plural, "people", own, name)
        cap = (r.get("capital") or {}).get("name") or ""
        caps = []
        for c in re.split(r";|,(?! D)", re.sub(r"\(.*?\)", "", cap)):
            c = re.sub(r" in Romanian.*|note.*|; .*|is the .*|some months.*|no official.*|administered.*", "", c).strip()
            if c and c[0].isupper() and len(c) > 2 and len(c.split()) <= 4:
                caps.append(c)
        if a3 == own:
            row([c for c in caps if fold(c) not in (fold(short), "washington", "victoria", "kingston", "stanley", "san marino", "bata", "male", "sucre", "georgetown", "hamilton")],
                "capital", own, name)
    write("states.tsv", [
        "States and territories: names, demonyms, capitals. One row a fact; `names` holds alternatives between '|'.",
        "what: state, demonym (adjective, or one person), people (plural), capital (stands for its state). country: ISO 3166-1",
        "alpha-3 of the state that the actor belongs to (territories: the state that controls them).",
        "Source: CIA World Factbook, May 2026 (public domain); codes: country-codes (PDDL). Made by tools/tables/actors.py;",
        "what the Factbook does not say (metonyms, spellings, dissolved states) is in names.tsv.",
    ], HEAD, rows)


def cities(facts):
    """Cities by which a court or the police of "Lagos" has a state: the most populous of each name."""
    best = {}
    for line in open(os.path.join(facts, "geonames-places.tsv"), encoding="utf8"):
        c = line.rstrip("\n").split("\t")
        if len(c) != 7 or not c[6].isdigit() or int(c[6]) < 80000 or len(c[1]) < 4:
            continue
        k = fold(c[1])
        if int(c[6]) > best.get(k, (0,))[0]:
            best[k] = (int(c[6]), c[1], c[0])
    a3 = {r["ISO3166-1-Alpha-2"]: r["ISO3166-1-Alpha-3"] for r in csv.DictReader(open(os.path.join(facts, "country-codes.csv"), encoding="utf8"))}
    a3.update({"XK": "XKX", "NA": "NAM"})
    own = {a: b for a, b in codes(facts).values()}
    named = set()
    for f in ("states.tsv", "names.tsv", "orgs.tsv"):
        for line in open(os.path.join(HERE, f), encoding="utf8"):
            if not line.startswith("#"):
                named.update(fold(x) for x in line.split("\t")[0].split("|"))
    # Words and given names that are more often something else.
    common = set("""nice reading split mobile orange union march bath worth independence male florence victoria paris madison jackson jordan
        lincoln hamilton sandy hope man most same bar san best ford union aurora eden sale rugby grand cork holy green summit liberty
        central central district young hill grace parma vale peoria chester troy lawrence arlington garland irving carmel
        vicente francisco santiago jose martin alexandria santa san carlos antonio miguel salvador luis fernando cruz diego pedro juan maria
        rosario elizabeth charlotte carolina valencia clinton tyler allen bryan gary kent norman howard eugene henderson roma
        melbourne bend north south west east western northern southern eastern barry wayne bury crawley progress mission temple providence
        cary sterling clifton taylor marion davis bell hebe puma mira omar ahmed ali hasan mali nara gaya pune pali sana suva sur along
        bay bello la cuenta pala saint oral mary angel bolivar olive bismarck perry zaria nova imperatriz progreso concord beaumont concepcion
        libertad esperanza trinidad merced cicero buena the""".split())
    rows = [[n, a3[cc]] for k, (pop, n, cc) in sorted(best.items()) if cc in a3 and k not in named and k not in common]
    rows = [[n, own.get(c, c)] for n, c in rows]
    us = """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois Indiana Iowa Kansas
        Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada New_Hampshire New_Jersey
        New_Mexico North_Carolina North_Dakota Ohio Oklahoma Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota Tennessee Texas
        Utah Vermont Virginia West_Virginia Wisconsin Wyoming New_York Washington_State""".split()
    have = {fold(r[0]) for r in rows}
    rows += [[u.replace("_", " "), "USA"] for u in us if fold(u.replace("_", " ")) not in have]
    write("cities.tsv", ["Cities of 80,000 or more, and the states of the United States: the state that a court or the police of it belongs to.",
                         "Of several of one name the most populous. Source: GeoNames (CC BY 4.0). Made by tools/tables/actors.py."],
          ["names", "country"], rows)



if __name__ == "__main__":
    what = sys.argv[2:] or ["states", "parties", "cities", "holders"]
    for w in what:
        globals()[w](sys.argv[1])
