"""The teacher: e5-small-v2 fine-tuned on the treebanks, whose distributions the small network then learns.

  teacher.py train CACHE ENCODER OUT [epochs]     fine-tunes and writes OUT (.npz)
  teacher.py label CACHE ENCODER WEIGHTS          writes CACHE/soft.pickle: distributions for all training sentences
"""
import os
import sys
import time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
import functools
import json
import pickle

import jax
import jax.numpy as jnp
import numpy as np

import features

PIECES = (16, 30, 46, 64, 96, 160)
BATCH = 800
DIM, HEADS, LAYERS = 384, 12, 9       # the encoder's upper three layers serve whole sentences, and are left out
ARC, LAB, TAG = 256, 96, 128
PEAK = 2e-4
HEAD_LR = 15.0                 # the heads start from nothing and learn so many times faster


def wordpieces(form, vocab):
    """BERT's uncased tokenisation of one word: punctuation apart, marks stripped, longest match first."""
    import unicodedata
    text = unicodedata.normalize("NFD", form.lower())
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    parts, cur = [], ""
    for c in text:
        if not c.isalnum():
            if cur:
                parts.append(cur)
            parts.append(c)
            cur = ""
        else:
            cur += c
    if cur:
        parts.append(cur)
    out = []
    for p in parts:
        at = 0
        ids = []
        while at < len(p):
            for end in range(len(p), at, -1):
                k = vocab.get(("##" if at else "") + p[at:end])
                if k is not None:
                    break
            else:
                ids = [100]
                break
            ids.append(k)
            at = end
        out += ids
    return out[:8] or [100]


