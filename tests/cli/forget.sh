# What is forgotten is gone from the file, is not taken again, and leaves the rest as if it had not been there.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

python3 - <<'P'
import json
story = "DAKAR, 5 May 2021 - The Senegalese government condemned Mauritania on Tuesday over the seizure of two fishing boats. " \
        "Police in Dakar arrested twelve fishermen after a protest in the port. Opposition leader Zebulon Quarshie accused the minister of lying. " \
        "Mauritania and Senegal signed an agreement on fisheries in Nouakchott last week, the ministry said in a statement to reporters."
with open("pages.jsonl", "w") as f:
    for i, publisher in enumerate(("First Post", "Second Post", "Third Post")):
        print(json.dumps({"id": str(i), "publisher": publisher, "published": f"2021-05-0{5 + i // 2}", "text": story}), file=f)
    print(json.dumps({"id": "3", "publisher": "Third Post", "published": "2021-05-05", "text": "NAIROBI - Kenya expelled the envoy of Somalia on Tuesday. Wilhelmina Ondiekissimo criticised the "
                      "move. Somalia recalled its ambassador from Nairobi."}), file=f)
with open("three.jsonl", "w") as f: f.writelines(open("pages.jsonl").readlines()[1:])
P
run 0 add a.db pages.jsonl
[ "$(ask a.db 'SELECT count(*), count(DISTINCT original) FROM copy')" = '3|1' ] || fail "the copies are not found"
key=$(ask a.db 'SELECT key FROM event WHERE dispatch = 4 LIMIT 1')
run 0 correct a.db "$key@4" right --note 'Xylographic'

run 0 forget a.db 4
says out '^1 dispatch forgotten'
cat a.db* >bytes
grep -aqi 'ondiekissimo\|nairobi - kenya expelled\|xylographic' bytes && fail "what was forgotten is still in the file"
[ "$(ask a.db 'SELECT count(*) FROM dispatch WHERE id = 4')$(ask a.db 'SELECT count(*) FROM verdict')$(ask a.db "SELECT count(*) FROM dispatch_fts WHERE dispatch_fts MATCH 'somalia'")" = 000 ] || fail "rows are left"
run 0 add a.db pages.jsonl
says err 'pages.jsonl:4: note: passed over, for it has been forgotten'
says out ' 0 events added'
run 0 recode a.db
says out ' 0 events added, 0 withdrawn'

# The original of a group of copies: the group and the incidents go on as if it had never been there.
run 0 forget a.db 1
head -3 three.jsonl | head -2 >two.jsonl
run 0 add b.db two.jsonl
for q in 'SELECT count(*), count(DISTINCT original) FROM copy' 'SELECT (SELECT min(fold) FROM incident_event WHERE incident = i.id), n_events, n_dispatches, n_publishers, n_voices, contested, date_begin FROM incident i ORDER BY 1, 2, 7' 'SELECT key, name FROM actor ORDER BY 1'; do
    [ "$(ask a.db "$q")" = "$(ask b.db "$q")" ] || fail "not as if it had not been there: $q"
done
run 0 forget a.db 2
[ "$(ask a.db 'SELECT count(*) FROM copy')" = 0 ] || fail "one story alone is a group of copies"
ask a.db 'PRAGMA integrity_check' >check
says check '^ok'
ask a.db 'PRAGMA foreign_key_check' >check
empty check
ask a.db "INSERT INTO dispatch_fts (dispatch_fts) VALUES ('integrity-check')"

[ "$(ask a.db "SELECT count(*) FROM sketch_key WHERE dispatch NOT IN (SELECT id FROM dispatch)")" = 0 ] || fail "a story that is forgotten is still looked for"

# One story of several only with the others.
run 0 add c.db "$ROOT"/samples/*.html
several=$(ask c.db 'SELECT min(id) FROM dispatch GROUP BY page HAVING count(*) > 1 LIMIT 1')
if [ -n "$several" ]; then
    run 2 forget c.db "$several"
    says err 'other.*--page'
    run 0 forget c.db "$several" --page
fi
run 2 forget c.db 999999
says err 'there is no dispatch 999999'
run 2 forget c.db one
run 2 forget c.db
finish
