"""Ask every operation of a server's own description, with every value of its enumerations and both ends of its ranges, and check
that each answer is one that the description has and fits its schema; and that what the description does not allow is a 400.

    fits.py http://127.0.0.1:PORT/ [TEXT]

Prints what does not fit; exit status 1 where there is anything. TEXT is a file to be coded.
"""
import itertools
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

BASE = sys.argv[1].rstrip("/")
faults = []
asked = 0


def ask(path, body=None, headers=()):
    global asked
    asked += 1
    data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data=data, headers=dict(headers))
    if data is not None and "Content-type" not in request.headers:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=60) as r:
            return r.status, r.headers.get_content_type(), r.read()
    except urllib.error.HTTPError as e:
        return e.code, e.headers.get_content_type(), e.read()


api = json.loads(ask("/api/openapi.json")[2])
KINDS = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}


def resolve(s):
    while "$ref" in s:
        node = api
        for part in s["$ref"][2:].split("/"):
            node = node[part]
        s = node
    return s


def is_kind(v, kind):
    if kind == "integer":
        return isinstance(v, int) and not isinstance(v, bool)
    if kind == "number":
        return isinstance(v, (int, float)) and not isinstance(v, bool)
    return isinstance(v, KINDS[kind])


def check(v, s, at):
    """The first thing about value v that does not fit schema s, or None."""
    s = resolve(s)
    if "oneOf" in s:
        found = [check(v, one, at) for one in s["oneOf"]]
        return None if found.count(None) == 1 else f"{at}: fits {found.count(None)} of oneOf: {[f for f in found if f][:1]}"
    if "enum" in s and v not in s["enum"]:
        return f"{at}: {v!r} is none of {s['enum']}"
    kinds = s.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(is_kind(v, k) for k in kinds):
        return f"{at}: {str(v)[:60]!r} is not {kinds}"
    if isinstance(v, str):
        if "pattern" in s and not re.search(s["pattern"], v):
            return f"{at}: {v!r} does not match {s['pattern']}"
        if not s.get("minLength", 0) <= len(v) <= s.get("maxLength", len(v)):
            return f"{at}: {len(v)} characters"
    if is_kind(v, "number") and not s.get("minimum", v) <= v <= s.get("maximum", v):
        return f"{at}: {v} is out of range"
    if isinstance(v, list):
        if not s.get("minItems", 0) <= len(v) <= s.get("maxItems", len(v)):
            return f"{at}: {len(v)} items"
        return next(filter(None, (check(x, s["items"], f"{at}[{i}]") for i, x in enumerate(v))), None) if "items" in s else None
    if isinstance(v, dict):
        for key in s.get("required", ()):
            if key not in v:
                return f"{at}: no {key}"
        more = s.get("additionalProperties", True)
        for key, x in v.items():
            inner = s.get("properties", {}).get(key, more)
            if inner is False:
                return f"{at}: {key} is not in the description"
            if isinstance(inner, dict) and (found := check(x, inner, f"{at}.{key}")):
                return found
    return None


def fits(op, path, answer, want=None):
    status, kind, body = answer
    described = resolve(op["responses"].get(str(status), {}))
    if want and status != want:
        return faults.append(f"{path[:200]}: {status}, not {want}: {body[:200]}")
    if not described:
        return faults.append(f"{path[:200]}: {status} is not described: {body[:200]}")
    schema = described.get("content", {}).get(kind, {}).get("schema")
    if schema is None:
        return faults.append(f"{path[:200]}: type {kind} is not described")
    if kind == "application/json" or kind.endswith("+json"):
        found = check(json.loads(body), schema, "")
        if found:
            faults.append(f"{path[:200]}: {found}")
    return None


def good(s):
    """Values that a parameter's schema allows."""
    s = resolve(s)
    if "enum" in s:
        return s["enum"]
    if s["type"] == "integer":
        return sorted({s["minimum"], s.get("default", s["minimum"]), s["maximum"]})
    return [""] if not s.get("minLength") else ["FRA"]


def bad(s):
    s = resolve(s)
    if "enum" in s:
        return ["", "nonesuch"]
    if s["type"] == "integer":
        return ["", "x", "1.5", str(s["minimum"] - 1), str(s["maximum"] + 1), "9" * 40]
    return ["x" * (s["maxLength"] + 1), "%00", "%FF", "%"] + ([""] if s.get("minLength") else [])


EXPRESSIONS = ["type:ACCUSE", "dyad:FRA-DEU", "from:2020 to:2025", "-status:planned text:minister", "quad:4 actor:UKR", "\"a phrase\"", "place:KEN sector:GOV,MIL"]
WRONG = ["colour:red", "from:yesterday", "from:2020-13-40"]


