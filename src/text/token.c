/* SPDX-License-Identifier: Apache-2.0
 *
 * token.c - one pass over a block's bytes. White space ends a chunk; within a chunk words are taken greedily with the
 * connectors that belong to them (the points of "U.S.", the comma of "10,000", the hyphen of "anti-war"), and every
 * other mark is a token of its own.
 */
#include "text/scan.h"

#include <utf8proc.h>

enum { MAX_FIGURE_GROUPS = 24 };

static bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char at(const chy_scan *s, uint32_t i) { return i < s->end ? s->p[i] : ' '; }

static uint32_t cp_at(const chy_scan *s, uint32_t i, unsigned *len)
{
    return chy_utf8_at((chy_slice){s->p, s->end}, i, len);
}

/* Length of the letter, figure, mark or underscore at i, 0 where something else stands there. */
static unsigned word_at(const chy_scan *s, uint32_t i)
{
    if (i >= s->end) return 0;
    unsigned char c = (unsigned char)s->p[i];
    if (c < 0x80) return is_alpha((char)c) || is_digit((char)c) || c == '_';
    unsigned len;
    uint32_t cp = cp_at(s, i, &len);
    if (cp == 0xAD || cp == 0x200C || cp == 0x200D) return len;
    if (cp == 0xFFFD) return 0;
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)cp);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO) && cp != 0x200B ? len : 0;
}

/* Length of the apostrophe at i: ' or its curly forms; 0 where none. */
static unsigned apostrophe_at(const chy_scan *s, uint32_t i)
{
    if (i >= s->end) return 0;
    if (s->p[i] == '\'') return 1;
    if (s->end - i >= 3 && memcmp(s->p + i, "\xE2\x80", 2) == 0 && ((unsigned char)s->p[i + 2] | 1) == 0x99) return 3;
    return 0;
}

/* The same inside a word, where a grave or acute accent is meant for one too ("Iran`s"). */
static unsigned inner_apostrophe_at(const chy_scan *s, uint32_t i)
{
    if (i < s->end && s->p[i] == '`') return 1;
    if (s->end > i + 1 && memcmp(s->p + i, "\xC2\xB4", 2) == 0) return 2;
    return apostrophe_at(s, i);
}

/* Length of the hyphen at i (ASCII, U+2010, U+2011). */
static unsigned hyphen_at(const chy_scan *s, uint32_t i)
{
    if (i >= s->end) return 0;
    if (s->p[i] == '-') return 1;
    if (s->end - i >= 3 && memcmp(s->p + i, "\xE2\x80", 2) == 0 && ((unsigned char)s->p[i + 2] | 1) == 0x91) return 3;
    return 0;
}

static bool lower_word(chy_slice w, char buf[24])
{
    if (w.n == 0 || w.n > 24) return false;
    for (size_t i = 0; i < w.n; i++) {
        if ((unsigned char)w.p[i] >= 0x80) return false;
        buf[i] = is_upper(w.p[i]) ? (char)(w.p[i] + 32) : w.p[i];
    }
    return true;
}

uint32_t chy_scan_kinds(const chy_text_model *m, chy_slice word)
{
    char buf[24];
    chy_rows rows;
    if (!lower_word(word, buf) || !chy_table_find(&m->words, (chy_slice){buf, word.n}, &rows, NULL)) return 0;
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < rows.n; i++) {
        uint32_t k = m->kinds[rows.row[i]];
        if ((k & CHY_W_ABBREVIATION) && !is_upper(word.p[0]) &&
            is_upper(chy_table_cell(&m->words, rows.row[i], m->col_form).p[0]))
            continue;
        kinds |= k;
    }
    return kinds;
}

/* --------------------------------------------------------------- emitting */

