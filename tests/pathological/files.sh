# Bad files: a message that names the file and the reason, exit status 1, the other files still coded.
. "$HERE/lib.sh"
echo "The foreign ministers of Peru and Chile met in Lima on Tuesday to discuss trade." >good.txt
: >empty.txt
mkdir folder
head -c 20000 /dev/urandom >noise.bin
printf '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0' >program
printf '%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n1 0 obj\n' >paper.pdf
for i in 1 2 3 4 5 6 7 8; do
    echo "Der Minister hat am Mittwoch in Berlin erklärt, dass die Regierung die Verhandlungen mit dem Nachbarland wieder aufnehmen wird und nicht länger auf eine Antwort wartet."
done >german.txt

bad() {
    run 1 page "$1" good.txt
    says err "^chancery: $1: $2"
    says out '"id":"good"'
}
bad empty.txt ".*"
mkdir -p none/none; run 0 page none good.txt; lines out 1
bad noise.bin ".*"
bad program ".*"
bad paper.pdf ".*"
run 1 code german.txt good.txt
says err "^chancery: german.txt: text is not in English"
says err "german.txt"
bad missing.txt "No such file"
lines out 1
printf '{"id": 1, "text": "Peru and Chile met in Lima on Tuesday."}\n{"id": 2, "text": \n[1, 2]\n{"id": 3}\n{"id": 4, "text": "Peru and Chile met in Lima on Tuesday."}\n' >records.jsonl
run 1 page records.jsonl
lines out 2
says err "records.jsonl:2: "
says err "records.jsonl:3: "
says err "records.jsonl:4: "
finish
