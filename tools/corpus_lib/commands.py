"""The command line: one function a subcommand."""
import argparse, glob, importlib, json, os, sys

from . import check as checks, form

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def files_of(paths, ending=".txt"):
    out = []
    for p in paths:
        if os.path.isdir(p):
            out += sorted(glob.glob(os.path.join(p, "*" + ending)) or glob.glob(os.path.join(p, "*.jsonl")))
        else:
            out.append(p)
    return out


def load(paths):
    """Packed records of JSON Lines and of working files. A working file with errors is an error here."""
    from . import pack
    out = []
    for p in files_of(paths):
        if p.endswith(".jsonl"):
            with open(p, encoding="utf8") as f:
                out += [json.loads(l) for l in f if l.strip()]
        else:
            out.append(pack.pack(form.read(p)))
    return out


def unmarked_text(path):
    """The page of a story that is not yet marked but for names."""
    with open(path, encoding="utf8") as f:
        source = f.read()
    s = form.parse(source.rstrip("\n") + "\n===\n", form.Story(path))
    return s.record["text"]


def check_file(path, o):
    """[(line, doubt, message)], record"""
    notes = []
    if path.endswith(".jsonl"):
        records = []
        with open(path, encoding="utf8") as f:
            for i, l in enumerate(f, 1):
                try:
                    r = json.loads(l)
                    from . import pack
                    checks.check(pack.loose(r), lambda key, text, doubt, r=r, i=i: notes.append((i, doubt, f"{r['id']} {key or ''}: {text}")))
                    records.append(r)
                except (ValueError, KeyError, TypeError) as x:
                    notes.append((i, False, f"no record: {x!r}"))
        return notes, records
    try:
        s = form.read(path)
    except UnicodeDecodeError as x:
        return [(1, False, f"not UTF-8: {x}")], []
    notes = [(line, False, text) for line, text in s.errors]
    if not s.record:
        return notes, []

    def report(key, text, doubt):
        notes.append((s.lines.get(key) or s.at.get(key) or 1, doubt, f"{key}: {text}" if key else text))

    checks.check(s.record, report)
    checks.unnamed_marks(s, report)
    stem = os.path.splitext(os.path.basename(path))[0]
    if s.record["id"] != stem:
        report(None, f"the file is {stem}, its id {s.record['id']}", False)
    stories = o.stories or os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(path))), "stories")
    story = os.path.join(stories, stem + ".txt")
    if os.path.exists(story) and not os.path.samefile(story, path):
        a, b = unmarked_text(story), s.record["text"]
        if a != b:
            k = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            notes.append((1, False, f"the text is not that of {os.path.relpath(story)}: {b[max(0, k - 20):k + 20]!r} where it has {a[max(0, k - 20):k + 20]!r}"))
    return notes, [s.record]


def cmd_check(o):
    n_err, n_doubt, all_records, paths = 0, 0, [], files_of(o.files)
    for p in paths:
        try:
            notes, records = check_file(p, o)
        except OSError as x:
            notes, records = [(0, False, x.strerror)], []
        for line, doubt, text in sorted(notes, key=lambda x: (x[0], x[1])):
            if not (doubt and o.quiet):
                print(f"{p}:{line}: {'doubt: ' if doubt else ''}{text}")
        n_err += sum(not d for _, d, _ in notes)
        n_doubt += sum(d for _, d, _ in notes)
        all_records += records
    seen = {}
    for r in all_records:
        if r["id"] in seen:
            print(f"{r['id']}: two stories have this id")
            n_err += 1
        seen[r["id"]] = r
    if any(p.endswith(".jsonl") for p in paths):
        for share, a, b in checks.near_copies(all_records):
            print(f"{a} and {b} are in different splits and share {share:.0%} of their wording")
            n_err += 1
    if o.quotas:
        short = [x for x in checks.balance(all_records) if x[1] < x[2]]
        for what, n, want in checks.balance(all_records):
            print(f"{what:34} {n:5}" + (f"  wanted {want}" if n < want else ""))
        n_err += len(short) if o.quotas == "hold" else 0
    if len(paths) > 1 or n_err or n_doubt:
        print(f"{len(all_records)} stories, {sum(len(r['events']) for r in all_records)} events: {n_err} errors, {n_doubt} doubts", file=sys.stderr)
    return 1 if n_err else 0


def main(doc):
    ap = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name, *args):
        p = sub.add_parser(name)
        for a, k in args:
            p.add_argument(*a, **k)
        return p

    files = (("files",), {"nargs": "+"})
    out = (("--out",), {"default": os.path.join(HOME, "corpus")})
    coder = (("--command",), {"default": os.path.join(HOME, "build/release/chancery"), "dest": "coder"})
    add("check", files, (("--stories",), {"help": "the folder of unmarked stories: the text must be the same (default: ../stories)"}),
        (("--quotas",), {"nargs": "?", "const": "show", "choices": ("show", "hold"), "help": "the table of balance; hold: fail where short"}),
        (("--quiet",), {"action": "store_true", "help": "errors only, no doubts"}))
    add("pack", files, out)
    add("split", files, out)
    add("stats", files, (("--markdown",), {"action": "store_true"}), (("--write",), {"help": "refresh the table in this file"}))
    add("show", files, (("--html",), {"action": "store_true"}), (("--id",), {"default": ""}))
    add("agree", (("a",), {}), (("b",), {}), (("--diff",), {"action": "store_true"}), (("--json",), {"action": "store_true"}), (("--markdown",), {"action": "store_true"}),
        (("--write",), {"help": "refresh the table in this file"}), (("--table",), {"default": "agreement", "help": "which of its tables"}))
    add("conllu", files, coder)
    add("score", files, coder, (("--json",), {"action": "store_true"}), (("--errors",), {"action": "store_true"}))
    args = sys.argv[1:]  # "--quotas FILE": the word behind it is a file, unless it is one of its values
    o = ap.parse_args([a + "=show" if a == "--quotas" and args[i + 1:i + 2] not in (["hold"], ["show"]) else a for i, a in enumerate(args)])
    if o.command == "check":
        return cmd_check(o)
    module = {"pack": "pack", "split": "pack", "stats": "stats", "show": "show", "agree": "agree", "conllu": "conllu", "score": "score"}[o.command]
    return getattr(importlib.import_module("corpus_lib." + module), "cmd_" + o.command)(o, load)
