#!/usr/bin/env python3
"""Train the judge of events: models/judge.bin from the marked stories of corpus/.

    tools/train/judge.py [--plover open.jsonl] [--readers DIR/reader] [--build build/release] [--out models/judge.bin] [--report]

Needs lightgbm and numpy (requirements.txt), and the targets chancery, compile_data and judge_log built with the data as they are. No
feature is computed here: judge_log prints what the library sees of every reading of every predicate and of all who could be
its sides; the labels come from laying that beside the marks, as tools/corpus score does. Four forests (src/events/forest.h):

    screen   is a reading worth a closer look? (of what is known before sides are chosen)
    source, target   how well does an option fit the role?
    keep     are type and both sides right?

The reader of triggers has learnt these stories; --readers are its five models that have each not seen a fifth of them (tools/train/reader.py
folds). Readings of a story are logged with the reader and with choosers that do not know it, so that `keep` sees choices as good as they
will be; its score is made a confidence by isotonic regression over folds. The stories of the corpus are invented, the frames were written for
the news: an event of theirs is dropped only below KEEP, and another reading is added only from ADD on, which is about how often
theirs are right on these stories. F1 on corpus/dev would rise down to half of that, but what is added must be right on news too. PLOVER's open gold records (CC BY-SA 4.0) may be added to the choosers' rows.
"""
import argparse, bisect, collections, json, os, re, struct, subprocess, sys, tempfile, zlib

import numpy as np
import lightgbm

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tools"))
from corpus_lib.conllu import coder_input
from corpus_lib.score import MUTUAL, meets, who

UNIT, CATEGORY, FOLDS = 1024, 0x4000, 5
# what the choosers and the judge cost is rows times trees: keep them small
CHOOSER = dict(objective="cross_entropy", num_leaves=24, learning_rate=0.08, min_data_in_leaf=30, lambda_l2=5.0, feature_fraction=0.5,
               bagging_fraction=0.8, bagging_freq=1, cat_smooth=20, cat_l2=20, max_cat_to_onehot=4, verbose=-1, seed=7, deterministic=True,
               force_row_wise=True, num_threads=1)
JUDGE = dict(CHOOSER, objective="binary", num_leaves=16, learning_rate=0.06, min_data_in_leaf=40, lambda_l2=10.0)
KEEP, ADD = 100, 450  # thousandths of confidence
TREES = {"screen": 40, "chooser": 90, "keep": 100}


# ------------------------------------------------------------------ stories

def load(name):
    with open(os.path.join(ROOT, "corpus", name + ".jsonl"), encoding="utf8") as f:
        return [json.loads(l) for l in f]


def plover(path):
    """The open gold records in the form of the corpus, as far as the choosers ask."""
    old = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
    out = []
    for l in open(path, encoding="utf8"):
        x = json.loads(l)
        text, spans = "", []
        for part in re.split(r"(\((?:SRC/TAR|TAR/SRC|SRC|TAR|EVT): [^()]*(?:\([^()]*\)[^()]*)*\))", x["textInfo"]["markup"]):
            m = re.match(r"\(([A-Z/]+): (.*)\)$", part, re.S)
            b = len(text.encode())
            text += m[2] if m else part
            if m:
                spans.append((m[1], b, len(text.encode())))
        sides = {}
        for role in ("source", "target"):
            given = x.get(role) or []
            mine = [(b, e) for k, b, e in spans if ("SRC" if role == "source" else "TAR") in k]
            sides[role] = [{"actor": f"{role}{i}", "country": a["code"][:3], "begin": b, "end": e} for i, (a, (b, e)) in enumerate(zip(given or [], mine))]
        if not sides["source"] or len(sides["source"]) != len(x["source"]):
            continue
        if not sides["target"] and any("TAR" in k for k, _, _ in spans):
            if len(sides["source"]) < 2:
                continue
            sides["target"] = sides["source"][1:]
            sides["source"] = sides["source"][:1]
        actors = [{"id": p["actor"], "mentions": [p]} for s in sides.values() for p in s]
        out.append({"id": x["id"], "text": text, "publisher": "", "published": x["date"], "articles": [{"published": x["date"]}], "actors": actors,
                    "events": [{"type": [old.get(x["event"], x["event"])], "trigger": [[b, e] for k, b, e in spans if k == "EVT"], "must": True, **sides}]})
    return out


