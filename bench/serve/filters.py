#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long the views of a record take to answer, filter by filter.

    bench/serve/filters.py RECORD [--chancery COMMAND] [--rounds N]
    bench/serve/filters.py --url http://127.0.0.1:8642 [--rounds N]

Starts `chancery serve` on the record, or asks one that runs. Each endpoint is asked with each filter: once as the first to use it, then N times. Printed are milliseconds on the
clock of one client on a connection that is kept: first, median and most; the median of the server's bytes; and what was found.
"""
import argparse
import http.client
import json
import re
import statistics
import subprocess
import time
import urllib.parse

FILTERS = [
    "", "actor:USA", "source:RUS", "dyad:RUS-UKR", "actor:minister", "sector:MIL", "type:ASSAULT", "mode:airstrike", "quad:4", "status:claimed,disputed", "from:2022-10 to:2022-12",
    "place:UKR", "publisher:Reuters", "contested:yes", "text:missile", "text:\"prime minister\"", "voice:USA", "denier:RUS", "agency:Reuters",
    "actor:USA quad:3,4 -status:planned from:2022",
]
VIEWS = {
    "facets": {}, "timeline": {}, "timeline by type": {"split": "type", "by": "month"}, "events": {}, "events, all of 500": {"limit": 500}, "incidents": {},
    "relation": {"a": "RUS", "b": "UKR"}, "network": {}, "network of actors": {"level": "actor"}, "places": {}, "contested": {},
}


def ask(connection, view, q):
    path = "/api/" + re.split("[ ,]", view)[0] + "?" + urllib.parse.urlencode({"q": q, **VIEWS[view]})
    begin = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    took = (time.perf_counter() - begin) * 1000
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:200]}")
    return took, body


def measure(url, rounds):
    at = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname, at.port, timeout=120)
    begin = time.perf_counter()
    ask(connection, "facets", "")
    print(f"first answer after {(time.perf_counter() - begin) * 1000:.0f} ms\n")
    print(f"| view | filter | first | median | most | bytes | found |\n|---|---|--:|--:|--:|--:|--:|")
    every = {}
    for view in VIEWS:
        for q in FILTERS:
            first, body = ask(connection, view, q)
            times = [ask(connection, view, q)[0] for _ in range(rounds)]
            every.setdefault(view, []).append((first, statistics.median(times), max(times)))
            print(f"| {view} | `{q}` | {first:.1f} | {statistics.median(times):.1f} | {max(times):.1f} | {len(body)} | {json.loads(body)['total']} |", flush=True)
    print("\n| view | median | worst median | worst first | worst |\n|---|--:|--:|--:|--:|")
    for view, rows in every.items():
        print(f"| {view} | {statistics.median(r[1] for r in rows):.1f} | {max(r[1] for r in rows):.1f} | {max(r[0] for r in rows):.1f} | {max(r[2] for r in rows):.1f} |")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("record", nargs="?")
    p.add_argument("--url")
    p.add_argument("--chancery", default="build/release/chancery")
    p.add_argument("--rounds", type=int, default=5)
    o = p.parse_args()
    if o.url:
        return measure(o.url, o.rounds)
    if not o.record:
        p.error("a record or --url")
    server = subprocess.Popen([o.chancery, "serve", "--port", "0", o.record], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        measure(re.search(r"http://\S+", server.stdout.readline()).group(), o.rounds)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
