"""The working form (docs/codebook/guide.md, 13) read into a record of the packed form (corpus/README.md)."""
import re

OPEN = re.compile(r"\{([A-Za-z][A-Za-z0-9+]*)\|")
PREPOSITION = re.compile(r"(on|in|at|since|by|until|till|from|for|during|over|through|throughout)\s+(?=\S)", re.I)
HEAD = ("id", "published", "publisher", "form", "states", "split")


class Story:
    """record: the packed form; lines: record id -> line of its table entry; at: id -> line of its first mark in the page;
    errors: [(line, message)]."""

    def __init__(self, path):
        self.path, self.record, self.lines, self.at, self.errors = path, {}, {}, {}, []

    def err(self, line, message):
        self.errors.append((line, message))


def number(i):
    return int(re.sub(r"\D", "", i) or 0)


def unmark(page, story, first_line):
    """Text without marks, and the marks as (key, begin, end, line), byte offsets, in the order of their openings."""
    out, marks, stack, at, line, i = [], [], [], 0, first_line, 0
    while i < len(page):
        c = page[i]
        if c == "{":
            m = OPEN.match(page, i)
            if not m:
                story.err(line, f"'{{' opens no mark: {page[i:i + 20]!r}")
                i += 1
                continue
            stack.append(len(marks))
            marks.append([m[1], at, None, line])
            i = m.end()
            continue
        if c == "}":
            if not stack:
                story.err(line, f"'}}' closes nothing: …{page[max(0, i - 25):i + 1]!r}")
            else:
                m = marks[stack.pop()]
                m[2] = at
                if m[2] == m[1]:
                    story.err(line, f"{{{m[0]}|}} is empty")
            i += 1
            continue
        if c == "\n":
            if page[i:i + 2] == "\n\n":
                for k in stack:
                    if not marks[k][0].startswith("d") and marks[k][2] is None:
                        story.err(marks[k][3], f"{{{marks[k][0]}|…}} is not closed in its paragraph")
                        marks[k][2] = at
                stack = [k for k in stack if marks[k][2] is None]
            line += 1
        out.append(c)
        at += len(c.encode())
        i += 1
    for k in stack:
        story.err(marks[k][3], f"{{{marks[k][0]}|…}} is not closed")
        marks[k][2] = at
    return "".join(out), marks


def split_fields(rest):
    fields = {}
    for w in rest:
        k, eq, v = w.partition("=")
        fields[k] = v if eq else True
    return fields


def ids(v):
    return [] if v in (None, "", "-", "none", True) else v.split(",")


def dates(v):
    """(first, last), None for '?', or False where it is neither."""
    if v == "?":
        return None
    m = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?", v or "")
    return (m[1], m[2] or m[1]) if m else False


def read(path):
    story = Story(path)
    with open(path, encoding="utf8", newline="") as f:
        source = f.read()
    if "\r" in source:
        story.err(1, "carriage returns; lines end with a newline alone")
        source = source.replace("\r", "")
    return parse(source, story)


def parse(source, story):
    lines = source.split("\n")
    try:
        a = lines.index("---")
    except ValueError:
        story.err(1, "no line '---' between head and page")
        return story
    ends = [i for i, l in enumerate(lines) if l == "===" and i > a]
    b = ends[-1] if ends else len(lines)
    if not ends:
        story.err(len(lines), "no line '===' between page and table")
    head = {}
    for i, l in enumerate(lines[:a]):
        k, colon, v = l.partition(":")
        if colon:
            head[k.strip()] = v.strip()
        elif l.strip():
            story.err(i + 1, f"no head line: {l!r}")
    for k in HEAD:
        if not head.get(k):
            story.err(1, f"the head has no '{k}'")
    page = lines[a + 1:b]
    first = a + 2
    while page and not page[0].strip():
        page, first = page[1:], first + 1
    while page and not page[-1].strip():
        page = page[:-1]
    text, marks = unmark("\n".join(page), story, first)
    records = {}
    for i, l in enumerate(lines[b + 1:], b + 2):
        l = l.strip()
        if not l or l.startswith("#"):
            continue
        key = l.split()[0]
        if not re.fullmatch(r"[actegqd]\d+", key):
            story.err(i, f"no record: {l[:60]!r}")
        elif key in records:
            story.err(i, f"{key} has two records, the other on line {story.lines[key]}")
        else:
            records[key] = l[len(key):].strip()
            story.lines[key] = i
    build(story, head, text, marks, records)
    return story


def build(story, head, text, marks, records):
    names, spans = [], {}  # spans: id -> [(begin, end, joint)]
    for key, b, e, line in marks:
        if key in "POLN" and len(key) == 1:
            names.append({"begin": b, "end": e, "type": {"P": "PER", "O": "ORG", "L": "LOC", "N": "NORP"}[key]})
            continue
        parts = key.split("+")
        if any(not re.fullmatch(r"[actegqd]\d+", p) for p in parts) or len(parts) > 1 and any(p[0] != "a" for p in parts):
            story.err(line, f"unknown mark {{{key}|")
            continue
        for p in parts:
            story.at.setdefault(p, line)
            spans.setdefault(p, []).append((b, e, parts if len(parts) > 1 else None))
            if p not in records and p[0] not in "c":
                story.err(line, f"{{{p}|…}} has no record in the table")
                records[p] = None
    r = story.record = {"id": head.get("id"), "invented": True, "published": head.get("published"), "publisher": head.get("publisher"),
                        "form": head.get("form"), "states": [s.strip() for s in (head.get("states") or "").split(",") if s.strip(" -")],
                        "split": head.get("split"), "text": text, "articles": [], "names": names, "actors": [], "times": [], "places": [],
                        "events": [], "attributions": []}
    story.spans = spans
    for key in sorted(records, key=lambda k: (k[0], number(k))):
        if records[key] is not None:
            globals()["read_" + key[0]](story, key, records[key], [list(s[:2]) for s in spans.get(key, [])])
    if not r["articles"]:
        r["articles"] = [{"id": "d0", "published": r["published"], "ranges": [[0, len(text.encode())]]}]
    for e in r["events"]:
        e["article"] = next((d["id"] for d in r["articles"] for b, x in d["ranges"] if e["trigger"] and b <= e["trigger"][0][0] < x), None)