static void emit(chy_scan *s, uint32_t b, uint32_t e, uint32_t mark)
{
    chy_token t = {.at = {b, e}, .form = {s->p + b, e - b}, .head = CHY_NONE, .quote = CHY_NONE};
    uint32_t upper = 0, lower = 0, i = b;
    for (; i < e; i++) {
        char c = s->p[i];
        if ((unsigned char)c >= 0x80 || c == '`' || (unsigned char)c < ' ') break;
        if (is_upper(c)) upper++;
        else if (is_lower(c)) lower++;
    }
    if (i == e) {
        t.norm = t.form;
        if (upper) {
            char *f = s->fold + (b - s->fold_base);
            for (i = b; i < e; i++) f[i - b] = is_upper(s->p[i]) ? (char)(s->p[i] + 32) : s->p[i];
            t.norm.p = f;
            if (is_upper(s->p[b])) t.flags |= CHY_TOKEN_CAP;
            if (upper > 1 && !lower) t.flags |= CHY_TOKEN_ALLCAPS;
        }
    } else {
        t.norm = chy_fold(s->a, t.form);
        if (mark & (CHY_M_WORD | CHY_M_DIGIT)) {
            upper = lower = 0;
            for (i = b; i < e;) {
                unsigned n;
                uint32_t cp = cp_at(s, i, &n);
                if (chy_is_upper(cp)) {
                    upper++;
                    if (i == b) t.flags |= CHY_TOKEN_CAP;
                } else if (chy_is_letter(cp)) {
                    lower++;
                }
                i += n;
            }
            if (upper > 1 && !lower) t.flags |= CHY_TOKEN_ALLCAPS;
        }
    }
    if (CHY_PUSH(s->a, &s->tok, t)) CHY_PUSH(s->a, &s->mark, mark);
}

static uint32_t mark_of_word(const chy_scan *s, uint32_t b) { return is_digit(s->p[b]) ? CHY_M_DIGIT : CHY_M_WORD; }

/* Two words that are written as one. */
static void emit_pair(chy_scan *s, uint32_t b, uint32_t cut, uint32_t e)
{
    emit(s, b, cut, mark_of_word(s, b));
    if (s->tok.n) s->tok.v[s->tok.n - 1].flags |= CHY_TOKEN_MWT_FIRST;
    emit(s, cut, e, CHY_M_WORD);
    if (s->tok.n) s->tok.v[s->tok.n - 1].flags |= CHY_TOKEN_MWT_REST;
}

/* ------------------------------------------------------------ inside words */

/* Where the last clitic of [b, e) begins ("'s", "n't"), or e where it has none. */
static uint32_t clitic(const chy_scan *s, uint32_t b, uint32_t e)
{
    for (uint32_t n = 2; n <= 5 && n < e - b; n++) {
        uint32_t i = e - n;
        unsigned q = inner_apostrophe_at(s, i);
        if (!q || i + q >= e) continue;
        chy_slice tail = {s->p + i + q, e - i - q};
        char buf[24];
        if (!lower_word(tail, buf)) return e;
        tail.p = buf;
        if (chy_slice_eqz(tail, "t") && (s->p[i - 1] | 32) == 'n') return i - 1 > b ? i - 1 : e;
        if (!chy_slice_in(tail, "s|re|ve|ll|d|m")) return e;
        /* "the 1980's": a plural, one word */
        if (buf[0] == 's' && is_digit(s->p[b]) && s->p[i - 1] == '0' && (i - b == 2 || i - b == 4)) return e;
        return i;
    }
    return e;
}

/* Does one of the words between bars in `list` follow the white space at i? */
static bool one_follows(const chy_scan *s, uint32_t i, chy_slice list)
{
    while (at(s, i) == ' ' && i < s->end) i++;
    uint32_t e = i;
    while (e < s->end && is_lower(s->p[e])) e++;
    if (e == i || word_at(s, e)) return false;
    for (size_t k = 0; k < list.n; k++) {
        size_t n = 0;
        while (k + n < list.n && list.p[k + n] != '|') n++;
        if (n == e - i && memcmp(list.p + k, s->p + i, n) == 0) return true;
        k += n;
    }
    return false;
}

/* Bytes of the first of the two words that [b, e) stands for ("cannot", "dont"), 0 where it is one word. "His wont" is. */
static uint32_t contraction(const chy_scan *s, uint32_t b, uint32_t e)
{
    char buf[24], z = (char)(s->p[e - 1] | 32);
    chy_rows rows;
    if (e - b < 2 || e - b > 8 || !memchr("aemorst", z, 7) || !lower_word((chy_slice){s->p + b, e - b}, buf) ||
        !chy_table_find(&s->m->contractions, (chy_slice){buf, e - b}, &rows, NULL))
        return 0;
    chy_slice before = chy_table_cell(&s->m->contractions, rows.row[0], s->m->col_before);
    if (before.n && !one_follows(s, e, before)) return 0;
    if (e - b < 4 && is_upper(s->p[b]) && !before.n) return 0; /* Im, Ive: surnames */
    if (s->tok.n && (s->tok.v[s->tok.n - 1].at.end == b || chy_slice_in(s->tok.v[s->tok.n - 1].norm, "my|your|his|her|its|our|their")))
        return 0; /* "Mal-im", "his wont" */
    uint32_t n = (uint32_t)(chy_table_cell(&s->m->contractions, rows.row[0], s->m->col_first).p[0] - '0');
    return n < e - b ? n : 0;
}

