"""train.py CACHE OUT [epochs] [seed] [FROM]: trains the network on CACHE/data.pickle and writes OUT (numpy .npz).

FROM: begin with these weights (of the same CACHE) instead of at random.

Where CACHE/soft.pickle lies (teacher.py), the network learns the teacher's distributions beside the corpora's marks, and
from sentences that have no marks at all.
"""
import os
import sys
import time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
import functools
import pickle

import jax
import jax.numpy as jnp
import numpy as np

import model

LENGTHS = (8, 12, 17, 23, 30, 40, 60, 110)
WORDS = 1500


def buckets(sents, rng, words, shuffle=True):
    by = {}
    for i, s in enumerate(sents):
        n = len(s["x"])
        for L in LENGTHS:
            if n <= L:
                by.setdefault(L, []).append(i)
                break
        else:
            by.setdefault(-1, []).append(i)
    out = []
    for L, ids in by.items():
        if L < 0:
            continue
        size = max(1, words // L)
        if shuffle:
            rng.shuffle(ids)
        for k in range(0, len(ids), size):
            out.append((L, size, ids[k:k + size]))
    if shuffle:
        rng.shuffle(out)
    return out


def pad(sents, batch, vec, dims=None):
    """dims (n_tags, n_rels): with the teacher's distributions."""
    L, B, ids = batch
    x = np.zeros((L, B, 9), np.int32)
    tag, name, rel = (np.full((L, B), -1, np.int32) for _ in range(3))
    head = np.full((L, B), -1, np.int32)
    mask = np.zeros((L, B), np.float32)
    for b, i in enumerate(ids):
        s = sents[i]
        n = len(s["x"])
        x[:n, b] = s["x"]
        tag[:n, b], name[:n, b], rel[:n, b], head[:n, b] = s["tag"], s["name"], s["rel"], s["head"]
        mask[:n, b] = 1
    out = (x, vec[x[..., 7]], mask, tag, head, rel, name)
    if dims is None:
        return out
    st, sn, sr = np.zeros((L, B, dims[0]), np.float32), np.zeros((L, B, 9), np.float32), np.zeros((L, B, dims[1]), np.float32)
    sa, sh = np.zeros((B, L, L + 1), np.float32), np.zeros((L, B), np.int32)
    gold, soft, softn = np.ones(B, np.float32), np.zeros(B, np.float32), np.zeros(B, np.float32)
    for b, i in enumerate(ids):
        s = sents[i]
        t = s.get("soft")
        if t is None:
            continue
        n = len(s["x"])
        st[:n, b], sn[:n, b], sa[b, :n, :n + 1], sr[:n, b], sh[:n, b] = t
        gold[b], soft[b] = (0.5, 0.5) if s["head"][0] >= 0 else (0.0, 1.0)
        softn[b] = 0.1 if s["name"][0] >= 0 else 0.5
    return out + ((st, sn, sa, sr, sh, gold, soft, softn),)


def nll(logits, gold, weight):
    """Sum over the words marked of -log p, weighted by sentence."""
    lp = jax.nn.log_softmax(logits, -1)
    l = -jnp.take_along_axis(lp, jnp.maximum(gold, 0)[..., None], -1)[..., 0]
    return jnp.sum(l * (gold >= 0) * weight)


def cross(logits, soft, weight):
    return -jnp.sum(jnp.sum(soft * jnp.maximum(jax.nn.log_softmax(logits, -1), -60.0), -1) * weight)


RATES = (0.12, 0.15, 0.2)
HEAD_RATE = 0.2


def loss(p, batch, key):
    x, vec, mask, tag, head, rel, name = batch[:7]
    k1, k2, k3 = jax.random.split(key, 3)
    h = model.encode(p, x, vec, mask, k1, RATES)
    tags, names, arcs, ld, lh = model.score(p, h, mask, k2, HEAD_RATE)
    gold = batch[7][5] if len(batch) > 7 else jnp.ones(mask.shape[1])
    heads = jnp.maximum(head, 0)
    if len(batch) > 7:
        heads = jnp.where(head >= 0, head, batch[7][4])
    rels = model.labels(p, ld, lh, heads, k3, HEAD_RATE)
    total = nll(tags, tag, gold) * 0.7 + jnp.sum(model.name_nll(p, names, name, mask) * (name[0] >= 0)) + nll(arcs, head.T, gold[:, None]) + nll(rels, rel, gold) * 0.7
    if len(batch) > 7:
        st, sn, sa, sr, sh, gold, soft, softn = batch[7]
        total += cross(tags, st, soft) * 0.7 + cross(names, sn, softn) + cross(arcs, sa, soft[:, None]) + cross(rels, sr, soft) * 0.7
    return total / mask.sum()


@functools.partial(jax.jit, donate_argnums=(0, 1))
def update(p, state, batch, key, lr):
    l, g = jax.value_and_grad(loss)(p, batch, key)
    norm = jnp.sqrt(sum(jnp.sum(v * v) for v in jax.tree_util.tree_leaves(g)))
    scale = jnp.minimum(1.0, 3.0 / (norm + 1e-9))
    m, v, t = state
    t = t + 1
    b1, b2 = 0.9, 0.98
    new_p, new_m, new_v = {}, {}, {}
    for k in p:
        gk = g[k] * scale
        mk = b1 * m[k] + (1 - b1) * gk
        vk = b2 * v[k] + (1 - b2) * gk * gk
        step = lr * (mk / (1 - b1 ** t)) / (jnp.sqrt(vk / (1 - b2 ** t)) + 1e-8)
        new_p[k] = p[k] - step
        new_m[k], new_v[k] = mk, vk
    return new_p, (new_m, new_v, t), l


@jax.jit
def predict(p, x, vec, mask):
    h = model.encode(p, x, vec, mask)
    tags, names, arcs, ld, lh = model.score(p, h, mask)
    heads = arcs.argmax(-1).T
    rels = model.labels(p, ld, lh, heads).argmax(-1)
    return tags.argmax(-1), names, heads, rels


def spans(seq):
    out, start, kind = set(), None, None
    for i, t in enumerate(list(seq) + [0]):
        k = (t - 1) // 2 if t > 0 else None
        if start is not None and (t <= 0 or t % 2 == 1 or k != kind):
            out.add((start, i, kind))
            start = None
        if k is not None and start is None:
            start, kind = i, k
    return out


def evaluate(p, sents, vec, tags, rels):
    up = [t.split("|")[0] for t in tags]
    base = [r.split(":")[0] for r in rels]
    n = pos = full = uas = las = tp = ns = ng = 0
    for b in buckets(sents, None, 2000, shuffle=False):
        a = pad(sents, b, vec)
        t, nm, h, r = (np.asarray(v) for v in predict(p, a[0], a[1], a[2]))
        for k, i in enumerate(b[2]):
            s = sents[i]
            m = len(s["x"])
            for j in range(m):
                n += 1
                full += t[j, k] == s["tag"][j]
                pos += s["tag"][j] >= 0 and up[t[j, k]] == up[s["tag"][j]]
                uas += h[j, k] == s["head"][j]
                las += h[j, k] == s["head"][j] and base[r[j, k]] == base[s["rel"][j]]
            if s["name"][0] >= 0:
                g, y = spans(s["name"]), spans(model.viterbi(p, nm[:m, k]))
                tp += len(g & y)
                ns += len(y)
                ng += len(g)
    return f"UPOS {pos/n:.4f} tag {full/n:.4f} UAS {uas/n:.4f} LAS {las/n:.4f} names {2*tp/max(1,ns+ng):.4f}"


def main():
    cache, out = sys.argv[1:3]
    epochs = int(sys.argv[3]) if len(sys.argv) > 3 else 26
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    d = pickle.load(open(cache + "/data.pickle", "rb"))
    vec = d["vec"]
    train, named = d["enc"]["train"], d["enc"]["names"] + d["enc"]["renamed"]
    more = d["enc"]["silver"] + d["enc"]["stories"]
    dims = None
    if os.path.exists(cache + "/soft.pickle"):
        dims = (len(d["tags"]), len(d["rels"]))
        for part, soft in pickle.load(open(cache + "/soft.pickle", "rb")).items():
            for s, t in zip(d["enc"][part], soft):
                s["soft"] = t
        more = [s for s in more if s["soft"] is not None or s["name"][0] >= 0]
    z = model.sizes(len(d["vocab"]), len(d["tags"]), len(d["rels"]), 9, vec.shape[1])
    p = model.init(seed, z)
    if len(sys.argv) > 5:
        p = {k: jnp.asarray(v) for k, v in np.load(sys.argv[5]).items()}
    print(sum(v.size for v in p.values()), "parameters,", len(train), len(named), len(more), "sentences with trees, names, running text", flush=True)
    rng = np.random.default_rng(seed)
    state = ({k: jnp.zeros_like(v) for k, v in p.items()}, {k: jnp.zeros_like(v) for k, v in p.items()}, jnp.zeros(()))
    part = len(named) // 3
    total = epochs * len(buckets(train + more + named[:part], rng, WORDS))
    key = jax.random.PRNGKey(seed)
    step, start, run = 0, time.time(), 0.0
    peak = float(os.environ.get("LR", "0.003"))
    for epoch in range(epochs):
        rng.shuffle(named)
        sents = train + more + named[:part]
        for b in buckets(sents, rng, WORDS):
            lr = peak * min(1.0, (step + 1) / 200) * (1 - min(1.0, step / total))
            key, k = jax.random.split(key)
            p, state, l = update(p, state, pad(sents, b, vec, dims), k, max(lr, 1e-5))
            step += 1
            if step % 50 == 0:
                run = float(l)
        print(f"epoch {epoch + 1} step {step} of {total} {time.time() - start:.0f} s loss {run:.3f}",
              evaluate(p, d["enc"]["dev"], vec, d["tags"], d["rels"]) if epoch % 2 or epoch + 1 == epochs else "", flush=True)
        np.savez(out, **{k: np.asarray(v) for k, v in p.items()})
    print("gum dev", evaluate(p, d["enc"]["gumdev"], vec, d["tags"], d["rels"]))


if __name__ == "__main__":
    main()
