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

# Several files: the last comes first.
printf 'serenade/V  ACCUSE.disapprove  111  "Iran serenaded Oman."\n' >later.frames
run 0 code --frames mine.frames --frames later.frames story.txt
says out '"type":"ACCUSE"'

# Frames of one's own that say nothing of meaning: words in a row, a code for what comes back, a code that is none of PLOVER's.
cat >literal.frames <<'F'
serenade/V>in~muscat  ?  77x:78  literal  "Iran serenaded Oman in Muscat."
serenade/V<never_     -  0       literal  "Iran never serenaded Oman."
F
run 0 code --frames literal.frames story.txt
lines out 2
says out '"type":null.*"cameo":"77x"'
says out '"cameo":"78"'
run 0 code --format csv --frames literal.frames story.txt
run 0 code --format table --frames literal.frames story.txt
run 0 code --format timeline --frames literal.frames story.txt
run 0 explain --frames literal.frames story.txt
says out 'fired .serenaded. serenade/V>in~muscat'
for bad in 'serenade/V>  SUPPORT  051  literal  "x"' 'serenade/V>a_  SUPPORT  051  literal  "x"' 'serenade/V>{gone}  SUPPORT  051  literal  "x"' \
    'serenade/V>a  SUPPORT  051  "x"' 'serenade/V  ?  051  "x"' 'serenade/V  SUPPORT  051:052  "x"' 'serenade/V  SUPPORT  05x  "x"' \
    'serenade/V  SUPPORT  051  T=next  "x"' 'song/N  SUPPORT  051  S=by literal  "x"' 'serenade/V>a>b  SUPPORT  051  literal  "x"'; do
    echo "$bad" >bad.frames
    run 2 code --frames bad.frames story.txt
    says err 'bad.frames:1: '
    run 1 frames --check bad.frames
    says err 'bad.frames:1: '
done

# A verb dictionary as it is, with names of one's own and nothing else; then as frames.
cat >verbs.txt <<'F'
&SONG
+HYMN
+MARCHING SONG
--- SERENADE [055] ---
SERENADE
- * WITH &SONG [056:057]
- * TWICE
F
printf 'QUONIA_ [QUOGOV]\nVELLAND_ [VEL]\n' >names.txt
echo "Quonia serenaded Velland with a marching song on Tuesday. Iran condemned Oman." >own.txt
run 0 code --format dyads --published 2024-08-07 --only-own --frames verbs.txt --actors names.txt own.txt
lines out 3
says out '^date,source,target,cameo,type,quad,status,event,dispatch$'
says out '^2024-08-06,QUOGOV,VEL,056,SUPPORT,1,reported,[0-9a-f]*,own$'
says out '^2024-08-06,VEL,QUOGOV,057,SUPPORT,1,reported,[0-9a-f]*,own$'
run 0 frames --import verbs.txt
says err '^verbs.txt:7: note: not carried over, it has no code: '
says err '^verbs.txt: 1 of 2 patterns carried over'
says out '^serenade/V>with~{song}  SUPPORT  056:057  literal'
cp out verbs.frames
run 0 frames --check verbs.frames verbs.txt
run 0 code --format dyads --published 2024-08-07 --only-own --frames verbs.frames --actors names.txt own.txt
lines out 3
printf -- '--- SERENADE [055] ---\nSERENADE {\n' >bad.txt
run 1 frames --import bad.txt
says err '^bad.txt:2: error: a bracket is never closed'
empty out
run 2 code --frames bad.txt own.txt
says err 'bad.txt:2: a bracket is never closed'
run 2 frames verbs.txt
says err 'either --import or --check'
run 2 code --only-own own.txt
says err 'only-own wants'
finish
