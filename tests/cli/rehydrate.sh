# A record brought back without the publishers' words gets them from the user's own copies of the pages, and is then as it was; what does not fit is
# refused, what is missing is told.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

cp "$ROOT"/samples/port-strike.txt "$ROOT"/samples/fisheries-two-stories.txt "$ROOT"/samples/ministers-visit.html .
cat >in.jsonl <<'J'
{"id": "a", "published": "2024-01-10", "publisher": "Post", "title": "Smuggling row", "text": "NAIROBI, Jan 10 (Reuters) - Kenya accused Uganda of smuggling on Tuesday, the Kenyan foreign minister said. Uganda denied it.\n\nUganda expelled two Kenyan diplomats in Kampala on Monday."}
{"id": "b", "published": "2024-01-10", "publisher": "Herald", "text": "Senegal condemned Mauritania on Tuesday."}
J
run 0 add a.db in.jsonl -- *.txt *.html
for format in csv jsonl; do
    rm -rf b.db* bare want have
    run 0 export a.db --format $format --out want
    run 0 export a.db --format $format --no-text --out bare
    run 0 import b.db bare
    [ "$(ask b.db "SELECT count(*) FROM dispatch_fts WHERE dispatch_fts MATCH 'smuggling'")" = 0 ] || fail "there are words before there should be"
    run 0 rehydrate b.db in.jsonl port-strike.txt "$ROOT"/samples/border-talks.txt
    says out '^3 pages filled, with 3 stories and [0-9]* events; 0 refused, 1 not asked for; 2 pages with [0-9]* events missing'
    [ "$(grep -c '^missing [0-9a-f]\{32\}, [0-9]* events' out)" = 2 ] || fail "what is missing is not listed"
    run 0 rehydrate b.db in.jsonl -- *.txt *.html
    says out '^2 pages filled.* 0 pages with 0 events missing'
    empty err
    [ "$(ask b.db "SELECT count(*) > 0 FROM dispatch_fts WHERE dispatch_fts MATCH 'smuggling'")" = 1 ] || fail "$format: nothing is found by its words"
    [ "$(ask b.db "SELECT count(*) FROM event e JOIN participant p ON p.event = e.id JOIN dispatch d ON d.id = e.dispatch WHERE p.\"end\" > p.begin AND
          p.text <> CAST(substr(CAST(d.text AS BLOB), p.begin - d.begin + 1, p.\"end\" - p.begin) AS TEXT)")" = 0 ] || fail "$format: other words stand at the offsets"
    [ "$(ask b.db "SELECT count(*) FROM dispatch WHERE text = ''")" = 0 ] || fail "$format: a story has no text"
    run 0 export b.db --format $format --out have
    if [ $format = jsonl ]; then cmp want/events.jsonl have/events.jsonl || fail "the record is not as it was"; fi
    run 0 query b.db smuggling --format jsonl
    [ -s out ] || fail "$format: no event is found by a word of its story"
    run 0 rehydrate b.db in.jsonl
    says out '^0 pages filled'
done
# Now it can be coded again: by the same engine everything is as before.
run 0 recode b.db
says out '^5 pages read, 0 refused; 0 events added, 0 withdrawn'

# A text that is not what was exported.
rm -rf c.db* bare
run 0 export a.db --format jsonl --out full
python3 - <<'P'
import json
rows = [json.loads(l) for l in open("full/events.jsonl", encoding="utf-8")]
for r in rows:
    if "smuggling" in (r["evidence"] or ""): r["evidence"] = "Other words."
open("wrong.jsonl", "w", encoding="utf-8").writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
P
run 0 import c.db wrong.jsonl
run 1 rehydrate c.db in.jsonl
says err 'in.jsonl:1: does not fit what is on record: other words stand in the text'
says out '^1 pages filled.* 1 refused'
[ "$(ask c.db "SELECT count(*) FROM dispatch_fts WHERE dispatch_fts MATCH 'tuesday'")" = 1 ] || fail "something of a page that was refused is there"

# Another paper's copy, or other metadata, is another page.
sed 's/"Herald"/"Times"/' in.jsonl >other.jsonl
rm -rf d.db*
run 0 export a.db --no-text --out bare
run 0 import d.db bare
run 0 rehydrate d.db other.jsonl
says out '^1 pages filled.* 1 not asked for; 4 pages'
run 2 rehydrate d.db
run 1 rehydrate none.db in.jsonl
run 1 rehydrate d.db nowhere.txt
finish
