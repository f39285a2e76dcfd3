"""The codes that marks may use: PLOVER's types and modes, sectors, countries, statuses with their rules."""
import csv, os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

MODES = {
    "AGREE": "", "CONSULT": "visit third-party multilateral phone", "SUPPORT": "", "CONCEDE": "", "COOPERATE": "", "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign", "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege", "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize", "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons "
               "crowd-control unconventional",
}
MODES = {t: m.split() for t, m in MODES.items()}
SECTORS = set("GOV MIL COP JUD LEG SPY PTY OPP REB PRM UAF CRM CVL ELI REF LAB BUS JRN EDU MED REL SOC AGR".split())
NAMES = {"P": "PER", "O": "ORG", "L": "LOC", "N": "NORP"}
STANCES = ("asserts", "denies", "admits", "doubts")
TIMEX = ("DATE", "TIME", "DURATION", "SET")

# Status: the rules of docs/codebook/status.md that may decide for it.
WHY = {
    "reported": "told outlet own-speech-act speech-act dated-by given",
    "claimed": "claimed hedged accusation doubted quoted named",
    "admitted": "admitted",
    "denied": "denied own-denial tied",
    "disputed": "tied crossed",
    "planned": "planned dated-ahead promised",
    "possible": "possible demanded threatened not-said",
    "negated": "negated",
}
WHY = {s: w.split() for s, w in WHY.items()}
RULES = {w for v in WHY.values() for w in v}
SPEECH_ACTS = {"AGREE", "REQUEST", "THREATEN", "REJECT", "ACCUSE", "SUPPORT", "CONCEDE"}  # may have content (in=)

NOT_STATES = {"IGO", "NGO", "MNC", "ISM", "UNK"}
# ISO 3166-1 codes of dependencies, good for places; as actors they take the code of the state that controls them.
DEPENDENCIES = set("ABW AIA ALA ASM ATA BES BLM BMU CCK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM IMN JEY MAC MAF MNP MSR MTQ MYT NCL "
                   "NFK PCN PRI PYF REU SHN SJM SPM SXM TCA TKL VGB VIR WLF".split())


def countries():
    """Codes of states, living and dissolved: those that the actor tables know."""
    codes = set()
    for name in ("states.tsv", "names.tsv"):
        with open(os.path.join(ROOT, "data/actors", name), encoding="utf8", newline="") as f:
            for row in csv.reader((l for l in f if not l.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) > 2 and len(row[2]) == 3 and row[2].isupper():
                    codes.add(row[2])
    return codes - NOT_STATES


STATES = countries()
