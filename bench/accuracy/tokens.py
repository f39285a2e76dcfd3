#!/usr/bin/env python3
"""Score words, sentences and trees from raw text against a treebank in CoNLL-U, as the CoNLL 2018 shared task does.

    bench/accuracy/tokens.py FILE.conllu [COMMAND] [--eval conll18_ud_eval.py]

The raw text is the treebank's sentences, joined as their spacing says, with a blank line between paragraphs and documents. The
command reads it with `parse --whole`. Precision, recall and F1 are those of the shared task's own evaluation: the file given
with --eval, or conll18_ud_eval among Python's modules, or the copy in the package stanza, up to 1.8 (only that one file is
loaded). Without it words and sentences are compared here by their character spans, which differs only inside
multiword tokens of other words than the treebank's (by .0003), and nothing is said of the trees. Exit status 0; 77 where FILE is not there.
"""
import argparse, glob, importlib.util, os, subprocess, sys, tempfile


def sentences(lines):
    """(comments, rows) of each sentence."""
    meta, rows = {}, []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip().split(" ")[0]] = value.strip()
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield meta, rows
            meta, rows = {}, []
    if rows:
        yield meta, rows


def surface(rows):
    """The rows of tokens: multiword ranges for the words in them."""
    last = 0
    for r in rows:
        if "-" in r[0]:
            last = int(r[0].split("-")[1])
            yield r
        elif r[0].isdigit() and int(r[0]) > last:
            yield r


def raw_text(path):
    out, first = [], True
    for meta, rows in sentences(open(path, encoding="utf-8")):
        if not first and ("newdoc" in meta or "newpar" in meta):
            while out[-1].isspace():
                out.pop()
            out.append("\n\n")
        first = False
        for r in surface(rows):
            out.append(r[1])
            if "SpaceAfter=No" not in r[9].split("|"):
                out.append(" ")
    return "".join(out).rstrip() + "\n"


def parsed(command, path):
    r = subprocess.run([command, "parse", "--quiet", "--whole", "--input", "text", path], stdout=subprocess.PIPE, check=True)
    return r.stdout.decode("utf-8")


def evaluation(path):
    """The shared task's evaluation as a module, or None."""
    if not path:
        for package, files in (("conll18_ud_eval", "/conll18_ud_eval.py"), ("stanza", "/utils/conll18_ud_eval.py")):
            spec = importlib.util.find_spec(package)
            folder = os.path.dirname(spec.origin) if spec and spec.origin else None
            found = glob.glob(folder + files) if folder else []
            if found:
                path = found[0]
                break
    if not path:
        return None
    spec = importlib.util.spec_from_file_location("conll18_ud_eval", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["conll18_ud_eval"] = module
    spec.loader.exec_module(module)
    return module


def spans(lines):
    """Words and sentences as ranges of the characters that are no blanks; the words of a multiword token by their order in it."""
    words, ends, at = set(), set(), 0
    for _, rows in sentences(lines):
        begin, left, place = at, 0, None
        for r in rows:
            if "-" in r[0]:
                a, b = map(int, r[0].split("-"))
                left, place = b - a + 1, (at, at + len("".join(r[1].split())))
                at = place[1]
            elif r[0].isdigit():
                if left:
                    left -= 1
                    words.add(place + (r[1].lower(),))
                else:
                    n = len("".join(r[1].split()))
                    words.add((at, at + n))
                    at += n
        ends.add((begin, at))
    return {"Words": words, "Sentences": ends}


def measure(gold, command, eval_path=None):
    """{measure: (precision, recall, F1)} and the name of what computed them."""
    with tempfile.TemporaryDirectory() as tmp:
        text, system = os.path.join(tmp, "raw.txt"), os.path.join(tmp, "system.conllu")
        with open(text, "w", encoding="utf-8") as f:
            f.write(raw_text(gold))
        out = parsed(command, text)
        with open(system, "w", encoding="utf-8") as f:
            f.write(out)
        m = evaluation(eval_path)
        if m:
            e = m.evaluate(m.load_conllu_file(gold), m.load_conllu_file(system))
            return {k: (v.precision, v.recall, v.f1) for k, v in e.items()}, "CoNLL 2018 evaluation"
    g, s, table = spans(open(gold, encoding="utf-8")), spans(out.splitlines()), {}
    for k in g:
        right = len(g[k] & s[k])
        table[k] = (right / max(1, len(s[k])), right / len(g[k]), 2 * right / (len(s[k]) + len(g[k])))
    return table, "spans compared here: conll18_ud_eval is not installed"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("file"), ap.add_argument("command", nargs="?", default="build/release/chancery")
    ap.add_argument("--eval", help="conll18_ud_eval.py")
    o = ap.parse_args()
    if not os.path.exists(o.file):
        print(f"tokens: no treebank at {o.file}", file=sys.stderr)
        return 77
    table, by = measure(o.file, o.command, o.eval)
    print(f"{os.path.basename(o.file)}, raw text; {by}\n{'':10} precision  recall      F1")
    for k, (p, r, f) in table.items():
        print(f"{k:10} {p:9.4f} {r:7.4f} {f:7.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