/* Emit the word [b, e), its clitics split off. */
static void emit_word(chy_scan *s, uint32_t b, uint32_t e, bool apostrophe)
{
    if (apostrophe) {
        uint32_t cut[4], n = 0, last = e;
        while (n < 3) {
            uint32_t c = clitic(s, b, last);
            if (c == last || c == b) break;
            cut[n++] = last = c;
        }
        if (n) {
            uint32_t first = s->tok.n;
            uint32_t from = b;
            for (uint32_t k = n; k-- > 0; from = cut[k]) emit(s, from, cut[k], mark_of_word(s, from));
            emit(s, from, e, CHY_M_WORD);
            for (uint32_t k = first; k < s->tok.n; k++)
                s->tok.v[k].flags |= k == first ? CHY_TOKEN_MWT_FIRST : CHY_TOKEN_MWT_REST;
            return;
        }
    } else {
        uint32_t n = contraction(s, b, e);
        if (n) {
            emit_pair(s, b, b + n, e);
            return;
        }
    }
    emit(s, b, e, mark_of_word(s, b));
}

/* "10am": where the unit begins that is written to a figure, or e. */
static uint32_t unit(const chy_scan *s, uint32_t b, uint32_t e)
{
    if (!is_digit(s->p[b])) return e;
    uint32_t i = b;
    while (i < e && (is_digit(s->p[i]) || ((s->p[i] == '.' || s->p[i] == ',' || s->p[i] == ':') && is_digit(at(s, i + 1))))) i++;
    if (i == e || e - i > 5) return e;
    if (e - i == 1 && ((is_upper(s->p[i]) && s->p[i] != 'K') || s->p[i] == 'b' || s->p[i] == 't')) { /* "$5B", "$5b" */
        bool money = s->tok.n && s->mark.v[s->tok.n - 1] & CHY_M_CURRENCY && s->tok.v[s->tok.n - 1].at.end == b;
        if (!money) return e;
    }
    return chy_scan_kinds(s->m, (chy_slice){s->p + i, e - i}) & CHY_W_UNIT ? i : e;
}

/* Figures joined by hyphens from b on that are one token: a date (2022-11-09), a telephone number or a postal code, by
 * the lengths of their groups. Returns its end, or b. */
static uint32_t figure_groups(const chy_scan *s, uint32_t b)
{
    unsigned len[5], n = 0;
    uint32_t i = b;
    while (i < s->end && i - b < MAX_FIGURE_GROUPS && n < 5) {
        uint32_t from = i;
        while (i < s->end && is_digit(s->p[i]) && i - b < MAX_FIGURE_GROUPS) i++;
        len[n++] = i - from;
        if (i == from || at(s, i) != '-') break;
        i++;
    }
    if (n == 0 || len[n - 1] == 0 || word_at(s, i)) return b;
    bool phone = (n == 2 && len[1] == 4 && (len[0] == 1 || len[0] == 3 || len[0] == 5)) || (n == 3 && len[0] == 3 && len[1] == 3 && len[2] == 4) ||
                 (n == 4 && len[1] == 3 && len[2] == 3 && len[3] == 4);
    bool date = n == 3 && ((len[0] == 4 && len[1] <= 2 && len[2] <= 2) ||
                           (len[0] <= 2 && len[1] <= 2 && (len[2] == 2 || len[2] == 4)));
    return phone || date ? i : b;
}

static unsigned number(const chy_scan *s, uint32_t b, uint32_t e)
{
    unsigned v = 0;
    for (; b < e; b++) v = v * 10 + (unsigned)(s->p[b] - '0');
    return v;
}

