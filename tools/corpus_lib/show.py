"""A story with its marks, for reading: in the terminal or as a page that needs nothing else."""
import html, os, sys

COLOUR = {"event": "1;31", "actor": "36", "time": "32", "place": "33", "cue": "35", "content": "2"}


def marks(r):
    """(begin, end, kind, label) of all marks, outer ones first."""
    out = []
    for a in r["actors"]:
        out += [(m["begin"], m["end"], "actor", "+".join(m.get("joint") or [a["id"]])) for m in a["mentions"] if not m.get("joint") or m["joint"][0] == a["id"]]
    out += [(t["begin"], t["end"], "time", t["id"]) for t in r["times"]]
    out += [(b, e, "place", p["id"]) for p in r["places"] for b, e in p["mentions"]]
    out += [(b, e, "event", x["id"]) for x in r["events"] for b, e in x["trigger"]]
    for q in r["attributions"]:
        out += [(b, e, "cue", q["id"]) for b, e in q["cue"]] + [(b, e, "content", q["id"]) for b, e in q["content"]]
    order = ("content", "actor", "place", "time", "cue", "event")
    return sorted(out, key=lambda m: (m[0], -m[1], order.index(m[2]), m[3]))


def weave(r, start, stop, plain):
    """The text with start(kind, label) and stop(kind, label) around each mark. Crossing marks are closed and opened again."""
    data, todo, out, stack, at = r["text"].encode(), marks(r), [], [], 0
    edges = sorted({0, len(data)} | {x for m in todo for x in m[:2]})
    k = 0
    for i, p in enumerate(edges):
        keep = []
        if any(m[1] <= p for m in stack):
            first = next(n for n, m in enumerate(stack) if m[1] <= p)
            for m in reversed(stack[first:]):
                out.append(stop(m[2], m[3], m[1] > p))
            keep = [m for m in stack[first:] if m[1] > p]
            stack = stack[:first]
        while k < len(todo) and todo[k][0] == p:
            keep.append(todo[k])
            k += 1
        for m in keep:
            out.append(start(m[2], m[3]))
            stack.append(m)
        if i + 1 < len(edges):
            out.append(plain(data[p:edges[i + 1]].decode(errors="replace"), [m[2] for m in stack]))
    return "".join(out)


def side(r, ps):
    names = {a["id"]: a["name"] for a in r["actors"]}
    return ", ".join(f"{names.get(p['actor'], p['actor'])} ({p['country']}{' ' + ','.join(p['sector']) if p['sector'] else ''})" for p in ps) or "–"


def rows(r):
    data = r["text"].encode()
    for e in r["events"]:
        d = e["date"]
        when = "?" if not d else d["begin"] if d["begin"] == d["end"] else f"{d['begin']}..{d['end']}"
        links = " ".join(f"{k}={','.join(v) if isinstance(v, list) else v}" for k, v in
                         (("by", e["by"]), ("denies", e["denies"]), ("in", e["within"]), ("same", e["same"]), ("g", e["place"])) if v)
        size = " ".join(f"{k}:{v}" for k, v in e["size"].items())
        yield (e["id"], " ".join(["/".join(e["type"])] + e["mode"]), " … ".join(data[b:x].decode() for b, x in e["trigger"]), side(r, e["source"]), side(r, e["target"]),
               when, "/".join(e["status"]), e["why"] or "", " ".join(x for x in (links, size) if x), "must" if e["must"] else "")


def terminal(r, colour):
    def plain(text, kinds):
        if not colour or not kinds:
            return text
        codes = ";".join(COLOUR[k] for k in ("content", "actor", "place", "time", "cue", "event") if k in kinds)
        return f"\033[{codes}m{text}\033[0m"
    tag = lambda s: f"\033[2m{s}\033[0m" if colour else s
    start = lambda kind, label: tag("[")
    stop = lambda kind, label, again: tag("]" + ("" if again else label + ("c" if kind == "cue" else "")))
    out = [f"{r['id']}  {r['published']}  {r['publisher']}  {r['form']}  {r['split']}", "", weave(r, start, stop, plain), ""]
    for row in rows(r):
        key, kind, words, s, t, when, st, why, links, must = row
        out.append(f"{key:4} {kind:24} {words!r}: {s} → {t}  {when}  {st} ({why}){'  ' + links if links else ''}{'  must' if must else ''}")
    names = {a["id"]: a["name"] for a in r["actors"]}
    for q in r["attributions"]:
        out.append(f"{q['id']:4} {', '.join(names.get(p['actor'], p['actor']) for p in q['source']) or 'nobody'} {q['stance']}{' via ' + q['via'] if q['via'] else ''}")
    return "\n".join(out) + "\n"


STYLE = """body{font:16px/1.6 Georgia,serif;max-width:58rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fdfdfb}
h2{font-size:1.05rem;border-top:1px solid #bbb;padding-top:1rem}.text{white-space:pre-wrap}
.event{background:#f6c7b8;font-weight:bold}.actor{border-bottom:2px solid #3b7ea1}.time{background:#d7e8c6}.place{background:#f4e3ae}.cue{background:#e3d0ec}.content{background:#f1f1ee}
sup{font:10px sans-serif;color:#555}table{font:13px/1.4 sans-serif;border-collapse:collapse;margin:1rem 0;width:100%}td,th{text-align:left;vertical-align:top;border-bottom:1px solid #ddd;padding:.2rem .5rem .2rem 0}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1c1c1e}.event{background:#7a3321}.time{background:#39512a}.place{background:#5b4a12}.cue{background:#4d335c}.content{background:#2a2a2d}sup{color:#aaa}td,th{border-color:#444}}
"""


def page(records):
    x = html.escape
    out = ["<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Marked stories</title><style>", STYLE, "</style>",
           "<p>All stories are invented. <span class=event>event</span> <span class=actor>actor</span> <span class=time>time</span> "
           "<span class=place>place</span> <span class=cue>cue</span> <span class=content>content</span></p>"]
    for r in records:
        out.append(f"<h2 id='{x(r['id'])}'>{x(r['id'])} · {x(r['published'] or '')} · {x(r['publisher'] or '')} · {x(r['form'] or '')}</h2><div class=text>")
        out.append(weave(r, lambda k, l: f"<span class={k}>", lambda k, l, again: ("" if again else f"<sup>{x(l)}</sup>") + "</span>", lambda t, ks: x(t)))
        out.append("</div><table><tr><th><th>type<th>words<th>source<th>target<th>days<th>status<th>why<th>links<th></tr>")
        for row in rows(r):
            out.append("<tr>" + "".join(f"<td>{x(c)}" for c in row) + "</tr>")
        out.append("</table><table>")
        names = {a["id"]: a["name"] for a in r["actors"]}
        for q in r["attributions"]:
            who = ", ".join(names.get(p["actor"], p["actor"]) for p in q["source"]) or "nobody"
            out.append(f"<tr><td>{q['id']}<td>{x(who)}<td>{x(q['stance'] or '')}<td>{'via ' + q['via'] if q['via'] else ''}</tr>")
        out.append("</table>\n")
    return "".join(out)


def cmd_show(o, load):
    records = [r for r in load(o.files) if not o.id or r["id"] == o.id]
    if not records:
        print(f"no story {o.id}", file=sys.stderr)
        return 1
    if o.html:
        sys.stdout.write(page(records))
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write("\n".join(terminal(r, colour) for r in records))
    return 0
