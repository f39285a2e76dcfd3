"""Lemma tables: suffix rules and exceptions a (class, form), learnt from the treebanks and a list of irregular verbs.

A class is one letter for a joint tag (see class_of). The C side looks up class+form among the exceptions, then
class+~+suffix from the longest suffix to the empty one; a rule strips some bytes and appends some.
"""
import collections
import math

import features

MAX_LEMMA = 48               # longer forms are their own lemma

IRREGULAR = """abide abode abode|arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|befall befell befallen
begin began begun|behold beheld beheld|bend bent bent|bereave bereft bereft|beset beset beset|bet bet bet|bid bid bid|bind bound bound|bite bit bitten
bleed bled bled|blow blew blown|break broke broken|breed bred bred|bring brought brought|broadcast broadcast broadcast|build built built|burst burst burst
buy bought bought|cast cast cast|catch caught caught|choose chose chosen|cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut
deal dealt dealt|dig dug dug|draw drew drawn|drink drank drunk|drive drove driven|dwell dwelt dwelt|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt
fight fought fought|find found found|flee fled fled|fling flung flung|fly flew flown|forbid forbade forbidden|forecast forecast forecast|foresee foresaw foreseen
forget forgot forgotten|forgive forgave forgiven|forgo forwent forgone|forsake forsook forsaken|freeze froze frozen|get got gotten|give gave given|go went gone
grind ground ground|grow grew grown|hang hung hung|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|kneel knelt knelt
know knew known|lay laid laid|lead led led|leap leapt leapt|leave left left|lend lent lent|let let let|light lit lit|lose lost lost|make made made|mean meant meant
meet met met|mislead misled misled|mistake mistook mistaken|misunderstand misunderstood misunderstood|outdo outdid outdone|overcome overcame overcome|overhear overheard overheard
override overrode overridden|oversee oversaw overseen|overtake overtook overtaken|overthrow overthrew overthrown|partake partook partaken|pay paid paid|plead pled pled
preset preset preset|prove proved proven|put put put|quit quit quit|read read read|rebuild rebuilt rebuilt|repay repaid repaid|resell resold resold|rethink rethought rethought
retake retook retaken|rewrite rewrote rewritten|rid rid rid|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought
sell sold sold|send sent sent|set set set|sew sewed sewn|shake shook shaken|shed shed shed|shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk
shut shut shut|sing sang sung|sink sank sunk|sit sat sat|slay slew slain|sleep slept slept|slide slid slid|sling slung slung|slit slit slit|sow sowed sown|speak spoke spoken
speed sped sped|spend spent spent|spin spun spun|spit spat spat|split split split|spread spread spread|spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck
sting stung stung|stink stank stunk|strew strewed strewn|stride strode stridden|strike struck struck|string strung strung|strive strove striven|swear swore sworn|sweep swept swept
swell swelled swollen|swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown|thrust thrust thrust
tread trod trodden|undergo underwent undergone|understand understood understood|undertake undertook undertaken|undo undid undone|uphold upheld upheld|upset upset upset|wake woke woken
wear wore worn|weave wove woven|weep wept wept|win won won|wind wound wound|withdraw withdrew withdrawn|withhold withheld withheld|withstand withstood withstood|wring wrung wrung|write wrote written"""

NOUNS = """man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|ox oxen|wife wives|life lives|knife knives|leaf leaves|thief thieves|half halves
self selves|shelf shelves|wolf wolves|loaf loaves|calf calves|crisis crises|analysis analyses|thesis theses|hypothesis hypotheses|basis bases|axis axes|criterion criteria
phenomenon phenomena|stimulus stimuli|datum data|medium media|memorandum memoranda|referendum referenda|bacterium bacteria|curriculum curricula|policeman policemen
spokesman spokesmen|spokeswoman spokeswomen|gunman gunmen|congressman congressmen|businessman businessmen|fisherman fishermen|lawman lawmen|statesman statesmen|layman laymen
serviceman servicemen|infantryman infantrymen|clergyman clergymen|countryman countrymen|craftsman craftsmen|hitman hitmen|militiaman militiamen|assemblyman assemblymen|rifleman riflemen"""