# ---------------------------------------------------------------------- log

class Reading:
    __slots__ = ("begin", "end", "type", "source", "target", "x", "options", "gold")

    def event(self):
        side = lambda k: [{"country": c} for c, _, _ in self.options[k][0]]
        return {"type": self.type, "source": side(self.source), "target": side(self.target)}


class Log:
    def __init__(self, build, readers=None):
        self.build, self.readers = build, readers

    def data(self, model, path, fold=None):
        """A data file with this judge in it; with the reader that has not seen a fold."""
        with tempfile.TemporaryDirectory() as tmp:
            os.symlink(os.path.join(ROOT, "data"), os.path.join(tmp, "data"))
            os.mkdir(os.path.join(tmp, "models"))
            for f in os.listdir(os.path.join(ROOT, "models")):
                if f != "judge.bin":
                    own = f == "reader.bin" and fold is not None and self.readers
                    os.symlink(os.path.abspath(f"{self.readers}{fold}.bin") if own else os.path.join(ROOT, "models", f), os.path.join(tmp, "models", f))
            with open(os.path.join(tmp, "models", "judge.bin"), "wb") as f:
                f.write(model)
            subprocess.run([os.path.join(self.build, "compile_data"), os.path.join(tmp, "data", "MANIFEST"), tmp, path], check=True)

    def __call__(self, model, records, fold=None):
        """{story: [Reading]} as the judge `model` sees them."""
        with tempfile.TemporaryDirectory() as tmp:
            dat, stories = os.path.join(tmp, "data"), os.path.join(tmp, "stories")
            self.data(model, dat, fold)
            with open(stories, "wb") as f:
                f.write(coder_input(records))
            text = subprocess.run([os.path.join(self.build, "judge_log"), dat, stories], stdout=subprocess.PIPE, check=True).stdout.decode()
        out, cur = {}, None
        for l in text.splitlines():
            p = l.split()
            if p[0] == "O":
                side = [] if p[1] == "-" else [(a[0] or "UNK", int(a[1]), int(a[2])) for a in (s.split(":") for s in p[1].split(","))]
                cur[-1].options.append((side, np.array(p[2:], dtype=np.int16)))
            elif p[0] == "R":
                r = Reading()
                r.begin, r.end, r.type, r.source, r.target = int(p[1]), int(p[2]), p[3], int(p[4]), int(p[5])
                r.x, r.options, r.gold = np.array(p[6:], dtype=np.int16), [], None
                cur.append(r)
            elif p[0] == "D":
                cur = out.setdefault(json.loads(l[2:]), [])
        return out


def features(build):
    """{kind: [(name, codes)]}, from the tool itself."""
    text = subprocess.run([os.path.join(build, "judge_log"), os.path.join(build, "chancery.dat"), os.devnull], stdout=subprocess.PIPE, check=True).stdout
    return {p[1]: [(n, c == "1") for n, c in (x.split(":") for x in p[2:])] for p in (l.split() for l in text.decode().splitlines())}


# ------------------------------------------------------------------- labels

def align(record, readings):
    """Give every reading the mark that its trigger overlaps, the one of its type before others."""
    for r in readings:
        best = None
        for g in record["events"]:
            o = sum(max(0, min(e, r.end) - max(b, r.begin)) for b, e in g["trigger"])
            if o:
                key = (r.type in g["type"], bool(g["must"]), o)
                if best is None or key > best[0]:
                    best = key, g
        r.gold = best[1] if best and best[0][0] else None


def fit(record, g, role, side):
    """How well an option fits a side of a mark: 0 … 1; the countries decide, the very actors add."""
    gold = g[role]
    countries = {p["country"] for p in gold}
    if not meets(countries, {c for c, _, _ in side}):
        return 0.0
    if not gold:
        return 1.0
    spans = {a["id"]: [(m["begin"], m["end"]) for m in a["mentions"]] for a in record["actors"]}
    hit = sum(any(b < e and x < f for b, e in spans.get(p["actor"], []) for _, x, f in side) for p in gold)
    covered = len(countries & {c for c, _, _ in side}) / len(countries)
    return 0.5 + 0.3 * hit / len(gold) + 0.2 * covered


