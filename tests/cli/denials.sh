# A denial is tied to the claim that it answers in another paper's story, whichever came first; to no other, however alike.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }
# Links between dispatches, as the records' own ids: DENIAL>CLAIM.
links() {
    ask "$1" "SELECT DISTINCT json_extract(p.given_id, '$') || '>' || json_extract(q.given_id, '$') FROM link k JOIN event a ON a.id = k.event JOIN event b ON b.id = k.other
        JOIN dispatch d ON d.id = a.dispatch JOIN dispatch c ON c.id = b.dispatch JOIN page p ON p.id = d.page JOIN page q ON q.id = c.page
        WHERE d.id <> c.id AND a.withdrawn_utc IS NULL AND b.withdrawn_utc IS NULL ORDER BY 1" | tr '\n' ' '
}

python3 - <<'P'
import json, random
stories = [
    # Troops over a border: told on Monday, denied on Wednesday. Another denial of the same government is about envoys.
    ("town", "Herald", "2024-03-04", "KINSHASA - Congo's army spokesman said Rwandan soldiers attacked Rubaya with artillery on Sunday."),
    ("town-no", "Morning Post", "2024-03-06", "KIGALI - Rwanda denied on Wednesday that its soldiers had attacked the town of Rubaya with artillery."),
    ("envoys-no", "Gazette", "2024-03-06", "KIGALI - Rwanda denied on Wednesday that it had expelled two Belgian diplomats."),
    # Drones: told twice, the later is the nearer. Others deny other deliveries, or are others.
    ("drones-early", "Wire One", "2024-07-20", "KYIV - Ukraine accused Iran of supplying attack drones to Russia, saying hundreds had arrived in June."),
    ("drones", "Wire Two", "2024-08-01", "WARSAW - Poland said Iran supplied attack drones to Russia."),
    ("drones-no", "Wire Three", "2024-08-03", "TEHRAN - Iran denied that it had supplied attack drones to Russia."),
    ("food-no", "Wire Three", "2024-08-03", "TEHRAN - Iran denied that it had supplied food to Syria."),
    ("belarus-no", "Wire Three", "2024-08-04", "MINSK - Belarus denied that it had supplied attack drones to Russia."),
    # Too long ago.
    ("navy", "Observer", "2024-01-05", "COLOMBO - Fishermen said the Indian navy fired on their boats near Mannar on Thursday."),
    ("navy-no", "Observer", "2024-06-05", "NEW DELHI - India denied that its navy had fired on fishing boats near Mannar."),
    # What an army says of itself is not what it denies; what is said of it is.
    ("school", "Wire One", "2024-10-01", "TEL AVIV - The Israeli army said it had bombed a school in Tyre on Monday."),
    ("hospital", "Wire Two", "2024-10-02", "BEIRUT - Lebanon's health ministry said Israel bombed a hospital in Tyre on Tuesday."),
    ("hospital-no", "Wire Two", "2024-10-03", "TEL AVIV - The Israeli army denied that it had bombed a hospital in Tyre."),
    # The same wire in two papers: one does not answer the other.
    ("wire", "Courier", "2024-11-04", "ACCRA - Ghana said Togo arrested three customs officers at Aflao on Sunday. Togo denied that it had arrested any customs officers at Aflao, and its interior minister told reporters in Lome "
     "that the post had been closed for repairs since the end of October and that nobody had been there to be arrested by anybody."),
]
lines = [json.dumps({"id": i, "publisher": p, "published": d, "text": t}) + "\n" for i, p, d, t in stories]
lines.append(lines[-1].replace("Courier", "Dispatch").replace('"wire"', '"wire-copy"'))
open("in.jsonl", "w").writelines(lines)
open("reverse.jsonl", "w").writelines(reversed(lines))
random.Random(7).shuffle(lines)
open("mixed.jsonl", "w").writelines(lines)
open("no-drones.jsonl", "w").writelines(l for l in lines if '"drones"' not in l)
P
want='drones-no>drones hospital-no>hospital town-no>town '
for order in in reverse mixed; do
    run 0 add $order.db $order.jsonl
    [ "$(links $order.db)" = "$want" ] || fail "$order: $(links $order.db)"
done

# One added at a time, the claims last.
tac in.jsonl | while read -r line; do echo "$line" >one.jsonl && "$CHANCERY" add -q slow.db one.jsonl >/dev/null 2>&1; done
[ "$(links slow.db)" = "$want" ] || fail "one at a time: $(links slow.db)"

# What is denied elsewhere is contested, with who denies it; what is not is not.
[ "$(ask in.db "SELECT denied_by FROM contested WHERE asserted_by LIKE '%Poland%'")" = Iran ] || fail "$(ask in.db 'SELECT * FROM contested')"
run 0 query in.db type:AID contested:yes --format jsonl
says out Poland
grep -q Ukraine out && fail "the earlier claim is contested too"
run 0 query in.db source:IND contested:yes --format jsonl
empty out

# The claim is forgotten: the denial answers the one before.
run 0 forget in.db "$(ask in.db "SELECT d.id FROM dispatch d JOIN page p ON p.id = d.page WHERE json_extract(p.given_id, '$') = 'drones'")"
run 0 add less.db no-drones.jsonl
[ "$(links in.db)" = 'drones-no>drones-early hospital-no>hospital town-no>town ' ] || fail "after forgetting: $(links in.db)"
[ "$(links in.db)" = "$(links less.db)" ] || fail "not as if it had not been there: $(links less.db)"
# The denial is: nobody denies it any more.
run 0 forget in.db "$(ask in.db "SELECT d.id FROM dispatch d JOIN page p ON p.id = d.page WHERE json_extract(p.given_id, '$') = 'drones-no'")"
[ "$(ask in.db "SELECT count(*) FROM contested WHERE asserted_by LIKE '%Ukraine%'")" = 0 ] || fail "contested still"
[ "$(ask in.db "SELECT sum(contested) FROM incident i JOIN event e ON e.id = i.first_event JOIN participant p ON p.event = e.id WHERE p.country = 'RUS' AND e.status = 'claimed'")" = 0 ] ||
    fail "its incident is contested still"

# Read again with other tables, the links are those of the events that are there now.
printf 'names\twhat\tcountry\tsectors\tname\tid\nIran\tstate\tAUT\tGOV\tIran\tIRN\n' >own.tsv
run 0 recode mixed.db --actors own.tsv
run 0 add other.db mixed.jsonl --actors own.tsv
[ "$(links mixed.db)" = "$(links other.db)" ] || fail "recoded: $(links mixed.db), not $(links other.db)"
run 0 recode mixed.db
[ "$(links mixed.db)" = "$want" ] || fail "recoded back: $(links mixed.db)"
finish