def class_of(tag):
    upos, *fs = tag.split("|")
    f = dict(x.split("=") for x in fs)
    if upos in ("VERB", "AUX"):
        if f.get("VerbForm") == "Ger" or (f.get("VerbForm") == "Part" and f.get("Tense") == "Pres"):
            c = "G"
        elif f.get("VerbForm") == "Part":
            c = "E"
        elif f.get("Tense") == "Past":
            c = "D"
        elif f.get("Tense") == "Pres" and f.get("Number") == "Sing" and f.get("Person") == "3":
            c = "Z"
        else:
            c = "B"
        return c if upos == "VERB" else c.lower()
    if upos == "NOUN":
        return "N" if f.get("Number") == "Plur" else "n"
    if upos == "PROPN":
        return "P" if f.get("Number") == "Plur" else "p"
    if upos == "ADJ":
        return {"Cmp": "C", "Sup": "S"}.get(f.get("Degree"), "j")
    if upos == "ADV":
        return {"Cmp": "K", "Sup": "U"}.get(f.get("Degree"), "a")
    return {"PRON": "r", "DET": "t", "PART": "q", "NUM": "m"}.get(upos, "o")


def script(form, lemma):
    k = 0
    while k < min(len(form), len(lemma)) and form[k] == lemma[k]:
        k += 1
    return len(form) - k, lemma[k:]


def apply(form, sc):
    return form[:len(form) - sc[0]] + sc[1] if sc[0] <= len(form) else form


def decide(rules, cls, form):
    for k in range(min(6, len(form)), -1, -1):
        r = rules.get((cls, form[len(form) - k:]))
        if r is not None and r[0] < len(form):
            return form if r[0] and 0x80 <= form[len(form) - r[0]] < 0xC0 else apply(form, r)   # never inside a character
    return form


VOWELS = b"aeiou"


def inflect(v):
    """Regular (Z, G, D) forms of a verb lemma; both spellings where doubling may happen."""
    if v.endswith((b"s", b"x", b"z", b"ch", b"sh", b"o")):
        z = v + b"es"
    elif v.endswith(b"y") and len(v) > 1 and v[-2] not in VOWELS:
        z = v[:-1] + b"ies"
    else:
        z = v + b"s"
    if v.endswith(b"ie"):
        return [z], [v[:-2] + b"ying"], [v + b"d"]
    if v.endswith(b"e") and not v.endswith((b"ee", b"ye", b"oe")):
        return [z], [v[:-1] + b"ing"], [v + b"d"]
    if v.endswith(b"e"):
        return [z], [v + b"ing"], [v + b"d"]
    if v.endswith(b"y") and len(v) > 1 and v[-2] not in VOWELS:
        return [z], [v + b"ing"], [v[:-1] + b"ied"]
    g, d = [v + b"ing"], [v + b"ed"]
    if len(v) > 2 and v[-1] not in b"aeiouwxy" and v[-2] in VOWELS and v[-3] not in VOWELS:
        g.append(v + v[-1:] + b"ing")
        d.append(v + v[-1:] + b"ed")
    return [z], g, d


