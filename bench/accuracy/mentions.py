#!/usr/bin/env python3
"""Is the country of every mention of an actor right, by the kind of mention and by what the country rests on?

    bench/accuracy/mentions.py CORPUS.jsonl… [--command build/release/chancery] [--errors] [--kind nominal] [--basis "state of the dispatch"]

CORPUS: the project's own, which marks each mention with its actors. Mentions are paired as in coref.py. Right: the countries of all
actors that ours stands for are those of all that theirs does; UNK, "of no state that the story tells", is a code like any other.
Kinds are theirs: a pronoun; a name (a marked name ends it or is most of it); else a nominal. A mention that is not paired is not
found. Basis: chy_actor.basis of the first actor of ours; for pronouns "pronoun".
"""
import argparse, collections, json, os, subprocess

import coref

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def kind_of(g, names):
    if g.pronoun:
        return "pronoun"
    for b, e in names:
        inside = min(e, g.end) - max(b, g.begin)
        if inside > 0 and (2 * inside >= g.end - g.begin):
            return "name"
    return "nominal"


def told(command, records):
    lines = "\n".join(json.dumps({k: r[k] for k in ("id", "text", "publisher", "published") if r.get(k)}) for r in records)
    out = subprocess.run([command, "actors", "--quiet", "--input", "jsonl", "-"], input=lines.encode(), stdout=subprocess.PIPE).stdout
    by = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in out.splitlines():
        m = json.loads(line)
        by[m["dispatch"]["id"]][m["begin"], m["end"]].append(m)
    return by


def pairs(files, command):
    records = [json.loads(line) for f in files for line in open(f, encoding="utf8")]
    docs = {d.name: d for f in files for d in coref.load(f, ())}
    ours = told(command, records)
    for r in records:
        d, country, data = docs[r["id"]], {a["id"]: a["country"] for a in r["actors"]}, r["text"].encode()
        mine = []
        for (b, e), ms in sorted(ours[r["id"]].items()):
            word = data[b:e].decode().lower()
            if ms[0]["kind"] == "pronoun" and word in coref.RELATIVE:
                continue
            m = coref.Mention(b, e, None, None, coref.LEMMA.get(word) if ms[0]["kind"] == "pronoun" else None)
            m.ms = ms
            mine.append(m)
        coref.align(d.gold, mine, data)
        names = [(n["begin"], n["end"]) for n in r["names"] if n["type"] in ("PER", "ORG", "LOC")]
        for g in d.gold:
            yield r, data, g, kind_of(g, names), {country[i] for i in g.chain.split("+")}, g.mate


def measure(files, command, errors=None):
    """kind → [right, found, all]; (kind, basis) → [right, all]."""
    kinds, bases = collections.defaultdict(lambda: [0, 0, 0]), collections.defaultdict(lambda: [0, 0])
    for r, data, g, kind, want, mate in pairs(files, command):
        have = {m["country"] for m in mate.ms} if mate else set()
        ok = have == want
        for k in (kind, "all"):
            kinds[k][0] += ok
            kinds[k][1] += mate is not None
            kinds[k][2] += 1
        basis = "not found" if not mate else "pronoun" if kind == "pronoun" else mate.ms[0]["basis"]
        if mate:
            bases[kind, basis][0] += ok
            bases[kind, basis][1] += 1
        if errors and not ok and errors(kind, basis):
            near = data[max(0, g.begin - 160):g.begin].decode(errors="replace"), data[g.end:g.end + 70].decode(errors="replace")
            print(f"{r['id']} {kind} {'+'.join(sorted(want))} ours {'+'.join(sorted(have))} [{basis}]: {near[0]}[[{data[g.begin:g.end].decode()}]]{near[1]}".replace("\n", "¶"))
    return kinds, bases


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", nargs="+")
    ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--kind")
    ap.add_argument("--basis")
    o = ap.parse_args()
    wanted = lambda kind, basis: (not o.kind or kind == o.kind) and (not o.basis or basis == o.basis)
    kinds, bases = measure(o.files, o.command, wanted if o.errors else None)
    for (k, b), (ok, n) in sorted(bases.items(), key=lambda x: (x[0][0], -x[1][1])):
        print(f"{k:8} {b:28} right {ok:4} of {n:4}  {ok / n:.3f}")
    for k, (ok, found, n) in kinds.items():
        print(f"{k:37} right {ok:4} found {found:4} of {n:4}  {ok / max(found, 1):.3f} of found, {ok / n:.3f} of all")


if __name__ == "__main__":
    main()
