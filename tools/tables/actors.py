#!/usr/bin/env python3
"""Make the generated tables under data/actors/ from corpora of facts.

    tools/tables/actors.py FACTS_DIR [states|parties|cities|holders|persons …]

FACTS_DIR holds factbook-2026-05.jsonl (CIA World Factbook, public domain), country-codes.csv (PDDL), geonames-places.tsv
(GeoNames, CC BY 4.0), office-holders.tsv (Wikidata, CC0), archigos-4.1.csv (CC BY 4.0), reign-leaders-2021-03.csv and
cow-states.csv (CC BY 4.0). The results are committed; the build never runs this.
"""
import collections, csv, glob, json, os, re, sys, unicodedata

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "actors")
HEAD = ["names", "what", "country", "sectors", "name", "id", "case", "from", "to", "members"]
NAMES = ["states.tsv", "names.tsv", "peoples.tsv", "igos.tsv", "bodies.tsv", "parties.tsv", "armed.tsv", "media.tsv", "companies.tsv", "ngos.tsv"]


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
        rows.append(["|".join(names), what, country, sectors, name, country if what == "state" else "", case, "", "", ""])

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
        name = {"Burma": "Myanmar"}.get(short, short)
        variants = list(dict.fromkeys([name, short, longs]))
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


# Cities whose names are English words.
WORDS = set("""anchorage delta enterprise metro names paradise saga springs sunrise surprise tours wedding worms""".split())


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
    for f in NAMES:
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
    rows = [[n, a3[cc]] for k, (pop, n, cc) in sorted(best.items()) if cc in a3 and k not in named and k not in common and k not in WORDS]
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



REPO = {"algeria-cabinet": "DZA", "argentina-ministers": "ARG", "armenia-ministers": "ARM", "australia-cabinet": "AUS", "azerbaijan-cabinet": "AZE",
        "bangladesh-ministers": "BGD", "belarus-ministers": "BLR", "brazil-ministers": "BRA", "canada-cabinet": "CAN", "chile-ministers": "CHL",
        "china-ministers": "CHN", "congo-kinshasa-ministers": "COD", "cuba": "CUB", "egypt-ministers": "EGY", "ethiopia-ministers": "ETH",
        "france-cabinet": "FRA", "georgia-ministers": "GEO", "greece-cabinet": "GRC", "hungary-cabinet": "HUN", "india-ministers": "IND",
        "indonesia-ministers": "IDN", "iran-ministers": "IRN", "iraq-ministers": "IRQ", "israel-ministers": "ISR", "italy-ministers": "ITA",
        "japan-ministers": "JPN", "kazakhstan-cabinet": "KAZ", "kenya": "KEN", "kosovo-cabinet": "XKX", "malaysia-ministers": "MYS",
        "mexico-ministers": "MEX", "myanmar-ministers": "MMR", "nepal-ministers": "NPL", "netherlands-cabinet": "NLD", "nigeria": "NGA",
        "north-korea": "PRK", "pakistan-ministers": "PAK", "philippines-ministers": "PHL", "poland-cabinet": "POL", "romania-cabinet": "ROU",
        "russia-cabinet": "RUS", "saudi-ministers": "SAU", "serbia-ministers": "SRB", "somalia-cabinet": "SOM", "south-africa-cabinet": "ZAF",
        "south-korea-ministers": "KOR", "south-sudan": "SSD", "spain-ministers": "ESP", "sri-lanka-cabinet": "LKA", "sudan": "SDN", "syria": "SYR",
        "taiwan": "TWN", "tunisia-ministers": "TUN", "turkey-ministers": "TUR", "uae-ministers": "ARE", "ukraine-cabinet": "UKR",
        "united-kingdom-cabinet": "GBR", "us-cabinet": "USA", "uzbekistan-ministers": "UZB", "vietnam": "VNM", "yemen": "YEM", "zimbabwe": "ZWE",
        "world": "IGO"}
