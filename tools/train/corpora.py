"""Readers of the training corpora: trees, word classes and names, as plain sentences.

A sentence is a dict: forms, and where the corpus has them tags ("UPOS|Feature=…"), heads (0 for the root,
else 1-based), rels, lemmas, names (ids into NAMES, -1 where not known).
"""
import json
import re

BUNDLE = ("Tense", "VerbForm", "Mood", "Number", "Person", "Voice", "Degree")
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-NORP", "I-NORP"]
NAME_ID = {n: i for i, n in enumerate(NAMES)}

TITLES = set("""mr mrs ms miss dr prof professor president sen senator rep representative gov governor minister sir lord lady king
queen prince princess pope judge justice general gen colonel col captain capt major maj sergeant sgt lieutenant lt admiral
chairman chairwoman secretary mayor ambassador king sheikh shaikh imam ayatollah reverend rev saint st prime vice deputy
chancellor premier congressman congresswoman councillor director""".split())

PEOPLES = set("""muslim christian jewish jew sunni shiite shia shi'ite buddhist hindu catholic protestant orthodox islamic islamist
sikh mormon evangelical anglican lutheran kurdish kurd arab arabic persian african european asian american palestinian republican
democrat democratic communist nazi western hispanic latino latin slavic nordic scandinavian baltic balkan caribbean soviet
byzantine ottoman roman greek bosniak serb croat chechen tatar uyghur uighur tibetan pashtun hazara tamil sinhalese rohingya
zulu hutu tutsi yazidi druze alawite maronite copt coptic basque catalan flemish walloon scottish scot welsh english irish british
briton dutch french german spaniard swede dane finn pole turk turkish taiwanese hong-konger zionist native aboriginal maori inuit cherokee sioux""".split())


def peoples(factbook):
    """Demonyms: nationality nouns and adjectives of the World Factbook (public domain) and the words above."""
    out = set(PEOPLES)
    for line in open(factbook, encoding="utf8"):
        nat = json.loads(line).get("nationality") or {}
        for text in nat.values():
            text = re.sub(r"\((?!s\)|es\)|e\))[^)]*\)", "", text or "")
            for part in re.split(r"[,;/]| or | and ", text):
                m = re.match(r"\s*([A-Z][\w'\-]+)(\(\w*\))?\s*$", part)
                if m and len(m.group(1)) > 3:
                    out.add(m.group(1).lower())
    out |= {w + "s" for w in out if not w.endswith(("s", "ese", "sh", "ch"))}
    return out - {"states", "islands", "island", "china"}


PLACE, PLACE_PART, STATE, GIVEN, SURNAME, PEOPLE = 1, 2, 4, 8, 16, 32


def gazetteer(folder):
    """Bits a lower-case word: what it may be part of the name of. From the World Factbook (public domain), GeoNames
    (CC BY 4.0) and the holders of offices in Wikidata (CC0)."""
    out = {}

    def add(word, bit):
        w = word.lower()
        if len(w) > 2 and word[:1].isupper() and not any(c.isdigit() for c in w):
            out[w] = out.get(w, 0) | bit
    for line in open(folder + "/facts/geonames-places.tsv", encoding="utf8"):
        c = line.rstrip("\n").split("\t")
        if len(c) > 6 and c[6].isdigit() and int(c[6]) >= 30000:
            words = re.split(r"[\s\-]+", c[1])
            for w in words:
                add(w, PLACE if len(words) == 1 else PLACE_PART)
    for line in open(folder + "/facts/factbook-2026-05.jsonl", encoding="utf8"):
        r = json.loads(line)
        names = [v for k, v in (r.get("names") or {}).items() if "form" in k and "conventional" in k and v]
        names.append(((r.get("capital") or {}).get("name") or "").split(";")[0])
        for name in names:
            for w in re.findall(r"[\w'\-]+", re.sub(r"\([^)]*\)", "", name)):
                add(w, STATE)
    for i, line in enumerate(open(folder + "/facts/office-holders.tsv", encoding="utf8")):
        if i == 0:
            head = line.rstrip("\n").split("\t")
            at = next(k for k, h in enumerate(head) if h in ("person", "name", "person_name", "holder"))
            continue
        words = re.findall(r"[^\W\d_][\w'\u2019\-]*", line.rstrip("\n").split("\t")[at])
        if len(words) >= 2:
            add(words[0], GIVEN)
            add(words[-1], SURNAME)
    for w in peoples(folder + "/facts/factbook-2026-05.jsonl"):
        out[w] = out.get(w, 0) | PEOPLE
    return out


