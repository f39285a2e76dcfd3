# Sourced by the tests in shell: CHANCERY is the command, HERE the folder of the tests, ROOT the project.
set -u
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# ends STATUS SECONDS PROGRAM ARGUMENTS…: it must end with STATUS within the time; its output is in ./out and ./err.
ends() {
    local want=$1 limit=$2 got
    shift 2
    timeout "$limit" "$@" >out 2>err </dev/null
    got=$?
    [ "$got" = "$want" ] || fail "${1##*/} ${*:2}: exit status $got, not $want: $(head -c 300 err; head -c 300 out)"
}

# run STATUS ARGUMENTS…: the same of the command.
run() { ends "$1" 120 "$CHANCERY" "${@:2}"; }

# says FILE PATTERN: some line of it matches.
says() { grep -q -- "$2" "$1" || fail "$1 has no line with '$2': $(head -c 300 "$1")"; }
empty() { [ -s "$1" ] && fail "$1 is not empty: $(head -c 300 "$1")"; }
lines() { [ "$(wc -l <"$1")" = "$2" ] || fail "$1 has $(wc -l <"$1") lines, not $2"; }

finish() {
    [ "$failures" = 0 ] || exit 1
    echo "ok"
}