def options(records, logs, role):
    """Rows of the chooser of a role: features, labels, weights."""
    xs, ys, ws = [], [], []
    for r in records:
        for x in logs.get(r["id"], []):
            if x.gold is None:
                continue
            y = [fit(r, x.gold, role, side) for side, _ in x.options]
            if not any(y):
                continue
            xs += [f for _, f in x.options]
            ys += y
            ws += [1.0 if x.gold["must"] else 0.6] * len(y)
    return np.array(xs), np.array(ys), np.array(ws)


# ------------------------------------------------------------------- forests

class Forest:
    """A lightgbm model as integers."""

    def __init__(self, booster, columns=None, names=None):
        self.nodes, self.masks, self.roots, self.base = [], [], [], 0
        self.columns = columns
        if booster is None:
            return
        for t in booster.dump_model()["tree_info"]:
            self.roots.append(len(self.nodes))
            self.add(t["tree_structure"])

    def add(self, n):
        at = len(self.nodes)
        self.nodes.append(None)
        if "leaf_value" in n:
            self.nodes[at] = (-1, 0, 0, max(-32000, min(32000, round(n["leaf_value"] * UNIT))))
            return at
        f = n["split_feature"] if self.columns is None else self.columns[n["split_feature"]]
        if n["decision_type"] == "==":
            mask = sum(1 << int(v) for v in n["threshold"].split("||"))
            self.masks.append(mask)
            f, value = f | CATEGORY, len(self.masks) - 1
        else:
            value = int(np.floor(n["threshold"]))
        left = self.add(n["left_child"])
        right = self.add(n["right_child"])
        self.nodes[at] = (f, left, right, max(-32000, min(32000, value)))
        return at

    def bytes(self, n_features):
        assert len(self.nodes) < 65536
        b = struct.pack("<IIIIiI", n_features, len(self.roots), len(self.nodes), len(self.masks), self.base, 0)
        b += struct.pack(f"<{len(self.masks)}Q", *self.masks) + struct.pack(f"<{len(self.roots)}I", *self.roots)
        b += b"".join(struct.pack("<hHHh", *n) for n in self.nodes)
        return b + bytes(4 * (len(self.roots) % 2))

    def score(self, xs):
        """As src/events/forest.c sums it."""
        out = np.full(len(xs), self.base, dtype=np.int64)
        for i, x in enumerate(xs):
            for root in self.roots:
                f, left, right, v = self.nodes[root]
                while f >= 0:
                    k = int(x[f & ~CATEGORY])
                    go = (0 <= k < 64 and self.masks[v] >> k & 1) if f & CATEGORY else k <= v
                    f, left, right, v = self.nodes[left if go else right]
                out[i] += v
        return out


def pack(forests, names, steps=((-(1 << 31), 500),), keep=0, add=0):
    n = [len(names["reading"]), len(names["option"]), len(names["option"]), len(names["reading"])]
    return b"CHYJUDG1" + struct.pack("<IIii", 4, len(steps), keep, add) + b"".join(f.bytes(k) for f, k in zip(forests, n)) + b"".join(
        struct.pack("<ii", *s) for s in steps)


def train(params, trees, x, y, w, names, columns=None):
    cols = list(range(len(names))) if columns is None else columns
    cat = [i for i, c in enumerate(cols) if names[c][1]]
    d = lightgbm.Dataset(np.asarray(x)[:, cols].astype(np.float64), y, weight=w, categorical_feature=cat, free_raw_data=False)
    return lightgbm.train(params, d, trees), cols


def choosers(records, logs, names):
    out = []
    for role in ("source", "target"):
        x, y, w = options(records, logs, role)
        b, cols = train(CHOOSER, TREES["chooser"], x, y, w, names["option"])
        out.append(Forest(b, cols))
    return out


# ---------------------------------------------------------------- confidence