def strip_titles(s):
    """"Mr", "President" and the like stand before a person's name, not in it."""
    names, forms = s["names"], s["forms"]
    for i, t in enumerate(names):
        if t == NAME_ID["B-PER"] and forms[i].lower().strip(".") in TITLES:
            names[i] = 0
            if i + 1 < len(names) and names[i + 1] == NAME_ID["I-PER"]:
                names[i + 1] = NAME_ID["B-PER"]


def conllu(path):
    sent, sid, text = [], None, None
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if not line:
            if sent:
                yield sid, sent
            sent, sid = [], None
        elif line.startswith("# sent_id = "):
            sid = line[12:]
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                sent.append(c)
    if sent:
        yield sid, sent


def bundle(upos, feats):
    f = dict(x.split("=", 1) for x in feats.split("|") if "=" in x)
    if f.get("Degree") == "Pos":
        del f["Degree"]
    if f.get("Mood") == "Sub":
        f["Mood"] = "Ind"
    keep = [k + "=" + f[k] for k in BUNDLE if k in f]
    return "|".join([upos] + keep)


def tree(path):
    for sid, rows in conllu(path):
        yield {
            "id": sid,
            "forms": [r[1] for r in rows],
            "lemmas": [r[2] for r in rows],
            "tags": [bundle(r[3], r[5]) for r in rows],
            "heads": [int(r[6]) for r in rows],
            "rels": [r[7] for r in rows],
            "misc": [r[9] for r in rows],
        }


def add_peoples(s, known, other=()):
    for i, form in enumerate(s["forms"]):
        if s["names"][i] == 0 and form.lower() in known and form[:1].isupper():
            upos = s["tags"][i].split("|")[0] if "tags" in s else "ADJ"
            if upos in ("ADJ", "PROPN", "NOUN"):
                s["names"][i] = NAME_ID["B-NORP"]


def iob(tags, mapping):
    """IOB1, IOB2 or bare inside tags to ids of NAMES."""
    out, prev = [], None
    for t in tags:
        kind = mapping.get(t[2:].lower()) if len(t) > 2 and t[1] == "-" else None
        if kind is None:
            out.append(0)
            prev = None
            continue
        begin = t[0] == "B" or prev != kind
        out.append(NAME_ID[("B-" if begin else "I-") + kind])
        prev = kind
    return out


def ewt_names(path):
    out, sid, forms, tags = {}, None, [], []
    for line in list(open(path, encoding="utf8")) + ["\n"]:
        line = line.rstrip("\n")
        if not line:
            if forms:
                out[sid] = (forms, tags)
            forms, tags = [], []
        elif line.startswith("# sent_id = "):
            sid = line[12:]
        elif line[0] != "#":
            c = line.split("\t")
            forms.append(c[1])
            tags.append(c[2])
    return out


def ewt(folder, part, names, known):
    m = {"per": "PER", "org": "ORG", "loc": "LOC"}
    named = ewt_names(names)
    for s in tree(f"{folder}/ud/ewt/{part}.conllu"):
        s["names"] = [-1] * len(s["forms"])
        hit = named.get(s["id"])
        if hit and hit[0] == s["forms"]:
            s["names"] = iob(hit[1], m)
            for i, t in enumerate(hit[1]):
                if t == "B-O":
                    s["names"][i] = 0
            strip_titles(s)
            add_peoples(s, known)
        yield s


GUM_KIND = {"person": "PER", "organization": "ORG", "place": "LOC"}


