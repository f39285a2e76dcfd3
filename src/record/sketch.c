/* SPDX-License-Identifier: Apache-2.0
 *
 * sketch.c - a story's body as a bottom-k sketch of its runs of words (A. Broder, "On the resemblance and containment of documents", 1997).
 *
 * Words are compared without case, marks and quotation marks, and in one spelling of English: what sets papers' versions of one
 * wire apart by rule ("colour", "organise", "travelled") is the same word here.
 */
#include "record/record.h"

#include <stdlib.h>

enum { RUN = 4, MAX_WORD = 40, SHORT = 16 /* runs */ };

typedef struct builder {
    uint32_t *v;
    size_t n, cap;
    uint64_t last[RUN]; /* hashes of the last words */
    uint32_t n_words;
} builder;

/* Write `to` over the piece `from` wherever it stands in the word. */
static size_t respell(char *w, size_t n, const char *from, const char *to)
{
    size_t f = strlen(from), t = strlen(to);
    for (size_t i = 1; i + f <= n; i++) {
        if (memcmp(w + i, from, f) != 0) continue;
        memcpy(w + i, to, t);
        memmove(w + i + t, w + i + f, n - i - f);
        n -= f - t;
    }
    return n;
}

/* One spelling for both sides of the Atlantic. What words it makes does not matter, as long as both come to the same. */
static size_t normal(char *w, size_t n)
{
    static const char *const pairs[][2] = {{"our", "or"}, {"is", "iz"}, {"ys", "yz"}, {"ll", "l"}, {"ogue", "og"}, {"ae", "e"}, {"oe", "e"}, {"ence", "ens"}, {"ense", "ens"}, {"mme", "m"}};
    if (n < 5) return n;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) n = respell(w, n, pairs[i][0], pairs[i][1]);
    if (n > 3 && memcmp(w + n - 2, "re", 2) == 0) memcpy(w + n - 2, "er", 2);
    return n;
}

static bool add(builder *b, const char *w, size_t n)
{
    memmove(b->last, b->last + 1, (RUN - 1) * sizeof *b->last);
    b->last[RUN - 1] = chy_hash(w, n, 0);
    if (++b->n_words < RUN) return true;
    if (b->n == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 1024;
        uint32_t *v = realloc(b->v, cap * sizeof *v);
        if (!v) return false;
        b->v = v;
        b->cap = cap;
    }
    b->v[b->n++] = (uint32_t)(chy_hash(b->last, sizeof b->last, 0) >> 32);
    return true;
}

/* A text of fewer words than a run is one run. */
static bool add_all(builder *b)
{
    b->n_words = RUN;
    return add(b, "", 0);
}

static bool words(builder *b, chy_slice text)
{
    char w[MAX_WORD];
    size_t n = 0;
    for (size_t i = 0; i <= text.n; i++) {
        unsigned char c = i < text.n ? (unsigned char)text.p[i] : ' ';
        /* Quotation marks, dashes and apostrophes beyond ASCII are no letters. */
        if (c == 0xe2 && i + 2 < text.n && (unsigned char)text.p[i + 1] == 0x80) {
            i += 2;
            c = '\'';
        }
        if (c == '\'' && n) continue; /* "don't" is one word, with either mark */
        /* "5.92" and "2-for-1" are one word: figures are what tells reports by form apart */
        bool inside = n && (c == '.' || c == ',' || c == '/' || c == '-') && i + 1 < text.n && w[n - 1] >= '0' && w[n - 1] <= '9' &&
                      text.p[i + 1] >= '0' && text.p[i + 1] <= '9';
        if (chy_record_letter(c) || inside) {
            if (n < MAX_WORD) w[n++] = c < 0x80 ? (char)(c | 32) : (char)c;
        } else if (n) {
            if (!add(b, w, normal(w, n))) return false;
            n = 0;
        }
    }
    return true;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* What of the story is compared: its running text; of a very short one all there is, for lists and forms are all lines that the page
 * stage takes for headings or furniture. */
static bool body(builder *b, const chy_page *page, const chy_dispatch *d)
{
    for (uint32_t i = 0; i < d->n_blocks; i++) {
        const chy_block *k = &d->blocks[i];
        if (k->kind != CHY_BLOCK_PARAGRAPH) continue;
        if (!words(b, (chy_slice){page->text.p + k->at.begin, k->at.end - k->at.begin})) return false;
    }
    if (b->n >= SHORT) return true;
    b->n = 0;
    b->n_words = 0;
    return words(b, (chy_slice){page->text.p + d->at.begin, d->at.end - d->at.begin});
}

bool chy_sketch_make(const chy_page *page, const chy_dispatch *d, chy_sketch *out)
{
    builder b = {0};
    out->n = 0;
    bool ok = body(&b, page, d) && (b.n || !b.n_words || add_all(&b));
    if (b.n) qsort(b.v, b.n, sizeof *b.v, by_value);
    for (size_t i = 0; i < b.n && out->n < CHY_SKETCH_MAX; i++)
        if (!i || b.v[i] != b.v[i - 1]) out->hash[out->n++] = b.v[i];
    free(b.v);
    return ok;
}

double chy_sketch_share(const chy_sketch *a, const chy_sketch *b, uint32_t *seen)
{
    /* Below the smaller of the two largest hashes both sketches are complete. */
    uint32_t top_a = a->n == CHY_SKETCH_MAX ? a->hash[a->n - 1] : UINT32_MAX, top_b = b->n == CHY_SKETCH_MAX ? b->hash[b->n - 1] : UINT32_MAX;
    uint32_t top = top_a < top_b ? top_a : top_b, n_a = 0, n_b = 0, both = 0;
    while (n_a < a->n && a->hash[n_a] <= top) n_a++;
    while (n_b < b->n && b->hash[n_b] <= top) n_b++;
    for (uint32_t i = 0, k = 0; i < n_a && k < n_b;) {
        both += a->hash[i] == b->hash[k];
        uint32_t x = a->hash[i], y = b->hash[k];
        i += x <= y, k += y <= x;
    }
    *seen = n_a < n_b ? n_a : n_b;
    return *seen ? (double)both / *seen : 0;
}
