/* SPDX-License-Identifier: Apache-2.0
 *
 * dateline.c - the dateline that opens a dispatch: place, day and agency in any order that the agencies use, up to a dash.
 *
 *     GENEVA, Jan 13 (Reuters) -      BEIRUT --      TEHRAN, Nov. 9 (MNA) –      (AFP) —      Moscow, 12 May 2023 (TASS):
 */
#include "page/pager.h"

enum { REACH = 110 /* bytes within which a dateline ends */, MAX_PIECES = 8 };

static bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/* Length of the dash at i, with white space on the side that it needs: " -", "--", an en or em dash. 0 where none. */
static unsigned dash_at(chy_slice s, size_t i)
{
    bool space = i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == ')');
    if (s.p[i] == '-') {
        if (i + 1 < s.n && s.p[i + 1] == '-') return 2;
        return space && (i + 1 == s.n || s.p[i + 1] == ' ' || s.p[i - 1] == ')') ? 1 : 0;
    }
    if (i + 2 < s.n && memcmp(s.p + i, "\xE2\x80", 2) == 0) {
        unsigned char c = (unsigned char)s.p[i + 2];
        if (c == 0x94 || c == 0x95) return 3;
        if (c == 0x93 || c == 0x92) return space ? 3 : 0;
    }
    return 0;
}

typedef struct pieces {
    chy_slice head;
    bool has_agency, has_date, caps;
} pieces;

/* A month with a day, or a weekday. */
static bool date_piece(chy_slice s, chy_slice whole, chy_dateline *out)
{
    static const char *const weekdays = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tue|Wed|Thu|Fri|Sat|Sun|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY";
    static const char *const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december";
    bool month = false, figure = false;
    uint32_t words = 0;
    chy_slice rest = s, w;
    while (chy_slice_split(&rest, ' ', &w)) {
        while (w.n && (w.p[w.n - 1] == '.' || w.p[w.n - 1] == ',')) w.n--;
        if (!w.n) continue;
        words++;
        if (w.p[0] >= '0' && w.p[0] <= '9' && w.n <= 4) {
            figure = true;
            continue;
        }
        char z[16];
        if (w.n > sizeof z) return false;
        for (size_t i = 0; i < w.n; i++) z[i] = (char)(w.p[i] | 32);
        if (chy_slice_in((chy_slice){z, w.n}, months)) month = true;
        else if (chy_slice_in(w, weekdays)) out->dated = true;
        else return false;
    }
    if (!words || (figure && !month && words > 1)) return false;
    if (figure && !month) return s.n == 4; /* the year behind "Jan 13, " */
    uint32_t left;
    chy_day d = chy_page_day(whole, &left);
    if (d != CHY_NO_DAY) out->day = d;
    if (month && figure) out->dated = true;
    return true;
}

/* Words with capitals, five at most, no agency's. *caps: all letters are capitals. */
static bool place_piece(chy_slice s, bool *caps)
{
    uint32_t words = 0, lower = 0, upper = 0;
    chy_slice rest = s, w;
    while (chy_slice_split(&rest, ' ', &w)) {
        if (!w.n) continue;
        words++;
        unsigned n;
        uint32_t cp = chy_utf8_at(w, 0, &n);
        if (!chy_is_upper(cp) && !chy_slice_in(w, "of|de|the|el|al|la|du|and|di|da|upon|in|near|on")) return false;
        for (size_t i = 0; i < w.n; i++) {
            char c = w.p[i];
            if (is_upper(c)) upper++;
            else if (is_alpha(c)) lower++;
            else if ((unsigned char)c < 0x80 && !memchr("./-'", c, 4)) return false;
        }
    }
    *caps = upper >= 2 && lower == 0;
    return words > 0 && words <= 5;
}

static void add_agency(const chy_pager *p, chy_slice name, chy_dateline *out, bool unknown)
{
    chy_slice rest = name, piece;
    while (chy_slice_split(&rest, '/', &piece)) {
        piece = chy_slice_trim(piece);
        chy_slice a = chy_page_agency(p, piece);
        if (!a.n && unknown && piece.n >= 2 && piece.n <= 24) a = piece;
        if (a.n && out->n_agencies < 4) out->agency[out->n_agencies++] = a;
    }
}

/* "Lakeside News": the name of a source that no list has. */
static bool source_piece(chy_slice s)
{
    return s.n < 32 && (chy_slice_ends(s, CHY_LIT(" News")) || chy_slice_ends(s, CHY_LIT(" Agency")) || chy_slice_ends(s, CHY_LIT(" Press")) || chy_slice_ends(s, CHY_LIT(" Wire")));
}

