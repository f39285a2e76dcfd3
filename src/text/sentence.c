/* SPDX-License-Identifier: Apache-2.0
 *
 * sentence.c - where sentences end: behind a stop and the marks that close over it, unless what follows shows that the
 * sentence goes on (a small letter behind a quotation, a name behind a title, a figure behind "No.").
 */
#include "text/scan.h"

enum { BRACKET_REACH = 60 /* tokens: a longer bracket may hold sentences */ };

/* Token that closes the bracket at t, or t where it is not closed within reach. */
static uint32_t bracket_end(const chy_scan *s, uint32_t t)
{
    uint32_t depth = 0;
    for (uint32_t i = t; i < s->tok.n && i - t < BRACKET_REACH; i++) {
        if (s->mark.v[i] & CHY_M_BRACKET_OPEN) depth++;
        else if ((s->mark.v[i] & CHY_M_BRACKET_CLOSE) && --depth == 0) return i;
    }
    return t;
}

/* "[8]" behind a stop: it belongs to the sentence that it closes. */
static bool reference(const chy_scan *s, uint32_t t)
{
    return t + 2 < s->tok.n && s->tok.v[t].form.p[0] == '[' && (s->mark.v[t + 1] & CHY_M_DIGIT) && s->tok.v[t + 2].form.p[0] == ']';
}

static bool starts_small(const chy_scan *s, uint32_t t)
{
    return (s->mark.v[t] & CHY_M_WORD) && !(s->tok.v[t].flags & CHY_TOKEN_CAP);
}

static bool likely_start(const chy_scan *s, uint32_t t)
{
    if (!(s->tok.v[t].flags & CHY_TOKEN_CAP)) return false;
    return (chy_scan_kinds(s->m, s->tok.v[t].form) & CHY_W_STARTER) != 0;
}

/* "Why?" Smith asked: does a verb of saying follow the name that begins at t? */
static bool speech_follows(const chy_scan *s, uint32_t t)
{
    if (!(s->tok.v[t].flags & CHY_TOKEN_CAP) || likely_start(s, t)) return false;
    for (uint32_t i = t + 1; i < s->tok.n && i < t + 4; i++) {
        if (starts_small(s, i)) return (chy_scan_kinds(s->m, s->tok.v[i].form) & CHY_W_SPEECH) != 0;
        if (!(s->tok.v[i].flags & CHY_TOKEN_CAP)) return false;
    }
    return false;
}

/* Does the sentence that began at `start` end with token t, a stop, given that j is the first token behind the marks
 * that close over t? quoted: a quotation closes there. */
static bool ends(const chy_scan *s, uint32_t start, uint32_t t, uint32_t j, bool quoted)
{
    uint32_t m = s->mark.v[t];
    bool space = (s->tok.v[j - 1].flags & CHY_TOKEN_SPACE_AFTER) != 0;
    uint32_t n = j; /* the next word */
    while (n < s->tok.n && n < j + 4 && ((s->mark.v[n] & (CHY_M_BRACKET_OPEN | CHY_M_DASH)) || ((s->mark.v[n] & CHY_M_OPENS)))) n++;
    if (n == s->tok.n) return true;
    bool cap = (s->tok.v[n].flags & CHY_TOKEN_CAP) != 0, small = starts_small(s, n);
    bool mark_next = !(s->mark.v[j] & (CHY_M_WORD | CHY_M_DIGIT | CHY_M_BRACKET_OPEN | CHY_M_OPENS | CHY_M_CURRENCY | CHY_M_DASH));
    if (m & CHY_M_STOP) {
        if (!space) return cap && t > start && starts_small(s, t - 1) && !mark_next;
        if (mark_next && s->tok.v[j].form.n == 1 && memchr(",;:.", s->tok.v[j].form.p[0], 4)) return false;
        if (t == start + 1 && (s->mark.v[start] & CHY_M_DIGIT) && s->tok.v[start].form.n <= 2) return false; /* "1. " */
        if (small) return !quoted && t > start && s->tok.v[t - 1].form.n >= 3;
        return !(quoted && speech_follows(s, n));
    }
    if (m & CHY_M_BANG) {
        if (!space || (mark_next && s->tok.v[j].form.n == 1 && memchr(",;:", s->tok.v[j].form.p[0], 3))) return false;
        if (small) return !quoted;
        return !(quoted && speech_follows(s, n));
    }
    if (m & CHY_M_ELLIPSIS) return space && t > start && cap && !(s->mark.v[j] & CHY_M_DASH);
    if (!(m & CHY_M_ABBREVIATION) || !space) return false;
    if (m & CHY_M_INITIAL) return quoted ? cap : t > start && likely_start(s, n) && s->tok.v[n].form.n > 1 && !(s->tok.v[t - 1].flags & CHY_TOKEN_CAP);
    if (quoted) return cap;
    if (m & (CHY_W_OPEN | CHY_W_MONTH | CHY_W_MEASURE)) return likely_start(s, n) || (n > j && cap && (m & CHY_W_OPEN) && (s->mark.v[j] & CHY_M_OPENS));
    return false;
}

static void push(chy_scan *s, uint32_t b, uint32_t e, uint32_t block)
{
    s->tok.v[b].flags |= CHY_TOKEN_SENTENCE_START;
    CHY_PUSH(s->a, &s->sent, (chy_sentence){.at = {s->tok.v[b].at.begin, s->tok.v[e - 1].at.end}, .first_token = b,
                                            .n_tokens = e - b, .block = block, .root = CHY_NONE});
}

void chy_scan_sentences(chy_scan *s, uint32_t first, uint32_t block)
{
    const uint32_t stops = CHY_M_STOP | CHY_M_BANG | CHY_M_ELLIPSIS | CHY_M_ABBREVIATION;
    uint32_t start = first, hold = 0; /* no sentence ends before token `hold`: a bracket is open */
    for (uint32_t t = first; t < s->tok.n; t++) {
        uint32_t m = s->mark.v[t];
        if ((m & CHY_M_BRACKET_OPEN) && t > start && t >= hold) hold = bracket_end(s, t);
        if (!(m & stops) || t < hold) continue;
        uint32_t j = t + 1;
        bool quoted = false;
        while (j < s->tok.n && j < t + 6) {
            uint32_t k = s->mark.v[j];
            bool tight = !(s->tok.v[j - 1].flags & CHY_TOKEN_SPACE_AFTER);
            if (reference(s, j)) {
                j += 3;
                continue;
            }
            if (k & CHY_M_CLOSES) quoted = true;
            else if (!(tight && (k & CHY_M_BRACKET_CLOSE)) && !(tight && (k & (CHY_M_DOUBLE | CHY_M_SINGLE)) && !(k & CHY_M_OPENS))) break;
            j++;
        }
        if (j < s->tok.n && !ends(s, start, t, j, quoted)) continue;
        push(s, start, j, block);
        start = j;
        t = j - 1;
    }
    if (start < s->tok.n) push(s, start, s->tok.n, block);
}
