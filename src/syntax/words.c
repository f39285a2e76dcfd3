/* SPDX-License-Identifier: Apache-2.0
 *
 * words.c - from a form to the network's input. tools/train/features.py computes the same, byte for byte.
 */
#include "syntax/model.h"

/* --------------------------------------------------------------- folding */

typedef struct folder {
    chy_syn_word *w;
    uint8_t tail[8];
    size_t n;
    uint32_t upper, lower, digits, others;
    bool hyphen, first_upper;
} folder;

static void put(folder *f, uint8_t c)
{
    if (f->n < CHY_SYN_MAX_FOLDED) f->w->folded[f->n] = c;
    f->tail[f->n % 8] = c;
    f->n++;
}

static void letter(folder *f, bool upper)
{
    if (f->upper + f->lower == 0) f->first_upper = upper;
    if (upper) f->upper++;
    else f->lower++;
}

/* The ASCII sign that stands for the quote or dash at p (n bytes left), or 0; '.' stands for an ellipsis. */
static char sign(const uint8_t *p, size_t n, size_t *len)
{
    if (n >= 2 && p[0] == 0xC2 && (p[1] == 0xAB || p[1] == 0xBB)) return *len = 2, '"';
    if (n >= 2 && p[0] == 0xCA && p[1] == 0xBC) return *len = 2, '\'';
    if (n < 3 || p[0] != 0xE2) return 0;
    *len = 3;
    if (p[1] == 0x88) return p[2] == 0x92 ? '-' : 0;
    if (p[1] != 0x80) return 0;
    if (p[2] >= 0x90 && p[2] <= 0x95) return '-';
    if ((p[2] >= 0x98 && p[2] <= 0x9B) || p[2] == 0xB2) return '\'';
    if (p[2] >= 0x9C && p[2] <= 0x9F) return '"';
    return p[2] == 0xA6 ? '.' : 0;
}

static unsigned casing(const folder *f)
{
    if (f->upper + f->lower == 0) return 0;
    if (f->upper == 0) return 1;
    if (f->lower == 0) return f->upper == 1 ? 3 : 4;
    return f->first_upper && f->upper == 1 ? 2 : 5;
}

void chy_syn_word_of(chy_slice form, chy_syn_word *out)
{
    folder f = {.w = out};
    const uint8_t *p = (const uint8_t *)form.p;
    for (size_t i = 0; i < form.n;) {
        uint8_t c = p[i];
        size_t len = 1;
        char s;
        if (c < 0x80) {
            bool up = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
            if (up || (c >= 'a' && c <= 'z')) letter(&f, up);
            if (digit) f.digits++;
            else if (c != '.' && c != ',') f.others++;
            if (c == '-' || c == '\'') f.hyphen = true;
            put(&f, (uint8_t)(up ? c + 32 : c));
        } else if ((s = sign(p + i, form.n - i, &len)) != 0) {
            f.others++;
            if (s == '-' || s == '\'') f.hyphen = true;
            put(&f, (uint8_t)s);
            if (s == '.') put(&f, '.'), put(&f, '.');
        } else {
            len = 1;
            f.others++;
            if (c == 0xC3 && i + 1 < form.n && p[i + 1] >= 0x80 && p[i + 1] <= 0xBF) {
                uint8_t d = p[i + 1];
                bool up = d <= 0x9E && d != 0x97;
                if (d != 0x97 && d != 0xB7) letter(&f, up);
                put(&f, c);
                put(&f, (uint8_t)(up ? d + 0x20 : d));
                len = 2;
            } else {
                if (c >= 0xC4) letter(&f, false);
                put(&f, c);
            }
        }
        i += len;
    }
    out->whole = f.n <= CHY_SYN_MAX_FOLDED;
    if (!out->whole) {
        for (size_t k = 0; k < 8; k++) out->folded[CHY_SYN_MAX_FOLDED - 8 + k] = f.tail[(f.n + k) % 8];
        f.n = CHY_SYN_MAX_FOLDED;
    }
    if (f.n == 2 && (memcmp(out->folded, "``", 2) == 0 || memcmp(out->folded, "''", 2) == 0)) {
        out->folded[0] = '"';
        f.n = 1;
    }
    out->n = (uint8_t)f.n;
    out->casing = (uint8_t)casing(&f);
    out->kind = f.digits && !f.others ? 1 : f.digits ? 2 : f.hyphen ? 3 : 0;
}

unsigned chy_syn_sentence_case(const uint32_t count[6])
{
    uint64_t n = (uint64_t)count[1] + count[2] + count[3] + count[4] + count[5];
    uint64_t lower = count[1], caps = (uint64_t)count[3] + count[4];
    if (n >= 3 && caps * 10 >= n * 8) return 2;
    if (n >= 4 && lower * 10 <= n * 4) return 1;
    if (n >= 3 && lower == n) return 3;
    return 0;
}

/* ----------------------------------------------------------------- hashes */

