#!/usr/bin/env python3
"""Measure which mentions the command takes for the same actor.

    bench/accuracy/coref.py [--command build/release/chancery] [--genres news,interview] [--errors] FILE…

A FILE is CoNLL-U with GUM's Entity= (its texts are put together anew and given as running text) or the project's own corpus
(.jsonl). Of GUM, the chains that hold a name or an office: persons, organisations, and places that are states by name.
MUC (Vilain and others 1995), B3 (Bagga and Baldwin 1998), CEAFe (Luo 2005) and their mean are taken over mentions in chains of
two or more. Mentions are paired by their ranges: ours covers the head of theirs, the most alike first; a pronoun has to be the very word.
In the corpus, whose marks have no heads, ours begins where theirs does, or is an apposition in it, or is like it.
What ours has beyond is left out where the marks say nothing of it (places, things; in the corpus whatever is in no event)
and is an error where it is a pronoun or a person, an organisation or a state.
What GUM leaves unmarked (reflexives, pronouns inside their own antecedent) is not judged, but for "it", which is then an expletive.
Pronouns: he, she, it, they and their forms, where theirs stands in such a chain or, of GUM, where ours is resolved; right where
the last mention before it that names the same actors for us is in the chain of the pronoun. Several actors: each of them is in one of
the chains that the pronoun is made of (SplitAnte), or in its own.
"""
import argparse, collections, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FORMS = {"he": "he him his himself", "she": "she her hers herself", "it": "it its itself", "they": "they them their theirs themselves",
         "I": "i me my mine we us our ours you your"}
LEMMA = {f: k for k, fs in FORMS.items() for f in fs.split()}
THIRD = ("he", "she", "it", "they")
RELATIVE = set("who whom whose which that".split())


class Mention:
    def __init__(self, begin, end, chain, head=None, pronoun=None):
        self.begin, self.end, self.chain, self.head, self.pronoun = begin, end, chain, head, pronoun
        self.mate = self.within = None
        self.kept = True


class Document:
    def __init__(self, name, text, gold, partial, split=None):
        self.name, self.text, self.gold, self.partial, self.split = name, text, gold, partial, split or {}