KEEP = re.compile(r"^(president|vice president|prime minister|deputy prime minister|first deputy prime minister|vice premier|premier|chancellor|king|queen|"
                  r"emperor|emir|crown prince|sultan|taoiseach|.*foreign|.*external affairs|.*defen[cs]e|.*interior|.*internal affairs|.*home affairs|home secretary|"
                  r".*national security|.*security council|.*intelligence|.*finance|.*treasury|chancellor of the exchequer|.*economy$|.*economic affairs|"
                  r".*justice$|attorney.general|prosecutor.general|.*petroleum|.*oil$|.*energy$|.*trade$|.*commerce|minister of information|"
                  r"secretary of state|secretary of (the treasury|defense|energy|commerce|homeland security|agriculture|labor|transportation)|"
                  r"chief of (the )?(general|defence|defense|army|staff)|chief of army staff|.*chiefs of staff|commander.in.chief|speaker of .*|"
                  r"president of the (senate|national assembly|republic|european.*|congress|chamber.*|government)|governor of the .*bank|"
                  r"ambassador to (the )?(united states.*|united nations|united kingdom|russia.*|china|israel|iran|ukraine|france|germany|european union|japan|india|turkey|"
                  r"pakistan|saudi arabia|south korea|north korea|syria|iraq|afghanistan)|permanent representative to .*|"
                  r"secretary.general.*|director.general.*|.*high commissioner.*|.*high representative.*|managing director.*|.*minister of health|.*health$|"
                  r".*chief justice|leader of .*|supreme leader|head of state|.*government spokes.*|.*central bank.*|chairman of .*|minister of (transport|agriculture|"
                  r"education|labou?r|culture|environment|the environment|immigration|industry|tourism)|secretary of state for .*|white house .*|national security advis.*)$", re.I)
MINISTER = re.compile(r"(?:Minister (?:of|for)|Secretary of State for) (?:the )?(.+)", re.I)


def role_of(position):
    r = position.strip()
    m = re.fullmatch(r"Minister (?:of|for) (?:the )?Foreign Affairs?.*|Minister of External.*", r, re.I)
    if m:
        return "foreign minister"
    m = re.fullmatch(r"Minister (?:of|for) (?:National )?Defen[cs]e|Secretary of State for Defence", r, re.I)
    if m:
        return "defence minister"
    m = re.fullmatch(r"Minister (?:of|for) (?:the )?(Interior|Finance|Justice|Health|Education|Energy|Trade|Culture|Transport|Agriculture|Environment|Tourism|Industry|Information)", r, re.I)
    if m:
        return m.group(1).lower() + " minister"
    return r[0].lower() + r[1:] if re.search(r" to |United|European|Kurdistan|of [A-Z]\w+$", r) and "Minister" not in r else r.lower()


def sectors_of(role):
    r = role.lower()
    if re.search(r"chief of (the )?(general|defence|defense|army)|chiefs of staff|commander|chief of .*staff", r):
        return "MIL"
    if re.search(r"speaker|president of the (senate|national assembly|congress|chamber)", r):
        return "LEG"
    if re.search(r"chief justice|attorney.general|prosecutor", r):
        return "JUD"
    if re.search(r"first lady", r):
        return "ELI"
    if re.search(r"director.*intelligence|intelligence chief", r):
        return "SPY"
    return "GOV"


# Surnames of heads that are words, places or too many people's to stand alone.
COMMON = set("""johnson brown bush carter ford kennedy young long king white black green hill park kim lee li wang chen khan ali singh ahmed ahmad hassan hussein
    mohamed mohammed muhammad abdullah ibrahim omar salman sharif castro garcia lopez gonzalez rodriguez martinez perez sanchez fernandez gomez diaz
    morales torres silva santos costa pereira sousa jones smith martin thomas wilson clark scott grant major may heath home blair
    eden francis charles george john paul peter james henry edward robert david michael joseph nguyen tran pham rose bird barrow
    church day lange lynch douglas manning simmonds price browne adams mitchell bird walter arthur patterson seaga golding compton
    anthony charles barrow cato gonsalves joshua panday robinson williams chambers ramos cruz flores rojas vargas mendoza aguilar
    ortiz romero herrera medina aguirre guerrero reyes bonnet phillips roberts abbott howard hughes fraser gordon holt keating
    rudd turnbull albert palmer key clark english bolger moore marshall muldoon rowling nash holland sall touré toure keita
    conte diallo camara traore barre moi banda kamara koroma stevens taylor tolbert doe sirleaf weah rama nano berisha moon roh noh yun
    hashimoto mori sato tanaka suzuki ohira fukuda hata miki ikeda abdallah hamad khalifa sabah saud said
    premadasa silva bandaranaike senanayake swan peng hua mao deng zhou wen zhu rong rey
    macdonald mackenzie chan lim wong goh lau tan ho chin ma hu lai yu su yen tang sun wu yeh prince fox paz pena banzer barrientos siles hertzog franco salazar
    blum bay son ne win than low sein thein ward welch carrington best perkins
    turner schmidt fischer sawyer bryant reynolds harper martens abraham blanco roman klaus monti stich carlsson persson schmid jorgensen salam klima
    april august begin drew friday june march may monday names
    letta amato mello mansour suleiman qureshi grivas soares callejas velasquez aleman funes salinas karimov popov mamedov vasile sattar""".split())
