#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Do copies of one wire come out as one?

    bench/accuracy/copies.py NEWS.jsonl COMMAND [--show N]

NEWS.jsonl: stories with text and published. Stories whose text equals an earlier one's must be tied to it; 500 stories are rewritten as
papers rewrite a wire (another headline and credit, paragraphs cut or moved, other quotation marks, British spelling made American) and
must be tied to theirs and to nothing else. --show prints N pairs, drawn by chance, of stories that were tied though their texts differ.
"""
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile

SPELLING = [("our ", "or "), ("ise", "ize"), ("isation", "ization"), ("lled ", "led "), ("lling ", "ling "), ("centre", "center"), ("defence", "defense"), ("programme", "program"),
            ("colour", "color"), ("labour", "labor"), ("harbour", "harbor"), ("favour", "favor")]
MARKS = [("\"", "\"", "“", "”"), ("\"", "\"", "'", "'")]


def rewritten(text, rng):
    paragraphs = [p for p in re.split(r"\n\s*\n|\n(?=\s)", text) if p.strip()]
    if len(paragraphs) > 3:
        what = rng.choice(["end", "middle", "move", "none"])
        keep = max(2, int(len(paragraphs) * rng.uniform(0.5, 0.9)))
        if what == "end":
            paragraphs = paragraphs[:keep]
        elif what == "middle":
            out = set(rng.sample(range(1, len(paragraphs)), len(paragraphs) - keep))
            paragraphs = [p for i, p in enumerate(paragraphs) if i not in out]
        elif what == "move":
            i = rng.randrange(1, len(paragraphs))
            paragraphs.append(paragraphs.pop(i))
    text = "\n\n".join(p.strip() for p in paragraphs)
    if rng.random() < 0.5:
        for a, b in SPELLING:
            text = text.replace(a, b)
    if rng.random() < 0.5:
        text = re.sub(r'"([^"\n]*)"', r"“\1”", text)
    text = re.sub(r"\bReuters?\b", rng.choice(["Staff", "AP", "the agency"]), text, flags=re.I)
    return text + rng.choice(["", "\n\n(Additional reporting by our staff)", "\n\n- Agencies"])


def groups(command, records):
    with tempfile.TemporaryDirectory() as folder:
        news, base = os.path.join(folder, "news.jsonl"), os.path.join(folder, "r.db")
        with open(news, "w", encoding="utf8") as f:
            for r in records:
                f.write(json.dumps(r, ensure_ascii=False) + "\n")
        subprocess.run([command, "add", "--quiet", base, news], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        db = sqlite3.connect(base)
        of = {json.loads(i): o for i, o in db.execute("SELECT p.given_id, coalesce(c.original, -d.id) FROM dispatch d JOIN page p ON p.id = d.page "
                                                      "LEFT JOIN copy c ON c.dispatch = d.id WHERE d.article = 0")}
        share = {json.loads(i): s for i, s in db.execute("SELECT p.given_id, c.share FROM copy c JOIN dispatch d ON d.id = c.dispatch JOIN page p ON p.id = d.page")}
        return of, share


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    stories = [json.loads(line) for line in open(sys.argv[1], encoding="utf8")]
    for i, s in enumerate(stories):
        s["id"] = f"s{i}"
    first, equal, distinct = {}, [], []
    for s in stories:
        if s["text"] in first:
            equal.append((s["id"], first[s["text"]]))
        else:
            first[s["text"]] = s["id"]
            distinct.append(s)
    of, share = groups(sys.argv[2], stories)
    print(f"{len(equal)} stories with the text of an earlier one: {sum(of.get(a) == of.get(b) for a, b in equal)} found")
    rng = random.Random(7)
    chosen = rng.sample([s for s in distinct if len(s["text"].split()) >= 60], 500)
    copies = [{**s, "id": "c" + s["id"], "title": "Another headline altogether", "publisher": "Another paper", "text": rewritten(s["text"], rng)} for s in chosen]
    mix = [s for s in distinct] + copies
    rng.shuffle(mix)
    of2, share2 = groups(sys.argv[2], mix)
    ids = [s["id"] for s in chosen] + [c["id"] for c in copies]
    by = {}
    for i in ids:
        by.setdefault(of2.get(i), []).append(i)
    pairs = sum(len(v) * (len(v) - 1) // 2 for v in by.values())
    right = sum(of2.get(s["id"]) == of2.get("c" + s["id"]) for s in chosen)
    p, r = right / max(pairs, 1), right / len(chosen)
    print(f"500 rewritten copies: pairs right {right} of {pairs} told: precision {p:.3f} recall {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")
    text = {s["id"]: s for s in stories}
    tied = {}
    for i, o in of.items():
        if o and o > 0:
            tied.setdefault(o, []).append(i)
    differ = [(v[0], x) for v in tied.values() for x in v[1:] if text[v[0]]["text"] != text[x]["text"]]
    print(f"{len(differ)} of {len(distinct)} distinct stories are tied to another with other words")
    if "--show" in sys.argv:
        for a, b in rng.sample(differ, min(int(sys.argv[sys.argv.index("--show") + 1]), len(differ))):
            for i in (a, b):
                print(f"--- {i} {text[i].get('published')} share {share.get(i, 0):.2f} {text[i].get('title', '')}\n{text[i]['text'][:600]}")
            print()


main()
