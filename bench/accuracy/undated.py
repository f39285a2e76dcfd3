#!/usr/bin/env python3
"""How well is a story dated that does not say when it was published? Documents with a known day, that day withheld.

    bench/accuracy/undated.py CORPORA_DIR [--command build/release/chancery] [-n 60] [--seed 1] [--errors]

CORPORA_DIR holds time/timebank-aquaint.jsonl (`published`) and news/worldwide.jsonl (the day in the URL); half of the documents
from each. One sentence with an event is put behind each, as the interval is printed beside events.
"""
import argparse, datetime, json, os, random, re, statistics, subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROBE = "\n\nThe two governments signed an agreement."


def documents(corpora):
    bank = [json.loads(x) for x in open(os.path.join(corpora, "time/timebank-aquaint.jsonl"), encoding="utf8")]
    yield [(r["text"], r["published"]) for r in bank if r.get("published")]
    wide = []
    for line in open(os.path.join(corpora, "news/worldwide.jsonl"), encoding="utf8"):
        r = json.loads(line)
        m = re.search(r"/(20\d\d)[/-]?(\d\d)[/-]?(\d\d)\b", r.get("url") or "")
        if m and not r["text"].startswith("{\\rtf"):
            wide.append((r["text"], "-".join(m.groups())))
    yield wide


def measure(corpora, command, n=60, seed=1, errors=False):
    """Answered, of; inside, of the answered; median width in days of the answered."""
    rng, cases = random.Random(seed), []
    for docs in documents(corpora):
        cases += rng.sample(docs, min(n // 2, len(docs)))
    lines = [json.dumps({"id": i, "text": text + PROBE}) for i, (text, _) in enumerate(cases)]
    out = subprocess.run([command, "code", "--quiet", "--input", "jsonl", "-"], input="\n".join(lines).encode(), stdout=subprocess.PIPE).stdout
    told = {}
    for line in out.splitlines():
        d = json.loads(line)["dispatch"]
        told[int(d["id"])] = d["published_range"]
    width, inside = [], 0
    for i, (text, day) in enumerate(cases):
        r = told.get(i)
        if r:
            a, b = (datetime.date.fromisoformat(x) for x in r)
            width.append((b - a).days)
            inside += r[0] <= day <= r[1]
        if errors and not (r and r[0] <= day <= r[1]):
            print(day, r, " ".join(text.split())[:150])
    return len(width), len(cases), inside, statistics.median(width) if width else 0


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpora")
    ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
    ap.add_argument("-n", type=int, default=60)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--errors", action="store_true")
    o = ap.parse_args()
    answered, of, inside, width = measure(o.corpora, o.command, o.n, o.seed, o.errors)
    print(f"answered {answered}/{of}; inside {inside}/{answered} = {inside / max(answered, 1):.3f}; median width {width} days")