MAJOR = set("""USA GBR FRA DEU DDR RUS SUN ITA ESP PRT POL CZE CSK HUN ROU BGR YUG SRB GRC TUR UKR BLR SWE NOR DNK FIN NLD BEL AUT CHE IRL CAN MEX GTM HND
    SLV NIC CRI PAN CUB HTI DOM COL VEN ECU PER BOL CHL ARG URY PRY BRA AUS NZL JPN CHN TWN KOR PRK VNM KHM LAO THA MMR MYS SGP IDN PHL IND PAK
    BGD LKA NPL AFG IRN IRQ SYR LBN ISR JOR SAU KWT ARE YEM EGY LBY TUN DZA MAR SDN ETH SOM KEN UGA TZA RWA COD AGO MOZ ZWE ZAF ZMB NGA GHA
    CIV SEN LBR TCD CMR GEO ARM AZE KAZ UZB""".split())
COW = {"GMY": "DEU", "GFR": "DEU", "GDR": "DDR", "RUS": "RUS", "UKG": "GBR", "FRN": "FRA", "SPN": "ESP", "POR": "PRT", "CZE": "CZE", "CZR": "CZE", "RUM": "ROU", "ROM": "ROU",
       "BUL": "BGR", "YUG": "YUG", "SER": "SRB", "GRC": "GRC", "SWD": "SWE", "NOR": "NOR", "DEN": "DNK", "NTH": "NLD", "SWZ": "CHE", "AUS": "AUT", "AUL": "AUS",
       "NEW": "NZL", "IRE": "IRL", "COS": "CRI", "HON": "HND", "SAL": "SLV", "GUA": "GTM", "HAI": "HTI", "BRA": "BRA", "URU": "URY", "PAR": "PRY", "DRV": "VNM",
       "RVN": "VDR", "CAM": "KHM", "MYA": "MMR", "MAL": "MYS", "SIN": "SGP", "INS": "IDN", "PHI": "PHL", "BNG": "BGD", "SRI": "LKA", "NEP": "NPL", "IRQ": "IRQ",
       "LEB": "LBN", "KUW": "KWT", "UAE": "ARE", "YEM": "YEM", "YAR": "YEM", "LIB": "LBY", "ALG": "DZA", "MOR": "MAR", "SUD": "SDN", "TAZ": "TZA", "ANG": "AGO",
       "MZM": "MOZ", "ZIM": "ZWE", "SAF": "ZAF", "ZAM": "ZMB", "NIG": "NGA", "CDI": "CIV", "CHA": "TCD", "CAO": "CMR", "DRC": "COD", "GRG": "GEO", "KZK": "KAZ",
       "TAW": "TWN", "ROK": "KOR", "BLR": "BLR", "UKR": "UKR", "UZB": "UZB", "SYR": "SYR",
       "AAB": "ATG", "BAH": "BHR", "BAR": "BRB", "BFO": "BFA", "BHM": "BHS", "BHU": "BTN", "BOS": "BIH", "BOT": "BWA", "BRU": "BRN", "BUI": "BDI", "CAP": "CPV",
       "CEN": "CAF", "CON": "COG", "CRO": "HRV", "EQG": "GNQ", "ETM": "TLS", "FIJ": "FJI", "GAM": "GMB", "GRN": "GRD", "GUI": "GIN", "ICE": "ISL", "KOS": "XKX",
       "KYR": "KGZ", "LAT": "LVA", "LES": "LSO", "LIT": "LTU", "MAA": "MRT", "MAC": "MKD", "MAD": "MDV", "MAG": "MDG", "MAS": "MUS", "MAW": "MWI", "MLD": "MDA",
       "MNC": "MCO", "MNG": "MNE", "MON": "MNG", "MSI": "MHL", "NAU": "NRU", "NIR": "NER", "OMA": "OMN", "PAL": "PLW", "SEY": "SYC", "SIE": "SLE", "SKN": "KNA",
       "SLO": "SVK", "SLU": "LCA", "SLV": "SVN", "SNM": "SMR", "SOL": "SLB", "SVG": "VCT", "SWA": "SWZ", "TAJ": "TJK", "THI": "THA", "TOG": "TGO", "TRI": "TTO",
       "VAN": "VUT"}


