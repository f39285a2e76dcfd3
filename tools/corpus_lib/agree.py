"""How far two readings of the same stories agree."""
import collections, json, sys

from .check import Notes
from .stats import write_between


def f1(tp, a, b):
    return 2 * tp / (a + b) if a + b else 1.0


def kappa(pairs):
    """Cohen's kappa of [(a, b)]."""
    n = len(pairs)
    if not n:
        return None
    same = sum(a == b for a, b in pairs) / n
    ca, cb = collections.Counter(a for a, _ in pairs), collections.Counter(b for _, b in pairs)
    chance = sum(ca[k] * cb[k] for k in ca) / n / n
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def overlap(a, b):
    """Bytes that two lists of ranges share."""
    return sum(max(0, min(e, f) - max(b0, c)) for b0, e in a for c, f in b)


def match(xs, ys, ranges, better=lambda x, y: 0):
    """One-to-one pairs of items whose ranges overlap; of several the one that agrees more, then the longer overlap."""
    cand = []
    for i, x in enumerate(xs):
        for k, y in enumerate(ys):
            o = overlap(ranges(x), ranges(y))
            if o:
                cand.append((better(x, y), o, -i, -k))
    out, ui, uk = [], set(), set()
    for _, _, i, k in sorted(cand, reverse=True):
        if i not in ui and k not in uk:
            ui.add(i), uk.add(k)
            out.append((xs[-i], ys[-k]))
    return sorted(out, key=lambda p: ranges(p[0]) or [[0, 0]])


def chains(x, y):
    """Chains of y → the chain of x that shares most mentions with it, one to one."""
    where = collections.defaultdict(set)
    for a in x["actors"]:
        for m in a["mentions"]:
            where[m["begin"], m["end"]].add(a["id"])
    heads = [(a["id"], m["begin"], m["end"]) for a in x["actors"] for m in a["mentions"]]
    score = collections.Counter()
    for a in y["actors"]:
        for m in a["mentions"]:
            exact = where.get((m["begin"], m["end"]))
            if exact:
                for k in exact:
                    score[a["id"], k] += 3
            else:
                for k, b, e in heads:
                    if b < m["end"] and m["begin"] < e:
                        score[a["id"], k] += 1
    out, used = {}, set()
    for (b, a), _ in sorted(score.items(), key=lambda s: (-s[1], s[0])):
        if b not in out and a not in used:
            out[b] = a
            used.add(a)
    return out


def b_cubed(x, y):
    """Sums of B³ precision and recall over the mentions that both have: (agreement of x's, of y's, number)."""
    def clusters(r):
        out = collections.defaultdict(set)
        for a in r["actors"]:
            for m in a["mentions"]:
                out[m["begin"], m["end"]].add(a["id"])
        return out
    cx, cy = clusters(x), clusters(y)
    both = sorted(set(cx) & set(cy))
    p = r = 0.0
    for m in both:
        a = {k for k in both if cx[k] & cx[m]}
        b = {k for k in both if cy[k] & cy[m]}
        p += len(a & b) / len(b)
        r += len(a & b) / len(a)
    return p, r, len(both)


class Count:
    def __init__(self):
        self.f, self.share, self.pairs = {}, {}, {}

    def add(self, what, tp, a, b):
        c = self.f.setdefault(what, [0, 0, 0])
        for i, v in enumerate((tp, a, b)):
            c[i] += v

    def same(self, what, a, b, right=None):
        c = self.share.setdefault(what, [0, 0])
        c[0] += (a == b) if right is None else bool(right)
        c[1] += 1
        self.pairs.setdefault(what, []).append((a, b))


def interval(e):
    return (e["date"]["begin"], e["date"]["end"]) if e["date"] else None


def meets(a, b):
    return a == b or bool(a and b and a[0] <= b[1] and b[0] <= a[1])


