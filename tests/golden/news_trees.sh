# The trees of tests/news are well formed, the check finds what is not, and the command keeps their words and comments.
. "$HERE/lib.sh"
command -v python3 >/dev/null || { echo "no python3: skipped"; exit 0; }
dev=$HERE/news/dev.conllu
python3 "$HERE/news/check.py" "$dev" >out 2>err || fail "$(head -c 1000 err)"
says out '^239 sentences'

# faulty SED PATTERN: with the edit made, the check fails and says so.
faulty() {
    sed "$1" "$dev" >faulty.conllu
    python3 "$HERE/news/check.py" faulty.conllu >out 2>err && fail "not found: $1"
    says err "$2"
}
faulty '0,/\troot\t/s/0\troot/1\troot/' 'news-dev-001: .*0 roots'
faulty '0,/\tnsubj\t/s/nsubj/subject/' 'news-dev-001: .*no such relation: subject'
faulty '0,/Uganda, *sign/s/^# text = Kenya, /# text = Kenya,/' 'news-dev-001: the words spell'
faulty '0,/6\tcompound/s/6\tcompound/60\tcompound/' 'news-dev-001: a head out of range'
faulty '0,/6\tcompound/s/6\tcompound/5\tcompound/' 'news-dev-001: .*in a cycle'

run 0 parse --input conllu "$dev"
grep '^# \(sent_id\|text\|kind\)' "$dev" >want
grep '^# \(sent_id\|text\|kind\)' out | cmp -s - want || fail "the comments are not kept"
grep '^[0-9]' "$dev" | cut -f1,2 >want
grep '^[0-9]' out | cut -f1,2 | cmp -s - want || fail "the words are not kept"
finish
