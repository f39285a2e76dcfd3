#!/usr/bin/env python3
"""How well is a story dated that does not say when it was published? Documents with a known day, that day withheld.

    bench/accuracy/undated.py CORPORA_DIR [--command build/release/chancery] [-n 60] [--seed 1] [--errors]

CORPORA_DIR holds time/timebank-aquaint.jsonl (`published`) and news/worldwide.jsonl (the day in the URL); half of the documents
from each. A document that gets no interval, or one of more than WIDEST days, counts as not inside.
"""
import argparse, datetime, json, os, random, re, statistics, subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WIDEST = 50 * 365


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
    """Of each set: answered, of; inside; the answers' widths in days."""
    rng, out = random.Random(seed), []
    for docs in documents(corpora):
        cases = rng.sample(docs, min(n // 2, len(docs)))
        lines = [json.dumps({"id": i, "text": text}) for i, (text, _) in enumerate(cases)]
        pages = subprocess.run([command, "page", "--quiet", "--input", "jsonl", "-"], input="\n".join(lines).encode(), stdout=subprocess.PIPE).stdout
        told = {}
        for line in pages.splitlines():
            d = json.loads(line)
            told.setdefault(int(d["dispatch"]["id"]), d) # the first story
        width, inside = [], 0
        for i, (text, day) in enumerate(cases):
            d = told.get(i, {})
            r = d.get("published")
            if r:
                a, b = (datetime.date.fromisoformat(x) for x in r)
                r = r if (b - a).days <= WIDEST else None
            if r:
                width.append((b - a).days)
                inside += r[0] <= day <= r[1]
            if errors and not (r and r[0] <= day <= r[1]):
                print(day, r, d.get("published_why"), "|", " ".join(text.split())[:150])
        out.append((len(width), len(cases), inside, width))
    return out


def summary(parts):
    """answered, of, inside, median width, all sets together."""
    width = [w for p in parts for w in p[3]]
    return sum(p[0] for p in parts), sum(p[1] for p in parts), sum(p[2] for p in parts), statistics.median(width) if width else 0


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpora")
    ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
    ap.add_argument("-n", type=int, default=60)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--errors", action="store_true")
    o = ap.parse_args()
    parts = measure(o.corpora, o.command, o.n, o.seed, o.errors)
    for name, p in zip(("timebank", "worldwide", "both"), [[x] for x in parts] + [parts]):
        answered, of, inside, width = summary(p)
        print(f"{name:9} answered {answered}/{of}; inside {inside}/{of} = {inside / max(of, 1):.3f}; median width {width} days")
