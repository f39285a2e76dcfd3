# Usage, help, version, exit statuses as chancery(1) documents them.
. "$HERE/lib.sh"
echo "Iran and Russia held talks in Tehran on Monday." >page.txt

run 2
says err "usage: chancery"
run 0 --help
says out "code the events"
run 0 --version
says out "^chancery [0-9.]* (data [0-9a-f]\{16\})$"
for c in code explain page text parse dates actors places claims relate frames; do
    run 0 "$c" --help
    says out "^usage: chancery $c"
    says out "--published"
    empty err
done
run 2 cod
says err "no command cod"
run 2 --frobnicate
says err "unknown option --frobnicate"
run 2 code --frobnicate page.txt
says err "code: unknown option --frobnicate"
empty out
run 2 code --format
says err "wants a value"
run 2 code --format xml page.txt
says err "no format xml"
run 2 code --published 2024-02-30 page.txt
says err "2024-02-30 is no list of days"
run 2 code --published yesterday page.txt
run 2 code --threads 0 page.txt
run 2 code --threads many page.txt
run 2 code --input conllu page.txt
says err "does not take input of kind conllu"
run 1 code --data page.txt page.txt
says err "page.txt"
run 1 code --data nowhere.dat page.txt
says err "nowhere.dat"
run 0 page --published 2024-08-05, page.txt
says out '"published":\["2024-08-05","2024-08-05"\]'
run 0 page page.txt
says out '"published_basis":"none"\|"published_basis":"inferred"'
finish