def gum(folder, part, known):
    for s in tree(f"{folder}/ud/gum-open/{part}.conllu"):
        forms, heads = s["forms"], s["heads"]
        spans, open_ = [], []
        for i, misc in enumerate(s["misc"]):
            m = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
            if not m:
                continue
            for piece in re.findall(r"\([^()]+\)?|[^()]+\)", m.group(1)):
                if piece[0] == "(":
                    f = piece.strip("()").split("-")
                    if len(f) < 2:
                        continue
                    if piece[-1] == ")":
                        spans.append((i, i, f[1]))
                    else:
                        open_.append((f[0], i, f[1]))
                else:
                    key = piece.strip(")")
                    for k in range(len(open_) - 1, -1, -1):
                        if open_[k][0] == key:
                            spans.append((open_[k][1], i, open_[k][2]))
                            del open_[k]
                            break
        names = [0] * len(forms)
        upos = [t.split("|")[0] for t in s["tags"]]
        for b, e, kind in sorted(spans, key=lambda x: (x[1] - x[0], x[0])):
            kind = GUM_KIND.get(kind)
            if not kind:
                continue
            head = [i for i in range(b, e + 1) if not b + 1 <= heads[i] <= e + 1]
            if len(head) != 1 or upos[head[0]] != "PROPN":
                continue
            lo = hi = head[0]

            def inside(i):
                return upos[i] == "PROPN" or (upos[i] != "PUNCT" and upos[i] != "DET" and forms[i][:1].isupper())
            while lo > b and (inside(lo - 1) or (forms[lo - 1] in "-'." and lo - 1 > b and inside(lo - 2))):
                lo -= 1
            while hi < e and (inside(hi + 1) or (forms[hi + 1] in ("-", "'") and hi + 2 <= e and inside(hi + 2)) or
                              (kind == "ORG" and forms[hi + 1] in ("of", "for", "the", "and") and hi + 2 <= e)):
                hi += 1
            while forms[hi] in ("of", "for", "the", "and") and hi > lo:
                hi -= 1
            while kind == "PER" and lo < hi and forms[lo].lower().strip(".") in TITLES:
                lo += 1
            if lo == hi and kind == "PER" and forms[lo].lower().strip(".") in TITLES:
                continue
            # the outermost wins for organisations ("University of Portsmouth"), the innermost else
            if any(names[i] for i in range(lo, hi + 1)) and kind != "ORG":
                continue
            for i in range(lo, hi + 1):
                names[i] = NAME_ID[("B-" if i == lo else "I-") + kind]
            if hi + 1 < len(forms) and names[hi + 1] and names[hi + 1] % 2 == 0:
                names[hi + 1] -= 1
        s["names"] = names
        add_peoples(s, known)
        yield s


def columns(path, mapping, known, sep=None):
    forms, tags = [], []
    for line in list(open(path, encoding="utf8", errors="replace")) + ["\n"]:
        c = line.split(sep) if sep else line.split()
        if len(c) < 2:
            if forms and len(forms) > 2:
                s = {"forms": forms, "names": iob(tags, mapping)}
                strip_titles(s)
                add_peoples(s, known)
                yield s
            forms, tags = [], []
        elif c[0] != "-DOCSTART-":
            forms.append(c[0])
            tags.append(c[-1].strip())


CROSSNER = {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC", "location": "LOC"}
WIKIGOLD = {"per": "PER", "org": "ORG", "loc": "LOC"}
WNUT = {"person": "PER", "corporation": "ORG", "group": "ORG", "location": "LOC"}


def name_corpora(folder, known):
    n = folder + "/names/"
    for part in ("train", "dev", "test"):
        yield from columns(n + f"crossner-politics/{part}.txt", CROSSNER, known)
    yield from columns(n + "wikigold/CONLL-format/data/wikigold.conll.txt", WIKIGOLD, known)
    yield from columns(n + "WNUT17/CONLL-format/data/train/wnut17train.conll", WNUT, known)


_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs)\.|\d[\d,.]*\d|\d+(?:st|nd|rd|th)?|"
                    r"[^\W\d_]+(?=n['\u2019]t\b)|n['\u2019]t\b|['\u2019](?:s|re|ve|ll|d|m)\b|[^\W\d_]+|\S")


