"""Static vectors of word pieces: the input embeddings of all-MiniLM-L6-v2, reduced by PCA and kept as int8."""
import json
import struct

import numpy as np

DIMS = 64


def load(model_folder, dims):
    raw = open(model_folder + "/model.safetensors", "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8:8 + n])
    key = [k for k in head if k.endswith("embeddings.word_embeddings.weight")][0]
    a, b = head[key]["data_offsets"]
    assert head[key]["dtype"] == "F32"
    e = np.frombuffer(raw[8 + n + a:8 + n + b], dtype="<f4").reshape(head[key]["shape"]).astype(np.float64)
    words = [w.rstrip("\n") for w in open(model_folder + "/vocab.txt", encoding="utf8")]
    keep = []
    for i, w in enumerate(words):
        if w.startswith("[") and len(w) > 1:
            continue
        core = w[2:] if w.startswith("##") else w
        if core and all(ord(c) < 0x250 or c in "‘’“”–—…€£" for c in core):
            keep.append(i)
    e = e[keep]
    e = e - e.mean(0)
    cov = e.T @ e / len(e)
    val, vec = np.linalg.eigh(cov)
    top = vec[:, ::-1][:, :dims]
    top = top * np.sign(top[np.abs(top).argmax(0), np.arange(dims)])
    p = e @ top
    p = p / p.std(0).mean() * 0.35            # about one third on each axis, so that +-1 holds nearly all
    q = np.clip(np.rint(p * 64), -127, 127).astype(np.int8)   # value = q / 64
    table = {}
    for row, i in enumerate(keep):
        table[words[i].encode("utf8")] = row + 1
    return table, np.concatenate([np.zeros((1, dims), np.int8), q])


def mean(static, pieces):
    """As src/syntax/words.c: the sum in Q12, divided, towards zero."""
    if not pieces:
        return np.zeros(static.shape[1], np.float32)
    q12 = static[pieces].astype(np.int64).sum(0) * 64
    return ((np.sign(q12) * (np.abs(q12) // len(pieces))) / 4096.0).astype(np.float32)
