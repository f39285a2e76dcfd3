"""export.py CACHE WEIGHTS.npz OUT.bin: integer weights in the layout that src/syntax/model.c reads.

File: "CHYSYNTX", u32 version, u32 file size, u32 number of arrays, u32 0; then an entry an array: name (12 bytes, NUL
padded), u8 kind, u8 shift, u16 0, u32 rows, u32 columns, u32 offset, u32 size in bytes; then the arrays, each at
a multiple of 64. Little-endian throughout. Values of kind I8 in tables stand for q / 2^shift.
"""
import pickle
import struct
import sys

import numpy as np

import features
import lemma
import model

I8, I16, I32, F32, U64, U8, U32, U16 = 1, 2, 3, 4, 5, 6, 7, 8
VERSION = 3


class Writer:
    def __init__(self, magic=b"CHYSYNTX", version=VERSION):
        self.magic, self.version, self.entries = magic, version, []

    def put(self, name, kind, array, rows=None, cols=None, shift=0):
        dtype = {I8: "<i1", I16: "<i2", I32: "<i4", F32: "<f4", U64: "<u8", U8: "u1", U32: "<u4", U16: "<u2"}[kind]
        a = np.ascontiguousarray(array, dtype=dtype)
        if rows is None:
            rows, cols = (a.shape[0], int(np.prod(a.shape[1:]))) if a.ndim > 1 else (a.shape[0], 1)
        assert rows * cols == a.size, name
        self.entries.append((name, kind, shift, rows, cols, a.tobytes()))

    def save(self, path):
        at = 24 + 32 * len(self.entries)
        head, body = b"", b""
        for name, kind, shift, rows, cols, data in self.entries:
            pad = -at % 64
            body += b"\0" * pad
            at += pad
            head += struct.pack("<12sBBHIIII", name.encode(), kind, shift, 0, rows, cols, at, len(data))
            body += data
            at += len(data)
        blob = self.magic + struct.pack("<IIII", self.version, at, len(self.entries), 0) + head + body
        assert len(blob) == at
        open(path, "wb").write(blob)
        return at


def power(a):
    """The shift with which int8 holds all but a few of the values of a."""
    top = np.quantile(np.abs(a), 0.9995)
    s = 0
    while s < 12 and top * 2 ** (s + 1) <= 127:
        s += 1
    return s


def table8(w, name, a):
    s = power(a)
    w.put(name, I8, np.clip(np.rint(a * 2.0 ** s), -127, 127), shift=s)


def rows8(a):
    """a [K, out] -> int8 [out, K] and a scale a row"""
    t = a.T.astype(np.float64)
    scale = np.maximum(np.abs(t).max(1), 1e-6) / 127.0
    return np.clip(np.rint(t / scale[:, None]), -127, 127), scale