/* "9/11", "11/28/2000": one token; "1/2", "3/4" are three. i is at the first slash. */
static uint32_t slashed_date(const chy_scan *s, uint32_t b, uint32_t i)
{
    uint32_t j = i + 1, n1 = i - b, n2, n3 = 0;
    while (j < s->end && j - i < 6 && is_digit(s->p[j])) j++;
    n2 = j - i - 1;
    if (n1 < 1 || n1 > 2 || n2 < 1 || n2 > 2) return b;
    if (at(s, j) == '/' && is_digit(at(s, j + 1))) {
        uint32_t k = j + 1;
        while (k < s->end && k - j < 6 && is_digit(s->p[k])) k++;
        n3 = k - j - 1;
        if (n3 != 2 && n3 != 4) return b;
        j = k;
    }
    if (word_at(s, j)) return b;
    unsigned x = number(s, b, i), y = number(s, i + 1, i + 1 + n2);
    if (x > 31 || y > 31 || (x > 12 && y > 12)) return b;
    if (!n3 && n1 == 1 && n2 == 1 && s->p[b] < s->p[i + 1] && s->p[i + 1] <= '5') return b;
    return j;
}

/* May the point at i stand inside the word that began at b? seg: where its last point-free stretch began. */
static bool inner_point(const chy_scan *s, uint32_t b, uint32_t seg, uint32_t i)
{
    char next = at(s, i + 1);
    if (is_digit(next)) return is_digit(s->p[i - 1]) || (seg > b && is_alpha(s->p[i - 1]));
    if (!is_alpha(next)) return false;
    bool single = !word_at(s, i + 2);              /* one letter follows */
    if (i - seg == 1 && is_alpha(s->p[seg])) return single || is_lower(next); /* U.S, a.m, e.g */
    if (single && at(s, i + 2) == '.' && i - seg <= 2 && is_upper(next)) return true; /* Ph.D. */
    /* a domain: "example.com"; not a stop without a space ("went.The") */
    return is_lower(next) && !single;
}

/* End of the word that begins at b. *apostrophe: it holds one. */
static uint32_t word_end(const chy_scan *s, uint32_t b, bool *apostrophe)
{
    *apostrophe = false;
    uint32_t i = b, seg = b;
    unsigned n;
    for (;;) {
        while ((n = word_at(s, i))) i += n;
        if (i >= s->end || i == b) return i;
        char c = s->p[i], prev = s->p[i - 1], next = at(s, i + 1);
        if (c == '.') {
            if (!inner_point(s, b, seg, i)) return i;
            seg = i + 1;
        } else if (c == ',') {
            if (!is_digit(prev) || !is_digit(next) || !is_digit(at(s, i + 2)) || !is_digit(at(s, i + 3)) || is_digit(at(s, i + 4)))
                return i;
        } else if (c == ':') {
            if (!is_digit(prev) || !is_digit(next) || i - b > 8) return i;
        } else if (c == '/') {
            if (is_digit(prev) && is_digit(next)) {
                uint32_t e = slashed_date(s, b, i);
                if (e == b) return i;
                i = e;
                continue;
            }
            uint32_t e = i + 1; /* "w/o", "b/c" */
            while (e < s->end && is_alpha(s->p[e])) e++;
            if (seg == b && !word_at(s, e) && chy_scan_kinds(s->m, (chy_slice){s->p + b, e - b}) & CHY_W_SLASH) return e;
            return i;
        } else if (c == '&') {
            if (!is_upper(prev) || !is_upper(next)) return i;
        } else if ((n = inner_apostrophe_at(s, i))) {
            if (!word_at(s, i + n) || is_digit(at(s, i + n))) return i;
            *apostrophe = true;
            i += n;
            continue;
        } else if ((n = hyphen_at(s, i))) {
            if (is_digit(prev) && is_digit(next)) {
                uint32_t e = figure_groups(s, b);
                if (e <= i) return i;
                i = e;
                continue;
            }
            if (!word_at(s, i + n) || seg != b || is_digit(s->p[b]) ||
                (i - b > 1 && is_upper(s->p[b]) && is_upper(s->p[b + 1])) ||
                !(chy_scan_kinds(s->m, (chy_slice){s->p + b, i - b}) & CHY_W_PREFIX))
                return i;
            i += n;
            seg = i; /* a second hyphen is not looked at */
            continue;
        } else if (c == '$') {
            bool sum = is_digit(next) || (next == ' ' && is_digit(at(s, i + 2))); /* "US$5", "US$ 5" */
            return i - b <= 3 && is_upper(s->p[b]) && is_upper(prev) && sum ? i + 1 : i;
        } else {
            return i;
        }
        i++;
    }
}

