# A full disk, a file that may only be read, a damaged page: a clear error, no crash, and what was committed is there.
. "$HERE/lib.sh"

ask() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

python3 - $((200 / SHORTER)) "$ROOT"/samples/*.txt >many.jsonl <<'P'
import json, sys
for i in range(int(sys.argv[1])):
    print(json.dumps({"id": str(i), "publisher": f"Paper {i % 7}", "text": open(sys.argv[2 + i % (len(sys.argv) - 2)]).read() + f"\n\nReaders sent {i} letters."}))
P
head -n 3 many.jsonl >few.jsonl
run 0 add whole.db many.jsonl

# No room: the system refuses every byte beyond a limit on the file.
run 0 add full.db few.jsonl
size=$(stat -c %s full.db)
cat >small.py <<'P'
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.argv[2], sys.argv[2:])
P
ends 1 120 python3 small.py $((size + 20000)) "$CHANCERY" add full.db many.jsonl
says err '^chancery: full.db: writing: '
[ "$(grep -c '^chancery: full.db: ' err)" = 1 ] || fail "one failure is told several times: $(grep '^chancery: full.db: ' err | head -3)"
[ "$(ask full.db 'PRAGMA integrity_check')" = ok ] || fail "a full disk damages the record"
[ "$(ask full.db 'SELECT count(*) >= 3 FROM page')" = 1 ] || fail "a full disk loses what was there"
run 0 add full.db many.jsonl
[ "$(ask full.db 'SELECT count(*) FROM event')" = "$(ask whole.db 'SELECT count(*) FROM event')" ] || fail "it does not go on where the disk was full"

# A real file system that is full, where one may be mounted.
if mkdir small && unshare -m sh -c 'mount -t tmpfs -o size=1m none small' 2>/dev/null; then
    ends 0 120 unshare -m sh -c 'mount -t tmpfs -o size=1m none small && "$0" add -q small/a.db "$PWD/few.jsonl" && "$0" add -q small/a.db "$PWD/many.jsonl" 2>full.err; echo $? >full.st; cp small/a.db* .' "$CHANCERY"
    [ "$(cat full.st)" = 1 ] || fail "a full disk is no error"
    says full.err 'the disk is full; what was committed is safe'
    [ "$(ask a.db 'SELECT count(*) >= 3 FROM page')$(ask a.db 'PRAGMA integrity_check')" = 1ok ] || fail "a full disk loses what was there"
fi

# A file that may only be read (root may write to any).
run 0 add fixed.db few.jsonl
cp fixed.db before.db
if [ "$(id -u)" != 0 ]; then
    chmod 444 fixed.db
    run 1 add fixed.db many.jsonl
    says err 'fixed.db: .*may only be read'
    run 0 query fixed.db --format jsonl
    cmp -s fixed.db before.db || fail "a file that may only be read has changed"
fi

# Damaged pages: told as such, never a crash.
run 0 query whole.db --format jsonl
python3 - <<'P'
import os
size = os.path.getsize("whole.db")
for i in range(1, 9):
    data = bytearray(open("whole.db", "rb").read())
    at = size * i // 9 // 4096 * 4096
    data[at:at + 4096] = b"\xa5" * 4096
    open(f"damaged{i}.db", "wb").write(data)
P
told=0
for i in 1 2 3 4 5 6 7 8; do
    for what in "query damaged$i.db --incidents" "query damaged$i.db letters" "recode -q damaged$i.db" "precision damaged$i.db"; do
        # shellcheck disable=SC2086
        timeout 120 "$CHANCERY" $what >out 2>err </dev/null
        st=$?
        [ $st -le 1 ] || fail "$what: exit status $st: $(head -c 200 err)"
        [ $st = 0 ] || { says err "^chancery: .*damaged$i.db: .*it is damaged"; told=$((told + 1)); }
    done
done
[ "$told" -gt 0 ] || fail "no damage is told"
finish
