#!/usr/bin/env python3
"""Check CoNLL-U files of dependency trees: check.py FILE… — faults go to standard error, exit status 1 if any.

Every sentence has a unique sent_id, a kind and a text its words spell out; one root, no cycle, no crossing arc;
UPOS and relations are those of UD English EWT; punct and PUNCT go together, conj, flat, fixed and appos point to the
right, and nothing hangs from a function word but the parts of a fixed expression. The last line counts sentences by kind.
"""
import collections
import sys

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = set("""
    acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop
    csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list mark nmod
    nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis
    punct reparandum root vocative xcomp""".split())
KINDS = set("headline dateline caption pile appos quote attribution clause list reduced nominal".split())


def sentences(path):
    """Yield (line number, comments, rows) of each sentence; comments as a dict, rows as lists of columns."""
    comments, rows, first = {}, [], 1
    with open(path, encoding="utf8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, equals, value = line[1:].partition(" = ")
                if equals:
                    comments[key.strip()] = value
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield first, comments, rows
                comments, rows, first = {}, [], number + 1
            else:
                comments = {}  # the head of the file
    if rows:
        yield first, comments, rows


def spelled(rows):
    """The text the rows spell: a range stands for its words."""
    text, until = "", 0
    for r in rows:
        if "-" in r[0]:
            until = int(r[0].split("-")[1])
        elif int(r[0]) <= until:
            continue
        text += r[1] + ("" if "SpaceAfter=No" in r[9].split("|") else " ")
    return text.rstrip(" ")


def faults(comments, rows):
    """Yield what is wrong with one sentence."""
    for key in ("sent_id", "kind", "text"):
        if key not in comments:
            yield f"no {key}"
    if comments.get("kind") not in KINDS:
        yield f"no such kind: {comments.get('kind')}"
    if any(len(r) != 10 or "" in r for r in rows):
        yield "a row without ten filled columns"
        return
    words = [r for r in rows if "-" not in r[0]]
    n = len(words)
    if [r[0] for r in words] != [str(i) for i in range(1, n + 1)]:
        yield "words are not numbered 1, 2, …"
        return
    if comments.get("text") != spelled(rows):
        yield f"the words spell: {spelled(rows)}"
    if not all(r[6].isdigit() and int(r[6]) <= n for r in words):
        yield "a head out of range"
        return
    head = [0] + [int(r[6]) for r in words]
    if head[1:].count(0) != 1:
        yield f"{head[1:].count(0)} roots"
    for i, r in enumerate(words, 1):
        where = f"word {i} ({r[1]})"
        if r[3] not in UPOS:
            yield f"{where}: no such part of speech: {r[3]}"
        if r[7] not in RELATIONS:
            yield f"{where}: no such relation: {r[7]}"
        if (head[i] == 0) != (r[7] == "root"):
            yield f"{where}: head {head[i]} with {r[7]}"
        if (r[3] == "PUNCT") != (r[7] == "punct"):
            yield f"{where}: {r[3]} with {r[7]}"
        if r[7] in ("conj", "flat", "fixed", "appos") and head[i] > i:
            yield f"{where}: {r[7]} before its head"
        if r[7] in ("aux", "aux:pass", "cop") and r[3] != "AUX":
            yield f"{where}: {r[3]} with {r[7]}"
        if head[i] and words[head[i] - 1][7] in ("punct", "aux", "aux:pass", "cop", "mark", "cc") and r[7] != "fixed":
            yield f"{where}: hangs from {words[head[i] - 1][1]} ({words[head[i] - 1][7]})"
        step, k = 0, i
        while k and step <= n:
            step, k = step + 1, head[k]
        if k:
            yield f"{where}: in a cycle"
            return
    for i in range(1, n + 1):
        low, high = sorted((i, head[i]))
        for k in range(low + 1, high):
            if head[i] and not low <= head[k] <= high:
                yield f"word {k} ({words[k - 1][1]}): its arc crosses that of word {i} ({words[i - 1][1]})"


def main():
    bad, ids, kinds = 0, set(), collections.Counter()
    for path in sys.argv[1:]:
        for number, comments, rows in sentences(path):
            name = comments.get("sent_id", "?")
            found = list(faults(comments, rows))
            if name in ids:
                found.append("sent_id twice")
            ids.add(name)
            kinds[comments.get("kind", "?")] += 1
            for fault in found:
                print(f"{path}:{number}: {name}: {fault}", file=sys.stderr)
            bad += len(found)
    print(f"{sum(kinds.values())} sentences:", ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
    return 1 if bad or not kinds else 0


if __name__ == "__main__":
    sys.exit(main())
