#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Made-up dispatches without end, as JSON Lines, for measuring the record at scale.

    bench/record/synthesize.py N [--seed S] [--years 10] [--sentences 3-6] > synthetic.jsonl

Stories of a few sentences are put together from sentences of the corpus (corpus/train.jsonl and balance.jsonl, which are invented
themselves). States with their people and capitals, persons, days, figures and common words are exchanged, so that dyads are spread
widely and two stories with a sentence in common differ in its wording. Publication rises through the years evenly. Some 12 % of the
stories are copies of an earlier one (another paper, another headline, sometimes shortened), some 8 % follow-ups (its first
sentences in other words and two new ones, a day or two later). The same seed gives the same stories; memory does not grow with N.
"""
import argparse, bisect, datetime, itertools, json, os, random, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# State, its people, its capital.
STATES = [s.split("/") for s in """
Afghanistan/Afghan/Kabul Albania/Albanian/Tirana Algeria/Algerian/Algiers Angola/Angolan/Luanda Argentina/Argentine/Buenos_Aires
Armenia/Armenian/Yerevan Australia/Australian/Canberra Austria/Austrian/Vienna Azerbaijan/Azerbaijani/Baku Bangladesh/Bangladeshi/Dhaka
Belarus/Belarusian/Minsk Belgium/Belgian/Brussels Bolivia/Bolivian/La_Paz Botswana/Botswanan/Gaborone Brazil/Brazilian/Brasilia
Bulgaria/Bulgarian/Sofia Burundi/Burundian/Bujumbura Cambodia/Cambodian/Phnom_Penh Cameroon/Cameroonian/Yaounde Canada/Canadian/Ottawa
Chad/Chadian/N'Djamena Chile/Chilean/Santiago China/Chinese/Beijing Colombia/Colombian/Bogota Croatia/Croatian/Zagreb Cuba/Cuban/Havana
Cyprus/Cypriot/Nicosia Denmark/Danish/Copenhagen Ecuador/Ecuadorian/Quito Egypt/Egyptian/Cairo Eritrea/Eritrean/Asmara
Estonia/Estonian/Tallinn Ethiopia/Ethiopian/Addis_Ababa Finland/Finnish/Helsinki France/French/Paris Georgia/Georgian/Tbilisi
Germany/German/Berlin Ghana/Ghanaian/Accra Greece/Greek/Athens Guatemala/Guatemalan/Guatemala_City Guinea/Guinean/Conakry
Haiti/Haitian/Port-au-Prince Honduras/Honduran/Tegucigalpa Hungary/Hungarian/Budapest India/Indian/New_Delhi Indonesia/Indonesian/Jakarta
Iran/Iranian/Tehran Iraq/Iraqi/Baghdad Israel/Israeli/Jerusalem Italy/Italian/Rome Japan/Japanese/Tokyo Jordan/Jordanian/Amman
Kazakhstan/Kazakh/Astana Kenya/Kenyan/Nairobi Kuwait/Kuwaiti/Kuwait_City Laos/Laotian/Vientiane Latvia/Latvian/Riga Lebanon/Lebanese/Beirut
Liberia/Liberian/Monrovia Libya/Libyan/Tripoli Lithuania/Lithuanian/Vilnius Malawi/Malawian/Lilongwe Malaysia/Malaysian/Kuala_Lumpur
Mali/Malian/Bamako Mexico/Mexican/Mexico_City Moldova/Moldovan/Chisinau Mongolia/Mongolian/Ulaanbaatar Morocco/Moroccan/Rabat
Mozambique/Mozambican/Maputo Myanmar/Burmese/Yangon Namibia/Namibian/Windhoek Nepal/Nepali/Kathmandu Nicaragua/Nicaraguan/Managua
Nigeria/Nigerian/Abuja Norway/Norwegian/Oslo Oman/Omani/Muscat Pakistan/Pakistani/Islamabad Panama/Panamanian/Panama_City
Paraguay/Paraguayan/Asuncion Peru/Peruvian/Lima Poland/Polish/Warsaw Portugal/Portuguese/Lisbon Qatar/Qatari/Doha Romania/Romanian/Bucharest
Russia/Russian/Moscow Rwanda/Rwandan/Kigali Senegal/Senegalese/Dakar Serbia/Serbian/Belgrade Slovakia/Slovak/Bratislava
Slovenia/Slovenian/Ljubljana Somalia/Somali/Mogadishu Spain/Spanish/Madrid Sudan/Sudanese/Khartoum Sweden/Swedish/Stockholm
Switzerland/Swiss/Bern Syria/Syrian/Damascus Tajikistan/Tajik/Dushanbe Tanzania/Tanzanian/Dodoma Thailand/Thai/Bangkok Togo/Togolese/Lome
Tunisia/Tunisian/Tunis Turkey/Turkish/Ankara Turkmenistan/Turkmen/Ashgabat Uganda/Ugandan/Kampala Ukraine/Ukrainian/Kyiv
Uruguay/Uruguayan/Montevideo Uzbekistan/Uzbek/Tashkent Venezuela/Venezuelan/Caracas Vietnam/Vietnamese/Hanoi Yemen/Yemeni/Sanaa
Zambia/Zambian/Lusaka Zimbabwe/Zimbabwean/Harare""".replace("\n", " ").split(" ") if s]
STATES = [tuple(p.replace("_", " ") for p in s) for s in STATES]

# Words that stand for each other well enough for the coder, one group a line.
WORDS = [g.split() for g in """
said stated added
officials authorities
government cabinet
soldiers troops
town city village
capital city
near outside
after following
while whereas
also
late early
last past
recent latest
several some many various
people residents civilians
police policemen
reporters journalists correspondents
talks negotiations discussions
agreement accord deal
attack raid assault
against
border frontier
north south east west
northern southern eastern western central
month week year
months weeks years days
morning evening afternoon
large big huge
small little minor
new fresh further
foreign
statement communique
meeting session gathering
minister official spokesman
company firm
court tribunal
men gunmen fighters
army military
killed
wounded injured hurt
accused blamed
denied rejected
road street highway
house building
three four five six seven eight nine eleven twelve
thousands hundreds dozens
first second third
leader chief head
members delegates
group organisation movement
support backing
would will
since
before until
more
weapons arms guns
demand call
plan proposal project
report account
began started
trade commerce
money funds cash
farmers traders workers miners teachers nurses drivers students
school hospital market port airport
rice maize wheat cotton fuel cement timber
province district region
because as
still
hospital clinic
""".strip().split("\n")]
SYNONYM = {w: g for g in WORDS if len(g) > 1 for w in g}
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
GIVEN = """Adil Amara Anton Asha Boris Carla Chen Dalia Daniel Elena Emil Fatou Farid Gita Goran Hana Hugo Idris Ines Ivan Jana Joel Kamal Karin
Kofi Lena Leon Luis Maja Marco Mina Musa Nadia Nils Nora Omar Oscar Paula Pavel Petra Rashid Rita Samir Sara Selim Sofia Tariq Tomas Vera
Viktor Wei Yara Yusuf Zainab Zoran""".split()
FAMILY = [a + b for a in "Bar Dal Fen Gor Hal Kar Lom Mar Nad Oster Pel Rad San Tor Val Wen Zor Kem Bil Tash".split()
          for b in "adze ani berg do ek enko ez ian ic ide ko man mba ner ova qui ri sen ski wa".split()]
PUBLISHERS = [f"{a} {b}" for b in "Wire Herald Times Courier News Post Gazette Tribune Observer Mail".split()
              for a in "Gulf Northern Delta Coastal Highland Capital River Union Island Eastern Harbour Plains Central Morning Evening".split()]

SLOT = re.compile("|".join((
    r"(?P<art>\b[Aa]n? )?\b(?P<people>" + "|".join(sorted((s[1] for s in STATES), key=len, reverse=True)) + r")\b",
    r"\b(?P<state>" + "|".join(sorted((s[0] for s in STATES), key=len, reverse=True)) + r")\b",
    r"\b(?P<capital>" + "|".join(sorted((s[2] for s in STATES), key=len, reverse=True)) + r")\b",
    r"\b(?P<monthday>(?:" + "|".join(MONTHS) + r") \d\d?)\b(?!,? \d{4})",
    r"\b(?P<weekday>" + "|".join(DAYS) + r")\b",
    r"\b(?P<year>(?:19|20)\d\d)\b",
    r"(?<![\d.,])(?P<number>[1-9]\d{0,2}(?:,\d{3})*)(?![\d.,]\d|\d)",
    r"\b(?P<word>" + "|".join(SYNONYM) + r")\b")))
INDEX = {name: i for i, s in enumerate(STATES) for name in s}
SPLIT = re.compile(r"(?<=[a-z\d)][.!?])\s+(?=[A-Z])|(?<=[.!?][\"”])\s+(?=[A-Z])")


def pieces(text, persons, year):
    """A sentence as a list: strings that stay, and slots (kind, of what)."""
    out, at = [], 0
    for m in SLOT.finditer(text):
        out.append(text[at:m.start()])
        kind = m.lastgroup
        if kind == "art":
            kind = "people"
        value = m[kind]
        if kind in ("state", "people", "capital"):
            article = "" if kind != "people" or not m["art"] else m["art"][0]
            out.append((kind, INDEX[value], article))
        elif kind == "monthday":
            out.append((kind, 0, ""))
        elif kind == "year":
            out.append((kind, int(value) - year, ""))
        elif kind == "number":
            out.append((kind, int(value.replace(",", "")), ""))
        else:
            out.append((kind, value, ""))
        at = m.end()
    out.append(text[at:])
    if not persons:
        return out
    full = []
    names = re.compile("|".join(r"\b" + re.escape(p) + r"\b" for p in persons))
    for p in out:
        if not isinstance(p, str):
            full.append(p)
            continue
        at = 0
        for m in names.finditer(p):
            full += [p[at:m.start()], ("person" if " " in m[0] else "family", persons[m[0]], "")]
            at = m.end()
        full.append(p[at:])
    return full


def load():
    """Stories of the corpus: (headline, sentences), each a list of pieces; sentences of 6 to 30 words."""
    stories = []
    for name in ("train.jsonl", "balance.jsonl"):
        for line in open(os.path.join(ROOT, "corpus", name), encoding="utf8"):
            d = json.loads(line)
            raw = d["text"].encode()
            full, persons = {}, {}
            for n in d["names"]:
                if n["type"] == "PER":
                    p = raw[n["begin"]:n["end"]].decode()
                    if " " in p and "\n" not in p:
                        full.setdefault(p.split()[-1], len(full))
                        persons[p] = full[p.split()[-1]]
            for n in d["names"]:
                p = raw[n["begin"]:n["end"]].decode()
                if n["type"] == "PER" and p in full:
                    persons[p] = full[p]
            persons = dict(sorted(persons.items(), key=lambda x: -len(x[0])))
            year = int(d["published"][:4])
            blocks = [" ".join(b.split()) for b in d["text"].split("\n\n")]
            sentences = []
            for b in blocks[1:]:
                if b[-1:] not in '.!?"”':
                    continue
                b = re.sub(r"^[A-Z][A-Z ,'/-]+(?:, [A-Z][a-z.]+ \d+)? ?(?:\([^)]*\))? ?[-–—] ?", "", b)
                sentences += [s for s in SPLIT.split(b) if 6 <= len(s.split()) <= 30 and s.count('"') % 2 == 0 and s[:1].isupper() and s[-1:] in '.!?"”']
            if len(sentences) > 3:
                stories.append((pieces(blocks[0][:120], persons, year), [pieces(s, persons, year) for s in sentences]))
    return stories


def name(rng):
    return rng.choice(GIVEN), rng.choice(FAMILY)


def write(rng, sentence, states, people, day):
    """The sentence with its slots filled: states in the order of this story's, persons by theirs."""
    out, order = [], {}
    for p in sentence:
        if type(p) is str:
            out.append(p)
            continue
        kind, what, article = p
        if kind == "word":
            v = rng.choice(SYNONYM[what])
        elif kind in ("state", "people", "capital"):
            s = STATES[states[order.setdefault(what, len(order)) % len(states)]]
            v = s[("state", "people", "capital").index(kind)]
            if article:
                v = article + ("n " if v[0] in "AEIO" else " ") + v
        elif kind in ("person", "family"):
            while what >= len(people):
                people.append(name(rng))
            v = people[what][1] if kind == "family" else " ".join(people[what])
        elif kind == "monthday":
            d = day - datetime.timedelta(rng.randrange(7))
            v = f"{MONTHS[d.month - 1]} {d.day}"
        elif kind == "weekday":
            v = rng.choice(DAYS)
        elif kind == "year":
            v = str(day.year + what)
        else:
            v = f"{max(2, round(what * rng.uniform(.5, 2))):,}"
        out.append(v)
    return "".join(out)


