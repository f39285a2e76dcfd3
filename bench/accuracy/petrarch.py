"""PETRARCH's unit-test records, with its own test dictionaries imported and nothing of ours: is exactly what a record
expects coded? A record is right where the set of (source code, target code, event code) is the expected one."""
import html, json, re, subprocess, sys


def records(path):
    """[(id, day, text, expected triples)]; records that expect an error or a discard expect nothing to be coded."""
    out = []
    with open(path, encoding="utf-8", errors="replace") as f:
        raw = f.read()
    for m in re.finditer(r"<Sentence (.*?)>(.*?)</Sentence>", raw, re.S):
        head, body = m[1], m[2]
        day = re.search(r'date\s*=\s*"(\d{4})(\d\d)(\d\d)"', head)
        text = re.search(r"<Text>(.*?)</Text>", body, re.S)
        if not day or not text:
            continue
        want = set()
        for e in re.findall(r"<EventCoding(.*?)>", body):
            a = dict((k, v) for k, _, v in re.findall(r"(\w+)\s*=\s*(['\"])(.*?)\2", e))
            if "eventcode" in a:
                want.add((a.get("sourcecode", ""), a.get("targetcode", ""), a["eventcode"]))
        name = re.search(r'id\s*=\s*"(.*?)"', head)[1]
        out.append((name, "-".join(day.groups()), " ".join(html.unescape(text[1]).split()), want))
    return out


def pairs(event):
    """The triples of a coded event: every source with every target but itself."""
    for s in event["source"]:
        for t in event["target"]:
            if s.get("code") != t.get("code"):
                yield s.get("code", ""), t.get("code", ""), event["cameo"]


def measure(folder, command, show=False):
    """(records right, records, triples right, coded, expected)."""
    all_ = records(f"{folder}/PETR.UnitTest.records.xml")
    lines = "".join(json.dumps({"id": i, "text": text, "published": day}) + "\n" for i, (_, day, text, _) in enumerate(all_))
    args = [command, "code", "--quiet", "--input", "jsonl", "--only-own", "--frames", f"{folder}/PETR.Validate.verbs.txt",
            "--actors", f"{folder}/PETR.Validate.agents.txt", "--actors", f"{folder}/PETR.Validate.actors.txt", "-"]
    done = subprocess.run(args, input=lines.encode(), stdout=subprocess.PIPE)
    got = [set() for _ in all_]
    for line in done.stdout.splitlines():
        e = json.loads(line)
        got[int(e["dispatch"]["id"])].update(pairs(e))
    right = hit = coded = expected = 0
    for (name, day, text, want), have in zip(all_, got):
        right += have == want
        hit += len(have & want)
        coded += len(have)
        expected += len(want)
        if show and have != want:
            print(f"{name} {day}\n    {text}\n    want {sorted(want)}\n    got  {sorted(have)}")
    return right, len(all_), hit, coded, expected


if __name__ == "__main__":
    right, n, hit, coded, expected = measure(sys.argv[1], sys.argv[2], show=True)
    print(f"records {right} of {n}: {right / n:.3f}; triples precision {hit / max(coded, 1):.3f} recall {hit / expected:.3f}")
