# Hostile input ends well and soon: coded, or refused with a reason; never a crash, never a hang.
. "$HERE/lib.sh"

survives() {
    timeout 300 "$CHANCERY" code --quiet --threads 1 "$1" >out 2>err </dev/null
    local st=$?
    [ "$st" = 0 ] || [ "$st" = 1 ] || fail "$1: exit status $st"
    [ "$st" = 0 ] || says err "$1"
}
story="The foreign ministers of Peru and Chile met in Lima on Tuesday to discuss trade. "
# Sanitizers are slow: there the long ones are a tenth as long.
python3 - "$story" "${SHORTER:-1}" <<'P'
import sys
s, k = sys.argv[1], int(sys.argv[2])
w = lambda n, b: open(n, "wb").write(b if isinstance(b, bytes) else b.encode())
w("line.txt", s * (60000 // k))                                       # one line of 5 MB
w("word.txt", s + "a" * (3000000 // k) + " " + s)
w("sentence.txt", s + "and the minister of trade " * (20000 // k))     # one sentence of 100,000 words
w("quotes.txt", s + "“" * (50000 // k) + s + "\"" * 50001)
w("brackets.txt", s + "(" * (50000 // k) + s)
w("invalid.txt", s.encode() * 5 + bytes(range(128, 256)) * 3 + s.encode() * 5)
w("nul.txt", s.encode() * 20 + b"\0" + s.encode() * 20)
w("nested.html", "<div>" * 50000 + s * 10 + "</div>" * 50000)
w("half.html", "<html><body><p>" + s * 10 + "<p class=\"x")
w("comment.html", "<html><body><p>" + s * 10 + "<!-- " * 20000)
w("attribute.html", "<p " + "a=1 " * 200000 + ">" + s * 10)
w("tables.html", "<table><tr><td>" * 5000 + s * 10)
w("formatting.html", "<b><i><u><a><p>" * 3000 + s * 10)
w("entities.html", "<p>" + "&amp;&#0;&#x110000;&nbsp;" * 50000 + s * 10)
w("utf16.txt", ("\ufeff" + s * 10).encode("utf-16-le"))
w("bom.txt", b"\xef\xbb\xbf" + s.encode() * 10)
w("controls.txt", s + "\x01\x02\x1b[31m" + s)
w("conj.txt", "Iran " + ", Iraq" * (20000 // k) + " and Syria held talks with Russia.")
w("numbers.txt", s + "1,000,000 " * (100000 // k))
w("dates.txt", s + "on Monday, 5 May 2024, " * (20000 // k))
w("deep.json", "[" * 100000)
w("deep.jsonl", "{\"id\": 1, \"text\": " + "[" * 100000 + "\n")
P
for f in *.txt *.html *.json *.jsonl; do survives "$f"; done
printf '1\tIran\t_\t_\t_\t_\t_\t_\t_\t_\n2\ttalks' >cut.conllu
run 0 parse cut.conllu
finish
