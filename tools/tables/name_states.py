#!/usr/bin/env python3
"""Write data/actors/name-states.tsv: of which states people with such names were office holders.

    tools/tables/name_states.py [--out data/actors/name-states.tsv]

From our own tables of office holders (leaders.tsv, offices/, holders.tsv). Keys: a word of a name ("mahamat"), its last three letters ("-vic") and
its first three ("oue-"), folded. A score is how much more likely the word is in a name of that state than in one of a state that has none of it, in tenths of a
natural logarithm; scores under 4 are left out.
"""
import argparse, collections, glob, math, os, unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE = os.path.join(ROOT, "data", "actors")
HEAD = """# Words of names, and beginnings and endings of three letters, with the states whose office holders have them: STATE:SCORE, the score in tenths
# of a natural logarithm. Made by tools/tables/name_states.py from leaders.tsv, offices/ and holders.tsv; facts only. CC0.
"""


def fold(s):
    return "".join(c for c in unicodedata.normalize("NFKD", s.casefold()) if not unicodedata.combining(c))


def people():
    out = set()
    for path in [f"{HERE}/leaders.tsv", *sorted(glob.glob(f"{HERE}/offices/*.tsv")), f"{HERE}/holders.tsv"]:
        for line in open(path, encoding="utf8"):
            c = line.rstrip("\n").split("\t")
            if line[0] != "#" and len(c) == 8 and len(c[1]) == 3 and c[1] != "IGO":
                out.add((fold(c[6]), c[1]))
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", default=f"{HERE}/name-states.tsv")
    o = ap.parse_args()
    seen, of, all_ = collections.defaultdict(collections.Counter), collections.Counter(), people()
    for name, state in all_:
        of[state] += 1
        for w in set(name.replace("-", " ").split()):
            if len(w) < 3 or not w.isalpha():
                continue
            seen[w][state] += 1
            if len(w) > 3:
                seen["-" + w[-3:]][state] += 1
                seen[w[:3] + "-"][state] += 1
    with open(o.out, "w", encoding="utf8") as f:
        f.write(HEAD + "word\tstates\n")
        for key in sorted(seen):
            n, part = sum(seen[key].values()), "-" in key
            if n < (3 if part else 2):
                continue
            low = 0.3 * n / len(all_) + (1e-3 if part else 2e-4)
            scores = {c: round(10 * (0.5 if part else 1) * math.log((k / max(of[c], 25) + low) / low)) for c, k in seen[key].items()}
            cell = " ".join(f"{c}:{s}" for c, s in sorted(scores.items()) if s >= 4)
            if cell:
                f.write(f"{key}\t{cell}\n")


if __name__ == "__main__":
    main()