def compare(x, y, c, diff):
    """Adds the agreement of two readings of one story; diff(text) is told each disagreement."""
    nx = Notes(x, None)
    span = lambda n: (n["begin"], n["end"])
    for what, a, b in (("names", {(*span(n), n["type"]) for n in x["names"]}, {(*span(n), n["type"]) for n in y["names"]}),
                       ("actor mentions", {span(m) for a in x["actors"] for m in a["mentions"]}, {span(m) for a in y["actors"] for m in a["mentions"]}),
                       ("time expressions", {span(t) for t in x["times"]}, {span(t) for t in y["times"]})):
        c.add(what, len(a & b), len(a), len(b))
        for s in sorted(a ^ b):
            diff(f"{what}: {'first' if s in a else 'second'} only: {nx.text(s[0], s[1])!r}{' ' + s[2] if len(s) > 2 else ''}")
    ty = {span(t): t for t in y["times"]}
    for t in x["times"]:
        if span(t) in ty:
            c.same("time values", t["value"], ty[span(t)]["value"])
            if t["value"] != ty[span(t)]["value"]:
                diff(f"time value: {nx.text(*span(t))!r} {t['value']} / {ty[span(t)]['value']}")
    p, r, n = b_cubed(x, y)
    c.add("chains (B³)", (p + r) / 2 if n else 0, n, n)
    map_ = chains(x, y)
    country = {a["id"]: a for a in x["actors"]}
    for b in y["actors"]:
        a = country.get(map_.get(b["id"]))
        if a:
            c.same("country", a["country"], b["country"])
            c.same("sector", tuple(sorted(a["sector"])), tuple(sorted(b["sector"])))
            if (a["country"], sorted(a["sector"])) != (b["country"], sorted(b["sector"])):
                diff(f"actor: {a['name']}: {a['country']} {','.join(a['sector'])} / {b['country']} {','.join(b['sector'])}")
    compare_events(x, y, nx, map_, c, diff)
    compare_voices(x, y, nx, map_, c, diff)


def compare_events(x, y, nx, map_, c, diff):
    ranges = lambda e: e["trigger"]
    pairs = match(x["events"], y["events"], ranges, lambda a, b: bool(set(a["type"]) & set(b["type"])))
    c.add("triggers", len(pairs), len(x["events"]), len(y["events"]))
    musts = sum(a["must"] or b["must"] for a, b in pairs)
    alone = [sum(e["must"] and not any(e is p[k] for p in pairs) for e in r["events"]) for k, r in enumerate((x, y))]
    c.add("triggers of musts", musts, musts + alone[0], musts + alone[1])
    say = lambda e: f"{'/'.join(e['type'])} {' … '.join(nx.text(b, z) for b, z in e['trigger'])!r}"
    for which, events, k in (("first", x["events"], 0), ("second", y["events"], 1)):
        for e in events:
            if not any(e is p[k] for p in pairs):
                diff(f"event: {which} only: {e['id']} {say(e)}{' must' if e['must'] else ''}")
    typed = 0
    for a, b in pairs:
        ok = bool(set(a["type"]) & set(b["type"]))
        typed += ok
        c.same("type of a shared trigger", a["type"][0], b["type"][0], ok)
        if not ok:
            diff(f"type: {a['id']}/{b['id']} {say(a)} / {'/'.join(b['type'])}")
            continue
        head = f"{a['id']}/{b['id']} {say(a)}"
        c.add("modes", len(set(a["mode"]) & set(b["mode"])), len(a["mode"]), len(b["mode"]))
        if set(a["mode"]) != set(b["mode"]):
            diff(f"mode: {head}: {','.join(a['mode']) or '-'} / {','.join(b['mode']) or '-'}")
        for side in ("source", "target"):
            pa, pb = {p["actor"] for p in a[side]}, {map_.get(p["actor"], "?" + p["actor"]) for p in b[side]}
            c.add("participants", len(pa & pb), len(pa), len(pb))
            ca, cb = {p["country"] for p in a[side]}, {p["country"] for p in b[side]}
            c.add("participants' countries", len(ca & cb), len(ca), len(cb))
            if pa != pb:
                words = lambda ps: ", ".join(nx.text(p["begin"], p["end"]) if p["begin"] is not None else p["actor"] for p in ps) or "nobody"
                diff(f"{side}: {head}: {words(a[side])} / {words(b[side])}")
        c.same("status", a["status"][0], b["status"][0], set(a["status"]) & set(b["status"]))
        c.same("status, reason", a["why"], b["why"])
        if not set(a["status"]) & set(b["status"]):
            diff(f"status: {head}: {a['status'][0]} ({a['why']}) / {b['status'][0]} ({b['why']})")
        c.same("date, the same days", interval(a), interval(b))
        c.same("date, days in common", interval(a), interval(b), meets(interval(a), interval(b)))
        if interval(a) != interval(b):
            diff(f"date: {head}: {'..'.join(interval(a) or ('?',))} / {'..'.join(interval(b) or ('?',))}")
        c.same("must", a["must"], b["must"])
        if a["must"] != b["must"]:
            diff(f"must: {head}: {a['must']} / {b['must']}")
        c.same("within another event", bool(a["within"]), bool(b["within"]))
    c.add("events with type", typed, len(x["events"]), len(y["events"]))


