#!/usr/bin/env python3
"""Code sentences and hold the events against what is expected of them.

    check.py FILE.tsv… [--command build/release/chancery] [--at-least SHARE] [--json] [--quiet]

A line of a table is: what it is about, a text, the rows expected of it, and so on with further texts (all published on
Thursday 2021-03-18). A line holds where each of its texts does. Rows stand between `;`:

    TYPE[.mode][,TYPE…] SOURCE>TARGET [status,…] [dead=4] [injured=…] [arrested=…] [protesters=…] [in=TYPE] [denies=TYPE]
    !TYPE         no event of that type
    none          no event at all
    =             the rows of the text before

SOURCE and TARGET are countries between commas, each with a sector behind a colon where that matters (UKR:MIL); an empty side
is not looked at. A row holds where an event of a type and mode has these sides, and every event of the type with these sides has
the status and what else is asked. A line `direction` asks for the sides as they stand; else CONSULT and COOPERATE may have them the
other way round.

Exit status 1 where the share of lines that hold is below SHARE (default 1), which is said line by line unless --quiet.
"""
import argparse, json, os, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MUTUAL = {"CONSULT", "COOPERATE"}
SIZES = ("dead", "injured", "arrested", "protesters")


def read(path):
    """[(where, what, [(text, rows)])] of a table."""
    lines = []
    with open(path, encoding="utf8") as f:
        for number, line in enumerate(f, 1):
            if line.startswith("#") or not line.strip():
                continue
            what, *cells = line.rstrip("\n").split("\t")
            where = f"{os.path.basename(path)}:{number}"
            if not cells or len(cells) % 2:
                sys.exit(f"{where}: every text wants its rows")
            texts, rows = [], ""
            for text, given in zip(cells[::2], cells[1::2]):
                rows = rows if given == "=" else given
                texts.append((text, [r.strip() for r in rows.split(";")]))
            lines.append((where, what, texts))
    return lines


def code(command, texts):
    """The events of each text."""
    lines = [json.dumps({"id": i, "text": t, "published": "2021-03-18"}) for i, t in enumerate(texts)]
    done = subprocess.run([command, "code", "--input", "jsonl", "--format", "jsonl", "--quiet", "-"], input="\n".join(lines).encode(),
                          stdout=subprocess.PIPE, check=True)
    events = [[] for _ in texts]
    for line in done.stdout.decode().splitlines():
        e = json.loads(line)
        events[e["dispatch"]["id"]].append(e)
    return events


def side_holds(asked, actors):
    if not asked:
        return True
    for want in asked.split(","):
        country, _, sector = want.partition(":")
        if not any(a["country"] == country and (not sector or sector in a["sector"]) for a in actors):
            return False
    return {a["country"] for a in actors} == {w.partition(":")[0] for w in asked.split(",")}


def holds(row, events, ordered):
    """Is the row met by the events?"""
    if row == "none":
        return not events
    if row.startswith("!"):
        return not any(e["type"] == row[1:] for e in events)
    parts = row.split()
    types = [t.partition(".") for t in parts[0].split(",")]
    source, _, target = parts[1].partition(">")
    names = {e["event"]: e["type"] for e in events}
    found = False
    for e in events:
        mine = [mode for t, _, mode in types if t == e["type"]]
        if not mine or not any(not m or m in e["mode"] for m in mine):
            continue
        here = side_holds(source, e["source"]) and side_holds(target, e["target"])
        if not here and not ordered and e["type"] in MUTUAL and "visit" not in e["mode"]:
            both, all_ = ",".join(filter(None, (source, target))), e["source"] + e["target"]
            here = side_holds(both, all_)
        if not here:
            continue
        for want in parts[2:]:
            key, eq, value = want.partition("=")
            if not eq:
                ok = e["status"] in want.split(",")
            elif key in SIZES:
                ok = str((e.get("size") or {}).get(key, 0)) == value
            else:
                ids = e["denies"] if key == "denies" else [e["within"]]
                ok = any(names.get(i) == value for i in ids)
            if not ok:
                return False
        found = True
    return found


def told(e):
    side = lambda s: ",".join(a["country"] for a in e[s])
    return f"{e['type']}{''.join('.' + m for m in e['mode'])} {side('source')}>{side('target')} {e['status']} {e.get('size') or ''}".strip()


def measure(paths, command, say=None):
    """(lines that hold, lines); what does not hold is handed to `say`."""
    lines = [line for p in paths for line in read(p)]
    coded = iter(code(command, [t for _, _, texts in lines for t, _ in texts]))
    good = 0
    for where, what, texts in lines:
        bad = []
        for text, rows in texts:
            events = next(coded)
            bad += [(text, r, events) for r in rows if not holds(r, events, what == "direction")]
        good += not bad
        for text, row, events in bad:
            if say:
                say(f"{where}: {what}: {text}\n    wants {row}\n    has   {'; '.join(map(told, events)) or 'none'}")
    return good, len(lines)


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", nargs="+")
    ap.add_argument("--command", default=os.path.join(ROOT, "build/release/chancery"))
    ap.add_argument("--at-least", type=float, default=1.0)
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--quiet", action="store_true")
    o = ap.parse_args()
    good, n = measure(o.files, o.command, None if o.quiet or o.json else print)
    print(json.dumps({"hold": good, "of": n}) if o.json else f"{good} of {n} lines hold ({good / max(n, 1):.3f})")
    sys.exit(good < o.at_least * n)
