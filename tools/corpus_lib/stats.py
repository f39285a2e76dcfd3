"""What there is: counts of a corpus, as lines or as the table of corpus/README.md."""
import collections

from . import codes
from .check import balance


def write_between(path, what, text):
    """Puts text between the two comments of `path` that name `what`."""
    begin, end = f"<!-- {what}: written by tools/corpus -->", f"<!-- end of {what} -->"
    with open(path, encoding="utf8") as f:
        old = f.read()
    if begin not in old or end not in old:
        raise SystemExit(f"{path}: no place for the {what}")
    a, b = old.index(begin) + len(begin), old.index(end)
    with open(path, "w", encoding="utf8") as f:
        f.write(old[:a] + "\n" + text + old[b:])


def table(records):
    order = [s for s in ("train", "dev", "test", "balance", "main", "none") if any(r["split"] == s for r in records)]
    per = {s: [r for r in records if r["split"] == s] for s in order}
    ev = lambda rs: [e for r in rs for e in r["events"]]
    lines = [("stories", len), ("words", lambda rs: sum(len(r["text"].split()) for r in rs)), ("without a political event", lambda rs: sum(not r["events"] for r in rs)),
             ("events", lambda rs: len(ev(rs))), ("musts", lambda rs: sum(e["must"] for e in ev(rs))), ("attributions", lambda rs: sum(len(r["attributions"]) for r in rs)),
             ("passed on (via)", lambda rs: sum(bool(q["via"]) for r in rs for q in r["attributions"])),
             ("actors", lambda rs: sum(len(r["actors"]) for r in rs)), ("mentions of actors", lambda rs: sum(len(a["mentions"]) for r in rs for a in r["actors"])),
             ("time expressions", lambda rs: sum(len(r["times"]) for r in rs)), ("names", lambda rs: sum(len(r["names"]) for r in rs)),
             ("events within another", lambda rs: sum(bool(e["within"]) for e in ev(rs))), ("denials tied to an event", lambda rs: sum(bool(e["denies"]) for e in ev(rs)))]
    out = [("", *order, "all")]
    for name, f in lines:
        out.append((name, *(f(per[s]) for s in order), f(records)))
    for t in codes.MODES:
        out.append((t, *(sum(e["type"][0] == t for e in ev(per[s])) for s in order), sum(e["type"][0] == t for e in ev(records))))
    for st in codes.WHY:
        out.append((st, *(sum(e["status"][0] == st for e in ev(per[s])) for s in order), sum(e["status"][0] == st for e in ev(records))))
    states = set()
    for what, n, _ in balance(records):
        if what.startswith("states"):
            states = n
    out.append(("states in a main role", *[""] * len(order), states))
    return out


def modes(records):
    c = collections.Counter((e["type"][0], m) for r in records for e in r["events"] for m in e["mode"])
    return [(t, ", ".join(f"{m} {c[t, m]}" for m in ms)) for t, ms in codes.MODES.items() if ms]


def markdown(records):
    t = table(records)
    out = ["| " + " | ".join(str(c) for c in t[0]) + " |", "|---" + "|---:" * (len(t[0]) - 1) + "|"]
    out += ["| " + " | ".join(f"{c:,}" if isinstance(c, int) else c for c in row) + " |" for row in t[1:]]
    out += ["", "Modes, in all splits:", "", "| type | modes |", "|---|---|"] + [f"| {a} | {b} |" for a, b in modes(records)]
    return "\n".join(out) + "\n"


def cmd_stats(o, load):
    records = load(o.files)
    if o.write:
        write_between(o.write, "statistics", markdown(records))
        return 0
    if o.markdown:
        print(markdown(records), end="")
        return 0
    for row in table(records):
        print(f"{row[0]:28}" + "".join(f"{c!s:>9}" for c in row[1:]))
    print()
    for t, m in modes(records):
        print(f"{t:10} {m}")
    return 0
