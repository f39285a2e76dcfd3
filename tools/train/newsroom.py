"""Copies of treebank sentences in the shapes of news that web English lacks: datelines, headlines, titles piled before
names, quotations broken or closed by "he said". Trees follow tests/news/README.md. No soft labels: the teacher has not seen
these shapes either."""
import corpora

WORD, NOUN, ADJ, NUM, PUNCT = "PROPN|Number=Sing", "NOUN|Number=Sing", "ADJ", "NUM", "PUNCT"
SAID = "VERB|Tense=Past|VerbForm=Fin|Mood=Ind|Number=Sing|Person=3"
MONTHS = "January February March April May June July August September October November December Jan. Feb. Aug. Sept. Oct. Nov. Dec. Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec".split()
AGENCIES = "Reuters,AFP,AP,Xinhua,TASS,dpa,ANI,Kyodo,EFE,Interfax,IRNA,WAM,SPA,Yonhap,Anadolu,Bernama,PTI,APP,KUNA,Staff".split(",")
SAYING = "said said said said added insisted warned explained told argued noted stressed announced claimed".split()
TITLES = """President|Prime Minister|Foreign Minister|Defence Minister|Defense Secretary|Interior Minister|Finance Minister|Deputy Prime Minister|Deputy Foreign Minister|
Vice President|Secretary of State|Chancellor|Premier|Governor|Mayor|Senator|Ambassador|General|Lieutenant General|Colonel|Admiral|Judge|Justice Minister|Trade Minister|
Energy Minister|Health Minister|Chief Justice|Attorney General|National Security Adviser|Security Council Secretary|Army Chief|Police Chief|Opposition Leader|Speaker|
foreign minister|prime minister|army chief|police chief|opposition leader|spokesman|spokeswoman|government spokesman|army spokesman|foreign ministry spokesman|
foreign ministry spokeswoman|police spokesman|interior minister|security official|rebel commander|party leader|deputy governor|mayor|lawyer|activist|aid worker|
union leader|presidential candidate|chief negotiator|special envoy|peace envoy|human rights lawyer|opposition lawmaker|defense secretary|trade minister|Secretary-General""".replace("\n", "").split("|")


class Maker:
    """A sentence under construction: words with heads that are words (or None for the root)."""

    def __init__(self):
        self.words = []

    def add(self, form, tag, rel, head=None, name=0):
        w = [form, tag, rel, head, name]
        self.words.append(w)
        return w

    def take(self, s, at):
        """Word `at` of a sentence, its head still a number; mended by close()."""
        return self.add(s["forms"][at], s["tags"][at], s["rels"][at], ("of", s["heads"][at]), s["names"][at] if s["names"] else -1)

    def close(self, place):
        """place: number (1-based) in the old sentence -> word, 0 -> the word that its root hangs on."""
        at = {id(w): i + 1 for i, w in enumerate(self.words)}
        heads = []
        for w in self.words:
            h = w[3]
            if isinstance(h, tuple):
                h = place[h[1]]
            heads.append(0 if h is None else at[id(h)])
        names = [w[4] for w in self.words]
        return {"forms": [w[0] for w in self.words], "tags": [w[1] for w in self.words], "rels": [w[2] for w in self.words], "heads": heads,
                "names": [-1] * len(names) if -1 in names else names}


def named(m, r, kind, text, tag, rel, head):
    """A name of several words, flat; -> its first word."""
    first = None
    for w in corpora._TOKEN.findall(text):
        inside = corpora.NAME_ID[("B-" if first is None else "I-") + kind]
        if first is None:
            first = m.add(w, tag, rel, head, inside)
        else:
            m.add(w, PUNCT if w == "-" else tag, "punct" if w == "-" else "flat", first, inside)
    return first


def dated(m, r, city):
    """", March 4, 2021" behind a city."""
    u = r.random()
    if u < 0.2:
        return
    comma = m.add(",", PUNCT, "punct")
    day = str(r.randint(1, 31))
    if r.random() < 0.8:
        month, number = m.add(r.choice(MONTHS), WORD, "nmod:unmarked"), m.add(day, NUM, "nmod:unmarked", city)
    else:
        number = m.add(day, NUM, "nmod:unmarked", city)
        month = m.add(r.choice(MONTHS), WORD, "nmod:unmarked")
    month[3] = comma[3] = number
    if r.random() < 0.15:
        if r.random() < 0.7:
            c = m.add(",", PUNCT, "punct")
            y = m.add(str(r.randint(1985, 2026)), NUM, "nmod:unmarked", number)
            c[3] = y
        else:
            m.add(str(r.randint(1985, 2026)), NUM, "nmod:unmarked", number)


