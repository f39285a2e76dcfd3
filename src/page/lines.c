/* SPDX-License-Identifier: Apache-2.0
 *
 * lines.c - what a block is by its words alone: furniture, byline, date line, agency credit, caption, headline or prose.
 */
#include "page/pager.h"

enum {
    MAX_LINE = 240,      /* bytes of a block that lists are looked up with */
    MAX_SHORT = 220,     /* bytes of a headline */
    MAX_SHORT_WORDS = 30,
    MAX_START_WORDS = 25 /* of a line that is furniture by its beginning */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/* Kind of a key of page_furniture, or NULL. Several rows of a key: the first of `kinds` ("line|tail") that it has. */
static bool furniture_is(const chy_pager *p, chy_slice key, const char *kinds)
{
    chy_rows rows;
    if (!key.n || !chy_table_find(&p->m->furniture, key, &rows, NULL)) return false;
    for (uint32_t i = 0; i < rows.n; i++)
        if (chy_slice_in(chy_table_cell(&p->m->furniture, rows.row[i], p->m->col_kind), kinds)) return true;
    return false;
}

chy_slice chy_page_agency(const chy_pager *p, chy_slice name)
{
    chy_rows rows;
    chy_slice key = chy_fold(p->a, chy_slice_trim(name));
    if (!key.n || key.n > 64 || !chy_table_find(&p->m->agencies, key, &rows, NULL)) return (chy_slice){NULL, 0};
    return chy_table_cell(&p->m->agencies, rows.row[0], p->m->col_name);
}

/* ------------------------------------------------------------------- dates */

/* 1 to 12 for a month's name or its abbreviation, 0 for another word. */
static unsigned month_of(chy_slice w)
{
    static const char *const names[12] = {"january", "february", "march",     "april",   "may",      "june",
                                          "july",    "august",   "september", "october", "november", "december"};
    if (w.n < 3 || w.n > 9) return 0;
    char z[10];
    for (size_t i = 0; i < w.n; i++) z[i] = (char)(w.p[i] | 32);
    for (unsigned m = 0; m < 12; m++) {
        size_t n = strlen(names[m]);
        if (w.n <= n && memcmp(z, names[m], w.n) == 0 && (w.n == n || w.n == 3 || (w.n == 4 && m == 8))) return m + 1;
    }
    return 0;
}

typedef struct word {
    chy_slice s;
    unsigned number; /* value of its figures, 0 where it has none or more than four */
    unsigned digits;
    unsigned month;
    char before;     /* the mark before it: '-', '/', '.', ':' or ' ' */
} word;

/* Words of letters and words of figures; "9th" is a figure with letters, which are dropped. At most `max`. */
static uint32_t words_of(chy_slice s, word *out, uint32_t max)
{
    uint32_t n = 0;
    char before = ' ';
    for (size_t i = 0; i < s.n && n < max;) {
        char c = s.p[i];
        if (!is_alpha(c) && !is_digit(c) && (unsigned char)c < 0x80) {
            before = memchr("-/.:", c, 4) ? c : ' ';
            i++;
            continue;
        }
        size_t b = i;
        word w = {.before = before};
        if (is_digit(c)) {
            while (i < s.n && is_digit(s.p[i])) {
                if (w.digits < 4) w.number = w.number * 10 + (unsigned)(s.p[i] - '0');
                w.digits++;
                i++;
            }
            if (w.digits > 4) w.number = 0;
        } else {
            while (i < s.n && (is_alpha(s.p[i]) || (unsigned char)s.p[i] >= 0x80)) i++;
        }
        w.s = (chy_slice){s.p + b, i - b};
        w.month = w.digits ? 0 : month_of(w.s);
        out[n++] = w;
        before = ' ';
    }
    return n;
}

static chy_day civil(unsigned y, unsigned m, unsigned d)
{
    return y >= 1800 && y <= 2199 && d && m && chy_day_ok((int)y, m, d) ? chy_day_of((int)y, m, d) : CHY_NO_DAY;
}

/* A day told by words [i, i+3) of w. */
static chy_day day_at(const word *w, uint32_t i, uint32_t n)
{
    if (i + 3 > n) return CHY_NO_DAY;
    const word *a = w + i, *b = w + i + 1, *c = w + i + 2;
    if (a->month && b->digits && b->digits <= 2 && c->digits == 4) return civil(c->number, a->month, b->number);
    if (a->digits && a->digits <= 2 && b->month && c->digits == 4) return civil(c->number, b->month, a->number);
    if (!a->digits || !b->digits || !c->digits || b->before != c->before || !memchr("-/.", b->before, 3)) return CHY_NO_DAY;
    if (a->digits == 4 && b->digits <= 2 && c->digits <= 2) return civil(a->number, b->number, c->number);
    if (c->digits == 4 && a->digits <= 2 && b->digits <= 2) {
        /* day or month first: only where one of them can be no month, or both are equal */
        if (a->number > 12 || a->number == b->number) return civil(c->number, b->number, a->number);
        if (b->number > 12) return civil(c->number, a->number, b->number);
    }
    return CHY_NO_DAY;
}

/* "9th November": drop ordinal endings by joining them to their figure. */
static uint32_t drop_ordinals(word *w, uint32_t n)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool ordinal = k && w[k - 1].digits && w[k - 1].digits <= 2 && w[k - 1].s.p + w[k - 1].s.n == w[i].s.p && w[i].s.n == 2 && !w[i].digits;
        if (!ordinal) w[k++] = w[i];
    }
    return k;
}

