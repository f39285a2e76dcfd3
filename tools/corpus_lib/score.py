"""How well the command codes a split.

A coded event and a marked one of the same story are paired where their triggers overlap. Three levels, each asking for the one before:
    type   the event's type is one that the mark accepts
    who    the countries of both sides agree: each side shares one with the mark's, and at least half of what the event names is in it
           (CONSULT, AGREE, COOPERATE and SUPPORT either way round)
    full   the status is one that the mark accepts, and the days meet the mark's without being more than twice as long
Recall counts musts; precision counts every coded event, and one that pairs with a mention that is no must is no error.
Of the pairs right in who: how many have status, days, voices (`by`) right; the same for the hard ones (marked other than reported; days
outside the two up to publication). Denials: a link is right where both its ends pair with those of a marked one. Attributions: cue, content and source overlap (strict: cover the same but for quotation marks and blanks).
"""
import collections, json, sys

from .agree import match
from .check import day
from .conllu import run

MUTUAL = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}
SKIP = set(" \t\r\n\"'.,".encode()) | set("“”‘’".encode())


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def meets(gold, found):
    return 2 * len(gold & found) >= max(1, len(found)) if gold else not found


def who(g, e):
    gs, gt = ({p["country"] for p in g[s]} for s in ("source", "target"))
    es, et = ({p.get("country") or "UNK" for p in e.get(s) or []} for s in ("source", "target"))
    if meets(gs, es) and meets(gt, et):
        return True
    if e["type"] in MUTUAL:
        both = es | et
        if gs == gt:
            return len(both & gs) >= min(2, len(gs)) and meets(gs, both)
        return meets(gs | gt, both) and all(not s or s & both for s in (gs, gt))
    return False


def when(g, e):
    if not g["date"]:
        return True
    d = e.get("date") or {}
    if not d.get("begin") or not d.get("end"):
        return False
    a, b, c, f = day(g["date"]["begin"]), day(g["date"]["end"]), day(d["begin"][:10]), day(d["end"][:10])
    return c <= b and a <= f and (f - c).days <= max(2, 2 * (b - a).days + 1)


def level(g, e):
    if e["type"] not in g["type"]:
        return 0
    if not who(g, e):
        return 1
    return 3 if e.get("status") in g["status"] and when(g, e) else 2


