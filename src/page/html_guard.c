/* SPDX-License-Identifier: Apache-2.0
 *
 * html_guard.c - one linear pass over HTML before Gumbo sees it. Gumbo takes quadratic time on deep nesting, on tags
 * with very many attributes and on unclosed formatting elements, and much memory on very many tags; here such tags
 * are left out. Scripts, styles, comments and other content that is no text are left out too; JSON-LD is kept apart.
 */
#include "page/html.h"

#include <strings.h>

enum {
    MAX_TAG_BYTES = 64 << 10, /* a longer tag keeps its name only */
    MAX_ATTRIBUTES = 48,      /* likewise one with more */
    MAX_TAGS = 1 << 19,
    MAX_LINKED = 16,          /* JSON-LD scripts */
    MAX_NAME = 16
};

typedef struct guard {
    chy_pager *p;
    chy_slice s;
    char *out;
    size_t n;
    uint64_t open[CHY_MAX_HTML_DEPTH]; /* names of open elements, packed */
    uint32_t depth, dropped;           /* dropped: open elements deeper than that */
    uint32_t n_tags;
    size_t next_gt;                    /* the next '>' at or behind the position last asked for */
    bool no_comment_end;
    chy_guarded *g;
    uint32_t n_deep, n_wide;
} guard;

/* A tag's name in lower case, eight bytes at most: enough to tell those that matter. */
static uint64_t pack(const char *z, size_t n)
{
    uint64_t v = 0;
    for (size_t i = 0; i < n && i < 8; i++) v = v << 8 | (unsigned char)(z[i] >= 'A' && z[i] <= 'Z' ? z[i] + 32 : z[i]);
    return v << 4 | (n > 15 ? 15 : n);
}

static bool named(uint64_t name, const char *list)
{
    chy_slice rest = chy_slice_z(list), w;
    while (chy_slice_split(&rest, '|', &w))
        if (pack(w.p, w.n) == name) return true;
    return false;
}

/* Position of the '>' that ends the tag at i, SIZE_MAX where none does. Quoted ones do not count while the quotation ends. */
static size_t tag_end(guard *g, size_t i)
{
    const char *z = g->s.p;
    if (g->next_gt <= i) {
        const char *q = memchr(z + i, '>', g->s.n - i);
        g->next_gt = q ? (size_t)(q - z) : SIZE_MAX;
    }
    if (g->next_gt == SIZE_MAX) return SIZE_MAX;
    char quote = 0;
    size_t end = g->s.n - i < MAX_TAG_BYTES ? g->s.n : i + MAX_TAG_BYTES;
    for (size_t k = i; k < end; k++) {
        if (quote) {
            if (z[k] == quote) quote = 0;
        } else if ((z[k] == '"' || z[k] == '\'') && k > i && z[k - 1] == '=') {
            quote = z[k];
        } else if (z[k] == '>') {
            return k;
        }
    }
    return g->next_gt;
}

static void put(guard *g, const char *z, size_t n)
{
    memcpy(g->out + g->n, z, n);
    g->n += n;
}

/* Skip to behind the end tag of a raw element whose start tag ended at i. */
static size_t skip_raw(guard *g, size_t i, const char *name, size_t n)
{
    const char *z = g->s.p;
    for (size_t k = i; k + n + 2 < g->s.n;) {
        const char *q = memchr(z + k, '<', g->s.n - k - n - 1);
        if (!q) break;
        k = (size_t)(q - z);
        if (z[k + 1] == '/' && strncasecmp(z + k + 2, name, n) == 0) {
            const char *e = memchr(z + k, '>', g->s.n - k);
            return e ? (size_t)(e - z) + 1 : g->s.n;
        }
        k++;
    }
    return g->s.n;
}

static unsigned attributes(const char *z, size_t n)
{
    unsigned count = 0;
    char quote = 0;
    for (size_t i = 1; i < n; i++) {
        if (quote) {
            if (z[i] == quote) quote = 0;
        } else if ((z[i] == '"' || z[i] == '\'') && z[i - 1] == '=') {
            quote = z[i];
        } else if ((z[i - 1] == ' ' || z[i - 1] == '\n' || z[i - 1] == '\t' || z[i - 1] == '/' || z[i - 1] == '"' || z[i - 1] == '\'') && z[i] > ' ') {
            count++;
        }
    }
    return count;
}

/* Elements that the parser closes by itself: keep the count of open ones true. */
static void close_implied(guard *g, uint64_t name)
{
    if (!g->depth) return;
    uint64_t top = g->open[g->depth - 1];
    if (top == pack("p", 1) && !named(name, "a|span|img|br|cite|label|time|abbr|sub|sup|q|input|button|wbr|picture|source|mark")) g->depth--;
    else if (top == name && named(name, "li|td|th|tr|option|dt|dd|tbody|thead|tfoot|a")) g->depth--;
    else if ((top == pack("td", 2) || top == pack("th", 2)) && named(name, "td|th")) g->depth--;
    else if ((top == pack("dd", 2) || top == pack("dt", 2)) && named(name, "dd|dt")) g->depth--;
    else if ((top == pack("td", 2) || top == pack("th", 2)) && named(name, "tr") && g->depth >= 2 && g->open[g->depth - 2] == pack("tr", 2)) g->depth -= 2;
}