def isotonic(score, y, least=40):
    """Pool adjacent violators: [(score from which on, share right in thousandths)]."""
    order = np.argsort(score, kind="stable")
    blocks = []
    for s, v in zip(score[order], y[order]):
        blocks.append([s, v, 1])
        while len(blocks) > 1 and (blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2] or blocks[-2][2] < least):
            s2, v2, n2 = blocks.pop()
            blocks[-1][1] += v2
            blocks[-1][2] += n2
    points = [(b[0], b[1] / b[2], b[2]) for b in blocks]
    # straight lines between the blocks' middles, in steps, so that equal confidences are few
    mids, shares = [], []
    for i, (s, p, n) in enumerate(points):
        hi = points[i + 1][0] if i + 1 < len(points) else score.max()
        mids.append((s + hi) / 2), shares.append(p)
    grid = np.linspace(score.min(), score.max(), 129).astype(int)
    steps, last = [], None
    for g in grid:
        v = int(round(1000 * float(np.interp(g, mids, shares))))
        if v != last:
            steps.append((int(g), max(1, min(999, v))))
            last = v
    return steps


def confidence(steps, score):
    return steps[max(0, bisect.bisect_right([s for s, _ in steps], score) - 1)][1]


# -------------------------------------------------------------------- measure

def report(what, sure, right, kept):
    """Of what is kept: how many are right, by confidence."""
    print(what)
    for lo in range(0, 1000, 100):
        some = kept & (sure >= lo) & (sure < lo + 100)
        if some.any():
            print(f"  {lo / 1000:.1f} to {lo / 1000 + 0.1:.1f}: {some.sum():5} events, {right[some].mean():.3f} right, mean confidence {sure[some].mean() / 1000:.3f}")


