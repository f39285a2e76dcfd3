"""Static vectors of word pieces: the input embeddings of e5-small-v2, reduced by PCA and kept as int8."""
import json

import numpy as np
import onnx
from onnx import numpy_helper

DIMS = 96


def load(encoder, dims):
    """encoder: e5-small-v2.onnx, e5-small-v2-tokenizer.json beside it -> {piece: row}, int8 [1 + pieces, dims]"""
    e = next(numpy_helper.to_array(t) for t in onnx.load(encoder).graph.initializer if t.name == "embeddings.word_embeddings.weight").astype(np.float64)
    vocab = json.load(open(encoder.removesuffix(".onnx") + "-tokenizer.json", encoding="utf8"))["model"]["vocab"]
    words = sorted(vocab, key=vocab.get)
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