def compare_voices(x, y, nx, map_, c, diff):
    pairs = match(x["attributions"], y["attributions"], lambda q: q["cue"] or q["content"])
    c.add("attributions (cue)", len(pairs), len(x["attributions"]), len(y["attributions"]))
    whole = 0
    for a, b in pairs:
        sa, sb = {p["actor"] for p in a["source"]}, {map_.get(p["actor"], "?" + p["actor"]) for p in b["source"]}
        content = not a["content"] and not b["content"] or overlap(a["content"], b["content"])
        whole += bool((sa & sb or not (sa or sb)) and content)
        cue = " ".join(nx.text(*r) for r in a["cue"])
        c.same("stance", a["stance"], b["stance"])
        if a["stance"] != b["stance"]:
            diff(f"stance: {a['id']}/{b['id']} {cue!r}: {a['stance']} / {b['stance']}")
        if sa != sb:
            diff(f"voice: {a['id']}/{b['id']} {cue!r}: {','.join(sorted(sa)) or 'nobody'} / {','.join(sorted(sb)) or 'nobody'}")
        c.add("content, bytes", overlap(a["content"], b["content"]), sum(e - s for s, e in a["content"]), sum(e - s for s, e in b["content"]))
    c.add("attributions, whole", whole, len(x["attributions"]), len(y["attributions"]))
    for which, qs, k in (("first", x["attributions"], 0), ("second", y["attributions"], 1)):
        for q in qs:
            if not any(q is p[k] for p in pairs):
                diff(f"attribution: {which} only: {q['id']} {' '.join(nx.text(*r) for r in q['cue'] or q['content'])!r}")


def markdown(out, kinds):
    rows = [f"| {out['stories']} stories | agreement | of |", "|---|---:|---:|"]
    for what, v in out.items():
        if what == "stories":
            continue
        if "f1" in v:
            rows.append(f"| {what} | F1 {v['f1']:.3f} | {v['first']:,} and {v['second']:,} |")
        else:
            rows.append(f"| {what} | {v['share']:.1%}" + (f", κ {v['kappa']:.3f}" if "kappa" in v else "") + f" | {v['of']:,} |")
    rows += ["", "Disagreements: " + ", ".join(f"{k} {n:,}" for k, n in kinds.most_common()) + "."]
    return "\n".join(rows) + "\n"


def cmd_agree(o, load):
    a, b = ({r["id"]: r for r in load([p])} for p in (o.a, o.b))
    both = sorted(set(a) & set(b))
    c, bad, kinds = Count(), 0, collections.Counter()

    def diff(key, text):
        kinds[text.partition(":")[0]] += 1
        if o.diff:
            print(f"{key} {text}")

    for k in both:
        if a[k]["text"] != b[k]["text"]:
            print(f"{k}: the texts differ; left out", file=sys.stderr)
            bad += 1
            continue
        compare(a[k], b[k], c, lambda text, k=k: diff(k, text))
    out = {"stories": len(both) - bad}
    for what, (tp, n, m) in c.f.items():
        out[what] = {"f1": round(f1(tp, n, m), 4), "first": n, "second": m}
    for what, (k, n) in c.share.items():
        out[what] = {"share": round(k / n, 4), "of": n}
        v = kappa(c.pairs[what])
        if v is not None and what not in ("time values", "date, the same days", "date, days in common", "country", "sector"):
            out[what]["kappa"] = round(v, 4)
    if o.json:
        print(json.dumps({**out, "disagreements": kinds}, ensure_ascii=False))
    elif o.markdown:
        print(markdown(out, kinds), end="")
    else:
        print(f"{out['stories']} stories read twice")
        for what, v in out.items():
            if what == "stories":
                continue
            if "f1" in v:
                print(f"{what:26} F1 {v['f1']:.3f}   first {v['first']}, second {v['second']}")
            else:
                print(f"{what:26} same {v['share']:.3f} of {v['of']}" + (f", kappa {v['kappa']:.3f}" if "kappa" in v else ""))
        print("disagreements: " + (", ".join(f"{k} {n}" for k, n in kinds.most_common()) or "none"))
    if o.write:
        write_between(o.write, o.table, markdown(out, kinds))
    only = sorted(set(a) ^ set(b))
    if only:
        print(f"{len(only)} stories stand on one side only", file=sys.stderr)
    return 1 if bad or not both else 0