static chy_day line_day(const chy_pager *p, chy_slice line, uint32_t *rest, bool *labelled)
{
    word w[32];
    chy_day found = CHY_NO_DAY;
    *rest = 0;
    *labelled = false;
    if (line.n > MAX_LINE) {
        *rest = 32;
        return CHY_NO_DAY;
    }
    uint32_t n = drop_ordinals(w, words_of(line, w, 32));
    if (n == 32) *rest = 32;
    for (uint32_t i = 0; i < n;) {
        chy_day d = day_at(w, i, n);
        if (d != CHY_NO_DAY) {
            if (found == CHY_NO_DAY || d < found) found = d; /* "Published … Updated …": the first */
            i += 3;
            continue;
        }
        if (p && !w[i].digits) {
            char key[16];
            for (size_t k = 0; k < w[i].s.n && k < sizeof key; k++) key[k] = is_upper(w[i].s.p[k]) ? (char)(w[i].s.p[k] + 32) : w[i].s.p[k];
            bool label = w[i].s.n <= sizeof key && furniture_is(p, (chy_slice){key, w[i].s.n}, "label");
            if (label) *labelled = true;
            else if (!w[i].month) ++*rest;
        }
        i++;
    }
    return found;
}

chy_day chy_page_day(chy_slice line, uint32_t *rest)
{
    bool labelled;
    return line_day(NULL, line, rest, &labelled);
}

/* ----------------------------------------------------------------- bylines */

static bool byline_word(chy_slice w)
{
    if (chy_slice_in(w, "and|in|for|of|with|the|de|van|von|der|al|bin|el|la|du|da|at|from|&|del|ben|abu")) return true;
    unsigned n;
    uint32_t cp = chy_utf8_at(w, 0, &n);
    if (cp == '(' || cp == '|' || cp == '-' || cp == '@' || chy_is_digit(cp)) return true;
    return chy_is_upper(cp);
}

chy_slice chy_page_byline(chy_slice line)
{
    const chy_slice none = {NULL, 0};
    line = chy_slice_trim(line);
    if (chy_slice_starts(line, CHY_LIT("Written "))) line.p += 8, line.n -= 8;
    if (line.n < 5 || line.n > 160 || (memcmp(line.p, "By ", 3) != 0 && memcmp(line.p, "BY ", 3) != 0 && memcmp(line.p, "by ", 3) != 0)) return none;
    chy_slice names = chy_slice_trim((chy_slice){line.p + 3, line.n - 3}), rest = names, w;
    uint32_t words = 0, caps = 0;
    while (chy_slice_split(&rest, ' ', &w)) {
        if (!w.n) continue;
        if (!byline_word(w)) return none;
        words++;
        unsigned n;
        caps += chy_is_upper(chy_utf8_at(w, 0, &n));
    }
    if (!caps || words > 20) return none;
    char last = names.p[names.n - 1];
    if (last == '?' || last == '!' || last == ':') return none;
    if (last == '.' && words > 4) return none;
    size_t cut = names.n; /* a date or an office behind a bar belongs to no name */
    for (size_t i = 0; i < names.n; i++)
        if (names.p[i] == '|' || (names.p[i] == ' ' && i + 2 < names.n && names.p[i + 1] == '-' && names.p[i + 2] == ' ')) {
            cut = i;
            break;
        }
    return chy_slice_trim((chy_slice){names.p, cut});
}

/* ---------------------------------------------------------------- captions */

