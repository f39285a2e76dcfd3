# Tables of actors of the user's own: read in each format, tried before those built in, dated, checked; a fault is named by
# file and line, and nothing is done.
. "$HERE/lib.sh"

cat >holders.tsv <<'F'
# Office holders.
names	country	sectors	role	from	to	person
Zelda Quorn|Quorn	AUT	GOV	minister of fisheries	2021-03	2022	Zelda Quorn
Zelda Quorn|Quorn	AUT	PTY	party leader	2023-01-01		Zelda Quorn
F
printf 'names\twhat\tcountry\tsectors\tname\tid\nBlue Lantern League|BLL\tarmed\tAUT\tREB\tBlue Lantern League\tBLL\n' >orgs.tsv
cat >own.actors.txt <<'F'
; A dictionary as TABARI has it.
RURITANIA_ [AUT]
+RURITANIAN_  ; of it
OTTO_KARVEL_ {a comment}
+O._KARVEL_   # another
	[AUTGOVMIL 20200101-20211231]
	[AUTELI >220101]
	[AUTINS]
LANTERN_BRIGADE [AUTINS]
MOON_LEAGUE [---]
F
cat >own.agents.txt <<'F'
<!-- Agents, as PETRARCH
     has them. -->
!PERSON! = MAN, MEN, WOMAN, WOMEN
LAMPLIGHTER [~SEP]
FERRY!PERSON! [~LAB]
HARBOUR_GOOSE {HARBOUR_GEESE} [~COP]
TIDE_COUNCIL {} [NGO~]
F
echo "Zelda Quorn met Otto Karvel on Tuesday. The Lantern Brigade attacked the Blue Lantern League. Ruritania condemned Germany." >story.txt
echo "German lamplighters attacked French ferrymen. Austrian harbour geese arrested German ferrywomen." >agents.txt

# code FILE NAME: country and sectors of the actor of that name, or nothing.
code() { sed -n "s/.*\"name\":\"$2\",\"country\":\"\([A-Z]*\)\",\"sector\":\[\([^]]*\)\].*/\1 \2/p" "$1" | head -1 | tr -d '"'; }
is() { [ "$(code out "$1")" = "$2" ] || fail "$1 is '$(code out "$1")', not '$2'"; }

run 0 actors story.txt
grep -q '"AUT"' out && fail "the story is no test: $(cat out)"
own="--actors holders.tsv --actors orgs.tsv --actors own.actors.txt --actors own.agents.txt"
run 0 actors $own --published 2021-06-01 story.txt
is "Zelda Quorn" "AUT GOV"
says out '"role":"minister of fisheries"'
is "Otto Karvel" "AUT GOV,MIL"
is "Blue Lantern League" "AUT REB"
is "Lantern Brigade" "AUT REB"
is "Austria" "AUT "
says out '"basis":"own.actors.txt:9"'
run 0 actors $own --published 2023-06-01 story.txt
is "Zelda Quorn" "AUT PTY"
is "Otto Karvel" "AUT ELI"
run 0 actors $own --published 2010-06-01 story.txt
is "Otto Karvel" "AUT REB"
run 0 actors $own agents.txt
is "lamplighter" "DEU REB"
is "harbour goose" "AUT COP"
says out '"text":"French ferrymen".*"LAB"'
says out '"text":"German ferrywomen".*"LAB"'

# Before the built-in tables, and the last file first.
printf 'names\twhat\tcountry\tsectors\nNATO\torg\tCHE\tBUS\n' >a.tsv
printf 'names\twhat\tcountry\tsectors\nNATO\torg\tCHE\tEDU\n' >b.tsv
echo "NATO condemned Germany on Tuesday." >nato.txt
run 0 actors --actors b.tsv --actors a.tsv nato.txt
is NATO "CHE BUS"
run 0 actors --actors a.tsv --actors b.tsv nato.txt
is NATO "CHE EDU"

# The hash of the data tells coded rows apart.
run 0 code nato.txt
cp out plain
run 0 code --actors a.tsv nato.txt
[ "$(grep -o '"data":"[^"]*"' plain)" != "$(grep -o '"data":"[^"]*"' out)" ] || fail "the hash does not change"

