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

# run STATUS ARGUMENTS…: the command must end with STATUS; its output is in ./out and ./err.
run() {
    local want=$1 got
    shift
    timeout 120 "$CHANCERY" "$@" >out 2>err </dev/null
    got=$?
    [ "$got" = "$want" ] || fail "chancery $*: exit status $got, not $want: $(head -c 300 err)"
}

# says FILE PATTERN: some line of it matches.
says() { grep -q -- "$2" "$1" || fail "$1 has no line with '$2': $(head -c 300 "$1")"; }
empty() { [ -s "$1" ] && fail "$1 is not empty: $(head -c 300 "$1")"; }
lines() { [ "$(wc -l <"$1")" = "$2" ] || fail "$1 has $(wc -l <"$1") lines, not $2"; }

finish() {
    [ "$failures" = 0 ] || exit 1
    echo "ok"
}