static uint32_t hash32(const uint8_t *p, size_t n, uint32_t seed, bool caret)
{
    uint32_t h = 2166136261u ^ seed;
    if (caret) h = (h ^ '^') * 16777619u;
    for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 16777619u;
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    h ^= h >> 13;
    h *= 0xC2B2AE35u;
    return h ^ h >> 16;
}

uint64_t chy_syn_hash64(const uint8_t *head, size_t n_head, const uint8_t *p, size_t n)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < n_head; i++) h = (h ^ head[i]) * 1099511628211u;
    for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 1099511628211u;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    return h ? h : 1;
}

uint32_t chy_syn_find(const chy_syn_map *m, uint64_t hash)
{
    for (uint32_t at = (uint32_t)hash & m->mask; m->keys[at]; at = (at + 1) & m->mask)
        if (m->keys[at] == hash) return m->v16 ? m->v16[at] : m->v32[at];
    return CHY_NONE;
}

/* -------------------------------------------------------------- embedding */

enum { TOP = 32358 }; /* 7.9 in Q12 */

static int16_t clamp(int32_t v) { return (int16_t)(v > TOP ? TOP : v < -TOP ? -TOP : v); }

static const int8_t *row(const chy_syn_table *t, uint32_t i) { return t->q + (size_t)i * t->cols; }

static void add(const chy_syn_kernel *k, const chy_syn_table *t, uint32_t i, int32_t *sum)
{
    k->add(row(t, i), t->cols, 12 - t->shift, sum);
}

/* Row numbers of the word's pieces; 0 of them where it cannot be put together. */
static uint32_t pieces(const chy_syntax_model *m, const chy_syn_word *w, uint32_t out[CHY_SYN_MAX_PIECES])
{
    out[0] = chy_syn_find(&m->piece, chy_syn_hash64(NULL, 0, w->folded, w->n));
    if (out[0] != CHY_NONE) return 1;
    if (w->kind == 1 || w->kind == 2) return 0;
    uint32_t n = 0, at = 0;
    while (at < w->n && n < CHY_SYN_MAX_PIECES) {
        uint32_t hit = CHY_NONE, end = at + 24 < w->n ? at + 24 : w->n;
        for (; end > at; end--) {
            hit = chy_syn_find(&m->piece, chy_syn_hash64((const uint8_t *)"##", at ? 2 : 0, w->folded + at, end - at));
            if (hit != CHY_NONE) break;
        }
        if (hit == CHY_NONE) return 0;
        out[n++] = hit;
        at = end;
    }
    return at == w->n ? n : 0;
}

void chy_syn_embed(const chy_syntax_model *m, const chy_syn_kernel *kernel, const chy_syn_word *w, bool first,
                   unsigned sentence_case, int16_t *x)
{
    int32_t sum[CHY_SYN_MAX_WIDTH];
    uint8_t zeroed[CHY_SYN_MAX_FOLDED + 4];
    uint32_t n = w->n;
    for (uint32_t i = 0; i < n; i++) zeroed[i] = w->folded[i] >= '0' && w->folded[i] <= '9' ? '0' : w->folded[i];

    uint32_t id = chy_syn_find(&m->forms, chy_syn_hash64(NULL, 0, zeroed, n));
    memset(sum, 0, m->n_form * sizeof *sum);
    add(kernel, &m->form, id == CHY_NONE ? 0 : id, sum);
    for (uint32_t k = 0; k < m->n_form; k++) x[k] = clamp(sum[k]);
    x += m->n_form;

    memset(sum, 0, m->n_affix * sizeof *sum);
    add(kernel, &m->prefix, hash32(zeroed, n < 3 ? n : 3, 1, false) & (m->prefix.rows - 1), sum);
    add(kernel, &m->shape, ((w->casing * 4u + w->kind) * 2u + (first ? 1u : 0u)) * 4u + sentence_case, sum);
    uint32_t bits = chy_syn_find(&m->gazetteer, chy_syn_hash64(NULL, 0, w->folded, n));
    add(kernel, &m->gaz, bits == CHY_NONE ? 0 : bits, sum);
    for (uint32_t k = 1; k <= CHY_SYN_SUFFIXES; k++) {
        bool whole = n <= k;
        uint32_t h = hash32(whole ? zeroed : zeroed + (n - k), whole ? n : k, 1 + k, whole);
        add(kernel, &m->suffix[k - 1], h & (m->suffix[k - 1].rows - 1), sum);
    }
    for (uint32_t k = 0; k < m->n_affix; k++) x[k] = clamp(sum[k]);
    x += m->n_affix;

    uint32_t piece[CHY_SYN_MAX_PIECES], n_pieces = pieces(m, w, piece);
    memset(sum, 0, m->n_static * sizeof *sum);
    for (uint32_t p = 0; p < n_pieces; p++) add(kernel, &m->pieces, piece[p], sum);
    for (uint32_t k = 0; k < m->n_static; k++) x[k] = clamp(n_pieces > 1 ? sum[k] / (int32_t)n_pieces : sum[k]);
}