def load(path):
    """e5-small-v2.onnx (initializers; the projections are anonymous, in the order of use) to arrays, layers stacked."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(path).graph
    have = {t.name: numpy_helper.to_array(t).astype(np.float32) for t in graph.initializer if t.data_type == 1}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in have:
            have[node.name.strip("/").replace("/MatMul", "").replace("/", ".") + ".weight"] = have.pop(node.input[1])
    p = {"word": have["embeddings.word_embeddings.weight"], "pos": have["embeddings.position_embeddings.weight"],
         "type": have["embeddings.token_type_embeddings.weight"][0],
         "ln_g": have["embeddings.LayerNorm.weight"], "ln_b": have["embeddings.LayerNorm.bias"]}
    names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
             "ol": "attention.output.LayerNorm", "i": "intermediate.dense", "f": "output.dense", "fl": "output.LayerNorm"}
    for short, long in names.items():
        p["L." + short + "w"] = np.stack([have[f"encoder.layer.{k}.{long}.weight"] for k in range(LAYERS)])
        p["L." + short + "b"] = np.stack([have[f"encoder.layer.{k}.{long}.bias"] for k in range(LAYERS)])
    return p


def add_heads(p, n_tags, n_rels, seed):
    r = np.random.default_rng(seed)
    d = DIM + 64

    def g(i, o):
        return r.normal(0, (1.0 / i) ** 0.5, (i, o)).astype(np.float32)
    p["H.shape"] = r.normal(0, 0.3, (features.N_SHAPE, 64)).astype(np.float32)
    p["H.mix"] = np.array([0] * (LAYERS - 3) + [0.5, 1, 1, 1], np.float32)
    for name, o in (("ad", ARC), ("ah", ARC), ("ld", LAB), ("lh", LAB), ("t", TAG), ("n", TAG)):
        p[f"H.{name}w"], p[f"H.{name}b"] = g(d, o), np.zeros(o, np.float32)
    p["H.u"] = r.normal(0, 0.03, (ARC, ARC)).astype(np.float32)
    p["H.uh"] = np.zeros(ARC, np.float32)
    p["H.ra"], p["H.rl"] = r.normal(0, 0.1, ARC).astype(np.float32), r.normal(0, 0.1, LAB).astype(np.float32)
    p["H.lu"] = r.normal(0, 0.03, (n_rels, LAB + 1, LAB + 1)).astype(np.float32)
    p["H.tw"], p["H.tb"] = p["H.tw"], p["H.tb"]
    p["H.to"], p["H.tob"] = g(TAG, n_tags), np.zeros(n_tags, np.float32)
    p["H.no"], p["H.nob"] = g(TAG, 9), np.zeros(9, np.float32)
    return p


def norm(x, g, b):
    m = x.mean(-1, keepdims=True)
    v = ((x - m) ** 2).mean(-1, keepdims=True)
    return (x - m) * jax.lax.rsqrt(v + 1e-12) * g + b


def drop(key, x, rate):
    if key is None:
        return x
    return x * jax.random.bernoulli(key, 1 - rate, x.shape) / (1 - rate)


def encode(p, ids, pmask, key):
    """ids [B,P] -> mix of layers [B,P,DIM]"""
    b, n = ids.shape
    x = norm(p["word"][ids] + p["pos"][:n] + p["type"], p["ln_g"], p["ln_b"])
    bias = jnp.where(pmask[:, None, None, :] > 0, 0.0, -1e9)
    layers = {k[2:]: v for k, v in p.items() if k.startswith("L.")}
    keys = jax.random.split(key if key is not None else jax.random.PRNGKey(0), LAYERS)

    def layer(x, wk):
        w, k = wk
        k1, k2 = jax.random.split(k) if key is not None else (None, None)

        def split(y):
            return y.reshape(b, n, HEADS, DIM // HEADS).transpose(0, 2, 1, 3)
        q, kk, v = split(x @ w["qw"] + w["qb"]), split(x @ w["kw"] + w["kb"]), split(x @ w["vw"] + w["vb"])
        a = jax.nn.softmax(q @ kk.transpose(0, 1, 3, 2) / (DIM // HEADS) ** 0.5 + bias, -1)
        y = (a @ v).transpose(0, 2, 1, 3).reshape(b, n, DIM) @ w["ow"] + w["ob"]
        x = norm(x + drop(k1, y, 0.1), w["olw"], w["olb"])
        y = jax.nn.gelu(x @ w["iw"] + w["ib"], approximate=True) @ w["fw"] + w["fb"]
        x = norm(x + drop(k2, y, 0.1), w["flw"], w["flb"])
        return x, x
    _, all_ = jax.lax.scan(layer, x, (layers, keys))
    mix = jax.nn.softmax(p["H.mix"])
    return x * mix[0] + jnp.tensordot(mix[1:], all_, 1)


def scores(p, batch, key):
    ids, pmask, first, last, shape, wmask = batch[:6]
    keys = jax.random.split(key, 8) if key is not None else [None] * 8
    e = encode(p, ids, pmask, keys[0])
    w = 0.5 * (jnp.take_along_axis(e, first[..., None], 1) + jnp.take_along_axis(e, last[..., None], 1))
    x = jnp.concatenate([w, p["H.shape"][shape]], -1)
    x = drop(keys[1], x, 0.2)

    def mlp(n, k):
        return drop(k, jax.nn.relu(x @ p[f"H.{n}w"] + p[f"H.{n}b"]), 0.2)
    ad, ah, ld, lh = mlp("ad", keys[2]), mlp("ah", keys[3]), mlp("ld", keys[4]), mlp("lh", keys[5])
    t, nm = mlp("t", keys[6]), mlp("n", keys[7])
    b = ids.shape[0]
    ah = jnp.concatenate([jnp.broadcast_to(p["H.ra"], (b, 1, ARC)), ah], 1)
    lh = jnp.concatenate([jnp.broadcast_to(p["H.rl"], (b, 1, LAB)), lh], 1)
    arcs = (ad @ p["H.u"] + p["H.uh"]) @ ah.transpose(0, 2, 1)
    n = wmask.shape[1]
    ok = jnp.concatenate([jnp.ones((b, 1)), wmask], 1)[:, None, :] > 0
    self_ = np.concatenate([np.zeros((n, 1)), np.eye(n)], 1)[None] > 0
    arcs = jnp.where(ok & ~self_, arcs, -1e9)
    return t @ p["H.to"] + p["H.tob"], nm @ p["H.no"] + p["H.nob"], arcs, ld, lh


def labels(p, ld, lh, heads):
    g = jnp.take_along_axis(lh, heads[..., None], 1)
    one = jnp.ones(ld.shape[:2] + (1,))
    a, b = jnp.concatenate([ld, one], -1), jnp.concatenate([g, one], -1)
    return jnp.einsum("bni,rij,bnj->bnr", a, p["H.lu"], b, optimize=[(0, 1), (0, 1)])


def nll(logits, gold):
    lp = jax.nn.log_softmax(logits, -1)
    return -jnp.sum(jnp.take_along_axis(lp, jnp.maximum(gold, 0)[..., None], -1)[..., 0] * (gold >= 0))


FROZEN = ("word", "pos", "type")      # the word vectors stay as they are: they generalise better so, and steps are cheaper


def loss(p, frozen, batch, key):
    p = {**p, **frozen}
    tag, head, rel, name = batch[6:]
    t, n, arcs, ld, lh = scores(p, batch, key)
    total = batch[5].sum()
    return (nll(t, tag) * 0.7 + nll(n, name) * 0.7 + nll(arcs, head) + nll(labels(p, ld, lh, jnp.maximum(head, 0)), rel) * 0.7) / total


@functools.partial(jax.jit, donate_argnums=(0, 1))
def update(p, state, frozen, batch, key, lr, t):
    l, g = jax.value_and_grad(loss)(p, frozen, batch, key)
    size = jnp.sqrt(sum(jnp.sum(v * v) for v in jax.tree_util.tree_leaves(g)))
    scale = jnp.minimum(1.0, 5.0 / (size + 1e-9))
    m, v = state
    new = {}, {}, {}
    for k in p:
        rate = lr * (HEAD_LR if k.startswith("H.") else 1.0)
        gk = g[k] * scale
        mk, vk = 0.9 * m[k] + 0.1 * gk, 0.98 * v[k] + 0.02 * gk * gk
        new[0][k] = p[k] - rate * (mk / (1 - 0.9 ** t)) / (jnp.sqrt(vk / (1 - 0.98 ** t)) + 1e-8)
        new[1][k], new[2][k] = mk, vk
    return new[0], (new[1], new[2]), l


@jax.jit
def predict(p, batch):
    t, n, arcs, ld, lh = scores(p, batch, None)
    given = batch[7]
    heads = jnp.where(given >= 0, given, arcs.argmax(-1))
    own = labels(p, ld, lh, arcs.argmax(-1)).argmax(-1)
    soft = tuple(jax.nn.softmax(v, -1) for v in (t, n, arcs, labels(p, ld, lh, heads)))
    return soft, arcs.argmax(-1), own, heads


def batches(sents, rng):
    by = {}
    for i, s in enumerate(sents):
        n = s["n_pieces"] + 2
        P = next((x for x in PIECES if n <= x), None)
        if P:
            by.setdefault(P, []).append(i)
    out = []
    for P, ids in by.items():
        if rng is not None:
            rng.shuffle(ids)
        size = max(2, BATCH // P)
        out += [(P, size, ids[k:k + size]) for k in range(0, len(ids), size)]
    if rng is not None:
        rng.shuffle(out)
    return out


def pad(sents, b):
    P, B, ids = b
    L = P - 2
    x, pm = np.zeros((B, P), np.int32), np.zeros((B, P), np.float32)
    first, last, shape = (np.zeros((B, L), np.int32) for _ in range(3))
    wm = np.zeros((B, L), np.float32)
    tag, head, rel, name = (np.full((B, L), -1, np.int32) for _ in range(4))
    for r, i in enumerate(ids):
        s = sents[i]
        n = len(s["x"])
        x[r, 0], pm[r, 0] = 101, 1
        at = 1
        for j, w in enumerate(s["pieces"]):
            x[r, at:at + len(w)] = w
            first[r, j], last[r, j] = at, at + len(w) - 1
            at += len(w)
        x[r, at] = 102
        pm[r, :at + 1] = 1
        wm[r, :n] = 1
        shape[r, :n] = s["x"][:, 6]
        tag[r, :n], head[r, :n], rel[r, :n], name[r, :n] = s["tag"], s["head"], s["rel"], s["name"]
    return x, pm, first, last, shape, wm, tag, head, rel, name


def add_pieces(sents, vocab, memo):
    for s in sents:
        if "pieces" not in s:
            s["pieces"] = [memo.setdefault(f, None) or memo.__setitem__(f, wordpieces(f, vocab)) or memo[f] for f in s["forms"]]
            s["n_pieces"] = sum(map(len, s["pieces"]))


def evaluate(p, sents, d):
    base = [r.split(":")[0] for r in d["rels"]]
    up = [t.split("|")[0] for t in d["tags"]]
    n = pos = uas = las = tp = na = 0
    from train import spans
    for b in batches(sents, None):
        a = pad(sents, b)
        soft, h, r, _ = predict(p, a)
        t, nm = np.asarray(soft[0]).argmax(-1), np.asarray(soft[1]).argmax(-1)
        h, r = np.asarray(h), np.asarray(r)
        for k, i in enumerate(b[2]):
            s = sents[i]
            for j in range(len(s["x"])):
                n += 1
                pos += s["tag"][j] >= 0 and up[t[k, j]] == up[s["tag"][j]]
                uas += h[k, j] == s["head"][j]
                las += h[k, j] == s["head"][j] and base[r[k, j]] == base[s["rel"][j]]
            if s["name"][0] >= 0:
                g, y = spans(s["name"]), spans(nm[k, :len(s["x"])])
                tp += 2 * len(g & y)
                na += len(g) + len(y)
    return f"UPOS {pos/n:.4f} UAS {uas/n:.4f} LAS {las/n:.4f} names {tp/max(1, na):.4f}"


def main():
    what, cache = sys.argv[1:3]
    d = pickle.load(open(cache + "/data.pickle", "rb"))
    encoder = sys.argv[3]
    vocab = json.load(open(encoder.removesuffix(".onnx") + "-tokenizer.json", encoding="utf8"))["model"]["vocab"]
    memo = {}
    for k, s in d["enc"].items():
        add_pieces(s, vocab, memo)
    if what == "train":
        out = sys.argv[4]
        epochs = float(sys.argv[5]) if len(sys.argv) > 5 else 2.5
        p = {k: jnp.asarray(v) for k, v in add_heads(load(encoder), len(d["tags"]), len(d["rels"]), 1).items()}
        frozen = {k: p.pop(k) for k in FROZEN}
        state = ({k: jnp.zeros_like(v) for k, v in p.items()}, {k: jnp.zeros_like(v) for k, v in p.items()})
        rng = np.random.default_rng(5)
        train, named = d["enc"]["train"], d["enc"]["names"]
        key = jax.random.PRNGKey(5)
        start, step = time.time(), 0
        total = int(epochs * len(batches(train + named[:2500], rng)))
        while step < total:
            rng.shuffle(named)
            sents = train + named[:2500]
            for b in batches(sents, rng)[:total - step]:
                step += 1
                lr = PEAK * min(1, step / 150) * max(0.02, 1 - step / total)
                key, k = jax.random.split(key)
                p, state, l = update(p, state, frozen, pad(sents, b), k, lr, float(step))
                if step % 50 == 0:
                    print(f"{time.time() - start:.0f} s step {step} of {total} loss {float(l):.3f}", flush=True)
                if step % 500 == 0:
                    np.savez(out, **{q: np.asarray(v) for q, v in {**p, **frozen}.items()})
                    print(evaluate({**p, **frozen}, d["enc"]["dev"][:600], d), flush=True)
        p = {**p, **frozen}
        np.savez(out, **{q: np.asarray(v) for q, v in p.items()})
        print(evaluate(p, d["enc"]["dev"], d), "gum", evaluate(p, d["enc"]["gumdev"], d), flush=True)
    else:
        p = {k: jnp.asarray(v) for k, v in np.load(sys.argv[4]).items()}
        soft, done = {}, 0
        for part, first in d["taught"].items():
            sents = d["enc"][part]
            got = [None] * len(sents)
            for b in batches(sents[:first], None):
                (t, n, a, r), _, _, heads = predict(p, pad(sents, b))
                t, n, a, r = (np.asarray(v).astype(np.float16) for v in (t, n, a, r))
                heads = np.asarray(heads)
                done += 1
                if done % 100 == 0:
                    print(part, done, flush=True)
                for k, i in enumerate(b[2]):
                    m = len(sents[i]["x"])
                    got[i] = (t[k, :m], n[k, :m], a[k, :m, :m + 1], r[k, :m], heads[k, :m].astype(np.int16))
            soft[part] = got
            print(part, len(got), sum(g is None for g in got), flush=True)
        pickle.dump(soft, open(cache + "/soft.pickle", "wb"))


if __name__ == "__main__":
    main()
