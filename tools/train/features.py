"""What the tagger and parser see of a word. src/syntax/features.c computes the same, byte for byte.

A form is folded (curly quotes and long dashes to ASCII, letters to lower case, digits to 0), and turned into
ids: the whole form (vocabulary), its first three bytes, its last one to four bytes (hash buckets), its shape,
and the word pieces whose static vectors it takes the mean of.
"""

N_PREFIX = 2048
N_SUFFIX = (256, 1024, 4096, 8192)
N_SHAPE = 192
N_GAZ = 64
MAX_PIECES = 6
MAX_FOLDED = 60

_QUOTES = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2026": "...",
}


def fold(form):
    """UTF-8 bytes of the form with quotes and dashes in ASCII and letters (ASCII, Latin-1) in lower case."""
    out = []
    for ch in form:
        if ch in _QUOTES:
            out.append(_QUOTES[ch])
        elif "A" <= ch <= "Z" or ("\u00c0" <= ch <= "\u00de" and ch != "\u00d7"):
            out.append(chr(ord(ch) + 32))
        else:
            out.append(ch)
    s = "".join(out)
    if s in ("``", "''"):
        s = '"'
    b = s.encode("utf8", "replace")
    if len(b) > MAX_FOLDED:
        b = b[:MAX_FOLDED - 8] + b[-8:]
    return b


def zero_digits(b):
    return bytes(48 if 48 <= c <= 57 else c for c in b)


def hash32(b, seed):
    h = (2166136261 ^ seed) & 0xFFFFFFFF
    for c in b:
        h = ((h ^ c) * 16777619) & 0xFFFFFFFF
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    h ^= h >> 13
    h = (h * 0xC2B2AE35) & 0xFFFFFFFF
    h ^= h >> 16
    return h


def hash64(b):
    h = 14695981039346656037
    for c in b:
        h = ((h ^ c) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    h = (h * 0xD6E8FEB86659FD93) & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    return h or 1


def case_class(form):
    """0 no letter, 1 lower, 2 Capital, 3 single CAPITAL, 4 CAPITALS, 5 mIxed. Letters: ASCII and Latin-1."""
    up = low = 0
    first_up = False
    seen = False
    for ch in form:
        u = "A" <= ch <= "Z" or ("\u00c0" <= ch <= "\u00de" and ch != "\u00d7")
        l = "a" <= ch <= "z" or ("\u00df" <= ch <= "\u00ff" and ch != "\u00f7")
        if not (u or l) and ord(ch) >= 0x100 and ch not in _QUOTES:
            l = True                       # other scripts count as lower case
        if u or l:
            if not seen:
                first_up = u
                seen = True
            up += u
            low += l
    if not seen:
        return 0
    if not up:
        return 1
    if not low:
        return 3 if up == 1 else 4
    return 2 if first_up and up == 1 else 5


def sentence_case(classes):
    """0 ordinary, 1 Headline Case (nearly all words capitalised), 2 ALL CAPITALS, 3 no capital at all."""
    words = [c for c in classes if c]
    n = len(words)
    lower = sum(c == 1 for c in words)
    caps = sum(c in (3, 4) for c in words)
    if n >= 3 and caps * 10 >= n * 8:
        return 2
    if n >= 4 and lower * 10 <= n * 4:
        return 1
    if n >= 3 and lower == n:
        return 3
    return 0


def shape(form, cls, first, sent_case):
    has_digit = all_digit = False
    digits = others = 0
    hyphen = False
    for ch in form:
        if "0" <= ch <= "9":
            digits += 1
        elif ch in ".,":
            pass
        else:
            others += 1
        if ch == "-" or ch == "'" or _QUOTES.get(ch) in ("-", "'"):
            hyphen = True
    kind = 0
    if digits and not others:
        kind = 1
    elif digits:
        kind = 2
    elif hyphen:
        kind = 3
    # 6 classes x 4 kinds x 2 positions x 4 sentence cases = 192
    return ((cls * 4 + kind) * 2 + (1 if first else 0)) * 4 + sent_case


def hashed(folded):
    z = zero_digits(folded)
    out = [hash32(z[:3], 1) & (N_PREFIX - 1)]
    for k, n in enumerate(N_SUFFIX, 1):
        out.append(hash32(z[-k:] if len(z) > k else b"^" + z, 1 + k) & (n - 1))
    return out


def pieces(folded, table):
    """Ids of the word pieces of a folded form; table maps bytes to ids (from 1); continuing pieces start with ##."""
    whole = table.get(folded)
    if whole is not None:
        return [whole]
    if any(48 <= c <= 57 for c in folded):
        return []
    out, at = [], 0
    while at < len(folded) and len(out) < MAX_PIECES:
        hit = None
        for end in range(min(len(folded), at + 24), at, -1):
            p = folded[at:end] if at == 0 else b"##" + folded[at:end]
            hit = table.get(p)
            if hit is not None:
                break
        if hit is None:
            return []
        out.append(hit)
        at = end
    return out if at == len(folded) else []
