"""Working files → packed records: participants get their words, stories their split."""
import bisect, csv, hashlib, json, os, re, sys

from . import check as checks, form

SPLITS = ("train", "dev", "test", "balance")
ABBREVIATIONS = set("mr mrs ms dr st gen col lt maj sgt capt cmdr gov sen rep rev hon prof jr sr no inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec "
                    "u.s u.n u.k a.m p.m vs e.g i.e fr".split())


def sentences(text):
    """Beginnings of sentences, byte offsets: good enough to say which words stand near."""
    starts, at = [0], 0
    for m in re.finditer(r"\n[ \t]*\n\s*|([^\s.!?]*)([.!?]+[\"”’)]*)(\s+)(?=[\"“‘(\[]?[A-Z0-9])", text):
        if m[2] and m[2][0] == "." and (m[1].lower().lstrip("(\"“") in ABBREVIATIONS or re.fullmatch(r"[A-Z]", m[1])):
            continue
        starts.append(len(text[:m.end()].encode()))
    return starts


def nearest(mentions, at, begins, all_mentions):
    """The mention that tells who takes part in what stands at `at`: of the same sentence, then the last before, then the first after.
    Within the sentence one that lies in no other actor's mention goes first, then distance, then the one before."""
    if not mentions:
        return None
    s = bisect.bisect_right(begins, at[0]) - 1
    lo, hi = begins[s], begins[s + 1] if s + 1 < len(begins) else float("inf")

    def inner(m):
        return any(b <= m["begin"] and m["end"] <= e and (b, e) != (m["begin"], m["end"]) for b, e in all_mentions)

    def far(m):
        return m["begin"] - at[1] if m["begin"] >= at[1] else max(0, at[0] - m["end"])

    here = [m for m in mentions if lo <= m["begin"] < hi]
    if here:
        return min(here, key=lambda m: (inner(m), far(m), m["begin"]))
    before = [m for m in mentions if m["end"] <= at[0]]
    return max(before, key=lambda m: m["end"]) if before else min(mentions, key=lambda m: m["begin"])


def pack(story):
    """The packed record of a story that `check` lets pass."""
    if not story.record:
        raise ValueError(f"{story.path}: no story")
    r = story.record
    actors = {a["id"]: a for a in r["actors"]}
    every = {(m["begin"], m["end"]) for a in r["actors"] for m in a["mentions"]}
    begins = sentences(r["text"])
    times = {t["id"]: t for t in r["times"]}

    def words(p, at):
        base, _, k = p["actor"].partition("@")
        a = actors.get(base)
        if not a:
            return None
        m = a["mentions"][int(k) - 1] if k and int(k) <= len(a["mentions"]) else nearest(a["mentions"], at, begins, every)
        return a, ({"begin": m["begin"], "end": m["end"]} if m else {"begin": None, "end": None})

    events = []
    for e in r["events"]:
        x = dict(e)
        at = e["trigger"][0] if e["trigger"] else [0, 0]
        for side in ("source", "target"):
            x[side] = []
            for p in e[side]:
                w = words(p, at)
                if w:
                    a, span = w
                    x[side].append({"actor": a["id"], **span, "country": a["country"], "sector": p.get("sector") or a["sector"], "office": a["office"] or None})
        t = times.get(e["basis"])
        basis = x.pop("basis")
        if e["date"]:
            x["date"] = {**e["date"], "basis": "text" if t else "published" if basis == "pub" else "context", "time": t["id"] if t else None,
                         "text": [t["begin"], t["end"]] if t else None}
        events.append(x)
    voices = []
    for q in r["attributions"]:
        at = (q["cue"] or q["content"] or [[0, 0]])[0]
        source = [w for w in (words(p, at) for p in q["source"]) if w]
        voices.append({**q, "source": [{"actor": a["id"], **span} for a, span in source]})
    actor = [{**a, "office": a["office"] or None} for a in r["actors"]]
    return {**r, "actors": actor, "events": events, "attributions": voices}


def loose(r):
    """A packed record as the checks want it: what a date rests on in one word."""
    events = []
    for e in r["events"]:
        d = e["date"]
        events.append({**e, "basis": "none" if not d else d["time"] or ("pub" if d["basis"] == "published" else "none")})
    return {**r, "events": events}


# Splits

def read_splits(path):
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf8", newline="") as f:
        return {row[0]: row[1] for row in csv.reader((l for l in f if not l.startswith("#")), delimiter="\t") if len(row) > 1 and row[0] != "id"}


def assign(records, splits):
    """Splits for stories that have none: every tenth to dev, every tenth to test, in each region, in the order of their form and of a
    hash of their id. What has a split keeps it."""
    out = dict(splits)
    by_region = {}
    for r in records:
        if r["id"] in out:
            continue
        if r["split"] == "balance":
            out[r["id"]] = "balance"
        else:
            by_region.setdefault(re.split(r"-", r["id"])[0], []).append(r)
    carry = 0
    for region in sorted(by_region):
        stories = sorted(by_region[region], key=lambda r: (not r["events"], r["form"] or "", hashlib.sha256(r["id"].encode()).hexdigest()))
        for i, r in enumerate(stories):
            k = (i + carry) % 10
            out[r["id"]] = "test" if k == 4 else "dev" if k == 9 else "train"
        carry += len(stories)
    return out


def write_splits(path, splits):
    with open(path, "w", encoding="utf8", newline="") as f:
        f.write("# Which split a story is in. Fixed: a story keeps its split; `tools/corpus split` adds new ones.\nid\tsplit\n")
        for k in sorted(splits):
            f.write(f"{k}\t{splits[k]}\n")


def stories_of(paths):
    from .commands import files_of
    out = []
    for p in files_of(paths):
        s = form.read(p)
        errors = list(s.errors)
        if s.record:
            checks.check(s.record, lambda key, text, doubt: None if doubt else errors.append((s.lines.get(key, 0), f"{key or ''}: {text}")))
        if errors:
            print(f"{p}: {len(errors)} errors; `tools/corpus check` tells them; left out", file=sys.stderr)
        else:
            out.append(s)
    return out, len(files_of(paths)) - len(out)


def cmd_split(o, load):
    stories, bad = stories_of(o.files)
    path = os.path.join(o.out, "splits.tsv")
    os.makedirs(o.out, exist_ok=True)
    write_splits(path, assign([s.record for s in stories], read_splits(path)))
    return 1 if bad else 0


def cmd_pack(o, load):
    stories, bad = stories_of(o.files)
    if bad:
        return 1
    path = os.path.join(o.out, "splits.tsv")
    splits = read_splits(path)
    os.makedirs(o.out, exist_ok=True)
    new = assign([s.record for s in stories], splits)
    if new != splits:
        write_splits(path, new)
    records = []
    for s in sorted(stories, key=lambda s: s.record["id"]):
        records.append({**pack(s), "split": new[s.record["id"]]})
    copies = checks.near_copies(records)
    for share, a, b in copies:
        print(f"{a} and {b} are in different splits and share {share:.0%} of their wording", file=sys.stderr)
    if copies:
        return 1
    for split in SPLITS:
        with open(os.path.join(o.out, split + ".jsonl"), "w", encoding="utf8", newline="") as f:
            for r in records:
                if r["split"] == split:
                    f.write(json.dumps(r, ensure_ascii=False, separators=(", ", ": ")) + "\n")
    print("  ".join(f"{s} {sum(r['split'] == s for r in records)}" for s in SPLITS))
    return 0
