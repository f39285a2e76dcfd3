"""The network, in JAX. src/syntax/ computes the same with integer weights; docs/design/syntax.md describes it."""
import os

import jax
import jax.numpy as jnp
import numpy as np

import features

FORM, AFFIX = 96, 64
HIDDEN = int(os.environ.get("HIDDEN", 160))          # a direction
LAYERS = 3
WINDOW = int(os.environ.get("WINDOW", 1))            # lower layers that see each word with the one before it in their direction
ARC, LAB, TAG, NAME = 96, 96, 64, 64
CLIP = 7.9                   # activations are Q12 in 16 bits
NARROW = 3.96                # and 8 bits where a product takes them up
DIST = 32                    # distance biases -DIST … +DIST


def sizes(n_forms, n_tags, n_rels, n_names, static):
    return {"forms": n_forms + 1, "tags": n_tags, "rels": n_rels, "names": n_names, "static": static}


def init(rng, z):
    r = np.random.default_rng(rng)

    def normal(*shape, scale):
        return jnp.asarray(r.normal(0, scale, shape), jnp.float32)

    def glorot(i, o):
        return normal(i, o, scale=(2.0 / (i + o)) ** 0.5)
    p = {"form": normal(z["forms"], FORM, scale=0.15), "prefix": normal(features.N_PREFIX, AFFIX, scale=0.1),
         "gaz": normal(features.N_GAZ, AFFIX, scale=0.1), "shape": normal(features.N_SHAPE, AFFIX, scale=0.1)}
    for k, n in enumerate(features.N_SUFFIX):
        p[f"suffix{k + 1}"] = normal(n, AFFIX, scale=0.1)
    width = FORM + AFFIX + z["static"]
    for k in range(LAYERS):
        if k < WINDOW:
            p[f"v{k}"] = normal(width, 6 * HIDDEN, scale=0.5 * (1.0 / width) ** 0.5)
        w = [normal(width, HIDDEN, scale=(1.0 / width) ** 0.5 * (1.4 if g == 0 else 1.0)) for d in range(2) for g in range(3)]
        p[f"w{k}"] = jnp.concatenate(w, 1)
        b = np.zeros(6 * HIDDEN, np.float32)
        for d in range(2):
            b[(3 * d + 1) * HIDDEN:(3 * d + 2) * HIDDEN] = r.uniform(-1, 2, HIDDEN)      # forget: short and long memories
        p[f"b{k}"] = jnp.asarray(b)
        width = 2 * HIDDEN
    heads = 2 * ARC + 2 * LAB + TAG + NAME
    p["wh"] = normal(width, heads, scale=(1.0 / width) ** 0.5)
    p["bh"] = jnp.zeros(heads)
    p["u"] = normal(ARC, ARC, scale=0.05)
    p["root_arc"] = normal(ARC, scale=0.1)
    p["root_lab"] = normal(LAB, scale=0.1)
    p["dist"] = jnp.zeros(2 * DIST + 1)
    p["wr"], p["br"] = glorot(2 * LAB, z["rels"]), jnp.zeros(z["rels"])
    p["wt"], p["bt"] = glorot(TAG, z["tags"]), jnp.zeros(z["tags"])
    p["wn"], p["bn"] = glorot(NAME, z["names"]), jnp.zeros(z["names"])
    p["follow"] = jnp.zeros((z["names"] + 1, z["names"]))      # score of a name tag behind another; the last row opens a sentence
    return p


def clip(x, a):
    return jnp.clip(x, -a, a)


def drop(key, x, rate, axes=None):
    if key is None or rate == 0:
        return x
    shape = list(x.shape)
    for a in axes or ():
        shape[a] = 1
    keep = jax.random.bernoulli(key, 1 - rate, shape)
    return x * keep / (1 - rate)


def recur(z, f):
    """c[t] = f[t] c[t-1] + (1 - f[t]) z[t] along axis 0."""
    def step(c, zf):
        zt, ft = zf
        c = ft * c + (1 - ft) * zt
        return c, c
    return jax.lax.scan(step, jnp.zeros_like(z[0]), (z, f))[1]