/* "(Reuters)": true for an agency or something that looks like one. */
static bool bracket_piece(const chy_pager *p, chy_slice s, chy_dateline *out)
{
    s = chy_slice_trim(s);
    if (!s.n || s.n > 40) return false;
    uint32_t words = 1, before = out->n_agencies;
    bool capital = is_upper(s.p[0]);
    for (size_t i = 0; i < s.n; i++) words += s.p[i] == ' ';
    add_agency(p, s, out, false);
    if (out->n_agencies > before) return true;
    if (!capital || words > 4) return false;
    add_agency(p, s, out, true);
    return true;
}

/* Read the head of the paragraph, [b, e) of the text, as a dateline. */
static bool read_head(const chy_pager *p, uint32_t b, uint32_t e, pieces *k, chy_dateline *out)
{
    chy_slice head = {p->text.p + b, e - b};
    uint32_t place_end = b, n = 0;
    size_t i = 0;
    bool place_open = true;
    while (i < head.n && n++ < MAX_PIECES) {
        while (i < head.n && (head.p[i] == ' ' || head.p[i] == ',' || head.p[i] == ';' || head.p[i] == ':')) i++;
        if (i == head.n) break;
        if (head.p[i] == '(' || head.p[i] == '[') {
            size_t c = i + 1;
            while (c < head.n && head.p[c] != ')' && head.p[c] != ']') c++;
            if (c == head.n) return false;
            chy_slice in = {head.p + i + 1, c - i - 1};
            if (!date_piece(in, in, out) && !bracket_piece(p, in, out)) return false;
            k->has_agency = k->has_agency || out->n_agencies > 0;
            place_open = false;
            i = c + 1;
            continue;
        }
        size_t c = i;
        while (c < head.n && head.p[c] != ',' && head.p[c] != '(' && head.p[c] != '[' && head.p[c] != ':') c++;
        chy_slice piece = chy_slice_trim((chy_slice){head.p + i, c - i});
        bool caps = false;
        if (date_piece(piece, (chy_slice){head.p + i, head.n - i}, out)) {
            place_open = false;
        } else if (chy_page_agency(p, piece).n || source_piece(piece)) {
            add_agency(p, piece, out, true);
            k->has_agency = true;
            place_open = false;
        } else if (place_open && place_piece(piece, &caps)) {
            uint32_t at = (uint32_t)(piece.p - p->text.p);
            if (out->place.begin == out->place.end) {
                out->place.begin = at;
                k->caps = caps && piece.n >= 4;
            }
            place_end = at + (uint32_t)piece.n;
            out->place.end = place_end;
        } else {
            return false;
        }
        i = c;
    }
    k->has_date = out->dated;
    return i >= head.n;
}

bool chy_page_dateline(const chy_pager *p, chy_range block, chy_dateline *out)
{
    chy_slice s = {p->text.p + block.begin, block.end - block.begin};
    size_t reach = s.n < REACH ? s.n : REACH;
    for (size_t i = 1; i < reach; i++) {
        unsigned n = dash_at((chy_slice){s.p, reach}, i);
        size_t next = i + n;
        bool colon = !n && s.p[i] == ':' && i + 1 < reach && s.p[i + 1] == ' ';
        bool bracket = !n && s.p[i] == ')' && i + 2 < reach && s.p[i + 1] == ' ' && (is_upper(s.p[i + 2]) || s.p[i + 2] == '"' || (i + 4 < reach && memcmp(s.p + i + 2, "\xE2\x80\x9C", 3) == 0));
        if (colon) next = i + 1;
        if (bracket) next = i + 1;
        if (!n && !colon && !bracket) continue;
        *out = (chy_dateline){.day = CHY_NO_DAY};
        pieces k = {.caps = false};
        uint32_t head_end = block.begin + (uint32_t)(bracket ? i + 1 : i);
        while (next < s.n && (s.p[next] == ' ' || s.p[next] == '\n' || s.p[next] == '-')) next++;
        if (next == s.n) return false;
        unsigned len;
        uint32_t cp = chy_utf8_at(s, next, &len);
        bool starts = chy_is_upper(cp) || !chy_is_letter(cp);
        if (!read_head(p, block.begin, head_end, &k, out)) {
            if (n && !k.has_agency) return false;
            continue;
        }
        bool place = out->place.end > out->place.begin;
        bool ok = starts && (colon ? place && k.caps : bracket ? k.has_agency && place : k.has_agency || k.has_date || (place && k.caps));
        if (!ok) return false;
        if (!place) out->place = (chy_range){block.begin, block.begin};
        out->end = block.begin + (uint32_t)next;
        return true;
    }
    return false;
}