def read_d(story, key, rest, spans):
    f = split_fields(rest.split())
    if not spans:
        story.err(story.lines[key], f"{key} is nowhere in the page")
    story.record["articles"].append({"id": key, "published": f.get("published"), "ranges": spans})


def read_c(story, key, rest, spans):
    story.err(story.lines[key], f"{key}: a cue has no record; name it with cue= of its attribution")


def read_a(story, key, rest, spans):
    m = re.fullmatch(r'(\S+)\s+(\S+)\s+"([^"]*)"\s*(.*)', rest)
    if not m:
        story.err(story.lines[key], f'{key}: wants country sector "office" name')
        m = ["", "UNK", "-", "", ""]
    mentions = []
    for b, e, joint in story.spans.get(key, []):
        mentions.append({"begin": b, "end": e, **({"joint": joint} if joint else {})})
    story.record["actors"].append({"id": key, "country": m[1], "sector": ids(m[2]), "office": m[3], "name": m[4], "mentions": mentions})


def read_t(story, key, rest, spans):
    w = rest.split()
    if len(w) != 2:
        story.err(story.lines[key], f"{key}: wants type value")
        w = (w + ["", ""])[:2]
    if len(spans) != 1:
        story.err(story.at.get(key, story.lines[key]), f"{key} stands {len(spans)} times in the page; a time expression stands once")
    for b, e in spans[:1]:
        m = PREPOSITION.match(story.record["text"].encode()[b:e].decode())
        b += len(m[0]) if m else 0  # the expression is bare of its preposition
        story.record["times"].append({"id": key, "begin": b, "end": e, "type": w[0], "value": w[1]})


def read_g(story, key, rest, spans):
    w = rest.split(None, 1)
    if len(w) != 2:
        story.err(story.lines[key], f"{key}: wants country name")
        w = (w + ["", ""])[:2]
    if not spans:
        story.err(story.lines[key], f"{key} is nowhere in the page")
    story.record["places"].append({"id": key, "country": w[0], "name": w[1], "mentions": spans})


EVENT_FIELDS = {"S", "T", "D", "t", "g", "st", "why", "by", "denies", "in", "same", "as", "size", "must", "-"}


def read_e(story, key, rest, spans):
    line = story.lines[key]
    w = rest.split()
    kinds, rest = w[0].split("/") if w else [""], w[1:]
    mode = []
    if rest and "=" not in rest[0] and rest[0] != "must" and not (rest[0] == "-" and len(rest) == 1):
        mode, rest = ids(rest[0]), rest[1:]
    f = split_fields(rest)
    for k in f:
        if k not in EVENT_FIELDS:
            story.err(line, f"{key}: unknown field '{k}'")
    if not spans:
        story.err(line, f"{key} has no trigger in the page")
    if ("must" in f) == ("-" in f):
        story.err(line, f"{key}: wants 'must' or '-' at its end")
    e = {"id": key, "article": None, "trigger": spans, "type": kinds, "mode": mode}
    as_of = dict(x.split(":", 1) for x in ids(f.get("as")) if ":" in x)
    for side, k in (("source", "S"), ("target", "T")):
        e[side] = [{"actor": x, **({"sector": [as_of[x.split("@")[0]]]} if x.split("@")[0] in as_of else {})} for x in ids(f.get(k))]
    d = dates(f.get("D"))
    if d is False:
        story.err(line, f"{key}: D= wants a day, first..last or '?'")
        d = None
    e["date"] = {"begin": d[0], "end": d[1]} if d else None
    e["basis"] = f.get("t") or "none"
    e["place"] = (ids(f.get("g")) or [None])[0]
    e["status"] = f.get("st", "").split("/") if f.get("st") else []
    e["why"] = f.get("why")
    e["by"], e["denies"] = ids(f.get("by")), ids(f.get("denies"))
    e["within"], e["same"] = (ids(f.get("in")) or [None])[0], (ids(f.get("same")) or [None])[0]
    e["size"] = {}
    for x in ids(f.get("size")):
        k, colon, v = x.partition(":")
        if k not in ("dead", "injured", "arrested", "protesters") or not v.isdigit():
            story.err(line, f"{key}: size wants dead, injured, arrested or protesters and a number: {x!r}")
        else:
            e["size"][k] = int(v)
    e["must"] = "must" in f
    story.record["events"].append(e)


def read_q(story, key, rest, spans):
    f = split_fields(rest.split())
    for k in f:
        if k not in ("S", "stance", "via", "cue"):
            story.err(story.lines[key], f"{key}: unknown field '{k}'")
    cue = ids(f.get("cue"))
    for c in cue:
        if c not in story.spans:
            story.err(story.lines[key], f"{key}: cue {c} is nowhere in the page")
    story.record["attributions"].append({"id": key, "source": [{"actor": x} for x in ids(f.get("S"))],
                                         "cue": [list(s[:2]) for c in cue for s in story.spans.get(c, [])], "content": spans,
                                         "stance": f.get("stance"), "via": (ids(f.get("via")) or [None])[0]})
    story.cues = getattr(story, "cues", {})
    for c in cue:
        if c in story.cues:
            story.err(story.lines[key], f"{key}: cue {c} is already that of {story.cues[c]}")
        story.cues[c] = key
