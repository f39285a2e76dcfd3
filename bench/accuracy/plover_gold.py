#!/usr/bin/env python3
"""Country and sector of the marked source and target of the PLOVER gold records (one or two sentences each, a dispatch of its own).

    bench/accuracy/plover_gold.py RECORDS [--command build/release/chancery] [--errors]

RECORDS: JSON Lines with text, event, and source and target, each a list of {actorText, code, sector}. An actorText's places in the
text are found without regard to white space and punctuation; of words that the text has only in part, the longest run. It is right
where a mention that overlaps one of the places has the code ("loose": the measure that other sets are scored by), and strictly
right where the mention that covers most of it has.

Codes are read as ISO 3166-1 alpha-3: JAP is JPN; UNO, EUR, IMG are IGO; PAL is PSE; SRB, MNE, SCG and YUG are one, for the records
speak of Yugoslavia and its republics by either, and so are SUN and RUS, DDR and DEU, CSK and CZE. Left out: records without a code, and the
codes UNK and ***. Sectors: letters beyond the third (REFKUR, CVLalb: religions and peoples) are cut off, MED is JRN (CAMEO's MED is the
media), CIV is CVL, MOS and *** are none.

Events: a record's event is found where the command codes an event of its type, and its participants are right where, besides, each
marked country of either side stands in the event.
"""
import argparse, collections, json, os, re, subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAME = {"JAP": "JPN", "UNO": "IGO", "EUR": "IGO", "IMG": "IGO", "PAL": "PSE", "YUG": "SRB", "SCG": "SRB", "MNE": "SRB", "SUN": "RUS", "DDR": "DEU", "CSK": "CZE"}
TYPE = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
SECTOR = {"MED": "JRN", "CIV": "CVL", "MOS": "", "***": ""}


def code_of(c):
    c = re.sub(r"[^A-Z].*", "", c or "")
    return "" if len(c) != 3 or c == "UNK" else SAME.get(c, c)


def sector_of(s):
    s = (s or "")[:3]
    return SECTOR.get(s, s)


def places(words, text):
    """Byte ranges of the words in the text; of the longest run of them that occurs where the whole does not."""
    w = re.findall(r"\w+", words)
    for n in range(len(w), 0, -1):
        for k in range(len(w) - n + 1):
            run = w[k:k + n]
            if n < len(w) and sum(map(len, run)) < 4:
                continue
            found = [m.span() for m in re.finditer(r"\b" + r"\W+".join(map(re.escape, run)) + r"\b", text)]
            if found:
                return [(len(text[:a].encode()), len(text[:b].encode())) for a, b in found]
    return []


def actors_of(r, side):
    for a in r.get(side) or []:
        if code_of(a.get("code")):
            yield a["actorText"], code_of(a["code"]), sector_of(a.get("sector"))


def command(path, sub, records):
    lines = "\n".join(json.dumps({"id": r["id"], "text": r["text"].strip(), "published": r.get("date")}) for r in records)
    out = subprocess.run([path, sub, "--quiet", "--input", "jsonl", "-"], input=lines.encode(), stdout=subprocess.PIPE).stdout
    by = collections.defaultdict(list)
    for line in out.splitlines():
        x = json.loads(line)
        by[x["dispatch"]["id"]].append(x)
    return by


def countries(e, side):
    return {SAME.get(a["country"], a["country"]) for a in e[side]}


def measure(path, command_path, errors=False):
    records = [json.loads(line) for line in open(path, encoding="utf8")]
    told, coded = command(command_path, "actors", records), command(command_path, "code", records)
    n, of = collections.Counter(), collections.Counter()
    for r in records:
        text = r["text"].strip()
        for side in ("source", "target"):
            for words, code, sector in actors_of(r, side):
                near = places(words, text)
                hit = [m for m in told[r["id"]] if any(m["begin"] < e and b < m["end"] for b, e in near)]
                good = [m for m in hit if SAME.get(m["country"], m["country"]) == code]
                cover = lambda m: max(min(m["end"], e) - max(m["begin"], b) - (m["end"] - m["begin"]) / 1000 for b, e in near)
                most = [m for m in hit if cover(m) == max(map(cover, hit))]
                of["country"] += 1
                n["country"] += bool(good)
                n["strict"] += any(m in good for m in most)
                if good and sector:
                    of["sector"] += 1
                    n["sector"] += any(sector in m["sector"] for m in good)
                if errors and (not any(m in good for m in most) or sector and not any(sector in m["sector"] for m in good)):
                    print("WRONG" if not good else "strict" if not any(m in good for m in most) else "sector", r["id"][13:], repr(words), code, sector, "ours",
                          sorted({(m["text"], m["country"], ",".join(m["sector"]), m["basis"]) for m in hit}), "|", text)
        kind = TYPE.get(r["event"], r["event"])
        same = [e for e in coded[r["id"]] if e["type"] == kind]
        of["events"] += 1
        n["type"] += bool(same)
        wanted = {s: {c for _, c, _ in actors_of(r, s)} for s in ("source", "target")}
        n["who"] += any(all(wanted[s] <= countries(e, s) | (set() if wanted["target"] else countries(e, "target")) for s in wanted) for e in same)
    return {"actors": of["country"], "country": n["country"] / of["country"], "country, strictly": n["strict"] / of["country"],
            "sector": n["sector"] / max(of["sector"], 1), "events: type": n["type"] / of["events"], "events: type and who": n["who"] / of["events"]}


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("records")
    ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
    ap.add_argument("--errors", action="store_true")
    o = ap.parse_args()
    for k, v in measure(o.records, o.command, o.errors).items():
        print(f"{k:22} {v if isinstance(v, int) else f'{v:.3f}'}")
