#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`chancery add` of made-up dispatches, at any number: does the rate hold, does memory stay flat, how large does the record grow.

    bench/record/ingest.py COMMAND RECORD.db N [--log FILE.csv] [--every 10] [--seed S] [--sentences 3-6] [--threads T]

The dispatches come of synthesize.py through a pipe, so that nothing of them is kept. Every few seconds a line goes into the log: seconds
since the start, dispatches, events, the command's resident memory (VmRSS) and that of it that is its own (RssAnon), its CPU seconds, bytes
of the record and of its write-ahead log. At the end the rate and the memory are printed for each tenth of N, and bytes a dispatch.
"""
import argparse, csv, os, re, sqlite3, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))


def status(pid, field):
    m = re.search(field + r":\s+(\d+)", open(f"/proc/{pid}/status").read())
    return int(m[1]) if m else 0


def cpu(pid):
    f = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(f[11]) + int(f[12])) / os.sysconf("SC_CLK_TCK")


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def rows(path):
    """Dispatches and events on record, by their highest numbers: counting would read the whole of it."""
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)
        n = [db.execute(f"SELECT coalesce(max(id), 0) FROM {t}").fetchone()[0] for t in ("dispatch", "event")]
        db.close()
        return n
    except sqlite3.Error: # not there yet
        return [0, 0]


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    a.add_argument("command")
    a.add_argument("record")
    a.add_argument("n", type=int)
    a.add_argument("--log")
    a.add_argument("--every", type=float, default=10)
    a.add_argument("--seed", default="1")
    a.add_argument("--sentences", default="3-6")
    a.add_argument("--threads")
    a = a.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as tmp:
        pipe = os.path.join(tmp, "synthetic.jsonl")
        os.mkfifo(pipe)
        add = subprocess.Popen([a.command, "add", "--quiet", *(["--threads", a.threads] if a.threads else []), a.record, pipe])
        with open(pipe, "wb") as f:
            made = subprocess.Popen([sys.executable, os.path.join(HERE, "synthesize.py"), str(a.n), "--seed", a.seed, "--sentences", a.sentences], stdout=f)
        begin, log = time.monotonic(), open(a.log, "w", newline="") if a.log else None
        out = csv.writer(log, lineterminator="\n") if log else None
        if out:
            out.writerow("seconds dispatches events rss_mb own_mb cpu_s record_mb wal_mb".split())
        while add.poll() is None:
            try:
                add.wait(a.every)
            except subprocess.TimeoutExpired:
                try:
                    used = cpu(add.pid), status(add.pid, "VmRSS") / 1024, status(add.pid, "RssAnon") / 1024
                except (FileNotFoundError, ProcessLookupError):
                    continue
                d, e = rows(a.record)
                lines.append((round(time.monotonic() - begin, 1), d, e, round(used[1], 1), round(used[2], 1), round(used[0], 1),
                              round(size(a.record) / 1e6, 1), round(size(a.record + "-wal") / 1e6, 1)))
                if out:
                    out.writerow(lines[-1])
                    log.flush()
        took = time.monotonic() - begin
        made.wait()
    d, e = rows(a.record)
    if add.returncode not in (0, 1): # 1: some were refused
        sys.exit(f"{a.command} add: exit {add.returncode} after {d:,} dispatches")
    if add.returncode:
        print(f"{a.n - d:,} of {a.n:,} were refused")
    lines.append((round(took, 1), d, e, *(lines[-1][3:6] if lines else (0, 0, 0)), round(size(a.record) / 1e6, 1), 0))
    print(f"{'dispatches':>12} {'seconds':>8} {'a second':>9} {'a CPU s':>8} {'RSS MB':>7} {'own MB':>7} {'bytes each':>10}")
    last, step = (0, 0, 0, 0, 0, 0, 0, 0), max(1, a.n // 10)
    for k in range(1, 11):
        x = next((l for l in lines if l[1] >= min(k * step, d)), lines[-1])
        if x[1] > last[1]:
            rate, each = (x[1] - last[1]) / max(x[0] - last[0], .1), (x[1] - last[1]) / max(x[5] - last[5], .1)
            print(f"{x[1]:12,} {x[0]:8,.0f} {rate:9,.0f} {each:8,.0f} {x[3]:7,.0f} {x[4]:7,.0f} {x[6] * 1e6 / x[1]:10,.0f}", flush=True)
        last = x
    print(f"{d:,} dispatches, {e:,} events, {took:,.0f} s, {d / took:,.0f} dispatches a second, {size(a.record) / d:,.0f} bytes a dispatch")


if __name__ == "__main__":
    main()