def encode(p, x, vec, mask, key=None, rates=(0.0, 0.0, 0.0)):
    """x [L,B,9] ids, vec [L,B,S], mask [L,B] -> [L,B,2H]"""
    keys = iter(jax.random.split(key, 16)) if key is not None else iter([None] * 16)
    word, emb, lay = rates
    ids = x[..., 0]
    if key is not None:
        lost = jax.random.bernoulli(next(keys), word, ids.shape)
        ids = jnp.where(lost, 0, ids)
    form = p["form"][ids]
    affix = p["prefix"][x[..., 1]] + p["shape"][x[..., 6]] + p["gaz"][x[..., 8]]
    for k in range(4):
        affix = affix + p[f"suffix{k + 1}"][x[..., 2 + k]]
    form = drop(next(keys), form, emb)
    affix = drop(next(keys), affix, emb)
    vec = drop(next(keys), vec, emb)
    h = clip(jnp.concatenate([form, affix, vec], -1), CLIP)
    m = mask[..., None]
    for k in range(LAYERS):
        if k:
            h_in = drop(next(keys), clip(h, NARROW), lay, (0,))
        else:
            h_in = clip(h, NARROW)
        a = h_in @ p[f"w{k}"] + p[f"b{k}"]
        if k < WINDOW:          # each direction also sees the word that it comes from
            v = h_in @ p[f"v{k}"]
            z = jnp.zeros_like(v[:1, :, :3 * HIDDEN])
            a = a + jnp.concatenate([jnp.concatenate([z, v[:-1, :, :3 * HIDDEN]], 0), jnp.concatenate([v[1:, :, 3 * HIDDEN:], z], 0)], -1)
        zf, ff, of, zb, fb, ob = jnp.split(a, 6, -1)
        z = jnp.concatenate([zf, zb[::-1]], -1)
        f = jnp.clip(0.25 * jnp.concatenate([ff, fb[::-1]], -1) + 0.5, 0, 1)
        mm = jnp.concatenate([m * jnp.ones_like(zf), m[::-1] * jnp.ones_like(zb)], -1)
        f = jnp.where(mm > 0, f, 1.0)
        c = recur(z, f)
        c = jnp.concatenate([c[..., :HIDDEN], c[::-1, :, HIDDEN:]], -1)
        o = jnp.clip(0.25 * jnp.concatenate([of, ob], -1) + 0.5, 0, 1)
        y = o * c
        h = clip(y + h if k else y, CLIP)
    return drop(next(keys), clip(h, NARROW), lay, (0,))


def score(p, h, mask, key=None, rate=0.0):
    """-> tag logits, name logits [L,B,·]; arc scores [B,L,1+L]; label parts."""
    keys = iter(jax.random.split(key, 4)) if key is not None else iter([None] * 4)
    a = jax.nn.relu(h @ p["wh"] + p["bh"])
    a = jnp.minimum(a, CLIP)
    ad, ah, ld, lh, t, nm = jnp.split(a, np.cumsum([ARC, ARC, LAB, LAB, TAG]), -1)
    t, nm = drop(next(keys), t, rate), drop(next(keys), nm, rate)
    ad, ah = jnp.minimum(ad, 3.99), jnp.minimum(ah, 3.99)
    tags = t @ p["wt"] + p["bt"]
    names = nm @ p["wn"] + p["bn"]
    length, batch = mask.shape
    ah = jnp.concatenate([jnp.broadcast_to(jnp.clip(p["root_arc"], 0, 3.99), (1, batch, ARC)), ah], 0)
    lh = jnp.concatenate([jnp.broadcast_to(p["root_lab"], (1, batch, LAB)), lh], 0)
    u = clip(drop(next(keys), ad, rate, (0,)) @ p["u"], 3.99)
    arcs = jnp.einsum("ibk,jbk->bij", u, ah)
    d = np.arange(length)[None, :] - np.arange(length)[:, None]
    bias = p["dist"][np.clip(d, -DIST, DIST) + DIST]
    arcs = arcs + jnp.concatenate([jnp.zeros((length, 1)), bias], 1)
    ok = jnp.concatenate([jnp.ones((1, batch)), mask], 0).T[:, None, :] > 0
    self_ = np.concatenate([np.zeros((length, 1)), np.eye(length)], 1)[None] > 0
    arcs = jnp.where(ok & ~self_, arcs, -1e9)
    return tags, names, arcs, ld, lh


def labels(p, ld, lh, heads, key=None, rate=0.0):
    """ld [L,B,K], lh [1+L,B,K], heads [L,B] -> [L,B,rels]"""
    g = jnp.take_along_axis(lh, heads[..., None], 0)
    x = jax.nn.relu(ld - g)        # the two are not negative already: a difference says more than a sum
    x = jnp.concatenate([x, jax.nn.relu(g - ld)], -1) if p["wr"].shape[0] == 2 * LAB else jax.nn.relu(ld + g - 1.0)
    return drop(key, x, rate) @ p["wr"] + p["br"]


# a name tag of the inside goes on only behind the same kind's begin or inside
FORBIDDEN = np.array([[-1e4 if t and t % 2 == 0 and (s == 9 or (s != t and s != t - 1)) else 0.0 for t in range(9)] for s in range(10)], np.float32)


def name_nll(p, logits, gold, mask):
    """-log p of each sentence's name tags, as a chain: logits [L,B,T], gold and mask [L,B] -> [B]"""
    f = p["follow"] + FORBIDDEN
    g = jnp.maximum(gold, 0)
    hit = jnp.take_along_axis(logits, g[..., None], -1)[..., 0] * mask
    path = hit.sum(0) + f[9][g[0]] + (f[g[:-1], g[1:]] * mask[1:]).sum(0)

    def step(a, xm):
        x, m = xm
        b = jax.nn.logsumexp(a[:, :, None] + f[None, :9], 1) + x
        return jnp.where(m[:, None] > 0, b, a), None
    a, _ = jax.lax.scan(step, f[9] + logits[0], (logits[1:], mask[1:]))
    return jax.nn.logsumexp(a, -1) - path


def viterbi(p, logits):
    """One sentence's best name tags: logits [n,T]."""
    f = np.asarray(p["follow"]) + FORBIDDEN
    a, back = f[9] + logits[0], []
    for x in logits[1:]:
        m = a[:, None] + f[:9]
        back.append(m.argmax(0))
        a = m.max(0) + x
    out = [int(a.argmax())]
    for b in back[::-1]:
        out.append(int(b[out[-1]]))
    return out[::-1]
