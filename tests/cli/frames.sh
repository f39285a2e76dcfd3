# Coding rules of the user's own: tried before those built in; a fault is named by file and line, and nothing is done.
. "$HERE/lib.sh"
echo "Iran serenaded Oman in Muscat on Tuesday." >story.txt
run 0 code --format jsonl story.txt
lines out 0
cat >mine.frames <<'F'
# A class of one's own, and a frame.
sing: serenade hymn
serenade/V  SUPPORT  051  S=subj T=obj  "Iran serenaded Oman."
F
run 0 code --format jsonl --frames mine.frames story.txt
lines out 1
says out '"type":"SUPPORT"'
says out '"frame":"serenade/V"'
printf 'serenade/V  SUPORT  051  "x"\n' >bad.frames
run 2 code --format jsonl --frames bad.frames story.txt
says err 'bad.frames:1: no such PLOVER type: SUPORT'
run 2 code --format jsonl --frames missing.frames story.txt
says err 'missing.frames'
finish