def synthesize(n, seed, years, least, most):
    rng = random.Random(seed)
    stories = load()
    political, rest = [], []
    for s in (s for story in stories for s in story[1]):
        (political if any(p[0] in ("state", "people", "capital") for p in s if type(p) is tuple) else rest).append(s)
    weights = [1 / (i + 2) for i in range(len(PUBLISHERS))] # a few papers print most
    weights = list(itertools.accumulate(weights))
    start, span = datetime.date(2014, 1, 1), round(years * 365.25)
    common = [rng.random() ** 2 for _ in STATES]            # some states are in the news more than others
    common = list(itertools.accumulate(common))
    recent = []
    for i in range(n):
        day = start + datetime.timedelta(i * span // n)
        publisher = PUBLISHERS[bisect.bisect(weights, rng.random() * weights[-1])]
        lot = rng.random()
        if recent and lot < .12:
            head, text, _, _, _ = recent[rng.randrange(len(recent))]
            head = rng.choice(("", "UPDATE: ", "Report: ")) + head + rng.choice(("", ", officials say", " - report"))
            if rng.random() < .3 and len(text) > 3:
                text = text[:-1]
        else:
            if recent and lot < .20:
                _, _, told, states, people = recent[rng.randrange(len(recent))]
                told = told[:2]
            else:
                told = []
                states = list({bisect.bisect(common, rng.random() * common[-1]) for _ in range(3)})
                people = []
            told = list(told)
            base = rng.choice(stories)
            want = rng.randint(least, most)
            at = rng.randrange(len(base[1]))
            told += base[1][at:at + 2]                       # two that belong together
            while len(told) < want:
                told.append(rng.choice(political if rng.random() < .8 else rest))
            text = [write(rng, s, states, people, day) for s in told]
            head = write(rng, base[0], states, people, day)
            recent.append((head, text, told, states, people))
            if len(recent) > 400:
                recent.pop(0)
        place = STATES[states[0]][2].upper() if lot >= .12 else rng.choice(STATES)[2].upper()
        body = f"{place}, {MONTHS[day.month - 1]} {day.day} ({publisher}) - " + text[0] + "\n\n" + "\n\n".join(text[1:])
        yield {"id": f"syn-{seed}-{i}", "title": head, "published": day.isoformat(), "publisher": publisher, "text": head + "\n\n" + body}


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    a.add_argument("n", type=int)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--years", type=float, default=10)
    a.add_argument("--sentences", default="3-6", help="fewest and most sentences of a story")
    a = a.parse_args()
    least, most = (int(x) for x in a.sentences.split("-"))
    try:
        for d in synthesize(a.n, a.seed, a.years, least, most):
            sys.stdout.write(json.dumps(d, ensure_ascii=False) + "\n")
    except BrokenPipeError:
        os.close(sys.stdout.fileno())


if __name__ == "__main__":
    main()
