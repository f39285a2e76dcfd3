"""The reader of triggers (src/events/reader.c): which words head an event of which type.

  reader.py prepare VIEWS CORPUS PLOVER ENCODER CACHE    what there is to learn from, to CACHE/reader.pickle
  reader.py train CACHE OUT.bin                          trains, measures on corpus/dev, writes OUT.bin
  reader.py folds CACHE OUT                              OUT0.bin … OUT4.bin, each trained without a fifth of the stories (by fold() of their
                                                         id): for whoever is trained on the reader's scores

VIEWS is the program of tools/train/views.c, built with the same src/events/view.c that the reader itself looks through; CORPUS the
folder of the marked stories, PLOVER the open half of the PLOVER gold records, ENCODER e5-small-v2.onnx (train.sh).
One thread. Environment: ABLATE=states,lemmas,means,frames,features leaves parts of the input out (docs/design/events.md).
"""
import os
import sys

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
import collections
import glob
import json
import pickle
import re
import subprocess
import zlib

import jax
import jax.numpy as jnp
import numpy as np

import export
import features
import teacher

TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
PLOVER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
CLASSES = 1 + len(TYPES)
FEATURES = 223                 # CHY_N_FEATURE of src/events/view.h
LEXICON = slice(160, 193)      # CHY_VIEW_LEXICON … CHY_VIEW_BITS: what the frames know of the lemma
STATE, VECTOR, HIDDEN, VIEWS = 64, 64, 256, 5
MEANS = {"sentence": 2, "dispatch": 3}      # of what the mean vector is seen, how many times as large
WIDTH = STATE + (VIEWS + len(MEANS)) * VECTOR
TOP = 3.96                     # what 8 bits hold
ABLATE = set(os.environ.get("ABLATE", "").split(","))
FOLDS = 5


def fold(story):
    return zlib.crc32(story.encode()) % FOLDS


# ------------------------------------------------------------------- tables

def look(views, lines):
    """-> (rows of views' output, states [tokens, 320])"""
    path = f"/tmp/reader-states.{os.getpid()}"
    out = subprocess.run([views, path], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True, encoding="utf8").stdout
    states = np.fromfile(path, np.uint8).reshape(-1, 320)
    os.remove(path)
    rows, dispatch = [], 0
    for line in out.split("\n"):
        c = line.split("\t")
        dispatch += c[0] == "="
        if len(c) != 10:
            continue
        seen = [x.split(":", 1) for x in c[8].split("\x1f")]
        rows.append({"id": str(json.loads(c[0])), "token": int(c[1]), "begin": int(c[2]), "end": int(c[3]), "lemma": c[4], "upos": c[5],
                     "sentence": int(c[7]), "dispatch": dispatch, "seen": [int(t) for t, _ in seen], "lemmas": [l for _, l in seen], "features": [int(f) for f in c[9].split()]})
    return rows, states


def marks(record):
    """[(ranges of a trigger, types, is it a must)]"""
    if "events" in record:
        return [(e["trigger"], e["type"], e["must"]) for e in record["events"]]
    text, at, ranges = record["text"], 0, []
    for words in re.findall(r"\(EVT: ([^)]*)\)", record["textInfo"]["markup"]):
        i = text.find(words, at)
        if i >= 0:
            ranges.append([len(text[:i].encode()), len(text[:i + len(words)].encode())])
            at = i
    kind = PLOVER.get(record["event"], record["event"])
    return [(ranges, [kind], True)] if ranges and kind in TYPES else []


def paragraphs(records):
    """Each paragraph as a text of its own: what there is to read is not always a story."""
    out = {}
    for k, r in records.items():
        at = 0
        for i, piece in enumerate(r["text"].encode().split(b"\n\n")):
            end = at + len(piece)
            inside = [{**e, "trigger": [[b - at, c - at] for b, c in e["trigger"]]} for e in r["events"]
                      if at <= e["trigger"][0][0] and e["trigger"][-1][1] <= end]
            if len(piece) > 30:
                out[f"{k}#{i}"] = {"text": piece.decode(), "published": r["published"], "events": inside}
            at = end + 2
    return out


