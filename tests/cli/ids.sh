# What a dispatch is called: its id as given, else the file's name less its last ending, stdin, or NAME:LINE.
. "$HERE/lib.sh"
s="The foreign ministers of Peru and Chile met in Lima on Tuesday to discuss trade."
echo "$s" >report.v2.txt
printf '{"id": "seven", "text": "%s"}\n\n{"id": 7, "text": "%s"}\n{"text": "%s"}\n' "$s" "$s" "$s" >records.jsonl
run 0 page report.v2.txt
says out '"dispatch":{"id":"report.v2","article":0}'
run 0 page records.jsonl
lines out 3
says out '"id":"seven"'
says out '"id":7,'
says out '"id":"records.jsonl:4"'
timeout 10 "$CHANCERY" page - <report.v2.txt >out
says out '"id":"stdin"'
timeout 10 "$CHANCERY" page <records.jsonl >out
says out '"id":"stdin:4"'
finish
