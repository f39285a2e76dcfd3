#!/usr/bin/env python3
"""Score body extraction from HTML against the pages of an article-extraction benchmark.

    bench/accuracy/pages.py CORPUS [COMMAND]

CORPUS holds html/ID.html.gz and truth.jsonl (id, articleBody), as in Scrapinghub's article-extraction-benchmark.
The measure is that benchmark's: precision, recall and F1 over 4-grams of the words of each page, averaged over pages.
What is scored are the paragraphs and headings of all stories; headline and captions are told apart and left out.
Exit status 0; 77 where the corpus is not there.
"""
import argparse, collections, gzip, json, os, re, subprocess, sys


def grams(text, n=4):
    words = re.findall(r"\w+", text or "", re.U)
    k = min(n, len(words))
    return collections.Counter(tuple(words[i : i + k]) for i in range(len(words) - k + 1)) if k else collections.Counter()


def score(truth, found):
    a, b = grams(truth), grams(found)
    hit = sum((a & b).values())
    return (hit / sum(b.values()) if b else 1.0 if not a else 0.0), (hit / sum(a.values()) if a else 1.0)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("corpus"), ap.add_argument("command", nargs="?", default="build/release/chancery")
    ap.add_argument("--worst", type=int, default=0, help="name the pages with the lowest F1")
    ap.add_argument("--all-blocks", action="store_true", help="score headline and captions too")
    o = ap.parse_args()
    truth_path = os.path.join(o.corpus, "truth.jsonl")
    if not os.path.exists(truth_path):
        print(f"pages: no corpus at {o.corpus}", file=sys.stderr)
        return 77
    rows = []
    for line in open(truth_path, encoding="utf-8"):
        t = json.loads(line)
        html = gzip.open(os.path.join(o.corpus, "html", t["id"] + ".html.gz")).read()
        out = subprocess.run([o.command, "page", "--quiet", "--input", "html", "-"], input=html, capture_output=True)
        text = []
        for l in out.stdout.decode("utf-8").splitlines():
            text += [b["text"] for b in json.loads(l)["blocks"] if o.all_blocks or b["kind"] not in ("title", "caption")]
        p, r = score(t["articleBody"], "\n".join(text))
        rows.append((2 * p * r / (p + r) if p + r else 0.0, p, r, t["id"], t["url"], out.stderr.decode()[:100].strip()))
    n = len(rows)
    p, r = sum(x[1] for x in rows) / n, sum(x[2] for x in rows) / n
    print(f"pages {n}  precision {p:.4f}  recall {r:.4f}  F1 {2 * p * r / (p + r):.4f}  mean F1 {sum(x[0] for x in rows) / n:.4f}")
    for x in sorted(rows)[: o.worst]:
        print(f"  F1 {x[0]:.3f}  P {x[1]:.3f}  R {x[2]:.3f}  {x[3][:8]}  {x[4]}  {x[5]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