def measure(records, kept):
    """Type and who as tools/corpus score counts them: (type F1, who P, who R, who F1)."""
    from corpus_lib.agree import match
    musts = sum(e["must"] for r in records for e in r["events"])
    n = hit = right = type_hit = type_right = 0
    for r in records:
        es = [dict(x.event(), at=[[x.begin, x.end]]) for x in kept.get(r["id"], [])]
        n += len(es)
        lv = lambda g, e: 0 if e["type"] not in g["type"] else 2 if who(g, e) else 1
        for g, e in match(r["events"], es, lambda v: v["trigger"] if "trigger" in v else v["at"], lambda g, e: (lv(g, e), g["must"])):
            l = lv(g, e)
            type_hit += l >= 1 and g["must"]
            type_right += l >= 1
            hit += l >= 2 and g["must"]
            right += l >= 2
    f = lambda p, q: 2 * p * q / (p + q) if p + q else 0.0
    tp, tr, p, q = type_right / max(n, 1), type_hit / musts, right / max(n, 1), hit / musts
    return f"{n} coded, type P {tp:.3f} R {tr:.3f} F1 {f(tp, tr):.3f}, who P {p:.3f} R {q:.3f} F1 {f(p, q):.3f}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--plover"), ap.add_argument("--readers"), ap.add_argument("--build", default=os.path.join(ROOT, "build/release"))
    ap.add_argument("--out", default=os.path.join(ROOT, "models/judge.bin"))
    o = ap.parse_args()
    names = features(o.build)
    log = Log(o.build, o.readers)
    news, rare, dev = load("train"), load("balance"), load("dev")
    manual = plover(o.plover) if o.plover else []
    marked = news + rare + manual
    empty = [Forest(None)] * 4
    fold = {r["id"]: zlib.crc32(r["id"].encode()) % FOLDS for r in marked}
    logs = {}
    for k in range(FOLDS):
        logs.update(log(pack(empty, names), [r for r in marked if fold[r["id"]] == k], k))
    for r in marked:
        align(r, logs.get(r["id"], []))
    screen_at = [n for n, _ in names["reading"]].index("screen")
    fate = [n for n, _ in names["reading"]].index("fate")
    before = [i for i in range(screen_at)]

    # readings of each story as choosers see it that do not know it
    seen = {}
    for k in range(FOLDS):
        rest, held = [r for r in marked if fold[r["id"]] != k], [r for r in news + rare if fold[r["id"]] == k]
        s, t = choosers(rest, logs, names)
        part = log(pack([Forest(None), s, t, Forest(None)], names), held, k)
        for r in held:
            align(r, part.get(r["id"], []))
        seen.update(part)
    # the frames alone, and with choosers, on their own events
    fired = lambda r: [x for x in seen.get(r["id"], []) if x.x[fate] == 8]
    print("fired, sides chosen (folds):", measure(news, {r["id"]: fired(r) for r in news}))

    rows = [(r["id"], x) for r in news + rare for x in seen.get(r["id"], [])]
    X = np.array([x.x for _, x in rows])
    right = np.array([x.gold is not None and who(x.gold, x.event()) for _, x in rows], dtype=float)
    typed = np.array([x.gold is not None for _, x in rows], dtype=float)
    w = np.ones(len(rows))
    # The reader is less sure of news than of these stories: everything is seen a second time, with its scores blurred.
    reads = [i for i, (n, _) in enumerate(names["reading"]) if n.startswith("read_")]
    noise = np.random.default_rng(1).normal(0, 300, (len(X), 2))
    blurred = X.copy()
    for i in reads:
        blurred[:, i] = np.clip(blurred[:, i] + noise[:, int(names["reading"][i][0] == "read_gap")], -8191, 8191)
    twice = lambda some: (np.concatenate([X[some], blurred[some]]), np.tile(right[some], 2), np.tile(w[some], 2))
    # the judge over folds, for its confidence
    scores = np.zeros(len(rows), dtype=np.int64)
    folds = np.array([fold[i] for i, _ in rows])
    for k in range(FOLDS):
        b, cols = train(JUDGE, TREES["keep"], *twice(folds != k), names["reading"])
        scores[folds == k] = np.round(b.predict(X[folds == k].astype(np.float64), raw_score=True) * UNIT)
    calm = np.array([i in {r["id"] for r in news} for i, _ in rows])  # frequencies of `balance` are nobody's news
    steps = isotonic(scores[calm], right[calm])
    stands = [n for n, _ in names["reading"]].index("stands")
    own = (X[:, fate] == 8) & (X[:, stands] > 0) & calm
    sure = np.array([confidence(steps, v) for v in scores])
    report("folds of corpus/train", sure[calm], right[calm], (own[calm] & (sure[calm] >= KEEP)) | (~own[calm] & (sure[calm] >= ADD)))
    print(f"{own.sum()} events of the frames, {right[own].mean():.3f} right; {(calm & ~own & (sure >= ADD)).sum()} readings to add, "
          f"{right[calm & ~own & (sure >= ADD)].mean():.3f} right")

    # all of it
    s, t = choosers(marked, logs, names)
    b, cols = train(JUDGE, TREES["keep"], *twice(np.ones(len(X), bool)), names["reading"])
    judge = Forest(b, cols)
    b, cols = train(JUDGE, TREES["screen"], X, typed, w, names["reading"], before)
    screen = Forest(b, cols)
    p = np.sort(b.predict(X[:, before].astype(np.float64), raw_score=True)[right > 0])
    screen.base = -int(p[int(0.01 * len(p))] * UNIT)  # let 99 % of what is right through
    print("screened out:", float(np.mean(b.predict(X[:, before].astype(np.float64), raw_score=True) * UNIT + screen.base < 0)))
    model = pack([screen, s, t, judge], names, steps, KEEP, ADD)
    with tempfile.TemporaryDirectory() as tmp:
        dat = os.path.join(tmp, "data")
        log.data(model, dat)
        print("dev:", command(os.path.join(o.build, "chancery"), dat, dev))
    with open(o.out, "wb") as f:
        f.write(model)
    print(f"{o.out}: {len(model)} bytes")


def command(program, dat, records):
    """The command itself with this data file, measured."""
    p = subprocess.run([program, "code", "--data", dat, "--input", "jsonl", "--quiet", "-"], input=coder_input(records), stdout=subprocess.PIPE)
    kept = collections.defaultdict(list)
    for l in p.stdout.decode().splitlines():
        e = json.loads(l)
        x = Reading()
        x.begin, x.end, x.type = e["evidence"]["trigger"]["begin"], e["evidence"]["trigger"]["end"], e["type"]
        side = lambda k: [(a.get("country") or "UNK", 0, 0) for a in e[k]]
        x.options, x.source, x.target = [(side("source"), None), (side("target"), None)], 0, 1
        kept[str(e["dispatch"]["id"])].append(x)
    return measure(records, kept)


if __name__ == "__main__":
    main()
