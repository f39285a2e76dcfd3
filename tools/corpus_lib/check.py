"""What a marked story must satisfy: ranges, codes, calendar, reasons of statuses, references; over many stories balance and wording."""
import collections, datetime, re

from . import codes

TRIGGER_MAX = 80
PLACE_CODES = codes.STATES | codes.DEPENDENCIES | {"UNK"}
ACTOR_CODES = codes.STATES | codes.NOT_STATES
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
VALUE = re.compile(
    r"(XXXX|\d{4})(-(XX|\d\d)(-(XX|\d\d))?|-W(XX|\d\d)(-(WE|[1-7]))?|-(SP|SU|FA|WI)|-[QH][1-4X])?(T(MO|MI|AF|EV|NI|DT|\d\d(:\d\d(:\d\d)?)?))?Z?"
    r"|\d{2,3}|\d{2,3}X{1,2}|P(\d+(\.\d+)?|X)(Y|M|W|D|WE|DE|CE)|PT(\d+(\.\d+)?|X)[HMS]|P\d+Y\d+M|P(X|\d+)T?(DT|MO|AF|EV|NI|WE|SP|SU|FA|WI|Q|H)|(PRESENT|PAST|FUTURE)_REF"
    r"|\d{4}/\d{4}|T(MO|MI|AF|EV|NI|DT|\d\d:\d\d)")


def day(s):
    try:
        return datetime.date.fromisoformat(s) if re.fullmatch(r"\d{4}-\d\d-\d\d", s or "") else None
    except ValueError:
        return None


