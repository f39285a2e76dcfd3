# The output is the same whatever the threads, and comes in the order of the input.
. "$HERE/lib.sh"
for i in $(seq 300); do
    printf '{"id": %d, "published": "2024-03-05", "text": "Kenya and Uganda held talks in Nairobi on Monday. A minister said the two countries would sign %d agreements."}\n' "$i" "$i"
done >many.jsonl
run 0 code --threads 1 many.jsonl
mv out one
run 0 code --threads 7 many.jsonl
cmp -s one out || fail "one thread and seven threads differ"
run 0 page --threads 7 many.jsonl
grep -o '"id":[0-9]*' out | cut -d: -f2 >ids
seq 300 | cmp -s - ids || fail "records are out of order"
finish
