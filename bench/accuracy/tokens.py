#!/usr/bin/env python3
"""Score words and sentences against a treebank in CoNLL-U.

    bench/accuracy/tokens.py FILE.conllu [COMMAND]

The treebank's sentences are joined to running text, paragraphs parted by blank lines, one record a document; precision, recall and F1 are
over the character spans of words and of sentences, as in the CoNLL 2018 shared task (words of a multiword token count with their own
spans). Words in blocks that the page stage leaves out as furniture are counted too, unless --kept. Exit status 0; 77 where FILE is not there.
"""
import argparse, json, os, subprocess, sys


def documents(path):
    docs, rows, meta = [], [], {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip().split()[0]] = value.strip()
        elif line:
            c = line.split("\t")
            if c[0].isdigit():
                rows.append(c[1])
        elif rows:
            if "newdoc" in meta or not docs:
                docs.append({"text": "", "words": set(), "sentences": set()})
            d, t = docs[-1], meta["text"]
            if d["text"]:
                d["text"] += "\n\n" if "newpar" in meta else " "
            base = at = len(d["text"])
            d["text"] += t
            for w in rows:
                found = d["text"].find(w, at)
                found = found if found >= 0 and not d["text"][at:found].strip() else at
                d["words"].add((found, found + len(w)))
                at = found + len(w)
            d["sentences"].add((base, base + len(t)))
            rows, meta = [], {}
    return docs


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("file"), ap.add_argument("command", nargs="?", default="build/release/chancery")
    ap.add_argument("--kept", action="store_true", help="count only words in blocks that are kept")
    o = ap.parse_args()
    if not os.path.exists(o.file):
        print(f"tokens: no treebank at {o.file}", file=sys.stderr)
        return 77
    docs = documents(o.file)
    lines = "".join(json.dumps({"id": i, "text": d["text"]}) + "\n" for i, d in enumerate(docs))
    out = subprocess.run([o.command, "text", "--quiet", "--input", "jsonl", "-"], input=lines.encode(), capture_output=True).stdout
    found = [{"words": set(), "sentences": set()} for _ in docs]
    at = []  # by document: byte offset to character offset
    for d in docs:
        m, n = {}, 0
        for i, ch in enumerate(d["text"]):
            m[n] = i
            n += len(ch.encode())
        m[n] = len(d["text"])
        at.append(m)
    for line in out.decode("utf-8").splitlines():
        s = json.loads(line)
        i = s["dispatch"]["id"]
        found[i]["sentences"].add((at[i][s["begin"]], at[i][s["end"]]))
        found[i]["words"] |= {(at[i][t[0]], at[i][t[1]]) for t in s["tokens"]}
    for what in ("words", "sentences"):
        gold = {(i,) + x for i, d in enumerate(docs) for x in d[what]}
        got = {(i,) + x for i, d in enumerate(found) for x in d[what]}
        if o.kept:
            spans = [sorted(f["sentences"]) for f in found]
            inside = {i: set().union(*(range(a, b) for a, b in sp)) if sp else set() for i, sp in enumerate(spans)}
            gold = {x for x in gold if x[1] in inside[x[0]]}
        p, r = len(gold & got) / max(1, len(got)), len(gold & got) / max(1, len(gold))
        print(f"{what} {len(gold)}  precision {p:.4f}  recall {r:.4f}  F1 {2 * p * r / max(1e-9, p + r):.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
