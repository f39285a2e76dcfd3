"""Corpora to arrays: prepare.py CORPORA ENCODER STORIES CACHE. Everything after this reads the cache only."""
import collections
import pickle
import random
import sys

import numpy as np

import corpora
import features
import newsroom
import vectors


def main():
    folder, encoder, own, cache = sys.argv[1:5]
    known = corpora.peoples(folder + "/facts/factbook-2026-05.jsonl")
    n = folder + "/names/uner-ewt/en_ewt-ud-"
    sets = {
        "train": list(corpora.ewt(folder, "train", n + "train.older.iob2", known)) + list(corpora.gum(folder, "train", known)),
        "dev": list(corpora.ewt(folder, "dev", n + "dev.iob2", known)),
        "gumdev": list(corpora.gum(folder, "dev", known)),
    }
    sets["names"] = list(corpora.name_corpora(folder, known))
    sets["silver"] = list(corpora.silver(folder))
    sets["stories"] = list(corpora.stories(own))
    renamer = corpora.Renamer(folder, random.Random(2))
    sets["renamed"] = [renamer.copy(s) for s in sets["train"] + sets["names"] + sets["stories"] if any(n > 0 for n in s.get("names", ()))]
    table, static = vectors.load(encoder, vectors.DIMS)

    rels = collections.Counter(r for s in sets["train"] for r in s["rels"])
    tags = collections.Counter(t for s in sets["train"] for t in s["tags"])
    rels = ["root"] + sorted(r for r in rels if r != "root")
    tags = sorted(t for t, c in tags.items() if c >= 2)
    tag_id = {t: i for i, t in enumerate(tags)}
    rel_id = {r: i for i, r in enumerate(rels)}
    freq = collections.Counter()
    for s in sets["train"] + sets["names"] + sets["silver"] + sets["stories"]:
        for f in s["forms"]:
            freq[features.zero_digits(features.fold(f))] += 1
    vocab = sorted((f for f, c in freq.items() if c >= 2), key=lambda f: (-freq[f], f))
    vocab_id = {f: i + 1 for i, f in enumerate(vocab)}
    print(len(vocab), "forms", len(tags), "tags", len(rels), "relations", len(known), "demonyms",
          {k: len(v) for k, v in sets.items()})

    # what the teacher labels; copies come behind
    taught = {k: len(sets[k]) for k in ("train", "names", "silver", "stories")}
    rng = random.Random(1)
    shaped = list(newsroom.copies(sets["train"], random.Random(3), renamer))
    for k in ("train", "names", "stories", "silver"):
        extra = []
        for s in sets[k]:
            u = rng.random()
            if len(s["forms"]) >= 4 and u < 0.10:
                extra.append(corpora.recased(s, "upper" if u < 0.03 else "title"))
        sets[k] = sets[k] + extra
    sets["train"] += shaped

    gaz = {features.fold(w): b for w, b in corpora.gazetteer(folder).items()}
    print(len(gaz), "words in the gazetteer")
    types = {}

    def encode(s):
        forms = s["forms"]
        classes = [features.case_class(f) for f in forms]
        sc = features.sentence_case(classes)
        rows = []
        for i, f in enumerate(forms):
            t = types.get(f)
            if t is None:
                b = features.fold(f)
                vec = features.pieces(b, table)
                t = types[f] = (vocab_id.get(features.zero_digits(b), 0), features.hashed(b), len(types), vec, gaz.get(b, 0))
            rows.append([t[0], *t[1], features.shape(f, classes[i], i == 0, sc), t[2], t[4]])
        k = len(forms)
        none = [-1] * k
        return {
            "forms": forms,
            "x": np.array(rows, np.int32),
            "tag": np.array([tag_id.get(t, -1) for t in s["tags"]] if "tags" in s else none, np.int32),
            "head": np.array(s.get("heads", none), np.int32),
            "rel": np.array([rel_id.get(r, rel_id.get(r.split(":")[0], -1)) for r in s["rels"]] if "rels" in s else none, np.int32),
            "name": np.array(s.get("names", none), np.int32),
        }
    enc = {k: [encode(s) for s in v] for k, v in sets.items()}
    pieces = [t[3] for t in types.values()]
    vec = np.stack([vectors.mean(static, q) for q in pieces])
    missing = sum(not q for q in pieces)
    print(len(types), "types,", missing, "without a static vector;", sum(c == 0 for s in enc["dev"] for c in s["x"][:, 0]), "unknown in dev")
    counts = np.array([freq[f] for f in vocab], np.int32)
    pickle.dump({"enc": enc, "vec": vec, "pieces": pieces, "vocab": vocab, "counts": counts, "tags": tags, "rels": rels, "table": table, "static": static, "gaz": gaz, "taught": taught},
                open(cache + "/data.pickle", "wb"))
    pickle.dump({k: [{q: s[q] for q in ("forms", "tags", "lemmas")} for s in v if "lemmas" in s] for k, v in sets.items() if k in ("train", "dev")},
                open(cache + "/lemmas.pickle", "wb"))


if __name__ == "__main__":
    main()