def raw_sentences(text, names=()):
    """Sentences and words of running text, roughly as the treebanks cut them (hyphens stand alone). names: (begin, end, kind) in
    characters of the text; a sentence then has its name tags."""
    marks = sorted(names)
    tagged = names != ()
    for para in re.finditer(r"[^\n]+", text):
        cuts = [para.start()] + [m.end() for m in re.finditer(r"(?<=[a-z0-9)\"'\u201d][.?!])[\"')\u201d]*\s+(?=[\"'(\u201c]?[A-Z])", para.group())]
        cuts = [c if c == para.start() else c + para.start() for c in cuts] + [para.end()]
        for lo, hi in zip(cuts, cuts[1:]):
            words = [(m.start() + lo, m.end() + lo) for m in _TOKEN.finditer(text[lo:hi])]
            if not 3 <= len(words) <= 90:
                continue
            s = {"forms": [text[i:j] for i, j in words]}
            if tagged:
                s["names"] = [0] * len(words)
                for i, j, kind in marks:
                    inside = [k for k, (u, v) in enumerate(words) if u < j and i < v]
                    for n, k in enumerate(inside):
                        s["names"][k] = NAME_ID[("B-" if n == 0 else "I-") + kind]
            yield s


def silver(folder):
    """Text without marks, for the teacher to mark: WikiWars (CC BY-SA 3.0), PLOVER gold records, open half (CC BY-SA 4.0)."""
    for name in ("time/wikiwars.jsonl", "plover-gold/open.jsonl"):
        for line in open(f"{folder}/{name}", encoding="utf8"):
            yield from raw_sentences(json.loads(line)["text"])


DATELINE = re.compile(r"^(?:[A-Z][\w.'\u2019-]+[ ,/]*){1,5}(?:\([\w ]+\))?[,;]?\s*(?:\w{3,9}\.? \d{1,2}|\d{1,2}\.? \w{3,9})?\.?,?(?: \d{4})?\s*(?:\([^()]{2,40}\))?\s*(?:-{1,2}|\u2013|\u2014)\s+", re.M)


def stories(path):
    """The project's own news stories (the corpus's training part), with their names. The teacher knows no datelines: they go."""
    for line in open(path, encoding="utf8"):
        r = json.loads(line)
        raw = r["text"].encode("utf8")
        names = [(len(raw[:n["begin"]].decode("utf8")), len(raw[:n["end"]].decode("utf8")), n["type"]) for n in r["names"]]
        text = DATELINE.sub(lambda m: "\n" * len(m.group()), r["text"])
        yield from raw_sentences(text, [n for n in names if text[n[0]] != "\n"])


