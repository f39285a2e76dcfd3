# Predicates that no frame knows: those between two actors, counted, the frequent first; a frame of one's own makes one known.
. "$HERE/lib.sh"
lacks() { grep -q -- "$2" "$1" && fail "$1 has a line with '$2'"; }
cat >story.txt <<'T'
Iran befuddled Oman in Muscat on Tuesday. Iraq condemned Turkey.

Turkish officials befuddled the Iraqi minister. A girl befuddled her friend. Iraq outfoxed Turkey.
T
run 0 code --unknown --format csv story.txt
says out 'lemma,pos,count,example'
says out '^befuddle,VERB,2,'
says out '^outfox,VERB,1,'
lacks out 'condemn,'
run 0 code --unknown story.txt
says out '"lemma":"befuddle"'
echo 'befuddle/V  ACCUSE  111  S=subj T=obj  "Iran befuddled Oman."' >mine.frames
run 0 code --unknown --format table --frames mine.frames story.txt
lacks out 'befuddle'
says out 'outfox'
printf 'Iran befuddled Oman.\036\037\000 Iraq \036outfoxed\037 Turkey.\n' >hostile.txt
run 0 code --unknown --format csv hostile.txt
run 2 code --unknown --format timeline story.txt
says err 'timeline'
finish