/* 2 surely a caption, 1 perhaps: its last words are a credit in brackets. */
static int caption(const chy_pager *p, chy_slice s)
{
    static const char *const openers[] = {"FILE PHOTO", "File photo", "FILE -", "FILE \xE2\x80\x93", "Photo:", "PHOTO:", "Photo by", "Image:", "Image credit", "A file photo", "Picture:"};
    static const char *const closers[] = {"File photo", "file photo", "FILE PHOTO", "/AFP", "/ AFP", "/Reuters", "/ Reuters", "/AP", "/ AP", "via AP", "via Reuters", "AP Photo", "Getty Images", "Handout", "[AFP]", "[Reuters]", "[AP]", "[File]"};
    if (s.n > 900) return 0;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (chy_slice_starts(s, chy_slice_z(openers[i]))) return 2;
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        if (s.n > strlen(closers[i]) + 4 && chy_slice_ends(s, chy_slice_z(closers[i]))) return 2;
    char end = s.p[s.n - 1];
    if (end == '.' && s.n > 3 && s.p[s.n - 2] == ')') s.n--, end = ')';
    if (end != ')' && end != ']') return 0;
    size_t b = s.n - 1;
    while (b > 0 && s.n - b < 60 && s.p[b] != '(' && s.p[b] != '[') b--;
    if (b < 12 || (s.p[b] != '(' && s.p[b] != '[')) return 0;
    chy_slice credit = {s.p + b + 1, s.n - b - 2}, head = chy_slice_trim((chy_slice){s.p, b});
    char before = head.p[head.n - 1];
    bool stop = before == '.' || before == '!' || before == '?' || before == '"' || (head.n > 3 && memcmp(head.p + head.n - 3, "\xE2\x80\x9D", 3) == 0);
    chy_slice first = credit, rest = credit;
    chy_slice_split(&rest, '/', &first);
    bool agency = chy_page_agency(p, credit).n || chy_page_agency(p, first).n;
    chy_slice low = chy_fold(p->a, credit);
    if (chy_slice_find(low, CHY_LIT("photo")) != SIZE_MAX || chy_slice_starts(low, CHY_LIT("file")) || chy_slice_starts(low, CHY_LIT("getty")) ||
        chy_slice_starts(low, CHY_LIT("handout")) || chy_slice_starts(low, CHY_LIT("courtesy")) || chy_slice_starts(low, CHY_LIT("image")))
        return 2;
    if (!stop) return agency ? 1 : 0;
    if (agency) return 1;
    uint32_t words = 1;
    for (size_t i = 0; i < credit.n; i++) words += credit.p[i] == ' ';
    return credit.n && is_upper(credit.p[0]) && words <= 5 ? 1 : 0;
}

/* ----------------------------------------------------------- classification */

/* "Source: IRNA", "(Xinhua)", "— AP", "AFP", "With input from agencies": nothing but a credit. */
static bool credit(const chy_pager *p, chy_slice s)
{
    if (s.n > 80) return false;
    while (s.n && memchr("-([ \t", s.p[0], 5)) s.p++, s.n--;
    if (s.n > 3 && memcmp(s.p, "\xE2\x80", 2) == 0) s.p += 3, s.n -= 3;
    while (s.n && memchr(".)] \t", s.p[s.n - 1], 5)) s.n--;
    s = chy_slice_trim(s);
    static const char *const openers[] = {"source:", "sources:", "credit:", "via ", "from: ", "courtesy:", "video:", "photo:"};
    chy_slice low = chy_fold(p->a, s);
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (chy_slice_starts(low, chy_slice_z(openers[i]))) return true;
    if (chy_page_agency(p, s).n) return true;
    chy_slice rest = s, piece;
    uint32_t n = 0;
    while (chy_slice_split(&rest, '/', &piece)) {
        if (!chy_page_agency(p, piece).n) return false;
        n++;
    }
    return n > 0;
}

/* Folded, without punctuation at its ends. */
static chy_slice look_up_key(const chy_pager *p, chy_slice s)
{
    s = chy_fold(p->a, s);
    while (s.n && memchr(" .:|>+*-_,;!#<[", s.p[0], 15) != NULL) s.p++, s.n--;
    while (s.n && memchr(" .:|>+*-_,;!<]", s.p[s.n - 1], 14) != NULL) s.n--;
    return s;
}

/* Is the reader spoken to? */
static bool addresses_reader(chy_slice key)
{
    chy_slice w;
    while (chy_slice_split(&key, ' ', &w))
        if (chy_slice_in(w, "you|your|our|us|we|@|here|newsletter|inbox|app")) return true;
    return false;
}

/* Does the line begin as one of the list does? sentence: it is long and ends in a stop. */
static bool furniture_start(const chy_pager *p, chy_slice key, bool sentence)
{
    const char *kinds = !sentence || addresses_reader(key) ? "start|ask" : "start";
    unsigned words = 0;
    for (size_t i = 1; i <= key.n && words < 7; i++) {
        if (i < key.n && key.p[i] != ' ' && key.p[i - 1] != ':') continue;
        words++;
        chy_slice head = {key.p, i};
        if (head.p[i - 1] == ' ') head.n--;
        if (furniture_is(p, head, kinds)) return true;
        while (head.n && memchr(",.;", head.p[head.n - 1], 3)) head.n--;
        if (head.n != i && furniture_is(p, head, kinds)) return true;
    }
    return false;
}