def get(path, op):
    parameters = [resolve(p) for p in op.get("parameters", ())]
    query = [p for p in parameters if p["in"] == "query"]
    base = {p["name"]: good(p["schema"])[0] for p in query if p.get("required")}
    if base:
        base = dict(zip(base, itertools.cycle(["RUS", "UKR"])))

    def url(**more):
        return fill + "?" + urllib.parse.urlencode({**base, **more}) if {**base, **more} else fill

    fill = re.sub(r"\{id\}", "1", path).replace("{key}", "FRA")
    if "{" in path:
        fits(op, fill, ask(fill))
        for missing in (["9007199254740991"] if "{id}" in path else ["NO.such-actor", "%20", "a%2Fb", "%F0%9F%A6%8A"]):
            fits(op, path, ask(re.sub(r"\{\w+\}", missing, path)), 404)
        for wrong in (["0", "-1", "x", "1x", "9007199254740992", "9" * 40] if "{id}" in path else ["%00", "%FF", "%zz", "x" * 201]):
            status = ask(re.sub(r"\{\w+\}", wrong, path))[0]
            if status not in (400, 404):
                faults.append(f"{path} of {wrong}: {status}")
    else:
        fits(op, fill, ask(url()), 200)
    if "{" not in path and ask(url(nonesuch="1"))[0] != 400:
        faults.append(f"{path}: a parameter that is not described is taken")
    for p in query:
        for v in good(p["schema"]):
            fits(op, url(**{p["name"]: v}), ask(url(**{p["name"]: v})), 200)
        for v in bad(p["schema"]):
            u = fill + "?" + "&".join(f"{k}={x}" for k, x in {**base, p["name"]: v}.items())
            fits(op, u, ask(u), 400)
        if p["name"] == "q":
            for q in EXPRESSIONS:
                fits(op, url(q=q), ask(url(q=q)), 200)
            for q in WRONG:
                fits(op, url(q=q), ask(url(q=q)), 400)
        if p["name"] == "cursor":
            page(path, op, url)
            fits(op, path, ask(url(cursor="nonsense")), 400)
        if p.get("required"):
            u = fill + "?" + urllib.parse.urlencode({k: v for k, v in base.items() if k != p["name"]})
            fits(op, u, ask(u), 400)


def page(path, op, url):
    """Pages one after another have every row once."""
    whole = json.loads(ask(url(limit=500))[2])
    if "rows" not in whole:
        return
    cursor, seen = None, []
    for _ in range(len(whole["rows"]) // 7 + 2):
        answer = ask(url(limit=7, **({"cursor": cursor} if cursor else {})))
        fits(op, path, answer, 200)
        part = json.loads(answer[2])
        seen += part["rows"]
        cursor = part["next"]
        if not cursor or len(seen) >= len(whole["rows"]):
            break
    if seen[:500] != whole["rows"][:len(seen)] or len(seen) < min(len(whole["rows"]), 500):
        faults.append(f"{path}: pages do not make up the whole ({len(seen)} of {len(whole['rows'])} rows)")


def post(path, op):
    schema = resolve(op["requestBody"]["content"]["application/json"]["schema"])
    text = open(sys.argv[2], encoding="utf-8").read() if len(sys.argv) > 2 else "France accused Germany of blocking talks. Berlin denied it."
    token = json.loads(ask("/api/about")[2])["token"]
    headers = {"X-Chancery-Token": token or ""} if path == "/api/verdicts" else {}
    body = {"text": text, "at": 1, "event": 1, "verdict": "right"}
    body = {k: v for k, v in body.items() if k in schema["properties"] and (k in schema["required"])}
    success = int(next(s for s in op["responses"] if s[0] == "2"))
    fits(op, path, ask(path, body, headers), success)
    for key in schema["required"]:
        fits(op, f"{path} without {key}", ask(path, {k: v for k, v in body.items() if k != key}, headers), 400)
    for wrong in ([], "x", 1, b"null", {}, {**body, "nonesuch": 1}, b"", b"{", b"{\"text\": \"\xff\"}", b"{\"text\": \"\\u0000\"}", b"{}{}", b"[" * 5000):
        fits(op, f"{path} with {wrong!r}", ask(path, wrong, headers), 400)
    for key, s in schema["properties"].items():
        s = resolve(s)
        values = [None, [], {}, 10 ** 30, True]
        values += ["nonesuch", ""] if "enum" in s else ["x" * (s["maxLength"] + 1)] if s.get("maxLength", 10 ** 9) < 10 ** 6 else []
        if s.get("type") == "object":
            values.remove({})
        for v in values:
            fits(op, f"{path} with {key} {str(v)[:40]}", ask(path, {**body, key: v}, headers), 400)


for where, methods in api["paths"].items():
    for method, operation in methods.items():
        {"get": get, "post": post}[method](where, operation)
print(f"{asked} requests")
for fault in faults:
    print(fault)
sys.exit(bool(faults))