/* Is there nothing in the block behind i but marks that close? */
static bool closes_block(const chy_scan *s, uint32_t i)
{
    for (; i < s->end; i++)
        if (!memchr(" \t\r\n\"')]\xE2\x80\x99\x9D", s->p[i], 12)) return false;
    return true;
}

/* Is the stop at i that of the sentence, as of "etc." and "Plan B." at its end? EWT parts it from the word then; names
 * ("Inc.", "U.S.") keep theirs, for a headline has no stop of its own. */
static bool own_stop(const chy_scan *s, uint32_t b, uint32_t i)
{
    if (closes_block(s, i + 1)) return true;
    if (!is_lower(s->p[b]) || at(s, i + 1) != ' ') return false;
    uint32_t e = i + 2;
    while (is_alpha(at(s, e))) e++;
    return is_upper(at(s, i + 2)) && chy_scan_kinds(s->m, (chy_slice){s->p + i + 2, e - i - 2}) & CHY_W_STARTER;
}

/* The stop at e behind the word [b, e): the marks of an abbreviation that it belongs to, or 0. */
static uint32_t abbreviation(const chy_scan *s, uint32_t b, uint32_t e)
{
    if (at(s, e) != '.' || (at(s, e + 1) == '.' && at(s, e + 2) == '.')) return 0;
    unsigned n;
    uint32_t cp = cp_at(s, b, &n);
    if (b + n == e && chy_is_upper(cp) && cp != 'I' && !closes_block(s, e + 1)) return CHY_M_WORD | CHY_M_ABBREVIATION | CHY_M_INITIAL;
    uint32_t k = chy_scan_kinds(s->m, (chy_slice){s->p + b, e + 1 - b}) & CHY_W_ABBREVIATION;
    if ((k & CHY_W_NUMBER) && !(k & (CHY_W_TITLE | CHY_W_OPEN))) {
        uint32_t i = e + 1;
        while (at(s, i) == ' ' && i < s->end && i - e < 4) i++;
        if (!is_digit(at(s, i))) k &= ~(uint32_t)CHY_W_NUMBER;
    }
    if ((k & CHY_W_MEASURE) && !(s->tok.n && s->mark.v[s->tok.n - 1] & CHY_M_DIGIT)) k &= ~(uint32_t)CHY_W_MEASURE;
    if (k && is_lower(s->p[b]) && !memchr(s->p + b, '.', e - b) && own_stop(s, b, e)) return 0;
    if (k) return CHY_M_WORD | CHY_M_ABBREVIATION | k;
    /* letters and points in turn: "U.N.", "J.F.K." */
    if (e - b < 3 || e - b > 16 || s->p[b + 1] != '.') return 0;
    for (uint32_t i = b; i < e; i++)
        if ((i - b) % 2 ? s->p[i] != '.' : !is_alpha(s->p[i])) return 0;
    return CHY_M_WORD | CHY_M_ABBREVIATION | CHY_W_OPEN;
}

static uint32_t take_word(chy_scan *s, uint32_t b)
{
    bool apostrophe;
    uint32_t e = word_end(s, b, &apostrophe);
    if (e == b) e = b + 1;
    uint32_t mark = apostrophe ? 0 : abbreviation(s, b, e);
    if (mark) {
        emit(s, b, e + 1, mark);
        return e + 1;
    }
    if (at(s, e) == '!' && is_upper(s->p[b]) && chy_scan_kinds(s->m, (chy_slice){s->p + b, e + 1 - b}) & CHY_W_BANG) {
        emit(s, b, e + 1, CHY_M_WORD);
        return e + 1;
    }
    if (s->p[e - 1] == '$') {
        emit(s, b, e, CHY_M_WORD | CHY_M_CURRENCY);
        return e;
    }
    uint32_t u = unit(s, b, e);
    if (u < e) {
        emit(s, b, u, CHY_M_DIGIT);
        emit(s, u, e, CHY_M_WORD);
        return e;
    }
    emit_word(s, b, e, apostrophe);
    return e;
}

