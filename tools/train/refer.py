#!/usr/bin/env python3
"""Learn the weights by which the actors stage chooses (data/actors/weights.tsv) from marked stories.

    cmake --build build/release --target refer_dump
    tools/train/refer.py corpus/train.jsonl [--check corpus/dev.jsonl] [--dump build/release/refer_dump] [--out data/actors/weights.tsv]

What is chosen is the state of people and bodies whose state no word says. The command is run over the stories and tells of each
choice its options and their features; the right option is the country of the marked mention that ours is paired with (as in
bench/accuracy/coref.py). Conditional logit over the options, each feature with a weight for all and one for what is asked, both
held small (L2); gradient steps over all choices (Adam), from zero, no randomness: the same stories give the same weights. A weight in
the table is the sum of the two, in hundredths. What one choice sees depends on those before it, so a second round goes over
the choices that the first round's weights lead to.
"""
import argparse, collections, json, math, os, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bench", "accuracy"))
import coref  # noqa: E402

HEAD = """# Weights of what speaks for an option where the actors stage chooses (src/actors/weigh.c), in hundredths, by what is asked.
# Made by tools/train/refer.py from corpus/train.jsonl; not to be edited by hand. Licence: CC BY 4.0, as the corpus.
"""


def choices(dump, story):
    """(begin, end, asked, [(country, features)]) of one story."""
    with tempfile.NamedTemporaryFile("r", suffix=".choices") as f:
        line = json.dumps({k: story[k] for k in ("id", "text", "publisher", "published") if story.get(k)})
        subprocess.run([dump, "actors", "--quiet", "--threads", "1", "--input", "jsonl", "-"], input=line.encode(), stdout=subprocess.DEVNULL,
                       env={**os.environ, "CHANCERY_CHOICES": f.name}, check=True)
        for row in f:
            b, e, asked, *options = row.split()
            yield int(b), int(e), asked, [(o.lstrip("*").split(":")[0], o.split(":")[1].split(",") if o.split(":")[1] else []) for o in options], \
                next(i for i, o in enumerate(options) if o[0] == "*")


def samples(dump, path):
    out = []
    for line, d in zip(open(path, encoding="utf8"), coref.load(path, ())):
        r = json.loads(line)
        country = {a["id"]: a["country"] for a in r["actors"]}
        data = r["text"].encode()
        told = list(choices(dump, r))
        mine = []
        for c in told:
            m = coref.Mention(c[0], c[1], None)
            m.choice = c
            mine.append(m)
        coref.align(d.gold, sorted(mine, key=lambda m: (m.begin, m.end)), data)
        for m in mine:
            if m.mate:
                want = {country[i] for i in m.mate.chain.split("+")}
                asked, options, chosen = m.choice[2:]
                hit = [i for i, o in enumerate(options) if {o[0]} == want]
                out.append((asked, options, chosen, hit[0] if hit else None, r["id"], len(want)))
    return out


def score(w, asked, features):
    return sum(w.get(("", f), 0) + w.get((asked, f), 0) for f in features)


def train(data, l2_all, l2_own, steps=150, rate=0.05):
    """Adam over the whole set; weights by ('', feature) and (asked, feature)."""
    data = [s for s in data if s[3] is not None]
    w, m, v = collections.defaultdict(float), collections.defaultdict(float), collections.defaultdict(float)
    for asked, options, *_ in data:
        for _, fs in options:
            for f in fs:
                w["", f], w[asked, f] = 0.0, 0.0
    for step in range(1, steps + 1):
        g = collections.defaultdict(float)
        for asked, options, _, right, *_ in data:
            s = [score(w, asked, fs) for _, fs in options]
            top = max(s)
            p = [math.exp(x - top) for x in s]
            z = sum(p)
            for i, (_, fs) in enumerate(options):
                d = p[i] / z - (i == right)
                if abs(d) > 1e-4:
                    for f in fs:
                        g["", f] += d
                        g[asked, f] += d
        for k in w:
            x = g[k] + (l2_own if k[0] else l2_all) * w[k]
            m[k] = 0.9 * m[k] + 0.1 * x
            v[k] = 0.999 * v[k] + 0.001 * x * x
            w[k] -= rate * (m[k] / (1 - 0.9 ** step)) / (math.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8)
    return w


def accuracy(w, data):
    by = collections.defaultdict(lambda: [0, 0, 0])
    for asked, options, chosen, right, *_ in data:
        s = [score(w, asked, fs) for _, fs in options]
        got = s.index(max(s))
        for k in (asked, "all"):
            by[k][0] += got == right
            by[k][1] += chosen == right
            by[k][2] += 1
    return by


def write(w, asked, features, path):
    with open(path, "w", encoding="utf8") as f:
        f.write(HEAD + "feature\t" + "\t".join(asked) + "\n")
        for x in features:
            f.write(x + "\t" + "\t".join(str(round(100 * (w.get(("", x), 0) + w.get((a, x), 0)))) for a in asked) + "\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("stories")
    ap.add_argument("--check")
    ap.add_argument("--dump", default=os.path.join(ROOT, "build/release/refer_dump"))
    ap.add_argument("--out")
    ap.add_argument("--l2", type=float, nargs=2, default=(12.0, 40.0), help="for the common weights, for those of one question")
    ap.add_argument("--folds", type=int, default=0, help="also try on each of so many parts what the others teach")
    o = ap.parse_args()
    data = samples(o.dump, o.stories)
    table = [line.rstrip("\n").split("\t") for line in open(os.path.join(ROOT, "data/actors/weights.tsv"), encoding="utf8") if line[0] != "#"]
    say = lambda what, by: [print(f"{what:6} {k:14} {a / n:.3f} (as it is {b / n:.3f}) of {n}") for k, (a, b, n) in sorted(by.items())]
    if o.folds:
        ids, total = sorted({s[4] for s in data}), collections.defaultdict(lambda: [0, 0, 0])
        for k in range(o.folds):
            part = set(ids[k::o.folds])
            w = train([s for s in data if s[4] not in part], *o.l2)
            for a, x in accuracy(w, [s for s in data if s[4] in part]).items():
                total[a] = [p + q for p, q in zip(total[a], x)]
        say("folds", total)
    w = train(data, *o.l2)
    say("train", accuracy(w, data))
    if o.check:
        say("check", accuracy(w, samples(o.dump, o.check)))
    if o.out:
        write(w, table[0][1:], [r[0] for r in table[1:]], o.out)


if __name__ == "__main__":
    main()
