#!/usr/bin/env python3
"""Is the right office told of a person in office? People drawn from lists of office holders, each in a sentence with a day of
publication drawn from the tenure; right is the country and the kind of office that a list gives for that day.

    bench/accuracy/offices.py FACTS_DIR [--command build/release/chancery] [-n 300] [--seed 1] [--errors]

FACTS_DIR as in tools/tables/actors.py, whose reading of it this uses; a quarter of the people each from the World Factbook,
Wikidata, Archigos and REIGN, on days since 2000. Where Archigos and REIGN have a bare surname, the one head with it in our tables
gives the name in full, as news does at the first mention; where there is none, or there are several, the surname stands.
"""
import argparse, collections, csv, datetime, json, os, random, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tools", "tables"))
import actors as tables  # noqa: E402

FIRST, FACTBOOK_DAY, WIKIDATA_DAY = "2000-01-01", "2026-05-01", "2022-06-30"
SENTENCES = ["“The talks will go on next week,” said {} on Monday.", "{} arrived for two days of talks on Tuesday, officials said.",
             "The two sides agreed on a plan on Thursday after a meeting with {}.", "On Friday {} rejected the demands of the union.",
             "Reporters asked {} about the budget on Wednesday."]
KINDS = [("vice", r"\b(vice|deputy|first deputy)\b"), ("envoy", r"ambassador|permanent rep|envoy|high commissioner"), ("bank", r"\bbank\b|reserve|governor"),
         ("law", r"justice|attorney|prosecutor|chief justice|law"), ("house", r"speaker|senate|assembly|congress|chamber|parliament|duma"),
         ("foreign", r"foreign|external|secretary of state$|secretary$"), ("defence", r"defen[cs]e|armed forces minister|war\b"),
         ("interior", r"interior|internal|home|homeland|security"), ("finance", r"financ|treasur|exchequer|econom|revenue"),
         ("arms", r"chief of|army|staff|commander"), ("trade", r"trade|commerce|industr|business"), ("energy", r"energy|oil|petrol|electric|mineral|fuel"),
         ("health", r"health"), ("education", r"education|school"), ("farming", r"agricultur|farm|food"), ("labour", r"labou?r|work|employment"),
         ("culture", r"cultur|sport|heritage"), ("transport", r"transport|infrastructure|rail"), ("environment", r"environment|climate|ecolog"),
         ("information", r"information|communication|spokes|media"), ("tourism", r"tourism"), ("spies", r"intelligence"),
         ("body", r"director|managing|secretary-general|high rep|commission"),
         ("head", r"president|prime minister|premier|chancellor|king|queen|emperor|emir|sultan|prince|leader|taoiseach|chief executive|chief adviser|governor-general|"
                  r"head of|pope|regent|council|chairman|ruler|junta")]
LED = re.compile(r"^(acting |interim )?(president|chairman|speaker) of the .*(congress|council|presidency)|state counsellor|member of the presidency", re.I)


def kinds(role):
    r = role.lower().replace("secretary of state for", "minister for")
    found = {k for k, p in KINDS if re.search(p, r)}
    if "vice" in found:
        return {"vice"} | found - {"head"}
    return found - {"head"} if found & {"house", "bank", "envoy", "arms"} else found or {r}


def lists(facts):
    """Per source: (name, country, role, first day, last day)."""
    out = collections.defaultdict(list)
    for c, role, full, _, since in tables.factbook_leaders(facts):
        out["factbook"].append((full, c, role, since, FACTBOOK_DAY))
    for r in csv.DictReader(open(os.path.join(facts, "office-holders.tsv"), encoding="utf8"), delimiter="\t"):
        a, b = r["start"][:10], r["end"][:10] or WIKIDATA_DAY
        if r["repo"] in tables.REPO and tables.KEEP.match(r["position"]) and len(r["person"].split()) > 1 and len(a) == len(b) == 10:
            out["wikidata"].append((r["person"], tables.REPO[r["repo"]], r["position"], a, b))
    states = {r["ISO3166-1-Alpha-3"] for r in csv.DictReader(open(os.path.join(facts, "country-codes.csv"), encoding="utf8"))}
    for name, c, a, b in tables.heads_of(facts):
        name = re.sub(r"^([A-Z]\. ?)+|( [A-Z]\.)+$", "", name)
        if c in states and " and " not in name:
            out["archigos" if len(b) > 7 else "reign"].append((name, c, "leader", a, b if len(b) > 7 else b + "-01"))
    for k in out:
        out[k] = sorted({x for x in out[k] if max(x[3], FIRST) <= x[4] and re.fullmatch(r"[^\W\d_][\w .'’-]*", x[0])})
    return out