def surname_case(s):
    """'Abdel Fattah EL-SISI' to ('Abdel Fattah El-Sisi', 'El-Sisi')."""
    out, last = [], []
    for w in s.replace(",", "").split():
        capitals = re.search(r"[^\W\d_]{2}", w) and any(len(p) > 1 and p.isupper() for p in re.split(r"[-'’]", w))
        if not capitals or w.endswith(".") or re.fullmatch(r"[IVX]+", w):
            out.append(w)
            continue
        w2 = "-".join(p[:1] + p[1:].lower() if p.isupper() else p for p in w.split("-"))
        w2 = re.sub(r"(?<=')([a-z])", lambda m: m.group(1).upper(), w2) if "'" in w2[1:3] else w2
        out.append(w2)
        last.append(w2)
    return " ".join(out), " ".join(last)


MONTHS = {m: i + 1 for i, m in enumerate("January February March April May June July August September October November December".split())}


# The Factbook's slips: the day that the office began.
SINCE = {("ROU", "2005-06-23"): "2025-06-23", ("VNM", "2024-01-21"): "2024-10-21", ("MHL", "2023-01-03"): "2024-01-03", ("GMB", "2022-01-19"): "2017-01-19",
         ("COG", "1997-01-01"): "1997-10-25", ("DZA", "2019-12-12"): "2019-12-19", ("TUN", "2025-03-21"): "2025-03-20", ("THA", "2025-01-05"): "2025-09-07",
         ("ZWE", "2023-09-11"): "2017-12-28"}
# What follows a title before the name, and the office it makes.
OF = re.compile(r"of (?:the )?(Council of Ministers|Government of Spain|Swiss Confederation|Governorate of the Vatican City State)\s+")


def factbook_leaders(facts):
    code = codes(facts)
    for line in open(os.path.join(facts, "factbook-2026-05.jsonl"), encoding="utf8"):
        r = json.loads(line)
        if r["file"] not in code or code[r["file"]][0] != code[r["file"]][1]:
            continue
        c = code[r["file"]][1]
        for field in ("chief_of_state", "head_of_government"):
            for part in re.split(r";", r.get(field) or "")[:1]:
                m = re.match(r"^(.*?)\(since (?:(\d+) )?(\w+)? ?(\d{4})\)", part.strip())
                if not m or "CHARLES III" in part and c != "GBR":
                    continue
                words = re.sub(r"\(.*?\)|\".*?\"", "", m.group(1)).split()
                t = [i for i, w in enumerate(words) if w in ("President", "Minister", "King", "Emperor", "Chancellor", "Premier", "Sultan", "Amir", "Prince", "Leader", "General", "Gen.", "Col.", "Capt.", "Dr.", "Queen", "Pope", "Duke", "Chair", "Chairperson", "Gen", "Council,", "Sir")]
                if not t:
                    continue
                title, name = " ".join(words[:t[-1] + 1]), " ".join(words[t[-1] + 1:]).rstrip(",")
                role = re.sub(r"\b(Gen\.|Col\.|Capt\.|Dr\.|General|Transitional|Transition|Interim|Acting|Caretaker)\s*", "", title).strip().lower() or "leader"
                role = re.search(r"(prime minister|president|king|emperor|chancellor|premier|sultan|amir|prince|supreme leader|pope|leader|queen)", role)
                if not role or not name or name.startswith("of China "):
                    continue
                role, of = role.group(1).replace("amir", "emir"), OF.match(name)
                if of:
                    name = name[of.end():]
                    role = {"G": "prime minister", "C": "president of the council of ministers", "S": "president"}[of.group(1)[0]]
                    role = "president of the governorate" if of.group(1).startswith("Governorate") else role
                elif re.search(r"\bvice president", title, re.I):
                    role = "vice president"
                full, last = surname_case(name)
                day = "%s-%02d-%02d" % (m.group(4), MONTHS.get(m.group(3) or "", 1), int(m.group(2) or 1))
                yield c, role, full, last, SINCE.get((c, day), day)


