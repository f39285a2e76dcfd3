#!/usr/bin/env python3
"""Which frames there are, and which of them fire on given texts.

    bench/accuracy/coverage.py [FILE…] [--command build/release/chancery] [--unfired] [--json]

Without FILE: how many frames, predicates (a word with its part of speech; with its conditions: a sense) and stop frames each PLOVER type has,
and for which modes. With FILEs (what `chancery code` takes): also how many events each frame coded; --unfired lists the frames
that coded none, by file and line. What no frame knows is told by `chancery code --unknown`.
"""
import argparse, collections, glob, json, os, re, subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def frames():
    """(file, line number, predicate, code) of every frame of the tree, in the order of the files."""
    for path in sorted(glob.glob(f"{ROOT}/data/events/*.frames")):
        with open(path, encoding="utf8") as f:
            for number, line in enumerate(f, 1):
                m = re.match(r"([^\s#]\S*/[VNA]\S*)\s+(\S+)\s", line)
                if m:
                    yield os.path.basename(path), number, m[1], m[2]


def senses(predicate):
    """Its words, each with part of speech and conditions."""
    words, rest = predicate.split("/", 1)
    return [(w, rest[0], rest[1:]) for w in words.split("|")]


ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("files", nargs="*")
ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
ap.add_argument("--unfired", action="store_true")
ap.add_argument("--json", action="store_true")
o = ap.parse_args()

fired = collections.Counter()
if o.files:
    done = subprocess.run([o.command, "code", "--quiet", "--format", "jsonl", *o.files], stdout=subprocess.PIPE)
    for line in done.stdout.decode().splitlines():
        fired[json.loads(line)["why"]["frame"]] += 1
table = collections.defaultdict(lambda: {"frames": 0, "words": set(), "senses": set(), "modes": collections.Counter(), "fired": 0})
every = list(frames())
for _, _, predicate, code in every:
    type_, *modes = code.split("@")[0].split(".")
    for t in ("stop",) if type_ == "-" else (type_, "all"):
        row = table[t]
        row["frames"] += 1
        row["fired"] += bool(fired[predicate])
        row["words"] |= {(w, p) for w, p, _ in senses(predicate)}
        row["senses"] |= set(senses(predicate))
        row["modes"].update(modes)
rows = [{"type": t, "frames": r["frames"], "predicates": len(r["words"]), "senses": len(r["senses"]), "fired": r["fired"],
         "modes": dict(sorted(r["modes"].items())) if t != "all" else {}} for t, r in sorted(table.items())]
if o.json:
    print(json.dumps({"rows": rows, "unfired": [f"{f}:{n}: {p}" for f, n, p, c in every if c != "-" and not fired[p]] if o.unfired else None}))
else:
    print(f"{'type':10} {'frames':>6} {'predicates':>10} {'senses':>6} {'fired':>6}  frames by mode")
    for r in rows:
        print(f"{r['type']:10} {r['frames']:6} {r['predicates']:10} {r['senses']:6} {r['fired'] if o.files else '':>6}  "
              + ", ".join(f"{m} {n}" for m, n in r["modes"].items()))
    for f, n, predicate, code in every if o.unfired else []:
        if code != "-" and not fired[predicate]:
            print(f"unfired  {f}:{n}: {predicate}")