def dateline(s, r, names):
    m = Maker()
    text = r.choice(names.places)
    city = named(m, r, "LOC", text.upper() if r.random() < 0.75 else text, WORD, "root", None)
    if r.random() < 0.15:
        c = m.add(",", PUNCT, "punct")
        c[3] = named(m, r, "LOC", r.choice(names.places), WORD, "appos", city)
    dated(m, r, city)
    if r.random() < 0.5:
        a = m.add("(", PUNCT, "punct")
        agency = m.add(r.choice(AGENCIES), WORD, "list", city, corpora.NAME_ID["B-ORG"])
        b = m.add(")", PUNCT, "punct")
        a[3] = b[3] = agency
    dash = m.add(r.choice(["-", "-", "-", "--", "\u2014", "\u2013", ":"]), PUNCT, "punct")
    place = {}
    for i in range(len(s["forms"])):
        place[i + 1] = m.take(s, i)
    root = next(w for w in place.values() if w[3] == ("of", 0))
    root[2], root[3], dash[3] = "parataxis", city, root
    last = place[len(s["forms"])]
    if last[0] == "." and last[1] == PUNCT:
        last[3] = city
    if not s["names"]:
        return None
    return m.close(place)


def speaker(m, r, names):
    """Words for somebody, with head to be given to the last returned word."""
    u = r.random()
    if u < 0.25:
        return m.add(r.choice(["he", "she"]), "PRON|Number=Sing|Person=3", "nsubj")
    if u < 0.5:
        return named(m, r, "PER", r.choice(names.people) if r.random() < 0.4 else r.choice(names.people).split()[-1], WORD, "nsubj", None)
    if u < 0.75:
        d = m.add("the", "DET", "det")
        title = r.choice([t for t in TITLES if t[0].islower()]).split()
        before = [m.add(w, NOUN, "compound") for w in title[:-1]]
        head = m.add(title[-1], NOUN, "nsubj")
        for w in before + [d]:
            w[3] = head
        return head
    return piled(m, r, names)


def piled(m, r, names):
    """"Russian Security Council Secretary Sergei Shoigu"; -> the name."""
    before = []
    u = r.random()
    if u < 0.5:
        before.append(m.add(r.choice(names.peoples), ADJ, "amod", None, corpora.NAME_ID["B-NORP"]))
    elif u < 0.6:
        before.append(m.add(r.choice(["then", "former", "acting", "senior", "deputy"]), ADJ, "amod"))
    words = r.choice(TITLES).split()
    of = words.index("of") if "of" in words else len(words)
    lower = words[0][0].islower()
    for w in words[:of - 1]:
        before.append(m.add(w, NOUN if lower else WORD, "compound"))
    title = m.add(words[of - 1], NOUN if lower else WORD, "nmod:desc")
    for w in before:
        w[3] = title
    if of < len(words):
        case = m.add("of", "ADP", "case")
        case[3] = m.add(words[of + 1], WORD, "nmod", title)
    name = named(m, r, "PER", r.choice(names.people), WORD, "nsubj", None)
    title[3] = name
    return name


def said(m, r, names, rel, head, iobj=True):
    """"he said", "said the minister"; -> the verb."""
    word = r.choice(SAYING)
    if r.random() < 0.3 and word == "said":
        v = m.add(word, SAID, rel, head)
        w = speaker(m, r, names)
        if w[0] in ("he", "she"):
            w[0] = "officials"
            w[1], v[1] = "NOUN|Number=Plur", SAID.replace("Sing", "Plur")
        w[3] = v
    else:
        w = speaker(m, r, names)
        v = m.add(word, SAID, rel, head)
        w[3] = v
        if word == "told":
            who = r.choice(["reporters", "journalists", "Reuters", "AFP"])
            m.add(who, WORD if who[0].isupper() else "NOUN|Number=Plur", "iobj", v, corpora.NAME_ID["B-ORG"] if who[0].isupper() else 0)
    return v


