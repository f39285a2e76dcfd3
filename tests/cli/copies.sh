# One wire in several papers is one text; a notice by form is another text each time, though its words are the same.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

python3 - >news.jsonl <<'P'
import json
help_ = ("The central bank of Zubrovia said it lent the money market {0} million crowns against bills of the treasury on the day. Dealers said overnight money stood at {1} percent "
         "when the bank went into the market in the usual way, and that a like amount would fall due by the end of the week.")
wire = ("The harbour workers of Port Lavaca ended a strike of {0} days after the government of Zubrovia had promised them a rise of 7.5 percent. The union's leader, Ilse Marten, said that "
        "ships would be unloaded again from Thursday. Some 40 freighters were waiting in the roads. The finance minister called the agreement dear but right.")
fund = "The {0} Fund pays 7.1 cents a share on March 31 to those who hold shares on March 16."
rows = [("help1", "2021-03-01", help_.format(250, "6-3/16")), ("help2", "2021-03-03", help_.format(410, "5-7/8")), ("help3", "2021-04-12", help_.format(250, "6-3/16")),
        ("help4", "2021-03-15", "LAVACA, March 15 - " + help_.format(250, "6-3/16")),
        ("wire1", "2021-03-05", wire.format(12)), ("wire2", "2021-03-06", "Strike ends\n\n" + wire.format(12).replace("harbour", "harbor").replace("called the agreement dear but right", "was content")),
        ("wire3", "2021-03-06", wire.format("twelve")), ("fund1", "2021-03-09", fund.format("Copper River Bond")), ("fund2", "2021-03-09", fund.format("High Meadow Income"))]
for i, day, text in rows: print(json.dumps({"id": i, "published": day, "text": text}))
P
run 0 add r.db news.jsonl
ask r.db "SELECT group_concat(i, ' ') FROM (SELECT json_extract(p.given_id, '\$') AS i, c.original AS o FROM copy c JOIN dispatch d ON d.id = c.dispatch JOIN page p ON p.id = d.page ORDER BY d.id) GROUP BY o ORDER BY 1" >groups
printf 'help1 help3\nwire1 wire2 wire3\n' | cmp -s - groups || fail "not the groups that a reader makes: $(cat groups)"

finish