HEAD_ROLE = re.compile(r"(acting |interim |transitional |co-)?(president|prime minister|premier|chancellor|king|queen|emir|sultan|emperor|prince|supreme leader|leader|head of state|"
                       r"taoiseach|chief adviser|captain regent|(member|chairman|chair) of the presidency)( of .*)?")


def heads_of(facts):
    """(name, country, first day, last day) of Archigos and REIGN, the last day of REIGN by its month."""
    for r in csv.DictReader(open(os.path.join(facts, "archigos-4.1.csv"), encoding="utf8")):
        yield r["leader"], COW.get(r["idacr"], r["idacr"]), r["startdate"][:10], r["enddate"][:10]
    for r in csv.DictReader(open(os.path.join(facts, "reign-leaders-2021-03.csv"), encoding="cp1252", errors="replace")):
        if r["syear"].isdigit() and r["smonth"].isdigit() and r["sdate"].isdigit():
            yield (r["leader"].strip(), COW.get(r["stateabb"], r["stateabb"]), "%s-%02d-%02d" % (r["syear"], int(r["smonth"]), int(r["sdate"])),
                   "%s-%02d" % (r["eyear"], int(r["emonth"])) if r["eyear"].isdigit() and r["emonth"].isdigit() else "2021-03")


def holders(facts):
    hand, spoken = [], collections.defaultdict(list)
    for path in [os.path.join(HERE, "leaders.tsv")] + sorted(glob.glob(os.path.join(HERE, "offices", "*.tsv"))):
        for line in open(path, encoding="utf8"):
            if not line.startswith(("#", "names\t")):
                c = line.rstrip("\n").split("\t")
                hand.append(c)
                for k in c[0].split("|"):
                    spoken[fold(k)].append(c)
    # Other spellings of people in tables by hand, and the surnames of heads of state and government: to every office of theirs there.
    person = collections.defaultdict(list)
    for h in hand:
        person[h[1], h[6]].append(h)
    alias, borne = collections.defaultdict(list), collections.Counter()
    for f in {(h[1], h[6]) for h in hand}:
        borne.update({w for w in re.split(r"[ -]", fold(f[1]))})
    taken = {fold(x) for f in NAMES + ["cities.tsv"] for line in open(os.path.join(HERE, f), encoding="utf8") if not line.startswith("#")
             for x in line.split("\t")[0].split("|")}

    def also(name, h):
        k = fold(name)
        if any((x[1], x[6]) != (h[1], h[6]) for x in spoken[k]):
            return
        if len(name.split()) == 1 and not spoken[k] and (len(k) < 4 or k in COMMON or k in taken or borne[k] > 5):
            return
        if len(name.split()) > 1 and (k in taken or any("." in w for w in name.split()) and len(name.split()) < 3):
            return
        if name not in alias[h[1], h[6]]:
            alias[h[1], h[6]].append(name)

    rows = []
    for r in csv.DictReader(open(os.path.join(facts, "office-holders.tsv"), encoding="utf8"), delimiter="\t"):
        if r["repo"] not in REPO or not KEEP.match(r["position"]) or len(r["person"].split()) < 2 or not r["start"]:
            continue
        role = role_of(r["position"])
        rows.append([r["person"], REPO[r["repo"]], sectors_of(role), role, r["start"][:10], r["end"][:10], r["person"], "wikidata"])
    for c, role, full, last, day in factbook_leaders(facts):
        keys = [full]
        if last and fold(last) != fold(full) and len(last) > 3 and fold(last) not in COMMON and not any(fold(last) in COMMON for last in last.split()):
            keys.append(last)
        if len(full.split()) > 2 and last:
            keys.append(full.split()[0] + " " + last if full.split()[0] not in last.split() else full)
        if len(full.split()) > 1 or len(full) > 4:
            rows.append(["|".join(dict.fromkeys(keys)), c, "REL" if role == "pope" else "GOV", role, day, "", full, "factbook"])
    # Same person, same office told by two sources: ours wins; an open end is closed by the next one in office.
    canon = lambda role: {"defense minister": "defence minister", "secretary of defense": "defence minister"}.get(role.lower(), role.lower())

    def meet(a, b):
        return (not a[5] or a[5] >= b[4]) and (not b[5] or b[5] >= a[4])

    main = re.compile(r"(vice |deputy )?(president|prime minister|premier)|king|emir|chancellor|(foreign|defence|interior|finance) minister")

    def known(r):
        for h in spoken.get(fold(r[6]), []):
            near = abs(int(h[4][:4]) - int(r[4][:4])) <= 1
            if h[1] == r[1] and (canon(h[3]) == canon(r[3]) and (near or meet(h, r)) or near and not main.fullmatch(r[3])):
                return True
        return False
    rows = [r for r in rows if not known(r) and re.match(r"\d{4}(-|$)", r[4]) and (not r[5] or (r[4][:len(r[5])] <= r[5] and int(r[5][:4]) - int(r[4][:4]) <= 60))]
    # The Factbook's full style beside the name that the press uses: one person.
    def told(r):
        words = set(fold(r[6]).replace("-", " ").split())
        for h in hand + rows:
            common = len(words & set(fold(h[6]).replace("-", " ").split())) if h[1] == r[1] and h[3] == r[3] and h is not r and h[7] != "factbook" else 0
            if h[1] == r[1] and h[3] == r[3] and h is not r and h[7] != "factbook" and (not h[5] or h[5] >= r[4]) and h[4][:4] <= r[4][:4] and (h[4] == r[4] or common > 1):
                if common or r[3] in ("king", "emir", "sultan", "prince"):
                    for k in r[0].split("|"):
                        also(k, h)
                return True
        return False

    rows = [r for r in rows if r[7] != "factbook" or not told(r)]
    # Another spelling of one whom ours has in that office from that day.
    begun, other = collections.defaultdict(list), []
    for h in hand:
        begun[h[1], h[3], h[4]].append(h)
    for r in rows:
        same = [h for h in begun[r[1], r[3], r[4]] if set(fold(h[6]).replace("-", " ").split()) & set(fold(r[6]).replace("-", " ").split())]
        if same:
            also(r[6], same[0])
        else:
            other.append(r)
    rows = other
    single = re.compile(r"^(president|prime minister|foreign minister|defence minister|interior minister|finance minister|premier|chancellor|king|emir|secretary of state|secretary of .*|"
                        r"chief of .*|speaker .*|attorney.general|.*central bank|ambassador .*|permanent rep.*|secretary-general|.* minister)$", re.I)
    by_office = collections.defaultdict(list)
    for r in rows + [h for h in hand]:
        if single.match(r[3]):
            by_office[(r[1], canon(r[3]))].append(r)
    for k, rs in by_office.items():
        rs.sort(key=lambda r: r[4])
        for a, b in zip(rs, rs[1:]):
            if not a[5] and fold(a[6]) != fold(b[6]) and b[4] > a[4] and a not in hand:
                a[5] = b[4]
    # One row of those that tell the same twice.
    seen, out = set(), []
    for r in sorted(rows, key=lambda r: (r[1], fold(r[6]), r[4], r[3])):
        k = (r[1], fold(r[6]), r[4][:7])
        if len(r[4]) == 4: r[4] += "-01-01"
        if len(r[4]) == 7: r[4] += "-01"
        if r[5] and len(r[5]) == 4: r[5] += "-12-31"
        if r[5] and len(r[5]) == 7: r[5] += "-28"
        if (k, r[3]) in seen or k in seen and r[3] not in ("president", "prime minister", "foreign minister", "defence minister"):
            continue
        seen.update((k, (k, r[3])))
        out.append(r)
    for r in out:
        person[r[1], r[6]].append(r)
        for k in r[0].split("|"):
            spoken[fold(k)].append(r)
    by_state = collections.defaultdict(list)
    for h in hand + out:
        if HEAD_ROLE.fullmatch(h[3].lower()):
            by_state[h[1]].append(h)
    for name, c, a, b in heads_of(facts):
        words, found = re.split(r"[ -]", fold(name)), []
        for h in by_state[c]:
            own = re.split(r"[ -]", fold(h[6]))
            if h[4] <= b and (not h[5] or h[5] >= a) and (len(set(words) & set(own)) > 1 or len(words) < 3 and words[0] in (own[-1], own[-2:][0]) or len(words) == 1 and words[0] in own):
                found.append(h)
        if found and len({(h[6][0], fold(h[6]).split()[-1]) for h in found}) == 1 and not re.search(r"[(/]| and ", name):
            also(name, found[0])
    for h in by_state.values():
        for x in h:
            for k in x[0].split("|"):
                if " " not in k:
                    also(k, x)
    # Surnames of heads of the larger states, for the days of their rule.
    names = collections.Counter()
    heads = []
    for r in csv.DictReader(open(os.path.join(facts, "archigos-4.1.csv"), encoding="utf8")):
        c = {"SLV": "SVN"}.get(r["idacr"], COW.get(r["idacr"], r["idacr"]))
        c = "SUN" if c == "RUS" and "1922" <= r["startdate"][:4] < "1991" else "CSK" if c == "CZE" and r["startdate"] < "1993" else c
        if c in MAJOR and r["enddate"] > "1945":
            heads.append([r["leader"], c, "GOV", "leader", r["startdate"], r["enddate"], r["leader"], "archigos"])
    for h in heads:
        names[fold(h[0])] += 1
    said = {fold(k) for h in hand for k in h[0].split("|")}
    for h in heads:
        k = fold(h[0])
        if len(k) < 5 or k in said or any(w in COMMON for w in re.split(r"[ .-]", k)) or "." in k:
            continue
        if len({x[1] for x in heads if fold(x[0]) == k}) > 1:
            continue
        full = [x for x in hand if x[1] == h[1] and fold(x[6]).split()[-1] == k and x[4] <= h[5] and (not x[5] or x[5] >= h[4])]
        if full:
            h[6], h[3] = full[0][6], full[0][3]
        out.append(h)
    for p in sorted(alias):
        for h in sorted(person[p], key=lambda h: (h[4], h[3])):
            more = [k for k in alias[p] if fold(k) not in {fold(x) for x in h[0].split("|")}]
            out += [["|".join(more)] + h[1:7] + ["spelling"]] if more else []
    write("holders.tsv", [
        "People and the offices they held: names (and bare surnames) between '|', from and to both inclusive, empty `to` = no end known.",
        "Sources: Wikidata by way of government sites' data of office holders (CC0), CIA World Factbook, May 2026 (public domain), Archigos 4.1",
        "(CC BY 4.0; leaders of the larger states by surname); `spelling`: other spellings and surnames, by the Factbook, Wikidata, Archigos and",
        "REIGN, of those in leaders.tsv and offices/. Made by tools/tables/actors.py; leaders.tsv and offices/ go before it.",
    ], ["names", "country", "sectors", "role", "from", "to", "person", "source"], out)