typedef struct shape {
    uint32_t words, letters;
    uint64_t key;
    bool capital;  /* its first letter or figure is a capital or a figure */
    bool stop;     /* its last mark ends a sentence or clause */
} shape;

static shape shape_of(chy_slice s)
{
    shape h = {.key = 0xCBF29CE484222325u};
    bool in_word = false, first = true;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        unsigned n = 1;
        uint32_t cp = c < 0x80 ? c : chy_utf8_at(s, i, &n);
        bool letter = chy_is_letter(cp), w = letter || chy_is_digit(cp);
        if (w) {
            if (!in_word || (cp >= 0x3040 && cp < 0xAC00)) h.words++; /* kana and ideographs stand for a word each */
            if (first) h.capital = !letter || chy_is_upper(cp) || cp > 0x24F;
            first = false;
            h.letters += letter;
            h.key = (h.key ^ (c < 0x80 && is_upper((char)c) ? c | 32u : cp)) * 0x100000001B3u;
            in_word = true;
        } else if (cp != '\'' && cp != 0x2019) {
            in_word = false;
        }
        i += n;
    }
    size_t e = s.n;
    while (e && (memchr("\"')]", s.p[e - 1], 4) || (e > 2 && memcmp(s.p + e - 3, "\xE2\x80", 2) == 0 && (unsigned char)s.p[e - 1] >= 0x98 && (unsigned char)s.p[e - 1] <= 0x9F)))
        e -= e > 2 && (unsigned char)s.p[e - 1] >= 0x80 ? 3 : 1;
    h.stop = e && memchr(".,;:!?", s.p[e - 1], 6);
    if (e && s.p[e - 1] == '.' && e > 3 && is_upper(s.p[e - 2]) && s.p[e - 3] == '.') h.stop = h.words > 12; /* "… of the U.S." */
    return h;
}

uint64_t chy_page_key(chy_slice text, uint32_t *words)
{
    shape h = shape_of(text);
    *words = h.words;
    return h.key;
}

static chy_line_kind kind_of(const chy_pager *p, chy_slice s, const shape *h)
{
    if (!h->words) return CHY_LINE_RULE;
    if (s.n <= MAX_LINE) {
        chy_slice key = look_up_key(p, s);
        if (furniture_is(p, key, "tail")) return CHY_LINE_TAIL;
        if (furniture_is(p, key, "related")) return CHY_LINE_RELATED;
        if (furniture_is(p, key, "line")) return CHY_LINE_FURNITURE;
        if (chy_page_byline(s).n) return CHY_LINE_BYLINE;
        if (credit(p, s)) return CHY_LINE_CREDIT;
        if (h->words <= MAX_START_WORDS && furniture_start(p, key, h->stop && h->words > 8)) return CHY_LINE_FURNITURE;
        uint32_t rest;
        bool labelled;
        chy_day d = line_day(p, s, &rest, &labelled);
        if (rest == 0 && (d != CHY_NO_DAY || labelled) && h->words <= 24) return CHY_LINE_DATE;
        if (rest <= 2 && d != CHY_NO_DAY && h->words <= 12 && !h->stop) return CHY_LINE_DATE;
    } else if (h->words < 90 && (chy_slice_starts(s, CHY_LIT("\xC2\xA9")) || chy_slice_starts(s, CHY_LIT("Copyright \xC2\xA9")))) {
        return CHY_LINE_FURNITURE;
    }
    int c = caption(p, s);
    if (c == 2) return CHY_LINE_CAPTION;
    if (c == 1) return CHY_LINE_CAPTION_PERHAPS;
    if (s.n <= MAX_SHORT && h->words <= MAX_SHORT_WORDS && h->letters && (!h->stop || s.p[s.n - 1] == '?') && !memchr(s.p, '\n', s.n)) return CHY_LINE_SHORT;
    return CHY_LINE_PROSE;
}

void chy_page_classify(chy_pager *p)
{
    for (uint32_t i = 0; i < p->raw.n && !p->a->failed; i++) {
        chy_raw *r = &p->raw.v[i];
        chy_slice s = chy_raw_text(p, r);
        shape h = shape_of(s);
        r->words = h.words;
        r->key = h.key;
        r->capital = h.capital;
        r->bullet = memchr("-*\"", s.p[0], 3) || (s.n > 3 && (memcmp(s.p, "\xE2\x80", 2) == 0 || memcmp(s.p, "\xE2\x97", 2) == 0));
        r->line = (uint8_t)(p->raw.n == 1 ? CHY_LINE_PROSE : kind_of(p, s, &h)); /* a line alone is what there is to read */
        if (r->line == CHY_LINE_SHORT && furniture_is(p, look_up_key(p, s), "section")) r->section = 1;
    }
}