def build(sents, pieces):
    seen = collections.defaultdict(collections.Counter)
    cased = collections.Counter()
    total = collections.Counter()
    for s in sents:
        for f, t, l in zip(s["forms"], s["tags"], s["lemmas"]):
            cls = class_of(t)
            folded = features.fold(f)
            low = features.fold(l)
            seen[cls, folded][low] += 1
            if cls not in "pP" and l:
                total[low] += 1
                if l[:1].isupper():
                    cased[low, 2 if len(l) > 1 and l.isupper() else 1] += 1
    best = {k: c.most_common(1)[0][0] for k, c in seen.items()}
    # suffix rules
    rules = {}
    by_class = collections.defaultdict(list)
    for (cls, form), lemma in best.items():
        if not any(48 <= c <= 57 for c in form):
            by_class[cls].append((form, script(form, lemma), 1 + math.log(sum(seen[cls, form].values()))))
    for cls, items in sorted(by_class.items()):
        for k in range(0, 6):
            groups = collections.defaultdict(collections.Counter)
            for form, sc, w in items:
                if len(form) > k or k == 0:
                    groups[form[len(form) - k:]][sc] += w
            for suf, c in sorted(groups.items()):
                sc, w = max(c.items(), key=lambda x: (x[1], -x[0][0], x[0][1]))
                if k == 0:
                    rules[cls, b""] = (0, b"")
                    continue
                parent = next(rules[cls, suf[j:]] for j in range(1, k + 1) if (cls, suf[j:]) in rules)
                if sc != parent and w >= 3.0 and w > c[parent] * 1.5 and len(sc[1]) <= 6:
                    rules[cls, suf] = sc
    # exceptions: what was seen, irregular verbs and nouns, regular forms of known verbs
    table = {}

    def add(cls, form, lemma):
        if (cls, form) not in table:
            table[cls, form] = lemma
    # irregulars first: they are sure
    for line in IRREGULAR.replace("\n", "|").split("|"):
        b, d, e = (x.encode() for x in line.split())
        add("D", d, b)
        add("E", e, b)
        add("E", d, b)
    for line in NOUNS.replace("\n", "|").split("|"):
        b, n = (x.encode() for x in line.split())
        add("N", n, b)
    for (cls, form), lemma in sorted(best.items()):
        table[cls, form] = lemma
    verbs = {lemma for (cls, form), lemma in best.items() if cls in "GEDZB" and lemma.isalpha()}
    words = {p for p in pieces if p.isalpha() and len(p) > 2}
    for v in sorted(verbs):
        z, g, d = inflect(v)
        for f in z:
            add("Z", f, v)
        for f in g:
            add("G", f, v)
        for f in d:
            add("D", f, v)
            add("E", f, v)
    for w in sorted(words):
        for end, classes in ((b"ing", "G"), (b"ed", "DE")):
            if not w.endswith(end) or len(w) < len(end) + 3:
                continue
            stem = w[:-len(end)]
            cands = []
            if stem[-1] == stem[-2] and stem[-1] not in b"lsze":
                cands = [stem[:-1], stem]
            elif stem + b"e" in words and (stem not in words or (len(stem) <= 4 and stem[-1] not in b"aeiouwxy" and stem[-2] in VOWELS)):
                cands = [stem + b"e"]
            elif stem in words:
                cands = [stem]
            elif end == b"ed" and stem.endswith(b"i") and stem[:-1] + b"y" in words:
                cands = [stem[:-1] + b"y"]
            cands = [c for c in cands if c in words]
            for c in cands[:1]:
                for k in classes:
                    add(k, w, c)
    n_all = len(table)
    # an AUX or a closed-class word keeps its entry; others only where the rules are wrong
    table = {k: v for k, v in table.items() if decide(rules, k[0], k[1]) != v}
    table = {k: v for k, v in table.items() if len(k[1]) <= features.MAX_FOLDED and 0 < len(v) <= features.MAX_FOLDED and k[0] not in "p"}
    case = {}
    for (low, kind), c in cased.items():
        if c * 2 > total[low]:
            case[low] = kind
    print(len(rules), "suffix rules,", len(table), "exceptions of", n_all, ",", len(case), "capitalised lemmas")
    return rules, table, case


def lemma_of(rules, table, case, form, cls, first, sent_case):
    folded = features.fold(form)
    if cls == "p" or len(form.encode()) > MAX_LEMMA:
        return form.encode()
    low = table.get((cls, folded))
    if low is None:
        low = decide(rules, cls, folded)
    k = case.get(low)
    cc = features.case_class(form)
    if cls == "P" or k == 1 or (k is None and cc == 2 and not first and sent_case == 0 and cls == "j"):
        return bytes([low[0] - 32]) + low[1:] if 97 <= low[0] <= 122 else low
    if k == 2 or (k is None and cc == 4 and sent_case != 2 and cls in "jnN"):
        return low.decode().upper().encode()
    return low