/* ------------------------------------------------------------ other marks */

static uint32_t run_of(const chy_scan *s, uint32_t i, char c)
{
    while (i < s->end && s->p[i] == c) i++;
    return i;
}

static uint32_t bang_run(const chy_scan *s, uint32_t i)
{
    while (i < s->end && (s->p[i] == '!' || s->p[i] == '?')) i++;
    return i;
}

/* End of the dash, the arrow or the line drawn by hand that begins at i: "--", "->", "==--", "|---+---". */
static uint32_t rule_end(const chy_scan *s, uint32_t i)
{
    char c = s->p[i];
    uint32_t e = run_of(s, i, c);
    if (c == '<' && (e > i + 1 || (at(s, e) != '-' && at(s, e) != '='))) return e;
    while (e < s->end && (memchr("-=+|", s->p[e], 4) || (s->p[e] == '>' && (s->p[e - 1] == '-' || s->p[e - 1] == '=')))) e++;
    return e;
}

/* A token at i (chunk end `stop`) that begins with an ASCII mark. */
static uint32_t take_ascii(chy_scan *s, uint32_t i, uint32_t stop)
{
    char c = s->p[i], next = at(s, i + 1);
    uint32_t e = i + 1, mark = 0;
    switch (c) {
    case '.':
        e = run_of(s, i, '.');
        mark = e - i > 1 ? CHY_M_ELLIPSIS : CHY_M_STOP;
        if (mark == CHY_M_STOP && bang_run(s, e) > e) e = bang_run(s, e), mark = CHY_M_BANG; /* ".?" */
        break;
    case '!': case '?':
        e = bang_run(s, e);
        if (at(s, e) == '.' && at(s, e + 1) != '.') e++;
        mark = CHY_M_BANG;
        break;
    case ',': case ':':
        if (bang_run(s, e) > e) e = bang_run(s, e), mark = CHY_M_BANG;
        break;
    case '(': case '[': case '{': mark = CHY_M_BRACKET_OPEN; break;
    case ')': case ']': case '}': mark = CHY_M_BRACKET_CLOSE; break;
    case '"': mark = CHY_M_DOUBLE; break;
    case '\'':
        if (next == '\'') {
            e = i + 2;
            mark = CHY_M_DOUBLE;
        } else {
            mark = CHY_M_SINGLE;
        }
        break;
    case '`':
        e = i + (next == '`' ? 2 : 1);
        mark = next == '`' ? CHY_M_DOUBLE : CHY_M_SINGLE;
        break;
    case '$': e = run_of(s, i, c), mark = CHY_M_CURRENCY; break;
    case '-': e = rule_end(s, i), mark = CHY_M_DASH; break;
    case '=': case '+': case '|': case '<': e = rule_end(s, i); break;
    case '*': case '_': case '~': case '>': case '#': case '\\': e = run_of(s, i, c); break;
    default: break;
    }
    if (e > stop) e = stop;
    emit(s, i, e, mark);
    return e;
}

static uint32_t take_other(chy_scan *s, uint32_t i)
{
    unsigned n;
    uint32_t cp = cp_at(s, i, &n), e = i + n, mark = 0;
    switch (cp) {
    case 0x2026:
        while (s->end - e >= 3 && memcmp(s->p + e, "\xE2\x80\xA6", 3) == 0) e += 3;
        if (at(s, e) == '.') e = run_of(s, e, '.');
        mark = CHY_M_ELLIPSIS;
        break;
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0xAB: case 0xBB: case 0x2033: mark = CHY_M_DOUBLE; break;
    case 0x2018: case 0x2019:
        mark = CHY_M_SINGLE;
        if (s->end - e >= 3 && memcmp(s->p + e, s->p + i, 3) == 0) e += 3, mark = CHY_M_DOUBLE;
        break;
    case 0x201A: case 0x201B: case 0x2039: case 0x203A: case 0x2032: case 0xB4: mark = CHY_M_SINGLE; break;
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
        mark = CHY_M_DASH;
        while (e < s->end && s->end - e >= n && memcmp(s->p + e, s->p + i, n) == 0) e += n;
        break;
    default:
        if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_SC) mark = CHY_M_CURRENCY;
        break;
    }
    emit(s, i, e, mark);
    return e;
}

