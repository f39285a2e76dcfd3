"""CoNLL-U of stories: trees by `chancery parse`, names and marks from the corpus.

In the last column: Name= as marked, Event=eN:TYPE, Actor=aN, Time=tN, Place=gN, Cue=qN, Content=qN, each with B- or I-; several joined by a comma.
"""
import json, subprocess, sys

from .show import marks

KEY = {"event": "Event", "actor": "Actor", "time": "Time", "place": "Place", "cue": "Cue", "content": "Content"}


def coder_input(records):
    """What the command is given: never a mark."""
    out = []
    for r in records:
        one = len({d["published"] or r["published"] for d in r["articles"]}) == 1
        out.append(json.dumps({"id": r["id"], "text": r["text"], "publisher": r["publisher"], **({"published": r["published"]} if one else {})}, ensure_ascii=False))
    return ("\n".join(out) + "\n").encode()


def run(coder, command, records):
    p = subprocess.run([coder, command, "--input", "jsonl", "--quiet", "-"], input=coder_input(records), stdout=subprocess.PIPE)
    if p.returncode == 2:
        raise SystemExit(f"{coder} {command} failed")
    return p.stdout.decode()


def annotate(r, line):
    c = line.split("\t")
    misc = dict(x.split("=", 1) for x in c[9].split("|") if "=" in x)
    if "TokenRange" not in misc:
        return line
    b, e = map(int, misc["TokenRange"].split(":"))
    name = next((n for n in r["names"] if n["begin"] < e and b < n["end"]), None)
    misc["Name"] = f"{'B' if b <= name['begin'] else 'I'}-{name['type']}" if name else "O"
    types = {x["id"]: x["type"][0] for x in r["events"]}
    for kind, key in KEY.items():
        here = [(x, y, l) for x, y, k, l in r["_marks"] if k == kind and x < e and b < y]
        if here:
            misc[key] = ",".join(f"{'B' if b <= x else 'I'}-{l}" + (f":{types[l]}" if kind == "event" else "") for x, y, l in here)
    c[9] = "|".join(f"{k}={misc[k]}" for k in sorted(misc, key=str.lower))
    return "\t".join(c)


def cmd_conllu(o, load):
    records = load(o.files)
    by_id = {r["id"]: r for r in records}
    for r in records:
        r["_marks"] = marks(r)
    r = None
    for line in run(o.coder, "parse", records).splitlines():
        if line.startswith("# newdoc id = "):
            r = by_id[json.loads(line[14:].rpartition("/")[0])]
        elif r and line[:1].isdigit() and line.count("\t") == 9:
            line = annotate(r, line)
        sys.stdout.write(line + "\n")
    return 0
