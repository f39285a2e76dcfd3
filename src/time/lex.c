/* SPDX-License-Identifier: Apache-2.0
 *
 * lex.c - words to atoms. A word with a hyphen, a slash, or digits run into letters ("mid-2023", "8pm") is cut into
 * several; a key of several words ("right now") becomes one.
 */
#include "time/expr.h"

static const char *const class_name[T_N] = {
    [T_ORDINAL] = "ordinal", [T_CARDINAL] = "cardinal", [T_SCALE] = "scale", [T_VAGUE] = "vague", [T_ARTICLE] = "article",
    [T_THE] = "the", [T_MONTH] = "month", [T_WEEKDAY] = "weekday", [T_UNIT] = "unit", [T_PART] = "part", [T_SEASON] = "season",
    [T_EDGE] = "edge", [T_EDGE_OF] = "edge-of", [T_REL] = "rel", [T_NREL] = "nrel", [T_RECENT] = "recent",
    [T_EVERY] = "every", [T_APPROX] = "approx", [T_AGO] = "ago", [T_THEN] = "then", [T_SET] = "set", [T_DAY] = "day",
    [T_CONST] = "const", [T_OF] = "of", [T_AND] = "and", [T_TO] = "to", [T_COMMA] = "comma", [T_HYPHEN] = "hyphen",
    [T_SLASH] = "slash", [T_POSS] = "poss", [T_AMPM] = "ampm", [T_ZONE] = "zone", [T_FISCAL] = "fiscal", [T_HALF] = "half",
    [T_MORE] = "more", [T_OLD] = "old", [T_HOLIDAY] = "holiday", [T_DECADE] = "decade", [T_BACK] = "back"};

static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool lower(char c) { return c >= 'a' && c <= 'z'; }

static int32_t leading_int(chy_slice s)
{
    int32_t v = 0, sign = 1;
    size_t i = 0;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) sign = s.p[i++] == '-' ? -1 : 1;
    for (; i < s.n && digit(s.p[i]) && v < 100000000; i++) v = v * 10 + (s.p[i] - '0');
    return v * sign;
}

static void from_row(const chy_time_model *m, chy_time_atom *a, uint32_t row)
{
    chy_slice cls = chy_table_cell(&m->words, row, m->class_col);
    a->row = row;
    for (unsigned k = 0; k < T_N; k++)
        if (class_name[k] && chy_slice_eqz(cls, class_name[k])) a->cls = (uint8_t)k;
    a->n = leading_int(chy_table_cell(&m->words, row, m->value_col));
    if (a->cls == T_UNIT && a->n >= 100) a->plural = true, a->n -= 100;
    if ((a->cls == T_WEEKDAY || a->cls == T_MONTH) && a->n >= 100) a->weak = true, a->n -= 100;
    if ((a->cls == T_WEEKDAY || a->cls == T_SEASON) && a->n >= 10) a->plural = true, a->n -= 10;
    a->tenths = a->n < 100000000 ? a->n * 10 : 0;
}

/* "2022-11-09", "2022/11/09", "20221109" is left alone: n the day. */
static bool iso(chy_slice s, chy_time_atom *a)
{
    if (s.n != 10 || s.p[4] != s.p[7] || (s.p[4] != '-' && s.p[4] != '/')) return false;
    char buf[10];
    memcpy(buf, s.p, 10);
    buf[4] = buf[7] = '-';
    chy_day d;
    if (chy_day_parse((chy_slice){buf, 10}, &d) != CHY_OK) return false;
    a->cls = T_ISO;
    a->n = d;
    return true;
}

/* "10/31/2022", "31.10.2022": month first where both would do, as the press that writes slashes does. */
static bool slashed(chy_slice s, chy_time_atom *a)
{
    int32_t v[3] = {0, 0, 0};
    unsigned k = 0, len[3] = {0, 0, 0};
    char sep = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (digit(s.p[i])) {
            if (++len[k] > 4) return false;
            v[k] = v[k] * 10 + (s.p[i] - '0');
        } else {
            if ((s.p[i] != '/' && s.p[i] != '.') || (sep && s.p[i] != sep) || ++k > 2) return false;
            sep = s.p[i];
        }
    }
    if (k != 2 || !len[0] || !len[1] || len[0] > 2 || len[1] > 2 || (len[2] != 4 && (len[2] != 2 || sep == '.'))) return false;
    int32_t y = len[2] == 2 ? (v[2] < 50 ? 2000 : 1900) + v[2] : v[2], mo = v[0], d = v[1];
    if (sep == '.' || mo > 12) mo = v[1], d = v[0];
    if (mo < 1 || d < 1 || !chy_day_ok(y, (unsigned)mo, (unsigned)d)) return false;
    a->cls = T_ISO;
    a->n = chy_day_of(y, (unsigned)mo, (unsigned)d);
    return true;
}