def table(views, path, pieces=False):
    """A corpus as arrays: a row a word that could head an event."""
    records = {str(r["id"]): r for r in map(json.loads, open(path, encoding="utf8"))}
    if pieces:
        records = paragraphs(records)
    whole = all("events" in r for r in records.values())      # else only one event a record is marked
    rows, states = look(views, [json.dumps({"id": k, "text": r["text"], "published": r.get("published") or "2000-01-01"}) for k, r in records.items()])
    by = collections.defaultdict(list)
    for i, r in enumerate(rows):
        by[r["id"]].append(i)
    y, weight, must = np.zeros((len(rows), CLASSES), np.float32), np.full(len(rows), float(whole), np.float32), np.zeros(len(rows), bool)
    for k, record in records.items():
        for ranges, types, is_must in marks(record):
            inside = [i for i in by[k] if any(rows[i]["begin"] < e and b < rows[i]["end"] for b, e in ranges)]
            tokens = {rows[i]["token"] for i in inside}
            heads = [i for i in inside if rows[i]["seen"][1] not in tokens] or inside
            heads = [i for i in heads if rows[i]["upos"] == "VERB"] or heads
            for i in inside:           # the rest of a trigger is neither event nor none
                if i != heads[0] and not y[i].any():
                    weight[i] = 0
            if heads:
                y[heads[0], [1 + TYPES.index(t) for t in types if t in TYPES]] = 1
                must[heads[0]] |= is_must
                weight[heads[0]] = 1
    y[:, 0] = ~y.any(1)
    feats = np.zeros((len(rows), FEATURES), np.uint8)
    for i, r in enumerate(rows):
        feats[i, r["features"]] = 1
    return {"y": y, "weight": weight, "must": must, "story": [r["id"] for r in rows], "lemmas": [r["lemmas"] for r in rows],
            "sentence": [(r["id"], r["dispatch"], r["sentence"]) for r in rows], "dispatch": [(r["id"], r["dispatch"]) for r in rows],
            "features": feats, "states": states[[r["token"] for r in rows]],
            "musts": sum(m for r in records.values() for _, _, m in marks(r))}


# ------------------------------------------------------------------ vectors

def vectors(encoder, words):
    """A vector a word: the encoder's last states over its pieces, as it reads the bare word as a query; PCA; 32 to the unit in 8 bits."""
    teacher.LAYERS = 12
    vocab = json.load(open(encoder.removesuffix(".onnx") + "-tokenizer.json", encoding="utf8"))["model"]["vocab"]
    p = {k: jnp.asarray(v) for k, v in teacher.load(encoder).items()}
    p["H.mix"] = jnp.asarray([-1e9] * teacher.LAYERS + [0.0])
    encode = jax.jit(lambda ids, mask: teacher.encode(p, ids, mask, None))
    lead = [101, vocab["query"], vocab[":"]]
    out = []
    for at in range(0, len(words), 256):
        some = [lead + teacher.wordpieces(w, vocab) + [102] for w in words[at:at + 256]]
        ids, mask = np.zeros((256, 12), np.int32), np.zeros((256, 12), np.float32)
        inside = np.zeros((256, 12), np.float32)
        mask[:, 0] = inside[:, 3] = 1
        for i, s in enumerate(some):
            ids[i, :len(s)], mask[i, :len(s)], inside[i, 3:len(s) - 1] = s, 1, 1
        e = np.asarray(encode(ids, mask))
        out.append(((e * inside[..., None]).sum(1) / inside.sum(1, keepdims=True))[:len(some)])
    e = np.concatenate(out).astype(np.float64)
    e -= e.mean(0)
    top = np.linalg.eigh(e.T @ e / len(e))[1][:, ::-1][:, :VECTOR]
    top = top * np.sign(top[np.abs(top).argmax(0), np.arange(VECTOR)])
    v = e @ top
    v *= 0.5 / v.std(0).mean()
    return np.concatenate([np.zeros((1, VECTOR), np.int8), np.clip(np.rint(v * 32), -127, 127).astype(np.int8)])


def vocabulary(encoder, tables, frames):
    vocab = json.load(open(encoder.removesuffix(".onnx") + "-tokenizer.json", encoding="utf8"))["model"]["vocab"]
    words = dict.fromkeys(w for w in sorted(vocab, key=vocab.get) if re.fullmatch("[a-z]{2,}", w))
    for path in sorted(glob.glob(frames + "/*.frames")):
        for line in open(path, encoding="utf8"):
            m = re.match(r"([a-z|-]+)/[VNA]", line)
            words.update(dict.fromkeys(m[1].split("|") if m else ()))
    seen = collections.Counter(l for t in tables for row in t["lemmas"] for l in row[:1])
    words.update(dict.fromkeys(sorted(w for w in seen if re.fullmatch("[a-z][a-z'-]+", w))))
    return [w for w in words if w]