# Faults. bad FILE MESSAGE: refused by every subcommand that reads text, before anything is done.
bad() {
    run 2 actors --actors "$1" story.txt
    says err "$2"
    empty out
    run 1 actors --check "$1"
    says out ": error: "
}
printf 'names\tcountry\trole\nA B\tAUT\tx\nC D\tQQQ\ty\n' >bad.tsv
bad bad.tsv 'bad.tsv:3: no country we know'
printf 'names\tcountry\tsectors\trole\nA B\tAUT\tGOV,XYZ\tx\n' >bad.tsv
bad bad.tsv "bad.tsv:2: no such sector: 'XYZ'"
printf 'names\tcountry\trole\tfrom\tto\nA B\tAUT\tx\t2021-02-30\t\n' >bad.tsv
bad bad.tsv "bad.tsv:2: no day"
printf 'names\tcountry\trole\tfrom\tto\nA B\tAUT\tx\t2021-03-01\t2020\n' >bad.tsv
bad bad.tsv 'bad.tsv:2: ends (2020) before it begins'
printf 'names\tcountry\tcolour\n' >bad.tsv
bad bad.tsv "bad.tsv:1: no such column: 'colour'"
printf 'A_B_ [AUT\n' >bad.txt
bad bad.txt 'bad.txt:1: a bracket is never closed'
printf 'A_B_ [AUTGOV 20201301-20211231]\n' >bad.txt
bad bad.txt 'bad.txt:1: no dates'
printf 'A_B_ [AUT]\n\nC_D_\n' >bad.txt
bad bad.txt 'bad.txt:3: an entry without'
printf '+A_B_\n' >bad.txt
bad bad.txt 'bad.txt:1: a synonym of nothing'
printf 'FERRY!X! [~LAB]\n' >bad.txt
bad bad.txt 'bad.txt:1: no such set'
printf '<!-- open\nA_B_ [AUT]\n' >bad.txt
bad bad.txt 'bad.txt:1: a comment <!-- is never closed'
printf 'A_B_ [AUT]\nC\0D [AUT]\n' >bad.txt
bad bad.txt 'bad.txt:2: a NUL byte'
printf 'A_B_ [AUT]\nKARVEL\xe9 [AUT]\n' >bad.txt
bad bad.txt 'bad.txt:2: not UTF-8'
head -c 100000 /dev/zero | tr '\0' A >bad.txt
bad bad.txt 'bad.txt:1: a line is longer'
: >bad.txt
bad bad.txt 'no entry at all'
head -c 20000000 /dev/zero | tr '\0' '[' >bad.txt
run 2 actors --actors bad.txt story.txt
says err 'larger than 16 MiB'
run 1 actors --check bad.txt
run 2 actors --actors missing.tsv story.txt
says err 'missing.tsv'
run 1 actors --check missing.tsv
run 2 code --check story.txt
run 2 actors --check --actors orgs.tsv holders.tsv

# A table without faults, its conflicts and its notes.
run 0 actors --check holders.tsv orgs.tsv own.actors.txt own.agents.txt
cat >twice.txt <<'F'
OTTO_KARVEL_ [AUTGOV 20200101-20211231]
	[AUTMIL 20210101-20220101]
LANTERN_BRIGADE [AUTINS]
LANTERN_BRIGADE [DEUMIL]
HAMMER_GUILD [AUTGOV 20200101-20210101]
	[AUTELI 20210101-20220101]
ANGELA_MERKEL [AUTGOV]
QQQ_GUILD [QQQ]
F
run 1 actors --check twice.txt
says out 'twice.txt:2: conflict: otto karvel: a role that overlaps with that of line 1'
says out 'twice.txt:4: conflict: lantern brigade: another code than line 3'
says out 'twice.txt:8: note: QQQ is no country'
[ "$(grep -c conflict out)" = 2 ] || fail "more than two conflicts: $(cat out)"
run 1 actors --check --quiet twice.txt
lines out 2
empty err
printf 'names\twhat\tcountry\tsectors\nNATO\torg\tCHE\tBUS\n' | timeout 60 "$CHANCERY" actors --check - >out || fail "notes alone are no failure"
says out '^-:2: note: nato: the built-in tables have IGO'
finish

# Codes of other schemes and groups, as of the day; the item of an actor.
echo "Poland met Sweden and the Zorbian Guild." >poland.txt
run 0 actors --codes --published 2003-06-01 poland.txt
says out '"id":"POL".*"wikidata":"Q36","codes":{"iso2":"PL","iso_numeric":616,"fips":"PL","cow":290,"cow_letters":"POL","gw":290}'
grep '"id":"POL"' out | grep -q '"EUR"' && fail "Poland in the EU in 2003"
grep '"id":"SWE"' out | grep -q '"EUR"' || fail "Sweden not in the EU in 2003"
run 0 actors --codes --published 2021-06-01 poland.txt
grep '"id":"POL"' out | grep -q '"EUR"' || fail "Poland not in the EU in 2021"
run 0 actors poland.txt
grep -q '"codes"' out && fail "codes that nobody asked for"
run 2 code --codes poland.txt