def value_interval(v):
    """Days of a TIMEX3 value that says which days it is; else None."""
    m = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(T.*)?", v)
    try:
        if m and m[3]:
            d = datetime.date(int(m[1]), int(m[2]), int(m[3]))
            return d, d
        if m and m[2]:
            y, n = int(m[1]), int(m[2])
            return datetime.date(y, n, 1), datetime.date(y + n // 12, n % 12 + 1, 1) - datetime.timedelta(1)
        if m:
            return datetime.date(int(m[1]), 1, 1), datetime.date(int(m[1]), 12, 31)
        m = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", v)
        if m:
            a = datetime.date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
            return a, datetime.date.fromisocalendar(int(m[1]), int(m[2]), 7)
    except ValueError:
        return None
    return None


class Notes:
    """Errors and doubts of one story: report(id or None, text, doubt)."""

    def __init__(self, record, report):
        self.r, self.report = record, report
        self.bytes = record["text"].encode()
        self.actors = {a["id"]: a for a in record["actors"]}
        self.events = {e["id"]: e for e in record["events"]}
        self.times = {t["id"]: t for t in record["times"]}
        self.places = {p["id"]: p for p in record["places"]}
        self.voices = {q["id"]: q for q in record["attributions"]}

    def text(self, b, e):
        return self.bytes[b:e].decode(errors="replace")


def check(record, report):
    n = Notes(record, report)
    if record.get("invented") is not True:
        report(None, 'the record does not say "invented": true', False)
    if not day(record["published"]):
        report(None, f"published: no day of the calendar: {record['published']!r}", False)
    if record["split"] not in ("main", "none", "balance", "train", "dev", "test"):
        report(None, f"split: main, balance or none, not {record['split']!r}", False)
    if record["split"] == "none" and record["events"]:
        report(None, f"a story without political events has {len(record['events'])}", True)
    for s in record["states"]:
        if s not in ACTOR_CODES | codes.DEPENDENCIES:
            report(None, f"states: no code: {s}", False)
    ranges(n)
    for d in record["articles"]:
        if d["published"] and not day(d["published"]):
            report(d["id"], f"published: no day of the calendar: {d['published']!r}", False)
    for a in record["actors"]:
        actor(n, a)
    for t in record["times"]:
        time(n, t)
    for p in record["places"]:
        if p["country"] not in PLACE_CODES and p["country"] != "-":
            report(p["id"], f"no country code: {p['country']}", False)
    for e in record["events"]:
        event(n, e)
    for q in record["attributions"]:
        attribution(n, q)
    unused(n)


def ranges(n):
    r, size, todo = n.r, len(n.bytes), []
    for x in r["names"]:
        todo.append((None, x["begin"], x["end"]))
    for t in r["times"]:
        todo.append((t["id"], t["begin"], t["end"]))
    for a in r["actors"]:
        todo += [(a["id"], m["begin"], m["end"]) for m in a["mentions"]]
    for p in r["places"]:
        todo += [(p["id"], b, e) for b, e in p["mentions"]]
    for e in r["events"]:
        todo += [(e["id"], b, x) for b, x in e["trigger"]]
    for q in r["attributions"]:
        todo += [(q["id"], b, x) for b, x in q["cue"] + q["content"]]
    for d in r["articles"]:
        todo += [(d["id"], b, x) for b, x in d["ranges"]]
    for key, b, e in todo:
        if not 0 <= b < e <= size:
            n.report(key, f"range {b}..{e} is not within the text", False)
        elif n.bytes[b] & 0xC0 == 0x80 or e < size and n.bytes[e] & 0xC0 == 0x80:
            n.report(key, f"range {b}..{e} cuts a character", False)
        elif n.bytes[b:b + 1].isspace() or n.bytes[e - 1:e].isspace():
            n.report(key, f"blank at the edge of {n.text(b, e)!r}", True)
    for x in r["names"]:
        s = n.text(x["begin"], x["end"])
        if re.search(r"['’]s$", s) and not s.startswith("St "):
            n.report(None, f"the possessive stays outside of a name: {s!r}", True)


NOBODY = re.compile(r"(nobody|no one|no-one|none)\b|no (?!\.|\d)[a-z]", re.I)
NO_TIME = {"already", "yet", "meanwhile", "then", "later", "earlier", "again", "still"}


def actor(n, a):
    for m in a["mentions"]:
        if NOBODY.match(n.text(m["begin"], m["end"])):
            n.report(a["id"], f"{n.text(m['begin'], m['end'])!r} is a mention of nobody", True)
    if a["country"] not in ACTOR_CODES:
        hint = " (a dependency takes the code of its state)" if a["country"] in codes.DEPENDENCIES else ""
        n.report(a["id"], f"no country code: {a['country']}{hint}", False)
    for s in a["sector"]:
        if s not in codes.SECTORS:
            n.report(a["id"], f"no sector: {s}", False)
    if not a["name"]:
        n.report(a["id"], "has no name", False)


def time(n, t):
    words, v = n.text(t["begin"], t["end"]).lower(), t["value"]
    if t["type"] not in codes.TIMEX:
        n.report(t["id"], f"TIMEX3 type {t['type']!r}", False)
    if words in NO_TIME or re.fullmatch(r"(the |this |last |next )?(\w+ )?elections?", words):
        n.report(t["id"], f"{words!r} is no time expression", True)
    if not VALUE.fullmatch(v):
        n.report(t["id"], f"no TIMEX3 value: {v!r}", False)
        return
    if re.match(r"\d{4}-\d\d", v) and not value_interval(v):
        n.report(t["id"], f"not in the calendar: {v}", False)
    m = re.match(r"(\d{4}-\d\d-\d\d)(T|$)", v)
    if not m or not day(m[1]):
        return
    d = day(m[1])
    said = [w for w in re.findall(r"[a-z]+", words) if w in DAYS]
    if len(said) == 1 and DAYS[d.weekday()] != said[0] and not re.search(r"\b(before|after|night before|eve)\b", words):
        n.report(t["id"], f"{words!r} is {v}, a {DAYS[d.weekday()].capitalize()}", False)
    m = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (%s)|\b(%s)[a-z.]* (\d{1,2})\b(?![\d:])" % ("|".join(x[:3] for x in MONTHS), "|".join(x[:3] for x in MONTHS)), words)
    if m:
        number, month = int(m[1] or m[4]), m[2] or m[3]
        if (d.day, MONTHS[d.month - 1][:3]) != (number, month):
            n.report(t["id"], f"{words!r} is given as {v}", True)


def event(n, e):
    r, key = n.r, e["id"]
    say = lambda text, doubt=False: n.report(key, text, doubt)
    for t in e["type"]:
        if t not in codes.MODES:
            say(f"no type: {t}")
    allowed = {m for t in e["type"] for m in codes.MODES.get(t, [])}
    for m in e["mode"]:
        if m not in allowed:
            say(f"mode {m} does not belong to {'/'.join(e['type'])}")
    size = sum(x - b for b, x in e["trigger"])
    if size > TRIGGER_MAX:
        say(f"trigger of {size} bytes; at most {TRIGGER_MAX}")
    if e["article"] is None and e["trigger"] and e["must"]:
        say("a must, but outside of every story of the page")
    if not e["source"] and not e["target"] and e["must"]:
        say("a must, but has neither source nor target", True)
    for side in ("source", "target"):
        for p in e[side]:
            base, at, k = p["actor"].partition("@")
            if base not in n.actors:
                say(f"{side}: no actor {base}")
            elif at and not (k.isdigit() and 1 <= int(k) <= len(n.actors[base]["mentions"])):
                say(f"{side}: {base} has {len(n.actors[base]['mentions'])} mentions, not a {at}{k}")
            for s in p.get("sector") or []:
                if s not in codes.SECTORS:
                    say(f"as: no sector: {s}")
    for field, pool, what in (("by", n.voices, "attribution"), ("denies", n.events, "event")):
        for x in e[field]:
            if x not in pool:
                say(f"{field}: no {what} {x}")
            elif x == key:
                say(f"{field}: itself")
    for field in ("within", "same"):
        if e[field] and (e[field] not in n.events or e[field] == key):
            say(f"{'in' if field == 'within' else field}: no other event {e[field]}")
    if e["place"] and e["place"] not in n.places:
        say(f"g: no place {e['place']}")
    status(n, e, say)
    when(n, e, say)


def status(n, e, say):
    if not e["status"]:
        return say("has no status")
    for s in e["status"]:
        if s not in codes.WHY:
            return say(f"no status: {s}")
    st, why = e["status"][0], e["why"]
    if not why:
        return say(f"{st} has no reason (why=)")
    if why not in codes.RULES:
        return say(f"no rule of status.md: {why}")
    if why not in codes.WHY[st]:
        say(f"{why} cannot make an event {st}")
    parent = n.events.get(e["within"] or "")
    if why in ("demanded", "threatened", "promised", "accusation") and not e["within"]:
        say(f"{why}, but within no speech act (in=)", True)
    if parent and not set(parent["type"]) & codes.SPEECH_ACTS:
        say(f"in: {parent['type'][0]} has no content", True)
    if why == "own-speech-act" and not set(e["type"]) & codes.SPEECH_ACTS:
        say(f"own-speech-act, but {e['type'][0]} is not done by saying", True)
    if st == "reported" and why != "own-speech-act" and e["denies"] and re.match(r"(did|does|do|has|have|had|was|were|is|are) ?(not|n.t)$", n.text(*e["trigger"][0]) if e["trigger"] else ""):
        say("a denial in the doer's own words is the event, own-denial; no REJECT", True)
    if e["denies"] and "REJECT" not in e["type"]:
        say("denies= belongs to a REJECT", True)
    for q in e["by"]:
        if why == "own-denial" and q in n.voices and n.voices[q]["stance"] == "asserts" and q == e["by"][0]:
            say(f"own-denial, but {q} asserts", True)
    if st in ("denied", "disputed", "admitted") and not e["by"]:
        say(f"{st}, but by nobody (by=)")
    if st == "claimed" and why in ("claimed", "doubted") and not e["by"]:
        say("claimed, but by nobody (by=)")
    stances = {n.voices[q]["stance"] for q in e["by"] if q in n.voices}
    if st in ("denied", "disputed") and e["by"] and "denies" not in stances:
        say(f"{st}, but none of {','.join(e['by'])} denies", True)
    if st == "admitted" and e["by"] and "admits" not in stances:
        say(f"admitted, but none of {','.join(e['by'])} admits", True)
    if why == "claimed" and e["by"] and e["trigger"]:
        b = e["trigger"][0][0]
        if not any(x <= b < y for q in e["by"] if q in n.voices for x, y in n.voices[q]["content"]):
            say(f"claimed by {','.join(e['by'])}, but its trigger stands in the content of none", True)


def when(n, e, say):
    basis = e["basis"]
    if basis not in ("pub", "none") and basis not in n.times:
        say(f"t: no time expression {basis}")
    if not e["date"]:
        if basis != "none":
            say(f"t={basis}, but no date", True)
        return
    a, b = day(e["date"]["begin"]), day(e["date"]["end"])
    if not a or not b:
        return say(f"not in the calendar: {e['date']['begin']}..{e['date']['end']}")
    if b < a:
        return say(f"ends before it begins: {a}..{b}")
    article = next((d for d in n.r["articles"] if d["id"] == e["article"]), {})
    p = day(article.get("published") or n.r["published"])
    if p and e["status"] and e["status"][0] in ("reported", "claimed", "admitted") and b > p:
        say(f"{e['status'][0]}, but dated after publication: {b}", a <= p)
    if p and e["status"] and e["why"] in ("planned", "dated-ahead") and b < p and e["type"][0] != "AGREE":
        say(f"planned, but over by publication: {b}", True)
    t = n.times.get(basis)
    v = value_interval(t["value"]) if t else None
    if v and (b < v[0] or v[1] < a) and t["type"] == "DATE":
        words = n.text(t["begin"], t["end"]).lower()
        if not re.search(r"since|before|after|by ", n.text(max(0, t["begin"] - 12), t["begin"]).lower() + words):
            say(f"{a}..{b} does not meet {basis}, {words!r}, {t['value']}", True)


def attribution(n, q):
    key = q["id"]
    if q["stance"] not in codes.STANCES:
        n.report(key, f"stance wants one of {', '.join(codes.STANCES)}", False)
    for p in q["source"]:
        base = p["actor"].partition("@")[0]
        if base not in n.actors:
            n.report(key, f"S: no actor {base}", False)
        elif not n.actors[base]["mentions"]:
            n.report(key, f"S: {base} is nowhere in the page", True)
    if q["via"] and (q["via"] not in n.voices or q["via"] == key):
        n.report(key, f"via: no other attribution {q['via']}", False)
    if not q["content"]:
        n.report(key, "has no content in the page", False)
    if not q["cue"]:
        n.report(key, "has no cue", True)
    seen, x = set(), key
    while x in n.voices and n.voices[x]["via"]:
        if x in seen:
            n.report(key, "via goes round in a ring", False)
            break
        seen.add(x)
        x = n.voices[x]["via"]


def unused(n):
    used = {p["actor"].partition("@")[0] for e in n.r["events"] for s in ("source", "target") for p in e[s]}
    used |= {p["actor"].partition("@")[0] for q in n.r["attributions"] for p in q["source"]}
    for a in n.r["actors"]:
        if not a["mentions"]:
            n.report(a["id"], "is nowhere in the page", a["id"] not in used)
        elif a["id"] not in used:
            n.report(a["id"], "takes part in nothing", True)


def unnamed_marks(story, report):
    """Marks of the working form that the record cannot show: cues without attribution."""
    cues = getattr(story, "cues", {})
    for key in story.at:
        if key[0] == "c" and key not in cues:
            report(key, "is the cue of no attribution", False)


# Many stories

QUOTA_TYPE, QUOTA_MODE, QUOTA_STATUS, QUOTA_EMPTY, QUOTA_STATES = 60, 8, 60, 60, 90


def balance(records):
    """[(what, count, wanted)]"""
    kinds, modes, states, st = collections.Counter(), collections.Counter(), set(), collections.Counter()
    for r in records:
        country = {a["id"]: a["country"] for a in r["actors"]}
        for e in r["events"]:
            kinds[e["type"][0]] += 1
            st[e["status"][0] if e["status"] else "?"] += 1
            own = [m for m in e["mode"] if m in codes.MODES.get(e["type"][0], [])]
            for m in own:
                modes[e["type"][0], m] += 1
            if e["must"]:
                states |= {country.get(p["actor"].partition("@")[0]) for s in ("source", "target") for p in e[s]}
    out = [(t, kinds[t], QUOTA_TYPE) for t in codes.MODES]
    out += [(f"{t} {m}", modes[t, m], QUOTA_MODE) for t, ms in codes.MODES.items() for m in ms]
    out += [(s, st[s], QUOTA_STATUS) for s in codes.WHY]
    out.append(("stories without a political event", sum(not r["events"] for r in records), QUOTA_EMPTY))
    out.append(("states in a main role", len(states & codes.STATES), QUOTA_STATES))
    return out


def grams(text, n=5):
    w = re.findall(r"[a-z0-9]+", text.lower())
    return {" ".join(w[i:i + n]) for i in range(len(w) - n + 1)}


def near_copies(records, limit=0.1):
    """Pairs of stories in different splits that share wording: (share of the shorter one's 5-grams, a, b)."""
    index, sizes, out = collections.defaultdict(list), [], []
    for i, r in enumerate(records):
        g = grams(r["text"])
        sizes.append(len(g))
        for x in g:
            index[x].append(i)
    shared = collections.Counter()
    for v in index.values():
        if 1 < len(v) <= 20:
            for i in range(len(v)):
                for k in range(i):
                    shared[v[k], v[i]] += 1
    for (i, k), c in shared.items():
        share = c / max(1, min(sizes[i], sizes[k]))
        if share > limit and records[i]["split"] != records[k]["split"]:
            out.append((round(share, 3), records[i]["id"], records[k]["id"]))
    return sorted(out, reverse=True)
