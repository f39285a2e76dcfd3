/* SPDX-License-Identifier: Apache-2.0
 *
 * plain.c - plain text to raw blocks. Blank lines part blocks. Lines that follow each other without one are paragraphs of
 * one line each, or a paragraph wrapped at some column: the page's own lines tell which.
 */
#include "page/pager.h"

enum { MAX_WRAP = 140, MIN_WRAP = 40 };

typedef struct line {
    chy_range at;   /* without white space at its ends */
    uint32_t width; /* characters, indent included */
    uint32_t first_word; /* characters */
    uint32_t gap;   /* blank lines before it */
    uint8_t indent; /* columns, 8 at most */
    bool small, stop; /* begins with a small letter; ends with a stop */
    bool bullet;
} line;

typedef CHY_VEC(line) lines;

static unsigned break_at(chy_slice t, size_t i)
{
    char c = t.p[i];
    if (c == '\n' || c == '\f' || c == '\v') return 1;
    if (c == '\r') return i + 1 < t.n && t.p[i + 1] == '\n' ? 2 : 1;
    if (c == '\xE2' && i + 2 < t.n && t.p[i + 1] == '\x80' && (t.p[i + 2] == '\xA8' || t.p[i + 2] == '\xA9')) return 3;
    if (c == '\xC2' && i + 1 < t.n && t.p[i + 1] == '\x85') return 2;
    return 0;
}

/* [b, e) without white space at its ends. */
static chy_range trimmed(chy_slice t, uint32_t b, uint32_t e)
{
    unsigned n;
    while (b < e && chy_is_space(chy_utf8_at(t, b, &n))) b += n;
    while (e > b) {
        uint32_t i = e - 1;
        while (i > b && ((unsigned char)t.p[i] & 0xC0) == 0x80) i--;
        if (!chy_is_space(chy_utf8_at((chy_slice){t.p, e}, i, &n)) || i + n != e) break;
        e = i;
    }
    return (chy_range){b, e};
}

static line measure(chy_slice t, uint32_t b, uint32_t e, uint32_t gap)
{
    line l = {.at = trimmed(t, b, e), .gap = gap};
    uint32_t indent = 0;
    for (uint32_t i = b; i < l.at.begin && indent < 8; i++) indent += t.p[i] == '\t' ? 8 : 1;
    l.indent = (uint8_t)(indent > 8 ? 8 : indent);
    bool word = true;
    for (uint32_t i = l.at.begin; i < l.at.end; i++) {
        if (((unsigned char)t.p[i] & 0xC0) == 0x80) continue;
        if (t.p[i] == ' ') word = false;
        l.width++;
        l.first_word += word;
    }
    l.width += l.indent;
    if (l.at.begin == l.at.end) return l;
    unsigned n;
    uint32_t cp = chy_utf8_at(t, l.at.begin, &n);
    l.small = chy_is_letter(cp) && !chy_is_upper(cp);
    l.bullet = ((cp == '-' || cp == '*' || cp == 0x2022 || cp == 0x25CF || cp == 0x25AA) && l.at.begin + n < l.at.end && t.p[l.at.begin + n] == ' ');
    uint32_t i = l.at.end; /* the last mark that is no quotation mark or bracket */
    while (i > l.at.begin && (t.p[i - 1] == '"' || t.p[i - 1] == '\'' || t.p[i - 1] == ')')) i--;
    if (i - l.at.begin > 3 && memcmp(t.p + i - 3, "\xE2\x80\x9D", 3) == 0) i -= 3;
    l.stop = i > l.at.begin && memchr(".!?:;", t.p[i - 1], 5);
    return l;
}

