# The record over HTTP, as those who ask see it: every operation answers as the description says, answers are cached and compressed where that is
# asked for, who may not ask gets nothing, and a signal ends it in order.
. "$HERE/lib.sh"

cp "$ROOT"/samples/*.txt "$ROOT"/samples/*.html .
"$CHANCERY" add r.db -q -- *.txt *.html >/dev/null || fail "no record"
story=$(ls -- *.txt | head -1)
pid=
trap '[ "$pid" ] && kill -9 "$pid"; rm -rf "$tmp"' EXIT

# serve ARGUMENTS…: start a server; its address is in $url.
serve() {
    : >address
    "$CHANCERY" serve r.db -q --port 0 "$@" >address 2>err &
    pid=$!
    for _ in $(seq 300); do
        [ -s address ] && break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    url=$(head -1 address)
    [ "$url" ] || fail "no address: $(head -c 300 err)"
    port=${url#*://*:} port=${port%%/*}
}
stop() {
    kill -TERM "$pid"
    wait "$pid"
    local st=$?
    pid=
    [ "$st" = 0 ] || fail "ended with $st after SIGTERM"
}
# get STATUS PATH ARGUMENTS…: headers are in ./head, the body in ./body.
get() {
    local want=$1 path=$2 got
    shift 2
    : >body
    got=$(curl -s -m 60 --path-as-is -D head -o body -w '%{http_code}' "$@" "${url%%\?*}${path#/}")
    [ "$got" = "$want" ] || fail "$path $*: $got, not $want: $(head -c 200 body)"
}
has() { grep -qi -- "^$1" head || fail "no header '$1': $(cat head)"; }
lacks() { grep -qi -- "^$1" head && fail "header '$1' is there"; }

serve
# Everything in the description, and nothing else.
python3 "$HERE/fits.py" "$url" "$story" >fits || fail "$(head -40 fits)"
get 200 /api/openapi.json
cmp -s body "$ROOT/src/serve/openapi.json" || fail "the description is another one"

# Headers of every answer.
for path in /api/about /api/nothing /api/code / /nothing; do
    curl -s -D head -o body "${url}${path#/}"
    has "content-security-policy: default-src 'none';.*script-src 'self'"
    grep -qi "unsafe" head && fail "$path: an unsafe policy"
    has 'x-content-type-options: nosniff'
    has 'referrer-policy: no-referrer'
    has 'cross-origin-resource-policy: same-origin'
    has 'cross-origin-opener-policy: same-origin'
    lacks 'access-control-allow'
done

# The same again is not sent again.
get 200 /api/values
cp body plain
etag=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' head)
has 'cache-control:.*no-cache'
[ "$etag" ] || fail "no ETag"
get 304 /api/values -H "If-None-Match: $etag"
[ -s body ] && fail "a 304 with a body"
get 304 /api/values -H "If-None-Match: \"x\", W/$etag"
get 304 /api/values -H 'If-None-Match: *'
get 200 /api/values -H 'If-None-Match: "x"'

# gzip for those who take it, with an ETag of its own that both know.
get 200 /api/values -H 'Accept-Encoding: br, gzip'
has 'content-encoding: gzip'
has 'vary: accept-encoding'
gzip -dc <body | cmp -s - plain || fail "gzip holds something else"
zipped=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' head)
[ "$zipped" != "$etag" ] || fail "one ETag for two answers"
get 304 /api/values -H "If-None-Match: $zipped" -H 'Accept-Encoding: gzip'
for no in 'gzip;q=0' 'identity' 'gzip;q=0, *' 'br' 'gzip;q=0.5, identity;q=0.8' 'x-gzipped'; do
    get 200 /api/values -H "Accept-Encoding: $no"
    lacks content-encoding
done
for yes in 'gzip' 'GZIP;q=0.1' '*' 'identity;q=0.5, gzip;q=1.0'; do
    get 200 /api/values -H "Accept-Encoding: $yes"
    has 'content-encoding: gzip'
done

# HEAD is GET without a body; other methods are told what there is.
get 200 /api/values -I
has "content-length: $(wc -c <plain)"
get 200 /api/export.csv -I
get 405 /api/about -X PUT
has 'allow: GET, HEAD, OPTIONS'
get 405 /api/code
has 'allow: POST, OPTIONS'
get 204 /api/code -X OPTIONS
get 405 / -X POST -d x

# Addresses that are odd.
for path in /api /api/ //api/about /api/about/ /api/../api/about /api/%61bout /api/events/1/../2 /api/events//1 '/api/events/1%00' /../../etc/passwd /%2e%2e/%2e%2e/etc/passwd /%00; do
    curl -s -m 20 --path-as-is -o body "${url%/}$path"
    grep -q root: body && fail "$path: a file of this machine"
    grep -q '"state"' body && fail "$path is taken for /api/about"
done
get 200 '/api/events/1?'
get 400 '/api/about?x=1'
get 400 '/api/export.csv?q=a&q=b'
get 400 '/api/export.csv?q=%ZZ'
get 400 '/api/export.csv?%FF=1'
get 200 '/api/export.csv?q=type%3AACCUSE+status:reported'
has 'content-type: text/csv'
[ "$(wc -l <body)" -gt 1 ] || fail "an empty export"
get 200 '/api/export.jsonl?q=from%3A1900'
"$CHANCERY" export r.db from:1900 --format jsonl --out there -q && cmp -s body there/events.jsonl || fail "another export than the command's"
get 200 '/api/export.csv?q=from:1900'
"$CHANCERY" export r.db from:1900 --format csv --out there -q && cmp -s body there/events.csv || fail "another export than the command's"
get 200 '/api/export.jsonl?q=from%3A1900'
python3 -c 'import json, sys
rows = [json.loads(l) for l in open("body", encoding="utf-8")]
assert rows' || fail "no JSON Lines"

# The page, where this build has it: compressed or not, by its name or by an address of one of its states.
get 200 /
if grep -q app.js body; then
    cp body page
    get 200 / -H 'Accept-Encoding: gzip'
    has 'content-encoding: gzip'
    gzip -dc <body | cmp -s - page || fail "another page with gzip"
    get 200 /anything/at/all
    cmp -s body page || fail "an address of the page is not the page"
    get 200 /app.js
    has 'content-type: text/javascript'
    get 304 /app.js -H "If-None-Match: $(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' head)"
    get 404 /nothing.js
    grep -Eq '<script>|<style|style=| on[a-z]+=' page && fail "the page has something inline, which its policy does not allow"
else
    says body 'has no page, only the API'
    get 404 /app.js
fi

# Bodies.
json='Content-Type: application/json'
get 415 /api/code -H 'Content-Type: text/plain' -d '{"text": "x"}'
get 415 /api/code -H "$json" -H 'Content-Encoding: gzip' -d '{"text": "x"}'
get 400 /api/code -H "$json" -d '{"text": "x", "text": "y"}'
printf '{"text": "x\0"}' >nul && get 400 /api/code -H "$json" --data-binary @nul
python3 - <<'P'
import json
json.dump({"text": "é" * 250_001}, open("long", "w"))
open("huge", "w").write("x" * 5_000_000)
P
get 400 /api/code -H "$json" -d @long
says body 'more than 250000 characters'
get 413 /api/code -H "$json" -H 'Expect:' -d @huge

# Another site may not ask, nor who goes by another name.
get 403 /api/about -H 'Host: evil.example'
get 403 /api/about -H 'Host: localhost'
get 200 /api/about -H "Host: localhost:$port"
get 403 /api/code -H "$json" -d '{"text": "x"}' -H 'Origin: http://evil.example'
get 403 /api/code -H "$json" -d '{"text": "x"}' -H 'Origin: null'
get 403 /api/code -H "$json" -d '{"text": "x"}' -H 'Sec-Fetch-Site: same-site'
get 200 /api/code -H "$json" -d '{"text": "Kenya accused Uganda."}' -H "Origin: ${url%/}" -H 'Sec-Fetch-Site: same-origin'
has 'cache-control: no-store'

# A verdict needs the token that only this page can read.
token=$(curl -s "${url}api/about" | python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')
get 403 /api/verdicts -H "$json" -d '{"event": 1, "verdict": "right"}'
get 403 /api/verdicts -H "$json" -d '{"event": 1, "verdict": "right"}' -H 'X-Chancery-Token: x'
get 403 /api/verdicts -H "$json" -d '{"event": 1, "verdict": "right"}' -H "X-Chancery-Token: $token" -H 'Origin: http://evil.example'

# What is in flight when it is to end is still answered.
curl -sv -m 60 -o body -w '%{http_code}' -H "$json" -d @long "${url}api/code" >code 2>sent &
in_flight=$!
for _ in $(seq 300); do grep -q '^> POST' sent && break; sleep 0.1; done
sleep 0.2
stop
wait $in_flight
[ "$(cat code)" = 400 ] || fail "a request in flight got $(cat code)"

serve --read-only
get 200 /api/about
says body '"writable":false,"token":null'
get 403 /api/verdicts -H "$json" -d '{"event": 1, "verdict": "right"}' -H 'X-Chancery-Token: '
# The port that was asked for is taken; the usual one would give way.
ends 1 20 "$CHANCERY" serve r.db --port "$port"
says err 'another program listens there'
stop

# A token: in the header, or in a cookie that the first visit sets.
serve --token secret-7
case $url in */?token=secret-7) ;; *) fail "the address has no token: $url" ;; esac
get 401 /api/about
has 'www-authenticate: bearer'
get 401 /
get 401 /api/about -H 'Authorization: Bearer secret-8'
get 200 /api/about -H 'Authorization: Bearer secret-7'
get 401 '/?token=wrong'
get 303 '/?token=secret-7&view=map' -c jar
has 'location: /?view=map'
has 'set-cookie: .*httponly.*samesite=strict'
get 200 /api/about -b jar
stop

ends 2 20 "$CHANCERY" serve r.db --port 70000
ends 2 20 "$CHANCERY" serve
ends 1 20 "$CHANCERY" serve nonesuch.db
says err 'no such record'
echo "this is no record" >no.db
ends 1 20 "$CHANCERY" serve no.db
finish
