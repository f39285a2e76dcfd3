#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kill `chancery add` with SIGKILL at N random moments, go on each time, and compare what the record holds with an undisturbed run's.

    bench/kill.py --command build/release/chancery [--kills 200] [--pages 300] [--seed 1]

Each round starts an empty record and kills at random moments of the time that an undisturbed run takes, until a run gets through; rounds are
made until there were N kills. Exit status 1 at the first difference.
"""
import argparse, hashlib, json, os, random, signal, sqlite3, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def pages(path, n, rng):
    """JSON Lines of the samples under many ids, some of them doubled, some with a sentence more."""
    folder = os.path.join(ROOT, "samples")
    texts = [open(os.path.join(folder, f), encoding="utf-8").read() for f in sorted(os.listdir(folder)) if f.endswith(".txt")]
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            text = rng.choice(texts) + (f"\n\nReaders sent {i} letters about it." if i % 3 else "")
            f.write(json.dumps({"id": str(i), "publisher": f"Paper {i % 7}", "published": f"2024-03-{1 + i % 28:02}", "text": text}) + "\n")


def content(path):
    """A hash of all that the record tells, numbers of rows included, without moments and runs."""
    db = sqlite3.connect(path)
    if db.execute("PRAGMA integrity_check").fetchone() != ("ok",) or db.execute("PRAGMA foreign_key_check").fetchall():
        return "damaged"
    h = hashlib.sha256()
    tables = [r[0] for r in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%' AND name <> 'run' ORDER BY 1")]
    for t in tables:
        names = [r[1] for r in db.execute(f"PRAGMA table_info({t})") if not r[1].endswith("_utc") and r[1] not in ("run", "withdrawn_run")]
        columns = ", ".join(f'"{n}"' for n in names)
        for row in db.execute(f"SELECT {columns} FROM {t} ORDER BY {columns}"):
            h.update(repr((t, row)).encode())
    for words in ("dispatch_fts", "actor_fts"): db.execute(f"INSERT INTO {words} ({words}) VALUES ('integrity-check')")
    return h.hexdigest()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--command", required=True)
    p.add_argument("--kills", type=int, default=200)
    p.add_argument("--pages", type=int, default=300)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    rng = random.Random(a.seed)
    killed = i = 0
    with tempfile.TemporaryDirectory() as tmp:
        source = os.path.join(tmp, "pages.jsonl")
        pages(source, a.pages, rng)

        def start(record):
            return subprocess.Popen([a.command, "add", "--quiet", record, source], stdout=subprocess.DEVNULL)

        began = time.monotonic()
        if start(os.path.join(tmp, "whole.db")).wait():
            sys.exit("the undisturbed run fails")
        took = time.monotonic() - began
        want = content(os.path.join(tmp, "whole.db"))
        while killed < a.kills:
            i += 1
            record = os.path.join(tmp, f"{i}.db")
            while killed < a.kills:
                run = start(record)
                try:
                    run.wait(rng.uniform(0, took))
                    break  # it was done before its time
                except subprocess.TimeoutExpired:
                    run.send_signal(signal.SIGKILL)
                    run.wait()
                    killed += 1
            if start(record).wait():
                sys.exit(f"round {i}: the last run fails")
            got = content(record)
            if got != want:
                sys.exit(f"round {i}: the record is not that of an undisturbed run ({got[:12]}, not {want[:12]})")
            for ending in ("", "-wal", "-shm"):
                if os.path.exists(record + ending):
                    os.unlink(record + ending)
    print(f"{killed} kills in {i} rounds of {a.pages} pages ({took:.1f} s undisturbed): the same content every time")


if __name__ == "__main__":
    main()