static bool list_lines(chy_pager *p, lines *out)
{
    chy_slice t = p->text;
    uint32_t gap = 0;
    size_t b = t.n >= 3 && memcmp(t.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (size_t i = b; i <= t.n;) {
        unsigned n = i < t.n ? break_at(t, i) : 1;
        if (!n) {
            i++;
            continue;
        }
        line l = measure(t, (uint32_t)b, (uint32_t)i, gap);
        if (l.at.begin == l.at.end) {
            gap++;
        } else {
            if (!CHY_PUSH(p->a, out, l)) return false;
            gap = 0;
        }
        i += n;
        b = i;
    }
    return true;
}

/* The column that the page's paragraphs are wrapped at, 0 where they are not: some lines that follow another begin with a
 * small letter, as the first line of a paragraph never does. */
static uint32_t wrap_column(const lines *l)
{
    uint32_t pairs = 0, small = 0, histogram[MAX_WRAP + 1] = {0};
    for (uint32_t i = 1; i < l->n; i++) {
        if (l->v[i].gap) continue;
        pairs++;
        if (!l->v[i].small) continue;
        uint32_t w = l->v[i - 1].width;
        if (w > MAX_WRAP) continue;
        small++;
        histogram[w]++;
    }
    if (!small || small * 5 < pairs) return 0;
    /* the widest line, a twentieth of them left out */
    uint32_t left = small - small / 20, w = 0;
    while (w < MAX_WRAP && (left -= histogram[w] < left ? histogram[w] : left)) w++;
    return w >= MIN_WRAP ? w : 0;
}

/* Does line b go on with the paragraph that line a stands in? */
static bool goes_on(const line *a, const line *b, uint32_t column)
{
    if (b->gap || b->bullet || !column) return !b->gap && !b->bullet && b->small && a->width >= MIN_WRAP && !a->stop;
    if (b->indent > a->indent + 1 && !b->small) return false;
    if (b->small) return a->width > 12;
    if (a->width > column + 2) return false; /* not wrapped there: a headline */
    bool full = a->width + 1 + b->first_word > column; /* the next word had no room */
    if (full) return true;
    return !a->stop && a->width * 4 >= column * 3;
}

chy_status chy_page_plain(chy_pager *p)
{
    lines l = {0};
    if (!list_lines(p, &l)) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    uint32_t column = wrap_column(&l);
    for (uint32_t i = 0; i < l.n; i++) {
        if (i && goes_on(&l.v[i - 1], &l.v[i], column)) {
            p->raw.v[p->raw.n - 1].at.end = l.v[i].at.end;
            continue;
        }
        chy_raw r = {.at = l.v[i].at, .gap = l.v[i].gap, .article = CHY_NONE, .same_group = i > 0 && !l.v[i].gap};
        if (!CHY_PUSH(p->a, &p->raw, r)) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    }
    return CHY_OK;
}

chy_status chy_page_whole(chy_pager *p)
{
    const chy_input *in = p->in;
    lines l = {0};
    CHY_VEC(chy_block) blocks = {0};
    bool ok = list_lines(p, &l);
    for (uint32_t i = 0; ok && i < l.n; i++) {
        if (i && !l.v[i].gap) blocks.v[blocks.n - 1].at.end = l.v[i].at.end;
        else ok = CHY_PUSH(p->a, &blocks, ((chy_block){.at = l.v[i].at, .kind = CHY_BLOCK_PARAGRAPH}));
    }
    if (ok && !blocks.n) return CHY_OK;
    chy_dispatch d = {.blocks = blocks.v, .n_blocks = blocks.n, .published = chy_interval_none(),
                      .title = chy_arena_copy(p->a, in->title), .url = chy_arena_copy(p->a, in->url),
                      .publisher = chy_arena_copy(p->a, in->publisher)};
    if (ok) d.at = (chy_range){blocks.v[0].at.begin, blocks.v[blocks.n - 1].at.end};
    if (in->n_published && chy_interval_known(in->published[0])) {
        d.published = in->published[0];
        d.published_basis = CHY_BASIS_GIVEN;
    }
    ok = ok && CHY_PUSH(p->a, &p->out, d) && CHY_PUSH(p->a, &p->para_begin, CHY_NONE) && CHY_PUSH(p->a, &p->para_end, CHY_NONE);
    return ok && !p->a->failed ? CHY_OK : chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
}
