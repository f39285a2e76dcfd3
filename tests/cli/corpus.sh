# The corpus and its tool: the guide's own example passes, what is badly marked is refused, packing keeps every byte.
. "$HERE/lib.sh"
command -v python3 >/dev/null || { echo "no python3: skipped"; exit 0; }
tool() { ends "$1" 300 "$ROOT/tools/corpus" "${@:2}"; }
mkdir -p marked packed
sed -e '1,/^## 14/d' -e '/^Why:/,$d' -e 's/^    //' "$ROOT/docs/codebook/guide.md" | sed '/./,$!d' >marked/gu-001.txt
says marked/gu-001.txt '^e14 '
tool 0 check marked/gu-001.txt
empty out

# refuse EXPRESSION MESSAGE: after the sed expression the story is refused with the message.
refuse() {
    mkdir -p broken
    sed -e "$1" marked/gu-001.txt >broken/gu-001.txt
    cmp -s marked/gu-001.txt broken/gu-001.txt && fail "no change by $1"
    tool 1 check broken/gu-001.txt
    says out "$2"
}
refuse 's/{e2|met}/{e2|met/' 'not closed in its paragraph'
refuse 's/{e2|met}/{e2|met}}/' 'closes nothing'
refuse 's/{e2|met}/{e77|met}/' 'e77|…} has no record'
refuse 's/^e2 CONSULT visit/e2 CONSULT arrest/' 'mode arrest does not belong to CONSULT'
refuse 's/^a2 ZMB/a2 ZAM/' 'no country code: ZAM'
refuse 's/ why=tied//' 'disputed has no reason'
refuse 's/st=disputed why=tied/st=reported why=tied/' 'tied cannot make an event reported'
refuse 's/2017-12-31/2017-02-30/' 'not in the calendar: 2017-01-01..2017-02-30'
refuse 's/^t2 DATE 2021-03-17/t2 DATE 2021-03-18/' "'wednesday' is 2021-03-18, a Thursday"
refuse 's/S=a8 stance/S=a88 stance/' 'no actor a88'
refuse 's/why=own-denial by=q4/why=own-denial by=q44/' 'no attribution q44'
sed -e 's/one of {a4|the fishermen}} {c7/nobody} {c7/' marked/gu-001.txt >broken/gu-001.txt
tool 0 check broken/gu-001.txt
says out "doubt: a10: 'nobody' is a mention of nobody"
mkdir stories
sed -e '/^===/,$d' -e 's/LILONGWE/BLANTYRE/' marked/gu-001.txt >stories/gu-001.txt
tool 1 check marked/gu-001.txt
says out 'the text is not that of'
rm -r stories

tool 0 pack marked --out packed
tool 0 check packed/*.jsonl
python3 - packed/train.jsonl <<'EOF' || fail "packed offsets"
import json, sys
(r,) = map(json.loads, open(sys.argv[1], encoding="utf8"))
t = r["text"].encode()
at = lambda x: t[x["begin"]:x["end"]].decode()
e = {x["id"]: x for x in r["events"]}
assert r["invented"] is True and not set("{}") & set(r["text"])
assert [t[b:x].decode() for b, x in e["e2"]["trigger"]] == ["met"]
assert [at(p) for p in e["e2"]["target"]] == ["his Zambian counterpart, Mutale Chisanga"]
assert [at(p) for p in e["e10"]["source"]] == ["the soldiers"], "the mention of the same sentence goes first"
assert e["e5"]["date"] == {"begin": "2021-03-08", "end": "2021-03-14", "basis": "text", "time": "t4", "text": [t.index(b"last week"), t.index(b"last week") + 9]}
assert e["e8"]["within"] == "e14" and e["e6"]["denies"] == ["e5"] and e["e5"]["by"] == ["q2", "q3"]
EOF
tool 0 agree marked packed/train.jsonl
says out '^triggers  *F1 1.000'
says out '^attributions, whole  *F1 1.000'
tool 0 show marked/gu-001.txt
says out '\[met\]e2'
tool 0 show --html marked/gu-001.txt
says out '<span class=event>met<sup>e2</sup></span>'
tool 0 conllu packed/train.jsonl --command "$CHANCERY"
says out 'Event=B-e2:CONSULT'
tool 0 score packed/train.jsonl --command "$CHANCERY"
says out '^1 stories, 10 musts'
says out '^full  *recall'

# The same wording in two splits is refused.
sed 's/gu-001/gu-002/; s/"split": "train"/"split": "test"/' packed/train.jsonl >packed/test.jsonl
tool 1 check packed/train.jsonl packed/test.jsonl
says out 'share 100% of their wording'

# The corpus as it is committed.
set --
for f in "$ROOT"/corpus/*.jsonl; do [ -s "$f" ] && set -- "$@" "$f"; done
[ $# = 0 ] || tool 0 check --quiet --quotas=hold "$@"
finish