def events(records, coded, errors):
    hit = {l: [0, 0] for l in ("type", "who", "full")}  # musts, any
    links = [0, 0, 0, 0]  # denials tied right, of all that the command ties, of all marked, of those with both ends coded
    right = collections.defaultdict(lambda: [0, 0])
    n_sys = sum(len(v) for v in coded.values())
    n_must = sum(e["must"] for r in records for e in r["events"])

    def note(what, ok):
        right[what][0] += bool(ok)
        right[what][1] += 1

    for r in records:
        voices = {q["id"]: q for q in r["attributions"]}
        country = {a["id"]: a["country"] for a in r["actors"]}
        published = {d["id"]: d["published"] or r["published"] for d in r["articles"]}
        trigger = lambda e: e["trigger"] if "evidence" not in e else [[e["evidence"]["trigger"]["begin"], e["evidence"]["trigger"]["end"]]]
        pairs = [(g, e, level(g, e)) for g, e in match(r["events"], coded.get(r["id"], []), trigger, lambda g, e: (level(g, e), g["must"]))]
        mark = {e["event"]: g["id"] for g, e, _ in pairs if "event" in e}
        tied = {(mark.get(e["event"]), mark.get(x)) for e in coded.get(r["id"], []) for x in e.get("denies") or []}
        marked = {(g["id"], x) for g in r["events"] for x in g["denies"]}
        links[0] += len(tied & marked)
        links[1] += sum(len(e.get("denies") or []) for e in coded.get(r["id"], []))
        links[2] += len(marked)
        links[3] += sum(a in mark.values() and b in mark.values() for a, b in marked)
        for g, e, l in pairs:
            for k, name in enumerate(("type", "who", "full"), 1):
                if l >= k:
                    hit[name][0] += g["must"]
                    hit[name][1] += 1
            if l < 2:
                continue
            note("status", e.get("status") in g["status"])
            if "reported" not in g["status"]:
                note("status_hard", e.get("status") in g["status"])
            if g["date"]:
                note("date", when(g, e))
                p = day(published.get(g["article"]) or r["published"])
                if (p - day(g["date"]["end"])).days > 2 or day(g["date"]["begin"]) > p:
                    note("date_hard", when(g, e))
            said = {country[p["actor"]] for q in g["by"] if q in voices for p in voices[q]["source"]}
            if said:
                note("by", said & {(c.get("by") or {}).get("country") or "UNK" for c in e.get("claims") or []})
        if errors:
            data = r["text"].encode()
            for g in r["events"]:
                if g["must"] and not any(g is x and l >= 2 for x, _, l in pairs):
                    print(f"missed  {r['id']} {g['id']} {'/'.join(g['type'])} | {data[max(0, g['trigger'][0][0] - 50):g['trigger'][0][1] + 40].decode(errors='replace')!r}")
            for e in coded.get(r["id"], []):
                if not any(e is x and l >= 2 for _, x, l in pairs):
                    b, x = trigger(e)[0]
                    print(f"wrong   {r['id']} {e['type']} {e['status']} | {data[max(0, b - 50):x + 40].decode(errors='replace')!r}")
    out = {"musts": n_must, "coded": n_sys}
    for name, (must, any_) in hit.items():
        p, q = any_ / n_sys if n_sys else 0.0, must / n_must if n_must else 0.0
        out[name] = {"recall": round(q, 4), "precision": round(p, 4), "f1": round(f1(p, q), 4)}
    for what in ("status", "status_hard", "date", "date_hard", "by"):
        if what in right:
            out[what] = round(right[what][0] / right[what][1], 4)
    p, q = (links[0] / n if n else 0.0 for n in links[1:3])
    out["denies"] = {"recall": round(q, 4), "precision": round(p, 4), "f1": round(f1(p, q), 4), "marked": links[2], "coded": links[3]}
    return out


def cover(ranges, data):
    return {i for b, e in ranges for i in range(b, min(e, len(data))) if data[i] not in SKIP}


def attributions(records, found):
    roles = ("source", "cue", "content")
    n = {k: [0, 0, 0] for k in roles}
    whole = strict = n_sys = n_gold = 0
    for r in records:
        data = r["text"].encode()
        gold = [{"source": cover([[p["begin"], p["end"]] for p in q["source"] if p["begin"] is not None], data), "cue": cover(q["cue"], data),
                 "content": cover(q["content"], data)} for q in r["attributions"]]
        got = [{k: cover(q.get(k) or [], data) for k in roles} for q in found.get(r["id"], [])]
        n_sys, n_gold = n_sys + len(got), n_gold + len(gold)
        for k in roles:
            a, b = set().union(*(x[k] for x in gold)), set().union(*(x[k] for x in got))
            for i, v in enumerate((len(a & b), len(b), len(a))):
                n[k][i] += v
        used = set()
        for y in got:
            best = None
            for i, x in enumerate(gold):
                if i in used or x["content"] and not x["content"] & y["content"]:
                    continue
                if (x["cue"] & y["cue"] or not x["cue"]) and (x["source"] & y["source"] or not (x["source"] or y["source"])):
                    exact = all(x[k] == y[k] for k in roles)
                    if best is None or exact > best[1]:
                        best = (i, exact)
            if best:
                used.add(best[0])
                whole += 1
                strict += best[1]
    ratio = lambda tp: round(2 * tp / (n_sys + n_gold), 4) if n_sys + n_gold else 0.0
    out = {k + "_f1": round(2 * tp / (a + b), 4) if a + b else 0.0 for k, (tp, a, b) in n.items()}
    return {**out, "whole_f1": ratio(whole), "whole_strict_f1": ratio(strict), "marked": n_gold, "found": n_sys}