static void start_tag(guard *g, size_t i, size_t e, uint64_t name, size_t n_name)
{
    bool empty = named(name, "br|img|hr|meta|link|input|source|wbr|area|base|col|embed|param|track") || g->s.p[e - 1] == '/';
    close_implied(g, name);
    if (++g->n_tags > MAX_TAGS || (!empty && g->depth >= CHY_MAX_HTML_DEPTH - 24)) {
        g->n_deep++;
        if (!empty) g->dropped++;
        put(g, " ", 1);
        return;
    }
    if (!empty) g->open[g->depth++] = name;
    if (e - i > MAX_TAG_BYTES || attributes(g->s.p + i + 1 + n_name, e - i - 1 - n_name) > MAX_ATTRIBUTES) {
        g->n_wide++;
        put(g, g->s.p + i, 1 + n_name);
        put(g, ">", 1);
        return;
    }
    put(g, g->s.p + i, e + 1 - i);
}

static void end_tag(guard *g, size_t i, size_t e, uint64_t name)
{
    if (g->dropped && g->depth >= CHY_MAX_HTML_DEPTH - 24) {
        g->dropped--;
        put(g, " ", 1);
        return;
    }
    uint32_t k = g->depth, low = g->depth > 32 ? g->depth - 32 : 0;
    while (k > low && g->open[k - 1] != name) k--;
    if (k > low) g->depth = k - 1;
    else if (!named(name, "p|div|body|html|article|section")) return; /* closes nothing */
    if (++g->n_tags <= MAX_TAGS) put(g, g->s.p + i, e + 1 - i);
}

/* Tag at i: returns where to go on. */
static size_t tag(guard *g, size_t i)
{
    const char *z = g->s.p;
    bool end = i + 1 < g->s.n && z[i + 1] == '/';
    size_t b = i + 1 + end, n = 0;
    while (b + n < g->s.n && n < MAX_NAME && (((z[b + n] | 32) >= 'a' && (z[b + n] | 32) <= 'z') || (n && ((z[b + n] >= '0' && z[b + n] <= '9') || z[b + n] == '-')))) n++;
    size_t e = n ? tag_end(g, i) : SIZE_MAX;
    if (!n || e == SIZE_MAX) {
        if (!n && (z[b] == '!' || z[b] == '?')) { /* doctype, processing instruction, broken comment */
            e = tag_end(g, i);
            return e == SIZE_MAX ? i + 2 : e + 1;
        }
        put(g, "&lt;", 4);
        return i + 1;
    }
    uint64_t name = pack(z + b, n);
    if (end) {
        if (!named(name, "b|i|em|strong|u|font|big|small|code|nobr|s|strike|tt|frameset|plaintext|noscript")) end_tag(g, i, e, name);
        return e + 1;
    }
    if (named(name, "script|style|textarea|iframe|noembed|noframes|xmp|svg|math|template|noscript|object|select|canvas|video|audio")) {
        size_t after = z[e - 1] == '/' ? e + 1 : skip_raw(g, e + 1, z + b, n);
        chy_slice head = {z + i, e - i};
        if (named(name, "script") && g->g->n_linked < MAX_LINKED && chy_slice_find(head, CHY_LIT("ld+json")) != SIZE_MAX) {
            chy_slice body = {z + e + 1, after - e - 1};
            size_t cut = body.n;
            while (cut && body.p[cut - 1] != '<') cut--;
            g->g->linked[g->g->n_linked++] = (chy_slice){body.p, cut ? cut - 1 : 0};
        }
        put(g, " ", 1);
        return after;
    }
    /* formatting tells nothing here, and Gumbo opens unclosed ones again in every block */
    if (named(name, "b|i|em|strong|u|font|big|small|code|nobr|s|strike|tt|frameset|plaintext")) return e + 1;
    start_tag(g, i, e, name, n);
    return e + 1;
}

bool chy_page_html_guard(chy_pager *p, chy_slice html, chy_guarded *out)
{
    guard g = {.p = p, .s = html, .g = out};
    *out = (chy_guarded){.n_linked = 0};
    g.out = chy_arena_alloc(p->a, html.n * 4 + 16); /* '<' may become "&lt;" */
    if (!g.out) return false;
    const char *gt = html.n ? memchr(html.p, '>', html.n) : NULL;
    g.next_gt = gt ? (size_t)(gt - html.p) : SIZE_MAX;
    size_t i = 0;
    while (i < html.n) {
        const char *q = memchr(html.p + i, '<', html.n - i);
        size_t lt = q ? (size_t)(q - html.p) : html.n;
        put(&g, html.p + i, lt - i);
        i = lt;
        if (i == html.n) break;
        if (!g.no_comment_end && html.n - i >= 4 && memcmp(html.p + i, "<!--", 4) == 0) {
            size_t end = chy_slice_find((chy_slice){html.p + i + 4, html.n - i - 4}, CHY_LIT("-->"));
            if (end != SIZE_MAX) {
                i += 4 + end + 3;
                continue;
            }
            g.no_comment_end = true;
        }
        i = tag(&g, i);
    }
    if (g.n_deep) chy_note_add(&p->note, CHY_STAGE_PAGE, 0, "%u HTML tags nested too deep, or too many, were flattened", g.n_deep);
    if (g.n_wide) chy_note_add(&p->note, CHY_STAGE_PAGE, 0, "attributes of %u oversized HTML tags were left out", g.n_wide);
    out->html = (chy_slice){g.out, g.n};
    return true;
}