/* A piece that begins with a digit or an apostrophe and a digit. */
static void number(chy_slice s, chy_time_atom *a)
{
    size_t i = 0, n_digits = 0, after = 0;
    int64_t v = 0, minutes = -1;
    bool comma = false, point = false;
    int32_t tenth = 0;
    if (s.n && s.p[0] == '\'') i++;
    bool quoted = i > 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (digit(c) && minutes >= 0) {
            minutes = minutes * 10 + (c - '0');
            if (++after > 2) return;
        } else if (digit(c) && point) {
            if (!after++) tenth = c - '0';
        } else if (digit(c)) {
            if (++n_digits > 9) return;
            v = v * 10 + (c - '0');
        } else if (c == ',' && i + 3 < s.n && digit(s.p[i + 1])) {
            comma = true;
        } else if (c == '.' && !point && minutes < 0 && i + 1 < s.n && digit(s.p[i + 1])) {
            point = true;
        } else if (c == ':' && minutes < 0 && !point && n_digits <= 2 && i + 1 < s.n && digit(s.p[i + 1])) {
            minutes = 0;
        } else {
            break;
        }
    }
    chy_slice rest = {s.p + i, s.n - i};
    a->n = (int32_t)v;
    if (minutes >= 0) {
        if (rest.n || after != 2 || v > 24 || minutes > 59) return;
        a->cls = T_CLOCK;
        a->n = (int32_t)(v * 60 + minutes);
    } else if (!rest.n) {
        a->cls = T_NUMBER;
        a->tenths = v < 100000000 ? (int32_t)v * 10 + tenth : 0;
        a->digits = comma || point ? 0 : (uint8_t)n_digits;
        if (point && after == 2 && v < 24) a->minutes = (int32_t)v * 60 + leading_int((chy_slice){s.p + i - 2, 2});
        if (quoted) a->cls = T_NONE; /* '80 on its own: too often something else */
    } else if (chy_slice_in(rest, "st|nd|rd|th") && n_digits <= 2) {
        a->cls = T_ORDINAL;
    } else if (chy_slice_in(rest, "s|'s") && !comma && !point && v % 10 == 0 && (n_digits == 4 || n_digits == 2)) {
        a->cls = T_DECADE;
    }
}

/* Is a word of several parts cut before s[i], i > 0? */
static bool cut(chy_slice s, size_t i)
{
    char c = s.p[i], b = s.p[i - 1];
    if (c == '-' || b == '-' || b == '/') return true;
    if (c == '/') return !digit(b);
    return digit(b) && lower(c) && chy_slice_in((chy_slice){s.p + i, s.n - i}, "am|pm|a.m.|p.m.|a.m|p.m");
}

static bool push_pieces(const chy_time_model *m, chy_work *w, uint32_t t, chy_time_atoms *out)
{
    chy_slice s = w->d->tokens[t].norm;
    chy_range at = w->d->tokens[t].at;
    bool same = at.end - at.begin == s.n;
    size_t begin = 0;
    for (size_t i = 1; i <= s.n; i++) {
        if (i < s.n && !cut(s, i)) continue;
        chy_slice piece = {s.p + begin, i - begin};
        chy_time_atom a = {.token = t, .n_tokens = 1, .at = at, .row = CHY_NONE, .minutes = -1,
                           .cap = (w->d->tokens[t].flags & CHY_TOKEN_CAP) != 0 || begin > 0};
        if (same) a.at = (chy_range){at.begin + (uint32_t)begin, at.begin + (uint32_t)i};
        chy_rows rows;
        if (digit(piece.p[0]) || (piece.p[0] == '\'' && piece.n > 1 && digit(piece.p[1]))) number(piece, &a);
        else if (chy_table_find(&m->words, piece, &rows, NULL)) from_row(m, &a, rows.row[0]);
        if (!CHY_PUSH(w->arena, out, a)) return false;
        begin = i;
    }
    return true;
}

bool chy_time_lex(const chy_time_model *m, chy_work *w, uint32_t begin, uint32_t end, chy_time_atoms *out)
{
    const chy_token *t = w->d->tokens;
    out->n = 0;
    for (uint32_t i = begin; i < end;) {
        chy_time_atom a = {.token = i, .n_tokens = 1, .at = t[i].at, .row = CHY_NONE, .minutes = -1,
                           .cap = (t[i].flags & CHY_TOKEN_CAP) != 0};
        chy_slice s = t[i].norm;
        chy_rows rows;
        uint32_t n = s.n && !digit(s.p[0]) ? chy_table_longest(&m->words, t, i, end, &rows) : 0;
        if (n) {
            a.n_tokens = n;
            a.at.end = t[i + n - 1].at.end;
            from_row(m, &a, rows.row[0]);
            i += n;
        } else if (s.n > 1 && s.n <= 40 && (digit(s.p[0]) || s.p[0] == '\'' || memchr(s.p, '-', s.n) || memchr(s.p, '/', s.n)) &&
                   !iso(s, &a) && !slashed(s, &a)) {
            if (!push_pieces(m, w, i, out)) return false;
            i++;
            continue;
        } else {
            if (s.n && digit(s.p[0]) && !a.cls) number(s, &a);
            i++;
        }
        if (!CHY_PUSH(w->arena, out, a)) return false;
    }
    return true;
}