def times(records, found):
    tp = value = n_sys = n_gold = 0
    for r in records:
        got = found.get(r["id"], [])
        n_sys, n_gold = n_sys + len(got), n_gold + len(r["times"])
        for x, y in match(r["times"], got, lambda t: [[t["begin"], t["end"]]]):
            tp += 1
            value += x["value"] == y.get("value")
    ratio = lambda k: round(2 * k / (n_sys + n_gold), 4) if n_sys + n_gold else 0.0
    return {"relaxed_f1": ratio(tp), "value_f1": ratio(value), "marked": n_gold, "found": n_sys}


def names(records, conllu):
    """Name spans of our trees against the marks, by bytes and type."""
    got, rid, cur = collections.defaultdict(set), None, None

    def close():
        if cur:
            got[rid].add(tuple(cur))

    for line in conllu.splitlines():
        if line.startswith("# newdoc id = "):
            close()
            cur, rid = None, json.loads(line[14:].rpartition("/")[0])
        c = line.split("\t")
        if len(c) != 10:
            if not line:
                close()
                cur = None
            continue
        misc = dict(x.split("=", 1) for x in c[9].split("|") if "=" in x)
        if "TokenRange" not in misc:
            continue
        tag = misc.get("Name", "O")
        b, e = map(int, misc["TokenRange"].split(":"))
        if cur and tag == "I-" + cur[2]:
            cur[1] = e
            continue
        close()
        cur = [b, e, tag[2:]] if tag != "O" else None
    close()
    tp = a = b = 0
    for r in records:
        gold = {(n["begin"], n["end"], n["type"]) for n in r["names"]}
        tp, a, b = tp + len(gold & got[r["id"]]), a + len(gold), b + len(got[r["id"]])
    return {"f1": round(2 * tp / (a + b), 4) if a + b else 0.0, "marked": a, "found": b}


def by_id(text):
    out = collections.defaultdict(list)
    for l in text.splitlines():
        if l.strip():
            x = json.loads(l)
            out[str(x["dispatch"]["id"])].append(x)
    return out


def voices(found):
    """Attitudes, which the guide does not mark, are left out."""
    return {k: [q for q in v if not q.get("attitude")] for k, v in found.items()}


def score(coder, records, errors=False):
    empty = [r for r in records if not r["events"]]
    coded = by_id(run(coder, "code", records))
    out = {"stories": len(records), "events": events(records, coded, errors), "attributions": attributions(records, voices(by_id(run(coder, "claims", records)))),
           "times": times(records, by_id(run(coder, "dates", records))), "names": names(records, run(coder, "parse", records))}
    if empty:
        out["events"]["events a story without one"] = round(sum(len(coded.get(r["id"], [])) for r in empty) / len(empty), 3)
    return out


def cmd_score(o, load):
    records = load(o.files)
    if not records:
        print("no stories", file=sys.stderr)
        return 1
    out = score(o.coder, records, o.errors)
    if o.json:
        print(json.dumps(out))
        return 0
    e = out["events"]
    print(f"{out['stories']} stories, {e['musts']} musts, {e['coded']} coded events")
    for k in ("type", "who", "full"):
        print(f"{k:5} recall {e[k]['recall']:.3f}  precision {e[k]['precision']:.3f}  F1 {e[k]['f1']:.3f}")
    d = e["denies"]
    print(f"denials tied: recall {d['recall']:.3f}  precision {d['precision']:.3f}  F1 {d['f1']:.3f} ({d['marked']} marked, {d['coded']} with both ends coded)")
    print("right among the pairs right in who: " + "  ".join(f"{k} {e[k]:.3f}" for k in ("status", "status_hard", "date", "date_hard", "by") if k in e))
    if "events a story without one" in e:
        print(f"events a story that has none: {e['events a story without one']}")
    for k in ("attributions", "times", "names"):
        print(f"{k}: " + "  ".join(f"{n} {v}" for n, v in out[k].items()))
    return 0