def broken(s, r, names):
    """"We will not," he said, "accept that." """
    n = len(s["forms"])
    if n < 7 or s["forms"][-1] != "." or '"' in s["forms"] or not s["names"]:
        return None
    cuts = [i for i in range(2, n - 3) if s["forms"][i] == "," or s["rels"][i] in ("cc", "mark", "aux", "advmod") or s["tags"][i] == "ADP"]
    if not cuts:
        return None
    cut = r.choice(cuts)
    comma = s["forms"][cut] == ","
    if comma and any(h == cut + 1 for h in s["heads"]):
        return None
    m, place = Maker(), {}
    opened = m.add('"', PUNCT, "punct")
    for i in range(cut):
        place[i + 1] = m.take(s, i)
    c, closed = m.add(",", PUNCT, "punct"), m.add('"', PUNCT, "punct")
    v = said(m, r, names, "parataxis", None)
    after = m.add(r.choice([",", ",", "."]), PUNCT, "punct", v)
    again = m.add('"', PUNCT, "punct")
    for i in range(cut + comma, n):
        place[i + 1] = m.take(s, i)
    end = m.add('"', PUNCT, "punct")
    place[0] = None
    root = next(w for w in place.values() if w and w[3] == ("of", 0))
    for w in (opened, c, closed, again, end, v):
        w[3] = root
    return m.close(place)


def closed(s, r, names):
    """"We accept that," he said. / They accept that, he said."""
    n = len(s["forms"])
    if s["forms"][-1] != "." or '"' in s["forms"] or n < 4 or not s["names"]:
        return None
    m, place = Maker(), {}
    quoted = r.random() < 0.7
    marks = [m.add('"', PUNCT, "punct")] if quoted else []
    for i in range(n - 1):
        place[i + 1] = m.take(s, i)
    marks.append(m.add(",", PUNCT, "punct"))
    if quoted:
        marks.append(m.add('"', PUNCT, "punct"))
    v = said(m, r, names, "root", None)
    stop = m.add(".", PUNCT, "punct", v)
    place[n], place[0] = stop, v
    root = next(w for k, w in place.items() if k and w[3] == ("of", 0))
    if s["rels"][next(i for i in range(n) if s["heads"][i] == 0)] != "root" or s["heads"][n - 1] == 0:
        return None
    root[2], root[3] = "ccomp", v
    for w in marks:
        w[3] = root
    return m.close(place)


def titled(s, r, names):
    """A pronoun or a bare name in the subject becomes a name with titles before it."""
    if not s["names"]:
        return None
    n = len(s["forms"])
    kids = set(s["heads"])
    at = [i for i in range(n) if s["rels"][i] in ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent") and i + 1 not in kids and
          s["forms"][i].lower() in ("he", "she", "him", "her", "they", "them", "i", "we", "it") and s["tags"][i].startswith("PRON")]
    at += [i for i in range(n) if s["names"][i] == 1 and i + 1 not in kids and s["rels"][i] in ("nsubj", "nsubj:pass", "obj", "obl:agent")]
    if not at:
        return None
    at = r.choice(at)
    m, place = Maker(), {0: None}
    for i in range(n):
        if i == at:
            w = piled(m, r, names)
            w[2], w[3] = s["rels"][i], ("of", s["heads"][i])
            place[i + 1] = w
        else:
            place[i + 1] = m.take(s, i)
    return m.close(place)


def headline(s, r, names):
    """No articles, no "is" or "are", no final stop."""
    n = len(s["forms"])
    kids = set(s["heads"])
    gone = {i for i in range(n) if i + 1 not in kids and ((s["forms"][i].lower() in ("a", "an", "the") and s["tags"][i] == "DET") or
                                                          (s["forms"][i].lower() in ("is", "are", "was", "were") and s["rels"][i] in ("aux", "aux:pass", "cop")) or
                                                          (i == n - 1 and s["forms"][i] == "."))}
    if not 4 <= n - len(gone) <= 16 or len(gone) < 2 or not s["names"]:
        return None
    m, place = Maker(), {0: None}
    for i in range(n):
        if i not in gone:
            place[i + 1] = m.take(s, i)
    if not m.words[0][0].isupper():
        m.words[0][0] = m.words[0][0][:1].upper() + m.words[0][0][1:]
    return m.close(place)


SHAPES = ((dateline, 0.05), (broken, 0.06), (closed, 0.04), (titled, 0.10), (headline, 0.10))


def copies(sents, r, names):
    """names: a corpora.Renamer, for its people, places and peoples."""
    for s in sents:
        if not 4 <= len(s["forms"]) <= 45:
            continue
        known = s["names"] if s["names"][0] >= 0 else []
        t = dict(s, names=known)
        for make, share in SHAPES:
            if r.random() < share:
                c = make(t, r, names)
                if c:
                    yield c
