# The layouts of ICEWS, POLECAT and Phoenix: their columns, one source and one target a row where they have it so, states in three schemes beside.
. "$HERE/lib.sh"

cat >in.jsonl <<'J'
{"id": "a", "published": "2024-01-10", "publisher": "Post", "url": "https://example.org/a", "text": "Kenya and Tanzania accused Uganda and Rwanda of smuggling on Tuesday. The army said on Monday it was ready.\n\nUganda expelled two Kenyan diplomats on Tuesday, its foreign ministry said. Burundi may close its border next week."}
{"id": "b", "published": "2024-01-10", "publisher": "Herald", "url": "https://example.org/b", "text": "A second paper tells of it in other words.\n\nUganda expelled two Kenyan diplomats in Kampala on Tuesday. Nurses went on strike in Nairobi."}
J
run 0 add a.db in.jsonl
for format in icews polecat phoenix csv; do run 0 export a.db --format $format --out $format; done
python3 - <<'P' || fail "a layout is not what others read"
import collections, csv, json
columns = {
    "icews": "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|"
             "District|Province|Country|Latitude|Longitude",
    "polecat": "Event ID|Event Date|Event Type|Event Mode|Event Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|"
               "Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|"
               "City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version",
    "phoenix": "EventID|Date|Year|Month|Day|SourceActorFull|SourceActorEntity|SourceActorRole|SourceActorAttribute|TargetActorFull|TargetActorEntity|TargetActorRole|TargetActorAttribute|"
               "EventCode|EventRootCode|PentaClass|GoldsteinScore|Issues|Lat|Lon|LocationName|StateName|CountryCode|SentenceID|URLs|NewsSources",
}
files = {"icews": "events.tab", "polecat": "polecat.txt", "phoenix": "events.full.txt"}
rows, codes = {}, {}
for k, names in columns.items():
    names = names.split("|")
    lines = open(f"{k}/{files[k]}", encoding="utf-8").read().split("\n")
    assert lines.pop() == ""
    if k != "phoenix": assert lines.pop(0).split("\t") == names, k
    assert all(l.count("\t") == len(names) - 1 for l in lines), k
    rows[k] = [dict(zip(names, l.split("\t"))) for l in lines]
    package = json.load(open(f"{k}/datapackage.json"))
    assert [f["name"] for f in package["resources"][0]["schema"]["fields"]] == names and package["resources"][0]["rows"] == len(lines)
    assert package["resources"][0]["dialect"]["header"] == (k != "phoenix") and package["exported_by"]["data"] and package["codebook"]["version"]
    assert open(f"{k}/CITATION.cff").read().startswith("cff-version")
    codes[k] = list(csv.DictReader(open(f"{k}/codes.csv", newline="", encoding="utf-8")))
own = {r["event"]: r for r in csv.DictReader(open("csv/events.csv", newline="", encoding="utf-8"))}

# ICEWS and Phoenix: each pair its own row, with a number of its own; what may be or is only planned is not told.
pair = {(r["Source Country"], r["Target Country"]) for r in rows["icews"] if r["CAMEO Code"].startswith("11")}
assert pair == {(a, b) for a in ("Kenya", "Tanzania") for b in ("Uganda", "Rwanda")}, pair
for k, id in (("icews", "Event ID"), ("phoenix", "EventID"), ("polecat", "Event ID")):
    assert len({r[id] for r in rows[k]}) == len(rows[k]) and {c["row"] for c in codes[k]} == {r[id] for r in rows[k]}, k
    assert all(own[c["event"]]["status"] == c["status"] and c["status"] in ("reported", "claimed", "admitted") for c in codes[k])
assert not any("Burundi" in (r["Source Country"], r["Target Country"]) for r in rows["icews"])
for c in codes["icews"]: assert {"KEN": ("501", "501"), "TZA": ("510", "510"), "UGA": ("500", "500"), "RWA": ("517", "517")}[c["source_iso"]] == (c["source_cow"], c["source_gw"])
r = next(r for r in rows["icews"] if r["CAMEO Code"].startswith("11"))
assert (r["Event Date"], r["Sentence Number"], r["Publisher"]) == ("2024-01-09", "1", "Post") and float(r["Intensity"]) == -2 and r["Event Text"] and r["Story ID"].isdigit()
out = [r for r in rows["icews"] if (r["Source Country"], r["Target Country"]) == ("Uganda", "Kenya") and float(r["Intensity"]) < 0]
assert len(out) == 2 and {r["Publisher"] for r in out} == {"Post", "Herald"} and any(r["City"] == "Kampala" and r["Country"] == "Uganda" for r in out), out

# Phoenix: one row a day, source, target and code, whoever tells it.
p = [r for r in rows["phoenix"] if (r["SourceActorEntity"], r["TargetActorEntity"]) == ("UGA", "KEN") and r["PentaClass"] in "34"]
assert len(p) == 1 and p[0]["URLs"] == "https://example.org/a;https://example.org/b" and p[0]["NewsSources"] == "Post;Herald" and p[0]["SentenceID"].count(";") == 1, p
assert len([c for c in codes["phoenix"] if c["row"] == p[0]["EventID"]]) == 2
assert p[0]["Date"] == p[0]["Year"] + p[0]["Month"] + p[0]["Day"] == "20240109" and all(r["EventCode"].startswith(r["EventRootCode"]) for r in rows["phoenix"])
assert all(r["SourceActorFull"].startswith(r["SourceActorEntity"]) for r in rows["phoenix"])

# POLECAT: one row an event, its actors side by side, None where nothing is known.
assert len(rows["polecat"]) == len({c["event"] for c in codes["polecat"]})
r = next(r for r in rows["polecat"] if r["Event Type"] == "ACCUSE" and "KEN" in r["Actor Country"])
assert (r["Actor Country"], r["Recipient Country"], r["Actor COW"], r["Quad Code"]) == ("KEN; TZA", "UGA; RWA", "501; 510", "VERBAL CONFLICT"), r
assert r["Wikipedia Actor ID"] == "None" and "" not in r.values() and r["Version"].startswith("Chancery ") and r["Publication Date"] == "2024-01-10"
P

# What the publishers wrote is left out here too.
for format in icews polecat phoenix; do
    run 0 export a.db --no-text --format $format --out "bare-$format"
    grep -rEq 'smuggling|army said|Kenyan diplomats in' "bare-$format" && fail "$format: words of the publisher's in spite of --no-text"
done
run 0 export a.db --no-text --format polecat --out bare
python3 -c 'import csv; rows = list(csv.DictReader(open("bare/polecat.txt"), delimiter="\t")); assert rows and {r["Actor Name Raw"] for r in rows} == {"None"} and any(r["Actor Name"] != "None" for r in rows)' ||
    fail "POLECAT's raw names are there in spite of --no-text"
finish