def prepare(views, corpus, plover, encoder, cache):
    tables = {n: table(views, f"{corpus}/{n}.jsonl") for n in ("train", "dev", "balance")}
    tables |= {n + " in pieces": table(views, f"{corpus}/{n}.jsonl", True) for n in ("train", "balance")}
    tables["plover"] = table(views, plover)
    words = vocabulary(encoder, [tables[n] for n in ("train", "balance", "plover")], corpus + "/../data/events")
    lemmas = vectors(encoder, words)
    pickle.dump({"tables": tables, "words": words, "vectors": lemmas}, open(cache + "/reader.pickle", "wb"))
    print(len(words), "lemmas;", {n: (len(t["y"]), int((t["y"][:, 0] == 0).sum())) for n, t in tables.items()})


def inputs(t, words, lemmas):
    """The arrays that the network reads: lemma vectors of the words seen and their means, states, features."""
    index = {w: i + 1 for i, w in enumerate(words)}
    rows = np.array([[index.get(l, 0) for l in r] for r in t["lemmas"]])
    vec = lemmas[rows].astype(np.int32)
    means = []
    for unit, times in MEANS.items():
        groups, mean = collections.defaultdict(list), np.zeros((len(rows), VECTOR), np.int32)
        for i, k in enumerate(t[unit]):
            groups[k].append(i)
        for g in groups.values():      # as reader.c: towards nought, within 8 bits
            s = times * vec[g, 0].sum(0)
            mean[g] = np.clip(np.sign(s) * (np.abs(s) // len(g)), -127, 127)
        means.append(mean)
    return np.concatenate([vec, np.stack(means, 1)], 1).astype(np.int8), t["states"], t["features"]


# ------------------------------------------------------------------ network

def init(seed):
    r = np.random.default_rng(seed)

    def n(*shape, scale):
        return jnp.asarray(r.normal(0, scale, shape), jnp.float32)
    return {"state": n(320, STATE, scale=320 ** -0.5), "state_b": jnp.zeros(STATE), "first": n(WIDTH, HIDDEN, scale=0.09),
            "first_b": jnp.zeros(HIDDEN), "feature": n(FEATURES, HIDDEN, scale=0.05), "last": n(HIDDEN, CLASSES, scale=HIDDEN ** -0.5),
            "last_b": jnp.zeros(CLASSES)}


def forward(p, x, key=None):
    vec, states, feats = x
    k = jax.random.split(key, 6) if key is not None else [None] * 6

    def drop(key, v, rate):
        return v if key is None else v * jax.random.bernoulli(key, 1 - rate, v.shape) / (1 - rate)
    vec = vec.astype(jnp.float32) / 32 * ("lemmas" not in ABLATE)
    states = drop(k[0], (states.astype(jnp.float32) - 128) / 32, 0.2) * ("states" not in ABLATE)
    feats = feats.astype(jnp.float32) * ("features" not in ABLATE)
    vec = jnp.concatenate([drop(k[1], vec[:, :VIEWS], 0.1), drop(k[2], vec[:, VIEWS:], 0.2) * ("means" not in ABLATE)], 1)
    if "frames" in ABLATE:
        feats = feats.at[:, LEXICON].set(0)
    if key is not None:        # what the frames know of a word is forgotten at times, so that words they do not know are learnt by their vectors
        known = jnp.zeros(FEATURES).at[LEXICON].set(1)
        feats = drop(k[3], feats * (1 - known * jax.random.bernoulli(k[4], 0.2, (len(feats), 1))), 0.1)
    s = jnp.clip(states @ p["state"] + p["state_b"], -TOP, TOP) * ("states" not in ABLATE)
    h = jnp.concatenate([s, vec.reshape(len(vec), -1)], 1) @ p["first"] + p["first_b"] + feats @ p["feature"]
    return drop(k[5], jnp.clip(h, 0, TOP), 0.5) @ p["last"] + p["last_b"]


PIECES = 0.3                   # weight of a paragraph read by itself
SMOOTH, NO_MUST, RATE, DECAY, EPOCHS, BATCH, SEEDS = 0.02, 0.6, 3e-3, 1e-2, 15, 256, 1


def loss(p, x, y, w, key):
    """Any of the types that the mark accepts will do; an event that is no must weighs less."""
    lp = jax.nn.log_softmax(forward(p, x, key))
    hit = jax.nn.logsumexp(jnp.where(y > 0, lp, -1e9), 1)
    return ((-(1 - SMOOTH) * hit - SMOOTH * lp.mean(1)) * w).sum() / w.sum()


@jax.jit
def step(p, m, v, t, rate, x, y, w, key):
    g = jax.grad(loss)(p, x, y, w, key)
    m = {k: 0.9 * m[k] + 0.1 * g[k] for k in p}
    v = {k: 0.999 * v[k] + 0.001 * g[k] ** 2 for k in p}
    new = {k: p[k] - rate * (m[k] / (1 - 0.9 ** t) / (jnp.sqrt(v[k] / (1 - 0.999 ** t)) + 1e-8) + DECAY * p[k] * (p[k].ndim > 1)) for k in p}
    return new, m, v


def fit(x, y, w, seed):
    p = init(seed)
    m, v = ({k: jnp.zeros_like(a) for k, a in p.items()} for _ in range(2))
    r, key, t = np.random.default_rng(seed), jax.random.PRNGKey(seed), 0
    total = EPOCHS * (len(y) // BATCH)
    for _ in range(EPOCHS):
        order = r.permutation(len(y))
        for at in range(0, len(y) - BATCH + 1, BATCH):
            i = order[at:at + BATCH]
            t += 1
            rate = RATE * min(1, t / 100) * (1 - t / (total + 1))
            p, m, v = step(p, m, v, float(t), rate, [a[i] for a in x], y[i], w[i], jax.random.fold_in(key, t))
    return {k: np.asarray(a) for k, a in p.items()}


def learn(data, leave_out=None, seed=0):
    names = ("train", "balance", "train in pieces", "balance in pieces", "plover")
    xs = [inputs(data["tables"][n], data["words"], data["vectors"]) for n in names]
    x = [np.concatenate([a[k] for a in xs]) for k in range(3)]
    y = np.concatenate([data["tables"][n]["y"] for n in names])
    w = np.concatenate([data["tables"][n]["weight"] * np.where((data["tables"][n]["y"][:, 0] == 0) & ~data["tables"][n]["must"], NO_MUST, 1) for n in names])
    if leave_out is not None:
        w = w * np.array([fold(s.partition("#")[0]) != leave_out for n in names for s in data["tables"][n]["story"]])
    w *= np.concatenate([np.full(len(data["tables"][n]["y"]), PIECES if "pieces" in n else 1.0) for n in names])
    keep = w > 0
    return fit([a[keep] for a in x], y[keep], w[keep].astype(np.float32), seed)


def probabilities(p, x):
    f = jax.jit(lambda x: jax.nn.softmax(forward(p, x)))
    return np.concatenate([np.asarray(f([a[at:at + 2048] for a in x])) for at in range(0, len(x[0]), 2048)])


def measure(p, data, name="dev"):
    t = data["tables"][name]
    q = probabilities(p, inputs(t, data["words"], data["vectors"]))
    nll = -np.log((q * t["y"]).sum(1) + 1e-9)[t["weight"] > 0].mean()
    best = max((f1(q, t, th) for th in np.arange(0.2, 0.9, 0.05)), key=lambda v: v[2])
    return f"{name}: -log p {nll:.4f}; alone P {best[0]:.3f} R {best[1]:.3f} F1 {best[2]:.3f} at {best[3]:.2f}"


def f1(q, t, threshold):
    some = (1 - q[:, 0] > threshold) & (t["weight"] > 0)
    hit = some & (t["y"][np.arange(len(q)), 1 + q[:, 1:].argmax(1)] > 0)
    p, r = hit.sum() / max(1, some.sum()), (hit & t["must"]).sum() / t["musts"]
    return p, r, 2 * p * r / max(1e-9, p + r), threshold


# ------------------------------------------------------------------- export

def write(p, data, path):
    w = export.Writer(b"CHYREADR", 1)
    export.dense8(w, "state", p["state"], p["state_b"])
    export.dense8(w, "first", p["first"], p["first_b"])
    export.dense8(w, "last", p["last"], p["last_b"])
    export.table8(w, "feature", p["feature"])
    w.put("lemma", export.I8, data["vectors"], shift=5)
    export.hashed(w, "lemma", [(x.encode(), i + 1) for i, x in enumerate(data["words"])], export.U16)
    w.put("softplus", export.U8, np.rint(256 * np.log1p(np.exp(-np.arange(1600) / 256))))
    print(path, w.save(path), "bytes")


def main():
    if sys.argv[1:2] == ["prepare"]:
        prepare(*sys.argv[2:])
        return
    data = pickle.load(open(sys.argv[2] + "/reader.pickle", "rb"))
    if sys.argv[1] == "train":
        p = learn(data)
        print(measure(p, data))
        write(p, data, sys.argv[3])
    else:
        for k in range(FOLDS):
            write(learn(data, k), data, f"{sys.argv[3]}{k}.bin")


if __name__ == "__main__":
    main()