def persons(facts):
    """One spelling of `person`, which makes the actor's id, for one Wikidata item of a state: that of the tables by hand."""
    item, path = collections.defaultdict(set), os.path.join(HERE, "holders.tsv")
    for r in csv.DictReader(open(os.path.join(facts, "office-holders.tsv"), encoding="utf8"), delimiter="\t"):
        if r["repo"] in REPO and re.fullmatch(r"Q\d+", r["wikidata"]):
            item[REPO[r["repo"]], fold(r["person"])].add(r["wikidata"])
    by, lines = collections.defaultdict(list), open(path, encoding="utf8").read().splitlines()
    hand = [l for f in [os.path.join(HERE, "leaders.tsv")] + sorted(glob.glob(os.path.join(HERE, "offices", "*.tsv"))) for l in open(f, encoding="utf8").read().splitlines()]
    for line in hand + lines:
        c = line.split("\t")
        if line.startswith(("#", "names\t")) or len(c) < 7:
            continue
        for n in [c[6]] + [n for n in c[0].split("|") if " " in n]:
            found = item.get((c[1], fold(n)), ())
            if len(found) == 1:
                by[c[1], next(iter(found))].append(c[6])
    first = {(state, p): ps[0] for (state, _), ps in by.items() for p in ps}
    with open(path, "w", encoding="utf8", newline="\n") as f:
        for line in lines:
            c = line.split("\t")
            if not line.startswith("#") and len(c) > 6:
                c[6] = first.get((c[1], c[6]), c[6])
            f.write("\t".join(c) + "\n")


if __name__ == "__main__":
    what = sys.argv[2:] or ["states", "parties", "cities", "holders", "persons"]
    for w in what:
        globals()[w](sys.argv[1])
