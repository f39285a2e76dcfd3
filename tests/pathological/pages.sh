# Pages that take careless readers quadratic time or much memory: each is taken apart, or refused by name, within seconds.
. "$HERE/lib.sh"

python3 - <<'P'
p = "<p>The foreign minister of Norland met his Southland counterpart in the capital on Tuesday to discuss the border.</p>"
w = lambda n, b: open(n, "wb").write(b if isinstance(b, bytes) else b.encode())
M = 1 << 20
fill = lambda piece: p * 3 + piece * (M // len(piece))
for name, piece in {"div": "<div>", "bold": "<b>", "boldp": "<b class=a><p>", "anchor": "<a href=x><div>", "font": "<font color=red><p>", "tag": "<p ", "quote": "<a href=\"", "comment": "<!--", "comment2": "<!-- > ",
                    "table": "<table><tr><td>", "close": "</div>", "closep": "</p>", "li": "<ul><li>", "entity": "&#", "entity2": "&amp", "svg": "<svg><p>", "script": "<script>",
                    "style": "<style></script>", "lt": "<", "p": "<p>", "select": "<select><option>", "form": "<form><input>", "attr": "<p a=1 b=2 c=3>", "h1": "<h1>Border talks</h1>",
                    "article": "<article><h2>Talks on border</h2>" + p * 3 + "</article>", "nobr": "<nobr><p>", "template": "<template><p>", "frameset": "<frameset>", "plaintext": "<plaintext>", "custom": "<x-y z>",
                    "dl": "<dl><dt>a<dd>b", "button": "<button><p>", "ruby": "<ruby><rt>a", "nul": "\0<p>", "cdata": "<![CDATA[", "pi": "<?xml ", "doctype": "<!DOCTYPE html "}.items():
    w(name + ".html", fill(piece))
w("attributes.html", p * 3 + "<p " + " ".join(f"a{i}=1" for i in range(300000)) + ">" + p)
w("classes.html", "<div class='" + "related " * 300000 + "'>" + p * 5)
w("ld.html", "<script type='application/ld+json'>" + "[" * 900000 + "</script>" + p * 5)
text = "The foreign minister of Norland met his Southland counterpart in the capital on Tuesday to discuss the border.\n\n"
for name, piece in {"lines": "a\n", "blank": "\n", "heads": "Border talks resume in capital\n\n", "rule": "* * *\n\n", "tt": "TT\n\n", "caption": "The two ministers in Oslo. (AFP)\n", "by": "By Jane Roe\n", "date": "Published: 9 November 2022\n",
                    "dash": "OSLO - ", "dot": ". ", "abbr": "U.S. ", "open": "(", "mixed": "“‘\"'", "apostrophe": "'s ", "hyphen": "anti-", "digits": "1-", "comma": "1,", "at": "a@b.", "slash": "1/", "url": "http://", "mark": "!?",
                    "combining": "a\u0301\u0301", "zwj": "\u200d", "cr": "a\r", "ff": "\f", "stories": "Border talks resume in capital\n\nTT\n\nBorder talks resume in capital\n\n" + text * 2 + "\n\n\n"}.items():
    w(name + ".txt", text * 3 + piece * (M // len(piece.encode())))
P
for f in *.html *.txt; do
    timeout 40 "$CHANCERY" text --quiet --threads 1 "$f" >out 2>err </dev/null
    st=$?
    [ "$st" = 0 ] || [ "$st" = 1 ] || fail "$f: exit status $st"
    [ "$st" = 0 ] || says err "$f"
done
finish
