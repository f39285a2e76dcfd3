# Pages come as files, folders, JSON Lines, CSV, archives and WARC; each gives what the page itself gives, and faults name file and place.
. "$HERE/lib.sh"
cp "$ROOT"/samples/*.txt .
rm -f README*
sum() { python3 -c 'import json, sys
for l in sys.stdin:
    e = json.loads(l); print(e["type"], e["evidence"]["text"])' | sort; }
"$CHANCERY" code -q -- *.txt | sum >want
[ -s want ] || fail "the samples have no events"
same() { sum <out | cmp -s - want || fail "$1 does not give what the pages give"; }

mkdir -p pages/deeper pages/.hidden
cp *.txt pages/
mv pages/port-strike.txt pages/deeper/
cp border-talks.txt pages/.hidden/
echo 'int main;' >pages/program.c
run 0 code pages
same "a folder"
says err "pages: note: 1 files passed over"
run 0 code -q pages/
same "a folder with a stroke"

python3 - *.txt <<'P'
import csv, gzip, io, json, sys, tarfile, zipfile
pages = [(n, open(n).read()) for n in sys.argv[1:]]
with open("pages.csv", "w", newline="") as f:
    w = csv.writer(f); w.writerow(["Id", "unused", "TEXT", "publisher"])
    for n, t in pages: w.writerow([n, 'a "quoted", cell', t, "The Daily"])
lines = "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in pages)
gzip.open("pages.jsonl.gz", "wt").write(lines)
half = len(pages) // 2
with open("two.jsonl.gz", "wb") as f: # two members one behind the other are one file
    cut = lines.index("\n", len(lines) // 2) + 1
    f.write(gzip.compress(lines[:cut].encode())); f.write(gzip.compress(lines[cut:].encode()))
with zipfile.ZipFile("pages.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for n, t in pages: z.writestr("folder/" + n, t)
with tarfile.open("pages.tar.gz", "w:gz") as z:
    for n, t in pages:
        i = tarfile.TarInfo(n); i.size = len(t.encode()); z.addfile(i, io.BytesIO(t.encode()))
def record(kind, uri, body):
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"
def answer(t, more="", status="200 OK", type="text/plain; charset=utf-8"):
    return f"HTTP/1.1 {status}\r\nContent-Type: {type}\r\n{more}\r\n".encode() + t
warc = record("warcinfo", "", b"software: none\r\n")
for i, (n, t) in enumerate(pages):
    body = t.encode()
    if i == 1: warc += record("response", f"https://paper.example/{n}/", answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), "Transfer-Encoding: chunked\r\n"))
    elif i == 2: warc += record("resource", f"https://paper.example/{n}", body)
    else: warc += record("response", f"https://paper.example/{n}", answer(body))
    warc += record("request", f"https://paper.example/{n}", b"GET / HTTP/1.1\r\n\r\n")
warc += record("response", "https://paper.example/logo.png", answer(b"\x89PNG", type="image/png"))
warc += record("response", "https://paper.example/gone", answer(b"Gone.", status="404 Not Found"))
open("pages.warc", "wb").write(warc)
gzip.open("pages.warc.gz", "wb").write(warc)
open("cut.warc", "wb").write(warc[:len(warc) * 2 // 3])
z = open("pages.jsonl.gz", "rb").read(); open("cut.jsonl.gz", "wb").write(z[:len(z) // 2])
P
for f in pages.csv pages.jsonl.gz two.jsonl.gz pages.zip pages.tar.gz pages.warc pages.warc.gz; do
    run 0 code -q $f
    same $f
done
cp out from-warc
run 0 code -q --input csv - # nothing on standard input
"$CHANCERY" code -q --input csv - <pages.csv >out
same "CSV on standard input"
"$CHANCERY" code -q - <pages.jsonl.gz >out
same "gzip on standard input"
run 0 page pages.csv
says out '"publisher":"The Daily"'
run 0 page pages.warc
says out '"url":"https://paper.example/border-talks.txt"'
run 0 page pages.zip
says out '"id":"border-talks"'

run 1 code cut.jsonl.gz
says err 'cut.jsonl.gz.*truncated'
run 1 code cut.warc
says err 'cut.warc: https.*ends in the middle'
printf 'title,date\nA,B\n' >none.csv
run 1 code none.csv
says err 'none.csv:1: no column is named text or html'
printf 'id,text\n1,"never closed\n2,b\n' >open.csv
run 0 page open.csv # the mark is closed by the end
printf 'PK\3\4 and then nothing of the kind' >false.zip
run 1 code false.zip border-talks.txt
says err '^chancery: .*false.zip'
[ -s out ] || fail "a false archive keeps the next file from being coded"
finish