/* "'90s", "'em": end of the word that the apostrophe at i begins, or i. */
static uint32_t apostrophe_word(const chy_scan *s, uint32_t i, unsigned n)
{
    uint32_t j = i + n;
    if (is_digit(at(s, j)) && is_digit(at(s, j + 1)) && !is_digit(at(s, j + 2))) {
        if (at(s, j + 2) == 's') return word_at(s, j + 3) ? i : j + 3;
        return word_at(s, j + 2) || apostrophe_at(s, j + 2) ? i : j + 2;
    }
    while (word_at(s, j) && j - i < 10) j += word_at(s, j);
    if (j == i + n || j - i >= 10) return i;
    char buf[16] = "'";
    memcpy(buf + 1, s->p + i + n, j - i - n);
    if (!(chy_scan_kinds(s->m, (chy_slice){buf, j - i - n + 1}) & CHY_W_APHAERESIS)) return i;
    unsigned close = apostrophe_at(s, j);
    return !close ? j : j == i + n + 1 ? j + close : i; /* "rock 'n' roll" */
}

/* --------------------------------------------------------------- the pass */

static void take_chunk(chy_scan *s, uint32_t i, uint32_t stop)
{
    uint32_t first = i;
    bool net = memchr(s->p + i, '@', stop - i) || memchr(s->p + i, '/', stop - i) || memchr(s->p + i, '.', stop - i);
    if (stop - i <= 4 && stop - i > 1 && memchr(":;=^<8Xx", s->p[i], 8) && chy_scan_kinds(s->m, (chy_slice){s->p + i, stop - i}) & CHY_W_SMILEY) {
        emit(s, i, stop, 0);
        return;
    }
    while (i < stop) {
        unsigned char c = (unsigned char)s->p[i];
        unsigned n;
        bool fresh = i == first || (s->tok.n && s->mark.v[s->tok.n - 1] & (CHY_M_BRACKET_OPEN | CHY_M_DOUBLE | CHY_M_SINGLE | CHY_M_DASH));
        if (net && (fresh || !(s->mark.v[s->tok.n - 1] & (CHY_M_WORD | CHY_M_DIGIT)))) {
            uint32_t e = chy_scan_net(s, i, stop);
            if (e > i) {
                emit(s, i, e, CHY_M_WORD);
                i = e;
                net = false;
                continue;
            }
        }
        if (fresh && (n = apostrophe_at(s, i))) {
            uint32_t e = apostrophe_word(s, i, n);
            if (e > i) {
                emit(s, i, e, CHY_M_WORD);
                i = e;
                continue;
            }
        }
        if (fresh && (c == '.' || c == '+' || c == '#') && word_at(s, i + 1) && (c != '#' || is_alpha(at(s, i + 1)))) {
            bool apostrophe; /* ".45", "+44", "#tag" */
            uint32_t e = word_end(s, i + 1, &apostrophe);
            emit(s, i, e, is_digit(s->p[i + 1]) ? CHY_M_DIGIT : CHY_M_WORD);
            i = e;
        } else if (word_at(s, i) && c != '_') {
            i = take_word(s, i);
        } else if (c < 0x80) {
            i = take_ascii(s, i, stop);
        } else {
            i = take_other(s, i);
        }
        if (s->a->failed) return;
    }
}

static unsigned space_at(const chy_scan *s, uint32_t i)
{
    unsigned char c = (unsigned char)s->p[i];
    if (c < 0x80) return c <= ' ' || c == 0x7F;
    if (c < 0xC2 || (c > 0xC2 && c < 0xE1) || c > 0xEF) return 0;
    unsigned n;
    return chy_is_space(cp_at(s, i, &n)) ? n : 0;
}

void chy_scan_tokens(chy_scan *s)
{
    uint32_t i = s->begin;
    while (i < s->end && !s->a->failed) {
        unsigned n = space_at(s, i);
        if (n) {
            i += n;
            continue;
        }
        uint32_t stop = i;
        while (stop < s->end && !space_at(s, stop)) stop++;
        uint32_t before = s->tok.n;
        take_chunk(s, i, stop);
        if (s->tok.n > before && (stop < s->end || (stop < s->w->text.n && chy_is_space((unsigned char)s->p[stop]))))
            s->tok.v[s->tok.n - 1].flags |= CHY_TOKEN_SPACE_AFTER;
        i = stop;
    }
}