def words_of(path, column, other=None):
    found = set()
    for line in open(path, encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        if not line.startswith("#") and (other is None or cells[1] in other):
            for c in column:
                found.update(w.lower() for w in cells[c].split("|"))
    return found - {""}


# ------------------------------------------------------------------ CoNLL-U with Entity=

def documents(path, genres):
    states = words_of(f"{ROOT}/data/actors/states.tsv", (0,), ("state",)) | words_of(f"{ROOT}/data/actors/names.tsv", (0,), ("state",))
    offices = words_of(f"{ROOT}/data/actors/offices.tsv", (0, 1))
    doc = None
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            if doc:
                yield finished(doc, states, offices)
            name = line.split("=", 1)[1].strip()
            doc = {"name": name, "text": "", "tokens": [], "open": {}, "mentions": [], "split": collections.defaultdict(set)} \
                if name.split("_")[1] in genres else None
        elif not doc:
            continue
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            doc["text"] = doc["text"].rstrip(" ") + ("\n\n" if doc["text"] else "")
            doc["glue"] = None
        elif line and line[0] != "#":
            token(doc, line.split("\t"))
    if doc:
        yield finished(doc, states, offices)


def token(doc, c):
    misc = dict(x.split("=", 1) for x in c[9].split("|") if "=" in x)
    if "." in c[0]:
        return
    space = "" if misc.get("SpaceAfter") == "No" else " "
    if "-" in c[0]:  # a multiword token: its words share its letters
        first, last = map(int, c[0].split("-"))
        doc["glue"] = [c[1], last, space]
        return
    at = len(doc["text"].encode())
    glue = doc.get("glue")
    if glue:
        word, last, after = glue
        take = word if int(c[0]) == last else word[:len(c[1])]
        doc["text"] += take
        glue[0] = word[len(take):]
        end = len(doc["text"].encode())
        if int(c[0]) == last:
            doc["text"] += after
            doc["glue"] = None
    else:
        doc["text"] += c[1]
        end = len(doc["text"].encode())
        doc["text"] += space
    doc["tokens"].append((at, end, c[1], c[3]))
    for pair in misc.get("SplitAnte", "").split(","):
        if "<" in pair:
            doc["split"][pair.split("<")[1]].add(pair.split("<")[0])
    i = len(doc["tokens"]) - 1
    for part in re.findall(r"\([^()]+\)?|[^()]+\)", misc.get("Entity", "")):
        f = part.strip("()").split("-")
        if part[0] == "(":
            doc["open"].setdefault(f[0], []).append((i, f[1], f[5], "-".join(f[7:])))
        if part[-1] == ")":
            first, kind, least, link = doc["open"][f[0]].pop()
            head = first + int(least.split(",")[0]) - 1
            doc["mentions"].append((first, i, kind, head, link, f[0]))


def finished(doc, states, offices):
    t = doc["tokens"]
    chains = collections.defaultdict(list)
    for m in doc["mentions"]:
        chains[m[5]].append(m)
    kept = set()
    for key, ms in chains.items():
        kind = collections.Counter(m[2] for m in ms).most_common(1)[0][0]
        if kind == "place":
            texts = {re.sub(r"^the ", "", " ".join(x[2] for x in t[m[0]:m[1] + 1]).lower()) for m in ms}
            texts |= {m[4].replace("_", " ").lower() for m in ms}
            if texts & states:
                kept.add(key)
        elif kind in ("person", "organization") and any(t[m[3]][3] == "PROPN" or t[m[3]][2].lower() in offices for m in ms):
            kept.add(key)
    gold = []
    for first, last, kind, head, link, key in doc["mentions"]:
        word = t[first][2].lower() if first == last else ""
        g = Mention(t[first][0], t[last][1], key, t[head][:2], LEMMA.get(word))
        g.kept = key in kept
        gold.append(g)
    return Document(doc["name"], doc["text"], gold, False, doc["split"])


# ------------------------------------------------------------------ the project's own corpus

def stories(path):
    for line in open(path, encoding="utf8"):
        r = json.loads(line)
        text = r["text"].encode()
        at = collections.defaultdict(set)
        for a in r["actors"]:
            for m in a["mentions"]:
                at[m["begin"], m["end"]].add(a["id"])
        gold = [Mention(b, e, "+".join(sorted(ids)), None, LEMMA.get(text[b:e].decode().lower())) for (b, e), ids in sorted(at.items())]
        d = Document(r["id"], r["text"], gold, True, {"+".join(sorted(i)): i for i in at.values() if len(i) > 1})
        d.record = {k: r[k] for k in ("publisher", "published") if r.get(k)}
        yield d


# ------------------------------------------------------------------ ours

def read(command, docs):
    lines = [json.dumps({"id": d.name, "text": d.text, **getattr(d, "record", {})}) for d in docs]
    p = subprocess.run([command, "actors", "--input", "jsonl", "--quiet", "-"], input="\n".join(lines).encode(), stdout=subprocess.PIPE)
    spans = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in p.stdout.splitlines():
        m = json.loads(line)
        spans[m["dispatch"]["id"]][m["begin"], m["end"]].append((m["id"], m["kind"]))
    out = {}
    for d in docs:
        text = d.text.encode()
        out[d.name] = ours = []
        for (b, e), actors in sorted(spans[d.name].items()):
            word = text[b:e].decode().lower()
            if actors[0][1] == "pronoun" and word in RELATIVE:
                continue
            m = Mention(b, e, tuple(sorted({a[0] for a in actors})), None, LEMMA.get(word) if actors[0][1] == "pronoun" else None)
            m.kind = actors[0][1]
            ours.append(m)
    return out


def align(gold, ours, text):
    pairs = []
    for i, g in enumerate(gold):
        for j, s in enumerate(ours):
            inter = min(g.end, s.end) - max(g.begin, s.begin)
            if inter <= 0:
                continue
            like = inter / (max(g.end, s.end) - min(g.begin, s.begin))
            if g.pronoun or s.pronoun:
                fits = like == 1
            elif g.head:
                fits = s.begin <= g.head[0] and g.head[1] <= s.end
            else:
                fits = like >= 0.4 or s.begin == g.begin or (g.begin <= s.begin and s.end <= g.end and text[s.begin - 2:s.begin] == b", ")
            if fits:
                pairs.append((-like, i, j))
    for _, i, j in sorted(pairs):
        if gold[i].mate is None and ours[j].mate is None:
            gold[i].mate, ours[j].mate = ours[j], gold[i]
        elif ours[j].mate is None and not gold[i].head:
            ours[j].within = gold[i]


# ------------------------------------------------------------------ measures

def chains(mentions, key):
    out = collections.defaultdict(set)
    for m in mentions:
        out[m.chain].add(key(m))
    return [c for c in out.values() if len(c) > 1]


def muc(a, b):
    of = {m: i for i, c in enumerate(b) for m in c}
    hit = total = 0
    for c in a:
        parts = {of[m] for m in c if m in of}
        hit += len(c) - len(parts) - sum(m not in of for m in c)
        total += len(c) - 1
    return hit, total


def b3(a, b):
    of = {m: c for c in b for m in c}
    return sum(len(c & of[m]) / len(c) for c in a for m in c if m in of), sum(map(len, a))


def assignment(cost):
    """The assignment of rows to columns (rows <= columns) of least cost: Kuhn and Munkres by shortest paths."""
    n, m = len(cost), len(cost[0])
    u, v, p, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        p[0], j0 = i, 0
        least, used = [float("inf")] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = p[j0], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    c = cost[i0 - 1][j - 1] - u[i0] - v[j]
                    if c < least[j]:
                        least[j], way[j] = c, j0
                    if least[j] < delta:
                        delta, j1 = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[p[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if not p[j0]:
                break
        while j0:
            p[j0], j0 = p[way[j0]], way[j0]
    return [(p[j] - 1, j - 1) for j in range(1, m + 1) if p[j]]


def ceafe(gold, ours):
    if not gold or not ours:
        return 0.0
    a, b = (gold, ours) if len(gold) <= len(ours) else (ours, gold)
    like = [[2 * len(x & y) / (len(x) + len(y)) for y in b] for x in a]
    return sum(like[i][j] for i, j in assignment([[-s for s in row] for row in like]))


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def ratio(a, b):
    return a / b if b else 0.0


def resolved(m, ours):
    """The last mention before m, else the first behind, that is no pronoun and names the same actors; of several actors, one for each."""
    named = [s for s in ours if not s.pronoun and s.kind != "pronoun"]
    same = [s for s in named if s.chain == m.chain]
    before = [s for s in same if s.begin < m.begin]
    if same:
        return [before[-1] if before else same[0]]
    return [next((s for s in reversed(named) if actor in s.chain and s.begin < m.begin), None) for actor in m.chain]


def right(g, found, d):
    theirs = [s and (s.mate or s.within) for s in found]
    if not theirs or not all(theirs):
        return False
    if any(m.chain == g.chain for m in theirs):
        return True
    return bool(d.split.get(g.chain)) and all(m.chain in d.split[g.chain] for m in theirs)


def measure(docs, command, errors=False):
    ours_of = read(command, docs)
    sums = collections.Counter()
    by = {k: [0, 0, 0] for k in LEMMA.values()}  # right, resolved, all
    for d in docs:
        ours = ours_of[d.name]
        align(d.gold, ours, d.text.encode())
        kept = [m for m in d.gold if m.kept]
        size = collections.Counter(m.chain for m in kept)
        mine = [s for s in ours if (s.mate.kept or s.pronoun in THIRD if s.mate else not d.partial and s.pronoun in (None, "it"))]
        key = lambda m: (m.begin, m.end) if m in gold_set else (m.mate.begin, m.mate.end) if m.mate else (m.begin, m.end)
        gold_set = set(d.gold)
        a, b = chains(kept, key), chains(mine, key)
        for name, f in (("MUC", muc), ("B3", b3)):
            for side, (hit, total) in (("r", f(a, b)), ("p", f(b, a))):
                sums[name, side] += hit
                sums[name, side, "of"] += total
        both = ceafe(a, b)
        for side, total in (("r", len(a)), ("p", len(b))):
            sums["CEAFe", side] += both
            sums["CEAFe", side, "of"] += total
        text = d.text.encode()
        seen = {(m.begin, m.end): m for m in d.gold if m.pronoun}
        for span in sorted(seen.keys() | {(s.begin, s.end) for s in ours if s.pronoun}):
            g = seen.get(span)
            s = next((s for s in ours if (s.begin, s.end) == span), None)
            wanted = g and g.kept and size[g.chain] > 1
            word = (g or s).pronoun
            if not wanted and (not s or d.partial or (not g and word != "it")):
                continue
            found = resolved(s, ours) if s else []
            ok = bool(g) and bool(wanted) and right(g, found, d)
            by[word][0] += ok
            by[word][1] += s is not None
            by[word][2] += 1
            if errors and not ok and word:
                near = text[max(0, span[0] - 300):span[0]].decode(errors="replace"), text[span[1]:span[1] + 60].decode(errors="replace")
                names = [text[m.begin:m.end].decode() for m in d.gold if g and m.chain == g.chain and not m.pronoun][:2]
                print(f"{d.name} {word} {'wrong' if s and wanted else 'MISSED' if wanted else 'SPURIOUS'}: ours {s.chain if s else '-'} theirs {names}\n"
                      f"    {near[0]}[[{text[span[0]:span[1]].decode()}]]{near[1]}".replace("\n\n", " ¶ "))
    out = {}
    for name in ("MUC", "B3", "CEAFe"):
        p, r = (ratio(sums[name, s], sums[name, s, "of"]) for s in "pr")
        out[name] = p, r, f1(p, r)
    out["CoNLL"] = sum(out[n][2] for n in ("MUC", "B3", "CEAFe")) / 3
    third = [by[k] for k in THIRD]
    by["all of the third person"] = [sum(x[i] for x in third) for i in range(3)]
    out["pronouns"] = by
    return out


def load(path, genres):
    return list(stories(path) if path.endswith(".jsonl") else documents(path, genres))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", nargs="+")
    ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
    ap.add_argument("--genres", default="news,interview")
    ap.add_argument("--errors", action="store_true")
    o = ap.parse_args()
    r = measure([d for f in o.files for d in load(f, o.genres.split(","))], o.command, o.errors)
    for name in ("MUC", "B3", "CEAFe"):
        print(f"{name:8} precision {r[name][0]:.3f}  recall {r[name][1]:.3f}  F1 {r[name][2]:.3f}")
    print(f"CoNLL F1 {r['CoNLL']:.3f}")
    for word, (ok, n, all_) in r["pronouns"].items():
        print(f"{word:24} right {ok:4} resolved {n:4} of {all_:4}  {ratio(ok, all_):.3f}")


if __name__ == "__main__":
    main()