class Renamer:
    """Copies of sentences with other names in them, so that the network learns where names stand and not which: people from the
    holders of offices (Wikidata, CC0), places from GeoNames (CC BY 4.0), peoples from the World Factbook, organisations by pattern."""
    BODY = """Ministry of {f}|{n} Ministry of {f}|Department of {f}|{f} Ministry|{l} Police|{l} Police Service|{l} City Council|{l} High Court|{l} Magistrates Court|
{n} Parliament|{n} Army|{n} Air Force|{n} Navy|{n} Coast Guard|Bank of {l}|Central Bank of {l}|{l} Stock Exchange|University of {l}|{l} University|{l} Times|{l} Post|
{l} Tribune|{l} News Agency|The {l} Herald|{l} Chamber of Commerce|{n} Red Crescent|{n} Football Association|{l} United|{l} FC|{p} Group|{p} Holdings|{p} & Sons|{p} Foundation|
{p} Industries|{n} National Oil Company|{n} Airlines|Air {l}|{l} Electricity Authority|National {f} Commission|National Union of {n} Workers|{n} People's Party|
{n} Democratic Party|United {n} Front|Movement for the Liberation of {l}|{l} Liberation Army|Front for {f} and Justice|Alliance for {l}|{n} Human Rights Commission|
Centre for {f} Studies|Institute of {f}|{l} Institute of {f}|Council of {f}|Committee for {f}|Commission on {f}|Agency for {f} and {f}|International {f} Organization|
World {f} Programme|{l} Municipality|{l} Governorate Council|{p} Cabinet|{l} Regional Hospital|{l} Port Authority|{n} Bar Association|{n} Medical Council""".replace("\n", "").split("|")
    FIELD = """Health|Finance|Defence|Foreign Affairs|Justice|Interior|Agriculture|Energy|Education|Trade|Transport|Labour|Fisheries|Tourism|Water|Mines|Culture|Sports|
Migration|Development|Statistics|Aviation|Human Rights|Planning|Electoral Affairs|Public Works|Natural Resources|Information|Religious Affairs|Home Affairs|Security|Democracy""".replace("\n", "").split("|")

    def __init__(self, folder, rng):
        self.rng = rng
        people, places, peoples_ = set(), set(), set()
        lines = open(folder + "/facts/office-holders.tsv", encoding="utf8").read().split("\n")
        head = lines[0].split("\t")
        at = next(k for k, h in enumerate(head) if h in ("person", "name", "person_name", "holder"))
        for line in lines[1:]:
            c = line.split("\t")
            if len(c) > at and 2 <= len(c[at].split()) <= 4 and not re.search(r"[\d(,]|[^\x00-\u024f\u2019]", c[at]):
                people.add(c[at])
        for line in open(folder + "/facts/geonames-places.tsv", encoding="utf8"):
            c = line.rstrip("\n").split("\t")
            if len(c) > 6 and c[6].isdigit() and int(c[6]) >= 30000 and len(c[1].split()) <= 3 and c[1][:1].isupper():
                places.add(c[1])
        for line in open(folder + "/facts/factbook-2026-05.jsonl", encoding="utf8"):
            r = json.loads(line)
            short = (r.get("names") or {}).get("conventional short form") or ""
            if short and short != "none" and "(" not in short and "," not in short:
                places.add(short)
            adj = (r.get("nationality") or {}).get("adjective") or ""
            if re.fullmatch(r"[A-Z][\w'-]+", adj):
                peoples_.add(adj)
        self.people, self.places, self.peoples = sorted(people), sorted(places), sorted(peoples_)

    def organisation(self):
        r = self.rng
        name = re.sub(r"\{(.)\}", lambda m: {"f": lambda: r.choice(self.FIELD), "l": lambda: r.choice(self.places), "n": lambda: r.choice(self.peoples),
                                              "p": lambda: r.choice(self.people).split()[-1]}[m.group(1)](), r.choice(self.BODY))
        if r.random() < 0.25:
            short = "".join(w[0] for w in re.findall(r"\w+", name) if w[0].isupper())
            if len(short) < 2:
                short = "".join(r.choice("ABCDEFGHIKLMNOPRSTU") for _ in range(r.choice((2, 3, 3, 4))))
            return short
        return name

    def name(self, kind, width):
        r = self.rng
        if kind == "PER":
            full = r.choice(self.people)
            return full if width > 1 else re.split(r"\s+", full)[-1]
        return r.choice(self.places) if kind == "LOC" else r.choice(self.peoples) if kind == "NORP" else self.organisation()

    def copy(self, s):
        forms, names, i = [], [], 0
        while i < len(s["forms"]):
            t = s["names"][i]
            j = i + 1
            if t % 2 == 1:
                while j < len(s["forms"]) and s["names"][j] == t + 1:
                    j += 1
                kind = NAMES[t][2:]
                if self.rng.random() < 0.85 and not (kind == "NORP" and s["forms"][i].endswith("s")):
                    words = _TOKEN.findall(self.name(kind, j - i))
                    forms += words
                    names += [t] + [t + 1] * (len(words) - 1)
                    i = j
                    continue
            forms += s["forms"][i:j]
            names += s["names"][i:j]
            i = j
        return {"forms": forms, "names": names}


def recased(s, how):
    """A headline copy: capitals, or Each Main Word Capitalised; the final stop goes."""
    small = {"a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "by", "at", "with", "as", "from", "but"}
    out = dict(s)
    f = s["forms"]
    if how == "upper":
        out["forms"] = [w.upper() for w in f]
    else:
        out["forms"] = [w if (w.lower() in small and i) or not w.islower() else w[:1].upper() + w[1:] for i, w in enumerate(f)]
    n = len(f)
    if n > 2 and f[-1] == "." and not any(h == n for h in s.get("heads", [])):
        for k in ("forms", "tags", "heads", "rels", "lemmas", "names", "misc"):
            if k in out:
                out[k] = out[k][:-1]
    return out