def in_full():
    """(country, folded surname): the names of the heads of state and government with it in our tables."""
    out = collections.defaultdict(set)
    for path in [os.path.join(tables.HERE, "leaders.tsv")] + sorted(tables.glob.glob(os.path.join(tables.HERE, "offices", "*.tsv"))) + [os.path.join(tables.HERE, "holders.tsv")]:
        for line in open(path, encoding="utf8"):
            c = line.rstrip("\n").split("\t")
            if not line.startswith("#") and len(c) == 8 and tables.HEAD_ROLE.fullmatch(c[3].lower()):
                for w in re.split(r"[ -]", c[6])[1:]:
                    out[c[1], tables.fold(w)].add((c[6], c[4], c[5] or "9"))
    return out


def draw(facts, n, seed):
    all_, full, rng, cases = lists(facts), in_full(), random.Random(seed), []
    for source in ("factbook", "wikidata", "archigos", "reign"):
        for x in rng.sample(all_[source], min(n // 4, len(all_[source]))):
            a, b = datetime.date.fromisoformat(max(x[3], FIRST)), datetime.date.fromisoformat(x[4])
            day = (a + datetime.timedelta(rng.randint(0, (b - a).days))).isoformat()
            whole = {y[0] for y in full[x[1], tables.fold(x[0])] if y[1] <= day <= y[2]}
            said = whole.pop() if len(whole) == 1 and source in ("archigos", "reign") else x[0]
            cases.append((source, x, said, day, rng.choice(SENTENCES)))
    return all_, cases


def measure(facts, command, n=300, seed=1, errors=False):
    """Share right by source, and of all."""
    all_, cases = draw(facts, n, seed)
    held = collections.defaultdict(list)
    for xs in all_.values():
        for x in xs:
            held[tables.fold(x[0])].append(x)
    lines = [json.dumps({"id": i, "text": s.format(said), "published": day}, ensure_ascii=False) for i, (_, x, said, day, s) in enumerate(cases)]
    out = subprocess.run([command, "actors", "--quiet", "--input", "jsonl", "-"], input="\n".join(lines).encode(), stdout=subprocess.PIPE).stdout
    told = collections.defaultdict(list)
    for line in out.splitlines():
        r = json.loads(line)
        told[int(r["dispatch"]["id"])].append(r)
    right, of = collections.Counter(), collections.Counter()
    for i, (source, x, said, day, s) in enumerate(cases):
        same = [y for y in held[tables.fold(x[0])] if y[3] <= day <= y[4]] + [x]
        mine = [m for m in told[i] if m.get("role") and tables.fold(said).endswith(tables.fold(m["text"]))]
        ok = any(m["country"] == y[1] and (kinds(m["role"]) & kinds(y[2]) or y[2] == "leader" and LED.search(m["role"])) for m in mine for y in same)
        of[source] += 1
        right[source] += ok
        if errors and not ok:
            print(source, day, said, x, [(m["text"], m.get("country"), m.get("role"), m.get("name")) for m in told[i]])
    return [(k, right[k], of[k]) for k in of] + [("all", sum(right.values()), sum(of.values()))]


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("facts")
    ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
    ap.add_argument("-n", type=int, default=300)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--errors", action="store_true")
    o = ap.parse_args()
    for k, a, b in measure(o.facts, o.command, o.n, o.seed, o.errors):
        print(f"{k:10} {a}/{b} {a / b:.3f}")
