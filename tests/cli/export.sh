# Exports: the columns of the formats, the same events in each, nothing of the publishers' words where they are not wanted, no formulas.
. "$HERE/lib.sh"

cat >in.jsonl <<'J'
{"id": "a", "published": "2024-01-10", "publisher": "=Post", "url": "https://example.org/a", "title": "=1+1 in Nairobi", "text": "Kenya's foreign minister met his counterpart from Uganda in Nairobi on Tuesday.\n\nUganda expelled two Kenyan diplomats on Monday."}
{"id": "b", "published": "2024-04-20", "publisher": "Herald", "text": "Senegal and Mauritania signed an agreement on fisheries on Friday. Mauritania will reopen its port next week."}
{"id": "c", "published": "1985-04-21", "publisher": "Herald", "text": "West Germany condemned Uganda on Saturday."}
J
run 0 add a.db in.jsonl
run 0 query a.db --format jsonl
events=$(wc -l <out)
run 0 export a.db --out c
run 0 export a.db --out j --format jsonl
run 0 export a.db --out p --format plover
run 0 export a.db --out g --format gdelt
EVENTS=$events python3 - <<'P' || fail "the exports are not in order"
import csv, json, os
n = int(os.environ["EVENTS"])
rows = list(csv.DictReader(open("c/events.csv", newline="", encoding="utf-8")))
lines = [json.loads(l) for l in open("j/events.jsonl")]
plover = [json.loads(l) for l in open("p/plover.jsonl")]
assert n > 3 and len(rows) == len(lines) == len(plover) == n, (n, len(rows), len(lines), len(plover))
for r, l in zip(rows, lines):
    assert list(l)[:len(r)] == list(r)
    for k, v in list(l.items())[:len(r)]:
        if isinstance(v, str): assert r[k] in (v, "'" + v), (k, v, r[k])
        elif v is None: assert r[k] == ""
        else: assert abs(float(r[k]) - v) < 1e-4, (k, v, r[k])
for r in rows:
    for k, v in r.items(): assert v[:1] not in "=+@\t\r" or v == "", (k, v)
assert {r["publisher"] for r in rows} == {"'=Post", "Herald"} and any(r["title"] == "'=1+1 in Nairobi" for r in rows)
assert any(float(r["intensity"]) < 0 for r in rows)
codes = {r[s + "_country"]: (r[s + "_cow"], r[s + "_gw"]) for r in rows for s in ("source", "target")}
assert codes["KEN"] == ("501", "501") and codes["SEN"] == ("433", "433") and codes["UGA"] == ("500", "500"), codes
old = [r for r in rows if r["date_begin"] < "1990"]
assert old and old[0]["source_cow"] == "260" and old[0]["source_gw"] == "260", old # the Federal Republic, not Germany's 255 of today
for p in plover: assert {"id", "date", "actor", "recipient", "event", "quad_code", "text", "cite_info"} <= set(p) and p["cite_info"]["version"]
assert any(a.get("cow") == 501 for p in plover for a in p["actor"] + p["recipient"])

who = lambda k: [f"Actor{k}{f}" for f in "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()]
geo = lambda k: [f"{k}Geo_{f}" for f in "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()]
want = ["GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"] + who(1) + who(2) + \
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone".split() + geo("Actor1") + geo("Actor2") + geo("Action") + ["DATEADDED", "SOURCEURL"]
assert len(want) == 61
package = json.load(open("g/datapackage.json"))
fields = {r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
assert fields["export.CSV"] == want
assert fields["mentions.CSV"] == ("GlobalEventID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset "
    "ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras").split()
table = lambda f: [dict(zip(fields[f], l.rstrip("\n").split("\t"))) for l in open("g/" + f, encoding="utf-8")]
for f in ("export.CSV", "mentions.CSV"):
    for l in open("g/" + f, encoding="utf-8"): assert l.count("\t") == len(fields[f]) - 1
e, m = table("export.CSV"), table("mentions.CSV")
done = [r for r in rows if r["status"] in ("reported", "claimed", "admitted")]
assert len(m) == len(done) and len(done) < n and len({r["incident"] for r in done}) == len(e)
assert {r["GlobalEventID"] for r in e} == {r["GlobalEventID"] for r in m}
r = next(r for r in e if r["Actor1CountryCode"] == "UGA" and r["QuadClass"] in "34")
assert r["Day"] == "20240108" and r["MonthYear"] == "202401" and r["FractionDate"] == "2024.1041" and r["SOURCEURL"] == "https://example.org/a", r
assert r["EventCode"].startswith(r["EventBaseCode"]) and r["EventBaseCode"].startswith(r["EventRootCode"]) and len(r["EventRootCode"]) == 2
assert {r["IsRootEvent"] for r in e} == {"0", "1"} and all((r["SentenceID"] == "1") == (next(x for x in e if x["GlobalEventID"] == r["GlobalEventID"])["IsRootEvent"] == "1") for r in m)
assert float(next(r for r in e if r["EventRootCode"] == "11")["GoldsteinScale"]) == -2
assert any(r["ActionGeo_CountryCode"] == "KE" and r["ActionGeo_Type"] == "4" for r in e), [r for r in e]

own = json.load(open("c/datapackage.json"))
assert [f["name"] for f in own["resources"][0]["schema"]["fields"]] == list(rows[0])
for p in (package, own):
    assert p["exported_by"]["engine"] and p["exported_by"]["data"] and p["coded_by"][0]["data"] and p["codebook"]["version"]
P
says c/CITATION.cff '^version: "engine [0-9.]*, data [0-9a-f]*"'

# Nothing of the publishers' words, but where they are.
for format in csv jsonl plover gdelt; do
    run 0 export a.db --no-text --format $format --out "bare-$format"
    grep -rEq 'expelled|condemned|fisheries|1\+1' "bare-$format" && fail "$format: words of the publisher's in spite of --no-text"
    [ "$(cat "bare-$format"/* | wc -l)" -gt 3 ] || fail "$format: nothing there"
done
python3 - <<'P' || fail "what is left does not lead to the words"
import csv, json
a, b = (list(csv.DictReader(open(f, newline=""))) for f in ("c/events.csv", "bare-csv/events.csv"))
for x, y in zip(a, b, strict=True):
    assert all(x[k] == y[k] for k in x if k.endswith(("_begin", "_end")) or k == "dispatch_hash") and y["evidence"] == "" and len(y["dispatch_hash"]) == 32
assert json.load(open("bare-csv/datapackage.json"))["text"] is False
P

run 0 export a.db type:AGREE --out few
[ "$(wc -l <few/events.csv)" -lt $((events + 1)) ] || fail "the terms do not narrow"
run 0 export a.db --as-of 2001-01-01 --out none
lines none/events.csv 1
run 2 export a.db
says err 'out DIR is wanted'
run 2 export a.db colour:red --out wrong
[ -e wrong ] && fail "a wrong expression leaves files"
run 2 export a.db --format xml --out wrong
run 1 export none.db --out wrong
run 1 export a.db --out /nowhere/at/all
finish