def tiles(q):
    """[out, K] -> tiles of 16 rows: [out / 16][K / 2][16][2]"""
    out, k = q.shape
    assert k % 2 == 0
    pad = -out % 16
    q = np.concatenate([q, np.zeros((pad, k))])
    return q.reshape(-1, 16, k // 2, 2).transpose(0, 2, 1, 3)


def dense(w, name, a, b, in_bits=12):
    """Weights as tiles, scales (the input's Q format folded in) and biases, all padded to 16 rows."""
    q, s = rows8(a)
    t = tiles(q)
    n = t.shape[0] * 16
    w.put("w." + name, I8, t, n, q.shape[1])
    full = np.zeros(n, np.float32)
    full[:len(s)] = s * 2.0 ** -in_bits
    w.put("s." + name, F32, full)
    full = np.zeros(n, np.float32)
    full[:len(b)] = b
    w.put("b." + name, F32, full)


def dense8(w, name, a, b):
    """Weights of 7 bits for an input of 8 (32 to the unit, 128 for nought), as tiles of 16 rows by 4 columns."""
    t = a.T.astype(np.float64)
    s = np.maximum(np.abs(t).max(1), 1e-6) / 64.0
    q = np.clip(np.rint(t / s[:, None]), -64, 64)
    assert q.shape[1] % 32 == 0
    pad = -len(q) % 16
    q = np.concatenate([q, np.zeros((pad, q.shape[1]))])
    w.put("w." + name, I8, q.reshape(-1, 16, q.shape[1] // 4, 4).transpose(0, 2, 1, 3), *q.shape)
    w.put("z." + name, I32, -128 * q.sum(1))
    w.put("s." + name, F32, np.concatenate([s / 32, np.zeros(pad)]))
    w.put("b." + name, F32, np.concatenate([b, np.zeros(pad)]))


def hashed(w, name, items, kind):
    """Open addressing by hash64, linear probing, at most 60 % full: NAME.k keys (0: empty), NAME.v values."""
    n = 64
    while n * 3 < len(items) * 5:
        n *= 2
    keys, vals = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    for key, val in items:
        h = features.hash64(key)
        at = h & (n - 1)
        while keys[at]:
            assert int(keys[at]) != h, "two keys of one hash"
            at = (at + 1) & (n - 1)
        keys[at], vals[at] = h, val
    w.put("k." + name, U64, keys)
    w.put("v." + name, kind, vals)


def gates(p, k):
    """The hard sigmoid's slope and offset go into the weights of the forget and output gates."""
    h = model.HIDDEN
    out = []
    for d in range(2):
        c = slice(3 * d * h, 3 * (d + 1) * h)
        a, b = p[f"w{k}"][:, c].copy(), p[f"b{k}"][c].copy()
        if f"v{k}" in p:        # in the order of the text: behind the word before, or ahead of the one after
            a = np.concatenate([p[f"v{k}"][:, c], a] if d == 0 else [a, p[f"v{k}"][:, c]])
        a[:, h:] *= 0.25
        b[h:] = b[h:] * 0.25 + 0.5
        out.append((a, b))
    return out


def main():
    cache, weights, out = sys.argv[1:4]
    d = pickle.load(open(cache + "/data.pickle", "rb"))
    p = dict(np.load(weights))
    w = Writer()
    table8(w, "form", p["form"])
    table8(w, "prefix", p["prefix"])
    table8(w, "shape", p["shape"])
    table8(w, "gaz", p["gaz"])
    for k in range(1, 5):
        table8(w, f"suffix{k}", p[f"suffix{k}"])
    w.put("static", I8, d["static"], shift=6)
    hashed(w, "form", [(f, i + 1) for i, f in enumerate(d["vocab"])], U16)
    hashed(w, "gaz", sorted(d["gaz"].items()), U16)
    hashed(w, "piece", list(d["table"].items()), U16)
    for k in range(model.LAYERS):
        for name, (a, b) in zip(("fwd", "bwd"), gates(p, k)):
            dense8(w, f"{name}{k}", a, b)
    dense8(w, "heads", p["wh"], p["bh"])
    dense(w, "arc", p["u"], np.zeros(p["u"].shape[1]), in_bits=10)
    dense(w, "rel", p["wr"], p["br"])
    dense(w, "tag", p["wt"], p["bt"])
    dense(w, "name", p["wn"], p["bn"])
    w.put("root.arc", I16, np.rint(np.clip(p["root_arc"], 0, 3.99) * 1024))
    w.put("root.lab", I16, np.rint(np.clip(p["root_lab"], -7.9, 7.9) * 4096))
    w.put("dist", I32, np.rint(p["dist"] * 2.0 ** 20))
    w.put("follow", F32, p["follow"] + model.FORBIDDEN)
    w.put("dims", U32, [model.FORM, model.AFFIX, model.HIDDEN, model.LAYERS, model.ARC, model.LAB, model.TAG, model.NAME,
                        len(d["tags"]), len(d["rels"]), 9])
    w.put("l.tags", U8, np.frombuffer("\n".join(d["tags"]).encode(), np.uint8))
    w.put("l.rels", U8, np.frombuffer("\n".join(d["rels"]).encode(), np.uint8))
    w.put("l.class", U8, np.frombuffer("".join(lemma.class_of(t) for t in d["tags"]).encode(), np.uint8))

    sents = [s for s in pickle.load(open(cache + "/lemmas.pickle", "rb"))["train"] if any(f != f.upper() for f in s["forms"])]
    rules, table, case = lemma.build(sents, list(d["table"]))
    scripts = sorted(set(rules.values()))
    sid = {s: i for i, s in enumerate(scripts)}
    packed = np.zeros((len(scripts), 8), np.uint8)
    for i, (strip, add) in enumerate(scripts):
        packed[i, 0] = strip
        packed[i, 1:1 + len(add)] = list(add)
    w.put("script", U8, packed)
    hashed(w, "suffix", [(c.encode() + b"~" + s, sid[r]) for (c, s), r in sorted(rules.items())], U16)
    text = b""
    items = []
    for (c, f), l in sorted(table.items()):
        items.append((c.encode() + f, len(text)))
        text += bytes([len(l)]) + l
    w.put("l.lemma", U8, np.frombuffer(text, np.uint8))
    hashed(w, "lemma", items, U32)
    hashed(w, "case", [(b"=" + k, v) for k, v in sorted(case.items())], U16)
    print(w.save(out), "bytes")


if __name__ == "__main__":
    main()
